"""The tables as files: CSV, JSON with schemas, a Frictionless data package, a database for Datasette.

All come from one set of tables, so they agree, and the same records always give the same bytes.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from expoarchive.config import Config
from expoarchive.render.data.database import database, datasette_metadata
from expoarchive.render.data.table import Column, Row, Table, csv_cell, json_value, version_of
from expoarchive.render.data.tables import make_tables
from expoarchive.render.strings import Strings
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.site import Site, absolute
from expoarchive.site.address import data_file
from expoarchive.site.recall import Recall

# The files that hold all tables.
DOWNLOADS = ("datapackage.json", "archive.db", "datasette.json")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def make_data(studio: Studio, recall: Recall) -> OutputFiles:
    """All files, below ``data/``."""
    make = partial(_files, strings=studio.strings)
    return OutputFiles(recall.made_of("data", make, of_use=_is_data, kind=dict[str, bytes]))


def _files(site: Site, strings: Mapping[str, Strings]) -> dict[str, bytes]:
    tables = make_tables(site, strings)
    files: dict[str, bytes] = {}
    for table in tables:
        files[f"{table.name}.csv"] = _csv(table)
        files[f"{table.name}.json"] = _json([_object(row) for row in table.rows])
        files[f"schemas/{table.name}.json"] = _json(_schema_of(site, strings, table))
    by_name = {table.name: table for table in tables}
    for year in site.records.editions:
        files[f"editions/{year}.json"] = _json(_edition(by_name, year))
        files[f"editions/{year}.csv"] = _csv(_of_edition(by_name["claims"], year))
    files["datapackage.json"] = _json(_package(site, strings, tables, files))
    files["archive.db"] = database(tables)
    files["datasette.json"] = _json(datasette_metadata(site, tables, _meanings(site, strings, tables)))
    return {data_file(name): data for name, data in files.items()}


def _is_data(files: Mapping[str, bytes]) -> bool:
    """Whether kept files can be from ``make_data``: in its folder only, with those that every site has."""
    folder = data_file("")
    return {data_file(name) for name in DOWNLOADS} <= files.keys() and all(
        name.startswith(folder) and ".." not in name for name in files
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(table: Table) -> bytes:
    """UTF-8 without a byte-order mark, after RFC 4180. An unknown value is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([csv_cell(row[column.name]) for column in table.columns] for row in table.rows)
    return text.getvalue().encode()


def _object(row: Row) -> dict[str, Any]:
    """A row without its unknown values."""
    return {name: json_value(cell) for name, cell in row.items() if cell is not None}


def _of_edition(claims: Table, year: int) -> Table:
    """The rows of one edition."""
    return replace(claims, rows=tuple(row for row in claims.rows if row["edition"] == year))


def _edition(tables: Mapping[str, Table], year: int) -> dict[str, Any]:
    """One edition with its claims and their sources."""
    edition = next(row for row in tables["editions"].rows if row["edition"] == year)
    claims = _of_edition(tables["claims"], year).rows
    addresses = {row["claim"] for row in claims}
    citations = [row for row in tables["claim_sources"].rows if row["claim"] in addresses]
    cited = {row["source"] for row in citations}
    return {
        **_object(edition),
        "claims": [_object(row) for row in claims],
        "claim_sources": [_object(row) for row in citations],
        "sources": [_object(row) for row in tables["sources"].rows if row["source"] in cited],
    }


# --- what the columns mean


def meaning(strings: Strings, config: Config, column: Column, language: str) -> str:
    """What a column means, in the language of the strings, with the language of its texts."""
    if column.says is not None:
        return column.says[language]
    text = strings(f"data.columns.{column.meaning or column.name}")
    if column.language is None:
        return text
    return strings("data.in_language", text=text, language=config.language(column.language).name)


def _every_language(site: Site, strings: Mapping[str, Strings], column: Column) -> str:
    """What a column means, in all languages of the site: these files have one text for all readers."""
    languages = site.config.language_ids
    return " / ".join(meaning(strings[language].for_page(), site.config, column, language) for language in languages)


def _meanings(site: Site, strings: Mapping[str, Strings], tables: tuple[Table, ...]) -> dict[str, dict[str, str]]:
    return {
        table.name: {column.name: _every_language(site, strings, column) for column in table.columns}
        for table in tables
    }


def _about(site: Site, strings: Mapping[str, Strings], table: Table) -> str:
    return " / ".join(strings[language](f"data.tables.{table.name}") for language in site.config.language_ids)


# --- JSON Schema


def _schema_of(site: Site, strings: Mapping[str, Strings], table: Table) -> dict[str, Any]:
    """The JSON Schema of a table's JSON file."""
    properties = {
        column.name: {"type": column.type, "description": _every_language(site, strings, column)}
        for column in table.columns
    }
    return {
        "$schema": _DRAFT,
        "title": table.name,
        "description": _about(site, strings, table),
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": [column.name for column in table.columns if column.required],
            "additionalProperties": False,
        },
    }


# --- Frictionless


def _package(
    site: Site, strings: Mapping[str, Strings], tables: tuple[Table, ...], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The descriptor of a tabular data package. Its description says so if no licence was chosen."""
    config = site.config
    languages = config.language_ids
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "archive",
        "version": version_of(tables),
        "title": " / ".join(config.title[language] for language in languages),
        "description": " / ".join(config.description[language] for language in languages),
    }
    if config.address is not None:
        package["homepage"] = absolute(config.root, "")
    if config.licence is not None:
        package["licenses"] = [{"name": config.licence.id, "path": config.licence.url}]
    else:
        package["description"] += "".join(f" / {strings[language]('data.licence_none')}" for language in languages)
    package["resources"] = [_resource(site, strings, table, files[f"{table.name}.csv"]) for table in tables]
    return package


def _resource(site: Site, strings: Mapping[str, Strings], table: Table, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(site, strings, column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    keys = [
        {"fields": column.name, "reference": {"resource": column.refers[0], "fields": column.refers[1]}}
        for column in table.columns
        if column.refers
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": _about(site, strings, table),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": schema,
    }


def _field(site: Site, strings: Mapping[str, Strings], column: Column) -> dict[str, Any]:
    description = _every_language(site, strings, column)
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": description}
    return field | {"constraints": {"required": True}} if column.required else field
