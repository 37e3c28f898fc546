"""The lists of exhibitors as files: for the page's script, which shows and searches all rows, and to take away."""

import csv
import io
from collections.abc import Mapping
from functools import partial

from expoarchive.render.compact import compact_json
from expoarchive.render.data.table import csv_cell
from expoarchive.render.desk import desk_of
from expoarchive.render.strings import Strings
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.values import Words
from expoarchive.render.views.exhibitors import COLUMNS, columns_of, exhibitor_rows
from expoarchive.site import Page, Site
from expoarchive.site.address import exhibitors_rows, exhibitors_table
from expoarchive.site.recall import Recall


def make_exhibitors(studio: Studio, recall: Recall) -> OutputFiles:
    """Two files for each list and language."""
    files: dict[str, bytes] = {}
    for page in recall.site.pages:
        if page.kind == "exhibitors":
            make = partial(_both, page=page, strings=studio.strings)
            script, rows = recall.made_of(f"exhibitors {page.language} {page.id}", make, kind=tuple[str, str])
            files[exhibitors_table(page.language, page.id)] = script.encode()
            # Spreadsheets take a file without the mark for one of the system's old encoding.
            files[exhibitors_rows(page.language, page.id)] = b"\xef\xbb\xbf" + rows.encode()
    return OutputFiles(files)


def _both(site: Site, page: Page, strings: Mapping[str, Strings]) -> tuple[str, str]:
    desk, year = desk_of(site, page, strings), int(page.id)
    columns = columns_of(site.records.exhibitors[year].rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(desk.strings(f"exhibitors.column_{name}") for name in columns)
    shared: dict[Words, int] = {}
    lines = []
    for row in exhibitor_rows(desk, year):
        cells = {name: getattr(row, name) for name in COLUMNS}
        words = {name: cell if isinstance(cell, Words) else Words(cell) for name, cell in cells.items()}
        writer.writerow(csv_cell(words[name].text) for name in columns)
        lines.append(compact_json([_cell(words[name], shared) for name in columns]))
    # A script and not JSON, as a page that was opened from a folder can load scripts but fetch nothing.
    listed = ",\n".join(lines)
    common = compact_json([[word.text, word.href, word.lang or ""] for word in shared])
    head = f"(globalThis.exhibitorTables ??= {{}})[{compact_json(page.id)}]"
    return f'{head} = {{"shared":{common},\n"rows":[\n{listed}\n]}};\n', text.getvalue()


def _cell(words: Words, shared: dict[Words, int]) -> str | int:
    """Plain words as they are; those with a link or a language of their own stand once, and cells name them."""
    if not words.href and not words.lang:
        return words.text
    return shared.setdefault(words, len(shared))
