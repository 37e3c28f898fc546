"""Charts with their tables. What cannot be compared never shares one, and every edition without a value is marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import gcd

from markupsafe import Markup

from expoarchive.records import EXPO, Claim
from expoarchive.records.statement import Appearance, AsOf, Figure, Positioning
from expoarchive.records.vocabulary import ChartRecord, RankRows
from expoarchive.render.charts import (
    NARROW,
    SMALL,
    Chart,
    ChartBoard,
    ChartPoint,
    Flow,
    FlowStep,
    RankMark,
    Ranks,
    RankState,
    Series,
    State,
)
from expoarchive.render.desk import Desk
from expoarchive.render.source_name import publisher_of
from expoarchive.render.values import ChartView, ClaimView, Link, SourceMark
from expoarchive.render.views.claims import claim_view
from expoarchive.render.words import (
    as_of_text,
    brief_figure,
    column_title,
    edition_name,
    figure_text,
    label,
    term_name,
)
from expoarchive.site.address import CHART_FILES, chart_file


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chart's table: what it is called, where that leads, and its claims; none if nothing is known."""

    year: int
    label: str
    href: str
    claims: tuple[Claim, ...] = ()


def featured_charts(desk: Desk, board: ChartBoard) -> tuple[ChartView, ...]:
    """Those on the home page, in their order."""
    charts = desk.site.records.charts.items()
    return tuple(chart_view(desk, board, name, record) for name, record in charts if record.featured)


def all_charts(desk: Desk, board: ChartBoard) -> tuple[ChartView, ...]:
    """All charts in their order; those on the axis of years are among many, each small until it is opened."""
    return tuple(
        chart_view(desk, board, name, record, among_many=record.arrangement != "flow")
        for name, record in desk.site.records.charts.items()
    )


def chart_of(desk: Desk, chart_id: str, record: ChartRecord) -> tuple[Chart, tuple[Row, ...]]:
    """The chart in the desk's language, the same on every page so that it is drawn once; the rows of its table."""
    desk = desk.without_marks()
    rows = tuple(_rows(desk, record))
    years = sorted({*desk.site.records.editions, *(row.year for row in rows)})
    chart = Chart(
        id=f"{chart_id}-{desk.language.id}",
        drawn=_drawn(desk, record, rows),
        span=(years[0], years[-1]) if years else (0, 0),
        # Of a fair that is held every third year, the two in between are no gap.
        step=gcd(*(later - earlier for earlier, later in pairwise(years))) or 1,
        title=desk.local(record.title),
        unit=_unit(desk, record),
        source_line=desk.strings("chart.source_line", sources=_publishers(desk, rows)),
        page_address=desk.url("growth", "", chart_id).partition("://")[2],
        language_tag=desk.language.tag,
        missing_label=desk.strings("chart.missing"),
        state_labels=(
            ("reported", desk.strings("chart.state_reported")),
            ("derived", desk.strings("chart.state_derived")),
            ("weak", desk.strings("chart.state_weak")),
        ),
    )
    return chart, rows


def chart_view(
    desk: Desk, board: ChartBoard, chart_id: str, record: ChartRecord, *, among_many: bool = False
) -> ChartView:
    """One chart with its table and files: wide, and for a narrow screen either narrow or as small as it is among many.

    The table has what is known; the years of which nothing is are told in one line.
    """
    chart, _ = chart_of(desk, chart_id, record)
    rows = [*_rows(desk, record)]
    known = [row for row in rows if row.claims]
    missing = [row.year for row in rows if not row.claims]

    def drawn(width: int) -> Markup:
        return Markup(board.draw(replace(chart, width=width)))

    return ChartView(
        id=chart_id,
        title=desk.local(record.title),
        unit=_unit(desk, record),
        says=desk.local(record.says),
        wide=Markup(board.draw(chart)),
        narrow=None if among_many else drawn(NARROW),
        small=drawn(SMALL) if among_many else None,
        columns=_columns(desk, record),
        rows=tuple(
            (Link(row.label, row.href), tuple(_entry(desk, record, claim) for claim in row.claims)) for row in known
        ),
        caveat=desk.local(record.caveat) if record.caveat else None,
        known="" if record.flows else _known(desk, len(known), missing),
        href=desk.href("growth", "", chart_id),
        files=_files(desk, chart_id),
        marks=_marks(desk, known),
    )


def _marks(desk: Desk, rows: Iterable[Row]) -> tuple[SourceMark, ...]:
    """What the caption rests on: sources as a whole; where in one a figure stands is said beside it, in the table."""
    statements = (claim.statement for row in rows for claim in row.claims)
    cited = dict.fromkeys(citation.source for statement in statements for citation in statement.sources)
    return tuple(desk.mark_source(str(source_id)) for source_id in cited)


def _files(desk: Desk, chart_id: str) -> tuple[Link, ...]:
    if not desk.site.config.has("chart-files"):
        return ()
    return tuple(Link(form.upper(), desk.address(chart_file(desk.language.id, chart_id, form))) for form in CHART_FILES)


def _known(desk: Desk, points: int, missing: Sequence[int]) -> str:
    if not missing:
        return desk.strings("chart.no_gaps", points=points)
    years = desk.listed(year_spans(desk, missing))
    return desk.strings("chart.gaps", points=points, gaps=len(missing), years=years)


def year_spans(desk: Desk, years: Iterable[int]) -> list[str]:
    """Years in a row as one span: 2000–2008, 2010."""
    spans: list[str] = []
    for _, run in groupby(enumerate(years), key=lambda numbered: numbered[1] - numbered[0]):
        first, *more = [str(year) for _, year in run]
        spans.append(desk.strings("timeline.span", start=first, end=more[-1]) if more else first)
    return spans


def _entry(desk: Desk, record: ChartRecord, claim: Claim) -> tuple[str, ClaimView]:
    """A claim for the table, with the name of its rank, if the chart is one of ranks.

    Those are many to a row: each is told in short, and its claim, to which it links, says the rest.
    """
    view, rank = claim_view(desk, claim), rank_of(claim)
    if record.ranks is None or rank is None:
        return "", view
    statement = claim.statement
    text = term_name(desk, "person", statement.person) if isinstance(statement, Appearance) else view.text
    marks = tuple(desk.mark_source(str(citation.source)) for citation in statement.sources)
    return _rank_name(desk, record.ranks, rank), replace(view, text=text, marks=marks)


def _rank_name(desk: Desk, rows: RankRows, rank: str) -> str:
    return desk.strings(f"rank.{rank}") if rows.offices else desk.strings(f"level.{rank}")


def rank_of(claim: Claim) -> str | None:
    """The rank of the office, or the level that the wording claims."""
    match claim.statement:
        case Appearance(rank=rank):
            return rank
        case Positioning(level=level):
            return level
    return None


def _columns(desk: Desk, record: ChartRecord) -> tuple[str, str]:
    t = desk.strings
    if record.measure:
        return t("chart.column_edition"), column_title(desk, (str(record.measure), record.stage or ""))
    if record.ranks:
        return t("chart.column_edition"), t("chart.column_ranks")
    return t("chart.column_step"), t("chart.column_value")


def _rows(desk: Desk, record: ChartRecord) -> Sequence[Row]:
    if record.flows:
        return _steps(desk, record)
    if record.ranks:
        return [_row(desk, year, _ranked(desk, record.ranks, year)) for year in _held(desk)]
    return _totals(desk, record) if record.record == EXPO else _by_edition(desk, record)


def _row(desk: Desk, year: int, claims: Iterable[Claim]) -> Row:
    return Row(year, str(year), desk.href("edition", str(year)), tuple(claims))


def _held(desk: Desk) -> list[int]:
    return [year for year, edition in desk.site.records.editions.items() if edition.status == "held"]


def _by_edition(desk: Desk, record: ChartRecord) -> list[Row]:
    """A row for each edition that was held, with the preferred claim of the chart's series, if it has one."""
    rows: list[Row] = []
    for year in _held(desk):
        groups = desk.site.records.claims.grouped(str(year), "figure").items()
        rows.append(_row(desk, year, [group[0] for key, group in groups if key.series == record.series][:1]))
    return rows


def _totals(desk: Desk, record: ChartRecord) -> list[Row]:
    """A row for each total as of an edition. A count from before an edition belongs to the edition before it."""
    rows: list[Row] = []
    for key, group in desk.site.records.claims.grouped(EXPO, "figure").items():
        figure = group[0].statement
        if key.series != record.series or not isinstance(figure, Figure) or figure.last or not figure.as_of:
            continue
        name = as_of_text(desk, group[0]) or ""
        rows.append(Row(_year_of(figure.as_of), name, desk.claim_href(group[0]), (group[0],)))
    known = {row.year for row in rows}
    missing = [
        Row(year, edition_name(desk, year), desk.href("edition", str(year)))
        for year in _held(desk)
        if year not in known
    ]
    return sorted([*rows, *missing], key=lambda row: row.year)


def _year_of(as_of: AsOf) -> int:
    if as_of.date:
        return as_of.date.year
    return as_of.after if as_of.after is not None else (as_of.before or 1) - 1


def _ranked(desk: Desk, rows: RankRows, year: int) -> list[Claim]:
    """The claims of an edition that have a place in one of the rows, the top row first."""
    order = [*rows.offices, *rows.levels]
    return sorted(
        (
            claim
            for claim in desk.site.records.claims.of_record(str(year))
            if rank_of(claim) in order
            and claim.statement.stage is None
            and isinstance(claim.statement, Appearance if rows.offices else Positioning)
            and (rows.occasion is None or getattr(claim.statement, "occasion", None) == rows.occasion)
        ),
        key=lambda claim: order.index(rank_of(claim)),  # type: ignore[arg-type]
    )


def _steps(desk: Desk, record: ChartRecord) -> list[Row]:
    claims = desk.site.records.claims.by_address
    steps = [claims[part.claim] for chain in record.flows for part in chain]
    return [Row(_flow_year(claim), label(desk, claim), desk.claim_href(claim), (claim,)) for claim in steps]


def _flow_year(claim: Claim) -> int:
    figure = claim.statement
    assert isinstance(figure, Figure)
    if claim.year is not None:
        return claim.year
    return _year_of(figure.as_of) if figure.as_of else 0


def _drawn(desk: Desk, record: ChartRecord, rows: Sequence[Row]) -> Series | Ranks | Flow:
    if record.flows:
        return _flow(desk, record)
    if record.ranks:
        return _ranks(desk, record, record.ranks, rows)
    return Series(tuple(_points(desk, rows)), joined=record.arrangement == "steps")


def _points(desk: Desk, rows: Sequence[Row]) -> Iterator[ChartPoint]:
    """The rows as points. A new way of counting begins a new segment."""
    segment = 0
    for row in rows:
        if not row.claims:
            yield ChartPoint(row.year, None, "", "missing", segment)
            continue
        figure = row.claims[0].statement
        assert isinstance(figure, Figure)
        segment += figure.break_before is not None
        state = _state(desk, figure)
        shown, brief = figure_text(desk, row.claims[0]), brief_figure(desk, row.claims[0])
        yield ChartPoint(row.year, figure.number, shown, state, segment, brief)


def _state(desk: Desk, figure: Figure) -> State:
    if desk.weak(figure.sources):
        return "weak"
    return "derived" if figure.derived else "reported"


def _ranks(desk: Desk, record: ChartRecord, ranks: RankRows, rows: Sequence[Row]) -> Ranks:
    """A mark for each rank on record in a year. Who is named twice counts once."""
    order, t = [*ranks.offices, *ranks.levels], desk.strings
    marks = []
    for row in rows:
        for at, rank in enumerate(order):
            claims = [claim for claim in row.claims if rank_of(claim) == rank]
            if claims:
                named = {getattr(claim.statement, "person", claim.address) for claim in claims}
                marks.append(RankMark(row.year, at, len(named), _rank_state(desk, claims)))
    firm = t("chart.opened" if ranks.offices else "chart.official")
    second = t("chart.was_there" if ranks.offices else "chart.not_official")
    return Ranks(
        rows=tuple(_rank_name(desk, ranks, rank) for rank in order),
        marks=tuple(marks),
        silent=tuple(row.year for row in rows if not row.claims),
        labels=(("reported", firm), ("second", second), ("weak", t("chart.state_weak"))),
    )


def _rank_state(desk: Desk, claims: Sequence[Claim]) -> RankState:
    """Reported where somebody opened the fair, or a text is official; weak where no good source says even less."""
    firm = [claim.statement for claim in claims if not desk.weak(claim.statement.sources)]
    if any(getattr(statement, "role", getattr(statement, "by", "")) in ("opener", "official") for statement in firm):
        return "reported"
    return "second" if firm else "weak"


def _flow(desk: Desk, record: ChartRecord) -> Flow:
    claims = desk.site.records.claims.by_address
    chains = []
    for chain in record.flows:
        steps = []
        for part in chain:
            claim = claims[part.claim]
            figure = claim.statement
            assert isinstance(figure, Figure)
            assert figure.number is not None
            share = figure_text(desk, claims[part.share]) if part.share else ""
            words = label(desk, claim), figure.number, figure_text(desk, claim), share
            steps.append(FlowStep(_flow_year(claim), *words, _state(desk, figure)))
        chains.append(tuple(steps))
    return Flow(tuple(chains))


def _unit(desk: Desk, record: ChartRecord) -> str:
    if record.measure is None:
        sort = "flow" if record.flows else "offices" if record.ranks and record.ranks.offices else "levels"
        return desk.strings(f"chart.unit_{sort}")
    unit = desk.site.records.vocabularies.unit_of(record.measure)
    title = column_title(desk, (str(record.measure), record.stage or ""))
    # Amounts in words count in the base (CNY 104.5 billion), so the unit of the records would mislead.
    name = unit.base if desk.language.id in unit.worded else desk.local(unit.name)
    return desk.strings("chart.unit", measure=title, unit=name)


def _publishers(desk: Desk, rows: Sequence[Row]) -> str:
    """The publishers of the claims, each once."""
    sources = desk.site.records.sources
    names = [
        publisher_of(source, desk.strings, desk.words)
        for row in rows
        for claim in row.claims
        for source in (sources[citation.source] for citation in claim.statement.sources)
    ]
    return desk.listed(dict.fromkeys(names))
