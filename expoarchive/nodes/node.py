"""The tree that a YAML text becomes: every scalar stays text, every node keeps its place.

YAML's own guesses (``no`` is false, ``012`` is ten, ``1:30`` is ninety) never happen: the model that a
record is read into decides the type of each value.
"""

from dataclasses import dataclass, field

from expoarchive.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. ``text`` is None for an unquoted ``null`` or ``~``, and for nothing at all."""

    text: str | None
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class SequenceNode:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Entries in the order of the file; keys are unique.

    ``dropped`` holds further keys of the file whose values are unusable, each with the problem already reported,
    so that no later stage calls them missing.
    """

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place
    dropped: tuple[tuple[str, Problem], ...] = ()
    _by_name: dict[str | None, tuple[Scalar, "Node"]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {entry[0].text: entry for entry in self.entries})

    def get(self, name: str) -> "Node | None":
        entry = self._by_name.get(name)
        return entry[1] if entry else None

    def key(self, name: str) -> Scalar | None:
        entry = self._by_name.get(name)
        return entry[0] if entry else None


Node = Scalar | SequenceNode | MappingNode
