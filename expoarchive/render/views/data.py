"""The data page: what there is to download, and what each column means."""

from dataclasses import dataclass
from decimal import Decimal

from expoarchive.render.data import DOWNLOADS, Column, Table, make_tables, meaning, version_of
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.linked import dataset_node
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link
from expoarchive.render.views.files import data_files
from expoarchive.site.address import data_file

# The pages where readers look through the data before they take it away.
_SHOWN = ("claims", "compare", "editions", "growth")


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column in the data dictionary. A ``required`` one has a value in every row."""

    name: str
    type: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table's files, and what its columns mean."""

    name: str
    about: str
    rows: str
    files: tuple[Link, ...]
    columns: tuple[DataColumn, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """``ways`` lead to the pages that show the data, ``whole`` has the files that hold it all, each explained.

    Without a ``licence``, none was chosen.
    """

    version: str
    ways: tuple[Link, ...]
    licence: Link | None
    whole: tuple[tuple[Link, str], ...]
    tables: tuple[DataTable, ...]
    editions: tuple[tuple[str, tuple[Link, ...]], ...]


@page_view("data")
def data_page(desk: Desk, studio: Studio) -> PageContent:
    """Every data file, and the data dictionary."""
    site, t = desk.site, desk.strings
    tables = make_tables(site, studio.strings)
    licence = site.config.licence
    view = DataView(
        version=version_of(tables),
        ways=tuple(Link(t(f"{kind}.title"), desk.href(kind)) for kind in _SHOWN if kind in site.kinds),
        licence=Link(licence.id, licence.url) if licence else None,
        whole=tuple((_file(desk, name), t(f"data.files.{name.partition('.')[0]}")) for name in DOWNLOADS),
        tables=tuple(_table(desk, table) for table in tables),
        editions=tuple((str(year), data_files(desk, f"editions/{year}")) for year in site.records.editions),
    )
    node = dataset_node(desk, view.version, [table.name for table in tables], view.licence)
    return PageContent(view, nodes=(node,))


def _file(desk: Desk, name: str, text: str = "") -> Link:
    return Link(text or name, desk.address(data_file(name)))


def _table(desk: Desk, table: Table) -> DataTable:
    t = desk.strings
    schema = _file(desk, f"schemas/{table.name}.json", t("data.schema"))
    return DataTable(
        name=table.name,
        about=t(f"data.tables.{table.name}"),
        rows=t("data.rows", count=number(Decimal(len(table.rows)), desk.language)),
        files=(_file(desk, f"{table.name}.csv"), _file(desk, f"{table.name}.json"), schema),
        columns=tuple(_column(desk, column) for column in table.columns),
    )


def _column(desk: Desk, column: Column) -> DataColumn:
    text = meaning(desk.strings, desk.site.config, column, desk.language.id)
    if column.refers:
        text = desk.strings("data.refers", text=text, table=column.refers[0])
    return DataColumn(column.name, desk.strings(f"data.types.{column.type}"), text, column.required)
