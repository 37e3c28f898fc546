"""Tables as files that offices open: CSV with a byte-order mark, or a workbook."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from expoarchive.sheets.book import Table, letters
from expoarchive.sheets.guard import guarded

FORMATS = ("xlsx", "csv")
_WIDEST = 60
_NARROWEST = 8
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Digits that a spreadsheet keeps of a number; one with more stays text.
_MOST_DIGITS = 15


def csv_bytes(table: Table) -> bytes:
    """With a byte-order mark, without which Excel takes the file for one of the system's old encoding."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.headings)
    for row in table.rows:
        writer.writerow(
            cell if number and _NUMBER.fullmatch(cell) else guarded(cell)
            for cell, number in zip(row, table.numbers, strict=True)
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table: headings that stay in sight, filters, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table.name[:31]), table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font

    wrapped = Alignment(wrap_text=True, vertical="top")
    for at, heading in enumerate(table.headings, 1):
        cell = sheet.cell(1, at, heading)
        cell.font, cell.alignment = Font(bold=True), wrapped
    for line, row in enumerate(table.rows, 2):
        for at, (text, number) in enumerate(zip(row, table.numbers, strict=True), 1):
            if not text:
                continue
            cell = sheet.cell(line, at)
            cell.alignment = wrapped
            if number and _NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
                cell.value = float(text) if "." in text else int(text)
            else:
                # As text whatever it looks like: no formula, no date that a spreadsheet makes of 2022-07.
                cell.value, cell.number_format = text, "@"
                cell.data_type, cell.quotePrefix = "s", True
    for at, heading in enumerate(table.headings, 1):
        longest = max((len(row[at - 1]) for row in table.rows), default=0)
        sheet.column_dimensions[letters(at)].width = min(_WIDEST, max(_NARROWEST, 2 * len(heading), longest)) + 2
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
