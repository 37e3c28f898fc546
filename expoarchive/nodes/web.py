"""Addresses of the web, as a browser reads them: one rule for those of records and those of prose."""

import re
from urllib.parse import SplitResult, urlsplit

_LABEL = r"\w(?:[\w-]*\w)?"
# A name in any script, or a number in brackets. No user and password: nobody means to publish one.
_WEB = re.compile(
    rf"https?://(?:(?:{_LABEL}\.)*{_LABEL}\.?|\[[0-9a-f:.]+\])(?::[0-9]+)?(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE
)


def is_web_address(text: str) -> bool:
    """Whether ``text`` names a scheme of the web and a host, and maybe a port and what follows."""
    try:
        # The port and the number of a host are read as well.
        return _WEB.fullmatch(text) is not None and urlsplit(text).port != 0
    except ValueError:
        return False


def address_parts(text: str) -> SplitResult | None:
    """An address in its parts; None for one that leads nowhere, though it may name a scheme or begin as a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    if parts.netloc or parts.scheme in ("http", "https"):
        return parts if is_web_address(text) else None
    return None if parts.scheme and not parts.path else parts
