"""Where a chart's words go: which of a spec's two pictures fits, and the values for its placeholders.

Everything is in pixels of the picture and decided here with the chart's own font, so that Vega is left
nothing to measure and no text meets another or an edge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import Any

from expoarchive.render.charts.font import room, wrap
from expoarchive.render.charts.model import Chart, ChartPoint, Json, Spec
from expoarchive.render.charts.style import COLOURS, scales

MARGIN = 12
TEXT_SIZE = 13
LINE_HEIGHT = 16
# The height of a plot with upright columns or a line, and what lies between its words and marks.
PLOT_HEIGHT = 220
GAP = 8
_ABOVE = 28
_BELOW = 28
_ROW = 32
_CELL_HEIGHT = 48
# Cells to a row, as many as fit: rows of ten or five keep decades under each other.
_GRIDS = (10, 5, 4, 3, 2, 1)
# No more of a narrow picture's width goes to words on one side.
_MOST_WORDS = 0.38

PLACEHOLDERS = frozenset(
    {"data", "known", "missing", "keys", "top", "years", "columns", "rows", "text_size", "line_height"}
    | {"padding", "width", "height", "middle", "bar_width", "row_step", *COLOURS, *scales("area")}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture to draw and what fills it. ``explains_missing``: its gaps carry no words of their own."""

    picture: Json
    values: dict[str, Any]
    explains_missing: bool


def lay_out(chart: Chart, spec: Spec) -> Layout:
    """The wide picture where the chart is wide and all its words fit there; else the narrow one."""
    inner = chart.width - 2 * MARGIN
    common: dict[str, Any] = {"top": chart.greatest, "text_size": TEXT_SIZE, "line_height": LINE_HEIGHT}
    common |= {**COLOURS, **scales(spec.marks)}
    if spec.arrangement == "grid":
        return Layout(spec.narrow if chart.narrow else spec.wide, common | _grid(chart, inner), False)
    if not chart.narrow:
        values = _slots(chart, inner, spec.gather_missing) if spec.arrangement == "slots" else _line(chart, inner)
        if values is not None:
            return Layout(spec.wide, common | values, spec.arrangement == "line")
    return Layout(spec.narrow, common | _rows(chart, inner, spec.gather_missing), False)


def _padding(left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> dict[str, float]:
    return {"left": left, "top": top, "right": right, "bottom": bottom}


def _datum(chart: Chart, point: ChartPoint, key: int) -> dict[str, Any]:
    return {
        "key": key,
        "year": point.year,
        "label": point.label,
        "value": float(point.value) if point.value is not None and point.drawn else None,
        "shown": point.shown,
        "words": _words(chart, point),
        "state": point.state,
        "segment": point.segment,
    }


def _series(data: list[dict[str, Any]]) -> dict[str, Any]:
    """All data; those with a mark; those with a gap, whose ``words`` say what is known instead."""
    return {
        "data": data,
        "known": [datum for datum in data if datum["value"] is not None],
        "missing": [datum for datum in data if datum["value"] is None],
        "keys": [datum["key"] for datum in data],
    }


def _words(chart: Chart, point: ChartPoint) -> str:
    return point.shown if point.known else chart.missing_label


def _slots(chart: Chart, inner: float, gather: bool) -> dict[str, Any] | None:
    """An equal slot for each point, or run of missing ones; None where words are wider than their slot."""
    for points in (chart.points, tuple(_gathered(chart.points)) if gather else ()):
        slot = inner / max(1, len(points))
        texts = [text for point in points for text in (point.label, _words(chart, point))]
        if points and _widest(texts) + GAP <= slot:
            data = [_datum(chart, point, key) for key, point in enumerate(points)]
            padding = _padding(top=_ABOVE, bottom=_BELOW)
            size = {"width": inner, "height": PLOT_HEIGHT, "middle": PLOT_HEIGHT / 2}
            return _series(data) | size | {"padding": padding}
    return None


def _rows(chart: Chart, inner: float, gather: bool) -> dict[str, Any]:
    """One row a point: its label, a bar or dot, its value. Long words go on in a second line."""
    points = list(_gathered(chart.points) if gather else chart.points)
    most = inner * _MOST_WORDS
    data = []
    for key, point in enumerate(points):
        lines = {"label": wrap(point.label, TEXT_SIZE, most), "shown": wrap(point.shown, TEXT_SIZE, most)}
        data.append(_datum(chart, point, key) | lines)
    label_room = _widest(line for datum in data for line in datum["label"]) + GAP
    # A gap's words may stand there too, clear of any line between values.
    values = [line for datum in data for line in datum["shown"]] + [chart.missing_label]
    value_room = _widest(values) + 3 * GAP
    lines_most = max((len(datum[field]) for datum in data for field in ("label", "shown")), default=1)
    width = inner - label_room
    step = _ROW + (lines_most - 1) * LINE_HEIGHT
    return _series(data) | {
        "padding": _padding(left=label_room, top=4, bottom=4),
        "width": width,
        "bar_width": width - value_room,
        "row_step": step,
        "height": step * len(data),
    }


def _widest(texts: Iterable[str]) -> float:
    return max((room(text, TEXT_SIZE) for text in texts), default=0.0)


def _gathered(points: tuple[ChartPoint, ...]) -> Iterator[ChartPoint]:
    """The points with each run of missing ones as one, named by its first and last."""
    for known, run in groupby(points, key=lambda point: point.known):
        group = list(run)
        if known or len(group) == 1:
            yield from group
        else:
            yield replace(group[0], label=f"{group[0].label}\N{EN DASH}{group[-1].label}")


def _grid(chart: Chart, inner: float) -> dict[str, Any]:
    """A cell for each point, by its year: as many to a row as have room for their words."""
    need = _widest(text for point in chart.points for text in (point.label, _words(chart, point)))
    columns = next((count for count in _GRIDS if need + 2 * GAP <= inner / count), _GRIDS[-1])
    first = min((point.year for point in chart.points), default=0) // 10 * 10
    data = []
    for key, point in enumerate(chart.points):
        row, column = divmod(point.year - first, columns)
        words = wrap(_words(chart, point), TEXT_SIZE, inner / columns - GAP)
        data.append(_datum(chart, point, key) | {"column": column, "row": row, "shown": words})
    rows = sorted({datum["row"] for datum in data})
    lines_most = max((len(datum["shown"]) for datum in data), default=1)
    step = _CELL_HEIGHT + (lines_most - 1) * LINE_HEIGHT
    grid = {"columns": list(range(columns)), "rows": rows, "row_step": step}
    return _series(data) | grid | {"padding": _padding(top=4, bottom=4), "width": inner, "height": step * len(rows)}


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


def _line(chart: Chart, inner: float) -> dict[str, Any] | None:
    """A scale of years; None where a value's words would meet others, a point or the line."""
    known = [point for point in chart.points if point.known]
    years = sorted({point.year for point in chart.points})
    if len(known) < 2 or len(years) < 2 or not all(point.drawn for point in known):
        return None
    left = room(known[0].shown, TEXT_SIZE) + 2 * GAP
    right = room(chart.points[-1].label, TEXT_SIZE) / 2 + GAP
    width = inner - left - right
    if width < inner / 2:
        return None
    at = {
        index: (
            (point.year - years[0]) / (years[-1] - years[0]) * width,
            PLOT_HEIGHT * (1 - float(point.value or 0) / chart.greatest),
        )
        for index, point in enumerate(known)
    }
    if _crowded(known, at, left):
        return None
    data = [_datum(chart, point, key) for key, point in enumerate(chart.points)]
    for datum, ticked in zip(data, _ticked(chart, years, width), strict=True):
        datum["tick"] = datum["label"] if ticked else ""
    return _series(data) | {
        "padding": _padding(left, _ABOVE, right, _BELOW + GAP),
        "width": width,
        "height": PLOT_HEIGHT,
        "years": [years[0], years[-1]],
    }


def _crowded(known: list[ChartPoint], at: dict[int, tuple[float, float]], left: float) -> bool:
    """Whether a value's words, which stand at the upper left of its point, meet something or an edge."""
    words, dots, lines = [], [], []
    for index, point in enumerate(known):
        x, y = at[index]
        words.append(_Box(x - GAP - room(point.shown, TEXT_SIZE), y - GAP - TEXT_SIZE, x - 4, y - 4))
        dots.append(_Box(x - 6, y - 6, x + 6, y + 6))
        if index and known[index - 1].segment == point.segment:
            (x0, y0), steps = at[index - 1], 60
            lines += [(x0 + (x - x0) * step / steps, y0 + (y - y0) * step / steps) for step in range(steps + 1)]
    return (
        any(one.left < -left or one.top < -_ABOVE for one in words)
        or any(one.meets(other) for one, other in combinations(words, 2))
        or any(word.meets(dot) for i, word in enumerate(words) for j, dot in enumerate(dots) if i != j)
        or any(word.holds(x, y) for word in words for x, y in lines)
        or any(one.meets(other) for one, other in combinations(dots, 2))
    )


def _ticked(chart: Chart, years: list[int], width: float) -> list[bool]:
    """Which labels stand below the axis: those of known points first, then of others that have room."""
    taken: list[_Box] = []
    ticked = [False] * len(chart.points)
    for wanted in (True, False):
        for index, point in enumerate(chart.points):
            if point.known is not wanted:
                continue
            middle = (point.year - years[0]) / (years[-1] - years[0]) * width
            half = room(point.label, TEXT_SIZE) / 2 + 4
            box = _Box(middle - half, 0, middle + half, 1)
            if not any(box.meets(other) for other in taken):
                taken.append(box)
                ticked[index] = True
    return ticked
