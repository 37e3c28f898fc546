"""Each chart drawn once, however many pages show it."""

from dataclasses import dataclass, field
from pathlib import Path

from expoarchive.problem import Place, Problem
from expoarchive.records.vocabulary import ChartRecord
from expoarchive.render.charts.draw import draw, glyph_problems
from expoarchive.render.charts.model import Chart, Spec
from expoarchive.render.charts.specs import read_spec


@dataclass(frozen=True)
class ChartBoard:
    """The specs of a site's charts by name, and the pictures already drawn."""

    specs: dict[str, Spec]
    drawn: dict[Chart, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def draw(self, chart: Chart, place: Place) -> str:
        """The chart as SVG. Characters that the font lacks are noted in ``problems``, at the chart's record."""
        if chart not in self.drawn:
            self.problems.extend(glyph_problems(chart, place))
            self.drawn[chart] = draw(chart, self.specs[chart.spec])
        return self.drawn[chart]


def make_board(root: Path, charts: dict[str, ChartRecord]) -> tuple[ChartBoard, list[Problem]]:
    """A board with the spec of every chart. Reports what is wrong with the specs."""
    specs: dict[str, Spec] = {}
    problems: list[Problem] = []
    for record in charts.values():
        if record.spec in specs:
            continue
        spec, found = read_spec(root, record.spec, record.found_at or Place("content/charts.yaml"))
        problems += found
        if spec is not None:
            specs[record.spec] = spec
    return ChartBoard(specs), problems
