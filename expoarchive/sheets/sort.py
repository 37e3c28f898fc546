"""What a sheet can have rows of: claims, sources, the entries of a vocabulary, exhibitors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from expoarchive.config import Config
from expoarchive.load import CONTENT
from expoarchive.nodes import Model
from expoarchive.nodes.edit import Plain
from expoarchive.records import EXPO
from expoarchive.records import sorts as vocabularies
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.exhibitor import Exhibitor, exhibitors_file
from expoarchive.records.source import Source
from expoarchive.records.statement import (
    Activity,
    Appearance,
    DateClaim,
    Deal,
    Figure,
    First,
    IndustryNaming,
    NamedPart,
    Ordinal,
    Participation,
    Positioning,
    Remark,
    SideEvent,
    Statement,
    VenueClaim,
    Wording,
)
from expoarchive.sheets import form
from expoarchive.sheets.archive import Archive, value_at
from expoarchive.sheets.column import Column, columns_of
from expoarchive.sheets.heading import headings_of, id_headings

Path = tuple[str | int, ...]
CLAIMS, SOURCES, EXHIBITORS = "claims", "sources", "exhibitors"
FIGURE = "figure"
RECORD, FIELD, MEASURE, NUMBER = "record", "field", "measure", "number"


class Field(NamedTuple):
    """A part of a record that holds claims: where, and of what form."""

    path: tuple[str, ...]
    model: type[Statement]


FIELDS: Mapping[str, Field] = {
    "ordinal": Field(("ordinal",), Ordinal),
    "name": Field(("names",), Wording),
    "theme": Field(("themes",), Wording),
    "opened": Field(("held", "opened"), DateClaim),
    "closed": Field(("held", "closed"), DateClaim),
    "venue": Field(("venues",), VenueClaim),
    FIGURE: Field(("figures",), Figure),
    "appearance": Field(("appearances",), Appearance),
    "participant": Field(("participants",), Participation),
    "first": Field(("firsts",), First),
    "deal": Field(("deals",), Deal),
    "industry": Field(("industries",), IndustryNaming),
    "pavilion": Field(("pavilions",), NamedPart),
    "activity": Field(("activities",), Activity),
    "event": Field(("events",), SideEvent),
    "positioning": Field(("positioning",), Positioning),
    "remark": Field(("remarks",), Remark),
}
# Where columns and keys stand whose order the models do not give; all others come after `what`, in theirs.
_FIRST = ("id", "publisher", "title", "stage", "part", "as_of", "last", "value", "qualifier", "nothing", "date", "text")
_THEN = ("form", "name", "what")
_LAST = ("sources", "scope", "note", "preferred", "terms", "translated", "aliases")
# What a sheet of claims shows though no row has it, to be filled in.
_ALWAYS = {"claim", RECORD, FIELD, MEASURE, "stage", "part", "value", "qualifier", "sources", "scope", "note"}


def rank(name: str) -> int:
    """The place of a column, or of a key in a record."""
    base = name.split(".")[0]
    for names, start in ((_FIRST, 0), (_THEN, 50), (_LAST, 200)):
        if base in names:
            return start + names.index(base)
    return 100


def in_order(record: dict[str, Plain], old: Mapping[str, Plain]) -> dict[str, Plain]:
    """The record with each key that ``old`` lacks behind those that come before it."""
    keys = [key for key in old if key in record]
    for key in sorted((key for key in record if key not in old), key=rank):
        before = [at for at, other in enumerate(keys) if rank(other) <= rank(key)]
        keys.insert(before[-1] + 1 if before else 0, key)
    return {key: record[key] for key in keys}


@dataclass(frozen=True, slots=True)
class Item:
    """One record in a row: what sheets call it, the way to it, its value, and cells that stand for the way."""

    key: str
    file: str
    path: Path
    value: Plain
    columns: tuple[Column, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of row. ``key`` is the column that names a record; ``ways`` are those that say where it stands."""

    name: str
    key: str
    ways: tuple[str, ...] = ()
    vocabulary: vocabularies.Sort | None = None

    def models(self) -> tuple[type[Model], ...]:
        """What its rows are read into."""
        if self.vocabulary:
            return (self.vocabulary.model,)
        if self.name == CLAIMS:
            return tuple(dict.fromkeys(field.model for field in FIELDS.values()))
        return (Source,) if self.name == SOURCES else (Exhibitor,)

    def names(self, archive: Archive) -> dict[str, str]:
        """All columns that a sheet can have, the key and the ways first, each with the language of its texts."""
        languages = self.languages(archive)
        every = {one.name: one.language for model in self.models() for one in self.columns(model, languages)}
        names = [*self.ways, self.key, *sorted(every, key=rank)]
        return {name: every.get(name, "") for name in names}

    def languages(self, archive: Archive) -> tuple[str, ...]:
        """The site's languages, then others that its records have texts in."""
        found = dict.fromkeys(archive.config.language_ids)
        for table in archive.records.exhibitors.values() if self.name == EXHIBITORS else ():
            found.update(dict.fromkeys(table.languages))
        for source in archive.records.sources.values() if self.name == SOURCES else ():
            found.update(dict.fromkeys([*(source.title or ()), *(source.publisher or ())]))
        for claim in archive.records.claims.by_address.values() if self.name == CLAIMS else ():
            for name in ("text", "name"):
                found.update(dict.fromkeys(getattr(claim.statement, name, None) or ()))
        return tuple(found)

    def columns(self, model: type[Model], languages: tuple[str, ...]) -> tuple[Column, ...]:
        """Those of one model."""
        columns = columns_of(model, languages)
        if model is not Exhibitor:
            return columns
        ids = {name: form.id_or_words(name) for name in ("place", "industry")}
        return tuple(replace(column, form=ids.get(column.name, column.form)) for column in columns)

    def headings(self, name: str, language: str, config: Config) -> Mapping[str, Sequence[str]]:
        """What editors call a column, in each of their languages."""
        if self.vocabulary and name == self.key:
            return id_headings(self.vocabulary.name)
        known = {str(one.id): one.name for one in config.languages}
        return headings_of(name, self.name, known.get(language, language))

    def items(self, archive: Archive, records: Sequence[str] = ()) -> Iterator[Item]:
        """What there is, of these editions where any are named."""
        if self.vocabulary:
            return _entries(self, archive, self.vocabulary)
        if self.name == SOURCES:
            return _sources(self, archive)
        return _claims(self, archive, records) if self.name == CLAIMS else _exhibitors(self, archive, records)

    def shows(self, name: str, language: str, config: Config) -> bool:
        """Whether a sheet has the column though all its cells are empty."""
        if language and language not in config.language_ids:
            return False
        return self.name != CLAIMS or (name.split(".")[0] in _ALWAYS and name != "value.to")


SORTS: Mapping[str, Sort] = {
    CLAIMS: Sort(CLAIMS, "claim", (RECORD, "claim", FIELD, MEASURE)),
    SOURCES: Sort(SOURCES, "source"),
    EXHIBITORS: Sort(EXHIBITORS, NUMBER, (RECORD,)),
    **{sort.plural: Sort(sort.plural, "id", vocabulary=sort) for sort in vocabularies.SORTS},
}


def sorts_of(config: Config) -> Mapping[str, Sort]:
    """Every sort of an archive, with the vocabularies of its own."""
    every = vocabularies.sorts_of(config).rows
    return {**SORTS, **{sort.plural: Sort(sort.plural, "id", vocabulary=sort) for sort in every}}


def records_of(archive: Archive) -> dict[str, Edition | ExpoRecord]:
    """The records that hold claims, by what sheets call them."""
    return {**{str(year): edition for year, edition in archive.records.editions.items()}, EXPO: archive.records.expo}


def record_file(record: str) -> str:
    """The file of an edition, or of the fair as a whole."""
    return f"{CONTENT}/expo.yaml" if record == EXPO else f"{CONTENT}/editions/{record}.yaml"


def source_file(source: str) -> str:
    """The file of a source."""
    return f"{CONTENT}/sources/{source}.yaml"


def _claims(sort: Sort, archive: Archive, records: Sequence[str]) -> Iterator[Item]:
    languages = sort.languages(archive)
    addresses = {id(claim.statement): claim.address for claim in archive.records.claims.by_address.values()}
    for record, data in records_of(archive).items():
        if records and record not in records:
            continue
        for name, path, statement in _statements(data):
            columns = sort.columns(type(statement), languages)
            cells = {RECORD: record, "claim": addresses[id(statement)], FIELD: name}
            if name == FIGURE:
                cells[MEASURE] = str(path[1])
            value = value_at(archive.as_it_was(record_file(record)), path)
            yield Item(cells["claim"], record_file(record), path, value, columns, cells)


def _statements(data: Edition | ExpoRecord) -> Iterator[tuple[str, Path, Statement]]:
    """Each claim of a record, with its field and the way to it."""
    for name, (path, _) in FIELDS.items():
        held: Any = data
        for step in path:
            held = getattr(held, step, ())
        lists: dict[tuple[str, ...], Sequence[Statement]] = (
            {(*path, str(measure)): one for measure, one in held.items()} if name == FIGURE else {path: held}
        )
        for way, statements in lists.items():
            for at, one in enumerate(statements):
                yield name, (*way, at), one


def _sources(sort: Sort, archive: Archive) -> Iterator[Item]:
    columns = sort.columns(Source, sort.languages(archive))
    for source in archive.records.sources:
        file = source_file(source)
        yield Item(source, file, (), archive.as_it_was(file), columns, {"source": source})


def _entries(sort: Sort, archive: Archive, vocabulary: vocabularies.Sort) -> Iterator[Item]:
    columns = sort.columns(vocabulary.model, sort.languages(archive))
    for name in archive.records.vocabularies.by_sort[vocabulary.name]:
        value = archive.as_it_was(vocabulary.file)[name]
        yield Item(name, vocabulary.file, (name,), value, columns, {"id": name})


def _exhibitors(sort: Sort, archive: Archive, records: Sequence[str]) -> Iterator[Item]:
    columns = sort.columns(Exhibitor, sort.languages(archive))
    for year in archive.records.exhibitors:
        if records and str(year) not in records:
            continue
        file = exhibitors_file(year)
        for at, row in enumerate(archive.as_it_was(file)):
            cells = {RECORD: str(year), NUMBER: str(at + 1)}
            yield Item(f"{year} {at + 1}", file, (at,), row, columns, cells)
