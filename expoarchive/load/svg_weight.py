"""How much work an SVG is to draw: a few elements that refer to one another can keep a browser busy for ever."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST = 200_000
DEEPEST = 100
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TARGET = re.compile(r"url\(\s*[\"']?#([^\s\"'()]+)", re.IGNORECASE)
# Comments and strings, in which braces mean nothing.
_QUOTED = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"?|'[^'\n]*'?", re.DOTALL)
# Signs of selectors that use more than names; these are taken to match any element.
_BEYOND_NAMES = re.compile(r"[^\w\s.#,>+~-]")
_NAME = re.compile(r"[\w-]+")
_ANY = "*"


class _TooMuch(Exception):
    """Drawing would take unreasonably long, or never end."""


@dataclass(slots=True)
class _Element:
    position: tuple[int, int]
    tag: str
    # The names by which style sheets can select it.
    names: frozenset[str]
    children: list["_Element"] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    # How many elements are drawn for it, and how deeply they are nested; None until counted.
    cost: tuple[int, int] | None = None


class Weight:
    """Collects the elements as the parser meets them, and counts what is drawn."""

    def __init__(self) -> None:
        self.roots: list[_Element] = []
        self.open: list[_Element] = []
        self.by_id: dict[str, _Element] = {}
        self.sheets: dict[str, list[str]] = {}

    def start(self, position: tuple[int, int], tag: str, name: str | None, classes: str) -> None:
        element = _Element(position, tag, frozenset({_ANY, tag, *classes.split(), *filter(None, [name])}))
        (self.open[-1].children if self.open else self.roots).append(element)
        self.open.append(element)
        if name:
            self.by_id.setdefault(name, element)

    def end(self) -> None:
        self.open.pop()

    def refers(self, targets: Iterable[str]) -> None:
        """Note that the open element refers to these ids."""
        self.open[-1].targets += targets

    def sheet(self, text: str) -> None:
        """Note a style sheet: the elements it selects refer to whatever its rules refer to."""
        text = _QUOTED.sub(lambda match: re.sub(r"[{}]|\A/\*.*", "", match[0], flags=re.DOTALL), text)
        for selector, rule in _RULE.findall(text):
            names = [] if _BEYOND_NAMES.search(selector) else _NAME.findall(selector)
            self._selected(names or [_ANY], rule)
            # Nested rules.
            self._selected([_ANY], selector)
        self._selected([_ANY], _RULE.sub("", text))

    def _selected(self, names: Iterable[str], rule: str) -> None:
        targets = _TARGET.findall(rule)
        for name in names if targets else ():
            self.sheets.setdefault(name, []).extend(targets)

    def fault(self) -> tuple[int, int] | None:
        """The line and column of an element that draws more than ``MOST``, or nests deeper than ``DEEPEST``."""
        try:
            for element in self.roots:
                self._cost(element, 1)
        except _TooMuch as too_much:
            position: tuple[int, int] = too_much.args[0]
            return position
        return None

    def _cost(self, element: _Element, depth: int) -> tuple[int, int]:
        if element.cost is not None:
            return element.cost
        count = times = 1
        if depth > DEEPEST:
            raise _TooMuch(element.position)
        from_sheets = [target for name in element.names for target in self.sheets.get(name, ())]
        targets = [self.by_id[target] for target in [*element.targets, *from_sheets] if target in self.by_id]
        below = 0
        for other in [*element.children, *targets]:
            drawn, nested = self._cost(other, depth + 1)
            below = max(below, nested)
            # A pattern paints everything inside the element that uses it; a gradient is just a colour.
            if other.tag == "pattern":
                times += drawn
            elif not other.tag.endswith("Gradient"):
                count += drawn
            if count * times > MOST or depth + below > DEEPEST:
                raise _TooMuch(element.position)
        element.cost = count * times, below + 1
        return element.cost
