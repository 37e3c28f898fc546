"""What is known about which edition, and what is not."""

from collections.abc import Sequence

from expoarchive.records import Claim
from expoarchive.records.claim import FACTS
from expoarchive.records.vocabulary import Absence
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.report import Reports, item_text, reports_of
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import AbsenceView, ColumnHead, CoverageCell, CoverageRow, CoverageView
from expoarchive.render.views.claims import group_view
from expoarchive.render.views.editions import asked_of_editions, cell, fact
from expoarchive.render.words import key_label, record_name, year_link
from expoarchive.site import Site

STATES = ("reported", "derived", "weak", "conflicting", "missing")


def held_years(site: Site) -> list[int]:
    """Editions that took place, newest first."""
    return [year for year, edition in reversed(list(site.records.editions.items())) if edition.status == "held"]


def _claims(site: Site, year: int) -> list[Claim | None]:
    """An edition's row of the table: its facts, then its measures."""
    facts = [fact(site.records, year, field) for field in FACTS]
    return facts + [cell(site.records, year, column) for column in site.columns]


def count_missing(site: Site) -> int:
    """How many cells of the coverage table are empty."""
    return sum(claim is None for year in held_years(site) for claim in _claims(site, year))


@page_view("coverage")
def coverage_page(desk: Desk, studio: Studio) -> PageContent:
    """Editions by facts and measures, each cell with its state; then every conflict."""
    site, t = desk.site, desk.strings
    reports, columns = reports_of(desk), asked_of_editions(desk)
    rows = tuple(CoverageRow(year_link(desk, year), _cells(desk, year, columns, reports)) for year in held_years(site))
    states = [cell.state for row in rows for cell in row.cells]
    view = CoverageView(
        columns=tuple(column.text for column in columns),
        asked=reports is not None,
        rows=rows,
        totals=tuple((state, t(f"coverage.{state}"), states.count(state)) for state in STATES),
        conflicts=tuple(group_view(desk, group, _conflict_title(desk, group[0])) for group in site.conflicts),
        absences=tuple(_absence(desk, *entry) for entry in site.records.absences.items()),
    )
    return PageContent(view)


def _absence(desk: Desk, absence_id: str, entry: Absence) -> AbsenceView:
    when = desk.strings("coverage.looked", date=day(entry.date, desk.language))
    looked = desk.listed([when, desk.local(entry.by)]) if entry.by else when
    return AbsenceView(absence_id, desk.local(entry.what), entry.words, looked)


def _cells(desk: Desk, year: int, columns: Sequence[ColumnHead], reports: Reports | None) -> tuple[CoverageCell, ...]:
    items = (item_text(column.text, column.id) for column in columns)
    return tuple(
        _cell(desk, claim, reports.href(str(year), item) if reports else None)
        for claim, item in zip(_claims(desk.site, year), items, strict=True)
    )


def _cell(desk: Desk, claim: Claim | None, asked: str | None) -> CoverageCell:
    """A cell; an empty one leads to where a reader can tell what it lacks, ``asked``."""
    if claim is None:
        words = ["coverage.missing", *(["report.known"] if asked else [])]
        return CoverageCell("missing", desk.listed(map(desk.strings, words)), asked)
    if desk.site.records.claims.dispute(claim.address):
        state = "conflicting"
    elif claim.statement.derived:
        state = "derived"
    else:
        state = "weak" if desk.weak(claim.statement.sources) else "reported"
    return CoverageCell(state, desk.strings(f"coverage.{state}"), desk.claim_href(claim))


def _conflict_title(desk: Desk, claim: Claim) -> str:
    return desk.strings("coverage.conflict", record=record_name(desk, claim.record), label=key_label(desk, claim))
