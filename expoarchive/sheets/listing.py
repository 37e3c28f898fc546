"""A table of exhibitors as text: rows that stay the same keep theirs."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from expoarchive.nodes import SourceText
from expoarchive.nodes.edit import Plain
from expoarchive.nodes.table import parse_table
from expoarchive.records.exhibitor import COLUMNS, NAME


@dataclass(frozen=True, slots=True)
class Listing:
    """The headings of a file, its rows as plain values, and the text of each row."""

    headings: tuple[str, ...]
    rows: list[Plain]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, source: SourceText) -> "Listing":
        """What a text that the build reads without problems holds."""
        cells, _ = parse_table(source)
        if not cells:
            return cls((), [], ())
        headings, *rows = cells
        names = tuple(cell.text or "" for cell in headings)
        starts = [source.offset_of(row[0].place.line) for row in rows]
        ends = [*starts[1:], len(source.text)]
        texts = tuple(source.text[start:end].rstrip("\n") for start, end in zip(starts, ends, strict=True))
        return cls(names, [_row(names, [cell.text or "" for cell in row]) for row in rows], texts)

    def with_rows(self, rows: list[Plain], languages: Sequence[str]) -> str:
        """The text with these rows, in the order in which they are given."""
        wanted = [f"{NAME}{language}" for row in rows for language in row.get("name", {})]
        names = [f"{NAME}{language}" for language in languages] if not self.headings else []
        used = [name for name in COLUMNS if not self.headings or any(name in row for row in rows)]
        headings = tuple(dict.fromkeys([*self.headings, *names, *wanted, *used]))
        same = headings == self.headings
        known: dict[object, str] = {}
        for row, text in zip(self.rows, self.texts, strict=True):
            known.setdefault(_key(row), text)
        lines = [_line(headings)]
        for row in rows:
            own = known.get(_key(row)) if same else None
            lines.append(own if own is not None else _line([_cell(row, name) for name in headings]))
        return "".join(f"{line}\n" for line in lines)


def _row(headings: Sequence[str], cells: Sequence[str]) -> Plain:
    row: dict[str, Plain] = {}
    for name, text in zip(headings, cells, strict=False):
        if not text:
            continue
        if name.startswith(NAME):
            row.setdefault("name", {})[name.removeprefix(NAME)] = text
        else:
            row[name] = text
    return row


def _cell(row: Plain, heading: str) -> str:
    if heading.startswith(NAME):
        return str(row.get("name", {}).get(heading.removeprefix(NAME), ""))
    return str(row.get(heading, ""))


def _key(row: Plain) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((*row.get("name", {}).items(), *((k, v) for k, v in row.items() if k != "name"))))


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
