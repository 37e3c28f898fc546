"""Charts with their tables. Each shows one measure at one stage and for one part, and marks every gap."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from expoarchive.records import EXPO, Claim
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import ChartRecord
from expoarchive.render.charts import NARROW, WIDE, Chart, ChartBoard, ChartPoint
from expoarchive.render.desk import Desk
from expoarchive.render.source_name import publisher_of
from expoarchive.render.values import ChartView, Link, Picture
from expoarchive.render.views.claims import claim_view
from expoarchive.render.words import as_of_text, column_title, edition_name, figure_text
from expoarchive.site.address import CHART_FILES, chart_file

# A year, its name and address, and the claim for it.
Row = tuple[int, str, str, Claim | None]


def chart_views(desk: Desk, board: ChartBoard, *, featured: bool = False) -> tuple[ChartView, ...]:
    """All charts in their order, or only those on the home page."""
    charts = desk.site.records.charts.items()
    return tuple(chart_view(desk, board, name, record) for name, record in charts if record.featured or not featured)


def chart_of(desk: Desk, chart_id: str, record: ChartRecord) -> tuple[Chart, tuple[Row, ...]]:
    """The chart in the desk's language, the same on every page so that it is drawn once; the row behind each point."""
    rows = tuple(_totals(desk, record) if record.record == EXPO else _by_edition(desk, record))
    chart = Chart(
        id=f"{chart_id}-{desk.language.id}",
        arrangement=record.arrangement,
        title=desk.local(record.title),
        unit=_unit(desk, record),
        source_line=desk.strings("chart.source_line", sources=_publishers(desk, rows)),
        page_address=desk.url("growth", "", chart_id).partition("://")[2],
        points=tuple(_points(desk, rows)),
        language_tag=desk.language.tag,
        missing_label=desk.strings("chart.missing"),
        width=WIDE,
        state_labels=(
            ("reported", desk.strings("chart.state_reported")),
            ("derived", desk.strings("chart.state_derived")),
            ("weak", desk.strings("chart.state_weak")),
            ("missing", desk.strings("chart.missing")),
        ),
    )
    return chart, rows


def chart_view(desk: Desk, board: ChartBoard, chart_id: str, record: ChartRecord) -> ChartView:
    """One chart in two widths, with its table and files."""
    chart, rows = chart_of(desk, chart_id, record)
    views = [claim_view(desk, claim) if claim else None for _, _, _, claim in rows]
    cited = dict.fromkeys(citation.source for *_, claim in rows if claim for citation in claim.statement.sources)
    # The caption rests on a source as a whole; where in it a figure stands is said beside the figure, in the table.
    marks = tuple(desk.mark_source(str(source_id)) for source_id in cited)
    known = sum(view is not None for view in views)
    return ChartView(
        id=chart_id,
        title=chart.title,
        says=desk.local(record.says),
        wide=_picture(board.draw(chart, record.found_at)),
        narrow=_picture(board.draw(replace(chart, width=NARROW), record.found_at)),
        columns=(desk.strings("chart.column_edition"), column_title(desk, (record.measure, record.stage or ""))),
        rows=tuple((Link(label, href), view) for (_, label, href, _), view in zip(rows, views, strict=True)),
        caveat=desk.local(record.caveat) if record.caveat else None,
        points=known,
        gaps=len(rows) - known,
        href=desk.href("growth", "", chart_id),
        files=tuple(
            Link(form.upper(), desk.address(chart_file(desk.language.id, chart_id, form)))
            for form in CHART_FILES
            if desk.site.config.has("chart-files")
        ),
        marks=marks,
    )


def _picture(svg: str) -> Picture:
    size = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    assert size is not None, "a chart without a size"
    return Picture(Markup(svg), round(float(size[1]) / float(size[2]), 4))


def _by_edition(desk: Desk, record: ChartRecord) -> list[Row]:
    """A row for each edition that was held, with the preferred claim of the chart's series, if it has one."""
    rows: list[Row] = []
    for year, edition in desk.site.records.editions.items():
        if edition.status == "held":
            groups = desk.site.records.claims.grouped(str(year), "figure").items()
            claim = next((group[0] for key, group in groups if key.series == record.series), None)
            rows.append((year, str(year), desk.href("edition", str(year)), claim))
    return rows


def _totals(desk: Desk, record: ChartRecord) -> list[Row]:
    """A row for each total as of an edition. A count from before an edition belongs to the edition before it."""
    rows: list[Row] = []
    for key, group in desk.site.records.claims.grouped(EXPO, "figure").items():
        figure = group[0].statement
        if key.series != record.series or not isinstance(figure, Figure) or figure.last or not figure.as_of:
            continue
        as_of = figure.as_of
        year = as_of.after if as_of.after is not None else (as_of.before or 1) - 1
        if as_of.date:
            year = as_of.date.year
        rows.append((year, as_of_text(desk, group[0]) or "", desk.claim_href(group[0]), group[0]))
    known = {row[0] for row in rows}
    missing = [
        (year, edition_name(desk, year), desk.href("edition", str(year)), None)
        for year, edition in desk.site.records.editions.items()
        if edition.status == "held" and year not in known
    ]
    return sorted([*rows, *missing], key=lambda row: row[0])


def _points(desk: Desk, rows: Sequence[Row]) -> list[ChartPoint]:
    """The rows as points. A new way of counting begins a new segment."""
    points = []
    segment = 0
    for year, _, _, claim in rows:
        if claim is None:
            points.append(ChartPoint(year, str(year), None, "", "missing", segment))
            continue
        figure = claim.statement
        assert isinstance(figure, Figure)
        if figure.break_before:
            segment += 1
        weak = desk.weak(figure.sources)
        state = "weak" if weak else "derived" if figure.derived else "reported"
        text = figure_text(desk, claim)
        points.append(ChartPoint(year, str(year), figure.number, text, state, segment))  # type: ignore[arg-type]
    return points


def _unit(desk: Desk, record: ChartRecord) -> str:
    unit = desk.site.records.vocabularies.unit_of(record.measure)
    title = column_title(desk, (str(record.measure), record.stage or ""))
    # Amounts in words count in the base (CNY 104.5 billion), so the unit of the records would mislead.
    name = unit.base if desk.language.id in unit.worded else desk.local(unit.name)
    return desk.strings("chart.unit", measure=title, unit=name)


def _publishers(desk: Desk, rows: Sequence[Row]) -> str:
    """The publishers of the figures, each once."""
    sources = desk.site.records.sources
    names = [
        publisher_of(source, desk.strings, desk.words)
        for _, _, _, claim in rows
        if claim
        for source in (sources[citation.source] for citation in claim.statement.sources)
    ]
    return desk.listed(dict.fromkeys(names))
