"""What a plot is made of: marks and words at their places, measured with the charts' own font."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from expoarchive.render.charts.font import room
from expoarchive.render.charts.model import Chart
from expoarchive.render.charts.style import ChartStyle, Ink, Look, Pen
from expoarchive.render.charts.svg import Element, shortest

MARGIN = 12
GAP = 8
# From the middle of a line of text to its baseline, in ems.
_TO_BASELINE = 0.35
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that words or marks take up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def wider(self, by: float) -> "Box":
        return Box(self.left - by, self.top, self.right + by, self.bottom)

    def down(self, by: float) -> "Box":
        return Box(self.left, self.top + by, self.right, self.bottom + by)


@dataclass
class Canvas:
    """Marks and words, relative to the plot's upper left corner.

    ``key`` explains the looks that occur. ``hits`` are invisible rectangles that react to a pointer: one for each row
    of the chart's table, in their order.
    """

    chart: Chart
    style: ChartStyle
    height: float = 0.0
    parts: list[Element] = field(default_factory=list)
    hits: list[Element] = field(default_factory=list)
    key: list[tuple[Look, str]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How far from left to right marks and words may go."""
        return self.chart.width if self.chart.small else self.chart.width - 2 * MARGIN

    @property
    def pen(self) -> Pen:
        """What its marks are drawn with."""
        return Pen(self.style, self.chart.picture_id)

    @property
    def text_size(self) -> float:
        return self.style.text.small if self.chart.small else self.style.text.plot

    @property
    def line_height(self) -> float:
        return self.text_size + 3

    def text(self, x: float, y: float, lines: str | Sequence[str], fill: Ink, anchor: str = "middle") -> None:
        """Lines of text, vertically centred on ``y``."""
        lines = [lines] if isinstance(lines, str) else lines
        base = y + self.text_size * _TO_BASELINE - (len(lines) - 1) * self.line_height / 2
        given = {"text-anchor": anchor, "font-size": shortest(self.text_size), "fill": self.pen.colour(fill)}
        at = [{"x": shortest(x), "y": shortest(base + number * self.line_height)} for number in range(len(lines))]
        if len(lines) == 1:
            self.parts.append(Element("text", {**at[0], **given}, text=lines[0]))
        else:
            spans = tuple(Element("tspan", place, text=line) for place, line in zip(at, lines, strict=True))
            self.parts.append(Element("text", given, spans))

    def line(self, ends: Iterable[tuple[float, float]], stroke: Ink, width: float = 1) -> None:
        """A line through points."""
        path = "L".join(f"{shortest(x)},{shortest(y)}" for x, y in ends)
        self.parts.append(
            Element("path", {"d": f"M{path}", "stroke": self.pen.colour(stroke), "stroke-width": shortest(width)})
        )

    def box(self, look: Look, box: Box, year: int, line: float | None = None) -> None:
        """A mark of a year, as an area."""
        place = (box.left, box.top, box.right - box.left, box.bottom - box.top)
        self.parts.append(_of_year(self.pen.area(look, *place, self.style.lines.area if line is None else line), year))

    def dot(self, look: Look, x: float, y: float, size: float, year: int) -> None:
        """A mark of a year, as a point."""
        self.parts.append(_of_year(self.pen.symbol(look, x, y, size, self.style.lines.point), year))

    def hit(self, box: Box) -> None:
        """The part of the plot that belongs to the next row of the table."""
        place = {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.bottom - box.top}
        self.hits.append(Element("rect", {name: shortest(value) for name, value in place.items() if value}))


def _of_year(mark: Element, year: int) -> Element:
    return Element(mark.tag, {**mark.attributes, "data-year": str(year)}, mark.children)


@dataclass(frozen=True, slots=True)
class Axis:
    """The years that all charts share, from ``left`` over ``width``: slots of one width, each for ``step`` years."""

    span: tuple[int, int]
    step: int
    left: float
    width: float

    @property
    def slot(self) -> float:
        return self.width / (self._slots(self.span[1]) + 1)

    def x(self, year: int) -> float:
        """The middle of the year's slot."""
        return self.left + (self._slots(year) + 0.5) * self.slot

    def _slots(self, year: int) -> float:
        return (year - self.span[0]) / self.step

    def draw(self, canvas: Canvas, base: float, silent: Iterable[int]) -> None:
        """The line at ``base``, a tick for each silent year, and below them as many years as have room."""
        canvas.line([(self.left, base), (self.left + self.width, base)], "muted")
        silent = tuple(silent)
        if silent:
            path = "".join(f"M{shortest(self.x(year))},{shortest(base)}v4" for year in silent)
            years = " ".join(map(str, silent))
            ticks = {"d": path, "stroke": canvas.pen.colour("muted"), "class": "chart-ticks", "data-years": years}
            canvas.parts.append(Element("path", ticks))
        first, last = self.span
        needed = room(str(last), canvas.text_size) + GAP
        apart = next((apart for apart in _YEAR_STEPS if apart * self.slot >= needed), _YEAR_STEPS[-1])
        # Of years that follow each other the round ones, of others those that have an edition.
        origin = 0 if self.step == 1 else first
        for year in range(first, last + 1):
            half = room(str(year), canvas.text_size) / 2
            # Where a slot is narrower than its year, the year moves in from the edge of the picture.
            if (year - origin) % (apart * self.step) == 0 or first == last:
                x = min(max(self.x(year), half), canvas.width - half)
                canvas.text(x, base + 6 + canvas.text_size / 2 + 2, str(year), "muted")
        canvas.height = base + canvas.text_size + GAP + 2
