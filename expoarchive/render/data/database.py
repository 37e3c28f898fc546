"""The tables as one SQLite file, and its metadata for Datasette."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from expoarchive.render.data.table import Table, json_value
from expoarchive.site import Site, absolute

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
# Where a file notes the version of SQLite that wrote it. Only repair tools read it.
_WRITER = slice(96, 100)


def database(tables: tuple[Table, ...]) -> bytes:
    """The bytes of the file, written in memory and row by row so that they are the same on every machine."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        for statement in _statements(tables):
            connection.execute(statement)
        for table in tables:
            marks = ", ".join("?" * len(table.columns))
            rows = ([json_value(row[column.name]) for column in table.columns] for row in table.rows)
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
        data = bytearray(connection.serialize())
    data[_WRITER] = bytes(4)
    return bytes(data)


def _statements(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        lines = [
            f"{_quoted(column.name)} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}"
            for column in table.columns
        ]
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
        lines += [
            f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(column.refers[0])} ({_quoted(column.refers[1])})"
            for column in table.columns
            if column.refers
        ]
        yield f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def datasette_metadata(
    site: Site, tables: tuple[Table, ...], meanings: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """What ``datasette archive.db --metadata datasette.json`` shows beside the tables."""
    config = site.config
    metadata: dict[str, Any] = {
        "title": " / ".join(config.title.values()),
        "description": " / ".join(config.description.values()),
        "source": config.title[config.default_language.id],
    }
    if config.address is not None:
        metadata["source_url"] = absolute(config.root, "")
    if config.licence is not None:
        metadata |= {"license": config.licence.id, "license_url": config.licence.url}
    metadata["databases"] = {
        "archive": {"tables": {table.name: {"columns": dict(meanings[table.name])} for table in tables}}
    }
    return metadata
