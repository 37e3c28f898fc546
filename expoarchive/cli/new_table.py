"""``new table``: cells from a spreadsheet as a table of Markdown, to be pasted into a text."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from expoarchive.cli.terminal import Faulty, Slip, say
from expoarchive.nodes import read_file
from expoarchive.problem import Place, Problem
from expoarchive.sheets.book import Sheet
from expoarchive.sheets.reading import read_sheets

_INPUT = "-"
_NUMBER = re.compile(r"[-−+]?[0-9][0-9.,\s]*%?")


def print_table(root: Path, name: str | None) -> None:
    """The table of a file, or of what is pasted or piped in, on standard output."""
    if name in (None, _INPUT):
        file, data = _INPUT, sys.stdin.buffer.read()
    elif not (root / name).is_file():
        raise Slip("import.no-file", None, file=name)
    else:
        file, (data, problems) = name, read_file(root, name)
        if problems:
            raise Faulty(problems)
    # More cells in a row, more likely the right sign between them.
    sheets, problems = read_sheets(data, file, len, chinese=True)
    if not sheets and not problems:
        problems = [Problem("empty-file", Place(file))]
    if problems:
        raise Faulty(problems)
    say("\n".join(_lines(_rows(sheets[0]))))


def _rows(sheet: Sheet) -> list[list[str]]:
    """All rows with as many cells each, without columns that are empty in all."""
    columns = sorted({column for row in sheet.rows.values() for column in row})
    return [[_cell(row.get(column, "")) for column in columns] for row in sheet.rows.values()]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Headings, the line below them, then the rest. Columns of numbers are set to the right."""
    head, *body = rows
    for at, row in enumerate((head, *body)):
        yield f"| {' | '.join(row)} |"
        if at == 0:
            marks = ("---:" if _is_numeric([row[place] for row in body]) else "---" for place in range(len(head)))
            yield f"| {' | '.join(marks)} |"


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)
