"""The latest edition beside that of ten years before: how big it was, who came, what was signed."""

from collections.abc import Iterator
from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.render.desk import Desk
from expoarchive.render.values import Link, ThenAndNow
from expoarchive.render.views.editions import cell
from expoarchive.render.words import column_title, dispute_word, figure_text
from expoarchive.site.graph import Column

YEARS = 10
# How big it was comes first.
_GROUPS = ("size", "people", "results", "reach", "other")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions, each with a link to its page, and the figures of either; ``says`` what can be concluded."""

    then: Link
    now: Link
    says: str
    rows: tuple[ThenAndNow, ...]


def then_and_now(desk: Desk) -> Comparison | None:
    """The last edition with a figure for tables, and the one ten years before it, or else the first of all.

    None where there are not two such editions.
    """
    records = desk.site.records
    counted = [
        year
        for year, edition in records.editions.items()
        if edition.status == "held" and any(cell(records, year, column) for column in desk.site.columns)
    ]
    if len(counted) < 2:
        return None
    now = counted[-1]
    then = now - YEARS if now - YEARS in records.editions else counted[0]
    rows = tuple(_rows(desk, then, now))
    both = sum(row.then is not None and row.now is not None for row in rows)
    says = desk.strings("growth.then_now_some", count=both) if both else desk.strings("growth.then_now_none")
    return Comparison(_edition(desk, then), _edition(desk, now), says, rows)


def _edition(desk: Desk, year: int) -> Link:
    return Link(str(year), desk.href("edition", str(year)))


def _rows(desk: Desk, then: int, now: int) -> Iterator[ThenAndNow]:
    """The figures that at least one of the two editions has."""
    records = desk.site.records
    measures = records.vocabularies.measures
    for column in sorted(desk.site.columns, key=lambda column: _GROUPS.index(measures[column[0]].group)):
        before, after = cell(records, then, column), cell(records, now, column)
        if before or after:
            nearby = _nearby(desk, column, now if after is None else then) if not (before and after) else None
            yield ThenAndNow(column_title(desk, column), _link(desk, before), _link(desk, after), nearby)


def _link(desk: Desk, claim: Claim | None) -> Link | None:
    return Link(figure_text(desk, claim), desk.claim_href(claim), dispute=dispute_word(desk, claim)) if claim else None


def _nearby(desk: Desk, column: Column, year: int) -> Link | None:
    """The figure of the edition nearest to one without, of which there is the other of the two at least."""
    others = sorted(desk.site.records.editions, key=lambda other: abs(other - year))
    claims = (cell(desk.site.records, other, column) for other in others)
    claim = next(claim for claim in claims if claim is not None)
    text = desk.strings("growth.nearby", year=claim.record, value=figure_text(desk, claim))
    return Link(text, desk.claim_href(claim), dispute=dispute_word(desk, claim))
