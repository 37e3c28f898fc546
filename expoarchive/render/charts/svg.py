"""SVG as a tree of elements."""

from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class Element:
    """One element. Its attributes are written in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple["Element", ...] = ()
    text: str = ""


def shortest(number: float) -> str:
    """A coordinate to a hundredth of a pixel, without trailing zeros."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def serialized(element: Element) -> str:
    """The element as text, well-formed both in XML and in HTML."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    inner = escape(element.text, quote=False) + "".join(serialized(child) for child in element.children)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>" if inner else f"<{element.tag}{attributes}/>"
