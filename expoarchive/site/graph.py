"""The pages and how they relate, complete and frozen before the first template runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any

from expoarchive.cache.question import question
from expoarchive.config import Config
from expoarchive.load.rendition import Photograph
from expoarchive.problem import Place, Problem
from expoarchive.records import Article, Claim, Records
from expoarchive.records.draft import without_drafts
from expoarchive.records.edition import Edition
from expoarchive.records.picture import Shown
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Era
from expoarchive.site.address import absolute, permalink
from expoarchive.site.backlinks import Backlinks, find_backlinks
from expoarchive.site.kinds import Kinds, has_kind, kinds_of
from expoarchive.site.likeness import Likeness
from expoarchive.site.moved import Moved, find_moved, gone
from expoarchive.site.taxonomy import Usage, find_usage

# A measure and a stage, which is empty for claims without one.
Column = tuple[str, str]
_NOTHING: Mapping[str, Any] = MappingProxyType({})
COLUMN_STAGES = ("", "in_place", "signed", "planned", "offered")


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. Its ``text_language`` is another one if its text is borrowed."""

    kind: str
    id: str
    language: str
    permalink: str
    text_language: str = ""

    @property
    def borrowed(self) -> bool:
        return bool(self.text_language) and self.text_language != self.language


@dataclass(frozen=True)
class Site:
    """Every page, and everything that pages may show.

    Whoever traces a page's reads notes a ``question`` as one read, and any other method by the reads that it makes.
    """

    config: Config
    records: Records
    pages: tuple[Page, ...]
    backlinks: Backlinks
    conflicts: tuple[tuple[Claim, ...], ...]
    usage: Mapping[tuple[str, str], Usage]
    moved: tuple[Moved, ...]
    # By the names of their files below content/media/; empty for a site of which no page is rendered.
    photographs: Mapping[str, Photograph] = field(default_factory=dict)
    # The bytes of each document, by the names of their files.
    documents: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def table(self) -> Kinds:
        """All kinds that its pages could have, by name."""
        return kinds_of(self.config)

    @cached_property
    @question
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the site's pages, in their order."""
        return tuple(dict.fromkeys(page.kind for page in self.pages))

    @cached_property
    def _translations(self) -> dict[tuple[str, str], list[Page]]:
        pages: dict[tuple[str, str], list[Page]] = {}
        for page in self.pages:
            pages.setdefault((page.kind, page.id), []).append(page)
        return pages

    @question
    def translations(self, kind: str, page_id: str = "", /) -> tuple[Page, ...]:
        """The page in every language, those with a borrowed text included."""
        return tuple(self._translations.get((kind, page_id), ()))

    def alternates(self, page: Page) -> list[Page]:
        """The page in each language that has its text, itself included; empty if its own text is borrowed."""
        if page.borrowed:
            return []
        return [other for other in self.translations(page.kind, page.id) if other.language and not other.borrowed]

    @cached_property
    @question
    def reported(self) -> tuple[Column, ...]:
        """Measures, at each stage at which some edition reports a whole, in the order of the vocabulary."""
        reported = {
            (claim.measure, claim.statement.stage or "")
            for claim in self.records.claims.by_address.values()
            if claim.year is not None and isinstance(claim.statement, Figure) and not claim.statement.part
        }
        measures = self.records.vocabularies.measures
        return tuple(column for column in product(measures, COLUMN_STAGES) if column in reported)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of tables of editions: what is ``reported`` of the measures that are for tables."""
        measures = self.records.vocabularies.measures
        return tuple(column for column in self.reported if measures[column[0]].in_table)

    def era_of(self, year: int) -> tuple[str, Era] | None:
        eras = self.records.eras.items()
        return next((item for item in eras if item[1].start <= year <= (item[1].end or year)), None)

    @cached_property
    def _neighbours(self) -> dict[int, tuple[int | None, int | None]]:
        years = [None, *self.records.editions, None]
        return {year: (years[at - 1], years[at + 1]) for at, year in enumerate(years) if year is not None}

    @question
    def neighbours(self, year: int, /) -> tuple[int | None, int | None]:
        """The editions before and after this one."""
        return self._neighbours[year]

    @cached_property
    def _shown_at(self) -> dict[int, tuple[list[str], list[str]]]:
        shown: dict[int, tuple[list[str], list[str]]] = {}
        for place, records in enumerate((self.records.pictures, self.records.recordings)):
            for name in sorted(records, key=lambda one: _moment(records[one], one)):
                for year in records[name].editions:
                    shown.setdefault(int(year), ([], []))[place].append(name)
        return shown

    @question
    def pictures_of(self, year: int, /) -> tuple[str, ...]:
        """Ids of the pictures that show an edition, the earliest first."""
        return tuple(self._shown_at.get(year, ([], []))[0])

    @cached_property
    @question
    def places_within(self) -> Mapping[str, tuple[str, ...]]:
        """By place, the ids of those that lie in it, in the order of their file; places that hold none are left out."""
        held: dict[str, list[str]] = {}
        for place_id, place in self.records.vocabularies.places.items():
            if place.within:
                held.setdefault(str(place.within), []).append(place_id)
        return {place: tuple(ids) for place, ids in held.items()}

    @question
    def recordings_of(self, year: int, /) -> tuple[str, ...]:
        """Ids of the recordings of an edition, the earliest first."""
        return tuple(self._shown_at.get(year, ([], []))[1])

    @cached_property
    @question
    def picture_order(self) -> tuple[str, ...]:
        """Ids of all pictures, the earliest first; those without a date at the end."""
        return tuple(sorted(self.records.pictures, key=lambda one: _moment(self.records.pictures[one], one)))

    @cached_property
    @question
    def pictures_by_file(self) -> Mapping[str, str]:
        """The id of the picture that shows a file of content/media/, by the file's name."""
        return {str(picture.file): name for name, picture in self.records.pictures.items()}

    @cached_property
    @question
    def article_order(self) -> tuple[str, ...]:
        """Ids of the articles, the newest first; of one day, by their order and then id."""

        def key(article: Article) -> tuple[int, int, str]:
            date = article.record.date
            return (-date.earliest.toordinal() if date else 0, article.record.order, article.id)

        return tuple(article.id for article in sorted(self.records.articles.values(), key=key))

    def text_of(self, page: Page) -> Article | None:
        """The article or page of the content whose text is on this page or opens it."""
        record = self.table[page.kind].record(self.records, page.id) or self.records.pages.get(page.kind)
        return record if isinstance(record, Article) else None

    def is_draft(self, page: Page) -> bool:
        """Whether a page shows a draft, which only a site built with its drafts has."""
        record = self.table[page.kind].record(self.records, page.id)
        if isinstance(record, Edition | Shown):
            return record.draft
        text = self.text_of(page)
        return text is not None and text.record.draft

    @cached_property
    def _topics_of(self) -> dict[str, list[str]]:
        topics: dict[str, list[str]] = {}
        for topic in self.records.vocabularies.terms("topic"):
            usage = self.usage["topic", topic]
            years = {claim.record for claim in usage.claims}
            years |= {name for article in usage.articles for sort, name in self.named_in(article) if sort == "edition"}
            for year in years:
                topics.setdefault(year, []).append(topic)
        return topics

    @question
    def topics_of(self, year: int, /) -> tuple[str, ...]:
        """Topics of the edition's claims, and of articles about the edition."""
        return tuple(self._topics_of.get(str(year), ()))

    @cached_property
    def _named_in(self) -> dict[str, list[tuple[str, str]]]:
        names: dict[str, list[tuple[str, str]]] = {}
        for name, articles in self.backlinks.articles.items():
            for article_id in articles:
                names.setdefault(article_id, []).append(name)
        return names

    @question
    def named_in(self, article_id: str, /) -> tuple[tuple[str, str], ...]:
        """(sort, id) of everything that an article names."""
        return tuple(self._named_in.get(article_id, ()))

    @question
    def beside(self, article_id: str, /) -> tuple[str | None, str | None]:
        """The articles before and after this one in ``article_order``."""
        at, order = self._positions[article_id], self.article_order
        return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)

    @question
    def naming(self, sort: str, name: str, /) -> tuple[str, ...]:
        """Ids of the articles that name something, the newest first."""
        order = self._positions
        return tuple(sorted(self.backlinks.articles.get((sort, name), ()), key=order.__getitem__))

    @cached_property
    def _namesakes(self) -> dict[tuple[str, str], int]:
        """(source, language) with its place among the sources that nothing else tells apart, where it has any."""
        alike: dict[tuple[str, ...], list[str]] = {}
        for source_id, source in self.records.sources.items():
            for language in self.config.language_ids if not source.title else ():
                publisher = source.publisher or {language: ""}
                words = publisher.get(language) or next(iter(publisher.values()))
                key = (language, words, "" if words else source.grade, str(source.published or ""))
                alike.setdefault(key, []).append(source_id)
        return {
            (source_id, key[0]): at for key, ids in alike.items() if len(ids) > 1 for at, source_id in enumerate(ids, 1)
        }

    @question
    def namesake(self, source_id: str, language: str, /) -> int:
        """The place of a source without a title among those of one publisher, or else grade, and date; 0 if alone."""
        return self._namesakes.get((source_id, language), 0)

    def articles_in_order(self) -> list[Article]:
        """The articles in ``article_order``."""
        return [self.records.articles[article_id] for article_id in self.article_order]

    @cached_property
    @question
    def followed(self) -> tuple[str, ...]:
        """The languages with a feed of articles: those with dated articles, if the site has feeds."""
        if not self.config.has("feeds"):
            return ()
        dated = [article for article in self.records.articles.values() if article.record.date]
        return tuple(name for name in self.config.language_ids if any(name in one.translations for one in dated))

    @cached_property
    @question
    def documented(self) -> frozenset[int]:
        """The editions of which more than the number is known."""
        claims = self.records.claims.by_address.values()
        return frozenset(claim.year for claim in claims if claim.year is not None and claim.field != "ordinal")

    @cached_property
    @question
    def likeness(self) -> Likeness:
        """What all articles are about, as one question rather than one for each of thousands of articles."""

        def terms(article: Article) -> tuple[str, ...]:
            record = article.record
            groups = (record.topics, record.editions, record.places, record.industries)
            return tuple(dict.fromkeys(str(ref) for refs in groups for ref in refs))

        return Likeness({article.id: terms(article) for article in self.articles_in_order()})

    def related(self, article_id: str, most: int = 3) -> list[str]:
        """The articles most like this one, of equals the newest first."""
        return self.likeness.nearest(article_id, most)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {article_id: at for at, article_id in enumerate(self.article_order)}


def _moment(shown: Shown, name: str) -> tuple[bool, int, int, str]:
    """What puts pictures and recordings in order: their date, then the order that their record gives, then their id."""
    return shown.date is None, shown.date.earliest.toordinal() if shown.date else 0, shown.order, name


def hreflang(site: Site, page: Page) -> tuple[tuple[str, str], ...]:
    """(tag, full address) of each translation, this page included, then of x-default; empty without a translation.

    Empty too for a site whose address is not known, since search engines take full addresses only.

    x-default is the chooser for home pages, and the page in the default language for others.
    """
    if page.kind == "404" or site.config.address is None:
        return ()
    if page.kind in ("home", "chooser"):
        pages = list(site.translations("home"))
        default = ""
    else:
        pages = site.alternates(page)
        first = site.config.default_language.id
        default = next((other.permalink for other in pages if other.language == first), "")
        if len(pages) < 2:
            return ()
    root = site.config.root
    pairs = [(site.config.language(other.language).tag, absolute(root, other.permalink)) for other in pages]
    return (*pairs, ("x-default", absolute(root, default)))


def make_site(
    config: Config,
    records: Records,
    *,
    drafts: bool = False,
    photographs: Mapping[str, Photograph] = _NOTHING,
    documents: Mapping[str, int] = _NOTHING,
) -> tuple[Site, list[Problem]]:
    """The site's graph, without drafts unless asked. No draft gets into a site in any other way.

    Reports ``address-taken`` for a page whose id is the address of something else, and ``names-a-draft``.
    """
    problems: list[Problem] = []
    kinds = kinds_of(config)
    if not drafts:
        published, problems = without_drafts(records, config)
        # A link to a draft would be dead. No site is written then, so the drafts may stay.
        records = records if problems else published
    problems += [
        Problem("address-taken", Place(page.file), {"name": page_id})
        for page_id, page in records.pages.items()
        if page_id in kinds.reserved and page_id not in kinds.opened
    ]
    pages = list(_pages(config, records))
    conflicts = tuple(tuple(group) for group in records.claims.conflicting())
    backlinks = find_backlinks(records)
    usage = find_usage(records, backlinks.articles)
    taken = {page.permalink for page in pages}
    moved, alias_problems = find_moved(records, config.language_ids, taken, kinds)
    # A published page may be left out by the configuration, which its owner knows.
    left_out = {permalink(language, name) for language in config.language_ids for name in kinds.keys() & config.without}
    problems += alias_problems + gone(records.ledger, taken | {one.permalink for one in moved} | left_out)
    site = Site(config, records, tuple(pages), backlinks, conflicts, usage, tuple(moved), photographs, documents)
    return site, problems


def _pages(config: Config, records: Records) -> Iterator[Page]:
    """Pages without a language, then those of each language, by kind."""
    table = kinds_of(config)
    kinds = [kind for kind in table.values() if has_kind(kind, config, records)]
    for kind in kinds:
        if kind.neutral:
            yield Page(kind.name, "", "", permalink("", kind.name))
    for language in config.language_ids:
        for kind in kinds:
            for page_id in kind.ids(records, table) if not kind.neutral else ():
                record = kind.record(records, page_id)
                own = text_language(config, record, language) if isinstance(record, Article) else ""
                yield Page(kind.name, page_id, language, permalink(language, kind.name, page_id, kinds=table), own)


def text_language(config: Config, article: Article, language: str) -> str:
    """The page's language, or the first of the site's languages that the article has."""
    if language in article.translations:
        return language
    return next(other for other in config.language_ids if other in article.translations)
