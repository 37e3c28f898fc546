"""A table as plain values, before any form of file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Cell = str | int | bool | Decimal | None
Row = Mapping[str, Cell]
Type = Literal["string", "integer", "number", "boolean"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """``meaning`` is its key in the data dictionary, ``language`` the one its words are in, None where it has none.

    ``refers`` is the table and column whose values it takes. ``address`` says that it tells where the site lives,
    which is no part of the data.
    """

    name: str
    type: Type = "string"
    required: bool = False
    meaning: str = ""
    language: str | None = None
    refers: tuple[str, str] | None = None
    address: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have every column by name; None where nothing is known. ``key`` names the columns that tell rows apart."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)


def plain(cell: Cell) -> str | int | bool | float | None:
    """The cell as JSON and SQLite have it: a whole number without a point, others as the nearest double."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def written(cell: Cell) -> str:
    """The cell as text, with all the digits that were recorded."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def in_sheet(cell: Cell) -> str:
    """The cell as CSV has it. Words that a spreadsheet would run as a formula begin with an apostrophe there."""
    text = written(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def version_of(tables: tuple[Table, ...]) -> str:
    """The same for the same data wherever it is published: 16 digits of the SHA-256 of all cells but addresses."""
    digest = hashlib.sha256()
    for table in tables:
        names = [column.name for column in table.columns if not column.address]
        for cells in (names, *([written(row[name]) for name in names] for row in table.rows)):
            digest.update(json.dumps([table.name, *cells], ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()[:16]
