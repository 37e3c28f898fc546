"""``import``: a spreadsheet's rows into the sources. Shows what would change; writes only when told to."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from expoarchive.build import faults_with
from expoarchive.cli.amend import amend_whole, in_turn, refuse_links
from expoarchive.cli.export import sort_named
from expoarchive.cli.grammar import Parser, a_path
from expoarchive.cli.reading import editable
from expoarchive.cli.report import show_problems
from expoarchive.cli.terminal import Faulty, Slip, Stop, Terminal, say
from expoarchive.problem import Place, Problem, errors
from expoarchive.problem.catalogue import printable
from expoarchive.sheets.archive import Archive
from expoarchive.sheets.blame import at_cells
from expoarchive.sheets.book import Sheet
from expoarchive.sheets.changes import Changed, Changes, Importer, Wishes
from expoarchive.sheets.head import Head, Headings
from expoarchive.sheets.reading import read_sheets
from expoarchive.sheets.sort import EXHIBITORS, records_of, sorts_of

# Records that are listed one by one; a longer list says how many more there are.
LISTED = 60
_LONGEST = 100


def declare(command: Parser) -> None:
    """The files, what their rows are, and whether to write."""
    command.add_argument("files", nargs="+", type=command.value(a_path, "grammar.path"), help="help.import-files")
    command.add_argument("--write", action="store_true", help="help.import-write")
    command.add_argument("--as", dest="records", help="help.import-as")
    command.add_argument("--edition", default="", help="help.import-edition")
    command.add_argument("--source", default="", help="help.import-source")
    command.add_argument("--replace", action="store_true", help="help.import-replace")
    command.add_argument("--all", action="store_true", help="help.import-all")


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what differs, and write it where asked: all files, or where anything is wrong none."""
    archive = editable(root)
    wishes = _wishes(archive, options)
    changes, heads = _read(archive, options, wishes, root)
    problems = changes.problems
    if errors(problems):
        raise Faulty(problems)
    texts = _texts(archive)
    before = {file: archive.before[file] for file in texts}
    refuse_links(root, texts)
    if texts:
        _carry_out(root, texts, before, changes, terminal, write=options.write)
    show_problems(problems, terminal)
    labels = _labels(archive, heads, terminal.language)
    for line in _lines(changes.changed, labels, terminal, LISTED if not options.all else sys.maxsize):
        say(line)
    if not texts:
        terminal.say("import.same", rows=changes.rows)
    elif not options.write:
        terminal.say("import.dry", rows=changes.rows, count=len(changes.changed), files=", ".join(texts))
    else:
        terminal.say("import.written", rows=changes.rows, count=len(changes.changed), files=", ".join(texts))
    return 0


def _carry_out(
    root: Path,
    texts: dict[str, str],
    before: dict[str, bytes | None],
    changes: Changes,
    terminal: Terminal,
    *,
    write: bool,
) -> None:
    """Write the texts, or only look what the next build would say of them; where it would stop, end with the cells."""
    try:
        if write:
            amend_whole(root, texts, before, terminal)
        elif faults := faults_with(root, {file: text.encode("utf-8") for file, text in texts.items()}):
            terminal.complain("amend.refused")
            raise Faulty(faults)
    except Faulty as faulty:
        raise Faulty([*changes.problems, *at_cells(faulty.problems, texts, changes.origins)]) from None


def _wishes(archive: Archive, options: argparse.Namespace) -> Wishes:
    if options.edition and options.edition not in records_of(archive):
        raise Slip("export.unknown", None, name=options.edition)
    sources = tuple(filter(None, (one.strip() for one in options.source.replace(";", ",").split(","))))
    return Wishes(options.edition, sources, options.replace)


def _read(archive: Archive, options: argparse.Namespace, wishes: Wishes, root: Path) -> tuple[Changes, list[Head]]:
    """What all files change, and the headings that were found."""
    importer, heads = Importer(archive, wishes), []
    sorts = sorts_of(archive.config)
    headings = Headings(archive, [sort_named(archive, options.records)] if options.records else [*sorts.values()])
    chinese = any(language.tag.startswith("zh") for language in archive.config.languages)
    problems = importer.changes.problems
    for path in options.files:
        data = _bytes_of(root / path, path)
        sheets, faults = read_sheets(data, str(path), headings.known, chinese=chinese)
        problems += faults
        found = [(sheet, head) for sheet in sheets if (head := headings.find(sheet))]
        if not found and not faults:
            problems.append(Problem("sheet-no-headings", _first(sheets, str(path)), {"sorts": ", ".join(sorts)}))
        for sheet, head in found:
            if wishes.whole and head.sort.name != EXHIBITORS:
                raise Slip("import.replace")
            problems += headings.problems(sheet, head)
            importer.take(sheet, head)
            heads.append(head)
    return importer.finish(), heads


def _bytes_of(path: Path, shown: Path) -> bytes:
    if not path.is_file():
        raise Slip("import.no-file", None, file=shown)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Stop("general.broke-off", None, file=shown, reason=error.strerror or error) from None


def _first(sheets: Sequence[Sheet], file: str) -> Place:
    return next((sheet.place(min(sheet.rows), 1) for sheet in sheets if sheet.rows), Place(file))


def _texts(archive: Archive) -> dict[str, str]:
    try:
        return archive.changed()
    except ValueError as error:
        raise Faulty([Problem("sheet-unwritable", Place(str(error)))]) from None


def _labels(archive: Archive, heads: Iterable[Head], language: str) -> dict[tuple[str, str], str]:
    """What the editor calls each column, by sort and name."""
    return {
        (sort.name, name): sort.headings(name, spoken, archive.config)[language][0]
        for sort in {head.sort.name: head.sort for head in heads}.values()
        for name, spoken in sort.names(archive).items()
    }


def _lines(
    changed: Sequence[Changed], labels: dict[tuple[str, str], str], terminal: Terminal, most: int
) -> Iterable[str]:
    for one in changed[:most]:
        yield terminal.word(f"diff.row-{one.sort}", table=one.table, key=one.key)
        for name, old, new in one.cells:
            yield f"    {labels.get((one.table, name), name)}: {_shown(old)} → {_shown(new)}"
    if len(changed) > most:
        yield terminal.word("import.more", count=len(changed) - most)


def _shown(text: str) -> str:
    """A cell on one line."""
    whole = printable(text)
    return "—" if not whole else whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"
