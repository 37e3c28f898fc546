"""The head of a Markdown file: YAML between two lines of three hyphens."""

import re

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem

FENCE = "---"
# What Chinese keyboards and word processors turn hyphens into.
_WIDE_FENCE = re.compile(r"\s*[-－—–―‐‑‒−ー─﹣]*[－—–―‐‑‒−ー─﹣][-－—–―‐‑‒−ー─﹣]*\s*")


def front_matter(source: SourceText) -> tuple[SourceText | None, SourceText, list[Problem]]:
    """The YAML part, the Markdown body, and the problems; both parts count lines from the top of the file.

    Reports ``no-front-matter``, ``unclosed-front-matter``, and ``fullwidth-front-matter`` for a line of wide dashes
    where hyphens were meant. The YAML part is None where it cannot be told from the body.
    """
    lines = source.lines
    if lines[0].rstrip() != FENCE:
        if _WIDE_FENCE.fullmatch(lines[0]):
            return None, source, [Problem("fullwidth-front-matter", source.place(), {"found": lines[0].strip()})]
        return None, source, [Problem("no-front-matter", source.place(), {"found": lines[0].strip()})]
    wide: int | None = None
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            if wide is not None:
                # A line of hyphens further down is a rule in the body, not the end of the front matter.
                break
            return _part(source, 1, index), _part(source, index + 1, len(lines)), []
        if wide is None and _WIDE_FENCE.fullmatch(line):
            wide = index
    body = _part(source, len(lines), len(lines))
    if wide is not None:
        details = {"found": lines[wide].strip()}
        return None, body, [Problem("fullwidth-front-matter", source.place(wide + 1), details)]
    return None, body, [Problem("unclosed-front-matter", source.place())]


def _part(source: SourceText, start: int, end: int) -> SourceText:
    """Lines ``start`` to ``end`` (0-based, ``end`` not included)."""
    return SourceText(source.file, "\n".join(source.lines[start:end]), source.first_line + start)
