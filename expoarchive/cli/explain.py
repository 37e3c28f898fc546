"""``explain``: which files, records, sources, strings and templates made a page."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from expoarchive.build import check
from expoarchive.cli.main import complain, say
from expoarchive.nodes import Model
from expoarchive.problem import Place, nearest
from expoarchive.render.environment import TEMPLATES
from expoarchive.render.pages import RenderedPage
from expoarchive.render.strings import FOLDER
from expoarchive.site import Site
from expoarchive.site.taxonomy import TAXONOMIES, terms_of

WORDS = {
    "en": {
        "page": "{permalink}  ({kind})",
        "edit": "To change it, open {file}:{line}",
        "records": "records and texts it shows:",
        "claims": "claims:",
        "sources": "sources it names:",
        "links": "pages it leads to: {count}",
        "templates": "templates:",
        "strings": "words of the interface, {file}:",
        "unknown": "there is no page “{name}”",
        "nearest": "; did you mean “{nearest}”?",
    },
    "zh": {
        "page": "{permalink}（{kind}）",
        "edit": "要修改它，打开 {file}:{line}",
        "records": "用到的记录和文章：",
        "claims": "记述：",
        "sources": "列出的来源：",
        "links": "链接到 {count} 个页面",
        "templates": "模板：",
        "strings": "界面用语（{file}）：",
        "unknown": "没有页面“{name}”",
        "nearest": "；您是不是想写“{nearest}”？",
    },
}
WIDTH = 100


def run_explain(root: Path, options: argparse.Namespace, language: str) -> int:
    """Print what one page was made of. The archive must be free of errors: nothing else has pages."""
    from expoarchive.cli.build import show_problems

    outcome = check(root, drafts=True)
    if outcome.site is None or not outcome.ok:
        show_problems(outcome, "text", language)
        return 1
    said = WORDS[language]
    pages = {page.page.permalink: page for page in outcome.pages}
    name = permalink_in(options.page, outcome.site.config.base_path)
    page = pages.get(name) or pages.get(f"{name}/")
    if page is None:
        close = nearest(name, pages)
        hint = said["nearest"].format(nearest=f"/{close}") if close else ""
        complain(said["unknown"].format(name=options.page) + hint)
        return 2
    origin = outcome.origins.get(page.page.permalink)
    say("\n".join(explained(outcome.site, page, origin, said)))
    return 0


def permalink_in(text: str, base_path: str) -> str:
    """The permalink in what somebody typed: with or without host and base path, slashes, a fragment, index.html."""
    parts = urlsplit(text.strip())
    path = unquote(parts.path)
    path = path.removeprefix(base_path) if base_path != "/" and path.startswith(base_path) else path
    return path.removeprefix("/").removesuffix("index.html")


def explained(site: Site, page: RenderedPage, origin: Place | None, said: Mapping[str, str]) -> list[str]:
    """The report, line by line."""
    reads: dict[str, list[str]] = {}
    for read in sorted(page.reads):
        reads.setdefault(read[0], []).append(read[1])
    lines = [said["page"].format(permalink=page.page.permalink or "/", kind=page.page.kind)]
    if origin is not None:
        lines.append(said["edit"].format(file=origin.file, line=origin.line))
    files = sorted({place.file for place in _places(site, reads)} | ({origin.file} if origin else set()))
    lines += _listed(said["records"], files)
    lines += _wrapped(said["claims"], reads.get("claim", []))
    lines += _wrapped(said["sources"], reads.get("source", []))
    lines.append(said["links"].format(count=len(reads.get("address", []))))
    lines += _listed(said["templates"], [f"{TEMPLATES}/{name}" for name in sorted(page.templates)])
    strings = f"{FOLDER}{page.page.language or site.config.default_language.id}.yaml"
    return lines + _wrapped(said["strings"].format(file=strings), sorted(page.strings))


def _places(site: Site, reads: Mapping[str, list[str]]) -> Iterator[Place]:
    """Where everything stands that the page looked at."""
    records = site.records
    for address in reads.get("claim", []):
        yield records.claims.by_address[address].statement.found_at
    for year in reads.get("edition", []):
        yield records.editions[int(year)].found_at
    for article in reads.get("article", []):
        yield records.articles[article].record.found_at
    tables: dict[str, Mapping[str, Model]] = {"source": records.sources, "era": records.eras, "chart": records.charts}
    tables |= {taxonomy: terms_of(records, taxonomy) for taxonomy in TAXONOMIES}
    for sort, table in tables.items():
        for name in reads.get(sort, []):
            yield table[name].found_at
    for file in reads.get("text", []):
        yield Place(file)


def _listed(title: str, names: Iterable[str]) -> list[str]:
    listed = list(names)
    return ["", title, *(f"  {name}" for name in listed)] if listed else []


def _wrapped(title: str, names: Iterable[str]) -> list[str]:
    """Names beside each other, as many as a line holds."""
    lines = [""]
    for name in names:
        if lines[-1] and len(lines[-1]) + len(name) + 2 > WIDTH:
            lines.append("")
        lines[-1] += ("  " if lines[-1] else "") + name
    return _listed(title, (line for line in lines if line))
