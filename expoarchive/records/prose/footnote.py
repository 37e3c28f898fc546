"""Footnotes ``[^x]``: each one used must be defined, once, and each one defined be used."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem, nearest

_USED = re.compile(r"(?<!\\)\[\^([^\]\n]*)\]")
_DEFINED = re.compile(r"^[ \t>]*\[\^([^\]\n]*)\]:", re.MULTILINE)


def footnote_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``undefined-footnote``, ``footnote-twice``, and ``unused-footnote`` as a warning."""
    defined: dict[str, int] = {}
    for match in _DEFINED.finditer(masked):
        label, offset = match.group(1), match.start(1) - 2
        if label in defined:
            details = {"name": label, "line": str(source.place_at(defined[label]).line)}
            yield Problem("footnote-twice", source.place_at(offset), details)
        defined.setdefault(label, offset)
    definitions = {match.start(1) for match in _DEFINED.finditer(masked)}
    used: set[str] = set()
    for match in _USED.finditer(masked):
        label = match.group(1)
        if match.start(1) in definitions:
            continue
        used.add(label)
        if label not in defined:
            place = source.place_at(match.start())
            yield Problem("undefined-footnote", place, {"name": label}, nearest(label, defined))
    for label, offset in defined.items():
        if label not in used:
            yield Problem("unused-footnote", source.place_at(offset), {"name": label}, severity=WARNING)
