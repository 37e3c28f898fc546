"""What a chart is drawn from: finished texts and exact values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["reported", "derived", "weak", "missing"]
# Besides these, what comes second among the ranks of a year: who was there and did not open it.
RankState = Literal["reported", "second", "weak"]

# The widths of charts in CSS pixels: one among others on a page, for a screen of 360, and for a column of text.
SMALL = 320
NARROW = 340
WIDE = 720


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One edition on the chart.

    ``shown`` is its value in words, ``brief`` the same as short as it goes, for a small chart. A ``missing`` one is
    drawn as a tick; one whose value is not a single number as a gap with its words. Lines join neighbours of the same
    ``segment`` only.
    """

    year: int
    value: Decimal | None
    shown: str
    state: State
    segment: int = 0
    brief: str = ""

    @property
    def known(self) -> bool:
        return self.state != "missing"

    @property
    def height(self) -> float | None:
        """The value as a length; None where it is not one number."""
        return float(self.value) if self.known and self.value is not None else None


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable values by year: as columns, or ``joined``, where they are a running total."""

    points: tuple[ChartPoint, ...]
    joined: bool = False

    @property
    def greatest(self) -> float:
        """The largest value; 1 where nothing is known."""
        return max((point.height for point in self.points if point.height), default=1.0)

    @property
    def known(self) -> tuple[ChartPoint, ...]:
        """The points that have something to show."""
        return tuple(point for point in self.points if point.known)


@dataclass(frozen=True, slots=True)
class RankMark:
    """What is on record of a rank in a year: ``count`` claims, the firmest of which has the ``state``."""

    year: int
    row: int
    count: int
    state: RankState


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks by year, a row each, the first on top. ``silent`` are editions of which no rank is known.

    ``labels`` say what it means that a mark is reported or second.
    """

    rows: tuple[str, ...]
    marks: tuple[RankMark, ...]
    silent: tuple[int, ...]
    labels: tuple[tuple[RankState, str], ...]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """What is left of the step before, or for the first the whole. ``share`` is that of the whole, in words."""

    year: int
    label: str
    value: Decimal
    shown: str
    share: str
    state: State


@dataclass(frozen=True, slots=True)
class Flow:
    """Chains of parts: each step of a chain is contained in the one before."""

    chains: tuple[tuple[FlowStep, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture's frame and what is drawn in it.

    ``id`` is unique on the page, and the prefix of every id in the picture. ``span`` are the first and the last year
    of the axis that all charts of an archive share, ``step`` the years from one edition to the next. ``state_labels``
    are words for the key.
    """

    id: str
    drawn: Series | Ranks | Flow
    span: tuple[int, int]
    step: int
    title: str
    unit: str
    source_line: str
    page_address: str
    language_tag: str
    missing_label: str
    width: int = WIDE
    state_labels: tuple[tuple[State, str], ...] = ()

    @property
    def picture_id(self) -> str:
        """Unique for the chart and its width."""
        return f"{self.id}-{self.width}"

    @property
    def small(self) -> bool:
        """Whether it is one of many: without the title, unit, key and source, which stand beside it."""
        return self.width == SMALL

    @property
    def narrow(self) -> bool:
        return self.width < WIDE
