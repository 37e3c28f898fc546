"""Where the marks and words of a chart go, in pixels of the plot; all is measured with the chart's own font.

A wide chart gives each edition a slot, or stands on a scale of years; a narrow one, and one whose words do not fit,
gives each a row. Cells of a strip stand in a grid at any width.
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
# The height of a plot with upright columns or a line, and what lies between its words and marks.
PLOT_HEIGHT = 220
_ABOVE = 28
_BELOW = 28
_ROW = 32
_CELL_HEIGHT = 48
_DOT = 12
# Cells to a row, as many as fit: rows of ten or five keep decades under each other.
_GRIDS = (10, 5, 4, 3, 2, 1)
# No more of a narrow picture's width goes to words on one side.
_MOST_WORDS = 0.38
# The part of its slot, row or cell that a mark fills.
_SLOT_SHARE, _ROW_SHARE, _CELL_SHARE = 0.8, 0.7, (0.92, 0.88)
# From the middle of a line of text to its baseline, in its size.
_TO_BASELINE = 0.35


@dataclass(frozen=True, slots=True)
class _Entry:
    """A point, or a run of missing ones, which are ``first`` to ``last`` of the chart's points."""

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
    """Marks and words from the plot's upper left corner, which is that of the chart's inner width.

    ``laid`` says how the entries stand; ``explains_missing``, that gaps carry no words of their own. ``hits`` are
    unseen rectangles where a reader points at an entry: ``data-from`` and ``data-to`` are places in ``chart.points``.
    """

    chart: Chart
    laid: Literal["slots", "rows", "years", "grid"]
    height: float
    entries: Sequence[_Entry]
    parts: list[Element] = field(default_factory=list)
    hits: list[Element] = field(default_factory=list)
    explains_missing: bool = False

    @property
    def looks(self) -> Mapping[State, Look]:
        return LOOKS[self.chart.marks]

    def text(self, x: float, y: float, lines: str | list[str], fill: str, anchor: str = "middle") -> None:
        """Lines around ``y`` as their middle."""
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

    def box(self, entry: _Entry, x: float, y: float, width: float, height: float) -> None:
        """The entry as an area; one without a value is a dashed gap."""
        is_gap = entry.value is None and self.laid != "grid"
        look = LOOKS["area"]["missing"] if is_gap else self.looks[entry.point.state]
        self.parts.append(area(look, x, y, width, height, self.chart.picture_id, 1 if is_gap else 1.5))

    def dot(self, entry: _Entry, x: float, y: float) -> None:
        """The entry as a point."""
        self.parts.append(symbol(self.looks[entry.point.state], x, y, _DOT, self.chart.picture_id, 2))

    def hit(self, entry: _Entry, x: float, y: float, width: float, height: float) -> None:
        """The part of the plot that is the entry's own."""
        place = {"x": x, "y": y, "width": width, "height": height}
        named = {"class": "chart-hit", "data-from": str(entry.first), "data-to": str(entry.last)}
        given = {name: shortest(value) for name, value in place.items()}
        self.hits.append(Element("rect", {**given, **named, "fill": "none", "pointer-events": "all"}))


def plot(chart: Chart) -> Plot:
    """The wide plot where the chart is wide and all its words fit there; else the narrow one."""
    inner = chart.width - 2 * MARGIN
    if chart.arrangement == "strip":
        return _grid(chart, inner)
    wide = None
    if not chart.narrow:
        wide = _years(chart, inner) if chart.arrangement == "steps" else _slots(chart, inner)
    return wide or _rows(chart, inner)


def _entries(chart: Chart, *, gathered: bool) -> list[_Entry]:
    """The points in order; ``gathered`` makes one of each run of missing ones, named by its first and last."""
    entries = []
    for known, run in groupby(enumerate(chart.points), key=lambda entry: entry[1].known):
        group = list(run)
        together = [group] if gathered and not known else [[one] for one in group]
        for part in together:
            (first, point), (last, end) = part[0], part[-1]
            label = point.label if first == last else f"{point.label}\N{EN DASH}{end.label}"
            entries.append(_Entry(first, last, point, label, point.shown if point.known else chart.missing_label))
    return entries


def _widest(texts: Iterable[str]) -> float:
    return max((room(text, TEXT_SIZE) for text in texts), default=0.0)


def _slots(chart: Chart, inner: float) -> Plot | None:
    """An equal slot for each point, or run of missing ones; None where words are wider than their slot."""
    for gathered in (False, True):
        entries = _entries(chart, gathered=gathered)
        slot = inner / max(1, len(entries))
        if entries and _widest(text for entry in entries for text in (entry.label, entry.words)) + GAP <= slot:
            break
    else:
        return None
    base = _ABOVE + PLOT_HEIGHT
    made = Plot(chart, "slots", base + _BELOW, entries)
    wide = slot * _SLOT_SHARE
    for at, entry in enumerate(entries):
        middle = (at + 0.5) * slot
        left = middle - wide / 2
        if entry.value is None:
            made.box(entry, left, _ABOVE, wide, PLOT_HEIGHT)
            made.text(middle, _ABOVE + PLOT_HEIGHT / 2, entry.words, MUTED)
        else:
            top = base - PLOT_HEIGHT * entry.value / chart.greatest
            if chart.arrangement == "dots":
                made.line([(middle, base), (middle, top)], GRID, 2)
                made.dot(entry, middle, top)
            else:
                made.box(entry, left, top, wide, base - top)
            made.text(middle, top - (16 if chart.arrangement == "dots" else 12), entry.words, INK)
        made.text(middle, base + GAP + 6, entry.label, INK)
        made.hit(entry, at * slot, 0, slot, made.height)
    made.line([(0, base), (inner, base)], MUTED)
    return made


def _rows(chart: Chart, inner: float) -> Plot:
    """One row a point: its label, a bar or dot, its value. Long words go on in a second line."""
    entries = _entries(chart, gathered=True)
    most = inner * _MOST_WORDS
    labels = [wrap(entry.label, TEXT_SIZE, most) for entry in entries]
    values = [wrap(entry.point.shown, TEXT_SIZE, most) for entry in entries]
    left = _widest(line for lines in labels for line in lines) + GAP
    # A gap's words may stand there too, clear of any line between values.
    value_room = _widest([line for lines in values for line in lines] + [chart.missing_label]) + 3 * GAP
    longest = inner - left - value_room
    step = _ROW + (max(map(len, [*labels, *values]), default=1) - 1) * LINE_HEIGHT
    made = Plot(chart, "rows", step * len(entries) + 8, entries)
    is_steps = chart.arrangement == "steps"
    ends = {}
    for at, entry in enumerate(entries):
        middle = 4 + (at + 0.5) * step
        thick = step * _ROW_SHARE
        if entry.value is None:
            made.box(entry, left, middle - thick / 2, inner - left, thick)
            x, anchor = (inner - GAP, "end") if is_steps else (left + GAP, "start")
            made.text(x, middle, entry.words, MUTED, anchor)
        else:
            end = left + longest * entry.value / chart.greatest
            ends[entry.first] = (end, middle)
            if is_steps:
                made.line([(left, middle), (left + longest, middle)], GRID)
                made.text(inner - GAP, middle, values[at], INK, "end")
            elif chart.arrangement == "dots":
                made.line([(left, middle), (end, middle)], GRID, 2)
                made.text(end + 10, middle, values[at], INK, "start")
            else:
                made.box(entry, left, middle - thick / 2, end - left, thick)
                made.text(end + 7, middle, values[at], INK, "start")
        made.text(left - GAP, middle, labels[at], INK, "end")
        made.hit(entry, 0, 4 + at * step, inner, step)
    made.line([(left, 0), (left, made.height)], MUTED)
    if chart.marks == "point":
        _joined(made, ends, joined=is_steps)
    return made


def _joined(made: Plot, places: dict[int, tuple[float, float]], *, joined: bool) -> None:
    """Dots at the places of points, by their number, and lines between those of one segment."""
    for _, run in groupby(places, key=lambda at: made.chart.points[at].segment):
        ends = [places[at] for at in run]
        if joined and len(ends) > 1:
            made.line(ends, MARK, 2)
    for entry in made.entries:
        if entry.first in places:
            made.dot(entry, *places[entry.first])


def _years(chart: Chart, inner: float) -> Plot | None:
    """A scale of years; None where a value's words would meet others, a point or the line."""
    entries = _entries(chart, gathered=False)
    known = [entry for entry in entries if entry.point.known]
    years = sorted({point.year for point in chart.points})
    if len(known) < 2 or len(years) < 2 or any(entry.value is None for entry in known):
        return None
    left = room(known[0].words, TEXT_SIZE) + 2 * GAP
    width = inner - left - room(chart.points[-1].label, TEXT_SIZE) / 2 - GAP
    if width < inner / 2:
        return None
    base = _ABOVE + PLOT_HEIGHT
    across = [left + (point.year - years[0]) / (years[-1] - years[0]) * width for point in chart.points]
    places = {
        entry.first: (across[entry.first], base - PLOT_HEIGHT * (entry.value or 0) / chart.greatest) for entry in known
    }
    if _crowded(known, places):
        return None
    made = Plot(chart, "years", base + _BELOW + GAP, entries, explains_missing=True)
    made.line([(left, base), (left + width, base)], MUTED)
    ticked = _ticked(entries, across)
    edges = [0, *((one + other) / 2 for one, other in pairwise(across)), inner]
    for entry, (start, end) in zip(entries, pairwise(edges), strict=True):
        x = across[entry.first]
        if entry.value is None:
            made.parts.append(symbol(made.looks["missing"], x, base, GAP, chart.picture_id))
        else:
            made.text(x - 7, places[entry.first][1] - 11, entry.words, INK, "end")
        if entry.first in ticked:
            made.text(x, base + 16, entry.label, INK)
        made.hit(entry, start, 0, end - start, made.height)
    _joined(made, places, joined=True)
    return made


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


def _crowded(known: Sequence[_Entry], places: dict[int, tuple[float, float]]) -> bool:
    """Whether a value's words, which stand at the upper left of its point, meet something or an edge."""
    at = [places[entry.first] for entry in known]
    words = [
        _Box(x - GAP - room(entry.words, TEXT_SIZE), y - GAP - TEXT_SIZE, x - 4, y - 4)
        for entry, (x, y) in zip(known, at, strict=True)
    ]
    dots = [_Box(x - 6, y - 6, x + 6, y + 6) for x, y in at]
    alike = [one.point.segment == other.point.segment for one, other in pairwise(known)]
    lines = [place for ends, joined in zip(pairwise(at), alike, strict=True) if joined for place in _along(*ends)]
    meeting = [*combinations(words, 2), *combinations(dots, 2)]
    meeting += [(word, dot) for one, word in enumerate(words) for other, dot in enumerate(dots) if one != other]
    return (
        any(word.left < 0 or word.top < 0 for word in words)
        or any(one.meets(other) for one, other in meeting)
        or any(word.holds(x, y) for word in words for x, y in lines)
    )


def _along(one: tuple[float, float], other: tuple[float, float], steps: int = 60) -> Iterator[tuple[float, float]]:
    for step in range(steps + 1):
        yield tuple(a + (b - a) * step / steps for a, b in zip(one, other, strict=True))  # type: ignore[misc]


def _ticked(entries: Sequence[_Entry], across: Sequence[float]) -> set[int]:
    """The points whose labels stand below the axis: known ones first, then others that have room."""
    taken: list[_Box] = []
    ticked = set()
    for entry in sorted(entries, key=lambda entry: not entry.point.known):
        half = room(entry.label, TEXT_SIZE) / 2 + 4
        box = _Box(across[entry.first] - half, 0, across[entry.first] + half, 1)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            ticked.add(entry.first)
    return ticked


def _grid(chart: Chart, inner: float) -> Plot:
    """A cell for each point, by its year: as many to a row as have room for their words."""
    entries = _entries(chart, gathered=False)
    need = _widest(text for entry in entries for text in (entry.label, entry.words))
    columns = next((count for count in _GRIDS if need + 2 * GAP <= inner / count), _GRIDS[-1])
    first = min((point.year for point in chart.points), default=0) // 10 * 10
    places = [divmod(entry.point.year - first, columns) for entry in entries]
    rows = sorted({row for row, _ in places})
    words = [wrap(entry.words, TEXT_SIZE, inner / columns - GAP) for entry in entries]
    wide, tall = inner / columns, _CELL_HEIGHT + (max(map(len, words), default=1) - 1) * LINE_HEIGHT
    made = Plot(chart, "grid", tall * len(rows) + 8, entries)
    for entry, (row, column), lines in zip(entries, places, words, strict=True):
        x, y = column * wide, 4 + rows.index(row) * tall
        share_x, share_y = _CELL_SHARE
        made.box(entry, x + wide * (1 - share_x) / 2, y + tall * (1 - share_y) / 2, wide * share_x, tall * share_y)
        made.text(x + wide / 2, y + tall / 2 - 9, entry.label, INK)
        made.text(x + wide / 2, y + tall / 2 + 10, lines, INK)
        made.hit(entry, x, y, wide, tall)
    return made
