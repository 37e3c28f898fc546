"""Sanitizes everything that an editor wrote, by an allow-list of HTML."""

import re
from html import escape, unescape

import nh3

from expoarchive.nodes.host import address_parts

_TAGS = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table
tbody td tfoot th thead time tr u ul var wbr
"""
_ATTRIBUTES = {
    "*": frozenset({"class", "id", "title", "lang", "dir"}),
    "a": frozenset({"href", "hreflang"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    # ``align`` is what Markdown tables have; it becomes a class.
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
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
    tags=set(_TAGS.split()),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    clean_content_tags=set(_WITHOUT_CONTENT),
    url_schemes={*_SCHEMES, UNSAFE.removesuffix(":")},
    link_rel=None,
    attribute_filter=_attribute,
)


def clean(html: str) -> str:
    """Well-formed HTML with allowed tags, attributes and schemes only.

    A disallowed or unreadable address is kept behind ``UNSAFE``.
    """
    return _CLEANER.clean(_TAG.sub(lambda tag: _ADDRESS.sub(_guarded, tag[0]), html))


def _guarded(attribute: re.Match[str]) -> str:
    address = unescape(attribute[2].strip("\"'"))
    return attribute[0] if _is_allowed(address) else f'{attribute[1]}"{UNSAFE}{escape(address)}"'


def _is_allowed(address: str) -> bool:
    parts = address_parts(address.translate(_LEFT_OUT).strip(_ENDS))
    return parts is not None and parts.scheme in ("", *_SCHEMES)
