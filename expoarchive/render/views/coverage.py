"""What is known about which edition, and what is not."""

from expoarchive.records import Claim
from expoarchive.records.claim import FACTS
from expoarchive.records.vocabulary import Absence
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import AbsenceView, CoverageCell, CoverageRow, CoverageView
from expoarchive.render.views.claims import group_view
from expoarchive.render.views.editions import cell, fact
from expoarchive.render.words import column_title, label, record_name, year_link
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
    rows = tuple(
        CoverageRow(year_link(desk, year), tuple(_cell(desk, claim) for claim in _claims(site, year)))
        for year in held_years(site)
    )
    states = [cell.state for row in rows for cell in row.cells]
    view = CoverageView(
        columns=(*(t(f"field.{field}") for field in FACTS), *(column_title(desk, column) for column in site.columns)),
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


def _cell(desk: Desk, claim: Claim | None) -> CoverageCell:
    state = "missing"
    if claim is not None:
        if desk.site.records.claims.dispute(claim.address):
            state = "conflicting"
        elif claim.statement.derived:
            state = "derived"
        else:
            state = "weak" if desk.weak(claim.statement.sources) else "reported"
    return CoverageCell(state, desk.strings(f"coverage.{state}"), desk.claim_href(claim) if claim else None)


def _conflict_title(desk: Desk, claim: Claim) -> str:
    return desk.strings("coverage.conflict", record=record_name(desk, claim.record), label=label(desk, claim))
