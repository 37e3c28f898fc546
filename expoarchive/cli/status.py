"""``status``: what is still to do: translations that lack or are old, drafts."""

import argparse
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.records.draft import drafts_of
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings
from expoarchive.site import Site

DONE = {
    "en": "{name}: {there} of {of} texts ({percent} %), {stale} older than their original, {unstamped} not stamped",
    "zh": "{name}：{of} 篇中有 {there} 篇（{percent}%），其中 {stale} 篇旧于原文，{unstamped} 篇没有标记",
}
ALL_DONE = {
    "en": "Every text is there in every language, and up to date.",
    "zh": "每篇文本的各种语言都齐全，而且是最新的。",
}
DRAFT = {"en": "draft: {sort} {name} ({file})", "zh": "草稿：{sort} {name}（{file}）"}
STATES = {
    "missing": {"en": "not translated (original: {original})", "zh": "尚未翻译（原文：{original}）"},
    "stale": {"en": "older than its original ({original})", "zh": "旧于原文（{original}）"},
    "unstamped": {"en": "not stamped: nothing is known of its age", "zh": "没有标记，不知是否旧于原文"},
}
HOW = {
    "changed": {"en": "changed", "zh": "有改动"},
    "new": {"en": "new", "zh": "新增"},
    "gone": {"en": "gone", "zh": "已删"},
}
PARTS = {
    HEAD: {"en": "title and summary", "zh": "标题和摘要"},
    LEAD: {"en": "the text before the first heading", "zh": "第一个小标题之前的文字"},
}


def run_status(root: Path, options: argparse.Namespace, language: str) -> int:
    """Print how far each language is, then each text with something to do."""
    site, problems = survey(root)
    if site is None:
        complain(report(problems, language, colour=colour_wanted()))
        return 1
    say("\n".join(status_lines(site, language)))
    return 0


def status_lines(site: Site, language: str) -> list[str]:
    """The report, line by line, in the editor's language."""
    found = standings(site.records, site.config.language_ids)
    lines = [_completion(site, known, found, language) for known in site.config.language_ids]
    drafts = list(drafts_of(site.records))
    lines += [DRAFT[language].format(sort=sort, name=name, file=place.file) for sort, name, place in drafts]
    lines.append("")
    due = [standing for standing in found if standing.state in STATES]
    for standing in due:
        text = standing.article.translations.get(standing.language)
        where = text.file if text else standing.article.file.rpartition("/")[0] + f"/{standing.language}.md"
        said = STATES[standing.state][language].format(original=standing.original)
        lines += [f"{where}: {said}", *(f"  {_part(part, language)}" for part in standing.differences)]
    return lines if due else [*lines, ALL_DONE[language]]


def _completion(site: Site, known: str, found: list[Standing], language: str) -> str:
    here = [standing.state for standing in found if standing.language == known]
    there = len(here) - here.count("missing")
    return DONE[language].format(
        name=site.config.language(known).name,
        there=there,
        of=len(here),
        percent=100 * there // max(1, len(here)),
        stale=here.count("stale"),
        unstamped=here.count("unstamped"),
    )


def _part(part: Difference, language: str) -> str:
    name = PARTS[part.key][language] if part.key in PARTS else part.title or part.key
    how = HOW[part.how][language]
    return f"{how}: {name} ({part.place.file}:{part.place.line})" if part.how != "gone" else f"{how}: {name}"
