"""What a chart is made from: finished words and exact values. No record, no claim, no language rule."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from expoarchive.records.vocabulary import Arrangement

State = Literal["reported", "derived", "weak", "missing"]
STATES: tuple[State, ...] = ("reported", "derived", "weak", "missing")

# What shows a state: areas, points or the cells of a grid.
Marks = Literal["area", "point", "cell"]
MARKS: dict[Arrangement, Marks] = {"columns": "area", "dots": "point", "steps": "point", "strip": "cell"}

# Widths in CSS pixels at which every chart is drawn: for a screen of 360, and for a column of text.
NARROW = 340
WIDE = 720
# Below this a chart is laid out for a narrow screen.
NARROW_BELOW = 480


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One edition on the chart.

    ``label`` names it on the axis, ``shown`` is its value in words. A ``missing`` one has no value and is
    drawn as a gap; so is one whose value is not a single number, with its own words in the gap. A line joins
    neighbours of the same ``segment`` only.
    """

    year: int
    label: str
    value: Decimal | None
    shown: str
    state: State
    segment: int = 0

    @property
    def known(self) -> bool:
        return self.state != "missing"

    @property
    def drawn(self) -> bool:
        """Whether it has a mark of its own and not a gap."""
        return self.known and self.value is not None


@dataclass(frozen=True, slots=True)
class Chart:
    """One series: one measure, stage and part; what cannot be compared never shares a chart.

    ``id`` is unique on the page and prefixes every id in the picture. Texts are in the language of ``language_tag``
    (BCP 47). ``state_labels`` word the states for the key, which is drawn where a state other than reported and missing
    occurs.
    """

    id: str
    arrangement: Arrangement
    title: str
    unit: str
    source_line: str
    page_address: str
    points: tuple[ChartPoint, ...]
    language_tag: str
    missing_label: str
    width: int = WIDE
    state_labels: tuple[tuple[State, str], ...] = ()

    @property
    def picture_id(self) -> str:
        """Unique for the chart and its width."""
        return f"{self.id}-{self.width}"

    @property
    def marks(self) -> Marks:
        """What shows a state."""
        return MARKS[self.arrangement]

    @property
    def narrow(self) -> bool:
        return self.width < NARROW_BELOW

    @property
    def greatest(self) -> float:
        """The largest value drawn; 1 where nothing is known."""
        return max((float(point.value) for point in self.points if point.drawn and point.value), default=1.0)
