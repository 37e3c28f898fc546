"""Spreadsheets as offices save them: XLSX, and CSV in any of the ways that programs write it.

What a file says of itself decides, never its name. Which encoding and which sign between cells a CSV has is found by
trying: the right ones are those with which its headings are words that we know.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from expoarchive.problem import Place, Problem
from expoarchive.sheets.book import Sheet
from expoarchive.sheets.guard import unguarded

# How many of these cells are headings that we know.
Known = Callable[[Sequence[str]], int]

LARGEST_BYTES = 20_000_000
# Unpacked, and counted as a grid up to the last cell.
LARGEST_UNPACKED = 400_000_000
MOST_CELLS = 5_000_000
# Rows among which the headings are looked for, below titles.
HEAD_ROWS = 20
_SIGNS = (",", ";", "\t")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_EDGES = " \t\r\n\u3000\u00a0\u200b\ufeff"


def read_sheets(data: bytes, file: str, known: Known, *, chinese: bool) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of a file that have anything in them. ``chinese``: a text that is not UTF-8 is first tried as Chinese.

    Reports ``sheet-unreadable``, ``sheet-old``, ``sheet-encoding`` and ``sheet-large``.
    """
    if len(data) > LARGEST_BYTES:
        return [], [Problem("sheet-large", Place(file), {"limit": f"{LARGEST_BYTES // 1_000_000} MB"})]
    if data.startswith(_OLD_OFFICE):
        return [], [Problem("sheet-old", Place(file))]
    if data.startswith(b"PK"):
        return _workbook(data, file)
    return _csv(data, file, known, chinese=chinese)


# --- CSV


def _csv(data: bytes, file: str, known: Known, *, chinese: bool) -> tuple[list[Sheet], list[Problem]]:
    if not data.strip():
        return [], [Problem("empty-file", Place(file))]
    texts = [*_decoded(data, chinese=chinese)]
    if not texts or "\0" in texts[0]:
        return [], [Problem("sheet-encoding", Place(file))]
    candidates = [rows for text in texts for sign in _SIGNS if (rows := _rows(text, sign))]
    if not candidates:
        return [], [Problem("sheet-unreadable", Place(file), {"reason": "CSV"})]
    best = max(candidates, key=lambda rows: max((known(row) for row in rows[:HEAD_ROWS]), default=0))
    cells = {
        at: {column: text for column, cell in enumerate(row, 1) if (text := unguarded(cell.strip(_EDGES)))}
        for at, row in enumerate(best, 1)
    }
    return [Sheet(file, "", {at: row for at, row in cells.items() if row})], []


def _decoded(data: bytes, *, chinese: bool) -> Iterator[str]:
    """The text in each encoding that it can be in; in the one that it must be in alone, where there is such."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            yield from _in_encoding(data, encoding)
            return
    if whole := [*_in_encoding(data, "utf-8")]:
        yield from whole
        return
    for encoding in ("gb18030", "cp1252") if chinese else ("cp1252", "gb18030"):
        yield from _in_encoding(data, encoding)


def _in_encoding(data: bytes, encoding: str) -> Iterator[str]:
    try:
        yield data.decode(encoding)
    except UnicodeDecodeError:
        return


def _rows(text: str, sign: str) -> list[list[str]]:
    try:
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error:
        return []


# --- XLSX


def _workbook(data: bytes, file: str) -> tuple[list[Sheet], list[Problem]]:
    # Takes as long to import as a small build.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            return [], [Problem("sheet-large", Place(file), {"limit": f"{LARGEST_UNPACKED // 1_000_000} MB"})]
        written = load_workbook(io.BytesIO(data))
        # A cell with a formula has what it came to in another reading only.
        values = load_workbook(io.BytesIO(data), data_only=True) if _has_formulas(written) else written
    except Exception as error:  # noqa: BLE001 (a damaged file makes the library raise anything)
        return [], [Problem("sheet-unreadable", Place(file), {"reason": str(error) or type(error).__name__})]
    shown = [sheet for sheet in written.worksheets if sheet.sheet_state == "visible" and sheet.max_row]
    for sheet in shown:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            return [], [Problem("sheet-large", Place(file), {"limit": f"{MOST_CELLS:,}"})]
    return [_sheet(file, sheet, values[sheet.title], alone=len(shown) == 1) for sheet in shown], []


def _has_formulas(book: Any) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))


def _cells(sheet: Any) -> Iterator[Any]:
    return (cell for row in sheet.iter_rows() for cell in row)


def _sheet(file: str, written: Any, values: Any, *, alone: bool) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    sheet = Sheet(file, "" if alone else written.title, rows, {})
    faults: dict[tuple[int, int], Problem] = {}
    for cell in _cells(values):
        if cell.value is None:
            continue
        if text := _shown(cell).strip(_EDGES):
            rows.setdefault(cell.row, {})[cell.column] = text
        if cell.data_type == "e":
            faults[cell.row, cell.column] = Problem("sheet-error", sheet.place(cell.row, cell.column))
    for cell in _cells(written) if values is not written else ():
        if cell.data_type == "f" and values.cell(cell.row, cell.column).value is None:
            faults[cell.row, cell.column] = Problem("sheet-formula", sheet.place(cell.row, cell.column))
    for merged in written.merged_cells.ranges:
        # What stands once for several rows; a title across columns is no value of theirs.
        text = rows.get(merged.min_row, {}).get(merged.min_col, "")
        for at in range(merged.min_row + 1, merged.max_row + 1) if text else ():
            rows.setdefault(at, {}).setdefault(merged.min_col, text)
    return Sheet(file, sheet.name, {at: rows[at] for at in sorted(rows)}, faults)


def _shown(cell: Any) -> str:
    """A cell's value as text, as far as its format says what is meant by the number."""
    value, pattern = cell.value, str(cell.number_format)
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return _date(value, pattern)
        case int() | float():
            return _number(value, pattern)
    return str(value)


def _date(value: date, pattern: str) -> str:
    """As exact as the format: a cell that shows July 2022 does not say which day."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", pattern.lower())
    if "y" in bare and "d" not in bare:
        return f"{value:%Y-%m}" if "m" in bare else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def _number(value: float, pattern: str) -> str:
    """With the digits that a spreadsheet keeps; a percentage as it is shown, and zeros before it too."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if "%" in pattern:
        number *= 100
    if re.fullmatch(r"0{2,}", pattern) and number == number.to_integral_value():
        return f"{int(number):0{len(pattern)}d}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
