"""What a chart is drawn from: finished texts and exact values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from expoarchive.records.vocabulary import Arrangement

State = Literal["reported", "derived", "weak", "missing"]

# The kind of mark that shows a point.
Marks = Literal["area", "point", "cell"]
MARKS: dict[Arrangement, Marks] = {"columns": "area", "dots": "point", "steps": "point", "strip": "cell"}

# The widths of charts in CSS pixels: for a screen of 360, and for a column of text.
NARROW = 340
WIDE = 720
# Below this a chart is laid out for a narrow screen.
NARROW_BELOW = 480


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One edition on the chart.

    ``label`` names it on the axis; ``shown`` is its value in words. A ``missing`` one is drawn as a gap; so is one
    whose value is not a single number, with its words in the gap. Lines join neighbours of the same ``segment`` only.
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
        """Whether it has a mark rather than a gap."""
        return self.known and self.value is not None


@dataclass(frozen=True, slots=True)
class Chart:
    """One series: a single measure, stage and part, so that all its values are comparable.

    ``id`` is unique on the page, and the prefix of every id in the picture. ``state_labels`` are words for the key.
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
        """The kind of mark that shows its points."""
        return MARKS[self.arrangement]

    @property
    def narrow(self) -> bool:
        return self.width < NARROW_BELOW

    @property
    def greatest(self) -> float:
        """The largest value drawn; 1 where nothing is known."""
        return max((float(point.value) for point in self.points if point.drawn and point.value), default=1.0)
