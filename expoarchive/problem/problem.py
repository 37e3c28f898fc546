"""One thing that is wrong, at one place."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from expoarchive.problem.place import Place

ERROR = "error"
WARNING = "warning"


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

    def plain(self) -> dict[str, object]:
        """The same as text and numbers; ``Problem.of`` reads it back."""
        return {
            "kind": self.kind,
            "place": asdict(self.place),
            "details": dict(self.details),
            "nearest": self.nearest,
            "severity": self.severity,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """What ``plain`` gave."""
        return cls(**{**plain, "place": Place(**plain["place"])})


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems that stop a build."""
    return [problem for problem in problems if problem.severity == ERROR]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Every problem once, by file, line and column. Problems in different places are never merged."""
    unique: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        unique.setdefault((problem.place, problem.kind, tuple(sorted(problem.details.items()))), problem)
    return sorted(unique.values(), key=lambda problem: (problem.place, problem.kind))
