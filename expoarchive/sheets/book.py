"""Sheets as values: rows of cells, and where each stands for who has the spreadsheet open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expoarchive.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be written: a sheet's name, headings and rows; ``numbers`` says which columns hold numbers."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. ``rows`` are texts by row and column, both counted from 1; cells without a text are not there.

    ``name`` is empty in a file that has one sheet only. ``faults`` are problems of single cells.
    """

    file: str
    name: str
    rows: Mapping[int, Mapping[int, str]]
    faults: Mapping[tuple[int, int], Problem] = field(default_factory=dict)

    def place(self, row: int, column: int) -> Place:
        """A cell, by the name that a spreadsheet gives it."""
        return Place(self.file, row, column, self.rows.get(row, {}).get(column, ""), cell=self.cell(row, column))

    def cell(self, row: int, column: int) -> str:
        """``C7``, or ``Sheet!C7`` where the file has several sheets."""
        name = f"{letters(column)}{row}"
        return f"{self.name}!{name}" if self.name else name


def letters(column: int) -> str:
    """The letters of a column that is counted from 1: A, Z, AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
