"""SVG as a tree: cleaning what Vega draws so that it may stand inside a page, and writing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree import ElementTree

# Attributes that carry the picture. Classes, roles, labels and styles of Vega's own are left out: the picture
# has one name and one description, and a page's security policy allows no style attributes.
_PAINT = {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"}
_PLACE = {"d", "transform", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"}
_KEPT = _PAINT | _PLACE | {"stroke-opacity", "opacity", "text-anchor", "font-size", "font-weight", "clip-path", "id"}
_DRAWN = frozenset({"g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath", "pattern"})
_DEFAULTS = {("opacity", "1"), ("transform", "translate(0,0)"), ("x2", "0"), ("y2", "0"), ("font-weight", "normal")}
_NUMBER = re.compile(r"-?[0-9]*\.[0-9]{3,}(?:e-?[0-9]+)?")
_OWN_REFERENCE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Element:
    """One element; its attributes are written in the order given."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple["Element", ...] = ()
    text: str = ""


def cleaned(svg: str, prefix: str) -> tuple[Element, float, float]:
    """What Vega drew, without what the page must not have, and its width and height.

    Ids, and the references to them, begin with ``prefix``. Coordinates are rounded to a hundredth of a pixel.
    """
    root = ElementTree.fromstring(svg)
    children = tuple(_clean_children(root, prefix))
    return Element("g", {}, children), float(root.get("width", "0")), float(root.get("height", "0"))


def _clean_children(parent: ElementTree.Element, prefix: str) -> Iterator[Element]:
    for child in parent:
        tag = child.tag.rpartition("}")[2]
        invisible = child.get("display") == "none" or child.get("class") in ("background", "foreground")
        if tag not in _DRAWN or (invisible and not (child.get("fill") or child.get("stroke"))):
            continue
        attributes = {name: _value(value, name, prefix) for name, value in child.attrib.items() if name in _KEPT}
        attributes = {name: value for name, value in attributes.items() if (name, value) not in _DEFAULTS}
        inner = tuple(_clean_children(child, prefix))
        if tag == "g" and not inner:
            continue
        if tag == "g" and attributes.keys() <= {"fill"} and attributes.get("fill") in (None, "none"):
            # Vega's groups say fill="none" for paths; the frame's own group says it once.
            yield from inner
        elif tag != "text" or (child.text or "").strip() or inner:
            yield Element(tag, attributes, inner, child.text or "")


def _value(value: str, name: str, prefix: str) -> str:
    if name == "id":
        return f"{prefix}-{value}"
    if name == "font-size":
        return value.removesuffix("px")
    value = _OWN_REFERENCE.sub(rf"url(#{prefix}-\1)", value)
    return _NUMBER.sub(lambda match: shortest(float(match[0])), value)


def shortest(number: float) -> str:
    """A coordinate to a hundredth of a pixel, without needless zeros."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def written(element: Element) -> str:
    """The element as text, which is well-formed both as XML and inside HTML."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    inner = escape(element.text, quote=False) + "".join(written(child) for child in element.children)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>" if inner else f"<{element.tag}{attributes}/>"
