"""Text as a spreadsheet or a word processor gives it to the clipboard: Markdown runs its lines together."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem

# A tab between two cells, but not the one behind the sign of a list.
_CELLS = re.compile(r"(?![ \t]*(?:[-*+]|[0-9]+\.)\t[^\t]*\Z).*\S\t+\S")
_BULLETS = "•●▪■□◦○‣⁃∙·"
_BULLET = re.compile(rf"[ \t]*([{_BULLETS}])[ \t]*\S")
_ROW = re.compile(r"[ ]*\|")


def pasted_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Warn of ``rows-with-tabs`` and ``bullet-sign``, each at the first of its lines."""
    yield from _rows(source, masked)
    yield from _bullets(source, masked)


def _rows(source: SourceText, masked: str) -> Iterator[Problem]:
    if "\t" not in masked:
        return
    lines = masked.split("\n")
    for first, last in _runs(bool(_CELLS.match(line)) for line in lines):
        # A single line is a row only where it follows those of a table.
        if last > first or (first and _ROW.match(lines[first - 1])):
            details = {"count": str(last - first + 1)}
            yield Problem("rows-with-tabs", source.place(first + 1), details, severity=WARNING)


def _bullets(source: SourceText, masked: str) -> Iterator[Problem]:
    if not any(sign in masked for sign in _BULLETS):
        return
    lines = masked.split("\n")
    for first, last in _runs(bool(_BULLET.match(line)) for line in lines):
        sign = _BULLET.match(lines[first])
        if last > first and sign:
            yield Problem(
                "bullet-sign", source.place(first + 1, sign.start(1) + 1), {"found": sign[1]}, severity=WARNING
            )


def _runs(marks: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last index of each run of marks that are set."""
    for marked, group in groupby(enumerate(marks), key=lambda pair: pair[1]):
        if marked:
            indices = [index for index, _ in group]
            yield indices[0], indices[-1]
