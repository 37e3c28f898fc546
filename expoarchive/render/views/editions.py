"""The table of all editions, and an edition as a row of any list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expoarchive.records import Claim, Records
from expoarchive.records.claim import FACTS, slug
from expoarchive.records.edition import Edition
from expoarchive.render.desk import Desk
from expoarchive.render.format import day, span
from expoarchive.render.report import Reports, item_text, reports_of
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import ColumnHead, EditionRow, Link
from expoarchive.render.views.claims import claim_view, value_link
from expoarchive.render.views.files import data_files
from expoarchive.render.views.filters import carried_by
from expoarchive.render.words import best_wording, column_title, dispute_word, value_text, venue_name
from expoarchive.site import Site
from expoarchive.site.graph import Column

# The columns of every edition, before those of its measures.
FIXED = ("ordinal", "held")


@dataclass(frozen=True, slots=True)
class EditionsView:
    """The table of editions, with a column for each measure and stage.

    ``asked`` has for each year where a reader can tell what its cells lack, in the order of the columns. ``choice`` are
    the columns that readers can put aside: all but the year. ``known`` counts the rows of which more is known than that
    the edition was held.
    """

    columns: tuple[ColumnHead, ...]
    choice: tuple[ColumnHead, ...]
    rows: tuple[EditionRow, ...]
    asked: Mapping[int, tuple[str, ...]]
    known: int
    total: int
    files: tuple[Link, ...]
    compare: Link | None


def fact(records: Records, year: int, field: str) -> Claim | None:
    """The claim for a fact of the whole edition: as it happened, not as it was announced."""
    for group in records.claims.grouped(str(year), field).values():
        claim = group[0]
        part = getattr(claim.statement, "part", None) or getattr(claim.statement, "role", "main") == "sub"
        if claim.statement.stage is None and not part:
            return claim
    return None


def cell(records: Records, year: int, column: Column) -> Claim | None:
    """The claim that tables show: of the whole edition, at the column's stage; of several counts, the latest."""
    return records.claims.figures(str(year)).get((*column, ""))


def missing_cells(site: Site, year: int) -> Iterator[str]:
    """The empty cells of an edition's row of the coverage, named as absences name what is not known."""
    yield from (field for field in FACTS if fact(site.records, year, field) is None)
    for column in site.columns:
        if cell(site.records, year, column) is None:
            yield slug(*column)


def asked_of_editions(desk: Desk) -> tuple[ColumnHead, ...]:
    """What readers ask of every edition: its facts and its measures, by the ids that absences name them with."""
    facts = (ColumnHead(field, desk.strings(f"field.{field}")) for field in FACTS)
    return (*facts, *(ColumnHead(slug(*column), column_title(desk, column)) for column in desk.site.columns))


def edition_row(desk: Desk, year: int, columns: Sequence[Column] = ()) -> EditionRow:
    """An edition in a list."""
    records = desk.site.records
    edition = records.editions[year]
    name_claim = edition_name_claim(desk, year)
    name, name_lang = value_text(desk, name_claim) if name_claim else (None, None)
    claims = [cell(records, year, column) for column in columns]
    known = sum(claim.field != "ordinal" for claim in records.claims.of_record(str(year)))
    return EditionRow(
        year=year,
        href=desk.href("edition", str(year)),
        ordinal=desk.strings.ordinal(edition.ordinal[0].value) if edition.ordinal else None,
        ordinal_basis="derived" if edition.ordinal and edition.ordinal[0].derived else "reported",
        name=name,
        name_lang=name_lang,
        dates=dates_text(desk, edition),
        venue=_main_venue(desk, edition),
        # Blank: it was held, and nothing else is known about it.
        state="blank" if edition.status == "held" and not known else edition.status,
        firsts=tuple(value_link(desk, group[0]) for group in records.claims.grouped(str(year), "first").values()),
        cells=tuple(claim_view(desk, claim) if claim else None for claim in claims),
        known=known,
        disputes=_disputes(desk, year),
        number=edition.ordinal[0].value if edition.ordinal else None,
        topics=desk.site.topics_of(year),
        carries=carried_by(desk.site, year),
        draft=desk.strings("frame.draft_short") if edition.draft else None,
    )


def _disputes(desk: Desk, year: int) -> dict[str, str]:
    """The words for those of an edition's facts that sources dispute."""
    claims = {field: fact(desk.site.records, year, field) for field in FACTS}
    words = {field: dispute_word(desk, claim) for field, claim in claims.items() if claim}
    return {field: word for field, word in words.items() if word}


def edition_name_claim(desk: Desk, year: int) -> Claim | None:
    """The edition's name, in the page's language if any of its names has one."""
    return best_wording(desk, desk.site.records.claims.grouped(str(year), "name").values())


def _main_venue(desk: Desk, edition: Edition) -> str | None:
    venues = desk.site.records.vocabularies.venues
    names = (venue_name(desk, venues[claim.venue], edition.year) for claim in edition.venues if claim.role == "main")
    return next(names, None)


def dates_text(desk: Desk, edition: Edition) -> str | None:
    """When the edition was held, as far as known. Dates that were only announced are marked as such."""
    stage, opened, closed = edition.days()
    if opened and closed:
        text = span(opened.date, closed.date, desk.language)
        return text if stage is None else desk.strings("edition.announced_for", dates=text)
    if not opened and not closed:
        return None
    date = (opened or closed).date  # type: ignore[union-attr]
    key = f"{'opened' if opened else 'closed'}_{'on' if date.day is not None else 'in'}"
    return desk.strings(f"edition.dates.{key if stage is None else f'announced_{key}'}", date=day(date, desk.language))


def _asked(desk: Desk, reports: Reports, year: int) -> tuple[str, ...]:
    columns = asked_of_editions(desk)[len(FACTS) :]
    return tuple(reports.href(str(year), item_text(column.text, column.id)) for column in columns)


@page_view("editions")
def editions_page(desk: Desk, studio: Studio) -> PageContent:
    """All editions, newest first, with a column for each measure and stage."""
    columns = desk.site.columns
    rows = tuple(edition_row(desk, year, columns) for year in reversed(list(desk.site.records.editions)))
    heads = tuple(ColumnHead("-".join(filter(None, column)), column_title(desk, column)) for column in columns)
    view = EditionsView(
        columns=heads,
        choice=(*(ColumnHead(name, desk.strings(f"editions.{name}")) for name in FIXED), *heads),
        rows=rows,
        asked={row.year: _asked(desk, reports, row.year) for row in rows} if (reports := reports_of(desk)) else {},
        known=sum(row.state == "held" for row in rows),
        total=len(rows),
        files=data_files(desk, "figures_by_edition"),
        compare=Link(desk.strings("compare.title"), desk.href("compare")) if "compare" in desk.site.kinds else None,
    )
    return PageContent(view)
