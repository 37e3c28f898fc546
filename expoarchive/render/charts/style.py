"""How charts look: their colours, and a shape or pattern for each state besides its colour.

Colours are custom properties, so that pages can be dark, with light ones as fallbacks for downloaded pictures.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from expoarchive.render.charts.model import RankState, State
from expoarchive.render.charts.svg import Element, shortest

INK = "var(--chart-ink, #1c2a33)"
MUTED = "var(--chart-muted, #55636d)"
MARK = "var(--chart-mark, #0b6580)"
CELL = "var(--chart-cell, #cfe5ec)"
GRID = "var(--chart-grid, #c3ccd2)"
BACKGROUND = "var(--chart-background, #ffffff)"

_PROPERTY = re.compile(r"var\(--([a-z-]+), (#[0-9a-f]{6})\)")
_HATCH = "hatch"


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is drawn. ``dash`` is empty for an unbroken line."""

    fill: str
    stroke: str
    dash: tuple[int, ...]
    shape: Literal["circle", "square", "diamond", "triangle"]


AREA: dict[State, Look] = {
    "reported": Look(MARK, MARK, (), "square"),
    "derived": Look(f"url(#{_HATCH})", MARK, (), "square"),
    "weak": Look(BACKGROUND, MARK, (2, 2), "square"),
    "missing": Look("none", MUTED, (5, 4), "square"),
}
POINT: dict[State, Look] = {
    "reported": Look(MARK, MARK, (), "circle"),
    "derived": Look(BACKGROUND, MARK, (), "diamond"),
    "weak": Look(BACKGROUND, MARK, (), "triangle"),
    "missing": Look("none", MUTED, (2, 2), "square"),
}
RANK: dict[RankState, Look] = {
    "reported": AREA["reported"],
    "second": Look(CELL, MARK, (), "square"),
    "weak": AREA["weak"],
}


def area(look: Look, x: float, y: float, width: float, height: float, prefix: str, line: float = 1.5) -> Element:
    """The look as an area. Ids begin with ``prefix``."""
    place = {"x": x, "y": y, "width": width, "height": height}
    return Element("rect", {**{name: shortest(value) for name, value in place.items()}, **_paint(look, prefix, line)})


def symbol(look: Look, x: float, y: float, size: float, prefix: str, line: float = 1.5) -> Element:
    """The look as a symbol centred on ``x``, ``y``. Ids begin with ``prefix``."""
    half = size / 2
    paint = _paint(look, prefix, line)
    if look.shape == "circle":
        return Element("circle", {"cx": shortest(x), "cy": shortest(y), "r": shortest(half - 1), **paint})
    corners = {
        "square": [(-half, -half), (half, -half), (half, half), (-half, half)],
        "diamond": [(0, -half - 1), (half + 1, 0), (0, half + 1), (-half - 1, 0)],
        "triangle": [(0, -half), (half, half - 1), (-half, half - 1)],
    }[look.shape]
    points = "L".join(f"{shortest(x + dx)},{shortest(y + dy)}" for dx, dy in corners)
    return Element("path", {"d": f"M{points}Z", **paint})


def _paint(look: Look, prefix: str, line: float) -> dict[str, str]:
    paint = {
        "fill": look.fill.replace("url(#", f"url(#{prefix}-"),
        "stroke": look.stroke,
        "stroke-width": shortest(line),
    }
    dashes = ",".join(str(length) for length in look.dash)
    return {**paint, "stroke-dasharray": dashes} if dashes else paint


def patterns(drawn: str, prefix: str) -> tuple[Element, ...]:
    """The definition of the hatching, where ``drawn`` refers to it."""
    if f"url(#{prefix}-{_HATCH})" not in drawn:
        return ()
    frame = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    ground = Element("rect", {"width": "5", "height": "5", "fill": BACKGROUND})
    stripe = Element("rect", {"width": "2.2", "height": "5", "fill": MARK})
    given = {"id": f"{prefix}-{_HATCH}", "width": "5", "height": "5", **frame}
    return (Element("defs", children=(Element("pattern", given, (ground, stripe)),)),)


def fixed(svg: str, colours: Mapping[str, str]) -> str:
    """The picture with a colour in place of each custom property: that of its name, or else its own."""
    return _PROPERTY.sub(lambda found: colours.get(found[1], found[2]), svg)
