"""Sanitizes everything that an editor wrote, by an allow-list of HTML."""

import re
from html import escape, unescape

import nh3

from expoarchive.nodes.host import address_parts
from expoarchive.records.prose.html import ATTRIBUTES, TAGS

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
