"""Draws each chart once, however many pages show it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from expoarchive.cache.store import Store
from expoarchive.render.charts.draw import draw, drawing, png, small
from expoarchive.render.charts.model import Chart
from expoarchive.render.charts.style import ChartStyle
from expoarchive.site.fingerprint import fingerprint


@dataclass(frozen=True)
class ChartBoard:
    """Draws charts in a style, and keeps the pictures in ``store``."""

    store: Store
    style: ChartStyle

    def draw(self, chart: Chart) -> str:
        """The chart as SVG for a page."""
        return str(self._picture("drawn", str, small if chart.small else draw, chart))

    def files(self, chart: Chart) -> tuple[bytes, bytes]:
        """The chart as an SVG and a PNG file."""
        files: tuple[bytes, bytes] = self._picture("files", tuple[bytes, bytes], _files, chart)
        return files

    @cached_property
    def _style(self) -> str:
        return fingerprint(self.style).hex()

    def _picture(self, sort: str, kind: Any, make: Callable[[Chart, ChartStyle], Any], chart: Chart) -> Any:
        """A picture depends on chart, style and the generator alone, so these are its name."""
        name = f"{sort} {self._style} {fingerprint(chart).hex()}"
        picture = self.store.get(name, kind)
        if picture is None or not _is_svg(picture):
            picture = make(chart, self.style)
            self.store.put(name, picture)
        return picture


def _is_svg(picture: str | tuple[bytes, bytes]) -> bool:
    """Whether a kept picture is one: a text of any other kind has the same type, and would stand in pages as it is."""
    svg = picture if isinstance(picture, str) else picture[0].decode("utf-8", "replace")
    return svg.startswith("<svg ") and svg.endswith(("</svg>", "</svg>\n"))


def _files(chart: Chart, style: ChartStyle) -> tuple[bytes, bytes]:
    svg = drawing(chart, style)
    return svg.encode(), png(svg, scale=2)
