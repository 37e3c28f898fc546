"""``restamp``: say in a translation's front matter that it is of the original as it is now."""

import argparse
import re
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.amend import in_turn, whole_amended
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.problem import nearest
from expoarchive.records import Article, Records
from expoarchive.records.prose.front import FENCE
from expoarchive.records.translation import stamp_line, standing

STAMPED = {"en": "{file}: stamped", "zh": "{file}：已更新标记"}
CURRENT = {"en": "{file}: up to date already", "zh": "{file}：原本就是最新"}
ORIGINAL = {"en": "{file} is the original: there is nothing to stamp", "zh": "{file} 是原文，不需要标记"}
# What is said of a text that needs no stamp.
SETTLED = {"original": ORIGINAL, "current": CURRENT}
MISSING = {"en": "{name} has no text in “{language}”", "zh": "{name} 没有“{language}”文本"}
UNKNOWN = {"en": "there is no article or page “{name}”", "zh": "没有名为“{name}”的文章或页面"}
NEAREST = {"en": "; did you mean “{nearest}”?", "zh": "；您是不是想写“{nearest}”？"}
WHICH = {
    "en": "say which article or page; --all stamps every translation there is",
    "zh": "请写明文章或页面；--all 会标记现有的全部译文",
}


@in_turn
def run_restamp(root: Path, options: argparse.Namespace, language: str) -> int:
    """Renew the stamps of one article or page, or of all; texts themselves are never touched."""
    site, problems = survey(root)
    if site is None:
        complain(report(problems, language, colour=colour_wanted()))
        return 1
    if options.all == bool(options.article):
        complain(WHICH[language])
        return 2
    chosen = _named(site.records, options.article) if options.article else [*_texts(site.records).values()]
    if not chosen:
        close = nearest(options.article, _texts(site.records))
        complain(
            UNKNOWN[language].format(name=options.article) + (NEAREST[language].format(nearest=close) if close else "")
        )
        return 2
    lacking = next((one for one in chosen if options.language and options.language not in one.translations), None)
    if lacking is not None:
        complain(MISSING[language].format(name=lacking.id, language=options.language))
        return 2
    texts = {
        text.file: (article, known)
        for article in chosen
        for known, text in article.translations.items()
        if options.language in (None, known)
    }
    states = {file: standing(*text).state for file, text in texts.items()}
    before = {file: (root / file).read_bytes() for file, state in states.items() if state not in SETTLED}
    # As they are in the files: line ends and byte order marks are the editor's.
    stamped = {file: with_stamp(data.decode("utf-8"), stamp_line(texts[file][0])) for file, data in before.items()}
    if not whole_amended(root, stamped, before, language):
        return 1
    for file, state in states.items():
        say(SETTLED.get(state, STAMPED)[language].format(file=file))
    return 0


def _texts(records: Records) -> dict[str, Article]:
    """Articles and pages as they may be named: by id, or by their folder where a page has an article's id."""
    pages = {
        article_id if article_id not in records.articles else f"pages/{article_id}": article
        for article_id, article in records.pages.items()
    }
    return {**records.articles, **pages}


def _named(records: Records, name: str) -> list[Article]:
    found = {**_texts(records), **{f"pages/{page_id}": page for page_id, page in records.pages.items()}}
    name = name.removeprefix("content/").removeprefix("articles/").rstrip("/")
    return [found[name]] if name in found else []


def with_stamp(text: str, stamp: str) -> str:
    """The Markdown file's text with this line at the end of its front matter, in place of the one it had."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    close = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), len(lines))
    head: list[str] = []
    within = False
    for line in lines[1:close]:
        # A stamp that somebody has broken over lines goes with all of them.
        within = bool(re.match(r"original\s*:", line)) or (within and (not line or line[0] in " \t}"))
        if not within:
            head.append(line)
    return end.join([lines[0], *head, stamp, *lines[close:]])
