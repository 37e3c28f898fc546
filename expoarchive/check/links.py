"""Whether every internal link, anchor, asset and alternate of the rendered HTML leads somewhere."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import SplitResult, unquote

from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.leads import file_at, is_foreign, is_rooted, parts_of
from expoarchive.render.markdown import UNSAFE
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site
from expoarchive.site.address import output_file

# Characters of an address in a message: a `data:` address can hold a picture.
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was checked: a check of nothing must not look like a success."""

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
        self.files: Mapping[str, None] = dict.fromkeys([*self.ids, *files])
        self.nearest: dict[str, str | None] = {}
        self.links = self.anchors = self.assets = 0

    def page(self, rendered: RenderedPage) -> Iterator[Problem]:
        leads, outline = rendered.leads, rendered.outline
        anchors = [(file, name) for file, name in leads.anchors if file in self.ids]
        self.links += leads.links
        self.anchors += len(anchors)
        self.assets += len(set(outline.assets))
        for src in outline.without_alt:
            yield self.problem("image-without-alt", rendered, src)
        # Nearly every page of nearly every build has no fault, and no address of it need be parsed again.
        unique = len(self.ids[output_file(rendered.page.permalink)]) == len(outline.ids)
        led = self.files.keys() >= set(leads.files) and all(name in self.ids[file] for file, name in anchors)
        if leads.faulty or not unique or not led:
            yield from self.faults(rendered)

    def faults(self, rendered: RenderedPage) -> Iterator[Problem]:
        outline = rendered.outline
        for name in (Counter(outline.ids) - Counter(set(outline.ids))).elements():
            yield self.problem("id-twice", rendered, name)
        for href in dict.fromkeys(outline.links):
            yield from self.link(rendered, href)
        for src in dict.fromkeys(outline.assets):
            yield from self.asset(rendered, src)

    def link(self, rendered: RenderedPage, href: str) -> Iterator[Problem]:
        parts = parts_of(href)
        if parts is None:
            yield self.problem("unreadable-address", rendered, href)
            return
        target = self.target(rendered, parts)
        if not target:
            return
        if is_rooted(href, rendered.page.permalink):
            yield self.problem("outside-base", rendered, href)
        elif target not in self.files:
            yield self.problem("broken-link", rendered, href, target)
        elif target in self.ids and parts.fragment and unquote(parts.fragment) not in self.ids[target]:
            yield self.problem("broken-anchor", rendered, href, unquote(parts.fragment), self.ids[target])

    def asset(self, rendered: RenderedPage, src: str) -> Iterator[Problem]:
        parts = parts_of(src)
        if parts is None:
            yield self.problem("unreadable-address", rendered, src)
        elif is_foreign(parts):
            yield self.problem("foreign-asset", rendered, src)
        elif (target := self.target(rendered, parts)) and target not in self.files:
            yield self.problem("missing-asset", rendered, src, target)

    def target(self, rendered: RenderedPage, parts: SplitResult) -> str:
        """The output file that an address leads to; empty for one that leaves the site."""
        return (
            "" if parts.scheme or parts.netloc else file_at(rendered.page.permalink, parts, self.site.config.base_path)
        )

    def problem(
        self, kind: str, rendered: RenderedPage, name: str, target: str = "", near: Collection[str] | None = None
    ) -> Problem:
        name = name.removeprefix(UNSAFE)
        place = place_in_text(self.site, rendered, name)
        details = {
            "name": name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…",
            "page": rendered.page.permalink or "/",
        }
        if near is not None or not target:
            return Problem(kind, place, details, nearest(target, near) if near and target else None)
        # A fault of a template is on every page, and to compare it with thousands of names takes long.
        if target not in self.nearest:
            self.nearest[target] = nearest(target, self.files)
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
        """No two pages have one file, on a disk that does not tell capitals from small letters either."""
        seen: set[str] = set()
        for page in self.rendered:
            file = output_file(page.page.permalink).casefold()
            if file in seen:
                yield self.problem("address-twice", page, page.page.permalink)
            seen.add(file)


def place_in_text(site: Site, rendered: RenderedPage, written: str) -> Place:
    """Where the page's own text has an address; else the page itself, as the address comes from a template."""
    page = rendered.page
    article = site.text_of(page)
    if article is not None:
        texts = article.translations
        body = (texts.get(page.text_language or page.language) or next(iter(texts.values()))).body
        # Texts name a file of media/ alone; the page has its path.
        _, media, name = written.partition("media/")
        for form in filter(None, (written, escape(written), media + name, written.rpartition("/")[2])):
            # A short name may also be part of a word: what stands where an address begins comes first.
            match = re.search(rf"[(<\"'=]\s*({re.escape(form)})", body.text)
            at = match.start(1) if match else body.text.find(form)
            if at >= 0:
                return body.place_at(at)
    return Place(f"output/{output_file(rendered.page.permalink)}")
