"""``export``: records as a spreadsheet, with headings in the editor's language."""

import argparse
from pathlib import Path

from expoarchive.cli.grammar import Parser, a_path
from expoarchive.cli.reading import editable
from expoarchive.cli.terminal import Slip, Stop, Terminal
from expoarchive.problem import nearest
from expoarchive.sheets.sort import CLAIMS, EXHIBITORS, SORTS, records_of
from expoarchive.sheets.tables import table_of
from expoarchive.sheets.writing import FORMATS, csv_bytes, xlsx_bytes
from expoarchive.write import put_file


def declare(command: Parser) -> None:
    """Which records, of which editions, and where to."""
    command.add_argument("records", choices=(*SORTS,), help="help.export-records")
    command.add_argument("editions", nargs="*", help="help.export-editions")
    command.add_argument("--to", type=command.value(a_path, "grammar.path"), help="help.export-to")
    command.add_argument("--overwrite", action="store_true", help="help.export-overwrite")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the file. One that is there may hold what somebody has filled in, and stays unless told otherwise."""
    archive, sort = editable(root), SORTS[options.records]
    known = records_of(archive)
    if options.editions and sort.name not in (CLAIMS, EXHIBITORS):
        raise Slip("export.no-editions", records=sort.name)
    for name in options.editions:
        if name not in known:
            raise Slip("export.unknown", nearest(name, known), name=name)
    target = options.to or Path(f"{'-'.join([sort.name, *options.editions])}.{FORMATS[0]}")
    form = target.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise Slip(
            "export.format", nearest(form, FORMATS), name=target.name, formats=", ".join(f".{one}" for one in FORMATS)
        )
    if (root / target).exists() and not options.overwrite:
        raise Stop("export.exists", None, file=target)
    table = table_of(sort, archive, terminal.language, options.editions)
    put_file(root / target, csv_bytes(table) if form == "csv" else xlsx_bytes([table]))
    terminal.say("export.written", file=target, count=len(table.rows), columns=len(table.headings))
    return 0
