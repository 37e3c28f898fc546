"""Records as tables, with headings in an editor's language."""

from collections.abc import Sequence

from expoarchive.sheets.archive import Archive
from expoarchive.sheets.book import Table
from expoarchive.sheets.form import is_number
from expoarchive.sheets.heading import sheet_names
from expoarchive.sheets.sort import NUMBER, RECORD, Sort


def table_of(sort: Sort, archive: Archive, language: str, records: Sequence[str] = ()) -> Table:
    """All records of a sort, or those of some editions; without columns that nobody has filled and few would."""
    items = list(sort.items(archive, records))
    cells = [
        {
            **{column.name: column.shown(item.value) for column in item.columns},
            **item.cells,
            sort.key: item.cells[sort.key],
        }
        for item in items
    ]
    every = sort.names(archive)
    names = [
        name for name in every if sort.shows(name, every[name], archive.config) or any(row.get(name) for row in cells)
    ]
    numbers = {column.name for item in items for column in item.columns if is_number(column.form)} | {NUMBER, RECORD}
    return Table(
        name=sheet_names(sort.name)[language],
        headings=[sort.headings(name, every[name], archive.config)[language][0] for name in names],
        rows=[[row.get(name, "") for name in names] for row in cells],
        numbers=[name in numbers for name in names],
    )
