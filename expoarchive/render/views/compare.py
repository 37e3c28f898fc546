"""Two editions side by side: a table of all editions, of which the page's script shows the two that are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from expoarchive.records import Claim
from expoarchive.records.claim import FACTS, Series
from expoarchive.records.statement import Participation
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import (
    CompareCell,
    CompareEdition,
    ComparePicker,
    CompareRow,
    CompareView,
    Link,
)
from expoarchive.render.views.claim_rows import claim_row
from expoarchive.render.views.editions import dates_text, edition_name_claim, fact
from expoarchive.render.words import edition_name, for_reader, label, limited_label, part_name

# A row's claims by edition, none where nothing is known.
Found = Mapping[int, Sequence[Claim]]
# How many editions must have something for it to be a row where only few of them are expected to.
_FEW = 2
# The claims that a cell names of those who came; the rest stand on the edition's page.
_MOST_NAMED = 3
# The editions that another one's page offers to be set beside it: with more, each page would grow with their number.
_MOST_OFFERED = 60


@page_view("compare")
def compare_page(desk: Desk, studio: Studio) -> PageContent:
    """Every documented edition in a column."""
    years = _years(desk)
    rows = ((title, tuple(found)) for title, found in _groups(desk, years))
    editions = tuple(_edition(desk, year) for year in years)
    return PageContent(CompareView(editions, tuple((title, found) for title, found in rows if found)))


def compare_picker(desk: Desk, year: int) -> ComparePicker | None:
    """The picker of an edition's page, of those nearest to it; the one before is chosen, or else the next one.

    All can be chosen on the page of the comparison. None where nothing is known of the edition, or of any other.
    """
    years = _years(desk)
    others = [other for other in years if other != year]
    if year not in years or "compare" not in desk.site.kinds:
        return None
    chosen = next((other for other in others if other < year), others[-1])
    # By their places in the row, not by years: the one that is chosen is among them however long the gap before it.
    first = max(0, min(years.index(year) - _MOST_OFFERED // 2, len(others) - _MOST_OFFERED))
    return ComparePicker(desk.href("compare"), year, tuple(others[first : first + _MOST_OFFERED]), chosen)


def _years(desk: Desk) -> list[int]:
    return sorted(desk.site.documented, reverse=True)


def _edition(desk: Desk, year: int) -> CompareEdition:
    records = desk.site.records
    count = number(Decimal(len(records.claims.of_record(str(year)))), desk.language)
    return CompareEdition(
        year=str(year),
        name=edition_name(desk, year) if records.editions[year].ordinal else "",
        dates=dates_text(desk, records.editions[year]),
        page=desk.href("edition", str(year)),
        claims=Link(desk.strings("claims.claims", count=count), desk.href("record", str(year))),
    )


# --- the rows, by subject ---


def _groups(desk: Desk, years: Sequence[int]) -> Iterator[tuple[str, Iterator[CompareRow]]]:
    t = desk.strings
    yield t("compare.facts"), _facts(desk, years)
    figures = {year: desk.site.records.claims.figures(str(year)) for year in years}
    measures = desk.site.records.vocabularies.measures
    for group in dict.fromkeys(term.group for term in measures.values()):
        series = [(*column, "") for column in desk.site.reported if measures[column[0]].group == group]
        yield t(f"measure_group.{group}"), _figures(desk, figures, series)
    yield t("compare.parts"), _figures(desk, figures, _of_parts(figures.values()))
    yield t("compare.came"), _came(desk, years)


def _facts(desk: Desk, years: Sequence[int]) -> Iterator[CompareRow]:
    for field in FACTS:
        found = {year: _fact(desk, year, field) for year in years}
        if any(found.values()):
            yield _row(desk, desk.strings(f"field.{field}"), found)


def _fact(desk: Desk, year: int, field: str) -> Sequence[Claim]:
    """All accounts of a fact as it happened, or else as it was announced."""
    claims = desk.site.records.claims
    first = edition_name_claim(desk, year) if field == "name" else fact(desk.site.records, year, field)
    if first is None:
        groups = claims.grouped(str(year), field).values()
        whole = (group[0] for group in groups if part_name(desk, group[0]) is None)
        first = next(whole, None)
    return claims.group_of(first) if first else ()


def _figures(
    desk: Desk, figures: Mapping[int, Mapping[Series, Claim]], every: Iterable[Series]
) -> Iterator[CompareRow]:
    """A row for each measure, stage and part."""
    group_of = desk.site.records.claims.group_of
    for series in every:
        found = {year: group_of(known[series]) if series in known else () for year, known in figures.items()}
        some = next((claims[0] for claims in found.values() if claims), None)
        if some is not None:
            yield _row(desk, limited_label(desk, some, part_name(desk, some)), found)


def _of_parts(figures: Iterable[Mapping[Series, Claim]]) -> list[Series]:
    """The figures of parts of the fair that more than one edition has."""
    counts: dict[Series, int] = {}
    for known in figures:
        for series in known:
            counts[series] = counts.get(series, 0) + 1
    return sorted(series for series, count in counts.items() if series[2] and count >= _FEW)


def _came(desk: Desk, years: Sequence[int]) -> Iterator[CompareRow]:
    """Those who came, by what they did, where several editions tell of it."""
    rows: dict[str, dict[int, list[Claim]]] = {}
    for year in years:
        for claim in desk.site.records.claims.of_record(str(year)):
            if claim.field in ("participant", "appearance"):
                rows.setdefault(label(desk, claim), {}).setdefault(year, []).append(claim)
    for title, found in rows.items():
        if len(found) >= _FEW:
            yield CompareRow(title, tuple(_named(desk, year, found.get(year, ())) for year in years))


def _named(desk: Desk, year: int, claims: Sequence[Claim]) -> CompareCell | None:
    if not claims:
        return None
    shown = [claim_row(desk, claim, part=False) for claim in claims[:_MOST_NAMED]]
    left = len(claims) - len(shown)
    part = "participants" if isinstance(claims[0].statement, Participation) else "people"
    more = Link(desk.strings("edition.names_more", count=left), desk.href("edition", str(year), part))
    return CompareCell(tuple(shown), more if left else None)


def _row(desk: Desk, title: str, found: Found) -> CompareRow:
    """What differs by edition; of one edition, all accounts in the order in which pages show them."""
    cells = (
        tuple(claim_row(desk, claim, part=False) for claim in for_reader(desk, claims)) for claims in found.values()
    )
    return CompareRow(title, tuple(CompareCell(rows) if rows else None for rows in cells))
