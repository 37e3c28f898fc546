"""How much a browser draws of an SVG: few elements that refer to one another can be more than it ever finishes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST = 200_000
DEEPEST = 100
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TARGET = re.compile(r"url\(\s*[\"']?#([^\s\"'()]+)", re.IGNORECASE)
# Comments and strings, in which a brace is none.
_QUOTED = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"?|'[^'\n]*'?", re.DOTALL)
# Selectors that choose by more than names are taken to choose anything.
_CHOICE = re.compile(r"[^\w\s.#,>+~-]")
_NAME = re.compile(r"[\w-]+")
_ANY = "*"


class _TooMuch(Exception):
    """More than is drawn in reasonable time, or without an end."""


@dataclass(slots=True)
class _Element:
    position: tuple[int, int]
    tag: str
    # What style sheets can choose it by.
    names: frozenset[str]
    inside: list["_Element"] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    # How many are drawn for it, and how deep they stand in one another; None until counted.
    drawn: tuple[int, int] | None = None


class Weight:
    """Counts as the elements come."""

    def __init__(self) -> None:
        self.roots: list[_Element] = []
        self.open: list[_Element] = []
        self.by_id: dict[str, _Element] = {}
        self.sheets: dict[str, list[str]] = {}

    def start(self, position: tuple[int, int], tag: str, name: str | None, classes: str) -> None:
        element = _Element(position, tag, frozenset({_ANY, tag, *classes.split(), *filter(None, [name])}))
        (self.open[-1].inside if self.open else self.roots).append(element)
        self.open.append(element)
        if name:
            self.by_id.setdefault(name, element)

    def end(self) -> None:
        self.open.pop()

    def refers(self, targets: Iterable[str]) -> None:
        """The element that is open refers to these ids."""
        self.open[-1].targets += targets

    def sheet(self, text: str) -> None:
        """A style sheet: what it chooses refers to what its rules do."""
        text = _QUOTED.sub(lambda match: re.sub(r"[{}]|\A/\*.*", "", match[0], flags=re.DOTALL), text)
        for selector, rule in _RULE.findall(text):
            names = [] if _CHOICE.search(selector) else _NAME.findall(selector)
            self._chosen(names or [_ANY], rule)
            # Rules within rules.
            self._chosen([_ANY], selector)
        self._chosen([_ANY], _RULE.sub("", text))

    def _chosen(self, names: Iterable[str], rule: str) -> None:
        targets = _TARGET.findall(rule)
        for name in names if targets else ():
            self.sheets.setdefault(name, []).extend(targets)

    def fault(self) -> tuple[int, int] | None:
        """Line and column of where more than ``MOST`` elements are drawn, or deeper in one another than ``DEEPEST``."""
        try:
            for element in self.roots:
                self._drawn(element, 1)
        except _TooMuch as too_much:
            position: tuple[int, int] = too_much.args[0]
            return position
        return None

    def _drawn(self, element: _Element, depth: int) -> tuple[int, int]:
        if element.drawn is not None:
            return element.drawn
        count = times = 1
        if depth > DEEPEST:
            raise _TooMuch(element.position)
        chosen = [target for name in element.names for target in self.sheets.get(name, ())]
        referred = [self.by_id[target] for target in [*element.targets, *chosen] if target in self.by_id]
        below = 0
        for other in [*element.inside, *referred]:
            drawn, deep = self._drawn(other, depth + 1)
            below = max(below, deep)
            # A pattern paints all that stands in what it is given to; a gradient is no more than a colour.
            if other.tag == "pattern":
                times += drawn
            elif not other.tag.endswith("Gradient"):
                count += drawn
            if count * times > MOST or depth + below > DEEPEST:
                raise _TooMuch(element.position)
        element.drawn = count * times, below + 1
        return element.drawn
