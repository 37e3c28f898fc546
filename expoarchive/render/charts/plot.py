"""Places the values of a series on the axis of years that all charts share, and words above them where they fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from expoarchive.render.charts.canvas import GAP, Axis, Box, Canvas
from expoarchive.render.charts.font import room, wrap
from expoarchive.render.charts.model import ChartPoint, Series

_TALL, _SMALL_TALL = 200, 44
# The share of its slot that a column fills, and the widest one.
_SHARE, _WIDEST = 0.72, 64
# The least height of a column, so that a known value can be seen however small it is.
_LEAST = 2
_DOT, _SMALL_DOT = 12, 9
# What is kept clear to either side of words that need not be there.
_APART = 2
# Higher than any words are lifted.
_ENDLESS = 100_000
# The largest share of the width for the words of one value.
_WORDS = 0.28


@dataclass(frozen=True, slots=True)
class _Mark:
    """A known point, and where it stands."""

    point: ChartPoint
    x: float
    top: float
    half: float


def plot_series(canvas: Canvas, series: Series) -> None:
    """Columns, or dots that are joined; a tick for each edition whose value is not known.

    Small charts name their greatest and their latest value, and of the others those that have room.
    """
    chart = canvas.chart
    axis = Axis(chart.span, chart.step, 0, canvas.width)
    half = _SMALL_DOT / 2 if series.joined else min(axis.slot * _SHARE, _WIDEST) / 2
    tall = _SMALL_TALL if chart.small else _TALL
    marks = [_Mark(point, axis.x(point.year), -_height(point, series.greatest) * tall, half) for point in series.known]
    lines = _along_lines(marks) if series.joined else []
    words = _place_words(canvas, marks, [*map(_area, marks), *lines])
    base = max([-word.box.top for word in words] + [tall]) + 4
    words = [_Words(word.lines, word.box.down(base), word.mark) for word in words]
    _lead_down(canvas, words, base)
    if series.joined:
        _join(canvas, marks, base)
    for mark in marks:
        _draw(canvas, series, mark, base, tall)
    for word in words:
        canvas.text((word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2, word.lines, "ink")
    axis.draw(canvas, base, [point.year for point in series.points if not point.known])
    for mark in marks:
        canvas.hit(Box(mark.x - axis.slot / 2, 0, mark.x + axis.slot / 2, canvas.height))
    _explain(canvas, series)


def _lead_down(canvas: Canvas, words: Iterable["_Words"], base: float) -> None:
    """Lines from words that were lifted to their marks."""
    for word in words:
        if word.box.bottom < word.mark.top + base - GAP:
            canvas.line([(word.mark.x, word.box.bottom), (word.mark.x, base + word.mark.top)], "grid")


def _explain(canvas: Canvas, series: Series) -> None:
    """The key, where not every value is reported as it stands."""
    looks = canvas.style.points if series.joined else canvas.style.columns
    present = {point.state for point in series.points}
    if present & {"derived", "weak"}:
        labels = canvas.chart.state_labels
        canvas.key = [(looks[state], label) for state, label in labels if state in present - {"missing"}]


def _height(point: ChartPoint, greatest: float) -> float:
    return 1.0 if point.height is None else point.height / greatest


def _draw(canvas: Canvas, series: Series, mark: _Mark, base: float, tall: float) -> None:
    point = mark.point
    if point.height is None:
        canvas.box(
            canvas.style.columns["missing"],
            Box(mark.x - mark.half, base - tall, mark.x + mark.half, base),
            point.year,
            1,
        )
    elif series.joined:
        size = _SMALL_DOT if canvas.chart.small else _DOT
        canvas.dot(canvas.style.points[point.state], mark.x, base + mark.top, size, point.year)
    else:
        top = min(base + mark.top, base - _LEAST)
        canvas.box(
            canvas.style.columns[point.state], Box(mark.x - mark.half, top, mark.x + mark.half, base), point.year
        )


def _join(canvas: Canvas, marks: Iterable[_Mark], base: float) -> None:
    """Lines between the neighbours of each segment."""
    for _, group in groupby(marks, key=lambda mark: mark.point.segment):
        ends = [(mark.x, base + mark.top) for mark in group if mark.point.height is not None]
        if len(ends) > 1:
            canvas.line(ends, "mark", canvas.style.lines.joined)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a mark, and where they stand."""

    lines: tuple[str, ...]
    box: Box
    mark: _Mark


def _area(mark: _Mark) -> Box:
    return Box(mark.x - mark.half, mark.top, mark.x + mark.half, 0)


def _in_turn(canvas: Canvas, marks: Sequence[_Mark]) -> tuple[list[_Mark], list[_Mark]]:
    """The marks that must have words, and those that may, in the order in which they choose their places.

    Those in the middle come first, so that words further out, which reach inwards, stand above them, and the lines
    that lead from lifted words down to their marks cross no words.
    """
    if not canvas.chart.small or not marks:
        return sorted(marks, key=lambda mark: abs(mark.x - canvas.width / 2)), []
    due = list(dict.fromkeys((min(marks, key=lambda mark: mark.top), marks[-1])))
    return due, [mark for mark in marks if mark not in due]


def _place_words(canvas: Canvas, marks: Sequence[_Mark], taken: Sequence[Box]) -> list[_Words]:
    """Each mark's words straight above it, or lifted until they are clear of what is taken and of other words.

    Words that only may stand there are left out where they would have to be lifted, or would stand above another
    mark. Heights are above the axis, upwards negative.
    """
    waiting, spare = _in_turn(canvas, marks)
    words: list[_Words] = []
    while waiting:
        mark = waiting.pop(0)
        lines = _lines(canvas, mark.point)
        size = (max(room(line, canvas.text_size) for line in lines), len(lines) * canvas.line_height)
        boxes = [word.box for word in words]
        stands = list(_stands(canvas.width, mark, size, [*taken, *boxes]))
        clear = [box for box in stands if not any(box.meets(other) for other in (*taken, *boxes))]
        words.append(_Words(lines, _best(clear, mark, words, [*waiting, *spare]), mark))
    return [*words, *_spare_words(canvas, marks, spare, taken, words)]


def _best(clear: Sequence[Box], mark: _Mark, words: Sequence[_Words], later: Iterable[_Mark]) -> Box:
    """Of the places that are clear, the first whose words and line cross no other's, if there is such a one."""
    drawn = [_lead(word.mark, word.box.bottom) for word in words]
    still = [_lead(other, -_ENDLESS) for other in later]
    own = [box for box in clear if not any(_lead(mark, box.bottom).meets(word.box) for word in words)]
    # Where a line has to cross words after all, it is one that is drawn later.
    for crossed in ([*drawn, *still], drawn):
        free = [box for box in own if not any(box.meets(lead) for lead in crossed)]
        if free:
            return free[0]
    return clear[0]


def _spare_words(
    canvas: Canvas, marks: Sequence[_Mark], spare: Sequence[_Mark], taken: Sequence[Box], words: Sequence[_Words]
) -> list[_Words]:
    """Words close above their marks, in one line; none where that is not clear, or is above another mark."""
    placed: list[_Words] = []
    for mark in spare:
        lines = _lines(canvas, mark.point)
        size = (room(lines[0], canvas.text_size), canvas.line_height)
        others = [_lead(other, -_ENDLESS) for other in marks if other != mark]
        kept_clear = [*taken, *others, *(word.box for word in (*words, *placed))]
        stands = _stands(canvas.width, mark, size, ())
        free = (box for box in stands if not any(box.wider(_APART).meets(other) for other in kept_clear))
        placed += [_Words(lines, box, mark) for box in islice(free, 1)]
    return placed


def _lead(mark: _Mark, top: float) -> Box:
    """The line that leads from lifted words down to their mark."""
    return Box(mark.x - 1, top, mark.x + 1, mark.top)


def _lines(canvas: Canvas, point: ChartPoint) -> tuple[str, ...]:
    """A value in words; below its year, where the picture is large enough to name every value."""
    if canvas.chart.small:
        return (point.brief or point.shown,)
    return str(point.year), *wrap(point.shown, canvas.text_size, canvas.width * _WORDS)


def _stands(width: float, mark: _Mark, size: tuple[float, float], taken: Iterable[Box]) -> Iterator[Box]:
    """Where words of a size may stand above a mark: low before high, centred before towards either side."""
    wide, tall = size
    inward = mark.x - 6 if mark.x < width / 2 else mark.x + 6 - wide
    outward = mark.x + 6 - wide if mark.x < width / 2 else mark.x - 6
    heights = sorted({mark.top, *(box.top for box in taken if box.top < mark.top)}, reverse=True)
    for bottom in (height - 3 for height in heights):
        for left in (mark.x - wide / 2, inward, outward):
            start = min(max(left, 0), max(width - wide, 0))
            yield Box(start, bottom - tall, start + wide, bottom)


def _along_lines(marks: Sequence[_Mark]) -> list[Box]:
    """What the lines between neighbours of one segment take up."""
    boxes = []
    for one, other in pairwise(marks):
        if one.point.segment == other.point.segment:
            for step in range(17):
                x, y = (a + (b - a) * step / 16 for a, b in ((one.x, other.x), (one.top, other.top)))
                boxes.append(Box(x - 2, y - 2, x + 2, y + 2))
    return boxes
