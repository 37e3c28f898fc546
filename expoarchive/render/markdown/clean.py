"""Sanitizes everything that an editor wrote, by an allow-list of HTML."""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element, TreeBuilder

import nh3

from expoarchive.nodes.host import address_parts
from expoarchive.records.prose.html import ATTRIBUTES, EVERY, TAGS

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Put before an address that is not allowed or cannot be read. No reader can follow it, and the check reports it.
UNSAFE = "unsafe:"
# What browsers remove from an address, or from its ends, before they look for its scheme.
_LEFT_OUT = str.maketrans("", "", "\t\n\r")
_ENDS = "".join(map(chr, range(0x21)))
_TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(\s(?:href|src|cite)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
# Elements that are dropped with their content.
_WITHOUT_CONTENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"})


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Drops a bad ``cite``, since nh3 checks the schemes of ``href`` and ``src`` only."""
    return value if name != "cite" or value.startswith(UNSAFE) or _is_allowed(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    clean_content_tags=set(_WITHOUT_CONTENT),
    url_schemes={*_SCHEMES, UNSAFE.removesuffix(":")},
    link_rel=None,
    attribute_filter=_attribute,
)


# The sanitizer puts every value in double quotes, and a “<” always begins a tag.
_PIECE = re.compile(r'([^<]++)|<(/?)([a-z][a-z0-9]*+)((?:\s[^\s="]++="[^"]*+")*+)>')
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')
VOID = frozenset({"br", "col", "hr", "img", "wbr"})

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"a", "br", "code", "em", "img", "strong"})
_FLOW = _INLINE | HEADINGS | {"blockquote", "dl", "hr", "ol", "p", "pre", "table", "ul"}
# What Python-Markdown puts into each of its own elements, which no reader of HTML rearranges.
_WITHIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("blockquote", "dd", "div", "li"), _FLOW),
    **dict.fromkeys((*HEADINGS, "a", "dt", "em", "p", "strong", "td", "th"), _INLINE),
    **dict.fromkeys(("br", "code", "hr", "img"), frozenset()),
    "pre": frozenset({"code"}),
    "dl": frozenset({"dd", "dt"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "table": frozenset({"tbody", "thead"}),
    "tbody": frozenset({"tr"}),
    "thead": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
# Those of them that hold no text.
_TEXTLESS = frozenset({"br", "dl", "hr", "img", "ol", "pre", "table", "tbody", "thead", "tr", "ul"})
_SIMPLE_ADDRESS = re.compile(r"(?:https?://)?[A-Za-z0-9#%+,./=?_~-]*")


def clean(html: str) -> Element:
    """The tree of some HTML, with allowed tags, attributes and schemes only; its texts stay escaped.

    A disallowed or unreadable address is kept behind ``UNSAFE``.
    """
    html = _CLEANER.clean(_TAG.sub(lambda tag: _ADDRESS.sub(_guarded, tag[0]), html))
    tree = TreeBuilder()
    tree.start("div", {})
    at = 0
    while at < len(html):
        piece = _PIECE.match(html, at)
        assert piece is not None, f"not as the sanitizer writes: {html[at : at + 40]!r}"
        data, closing, tag, attributes = piece.groups()
        if data:
            tree.data(data)
        elif not closing:
            tree.start(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)})
        if tag and (closing or tag in VOID):
            tree.end(tag)
        at = piece.end()
    tree.end("div")
    return tree.close()


def is_harmless(tree: Element) -> bool:
    """Whether the sanitizer would leave a tree as it is, by a narrower list than its own.

    It has none but Python-Markdown's own elements, within those where these belong, and simple addresses.
    """
    for element in tree.iter():
        tag = element.tag
        within = _WITHIN.get(tag)
        if within is None or (len(element) and not within.issuperset([child.tag for child in element])):
            return False
        if tag in _TEXTLESS and any(text and not text.isspace() for text in _own_texts(element)):
            return False
        attributes = element.items()
        if attributes and not all(_is_harmless(tag, *attribute) for attribute in attributes):
            return False
        if tag == "a" and element.find(".//a") is not None:
            return False
    return True


def _own_texts(element: Element) -> list[str | None]:
    return [element.text, *(child.tail for child in element)]


def _is_harmless(tag: str, name: str, value: str | None) -> bool:
    if value is None or "&" in value or (name not in ATTRIBUTES[EVERY] and name not in ATTRIBUTES.get(tag, ())):
        return False
    return name not in ("href", "src", "cite") or (_SIMPLE_ADDRESS.fullmatch(value) is not None and _is_allowed(value))


def _guarded(attribute: re.Match[str]) -> str:
    address = unescape(attribute[2].strip("\"'"))
    return attribute[0] if _is_allowed(address) else f'{attribute[1]}"{UNSAFE}{escape(address)}"'


def _is_allowed(address: str) -> bool:
    parts = address_parts(address.translate(_LEFT_OUT).strip(_ENDS))
    return parts is not None and parts.scheme in ("", *_SCHEMES)
