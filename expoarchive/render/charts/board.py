"""Draws each chart once, however many pages show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from expoarchive.cache import Store
from expoarchive.render.charts.draw import draw, drawing, png, small
from expoarchive.render.charts.model import Chart
from expoarchive.site.fingerprint import fingerprint


@dataclass(frozen=True)
class ChartBoard:
    """Draws charts, and keeps the pictures in ``store``. Files have fixed ``colours``, by name."""

    store: Store
    colours: Mapping[str, str] = field(default_factory=dict)

    def draw(self, chart: Chart) -> str:
        """The chart as SVG for a page."""
        return str(self._picture("drawn", str, small if chart.small else draw, chart))

    def files(self, chart: Chart) -> tuple[bytes, bytes]:
        """The chart as an SVG and a PNG file."""
        make = partial(_files, colours=self.colours)
        files: tuple[bytes, bytes] = self._picture("files", tuple[bytes, bytes], make, chart, self.colours)
        return files

    def _picture(self, sort: str, kind: Any, make: Callable[[Chart], Any], chart: Chart, beside: object = None) -> Any:
        """A picture depends on its chart, what is ``beside`` it and the generator alone: their fingerprint names it."""
        name = f"{sort} {fingerprint((chart, beside)).hex()}"
        picture = self.store.get(name, kind)
        if picture is None or not _is_svg(picture):
            picture = make(chart)
            self.store.put(name, picture)
        return picture


def _is_svg(picture: str | tuple[bytes, bytes]) -> bool:
    """Whether a kept picture is one: a text of any other kind has the same type, and would stand in pages as it is."""
    svg = picture if isinstance(picture, str) else picture[0].decode("utf-8", "replace")
    return svg.startswith("<svg ") and svg.endswith(("</svg>", "</svg>\n"))


def _files(chart: Chart, colours: Mapping[str, str]) -> tuple[bytes, bytes]:
    svg = drawing(chart, colours)
    return svg.encode(), png(svg, scale=2)
