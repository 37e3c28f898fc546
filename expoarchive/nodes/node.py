"""The tree a YAML text becomes: every scalar stays text, every node keeps its place.

YAML's own guesses (``no`` is false, ``012`` is ten, ``1:30`` is ninety) never happen: the model that a
record is read into says what type a value has.
"""

from dataclasses import dataclass, field

from expoarchive.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. ``text`` is None where YAML has a plain ``null``, ``~`` or nothing at all."""

    text: str | None
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries in the order they stand in the file; keys are unique.

    ``dropped`` are keys that stand there too but hold nothing usable, each with the problem reported for it,
    so that no later stage calls them missing.
    """

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place
    dropped: tuple[tuple[str, Problem], ...] = ()
    _named: dict[str | None, tuple[Scalar, "Node"]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {entry[0].text: entry for entry in self.entries})

    def get(self, name: str) -> "Node | None":
        entry = self._named.get(name)
        return entry[1] if entry else None

    def key(self, name: str) -> Scalar | None:
        entry = self._named.get(name)
        return entry[0] if entry else None


Node = Scalar | Sequence | Mapping
