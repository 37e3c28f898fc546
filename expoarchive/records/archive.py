"""All the records of an archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from expoarchive.nodes import SourceText
from expoarchive.records.article import ArticleRecord, FrontMatter
from expoarchive.records.claim import Claims
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.exhibitor import ExhibitorTable
from expoarchive.records.ledger import Correction, Ledger
from expoarchive.records.picture import Picture, Recording
from expoarchive.records.prose import Heading, Reference
from expoarchive.records.sorts import Sorts
from expoarchive.records.source import Source
from expoarchive.records.synonyms import Synonyms
from expoarchive.records.vocabulary import (
    Absence,
    Change,
    ChartRecord,
    Era,
    GlossaryEntry,
    Locality,
    Measure,
    Term,
    Unit,
    Venue,
    Wordings,
)


@dataclass(frozen=True, slots=True)
class Translation:
    """One language's text of an article or page, with the references its prose makes.

    ``digests`` are of its parts, with their keys, in order: what a translation made from it is held against.
    """

    file: str
    front: FrontMatter
    body: SourceText
    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]
    digests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article or page: what the languages share, and its text in each language it has."""

    id: str
    file: str
    record: ArticleRecord
    translations: Mapping[str, Translation]


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """``content/vocabularies/``: for each sort its entries by id, in the order of the file."""

    by_sort: Mapping[str, Mapping[str, Any]]
    sorts: Sorts

    def terms(self, sort: str) -> Mapping[str, Term]:
        """The entries of one sort. Sorts with fields of their own have typed properties below."""
        return self.by_sort[sort]

    @property
    def units(self) -> Mapping[str, Unit]:
        return self.by_sort["unit"]

    @property
    def measures(self) -> Mapping[str, Measure]:
        return self.by_sort["measure"]

    @property
    def places(self) -> Mapping[str, Locality]:
        return self.by_sort["place"]

    @property
    def venues(self) -> Mapping[str, Venue]:
        return self.by_sort["venue"]

    def unit_of(self, measure_id: str) -> Unit:
        """The unit of a measure's amounts. KeyError if there is no such measure or unit."""
        return self.units[self.measures[measure_id].unit]

    def part(self, part_id: str) -> Term | None:
        """The entry that a claim's ``part`` names, from one of the sorts that can be parts."""
        parts = (self.by_sort[sort.name] for sort in self.sorts.parts)
        return next((terms[part_id] for terms in parts if part_id in terms), None)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that the editors recorded, by id. Editions, and the exhibitors of some, are in order of year."""

    editions: Mapping[int, Edition]
    expo: ExpoRecord
    exhibitors: Mapping[int, ExhibitorTable]
    sources: Mapping[str, Source]
    vocabularies: Vocabularies
    eras: Mapping[str, Era]
    changes: Mapping[str, Change]
    charts: Mapping[str, ChartRecord]
    glossary: Mapping[str, GlossaryEntry]
    absences: Mapping[str, Absence]
    synonyms: Mapping[str, Synonyms]
    wordings: Wordings
    articles: Mapping[str, Article]
    pages: Mapping[str, Article]
    pictures: Mapping[str, Picture]
    recordings: Mapping[str, Recording]
    claims: Claims
    corrections: Mapping[str, Correction]
    ledger: Ledger
    # What ids that entries had before mean, by sort and id: prose still has them.
    former: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def texts(self) -> Iterator[tuple[str, Translation]]:
        """Every text of articles, then of pages, with its language."""
        for article in (*self.articles.values(), *self.pages.values()):
            yield from article.translations.items()
