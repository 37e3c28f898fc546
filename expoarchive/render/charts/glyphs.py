"""Text as outlines, for pictures that leave the site: they look the same in a program that lacks our font."""

import re
from functools import cache
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from expoarchive.render.charts.font import FILE, advance, measure
from expoarchive.render.charts.svg import Element, shortest

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_PLACED = {"x", "y", "dx", "dy", "text-anchor", "font-size"}
_SHAPE = "glyph-{:x}"
_USED = re.compile(r'href="#glyph-([0-9a-f]+)"')


@cache
def _font() -> tuple[Any, dict[int, str], int]:
    font = TTFont(str(FILE), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


def outlined(element: Element, size: float = 10.0, anchor: str = "start") -> Element:
    """The element with each text in it as uses of ``shapes``. Its texts hold their words themselves or in ``tspan``."""
    size = float(element.attributes.get("font-size", size))
    anchor = element.attributes.get("text-anchor", anchor)
    if element.tag != "text":
        inner = tuple(outlined(child, size, anchor) for child in element.children)
        return Element(element.tag, element.attributes, inner, element.text)
    x, y = _at(element, 0.0, 0.0)
    lines = [_line(element.text, x, y, size, anchor)]
    for line in element.children:
        x, y = _at(line, x, y)
        lines.append(_line(line.text, x, y, size, line.attributes.get("text-anchor", anchor)))
    kept = {name: value for name, value in element.attributes.items() if name not in _PLACED}
    return Element("g", kept, tuple(line for line in lines if line.children))


def shapes(drawn: str) -> Element:
    """The definitions of the outlines that a picture uses, each once, in the font's own units."""
    used = (
        Element("path", {"id": _SHAPE.format(point), "d": _outline(point)})
        for point in sorted({int(point, 16) for point in _USED.findall(drawn)})
    )
    return Element("defs", children=tuple(used))


def _at(element: Element, x: float, y: float) -> tuple[float, float]:
    given = element.attributes
    x = float(given["x"]) if "x" in given else x
    y = float(given["y"]) if "y" in given else y
    return x + _length(given.get("dx", "0")), y + _length(given.get("dy", "0"))


def _length(text: str) -> float:
    return float(re.sub(r"px$", "", text))


def _line(text: str, x: float, y: float, size: float, anchor: str) -> Element:
    """One line whose anchor stands at ``x`` on the baseline ``y``, in pixels. In a font, y points up."""
    em = _font()[2]
    x -= measure(text, size) * _ANCHORS[anchor]
    uses = []
    along = 0.0
    for character in text:
        if _outline(ord(character)):
            place = {"x": shortest(along * em)} if along else {}
            uses.append(Element("use", {"href": f"#{_SHAPE.format(ord(character))}", **place}))
        along += advance(character)
    scale = f"{size / em:.6g}"
    return Element("g", {"transform": f"translate({shortest(x)},{shortest(y)}) scale({scale},-{scale})"}, tuple(uses))


@cache
def _outline(point: int) -> str:
    """The shape of a character, kept: a site's pictures say much the same words. Empty for one that the font lacks."""
    glyphs, names, _ = _font()
    pen = SVGPathPen(glyphs)
    if point in names:
        glyphs[names[point]].draw(pen)
    commands: str = pen.getCommands()
    return commands
