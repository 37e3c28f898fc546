"""Places the marks and words of a chart, measured with its own font.

A wide chart gives each edition a slot, or places it on a scale of years. A narrow one, or one whose words do not fit,
gives each a row. The cells of a strip form a grid at any width.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, pairwise
from typing import Literal

from expoarchive.render.charts.font import room, wrap
from expoarchive.render.charts.model import Chart, ChartPoint, State
from expoarchive.render.charts.style import GRID, INK, LOOKS, MARK, MUTED, Look, area, symbol
from expoarchive.render.charts.svg import Element, shortest

MARGIN = 12
GAP = 8
TEXT_SIZE = 13
LINE_HEIGHT = 16
# The height of a plot with columns or a line, and the space above and below it for words.
PLOT_HEIGHT = 220
_ABOVE = 28
_BELOW = 28
_ROW = 32
_CELL_HEIGHT = 48
_DOT = 12
# How many cells a row may have. Rows of ten or five align the years of decades.
_GRIDS = (10, 5, 4, 3, 2, 1)
# The largest share of a narrow picture's width for words on one side.
_MOST_WORDS = 0.38
# The share of its slot, row or cell that a mark fills.
_SLOT_SHARE, _ROW_SHARE, _CELL_SHARE = 0.8, 0.7, (0.92, 0.88)
# From the middle of a line of text to its baseline, in ems.
_TO_BASELINE = 0.35


@dataclass(frozen=True, slots=True)
class _Run:
    """A point, or a run of missing ones: ``first`` to ``last`` of the chart's points."""

    first: int
    last: int
    point: ChartPoint
    label: str
    words: str

    @property
    def value(self) -> float | None:
        return float(self.point.value) if self.point.value is not None and self.point.drawn else None


@dataclass
class Plot:
    """Marks and words, relative to the plot's upper left corner.

    With ``explains_missing``, the key has to explain gaps, which carry no words. ``hits`` are invisible rectangles that
    react to a pointer: ``data-from`` and ``data-to`` are indexes of ``chart.points``.
    """

    chart: Chart
    layout: Literal["slots", "rows", "years", "grid"]
    height: float
    runs: Sequence[_Run]
    parts: list[Element] = field(default_factory=list)
    hits: list[Element] = field(default_factory=list)
    explains_missing: bool = False

    @property
    def looks(self) -> Mapping[State, Look]:
        return LOOKS[self.chart.marks]

    def text(self, x: float, y: float, lines: str | list[str], fill: str, anchor: str = "middle") -> None:
        """Lines of text, vertically centred on ``y``."""
        lines = [lines] if isinstance(lines, str) else lines
        base = y + TEXT_SIZE * _TO_BASELINE - (len(lines) - 1) * LINE_HEIGHT / 2
        given = {"text-anchor": anchor, "font-size": str(TEXT_SIZE), "fill": fill}
        at = [{"x": shortest(x), "y": shortest(base + number * LINE_HEIGHT)} for number in range(len(lines))]
        if len(lines) == 1:
            self.parts.append(Element("text", {**at[0], **given}, text=lines[0]))
        else:
            spans = tuple(Element("tspan", place, text=line) for place, line in zip(at, lines, strict=True))
            self.parts.append(Element("text", given, spans))

    def line(self, ends: Iterable[tuple[float, float]], stroke: str, width: int = 1) -> None:
        """A line through points."""
        path = "L".join(f"{shortest(x)},{shortest(y)}" for x, y in ends)
        self.parts.append(Element("path", {"d": f"M{path}", "stroke": stroke, "stroke-width": str(width)}))

    def box(self, run: _Run, x: float, y: float, width: float, height: float) -> None:
        """The run as an area; one without a value is a dashed gap."""
        is_gap = run.value is None and self.layout != "grid"
        look = LOOKS["area"]["missing"] if is_gap else self.looks[run.point.state]
        self.parts.append(area(look, x, y, width, height, self.chart.picture_id, 1 if is_gap else 1.5))

    def dot(self, run: _Run, x: float, y: float) -> None:
        """The run as a point."""
        self.parts.append(symbol(self.looks[run.point.state], x, y, _DOT, self.chart.picture_id, 2))

    def hit(self, run: _Run, x: float, y: float, width: float, height: float) -> None:
        """The part of the plot that belongs to the run."""
        place = {"x": x, "y": y, "width": width, "height": height}
        own = {"class": "chart-hit", "data-from": str(run.first), "data-to": str(run.last)}
        given = {name: shortest(value) for name, value in place.items()}
        self.hits.append(Element("rect", {**given, **own, "fill": "none", "pointer-events": "all"}))


def plot(chart: Chart) -> Plot:
    """The wide plot if the chart is wide and its words fit, else the narrow one."""
    inner = chart.width - 2 * MARGIN
    if chart.arrangement == "strip":
        return _grid(chart, inner)
    wide = None
    if not chart.narrow:
        wide = _years(chart, inner) if chart.arrangement == "steps" else _slots(chart, inner)
    return wide or _rows(chart, inner)


def _runs(chart: Chart, *, gathered: bool) -> list[_Run]:
    """The points in order; ``gathered`` makes one of successive missing ones, labelled with its first and last."""
    runs = []
    for known, group in groupby(enumerate(chart.points), key=lambda item: item[1].known):
        points = list(group)
        for part in [points] if gathered and not known else [[one] for one in points]:
            (first, point), (last, end) = part[0], part[-1]
            label = point.label if first == last else f"{point.label}\N{EN DASH}{end.label}"
            runs.append(_Run(first, last, point, label, point.shown if point.known else chart.missing_label))
    return runs


def _widest(texts: Iterable[str]) -> float:
    return max((room(text, TEXT_SIZE) for text in texts), default=0.0)


def _slots(chart: Chart, inner: float) -> Plot | None:
    """An equal slot for each point, or run of missing ones; None if words are wider than their slots."""
    for gathered in (False, True):
        runs = _runs(chart, gathered=gathered)
        slot = inner / max(1, len(runs))
        if runs and _widest(text for run in runs for text in (run.label, run.words)) + GAP <= slot:
            break
    else:
        return None
    base = _ABOVE + PLOT_HEIGHT
    canvas = Plot(chart, "slots", base + _BELOW, runs)
    wide = slot * _SLOT_SHARE
    for at, run in enumerate(runs):
        middle = (at + 0.5) * slot
        left = middle - wide / 2
        if run.value is None:
            canvas.box(run, left, _ABOVE, wide, PLOT_HEIGHT)
            canvas.text(middle, _ABOVE + PLOT_HEIGHT / 2, run.words, MUTED)
        else:
            top = base - PLOT_HEIGHT * run.value / chart.greatest
            if chart.arrangement == "dots":
                canvas.line([(middle, base), (middle, top)], GRID, 2)
                canvas.dot(run, middle, top)
            else:
                canvas.box(run, left, top, wide, base - top)
            canvas.text(middle, top - (16 if chart.arrangement == "dots" else 12), run.words, INK)
        canvas.text(middle, base + GAP + 6, run.label, INK)
        canvas.hit(run, at * slot, 0, slot, canvas.height)
    canvas.line([(0, base), (inner, base)], MUTED)
    return canvas


def _rows(chart: Chart, inner: float) -> Plot:
    """A row for each point: its label, a bar or dot, its value. Long texts wrap."""
    runs = _runs(chart, gathered=True)
    most = inner * _MOST_WORDS
    labels = [wrap(run.label, TEXT_SIZE, most) for run in runs]
    values = [wrap(run.point.shown, TEXT_SIZE, most) for run in runs]
    left = _widest(line for lines in labels for line in lines) + GAP
    # A gap's words may be there too, clear of any line between values.
    value_room = _widest([line for lines in values for line in lines] + [chart.missing_label]) + 3 * GAP
    longest = inner - left - value_room
    step = _ROW + (max(map(len, [*labels, *values]), default=1) - 1) * LINE_HEIGHT
    canvas = Plot(chart, "rows", step * len(runs) + 8, runs)
    is_steps = chart.arrangement == "steps"
    ends = {}
    for at, run in enumerate(runs):
        middle = 4 + (at + 0.5) * step
        thick = step * _ROW_SHARE
        if run.value is None:
            canvas.box(run, left, middle - thick / 2, inner - left, thick)
            x, anchor = (inner - GAP, "end") if is_steps else (left + GAP, "start")
            canvas.text(x, middle, run.words, MUTED, anchor)
        else:
            end = left + longest * run.value / chart.greatest
            ends[run.first] = (end, middle)
            if is_steps:
                canvas.line([(left, middle), (left + longest, middle)], GRID)
                canvas.text(inner - GAP, middle, values[at], INK, "end")
            elif chart.arrangement == "dots":
                canvas.line([(left, middle), (end, middle)], GRID, 2)
                canvas.text(end + 10, middle, values[at], INK, "start")
            else:
                canvas.box(run, left, middle - thick / 2, end - left, thick)
                canvas.text(end + 7, middle, values[at], INK, "start")
        canvas.text(left - GAP, middle, labels[at], INK, "end")
        canvas.hit(run, 0, 4 + at * step, inner, step)
    canvas.line([(left, 0), (left, canvas.height)], MUTED)
    if chart.marks == "point":
        _draw_points(canvas, ends, joined=is_steps)
    return canvas


def _draw_points(canvas: Plot, places: dict[int, tuple[float, float]], *, joined: bool) -> None:
    """Dots at the places of points, by index, and lines between those of one segment."""
    for _, segment in groupby(places, key=lambda at: canvas.chart.points[at].segment):
        ends = [places[at] for at in segment]
        if joined and len(ends) > 1:
            canvas.line(ends, MARK, 2)
    for run in canvas.runs:
        if run.first in places:
            canvas.dot(run, *places[run.first])


def _scale(chart: Chart, known: Sequence[_Run], inner: float) -> tuple[float, float] | None:
    """Where a scale of years begins and how wide it is; None for too few years or too little room."""
    if len(known) < 2 or len({point.year for point in chart.points}) < 2 or any(run.value is None for run in known):
        return None
    left = room(known[0].words, TEXT_SIZE) + 2 * GAP
    width = inner - left - room(chart.points[-1].label, TEXT_SIZE) / 2 - GAP
    return (left, width) if width >= inner / 2 else None


def _years(chart: Chart, inner: float) -> Plot | None:
    """A scale of years; None if a value's words would touch other words, a point or the line."""
    runs = _runs(chart, gathered=False)
    known = [run for run in runs if run.point.known]
    scale = _scale(chart, known, inner)
    if scale is None:
        return None
    left, width = scale
    years = sorted(point.year for point in chart.points)
    across = [left + (point.year - years[0]) / (years[-1] - years[0]) * width for point in chart.points]
    base = _ABOVE + PLOT_HEIGHT
    places = {run.first: (across[run.first], base - PLOT_HEIGHT * (run.value or 0) / chart.greatest) for run in known}
    if _crowded(known, places):
        return None
    canvas = Plot(chart, "years", base + _BELOW + GAP, runs, explains_missing=True)
    canvas.line([(left, base), (left + width, base)], MUTED)
    ticked = _ticked(runs, across)
    edges = [0, *((one + other) / 2 for one, other in pairwise(across)), inner]
    for run, (start, end) in zip(runs, pairwise(edges), strict=True):
        x = across[run.first]
        if run.value is None:
            canvas.parts.append(symbol(canvas.looks["missing"], x, base, GAP, chart.picture_id))
        else:
            canvas.text(x - 7, places[run.first][1] - 11, run.words, INK, "end")
        if run.first in ticked:
            canvas.text(x, base + 16, run.label, INK)
        canvas.hit(run, start, 0, end - start, canvas.height)
    _draw_points(canvas, places, joined=True)
    return canvas


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom


def _crowded(known: Sequence[_Run], places: dict[int, tuple[float, float]]) -> bool:
    """Whether a value's words, at the upper left of its point, touch something or an edge."""
    at = [places[run.first] for run in known]
    words = [
        _Box(x - GAP - room(run.words, TEXT_SIZE), y - GAP - TEXT_SIZE, x - 4, y - 4)
        for run, (x, y) in zip(known, at, strict=True)
    ]
    dots = [_Box(x - 6, y - 6, x + 6, y + 6) for x, y in at]
    lines = list(_along_lines(known, at))
    meeting = [*combinations(words, 2), *combinations(dots, 2)]
    meeting += [(word, dot) for one, word in enumerate(words) for other, dot in enumerate(dots) if one != other]
    return (
        any(word.left < 0 or word.top < 0 for word in words)
        or any(one.meets(other) for one, other in meeting)
        or any(word.holds(x, y) for word in words for x, y in lines)
    )


def _along_lines(known: Sequence[_Run], at: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Points on the lines between neighbours of one segment."""
    for (run, (x, y)), (other, (end_x, end_y)) in pairwise(zip(known, at, strict=True)):
        for step in range(61) if run.point.segment == other.point.segment else ():
            yield x + (end_x - x) * step / 60, y + (end_y - y) * step / 60


def _ticked(runs: Sequence[_Run], across: Sequence[float]) -> set[int]:
    """The points with labels below the axis: known ones first, then others that have room."""
    taken: list[_Box] = []
    ticked = set()
    for run in sorted(runs, key=lambda run: not run.point.known):
        half = room(run.label, TEXT_SIZE) / 2 + 4
        box = _Box(across[run.first] - half, 0, across[run.first] + half, 1)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            ticked.add(run.first)
    return ticked


def _grid(chart: Chart, inner: float) -> Plot:
    """A cell for each point, by year, with as many in a row as their words allow."""
    runs = _runs(chart, gathered=False)
    need = _widest(text for run in runs for text in (run.label, run.words))
    columns = next((count for count in _GRIDS if need + 2 * GAP <= inner / count), _GRIDS[-1])
    first = min((point.year for point in chart.points), default=0) // 10 * 10
    places = [divmod(run.point.year - first, columns) for run in runs]
    rows = sorted({row for row, _ in places})
    words = [wrap(run.words, TEXT_SIZE, inner / columns - GAP) for run in runs]
    wide, tall = inner / columns, _CELL_HEIGHT + (max(map(len, words), default=1) - 1) * LINE_HEIGHT
    canvas = Plot(chart, "grid", tall * len(rows) + 8, runs)
    for run, (row, column), lines in zip(runs, places, words, strict=True):
        x, y = column * wide, 4 + rows.index(row) * tall
        share_x, share_y = _CELL_SHARE
        canvas.box(run, x + wide * (1 - share_x) / 2, y + tall * (1 - share_y) / 2, wide * share_x, tall * share_y)
        canvas.text(x + wide / 2, y + tall / 2 - 9, run.label, INK)
        canvas.text(x + wide / 2, y + tall / 2 + 10, lines, INK)
        canvas.hit(run, x, y, wide, tall)
    return canvas
