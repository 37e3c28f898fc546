"""One fault in the site's sources, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, Self

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a source file, taken when the bytes are read and never reconstructed later.

    ``file`` is relative to the site's root, with ``/``. ``line`` and ``column`` are 1-based and count
    characters, not bytes. ``excerpt`` is the whole line as it was read, to be shown with a caret. In a spreadsheet,
    ``line`` and ``column`` are those of a cell, which ``cell`` names (``C7``), and ``excerpt`` is its text.
    """

    file: str
    line: int = 1
    column: int = 1
    excerpt: str = field(default="", compare=False, repr=False)
    cell: str = field(default="", compare=False, repr=False)

    def at(self, column: int) -> Self:
        """Another column of the same line."""
        return replace(self, column=column)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the site's sources.

    ``kind`` names an entry of ``problem/kinds/*.yaml``, which words it in each editor language;
    ``details`` fill the braces of that wording. ``nearest`` is the closest name that exists, or None.
    """

    kind: str
    place: Place
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    nearest: str | None = None
    severity: str = ERROR

    def as_dict(self) -> dict[str, Any]:
        """The problem as text and numbers; ``Problem.of`` reads it back."""
        return {
            "kind": self.kind,
            "place": {name: getattr(self.place, name) for name in Place.__slots__},
            "details": {name: str(text) for name, text in self.details.items()},
            "nearest": self.nearest,
            "severity": self.severity,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The problem that ``as_dict`` wrote."""
        return cls(**{**fields, "place": Place(**fields["place"])})


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity == ERROR]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Every problem once, by file, line and column. Problems in different places are never merged."""
    unique: dict[tuple[tuple[object, ...], tuple[object, ...]], Problem] = {}
    for problem in problems:
        place = problem.place
        # Not the place itself: there may be thousands of problems, and to compare two places takes ten times as long.
        where = (place.file, place.line, place.column, problem.kind)
        unique.setdefault((where, tuple(sorted(problem.details.items()))), problem)
    return [unique[key] for key in sorted(unique, key=itemgetter(0))]


def nearest(name: str, existing: Iterable[str]) -> str | None:
    """The existing name most like ``name``, for "did you mean"; None where nothing is close."""
    by_fold = {candidate.casefold(): candidate for candidate in existing}
    matches = get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[matches[0]] if matches else None


def shortened(text: str, limit: int) -> str:
    """The text in at most ``limit`` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
