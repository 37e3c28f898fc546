"""The records as tables: claims, the sources they name, editions, sources, sides of a conflict, measures."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from expoarchive.records import Claim
from expoarchive.records.reference import references_in
from expoarchive.records.statement import DateClaim, Figure, Ordinal
from expoarchive.render.data.table import Cell, Column, Row, Table
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.strings import Strings
from expoarchive.render.words import label, value_text
from expoarchive.site import Page, Site, absolute, permalink
from expoarchive.site.address import home_of

Texts = Callable[[Desk], str | None]
# What a claim names that has columns of its own, or is no term.
_NOT_TERMS = ("source", "claim", "measure", "unit", "part")


def make_tables(site: Site, strings: Mapping[str, Strings]) -> tuple[Table, ...]:
    """All tables, in the order of the data dictionary. What they say in words, they say in every language."""
    desks = []
    for language in site.config.languages:
        page = Page("data", "", language.id, permalink(language.id, "data"))
        desks.append(desk_of(site, page, strings))
    return (
        _claims(site, desks),
        _claim_sources(site),
        _editions(site, desks),
        _sources(site, desks),
        _conflicts(site, desks),
        _measures(site, desks),
    )


def _worded(desks: Sequence[Desk], name: str, *, required: bool = False, address: bool = False) -> tuple[Column, ...]:
    """A column for each language: ``name_zh``, ``name_en``."""
    ids = [desk.language.id for desk in desks]
    return tuple(
        Column(f"{name}_{language}", "string", required, name, language=language, address=address) for language in ids
    )


def _words(desks: Sequence[Desk], name: str, text: Texts) -> dict[str, Cell]:
    return {f"{name}_{desk.language.id}": text(desk) for desk in desks}


def _local(text: Mapping[str, str] | None) -> Texts:
    return lambda desk: desk.local(text) if text else None


def _url(kind: str, page_id: str = "", fragment: str = "") -> Texts:
    def text(desk: Desk) -> str:
        address = absolute(desk.site.config.root, permalink(desk.language.id, kind, page_id))
        return f"{address}#{fragment}" if fragment else address

    return text


def claim_url(claim: Claim) -> Texts:
    """Where a claim is shown."""
    return _url(*home_of(claim.record), claim.anchor)


def _claims(site: Site, desks: Sequence[Desk]) -> Table:
    columns = (
        Column("claim", required=True),
        Column("record", required=True),
        Column("edition", "integer", refers=("editions", "edition")),
        Column("field", required=True),
        Column("measure", refers=("measures", "measure")),
        Column("stage"),
        Column("part"),
        Column("as_of"),
        Column("last", "integer"),
        Column("value", "number"),
        Column("value_high", "number"),
        Column("unit"),
        Column("qualifier"),
        Column("why_nothing"),
        Column("date"),
        Column("terms"),
        *_worded(desks, "label", required=True),
        *_worded(desks, "shown", required=True),
        *_worded(desks, "scope"),
        *_worded(desks, "note"),
        Column("basis", required=True),
        Column("formula"),
        Column("weak", "boolean", required=True),
        Column("preferred", "boolean", required=True),
        Column("conflict", "boolean", required=True),
        Column("sources"),
        *_worded(desks, "url", required=True, address=True),
    )
    disputed = {claim.address for group in site.conflicts for claim in group}
    rows = tuple(
        _claim(site, desks, claim, claim.address in disputed) for claim in site.records.claims.by_address.values()
    )
    return Table("claims", ("claim",), columns, rows)


def _claim(site: Site, desks: Sequence[Desk], claim: Claim, disputed: bool) -> Row:
    statement = claim.statement
    figure = statement if isinstance(statement, Figure) else None
    low, high = _ends(claim)
    terms = [f"{ref.target}:{ref}" for ref in references_in(statement) if ref.target not in _NOT_TERMS]
    sources = dict.fromkeys(str(citation.source) for citation in statement.sources)
    return {
        "claim": claim.address,
        "record": claim.record,
        "edition": claim.year,
        "field": claim.field,
        "measure": claim.measure or None,
        "stage": statement.stage,
        "part": getattr(statement, "part", None),
        "as_of": figure.as_of.slug if figure and figure.as_of else None,
        "last": figure.last if figure else None,
        "value": low,
        "value_high": high,
        "unit": str(site.records.vocabularies.measures[claim.measure].unit) if figure else None,
        "qualifier": figure.qualifier if figure and figure.value else None,
        "why_nothing": figure.nothing if figure else None,
        "date": str(statement.date) if isinstance(statement, DateClaim) else None,
        "terms": " ".join(dict.fromkeys(terms)) or None,
        **_words(desks, "label", lambda desk: label(desk, claim)),
        **_words(desks, "shown", lambda desk: value_text(desk, claim)[0]),
        **_words(desks, "scope", _local(statement.scope)),
        **_words(desks, "note", _local(statement.note)),
        "basis": "derived" if statement.derived else "reported",
        "formula": statement.derived.formula if statement.derived else None,
        "weak": desks[0].weak(statement.sources),
        "preferred": statement.preferred is not None,
        "conflict": disputed,
        "sources": " ".join(sources) or None,
        **_words(desks, "url", claim_url(claim)),
    }


def _ends(claim: Claim) -> tuple[Decimal | None, Decimal | None]:
    """The number, or the two of a range; the second is None for one number."""
    match claim.statement:
        case Figure(value=value) if value is not None:
            return value.low, value.high if value.high != value.low else None
        case Ordinal(value=number):
            return Decimal(number), None
    return None, None


def _claim_sources(site: Site) -> Table:
    columns = (
        Column("claim", required=True, refers=("claims", "claim")),
        Column("number", "integer", required=True),
        Column("source", required=True, refers=("sources", "source")),
        Column("locator"),
    )
    rows = tuple(
        {"claim": claim.address, "number": number, "source": str(citation.source), "locator": citation.locator}
        for claim in site.records.claims.by_address.values()
        for number, citation in enumerate(claim.statement.sources, 1)
    )
    return Table("claim_sources", ("claim", "number"), columns, rows)


def _editions(site: Site, desks: Sequence[Desk]) -> Table:
    columns = (
        Column("edition", "integer", required=True),
        Column("status", required=True),
        Column("ordinal", "integer"),
        Column("opened"),
        Column("closed"),
        Column("dates_stage"),
        Column("era"),
        Column("claims", "integer", required=True),
        *_worded(desks, "url", required=True, address=True),
    )
    rows = []
    for year, edition in site.records.editions.items():
        stage, opened, closed = edition.days()
        era = site.era_of(year)
        rows.append(
            {
                "edition": year,
                "status": edition.status,
                "ordinal": edition.ordinal[0].value if edition.ordinal else None,
                "opened": str(opened.date) if opened else None,
                "closed": str(closed.date) if closed else None,
                "dates_stage": stage,
                "era": era[0] if era else None,
                "claims": len(site.records.claims.of_record(str(year))),
                **_words(desks, "url", _url("edition", str(year))),
            }
        )
    return Table("editions", ("edition",), columns, tuple(rows))


def _sources(site: Site, desks: Sequence[Desk]) -> Table:
    columns = (
        Column("source", required=True),
        Column("publisher"),
        Column("title"),
        Column("original"),
        Column("archived"),
        *_worded(desks, "printed"),
        Column("checked"),
        Column("outcome"),
        Column("linked", "boolean", required=True),
        Column("published"),
        Column("language", required=True),
        Column("grade", required=True),
        Column("read", required=True),
        Column("cited", "integer", required=True),
        *_worded(desks, "note"),
        *_worded(desks, "url", required=True, address=True),
    )
    rows = []
    for source_id, source in site.records.sources.items():
        rows.append(
            {
                "source": source_id,
                "publisher": _own_words(source.publisher, source.language),
                "title": _own_words(source.title, source.language),
                "original": source.url,
                "archived": source.archived,
                **_words(desks, "printed", _local(source.printed)),
                "checked": str(source.checked.date) if source.checked else None,
                "outcome": source.checked.outcome if source.checked else None,
                "linked": source.linked,
                "published": str(source.published) if source.published else None,
                "language": source.language,
                "grade": source.grade,
                "read": source.read,
                "cited": site.backlinks.sources[source_id].count,
                **_words(desks, "note", _local(source.note)),
                **_words(desks, "url", _url("source", source_id)),
            }
        )
    return Table("sources", ("source",), columns, tuple(rows))


def _own_words(text: Mapping[str, str] | None, language: str) -> str | None:
    """A source's words in its own language, else in the first that it has them in."""
    if not text:
        return None
    return text.get(language.split("-")[0]) or next(iter(text.values()))


def _conflicts(site: Site, desks: Sequence[Desk]) -> Table:
    columns = (
        Column("conflict", required=True, meaning="disagreement"),
        Column("claim", required=True, refers=("claims", "claim")),
        Column("preferred", "boolean", required=True),
        *_worded(desks, "reason"),
    )
    rows = tuple(
        {
            "conflict": group[0].address,
            "claim": claim.address,
            "preferred": claim.statement.preferred is not None,
            **_words(desks, "reason", _local(claim.statement.preferred)),
        }
        for group in site.conflicts
        for claim in group
    )
    return Table("conflicts", ("conflict", "claim"), columns, rows)


def _measures(site: Site, desks: Sequence[Desk]) -> Table:
    columns = (
        Column("measure", required=True),
        *_worded(desks, "name", required=True),
        Column("measure_group", required=True),
        Column("unit", required=True),
        *_worded(desks, "unit_name", required=True),
        Column("base", required=True),
        Column("factor", "number", required=True),
    )
    units = site.records.vocabularies.units
    rows = tuple(
        {
            "measure": measure_id,
            **_words(desks, "name", _local(measure.name)),
            "measure_group": measure.group,
            "unit": str(measure.unit),
            **_words(desks, "unit_name", _local(units[measure.unit].name)),
            "base": units[measure.unit].base,
            "factor": units[measure.unit].factor,
        }
        for measure_id, measure in site.records.vocabularies.measures.items()
    )
    return Table("measures", ("measure",), columns, rows)
