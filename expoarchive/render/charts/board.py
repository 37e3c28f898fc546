"""Each chart drawn once, however many pages show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expoarchive.cache import Store
from expoarchive.problem import Place, Problem
from expoarchive.records.vocabulary import ChartRecord
from expoarchive.render.charts.draw import draw, drawing, glyph_problems, png
from expoarchive.render.charts.model import Chart, Spec
from expoarchive.render.charts.specs import read_spec
from expoarchive.site.fingerprint import fingerprint


@dataclass(frozen=True)
class ChartBoard:
    """The specs of a site's charts by name, and the pictures already drawn."""

    specs: dict[str, Spec]
    store: Store
    problems: list[Problem] = field(default_factory=list)

    def draw(self, chart: Chart, place: Place) -> str:
        """The chart as SVG. Characters that the font lacks are noted in ``problems``, at the chart's record."""
        return str(self._kept("drawn", str, draw, chart, place))

    def files(self, chart: Chart, place: Place) -> tuple[bytes, bytes]:
        """The chart's picture by itself, as SVG and as PNG."""

        def made(chart: Chart, spec: Spec) -> tuple[bytes, bytes]:
            svg = drawing(chart, spec)
            return svg.encode(), png(svg, scale=2)

        found: tuple[bytes, bytes] = self._kept("files", tuple[bytes, bytes], made, chart, place)
        return found

    def _kept(self, sort: str, kind: Any, make: Callable[[Chart, Spec], Any], chart: Chart, place: Place) -> Any:
        """A picture is a matter of its chart, its spec and the generator alone: it is kept by their digest."""
        spec = self.specs[chart.spec]
        name = f"{sort} {fingerprint((chart, spec)).hex()}"
        known = self.store.get(name, kind)
        if known is None:
            found = glyph_problems(chart, place)
            self.problems.extend(found)
            known = make(chart, spec)
            if not found:
                self.store.put(name, known)
        return known


def make_board(root: Path, charts: Mapping[str, ChartRecord], store: Store) -> tuple[ChartBoard, list[Problem]]:
    """A board with the spec of every chart, which keeps its pictures in ``store``. Reports what is wrong with specs."""
    specs: dict[str, Spec] = {}
    problems: list[Problem] = []
    for record in charts.values():
        if record.spec in specs:
            continue
        spec, found = read_spec(root, record.spec, record.found_at or Place("content/charts.yaml"))
        problems += found
        if spec is not None:
            specs[record.spec] = spec
    return ChartBoard(specs, store), problems
