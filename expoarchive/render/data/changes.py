"""What differs between the data of two builds: rows that were added, removed or changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The tables to compare, with their keys. The others follow from these.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "claims": ("claim",),
    "editions": ("edition",),
    "sources": ("source",),
    "measures": ("measure",),
}
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Changed:
    """One row. ``cells`` has the name, old and new value of each changed cell; None for an unknown or absent one."""

    table: str
    key: str
    sort: str
    cells: tuple[tuple[str, Any, Any], ...] = ()


def differences(old: Mapping[str, Rows], new: Mapping[str, Rows]) -> Iterator[Changed]:
    """For each table of ``COMPARED``, the new rows in their order, then the removed ones. Addresses do not count."""
    for table, names in COMPARED.items():
        before = {_key(row, names): row for row in old.get(table, ())}
        after = {_key(row, names): row for row in new.get(table, ())}
        for key, row in after.items():
            if key not in before:
                yield Changed(table, key, "added")
            elif cells := tuple(_cells(before[key], row)):
                yield Changed(table, key, "changed", cells)
        for key in before:
            if key not in after:
                yield Changed(table, key, "removed")


def _key(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return " ".join(str(row[name]) for name in names)


def _cells(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name) and not name.startswith("url_"):
            yield name, old.get(name), new.get(name)
