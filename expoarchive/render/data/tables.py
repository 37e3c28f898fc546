"""The records as tables: claims, the sources they cite, editions, sources, sides of a conflict, measures."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from expoarchive.records import Claim
from expoarchive.records.claim import Series
from expoarchive.records.edition import Edition
from expoarchive.records.exhibitor import Exhibitor
from expoarchive.records.picture import Picture, Recording
from expoarchive.records.source import Source
from expoarchive.records.statement import Citation, DateClaim, Figure, Ordinal
from expoarchive.records.vocabulary import Measure
from expoarchive.render.data.table import Cell, Column, Table
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.pictures import largest
from expoarchive.render.strings import Strings
from expoarchive.render.words import column_title, label, value_text
from expoarchive.site import Page, Site, absolute, permalink
from expoarchive.site.address import media_file

T = TypeVar("T")
# Each column of a table, with the function that gives its cell for a row's item.
Cells = Sequence[tuple[Column, Callable[[T], Cell]]]
# References of a claim that have columns of their own or are not to a term.
_NOT_TERMS = ("source", "claim", "measure", "unit", "part")


def make_tables(site: Site, strings: Mapping[str, Strings]) -> tuple[Table, ...]:
    """All tables, in the order of the data dictionary. Texts are in every language."""
    desks = []
    for language in site.config.languages:
        page = Page("data", "", language.id, permalink(language.id, "data"))
        desks.append(desk_of(site, page, strings))
    lists = (_exhibitors(site, desks),) if site.records.exhibitors else ()
    return (
        _claims(site, desks),
        _claim_sources(site, desks),
        _editions(site, desks),
        _sources(site, desks),
        _conflicts(site, desks),
        _measures(site, desks),
        _figures_by_edition(site, desks),
        # Most archives have none.
        *([_pictures(site, desks)] if site.records.pictures else []),
        *([_recordings(site, desks)] if site.records.recordings else []),
        *lists,
    )


def _table(name: str, key: tuple[str, ...], items: Iterable[T], cells: Cells[T]) -> Table:
    rows = tuple({column.name: cell(item) for column, cell in cells} for item in items)
    return Table(name, key, tuple(column for column, _ in cells), rows)


def _in_each(desks: Sequence[Desk], name: str, text: Callable[[Desk, Any], str | None], **flags: Any) -> Cells[Any]:
    """A column for each language: ``name_zh``, ``name_en``."""
    ids = [desk.language.id for desk in desks]
    columns = [Column(f"{name}_{language}", meaning=name, language=language, **flags) for language in ids]
    return [(column, partial(text, desk)) for column, desk in zip(columns, desks, strict=True)]


def _local(desk: Desk, text: Mapping[str, str] | None) -> str | None:
    """The text in the desk's own language, if it is in that one."""
    return text.get(desk.language.id) if text else None


def _claims(site: Site, desks: Sequence[Desk]) -> Table:
    measures = site.records.vocabularies.measures
    conflicting = {claim.address for group in site.conflicts for claim in group}
    cells: Cells[Claim] = [
        (Column("claim", required=True), lambda claim: claim.address),
        (Column("record", required=True), lambda claim: claim.record),
        (Column("edition", "integer", refers=("editions", "edition")), lambda claim: claim.year),
        (Column("field", required=True), lambda claim: claim.field),
        (Column("measure", refers=("measures", "measure")), lambda claim: claim.measure or None),
        (Column("stage"), lambda claim: claim.statement.stage),
        (Column("part"), lambda claim: getattr(claim.statement, "part", None)),
        (Column("as_of"), _of_figure(lambda figure: figure.as_of.slug if figure.as_of else None)),
        (Column("last", "integer"), _of_figure(lambda figure: figure.last)),
        (Column("value", "number"), lambda claim: range_of(claim)[0]),
        (Column("value_high", "number"), lambda claim: range_of(claim)[1]),
        (Column("unit"), lambda claim: str(measures[claim.measure].unit) if claim.measure else None),
        (Column("qualifier"), _of_figure(lambda figure: figure.qualifier if figure.value else None)),
        (Column("why_nothing"), _of_figure(lambda figure: figure.nothing)),
        (Column("date"), lambda claim: _day(claim.statement) if isinstance(claim.statement, DateClaim) else None),
        (Column("terms"), _terms),
        *_in_each(desks, "label", label, required=True),
        *_in_each(desks, "shown", lambda desk, claim: value_text(desk, claim)[0], required=True),
        *_in_each(desks, "scope", lambda desk, claim: _local(desk, claim.statement.scope)),
        *_in_each(desks, "note", lambda desk, claim: _local(desk, claim.statement.note)),
        (Column("basis", required=True), lambda claim: "derived" if claim.statement.derived else "reported"),
        (Column("formula"), lambda claim: claim.statement.derived.formula if claim.statement.derived else None),
        (Column("weak", "boolean", required=True), lambda claim: desks[0].weak(claim.statement.sources)),
        (Column("preferred", "boolean", required=True), lambda claim: claim.statement.preferred is not None),
        (Column("conflict", "boolean", required=True), lambda claim: claim.address in conflicting),
        (Column("sources"), lambda claim: _joined(str(citation.source) for citation in claim.statement.sources)),
        *_in_each(desks, "url", Desk.claim_url, required=True, address=True),
    ]
    return _table("claims", ("claim",), site.records.claims.by_address.values(), cells)


def _of_figure(cell: Callable[[Figure], Cell]) -> Callable[[Claim], Cell]:
    """A cell that is empty for a claim that is not a figure."""
    return lambda claim: cell(claim.statement) if isinstance(claim.statement, Figure) else None


def range_of(claim: Claim) -> tuple[Decimal | None, Decimal | None]:
    """A claim's number, or the two ends of its range; the second is None for a single number."""
    match claim.statement:
        case Figure(value=value) if value is not None:
            return value.low, value.high if value.high != value.low else None
        case Ordinal(value=number):
            return Decimal(number), None
    return None, None


def _day(claim: DateClaim | None) -> str | None:
    return str(claim.date) if claim else None


def _terms(claim: Claim) -> str | None:
    return _joined(f"{ref.target}:{ref}" for ref in claim.references if ref.target not in _NOT_TERMS)


def _joined(names: Iterable[str]) -> str | None:
    """Each name once."""
    return " ".join(dict.fromkeys(names)) or None


def _claim_sources(site: Site, desks: Sequence[Desk]) -> Table:
    cells: Cells[tuple[Claim, int, Citation]] = [
        (Column("claim", required=True, refers=("claims", "claim")), lambda item: item[0].address),
        (Column("number", "integer", required=True), lambda item: item[1]),
        (Column("source", required=True, refers=("sources", "source")), lambda item: str(item[2].source)),
        (Column("locator"), lambda item: item[2].locator),
        (Column("printed"), lambda item: item[2].printed),
        *_in_each(desks, "misprint", lambda desk, item: _local(desk, item[2].misprint)),
    ]
    citations = (
        (claim, number, citation)
        for claim in site.records.claims.by_address.values()
        for number, citation in enumerate(claim.statement.sources, 1)
    )
    return _table("claim_sources", ("claim", "number"), citations, cells)


def _editions(site: Site, desks: Sequence[Desk]) -> Table:
    claims = site.records.claims
    cells: Cells[Edition] = [
        (Column("edition", "integer", required=True), lambda edition: edition.year),
        (Column("status", required=True), lambda edition: edition.status),
        (Column("ordinal", "integer"), lambda edition: edition.ordinal[0].value if edition.ordinal else None),
        (Column("opened"), lambda edition: _day(edition.days()[1])),
        (Column("closed"), lambda edition: _day(edition.days()[2])),
        (Column("dates_stage"), lambda edition: edition.days()[0]),
        (Column("era"), lambda edition: era[0] if (era := site.era_of(edition.year)) else None),
        (Column("claims", "integer", required=True), lambda edition: len(claims.of_record(str(edition.year)))),
        *_in_each(desks, "url", lambda desk, one: desk.url("edition", str(one.year)), required=True, address=True),
    ]
    return _table("editions", ("edition",), site.records.editions.values(), cells)


def _sources(site: Site, desks: Sequence[Desk]) -> Table:
    cells: Cells[tuple[str, Source]] = [
        (Column("source", required=True), lambda item: item[0]),
        (Column("publisher"), lambda item: _own_words(item[1].publisher, item[1].language)),
        (Column("title"), lambda item: _own_words(item[1].title, item[1].language)),
        (Column("original"), lambda item: item[1].url if item[1].linked else None),
        (Column("archived"), lambda item: item[1].archived),
        (Column("url_scan", address=True), lambda item: _scan(site, item[1])),
        *_in_each(desks, "on_paper", lambda desk, item: _local(desk, item[1].on_paper)),
        (Column("checked"), lambda item: str(item[1].checked.date) if item[1].checked else None),
        (Column("outcome"), lambda item: item[1].checked.outcome if item[1].checked else None),
        (Column("linked", "boolean", required=True), lambda item: item[1].linked),
        (Column("published"), lambda item: str(item[1].published) if item[1].published else None),
        (Column("language", required=True), lambda item: item[1].language),
        (Column("grade", required=True), lambda item: item[1].grade),
        (Column("read"), lambda item: item[1].read.extent if item[1].read else None),
        (Column("read_on"), lambda item: str(item[1].read.date) if item[1].read else None),
        (Column("cited", "integer", required=True), lambda item: site.backlinks.sources[item[0]].count),
        *_in_each(desks, "note", lambda desk, item: _local(desk, item[1].note)),
        *_in_each(desks, "url", lambda desk, item: desk.url("source", item[0]), required=True, address=True),
    ]
    return _table("sources", ("source",), site.records.sources.items(), cells)


def _scan(site: Site, source: Source) -> str | None:
    """Where a source's scan lies: a file of the site, or an address elsewhere."""
    if source.file is None or source.file.name is None:
        return source.file.url if source.file else None
    picture_id = site.pictures_by_file.get(str(source.file.name))
    return absolute(site.config.root, largest(site, picture_id) if picture_id else media_file(source.file.name))


def _pictures(site: Site, desks: Sequence[Desk]) -> Table:
    cells: Cells[tuple[str, Picture]] = [
        (Column("picture", required=True), lambda item: item[0]),
        *_in_each(desks, "caption", lambda desk, item: desk.local(item[1].caption), required=True),
        *_in_each(desks, "alt", lambda desk, item: desk.local(item[1].alt), required=True),
        *_shown(desks),
        (Column("image", required=True, address=True), lambda item: absolute(site.config.root, largest(site, item[0]))),
        *_in_each(desks, "url", lambda desk, item: desk.url("picture", item[0]), required=True, address=True),
    ]
    return _table("pictures", ("picture",), site.records.pictures.items(), cells)


def _recordings(site: Site, desks: Sequence[Desk]) -> Table:
    cells: Cells[tuple[str, Recording]] = [
        (Column("recording", required=True), lambda item: item[0]),
        (Column("sort", required=True), lambda item: item[1].sort),
        (Column("recording_title", required=True), lambda item: _own_words(item[1].title, item[1].language)),
        (Column("length", required=True), lambda item: item[1].length),
        (Column("language", required=True), lambda item: item[1].language),
        (Column("address", required=True), lambda item: item[1].url),
        (Column("transcript", required=True), lambda item: _own_words(item[1].transcript, item[1].language)),
        *_shown(desks),
        *_in_each(desks, "url", lambda desk, item: desk.url("recording", item[0]), required=True, address=True),
    ]
    return _table("recordings", ("recording",), site.records.recordings.items(), cells)


def _shown(desks: Sequence[Desk]) -> Cells[Any]:
    """Whose a picture or a recording is, and of which editions."""
    return [
        *_in_each(desks, "credit", lambda desk, item: desk.local(item[1].credit), required=True),
        *_in_each(desks, "holder", lambda desk, item: desk.local(item[1].holder), required=True),
        (Column("licence"), lambda item: item[1].licence),
        *_in_each(desks, "right", lambda desk, item: _local(desk, item[1].right)),
        (Column("taken"), lambda item: str(item[1].date) if item[1].date else None),
        (Column("editions"), lambda item: _joined(str(year) for year in item[1].editions)),
    ]


def _own_words(text: Mapping[str, str] | None, language: str) -> str | None:
    """A source's words in its own language, or in the first that it has them in."""
    return (text.get(language.split("-")[0]) or next(iter(text.values()))) if text else None


def _conflicts(site: Site, desks: Sequence[Desk]) -> Table:
    cells: Cells[tuple[str, Claim]] = [
        (Column("conflict", required=True, meaning="disagreement"), lambda item: item[0]),
        (Column("claim", required=True, refers=("claims", "claim")), lambda item: item[1].address),
        (Column("preferred", "boolean", required=True), lambda item: item[1].statement.preferred is not None),
        *_in_each(desks, "reason", lambda desk, item: _local(desk, item[1].statement.preferred)),
    ]
    sides = ((group[0].address, claim) for group in site.conflicts for claim in group)
    return _table("conflicts", ("conflict", "claim"), sides, cells)


def _measures(site: Site, desks: Sequence[Desk]) -> Table:
    units = site.records.vocabularies.units
    cells: Cells[tuple[str, Measure]] = [
        (Column("measure", required=True), lambda item: item[0]),
        *_in_each(desks, "name", lambda desk, item: desk.local(item[1].name), required=True),
        (Column("measure_group", required=True), lambda item: item[1].group),
        (Column("unit", required=True), lambda item: str(item[1].unit)),
        *_in_each(desks, "unit_name", lambda desk, item: desk.local(units[item[1].unit].name), required=True),
        (Column("base", required=True), lambda item: units[item[1].unit].base),
        (Column("factor", "number", required=True), lambda item: units[item[1].unit].factor),
    ]
    return _table("measures", ("measure",), site.records.vocabularies.measures.items(), cells)


def _figures_by_edition(site: Site, desks: Sequence[Desk]) -> Table:
    """A row for each edition and a column for each measure and stage, for who would rather not join tables."""
    cells: list[tuple[Column, Callable[[Edition], Cell]]] = [
        (Column("edition", "integer", required=True, refers=("editions", "edition")), lambda edition: edition.year),
        (Column("status", required=True), lambda edition: edition.status),
        (Column("ordinal", "integer"), lambda edition: edition.ordinal[0].value if edition.ordinal else None),
        (Column("opened"), lambda edition: _day(edition.days()[1])),
        (Column("closed"), lambda edition: _day(edition.days()[2])),
    ]
    for column in site.reported:
        measure, stage = column
        name = "_".join(filter(None, (measure, stage))).replace("-", "_")
        says = {desk.language.id: _counted_in(desk, column) for desk in desks}
        cells.append((Column(name, "number", says=says), partial(_figure_of, site, (measure, stage, ""))))
    return _table("figures_by_edition", ("edition",), site.records.editions.values(), cells)


def _figure_of(site: Site, series: Series, edition: Edition) -> Cell:
    claim = site.records.claims.figures(str(edition.year)).get(series)
    return range_of(claim)[0] if claim else None


def _counted_in(desk: Desk, column: tuple[str, str]) -> str:
    unit = desk.site.records.vocabularies.unit_of(column[0])
    return desk.strings("data.counted_in", measure=column_title(desk, column), unit=desk.local(unit.name))


def _exhibitors(site: Site, desks: Sequence[Desk]) -> Table:
    """The rows of all lists. An archive without any has no such table."""
    editions = site.records.editions

    def sources(year: int) -> str | None:
        listed = editions[year].exhibitors
        return _joined(str(citation.source) for citation in listed.sources) if listed else None

    cells: Cells[tuple[int, int, Exhibitor]] = [
        (Column("edition", "integer", required=True, refers=("editions", "edition")), lambda item: item[0]),
        (Column("number", "integer", required=True, meaning="list_number"), lambda item: item[1]),
        (Column("exhibitor", required=True), lambda item: next(iter(item[2].name.values()))),
        *_in_each(desks, "exhibitor_name", lambda desk, item: item[2].name.get(desk.language.id)),
        (Column("company"), lambda item: item[2].company),
        (Column("place", meaning="exhibitor_place"), lambda item: item[2].place),
        (Column("hall"), lambda item: item[2].hall),
        (Column("booth"), lambda item: item[2].booth),
        (Column("industry", meaning="exhibitor_industry"), lambda item: item[2].industry),
        (Column("sources", required=True, meaning="list_sources"), lambda item: sources(item[0])),
    ]
    rows = (
        (year, number, exhibitor)
        for year, table in site.records.exhibitors.items()
        for number, exhibitor in enumerate(table.rows, 1)
    )
    return _table("exhibitors", ("edition", "number"), rows, cells)
