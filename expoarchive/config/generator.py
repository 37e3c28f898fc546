"""The generator that a site is made with, as its ``requirements.lock`` names it: a wheel, before all that it needs."""

import re
from dataclasses import dataclass
from pathlib import Path

from expoarchive import __version__
from expoarchive.nodes import read_text
from expoarchive.problem import Place, Problem

LOCK = "requirements.lock"
_NAMED = re.compile(
    r"(?:#.*\n)*(?:\./(?P<file>wheels/[^\s/]+)|expoarchive @ (?P<address>\S+)) --hash=sha256:(?P<digest>[0-9a-f]{64})"
)
_VERSION = re.compile(r"/expoarchive-([0-9][0-9a-z.]*)-[^/]*")


@dataclass(frozen=True, slots=True)
class Named:
    """What ``upgrade`` takes for the wheel, a path or an address with its digest; its version as its name says."""

    wheel: str
    version: str
    place: Place


def named_generator(root: Path) -> Named | None:
    """The wheel that the lock names; None where there is no lock, or it names none, as in a clone of the project."""
    source = read_text(root, LOCK)[0] if (root / LOCK).is_file() else None
    found = _NAMED.match(source.text) if source else None
    version = _VERSION.search(found[0]) if found else None
    if source is None or found is None or version is None:
        return None
    wheel = found["file"] or f"{found['address']}#sha256={found['digest']}"
    return Named(wheel, version[1], source.place_at(version.start() + 1))


def newer_generator(root: Path) -> list[Problem]:
    """``generator-older`` where the site is made with a newer generator than this: all else may be strange to it."""
    named = named_generator(root)
    if named is None or _order(named.version) <= _order(__version__):
        return []
    details = {"version": named.version, "running": __version__, "wheel": named.wheel}
    return [Problem("generator-older", named.place, details)]


def _order(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
