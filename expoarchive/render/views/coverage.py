"""What is known of which edition, and what is not."""

from collections.abc import Sequence

from expoarchive.records import Claim, in_conflict
from expoarchive.records.claim import FACTS
from expoarchive.render.desk import Desk
from expoarchive.render.prose import lead_view
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import CoverageCell, CoverageRow, CoverageView, Link
from expoarchive.render.views.claims import group_view
from expoarchive.render.views.editions import cell, column_title, fact
from expoarchive.render.words import edition_headline, label
from expoarchive.site import Site
from expoarchive.site.graph import Column

STATES = ("reported", "derived", "weak", "conflicting", "missing")


def held_years(site: Site) -> list[int]:
    """Editions that took place, newest first."""
    return [year for year, edition in reversed(list(site.records.editions.items())) if edition.status == "held"]


def count_missing(site: Site) -> int:
    """Cells of the coverage table of which nothing is known."""
    shown = site.columns
    facts = sum(fact(site.records, year, field) is None for year in held_years(site) for field in FACTS)
    return facts + sum(cell(site.records, year, column) is None for year in held_years(site) for column in shown)


@makes("coverage")
def coverage_page(desk: Desk, studio: Studio) -> Shown:
    """Editions by facts and measures, each cell with its state; then every conflict."""
    site = desk.site
    lead = lead_view(desk, "coverage")
    shown = site.columns
    rows = tuple(_row(desk, year, shown) for year in held_years(site))
    cells = [found.state for row in rows for found in row.cells]
    titles = [desk.strings(f"field.{field}") for field in FACTS] + [column_title(desk, column) for column in shown]
    conflicts = tuple(group_view(desk, group, _titled(desk, group[0])) for group in site.conflicts)
    view = CoverageView(
        lead=lead,
        columns=tuple(titles),
        rows=rows,
        totals=tuple((state, desk.strings(f"coverage.{state}"), cells.count(state)) for state in STATES),
        conflicts=conflicts,
        sources=desk.sources(),
    )
    return Shown(view)


def _row(desk: Desk, year: int, shown: Sequence[Column]) -> CoverageRow:
    claims = [fact(desk.site.records, year, field) for field in FACTS] + [
        cell(desk.site.records, year, column) for column in shown
    ]
    link = Link(str(year), desk.href("edition", str(year)))
    return CoverageRow(link, tuple(_cell(desk, claim) for claim in claims))


def _cell(desk: Desk, claim: Claim | None) -> CoverageCell:
    state = "missing"
    if claim is not None:
        group = desk.site.records.claims.group_of(claim)
        if in_conflict(group):
            state = "conflicting"
        elif claim.statement.derived:
            state = "derived"
        else:
            state = "weak" if desk.weak(claim.statement.sources) else "reported"
    return CoverageCell(state, desk.strings(f"coverage.{state}"), desk.claim_href(claim) if claim else None)


def _titled(desk: Desk, claim: Claim) -> str:
    where = edition_headline(desk, claim.year) if claim.year is not None else desk.strings("claim.expo")
    return desk.strings("coverage.conflict", record=where, label=label(desk, claim))
