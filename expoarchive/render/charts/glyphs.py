"""Text as outlines, so that a downloaded picture looks the same in a program without our font."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from expoarchive.render.charts.font import advance, drawable, file_of, measure
from expoarchive.render.charts.svg import Element, shortest

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_PLACED = {"x", "y", "text-anchor", "font-size"}
_SHAPE = "glyph-{:x}"
_USED = re.compile(r'href="#glyph-([0-9a-f]+)"')


# Units of all fonts' outlines.
_EM = 1000


@cache
def _font(file: Path) -> tuple[Any, dict[int, str]]:
    font = TTFont(str(file), lazy=True)
    return font.getGlyphSet(), font.getBestCmap()


def outlined(element: Element, size: float = 10.0, anchor: str = "start") -> Element:
    """The element with its texts, which may have ``tspan`` lines, replaced by uses of ``shapes``."""
    size = float(element.attributes.get("font-size", size))
    anchor = element.attributes.get("text-anchor", anchor)
    if element.tag != "text":
        inner = tuple(outlined(child, size, anchor) for child in element.children)
        return Element(element.tag, element.attributes, inner, element.text)
    lines = [
        _line(drawable(part.text), float(part.attributes["x"]), float(part.attributes["y"]), size, anchor)
        for part in (element, *element.children)
        if part.text
    ]
    kept = {name: value for name, value in element.attributes.items() if name not in _PLACED}
    return Element("g", kept, tuple(line for line in lines if line.children))


def shapes(drawn: str) -> Element:
    """The outlines that a picture uses, each defined once, in the font's units."""
    used = (
        Element("path", {"id": _SHAPE.format(point), "d": _outline(point)})
        for point in sorted({int(point, 16) for point in _USED.findall(drawn)})
    )
    return Element("defs", children=tuple(used))


def _line(text: str, x: float, y: float, size: float, anchor: str) -> Element:
    """One line of text with its anchor at ``x`` on the baseline ``y``, in pixels. In fonts, y points up."""
    x -= measure(text, size) * _ANCHORS[anchor]
    uses = []
    along = 0.0
    for character in text:
        if _outline(ord(character)):
            place = {"x": shortest(along * _EM)} if along else {}
            uses.append(Element("use", {"href": f"#{_SHAPE.format(ord(character))}", **place}))
        along += advance(character)
    scale = f"{size / _EM:.6g}"
    return Element("g", {"transform": f"translate({shortest(x)},{shortest(y)}) scale({scale},-{scale})"}, tuple(uses))


@cache
def _outline(point: int) -> str:
    """The outline of a character, empty for one that no font has. A site's pictures share most of their words."""
    if (file := file_of(chr(point))) is None:
        return ""
    glyphs, names = _font(file)
    pen = SVGPathPen(glyphs)
    glyphs[names[point]].draw(pen)
    commands: str = pen.getCommands()
    return commands
