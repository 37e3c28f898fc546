"""One page's tools: the site as it sees it, its language, addresses relative to it, its numbered sources."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_UP, Decimal
from functools import partial

from expoarchive.config import Language
from expoarchive.records import Claim
from expoarchive.records.locator import Step, is_locator, page_in, steps
from expoarchive.records.source import Source
from expoarchive.records.statement import Citation
from expoarchive.render.format import day, language_name, number
from expoarchive.render.marks import marked
from expoarchive.render.source_name import name_of
from expoarchive.render.strings import Strings
from expoarchive.render.values import Link, SourceItem, SourceMark, SourceName
from expoarchive.site import Page, Site, absolute, permalink, relative
from expoarchive.site.address import card_file, home_of, media_file


def _anchor(source_id: str) -> str:
    return f"source-{source_id}"


_NOTE = re.compile(f'href="#{_anchor("")}([^"]+)"')
# How texts write a page in Latin letters: p. 3, pp. 3-4, page 3.
_PAGES = re.compile(r"p(?:p?\.|ages?)\s*([1-9][0-9]{0,4})(?:\s*[-–]\s*([1-9][0-9]{0,4}))?", re.IGNORECASE)
# Quotation marks of the outer level and of the inner one.
_QUOTES = ((("“", "”"), ("‘", "’")), (("「", "」"), ("『", "』")))
# Sources of these grades alone leave a claim weakly supported.
WEAK = ("reprint", "personal")


@dataclass
class Desk:
    """The tools for one page."""

    site: Site
    page: Page
    language: Language
    strings: Strings
    # Ids of the glossary's terms that the page has explained so far.
    explained: set[str] = field(default_factory=set)
    # Whether words that stand in for the page's own carry the mark of their language, for HTML.
    marks: bool = False
    # The permalinks that the page was given addresses of, by these addresses.
    made: dict[str, str] = field(default_factory=dict)
    _cited: dict[str, list[Link]] = field(default_factory=dict)
    _pictured: bool = False
    _names: dict[str, SourceName] = field(default_factory=dict)

    def has_picture(self) -> bool:
        """Whether the page has a picture already. From now on it has."""
        pictured, self._pictured = self._pictured, True
        return pictured

    # --- words ---

    def local(self, text: Mapping[str, str]) -> str:
        """The archive's own text in the page's language, or else in the first that has it."""
        if self.language.id in text or not self.marks:
            return text[self.language.id]
        return marked(text[self.language.id], self.tag(next(iter(text))))

    def without_marks(self) -> "Desk":
        """The same desk, for words of pictures."""
        return replace(self, strings=self.strings.for_page(), marks=False) if self.marks else self

    def words(self, text: Mapping[str, str]) -> tuple[str, str | None]:
        """A source's words in the page's language, or else its own words and the tag of their language."""
        if self.language.id in text:
            return text[self.language.id], None
        language, words = next(iter(text.items()))
        return words, self.tag(language)

    def tag(self, language: str) -> str:
        """The BCP 47 tag of one of the site's languages by its id; any other id is a tag already."""
        return next((known.tag for known in self.site.config.languages if known.id == language), language)

    def listed(self, items: Iterable[str]) -> str:
        return self.strings("list.separator").join(items)

    # --- addresses ---

    def href(self, kind: str, page_id: str = "", fragment: str = "") -> str:
        """The address of a page in this page's language, or of a place on it."""
        return self.address(self.link(self.language.id, kind, page_id, fragment))

    def url(self, kind: str, page_id: str = "", fragment: str = "") -> str:
        """The same as a full address."""
        return self.full(self.link(self.language.id, kind, page_id, fragment))

    def link(self, language: str, kind: str, page_id: str = "", fragment: str = "") -> str:
        """The permalink of a page of the site, or of a place on it."""
        return permalink(language, kind, page_id, fragment, kinds=self.site.table)

    def address(self, target: str) -> str:
        """A permalink relative to this page. The 404 page is served at any address, so its links are absolute."""
        is_lost = self.page.kind == "404"
        made = absolute(self.site.config.base_path, target) if is_lost else relative(self.page.permalink, target)
        self.made[made] = target
        return made

    def full(self, target: str) -> str:
        """The full address of a permalink."""
        return absolute(self.site.config.root, target)

    def card_url(self) -> str | None:
        """The full address of the page's card, else of the archive's; None where the site has no cards."""
        page = self.page
        if not self.site.config.has("cards"):
            return None
        language = (page.text_language if page.borrowed else page.language) or self.language.id
        return self.full(str(card_file(language, page.kind, page.id) or card_file(language, "home")))

    def claim_href(self, claim: Claim) -> str:
        return self.href(*home_of(claim.record), claim.anchor)

    def claim_url(self, claim: Claim) -> str:
        return self.url(*home_of(claim.record), claim.anchor)

    # --- sources ---

    @property
    def notes(self) -> tuple[str, ...]:
        """Ids of the sources cited so far, in the order of their numbers."""
        return tuple(self._cited)

    def mark(self, citation: Citation) -> SourceMark:
        """The numbered note for a citation. A source has one number on the whole page."""
        where = self.place_in(citation.locator) if citation.locator else None
        misprint = self.local(citation.misprint) if citation.misprint else None
        return self.mark_source(str(citation.source), where, citation.printed, misprint, citation.locator)

    def place_in(self, locator: str) -> str:
        """A locator in the page's language: page 3, paragraph 2."""
        return self.listed(self._step(step) for step in steps(locator))

    def worded_place(self, written: str) -> str:
        """A locator as a text writes it, in the page's language where it is one of records or a page's number."""
        if page := _PAGES.fullmatch(written):
            written = f"page {page[1]}-{page[2]}" if page[2] else f"page {page[1]}"
        return self.place_in(written) if is_locator(written) else written

    def _step(self, step: Step) -> str:
        if not step.first:
            return self.strings(f"locator.{step.name}")
        numbers = self.strings("locator.range", first=step.first, last=step.last) if step.last else step.first
        return self.strings(f"locator.{step.name}", n=numbers)

    def mark_source(
        self,
        source_id: str,
        locator: str | None = None,
        printed: str | None = None,
        misprint: str | None = None,
        steps_to: str | None = None,
    ) -> SourceMark:
        """The note for a source. ``locator`` says where in it; ``steps_to`` is the same as records write it."""
        places = self._cited.setdefault(source_id, [])
        if locator and locator not in [place.text for place in places]:
            places.append(Link(locator, self.scan_href(source_id, steps_to or locator)))
        source = self.site.records.sources[source_id]
        number = list(self._cited).index(source_id) + 1
        href, name = f"#{_anchor(source_id)}", self.source_name(source_id)
        wording = quoted(printed) if printed else None
        grade, lang = self._grade(source), self.tag(source.language)
        return SourceMark(number, href, name, grade, locator, wording, lang, misprint)

    def scan_href(self, source_id: str, locator: str = "") -> str:
        """The address of a source's scan, at the page that a locator names if it is a document; empty for none."""
        scan = self.site.records.sources[source_id].file
        if scan is None:
            return ""
        name = str(scan.name or "")
        if picture_id := self.site.pictures_by_file.get(name):
            return self.href("picture", picture_id)
        page = page_in(locator)
        at = page - scan.first_page + 1 if page else 0
        address = self.address(media_file(name)) if name else str(scan.url)
        return f"{address}#page={at}" if at > 0 and address.lower().endswith(".pdf") else address

    def weak(self, citations: Iterable[Citation]) -> bool:
        grades = [self.site.records.sources[citation.source].grade for citation in citations]
        return bool(grades) and all(grade in WEAK for grade in grades)

    def sources(self) -> tuple[SourceItem, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(self.source_item(source_id, number) for number, source_id in enumerate(self._cited, 1))

    def source_item(self, source_id: str, number: int = 0) -> SourceItem:
        source = self.site.records.sources[source_id]
        publisher, publisher_lang = self.words(source.publisher) if source.publisher else (None, None)
        return SourceItem(
            id=source_id,
            anchor=_anchor(source_id),
            number=number,
            name=self.source_name(source_id),
            publisher=publisher,
            publisher_lang=publisher_lang,
            title=self.words(source.title)[0] if source.title else None,
            published=day(source.published, self.language) if source.published else None,
            grade=self._grade(source),
            grade_id=source.grade,
            read=self.strings(f"read.{source.read.extent if source.read else 'not_yet'}"),
            read_on=day(source.read.date, self.language) if source.read else None,
            language=source.language,
            language_name=language_name(source.language, self.language),
            url=source.url if source.linked else None,
            unlinked=source.url is not None and not source.linked,
            note=self.local(source.note) if source.note else None,
            page=Link(self.strings("source.all_citing"), self.href("source", source_id)),
            locators=tuple(self._cited.get(source_id, ())),
            cited=self.site.backlinks.sources[source_id].count,
            standing=self._standing(source),
            gone=source.gone,
            archived=source.archived,
            archived_on=day(source.archived_on, self.language) if source.archived_on else None,
            on_paper=self.local(source.on_paper) if source.on_paper else None,
            scan=self._scan(source_id),
        )

    def _scan(self, source_id: str) -> Link | None:
        """A source's scan: a picture, a document with its size, or one that lies elsewhere."""
        scan = self.site.records.sources[source_id].file
        if scan is None:
            return None
        size = self.site.documents.get(str(scan.name or ""))
        text = self.strings("source.scan")
        if size is not None:
            shown = number(Decimal(size).scaleb(-6).quantize(Decimal("0.1"), ROUND_UP), self.language)
            text = self.strings("source.scan_pdf", size=shown)
        return Link(text, self.scan_href(source_id), note=self.local(scan.right) if scan.right else None)

    def _standing(self, source: Source) -> str | None:
        if source.url is None or source.checked is None:
            return None
        return self.strings(f"source.{source.checked.outcome}", date=day(source.checked.date, self.language))

    def source_name(self, source_id: str) -> SourceName:
        """What the page calls a source. The same for all of the page's marks of it."""
        if source_id not in self._names:
            source, place = self.site.records.sources[source_id], self.site.namesake(source_id, self.language.id)
            self._names[source_id] = name_of(source, place, self.language, self.strings, self.words)
        return self._names[source_id]

    def _grade(self, source: Source) -> str:
        return self.strings(f"grade.{source.grade}")


def quoted(printed: str) -> str:
    """A print as it stands within quotation marks, which pages put: without its own around it, those inside inner."""
    inner = printed[1:-1]
    if printed[:1] in '“"「' and printed[-1:] in '”"」' and not set(inner) & set("“”「」"):
        return inner
    for outer, inside in _QUOTES:
        first, last = outer
        printed = re.sub(f"{first}([^{first}{last}]*){last}", partial(_turned, outer, inside), printed)
    return printed


def _turned(outer: tuple[str, str], inside: tuple[str, str], found: re.Match[str]) -> str:
    """A quotation with the marks of the other level, in it and around it."""
    first, last = inside
    return first + re.sub(f"{first}([^{first}{last}]*){last}", rf"{outer[0]}\1{outer[1]}", found[1]) + last


def desk_of(
    site: Site, page: Page, strings: Mapping[str, Strings], notes: Iterable[str] = (), *, marks: bool = False
) -> Desk:
    """The desk for a page, in the site's default language where the page has none.

    ``notes`` are ids of sources to number first, in this order, whatever order the page cites them in. ``marks``: see
    ``Desk``.
    """
    language = site.config.language(page.language) if page.language else site.config.default_language
    cited: dict[str, list[Link]] = {source_id: [] for source_id in notes}
    return Desk(site, page, language, strings[language.id].for_page(marks=marks), marks=marks, _cited=cited)


def notes_in(html: str) -> tuple[str, ...]:
    """Ids of the sources that a page's notes link to, in reading order."""
    return tuple(dict.fromkeys(_NOTE.findall(html)))
