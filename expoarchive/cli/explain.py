"""``explain``: which files, records, sources, strings and templates made a page."""

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from expoarchive.cache.sources import TEMPLATES, THEME
from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import checked_site
from expoarchive.cli.terminal import Slip, Terminal, say
from expoarchive.nodes import Model, SourceText
from expoarchive.problem import Place, nearest
from expoarchive.records import Article, Claim
from expoarchive.records.archive import Translation
from expoarchive.records.claim import RecordClaims
from expoarchive.render.pages import RenderedPage, used_by
from expoarchive.render.strings import FOLDER
from expoarchive.render.studio import Studio
from expoarchive.render.theme import Theme, theme_of
from expoarchive.site import Site
from expoarchive.site.traced import Read, look

WIDTH = 100


def declare(command: Parser) -> None:
    """Which page."""
    command.add_argument("page", help="help.explain-page")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what one page was made of. The archive must be free of errors: nothing else has pages."""
    site, outcome = checked_site(root, drafts=True)
    pages = {page.page.permalink: page for page in outcome.pages}
    name = permalink_in(options.page, site.config.base_path)
    page = pages.get(name) or pages.get(f"{name}/")
    if page is None:
        close = nearest(name, pages)
        raise Slip("explain.unknown", f"/{close}" if close else None, name=options.page)
    assert outcome.studio is not None
    origin = outcome.origins.get(page.page.permalink)
    say("\n".join(explained(outcome.studio, page, origin, theme_of(root), terminal)))
    return 0


def permalink_in(text: str, base_path: str) -> str:
    """The permalink in what somebody typed: with or without host and base path, slashes, a fragment, index.html."""
    # Not urlsplit, to which not everything that can be typed is an address.
    path = unquote(re.sub(r"^([a-z][a-z0-9+.-]*:)?//[^/?#]*|[?#].*", "", text.strip(), flags=re.IGNORECASE | re.DOTALL))
    path = path.removeprefix(base_path) if base_path != "/" and path.startswith(base_path) else path
    return path.removeprefix("/").removesuffix("index.html")


def explained(studio: Studio, page: RenderedPage, origin: Place | None, theme: Theme, terminal: Terminal) -> list[str]:
    """The report, line by line."""
    site, used = studio.site, used_by(studio, page.page)
    lines = [terminal.word("explain.page", permalink=page.page.permalink or "/", kind=page.page.kind)]
    if origin is not None:
        lines.append(_edited(origin, theme, terminal))
    files = sorted(set(_files(site, used.reads)) | ({origin.file} if origin else set()))
    sources = sorted(str(read[1]) for read in used.reads if read[0] == "sources" and read[1:])
    lines += _list(terminal.word("explain.records"), files)
    lines += _columns(terminal.word("explain.claims"), dict.fromkeys(_claims(site, page, used.reads)))
    lines += _columns(terminal.word("explain.sources"), sources)
    links = {link.partition("#")[0] for link in page.outline.links if not urlsplit(link).scheme}
    lines.append(terminal.word("explain.links", count=len(links - {""})))
    own = [name for name in sorted(used.templates) if theme.is_own(name)]
    folder = theme.layers[-1].folder
    lines += _list(terminal.word("explain.templates"), [theme.shown(name) for name in own])
    lines += _list(terminal.word("explain.theme", folder=folder, own=TEMPLATES), sorted(used.templates.difference(own)))
    name = f"{FOLDER}/{page.page.language or site.config.default_language.id}.yaml"
    strings = ", ".join(f"{layer.shown}/{name}" for layer in theme.each(name))
    return lines + _columns(terminal.word("explain.strings", file=strings), sorted(used.strings))


def _edited(origin: Place, theme: Theme, terminal: Terminal) -> str:
    """Where the page is edited: a file of the theme's, by one that takes its place."""
    if origin.file.startswith(f"{THEME}/"):
        name = origin.file.removeprefix(f"{THEME}/")
        return terminal.word("explain.override", source=theme.path(name), file=f"{TEMPLATES}/{name}")
    return terminal.word("explain.edit", file=origin.file, line=origin.line)


def _claims(site: Site, page: RenderedPage, reads: frozenset[Read]) -> Iterator[str]:
    """Claims that the page names itself, and those of the records it shows that can be linked or are linked on it."""
    anchors = {*page.outline.ids, *(link.rpartition("#")[2] for link in page.outline.links if "#" in link)}
    for claim in site.records.claims.by_address.values():
        if ("claims", "by_address", claim.address) in reads or (
            ("claims", "of", claim.record) in reads and claim.anchor in anchors
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


def _list(title: str, names: list[str]) -> list[str]:
    return ["", title, *(f"  {name}" for name in names)] if names else []


def _columns(title: str, names: Iterable[str]) -> list[str]:
    """Names beside each other, as many as a line holds."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) + 2 <= WIDTH:
            lines[-1] += f"  {name}"
        else:
            lines.append(name)
    return _list(title, lines)
