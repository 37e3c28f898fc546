"""Each chart drawn once, however many pages show it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from expoarchive.cache import Store
from expoarchive.problem import Place, Problem
from expoarchive.render.charts.draw import draw, drawing, glyph_problems, png
from expoarchive.render.charts.model import Chart
from expoarchive.site.fingerprint import fingerprint


@dataclass(frozen=True)
class ChartBoard:
    """Draws charts and keeps the pictures in ``store``."""

    store: Store
    problems: list[Problem] = field(default_factory=list)

    def draw(self, chart: Chart, place: Place) -> str:
        """The chart as SVG. Characters that the font lacks are noted in ``problems``, at the chart's record."""
        return str(self._kept("drawn", str, draw, chart, place))

    def files(self, chart: Chart, place: Place) -> tuple[bytes, bytes]:
        """The chart's picture by itself, as SVG and as PNG."""

        def made(chart: Chart) -> tuple[bytes, bytes]:
            svg = drawing(chart)
            return svg.encode(), png(svg, scale=2)

        found: tuple[bytes, bytes] = self._kept("files", tuple[bytes, bytes], made, chart, place)
        return found

    def _kept(self, sort: str, kind: Any, make: Callable[[Chart], Any], chart: Chart, place: Place) -> Any:
        """A picture is a matter of its chart and the generator alone: it is kept by their digest."""
        name = f"{sort} {fingerprint(chart).hex()}"
        known = self.store.get(name, kind)
        if known is None:
            found = glyph_problems(chart, place)
            self.problems.extend(found)
            known = make(chart)
            if not found:
                self.store.put(name, known)
        return known
