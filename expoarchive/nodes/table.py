"""Tables of the content: CSV after RFC 4180, in UTF-8 and with commas, each cell with its place."""

import re

from expoarchive.nodes.node import Scalar
from expoarchive.nodes.text import SourceText
from expoarchive.problem import Problem

_CELL = re.compile(r'"((?:[^"]|"")*)"|([^",\n]*)')


def parse_table(source: SourceText) -> tuple[list[list[Scalar]], list[Problem]]:
    """The rows, without those that are empty. Reports ``table-quote`` and stops there."""
    rows: list[list[Scalar]] = []
    row: list[Scalar] = []
    text, at = source.text, 0
    while at < len(text):
        match = _CELL.match(text, at)
        assert match is not None
        end = match.end()
        following = text[end : end + 1]
        if following not in (",", "\n", ""):
            return rows, [Problem("table-quote", source.place_at(end))]
        inner = match[2] if match[1] is None else match[1].replace('""', '"')
        row.append(Scalar(inner.strip(), source.place_at(at), quoted=match[1] is not None))
        at = end + 1
        if following != ",":
            rows += [row] if any(cell.text for cell in row) else []
            row = []
    if row:
        rows.append(row)
    return rows, []
