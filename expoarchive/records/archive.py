"""All records of an archive together."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.nodes import SourceText
from expoarchive.records.article import ArticleRecord, FrontMatter
from expoarchive.records.claim import Claims
from expoarchive.records.correction import Correction
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.ledger import Ledger
from expoarchive.records.prose import Heading, Reference
from expoarchive.records.source import Source
from expoarchive.records.vocabulary import (
    Body,
    Change,
    ChartRecord,
    Era,
    GlossaryEntry,
    Measure,
    Place,
    Term,
    Unit,
    Venue,
)


@dataclass(frozen=True, slots=True)
class Translation:
    """One language's text of an article or page, with the references its prose makes."""

    file: str
    front: FrontMatter
    body: SourceText
    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article or page: what the languages share, and its text in those it has."""

    id: str
    file: str
    record: ArticleRecord
    translations: Mapping[str, Translation]


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """``content/vocabularies/``: each file's entries by id, in the order of the file."""

    units: Mapping[str, Unit]
    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    regions: Mapping[str, Term]
    venues: Mapping[str, Venue]
    bodies: Mapping[str, Body]
    roles: Mapping[str, Term]
    industries: Mapping[str, Term]
    topics: Mapping[str, Term]
    events: Mapping[str, Term]
    parts: Mapping[str, Term]

    def part(self, part_id: str) -> Term | None:
        """What a claim's ``part`` names: a place, an industry, a venue, an event or an entry of parts.yaml."""
        for terms in self.naming_parts():
            if part_id in terms:
                return terms[part_id]
        return None

    def naming_parts(self) -> tuple[Mapping[str, Term], ...]:
        return (self.places, self.industries, self.venues, self.events, self.parts)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the editors recorded, by id. Editions are in order of year."""

    editions: Mapping[int, Edition]
    expo: ExpoRecord
    sources: Mapping[str, Source]
    vocabularies: Vocabularies
    eras: Mapping[str, Era]
    changes: Mapping[str, Change]
    charts: Mapping[str, ChartRecord]
    glossary: Mapping[str, GlossaryEntry]
    articles: Mapping[str, Article]
    pages: Mapping[str, Article]
    claims: Claims
    corrections: Mapping[str, Correction]
    ledger: Ledger
