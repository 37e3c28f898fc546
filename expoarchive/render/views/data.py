"""The page of the data: what there is to take away, and what each column means."""

from collections.abc import Mapping
from decimal import Decimal

from expoarchive.render.data import DOWNLOADS, Column, Table, make_tables, meaning, version_of
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.strings import Strings
from expoarchive.render.views.model import DataColumn, DataTable, DataView, Link
from expoarchive.site.address import data_file


def data_view(desk: Desk, strings: Mapping[str, Strings]) -> DataView:
    """Every file of the data and the data dictionary."""
    site, t = desk.site, desk.strings
    tables = make_tables(site, strings)
    licence = site.config.licence
    return DataView(
        version=version_of(tables),
        licence=Link(licence.id, licence.url) if licence else None,
        whole=tuple((_file(desk, name), t(f"data.files.{name.partition('.')[0]}")) for name in DOWNLOADS),
        tables=tuple(_table(desk, table) for table in tables),
        editions=tuple(Link(str(year), _href(desk, f"editions/{year}.json")) for year in site.records.editions),
    )


def _href(desk: Desk, name: str) -> str:
    return desk.address(data_file(name))


def _file(desk: Desk, name: str) -> Link:
    return Link(name, _href(desk, name))


def _table(desk: Desk, table: Table) -> DataTable:
    t = desk.strings
    schema = Link(t("data.schema"), _href(desk, f"schemas/{table.name}.json"))
    return DataTable(
        name=table.name,
        about=t(f"data.tables.{table.name}"),
        rows=t("data.rows", count=number(Decimal(len(table.rows)), desk.language)),
        files=(_file(desk, f"{table.name}.csv"), _file(desk, f"{table.name}.json"), schema),
        columns=tuple(_column(desk, column) for column in table.columns),
    )


def _column(desk: Desk, column: Column) -> DataColumn:
    text = meaning(desk.strings, desk.site.config, column)
    if column.refers:
        text = desk.strings("data.refers", text=text, table=column.refers[0])
    return DataColumn(column.name, desk.strings(f"data.types.{column.type}"), text, column.required)
