"""Hosts, and the web addresses that name one a browser can ask."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

# Octets of a name in the DNS.
LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# A browser takes a host for a number by its last label alone.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What no address has as it stands: white space and controls, and the signs that HTML, Markdown or YAML would end it at.
_NEVER = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"\\^`{|}\ud800-\udfff]")


def is_host(text: str) -> bool:
    """Whether a text can be a host: a name, of any script, or an address of IPv4, or one of IPv6 in brackets."""
    try:
        if text.startswith("["):
            return text.endswith("]") and "%" not in text and bool(IPv6Address(text[1:-1]))
        # Of a longer one the digest of names takes as many steps as the square of its length.
        name = text.encode("idna").decode("ascii").lower() if len(text) <= LONGEST_HOST else ""
    except (AddressValueError, UnicodeError):
        return False
    # A dot at the end says that the name is whole.
    labels = name.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _is_ipv4(name)
    return len(name) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def parts_of(address: str) -> SplitResult | None:
    """The parts of a web address; None where it names no host, an impossible port, or a user."""
    if _NEVER.search(address) or not address.lower().startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # no number, a number that is no port, brackets that hold no IPv6 address
        return None
    host, end = parts.netloc, f":{port}"
    if port is not None:
        # As it is written: what is left over, as of `:080` or `h:`, no browser writes.
        host = host.removesuffix(end)
    return parts if port != 0 and "@" not in host and is_host(host) else None


def address_parts(text: str) -> SplitResult | None:
    """An address in its parts; None for one that leads nowhere, though it may name a scheme or begin as a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    if parts.netloc or parts.scheme in ("http", "https"):
        return parts_of(text)
    return None if parts.scheme and not parts.path else parts
