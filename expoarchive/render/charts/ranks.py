"""Ranks by year: a row for each rank, a mark for each year in which it is on record."""

from expoarchive.render.charts.canvas import GAP, Axis, Box, Canvas
from expoarchive.render.charts.font import room, wrap
from expoarchive.render.charts.model import RankMark, Ranks
from expoarchive.render.charts.style import Look

_ROW, _SMALL_ROW = 38, 16
_WIDEST = 28
# The share of its slot and its row that a mark fills, and the largest share of the width for the name of a rank.
_ACROSS, _DOWN, _NAMES = 0.8, 0.7, 0.34


def plot_ranks(canvas: Canvas, ranks: Ranks) -> None:
    """A mark for each rank in a year, with how many of it there are; in small charts without.

    Names of ranks stand on their rows, in the years before the first mark, or above them if there is no room.
    In either case the axis keeps its whole width, so that it is the one that all charts share.
    """
    chart = canvas.chart
    axis = Axis(chart.span, chart.step, 0, canvas.width)
    names = [wrap(name, canvas.text_size, canvas.width * _NAMES) for name in ranks.rows]
    widest = max((room(line, canvas.text_size) for name in names for line in name), default=0.0)
    deepest = max(map(len, names), default=1) * canvas.line_height
    row: float = _SMALL_ROW if chart.small else _ROW
    half, tall = min(axis.slot * _ACROSS, _WIDEST) / 2, min(row * _DOWN, _WIDEST) / 2
    first = min((axis.x(mark.year) - half for mark in ranks.marks), default=canvas.width)
    beside = widest + GAP <= first
    caption = 0.0 if beside else deepest
    row = max(row, deepest) + caption
    start = widest + GAP if beside else 0
    for at, lines in enumerate(names):
        middle = at * row + (row + caption) / 2
        canvas.line([(start, middle), (canvas.width, middle)], "grid")
        canvas.text(0, middle if beside else at * row + caption / 2, lines, "muted", "start")
    for mark in ranks.marks:
        _draw(canvas, mark, axis.x(mark.year), mark.row * row + (row + caption) / 2, half, tall)
    axis.draw(canvas, row * len(names) + 4, ranks.silent)
    for x in (axis.x(year) for year in sorted({mark.year for mark in ranks.marks})):
        canvas.hit(Box(x - axis.slot / 2, 0, x + axis.slot / 2, canvas.height))
    canvas.key = _key(canvas, ranks)


def _key(canvas: Canvas, ranks: Ranks) -> list[tuple[Look, str]]:
    present = {mark.state for mark in ranks.marks}
    return [(canvas.style.ranks[state], label) for state, label in ranks.labels if state in present]


def _draw(canvas: Canvas, mark: RankMark, x: float, middle: float, half: float, tall: float) -> None:
    canvas.box(canvas.style.ranks[mark.state], Box(x - half, middle - tall, x + half, middle + tall), mark.year)
    if mark.count > 1 and not canvas.chart.small:
        canvas.text(x, middle, str(mark.count), "background" if mark.state == "reported" else "ink")
