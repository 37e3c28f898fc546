"""Pages and how they hang together, complete and frozen before the first template runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from expoarchive.cache.question import question
from expoarchive.config import Config
from expoarchive.problem import Place, Problem
from expoarchive.records import Article, Claim, Records
from expoarchive.records.draft import without_drafts
from expoarchive.records.edition import Edition
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Era
from expoarchive.site.address import permalink
from expoarchive.site.backlinks import Backlinks, find_backlinks
from expoarchive.site.kinds import KINDS, OPENED, RESERVED, has_kind
from expoarchive.site.likeness import Likeness
from expoarchive.site.moved import Moved, find_moved, gone
from expoarchive.site.taxonomy import Usage, find_usage

# A measure and its stage, which is empty for what has none.
Column = tuple[str, str]
COLUMN_STAGES = ("", "in_place", "signed", "planned", "offered")


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. ``text_language`` differs from ``language`` where the text is borrowed."""

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
    """Everything a page may show, and every page.

    What is marked as a question is noted as a whole by who watches a page being made; any other method is seen to ask
    what it asks.
    """

    config: Config
    records: Records
    pages: tuple[Page, ...]
    backlinks: Backlinks
    conflicts: tuple[tuple[Claim, ...], ...]
    usage: Mapping[tuple[str, str], Usage]
    moved: tuple[Moved, ...]

    @cached_property
    @question
    def kinds(self) -> tuple[str, ...]:
        """The kinds of pages that the site has, in the order of its pages."""
        return tuple(dict.fromkeys(page.kind for page in self.pages))

    @cached_property
    def _translations(self) -> dict[tuple[str, str], list[Page]]:
        found: dict[tuple[str, str], list[Page]] = {}
        for page in self.pages:
            found.setdefault((page.kind, page.id), []).append(page)
        return found

    @question
    def translations(self, kind: str, page_id: str = "", /) -> tuple[Page, ...]:
        """The page in every language, borrowed texts included, in the languages' order."""
        return tuple(self._translations.get((kind, page_id), ()))

    def alternates(self, page: Page) -> list[Page]:
        """The page in each language that really has it, itself included; empty for a borrowed text."""
        if page.borrowed:
            return []
        return [other for other in self.translations(page.kind, page.id) if other.language and not other.borrowed]

    @cached_property
    @question
    def columns(self) -> tuple[Column, ...]:
        """Measures that tables of editions show, one column a stage, for the stages that some edition reports whole."""
        wanted = [measure for measure, term in self.records.vocabularies.measures.items() if term.in_table]
        found = {
            (claim.measure, claim.statement.stage or "")
            for claim in self.records.claims.by_address.values()
            if claim.year is not None and isinstance(claim.statement, Figure) and not claim.statement.part
        }
        return tuple((measure, stage) for measure in wanted for stage in COLUMN_STAGES if (measure, stage) in found)

    def era_of(self, year: int) -> tuple[str, Era] | None:
        for era_id, era in self.records.eras.items():
            if era.start <= year and (era.end is None or year <= era.end):
                return era_id, era
        return None

    @cached_property
    def _neighbours(self) -> dict[int, tuple[int | None, int | None]]:
        years = [None, *self.records.editions, None]
        return {year: (years[at - 1], years[at + 1]) for at, year in enumerate(years) if year is not None}

    @question
    def neighbours(self, year: int, /) -> tuple[int | None, int | None]:
        """The editions before and after, of those that have a record."""
        return self._neighbours[year]

    @cached_property
    @question
    def article_order(self) -> tuple[str, ...]:
        """Ids of the articles, the newest first; those of one day by their order, then id."""

        def key(article: Article) -> tuple[int, int, str]:
            date = article.record.date
            return (-date.earliest.toordinal() if date else 0, article.record.order, article.id)

        return tuple(article.id for article in sorted(self.records.articles.values(), key=key))

    def text_of(self, page: Page) -> Article | None:
        """The article or page of the content whose text stands on this one, or opens it."""
        record = KINDS[page.kind].entry(self.records, page.id) or self.records.pages.get(page.kind)
        return record if isinstance(record, Article) else None

    def is_draft(self, page: Page) -> bool:
        """Whether a page shows a draft; only a site made with its drafts has any."""
        record = KINDS[page.kind].entry(self.records, page.id)
        if isinstance(record, Edition):
            return record.draft
        text = self.text_of(page)
        return text is not None and text.record.draft

    @cached_property
    def _topics_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for topic in self.records.vocabularies.terms("topic"):
            usage = self.usage["topic", topic]
            years = {claim.record for claim in usage.claims}
            years |= {name for article in usage.articles for sort, name in self.named_in(article) if sort == "edition"}
            for year in years:
                found.setdefault(year, []).append(topic)
        return found

    @question
    def topics_of(self, year: int, /) -> tuple[str, ...]:
        """Topics that a claim of the edition names, or an article that is about the edition belongs to."""
        return tuple(self._topics_of.get(str(year), ()))

    @cached_property
    def _named_in(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for named, articles in self.backlinks.articles.items():
            for article_id in articles:
                found.setdefault(article_id, []).append(named)
        return found

    @question
    def named_in(self, article_id: str, /) -> tuple[tuple[str, str], ...]:
        """(sort, id) of everything that an article names."""
        return tuple(self._named_in.get(article_id, ()))

    @question
    def beside(self, article_id: str, /) -> tuple[str | None, str | None]:
        """The articles before and after it in their order."""
        at, order = self._positions[article_id], self.article_order
        return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)

    @question
    def naming(self, sort: str, name: str, /) -> tuple[str, ...]:
        """Ids of the articles that name something, the newest first."""
        order = self._positions
        return tuple(sorted(self.backlinks.articles.get((sort, name), ()), key=order.__getitem__))

    def articles_in_order(self) -> list[Article]:
        """The newest first; those of one day by their order, then id."""
        return [self.records.articles[article_id] for article_id in self.article_order]

    @cached_property
    @question
    def followed(self) -> tuple[str, ...]:
        """The languages that have dated articles, and so something to follow; none where the site has no feeds."""
        if not self.config.has("feeds"):
            return ()
        dated = [article for article in self.records.articles.values() if article.record.date]
        return tuple(name for name in self.config.language_ids if any(name in one.translations for one in dated))

    @cached_property
    @question
    def documented(self) -> frozenset[int]:
        """The editions of which more is known than that they were held."""
        claims = self.records.claims.by_address.values()
        return frozenset(claim.year for claim in claims if claim.year is not None and claim.field != "ordinal")

    @cached_property
    @question
    def likeness(self) -> Likeness:
        """What all articles are about: one thing to ask for, not one for each of thousands of articles."""

        def named(article: Article) -> tuple[str, ...]:
            record = article.record
            groups = (record.topics, record.editions, record.places, record.industries)
            return tuple(dict.fromkeys(str(ref) for refs in groups for ref in refs))

        return Likeness({article.id: named(article) for article in self.articles_in_order()})

    def related(self, article_id: str, most: int = 3) -> list[str]:
        """Other articles that share most with it, the newest of equals first."""
        return self.likeness.nearest(article_id, most)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {article_id: at for at, article_id in enumerate(self.article_order)}


def make_site(config: Config, records: Records, *, drafts: bool = False) -> tuple[Site, list[Problem]]:
    """The site's graph, without its drafts unless asked: the one gate that they do not pass.

    Reports ``address-taken`` where a page's id is the address of something else, and ``names-a-draft``.
    """
    problems: list[Problem] = []
    if not drafts:
        published, problems = without_drafts(records, config)
        # What names a draft could not be followed; the site is then not drawn at all.
        records = records if problems else published
    problems += [
        Problem("address-taken", Place(page.file), {"name": page_id})
        for page_id, page in records.pages.items()
        if page_id in RESERVED and page_id not in OPENED
    ]
    pages = list(_pages(config, records))
    conflicts = tuple(tuple(group) for group in records.claims.conflicting())
    backlinks = find_backlinks(records)
    usage = find_usage(records, backlinks.articles)
    there = {page.permalink: page for page in pages}
    moved, found = find_moved(records, config.language_ids, there)
    problems += found
    # A page that the configuration leaves out is not gone unseen.
    left = {
        permalink(language, name): None for language in config.language_ids for name in config.without if name in KINDS
    }
    problems += gone(records.ledger, {**there, **{one.permalink: one for one in moved}, **left})
    return Site(config, records, tuple(pages), backlinks, conflicts, usage, tuple(moved)), problems


def _pages(config: Config, records: Records) -> Iterator[Page]:
    """Those of no language, then those of each language, both in the order of the table of kinds."""
    kinds = [kind for kind in KINDS.values() if has_kind(kind, config, records)]
    for kind in kinds:
        if kind.neutral:
            yield Page(kind.name, "", "", permalink("", kind.name))
    for language in config.language_ids:
        for kind in kinds:
            for page_id in kind.ids(records) if not kind.neutral else ():
                record = kind.entry(records, page_id)
                text_language = _text_language(config, record, language) if isinstance(record, Article) else ""
                yield Page(kind.name, page_id, language, permalink(language, kind.name, page_id), text_language)


def _text_language(config: Config, article: Article, language: str) -> str:
    """The page's own language where it has a text in it, else the first that has one."""
    if language in article.translations:
        return language
    return next(other for other in config.language_ids if other in article.translations)
