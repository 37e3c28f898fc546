"""Host names, and web addresses whose host a browser can reach."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

# The limit of DNS, in octets.
LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# Browsers take a host for an IPv4 address if its last label is a number.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Never written literally in an address: white space, controls, and the signs at which HTML, Markdown or YAML end it.
_NEVER = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"\\^`{|}\ud800-\udfff]")


def is_host(text: str) -> bool:
    """Whether a text can be a host: a name in any script, an IPv4 address, or an IPv6 address in brackets."""
    try:
        if text.startswith("["):
            return text.endswith("]") and "%" not in text and bool(IPv6Address(text[1:-1]))
        # Encoding takes time quadratic in the length, so longer names are not even tried.
        name = text.encode("idna").decode("ascii").lower() if len(text) <= LONGEST_HOST else ""
        # A final dot only says that the name is complete.
        labels = name.removesuffix(".").split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return bool(IPv4Address(name).packed)
    except (AddressValueError, UnicodeError):
        return False
    return len(name) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)


def parts_of(address: str) -> SplitResult | None:
    """The parts of a web address; None where it has no host, an impossible port, or a user."""
    if _NEVER.search(address) or not address.lower().startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # no number, a number that is no port, brackets that hold no IPv6 address
        return None
    host, end = parts.netloc, f":{port}"
    if port is not None:
        # Only as browsers write it: of `:080` or `h:` something remains, which is no host.
        host = host.removesuffix(end)
    return parts if port != 0 and "@" not in host and is_host(host) else None


def address_parts(text: str) -> SplitResult | None:
    """The parts of any link; None for one that leads nowhere, although it names a scheme or begins with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    if parts.netloc or parts.scheme in ("http", "https"):
        return parts_of(text)
    return None if parts.scheme and not parts.path else parts
