"""A table as plain values, for any file format."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from expoarchive.sheets.guard import guarded

Cell = str | int | bool | Decimal | None
Row = Mapping[str, Cell]
Type = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """``meaning`` is its key in the data dictionary, its name by default; ``language`` that of its texts, if any.

    A column that a vocabulary makes has its meaning in each language in ``says``.

    ``refers`` is the table and column that its values are from. An ``address`` depends on where the site is published,
    so it is not part of the data.
    """

    name: str
    type: Type = "string"
    required: bool = False
    meaning: str = ""
    language: str | None = None
    refers: tuple[str, str] | None = None
    address: bool = False
    says: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column name, with None for an unknown value. ``key`` names the columns that identify a row."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)


def json_value(cell: Cell) -> str | int | bool | float | None:
    """The cell in JSON and SQLite: whole numbers as integers, others as the nearest double."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def cell_text(cell: Cell) -> str:
    """The cell as text, with all its recorded digits."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def csv_cell(cell: Cell) -> str:
    """The cell in CSV, with an apostrophe before text that a spreadsheet would take for a formula."""
    return guarded(cell) if isinstance(cell, str) else cell_text(cell)


def version_of(tables: tuple[Table, ...]) -> str:
    """16 digits of the SHA-256 of all cells but addresses: the same wherever the data is published."""
    digest = hashlib.sha256()
    for table in tables:
        names = [column.name for column in table.columns if not column.address]
        for cells in (names, *([cell_text(row[name]) for name in names] for row in table.rows)):
            digest.update(json.dumps([table.name, *cells], ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()[:16]
