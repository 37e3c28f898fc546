"""Text as outlines, for pictures that leave the site: they look the same in a program that lacks our font."""

import re
from functools import cache
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from expoarchive.render.charts.font import FILE, measure
from expoarchive.render.charts.svg import Element, shortest

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_PLACED = {"x", "y", "dx", "dy", "text-anchor", "font-size"}


@cache
def _font() -> tuple[Any, dict[int, str], int]:
    font = TTFont(str(FILE), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


def outlined(element: Element, size: float = 10.0, anchor: str = "start") -> Element:
    """The element with each text in it as paths. Its texts hold their words themselves or in ``tspan``."""
    size = float(element.attributes.get("font-size", size))
    anchor = element.attributes.get("text-anchor", anchor)
    if element.tag != "text":
        inner = tuple(outlined(child, size, anchor) for child in element.children)
        return Element(element.tag, element.attributes, inner, element.text)
    x, y = _at(element, 0.0, 0.0)
    paths = [_path(element.text, x, y, size, anchor)]
    for line in element.children:
        x, y = _at(line, x, y)
        paths.append(_path(line.text, x, y, size, line.attributes.get("text-anchor", anchor)))
    kept = {name: value for name, value in element.attributes.items() if name not in _PLACED}
    return Element("path", {**kept, "d": "".join(paths)})


def _at(element: Element, x: float, y: float) -> tuple[float, float]:
    given = element.attributes
    x = float(given["x"]) if "x" in given else x
    y = float(given["y"]) if "y" in given else y
    return x + _length(given.get("dx", "0")), y + _length(given.get("dy", "0"))


def _length(text: str) -> float:
    return float(re.sub(r"px$", "", text))


def _path(text: str, x: float, y: float, size: float, anchor: str) -> str:
    """The outlines of one line whose anchor stands at ``x`` on the baseline ``y``, in pixels."""
    glyphs, names, em = _font()
    scale = size / em
    x -= measure(text, size) * _ANCHORS[anchor]
    pen = SVGPathPen(glyphs, ntos=shortest)
    for character in text:
        name = names.get(ord(character))
        if name is not None:
            glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
        x += measure(character, size)
    commands: str = pen.getCommands()
    return commands
