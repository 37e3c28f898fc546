"""Every internal link, anchor, asset and alternate leads somewhere, in the HTML as rendered."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from expoarchive.problem import Place, Problem, nearest
from expoarchive.records import Article, Records
from expoarchive.render.leads import file_at, is_foreign, is_rooted, parts_of
from expoarchive.render.markdown import UNSAFE
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site
from expoarchive.site.address import output_file
from expoarchive.site.kinds import KINDS

# Of an address, where it is told: a picture can be in one.
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at: a checker that looked at nothing must not look green."""

    pages: int
    links: int
    anchors: int
    assets: int


def check_site(site: Site, rendered: Sequence[RenderedPage], files: Collection[str]) -> tuple[Checked, list[Problem]]:
    """Check all pages against each other and against the other ``files`` (permalinks) of the site.

    Reports ``broken-link``, ``broken-anchor``, ``missing-asset``, ``outside-base``, ``id-twice``,
    ``image-without-alt``, ``foreign-asset``, ``unreadable-address``, ``alternate-not-mutual`` and ``address-twice``.
    """
    checker = _Checker(site, rendered, files)
    problems = [problem for page in rendered for problem in checker.page(page)]
    problems += checker.alternates()
    problems += checker.addresses()
    return Checked(len(rendered), checker.links, checker.anchors, checker.assets), problems


class _Checker:
    def __init__(self, site: Site, rendered: Sequence[RenderedPage], files: Collection[str]) -> None:
        self.site = site
        self.rendered = rendered
        self.ids = {output_file(page.page.permalink): frozenset(page.outline.ids) for page in rendered}
        self.known: Mapping[str, None] = dict.fromkeys([*self.ids, *files])
        self.nearest: dict[str, str | None] = {}
        self.links = self.anchors = self.assets = 0

    def page(self, rendered: RenderedPage) -> Iterator[Problem]:
        leads, ids = rendered.leads, rendered.outline.ids
        anchors = [(file, name) for file, name in leads.anchors if file in self.ids]
        self.links += leads.links
        self.anchors += len(anchors)
        self.assets += len(dict.fromkeys(rendered.outline.assets))
        fine = not leads.faulty and len(self.ids[output_file(rendered.page.permalink)]) == len(ids)
        # Nearly every page of nearly every build: nothing to tell.
        if fine and self.known.keys() >= set(leads.files) and all(name in self.ids[file] for file, name in anchors):
            yield from self.pictures(rendered)
            return
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                yield self.problem("id-twice", rendered, name)
            seen.add(name)
        for href in dict.fromkeys(rendered.outline.links):
            yield from self.link(rendered, href)
        for src in dict.fromkeys(rendered.outline.assets):
            parts = parts_of(src)
            target = self.target(rendered, src)
            if parts is None:
                yield self.problem("unreadable-address", rendered, src)
            elif is_foreign(parts):
                yield self.problem("foreign-asset", rendered, src)
            elif target is not None and target not in self.known:
                yield self.problem("missing-asset", rendered, src, target)
        yield from self.pictures(rendered)

    def pictures(self, rendered: RenderedPage) -> Iterator[Problem]:
        for src in rendered.outline.without_alt:
            yield self.problem("image-without-alt", rendered, src)

    def link(self, rendered: RenderedPage, href: str) -> Iterator[Problem]:
        parts = parts_of(href)
        if parts is None:
            yield self.problem("unreadable-address", rendered, href)
            return
        target = self.target(rendered, href)
        if target is None:
            return
        if is_rooted(href, rendered.page.permalink):
            yield self.problem("outside-base", rendered, href)
        elif target not in self.known:
            yield self.problem("broken-link", rendered, href, target)
        elif target in self.ids and parts.fragment and unquote(parts.fragment) not in self.ids[target]:
            yield self.problem("broken-anchor", rendered, href, unquote(parts.fragment), self.ids[target])

    def target(self, rendered: RenderedPage, href: str) -> str | None:
        """The output file an address leads to; None for one that leaves the site or cannot be read."""
        parts = parts_of(href)
        if parts is None or parts.scheme or parts.netloc:
            return None
        return file_at(rendered.page.permalink, parts, self.site.config.base_path)

    def problem(
        self, kind: str, rendered: RenderedPage, name: str, target: str = "", near: Collection[str] | None = None
    ) -> Problem:
        name = name.removeprefix(UNSAFE)
        place = place_in_text(self.site.records, rendered, name)
        details = {
            "name": name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…",
            "page": rendered.page.permalink or "/",
        }
        if near is not None or not target:
            return Problem(kind, place, details, nearest(target, near) if near and target else None)
        # A fault of a template is on every page, and there are thousands of names to compare it with.
        if target not in self.nearest:
            self.nearest[target] = nearest(target, self.known)
        return Problem(kind, place, details, self.nearest[target])

    def alternates(self) -> Iterator[Problem]:
        """Each alternate names a page that names this one back, and itself."""
        root = self.site.config.root
        by_address = {root + page.page.permalink: page for page in self.rendered}
        for page in self.rendered:
            named = {href for tag, href in page.outline.alternates if tag != "x-default"}
            if page.page.kind == "chooser" or not named:
                continue
            for href in sorted(named | {root + page.page.permalink}):
                other = by_address.get(href)
                back = {address for _, address in other.outline.alternates} if other else set()
                if root + page.page.permalink not in back:
                    yield self.problem("alternate-not-mutual", page, href)

    def addresses(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for page in self.rendered:
            file = output_file(page.page.permalink).casefold()
            if file in seen:
                yield self.problem("address-twice", page, page.page.permalink)
            seen.add(file)


def place_in_text(records: Records, rendered: RenderedPage, written: str) -> Place:
    """Where the page's own text writes an address; else the page itself, as nobody but a template wrote it."""
    page = rendered.page
    article = KINDS[page.kind].record(records, page.id) or records.pages.get(page.kind)
    if isinstance(article, Article):
        texts = article.translations
        body = (texts.get(page.text_language or page.language) or next(iter(texts.values()))).body
        # Media are written by their own name and rewritten for the page.
        _, media, name = written.partition("media/")
        for form in filter(None, (written, escape(written), media + name, written.rpartition("/")[2])):
            # A short name is also a part of words: where an address begins is looked for first.
            found = re.search(rf"[(<\"'=]\s*({re.escape(form)})", body.text)
            at = found.start(1) if found else body.text.find(form)
            if at >= 0:
                return body.place_at(at)
    return Place(f"output/{output_file(rendered.page.permalink)}")
