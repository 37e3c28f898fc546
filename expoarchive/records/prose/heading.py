"""The headings of a Markdown text, and the ids given to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from expoarchive.nodes import SourceText
from expoarchive.problem import Place, Problem

_ATX = re.compile(r"\n(#{1,6})")
_ATTRIBUTES = re.compile(r"[ ]+(\{:?[ ]*([^}\n ][^\n]*?)[ ]*\})[ ]*$")
_JOINED = re.compile(r"[^\s{]([{｛][#＃][^}｝\n]*[}｝])\s*$|\s([｛][#＃][^}｝\n]*[}｝]|\{＃[^}｝\n]*[}｝])\s*$")
_ID = re.compile(r"(?:^|\s)#(\S+)")
# Attributes with an id that Markdown reads as it is written; of other signs it makes emphasis, or another id.
_READ = re.compile(r"(?:\.\S+ +)*#[^\W_][\w.:-]*(?: +\.\S+)*")


@dataclass(frozen=True, slots=True)
class Heading:
    """``text`` is as in the file, without its marks; ``id`` comes from ``{#id}``, if there is one."""

    level: int
    text: str
    id: str | None
    place: Place


def heading_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``heading-id-twice``, and ``heading-id-unread`` for an ``{#id}`` that would be shown as text."""
    seen: dict[str, Place] = {}
    for heading in find_headings(source, masked):
        joined = _JOINED.search(heading.place.excerpt)
        if joined:
            place = heading.place.at(max(joined.start(1), joined.start(2)) + 1)
            yield Problem("heading-id-unread", place, {"found": joined.group(1) or joined.group(2)})
        attributes = _ATTRIBUTES.search(heading.place.excerpt)
        if attributes and "#" in attributes[2] and not (heading.text and _READ.fullmatch(attributes[2])):
            place = heading.place.at(attributes.start(1) + 1)
            yield Problem("heading-id-unread", place, {"found": attributes[1]})
        if heading.id is None:
            continue
        if heading.id in seen:
            details = {"name": heading.id, "line": str(seen[heading.id].line)}
            yield Problem("heading-id-twice", heading.place, details)
        seen.setdefault(heading.id, heading.place)


# A text's headings are checked, then noted.
@lru_cache(maxsize=64)
def find_headings(source: SourceText, masked: str) -> tuple[Heading, ...]:
    """The headings that begin with ``#``, in order. ``masked`` is the source with code and comments covered."""
    found: list[Heading] = []
    for match in _ATX.finditer(f"\n{masked}"):
        place, level = source.place_at(match.start()), len(match[1])
        text = place.excerpt[level:]
        heading_id = None
        attributes = _ATTRIBUTES.search(text)
        if attributes:
            id_match = _ID.search(attributes[2])
            heading_id = id_match.group(1) if id_match else None
            text = text[: attributes.start()]
        found.append(Heading(level, text.strip().rstrip("#").strip(), heading_id, place))
    return tuple(found)
