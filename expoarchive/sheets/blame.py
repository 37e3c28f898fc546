"""Which cell of a sheet a fault in the changed sources comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from expoarchive.nodes import SourceText
from expoarchive.nodes.table import parse_table
from expoarchive.problem import Place, Problem
from expoarchive.records.exhibitor import NAME
from expoarchive.sheets.changes import Origin
from expoarchive.sheets.column import Column

_Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a changed file, the cell that it is from, and how deep it lies in its record."""

    start: _Spot
    end: _Spot
    origin: Origin
    column: str
    depth: int


def at_cells(problems: Iterable[Problem], texts: Mapping[str, str], origins: Sequence[Origin]) -> list[Problem]:
    """The problems, each at the cell that it comes from; those of other places as they are."""
    parts: dict[str, list[_Part]] = {}
    for file, text in texts.items():
        of_file = [origin for origin in origins if origin.file == file]
        parts[file] = [*(_in_table(file, text, of_file) if file.endswith(".csv") else _in_yaml(text, of_file))]
    return [_at_cell(problem, parts.get(problem.place.file, ())) for problem in problems]


def _at_cell(problem: Problem, parts: Sequence[_Part]) -> Problem:
    spot = (problem.place.line, problem.place.column)
    around = [part for part in parts if part.start <= spot <= part.end]
    if not around:
        return problem
    part = max(around, key=lambda one: one.depth)
    named = problem.details.get("name", "")
    column = part.column or (named if named in part.origin.columns else "")
    return replace(problem, place=_place(part.origin, column))


def _place(origin: Origin, column: str) -> Place:
    """The cell of a column; the first of the row where the sheet lacks the column."""
    at = origin.columns.get(column) or min(origin.sheet.rows[origin.row])
    return origin.sheet.place(origin.row, at)


def _in_yaml(text: str, origins: Sequence[Origin]) -> Iterator[_Part]:
    document = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader) if origins else None
    for origin in origins:
        record = _node_at(document, origin.path)
        if record is None:
            continue
        yield _Part(_start(record), _end(record), origin, "", 0)
        for column in origin.shown:
            node = _node_at(record, column.path) if column.name in origin.columns else None
            if node is not None:
                yield _Part(_start(node), _end(node), origin, column.name, len(column.path))


def _node_at(node: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode) and step != 0:
            node = next((value for key, value in node.value if key.value == step), None)
        elif step != 0:
            return None
    return node


def _start(node: Any) -> _Spot:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end(node: Any) -> _Spot:
    return node.end_mark.line + 1, node.end_mark.column + 1


def _in_table(file: str, text: str, origins: Sequence[Origin]) -> Iterator[_Part]:
    rows, _ = parse_table(SourceText(file, text))
    if not rows:
        return
    headings = [(cell.text or "").replace(NAME, "name.", 1) for cell in rows[0]]
    for origin in origins:
        (at,) = origin.path
        cells = rows[int(at) + 1]
        spots = [(cell.place.line, cell.place.column) for cell in cells]
        ends = [*spots[1:], (spots[-1][0] + 1, 0)]
        names = [name if name in _names(origin.shown) else "" for name in headings]
        for spot, end, name in zip(spots, ends, names, strict=False):
            yield _Part(spot, (end[0], end[1] - 1), origin, name, 1)


def _names(columns: Sequence[Column]) -> set[str]:
    return {column.name for column in columns}
