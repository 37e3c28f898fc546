"""``explain``: which files, records, sources, strings and templates made a page."""

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from expoarchive.build import check
from expoarchive.cli.main import complain, say
from expoarchive.nodes import Model, SourceText
from expoarchive.problem import Place, nearest
from expoarchive.records import Article, Claim
from expoarchive.records.archive import Translation
from expoarchive.records.claim import RecordClaims
from expoarchive.render.environment import TEMPLATES
from expoarchive.render.pages import RenderedPage
from expoarchive.render.strings import FOLDER
from expoarchive.site import Site
from expoarchive.site.traced import Read, look

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
    from expoarchive.cli.report import show_problems

    outcome = check(root, drafts=True)
    if outcome.site is None or not outcome.ok:
        show_problems(outcome.problems, "text", language)
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
    # Not urlsplit, to which not everything that can be typed is an address.
    path = unquote(re.sub(r"^([a-z][a-z0-9+.-]*:)?//[^/?#]*|[?#].*", "", text.strip(), flags=re.IGNORECASE | re.DOTALL))
    path = path.removeprefix(base_path) if base_path != "/" and path.startswith(base_path) else path
    return path.removeprefix("/").removesuffix("index.html")


def explained(site: Site, page: RenderedPage, origin: Place | None, said: Mapping[str, str]) -> list[str]:
    """The report, line by line."""
    lines = [said["page"].format(permalink=page.page.permalink or "/", kind=page.page.kind)]
    if origin is not None:
        lines.append(said["edit"].format(file=origin.file, line=origin.line))
    files = sorted(set(_files(site, page.reads)) | ({origin.file} if origin else set()))
    lines += _listed(said["records"], files)
    lines += _wrapped(said["claims"], dict.fromkeys(_claims(site, page)))
    lines += _wrapped(said["sources"], sorted(str(read[1]) for read in page.reads if read[0] == "sources" and read[1:]))
    links = {link.partition("#")[0] for link in page.outline.links if not urlsplit(link).scheme}
    lines.append(said["links"].format(count=len(links - {""})))
    lines += _listed(said["templates"], [f"{TEMPLATES}/{name}" for name in sorted(page.templates)])
    strings = f"{FOLDER}{page.page.language or site.config.default_language.id}.yaml"
    return lines + _wrapped(said["strings"].format(file=strings), sorted(page.strings))


def _claims(site: Site, page: RenderedPage) -> Iterator[str]:
    """Claims that the page names itself, and those of the records it shows that can be linked or are linked on it."""
    shown = {*page.outline.ids, *(link.rpartition("#")[2] for link in page.outline.links if "#" in link)}
    for claim in site.records.claims.by_address.values():
        if ("claims", "by_address", claim.address) in page.reads or (
            ("claims", "of", claim.record) in page.reads and claim.anchor in shown
        ):
            yield claim.address


def _files(site: Site, reads: Iterable[Read]) -> Iterator[str]:
    """The files of everything that the page looked at; of what is not there, the table's."""
    for read in reads:
        ways = (read[:length] for length in range(len(read), 0, -1))
        yield from next(filter(None, (files_of(look(site, way)) for way in ways)), ())


def files_of(thing: object) -> frozenset[str]:
    """Where something stands; a table only where one file holds it."""
    match thing:
        case Model():
            return frozenset([thing.found_at.file])
        case SourceText() | Article() | Translation():
            return frozenset([thing.file])
        case Claim():
            return files_of(thing.statement)
        case RecordClaims():
            return frozenset().union(*map(files_of, thing.claims))
        case Mapping():
            files = frozenset[str]().union(*map(files_of, thing.values()))
            return files if len(files) == 1 else frozenset()
    return frozenset()


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
