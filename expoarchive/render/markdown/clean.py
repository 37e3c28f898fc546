"""The HTML that prose may hold: an allow-list. Everything an editor wrote goes through it."""

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
# Before an address that leads nowhere or may not be: so it reaches no reader, but the check that tells of it.
UNSAFE = "unsafe:"
# What browsers leave out of an address, or of its ends, before they look for its scheme.
_LEFT_OUT = str.maketrans("", "", "\t\n\r")
_ENDS = "".join(map(chr, range(0x21)))
_TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(\s(?:href|src|cite)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
# What is in these is no prose either.
_WITHOUT_CONTENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"})


def _attribute(tag: str, name: str, value: str) -> str | None:
    """nh3 looks at the schemes of ``href`` and ``src`` alone."""
    return value if name != "cite" or value.startswith(UNSAFE) or _leads(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    clean_content_tags=set(_WITHOUT_CONTENT),
    url_schemes={*_SCHEMES, UNSAFE.removesuffix(":")},
    link_rel=None,
    attribute_filter=_attribute,
)


def clean(html: str) -> str:
    """Well-formed HTML of allowed tags, attributes and schemes; the rest is dropped.

    An address of another scheme, or of one without a host, is kept behind ``UNSAFE``.
    """
    return _CLEANER.clean(_TAG.sub(lambda tag: _ADDRESS.sub(_marked, tag[0]), html))


def _marked(attribute: re.Match[str]) -> str:
    address = unescape(attribute[2].strip("\"'"))
    return attribute[0] if _leads(address) else f'{attribute[1]}"{UNSAFE}{escape(address)}"'


def _leads(address: str) -> bool:
    parts = address_parts(address.translate(_LEFT_OUT).strip(_ENDS))
    return parts is not None and parts.scheme in ("", *_SCHEMES)
