"""What rows of a sheet change in the sources.

A cell that shows what the record says changes nothing, however the record writes it. An empty cell takes a value away;
a column that the sheet lacks, and a row that it lacks, leave the record as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from expoarchive.nodes.edit import Plain
from expoarchive.nodes.fields import is_id
from expoarchive.problem import WARNING, Problem, nearest
from expoarchive.records import EXPO
from expoarchive.records.exhibitor import exhibitors_file
from expoarchive.sheets.archive import Archive, add, put
from expoarchive.sheets.book import Sheet
from expoarchive.sheets.column import Column, at_path, with_end, with_value
from expoarchive.sheets.form import CellFault, Names, narrow
from expoarchive.sheets.head import Head
from expoarchive.sheets.sort import (
    CLAIMS,
    EXHIBITORS,
    FIELD,
    FIELDS,
    FIGURE,
    MEASURE,
    NUMBER,
    RECORD,
    SORTS,
    SOURCES,
    Item,
    Path,
    Sort,
    in_order,
    record_file,
    records_of,
    source_file,
)

# Of a row's number in a list.
_MOST_DIGITS = 9
_EXPO_WORDS = (EXPO, "整体", "历届", "all editions")


@dataclass(frozen=True, slots=True)
class Changed:
    """One record. ``sort`` is added, changed or removed; ``cells`` has name, old and new text of each that differs."""

    table: str
    key: str
    sort: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a changed record stands in its file from now on, and in which cells of the sheet."""

    file: str
    path: Path
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    shown: tuple[Column, ...]


@dataclass
class Changes:
    """What sheets change, and what is wrong with them."""

    changed: list[Changed] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a command was told beside the sheets: the edition of rows that do not say it, where a new list of exhibitors
    is from, and whether a sheet has the whole list.
    """

    edition: str = ""
    sources: tuple[str, ...] = ()
    whole: bool = False


@dataclass
class _Row:
    """One row being read; ``columns`` are its cells by the names of their columns."""

    sheet: Sheet
    at: int
    columns: Mapping[str, int]
    headings: Mapping[int, str]

    def text(self, name: str) -> str:
        column = self.columns.get(name)
        return self.sheet.rows[self.at].get(column, "") if column is not None else ""

    def cell(self, name: str) -> str:
        """The cell in that column as messages name it, with its file; the first of the row where it has none."""
        column = self.columns.get(name) or min(self.sheet.rows[self.at])
        return f"{self.sheet.file} {self.sheet.cell(self.at, column)}"

    def problem(self, fault: CellFault, name: str = "") -> Problem:
        """The fault at a cell; at the first of the row for one of the row as a whole."""
        column = self.columns.get(name) or min(self.sheet.rows[self.at])
        details = {"name": self.headings.get(column, name), **fault.details}
        return Problem(fault.kind, self.sheet.place(self.at, column), details, fault.near)


class Importer:
    """Reads sheets, and notes in an archive's documents what they change."""

    def __init__(self, archive: Archive, wishes: Wishes) -> None:
        self.archive = archive
        self.wishes = wishes
        self.changes = Changes()
        self._records: dict[str, _Records] = {}
        self._exhibitors: list[_Row] = []

    def take(self, sheet: Sheet, head: Head) -> None:
        """Every row below the headings."""
        columns: dict[str, int] = {}
        for column, name in head.columns.items():
            columns.setdefault(name, column)
        rows = [
            _Row(sheet, at, columns, sheet.rows[head.row])
            for at, cells in sheet.rows.items()
            if at > head.row and any(column in cells for column in columns.values())
        ]
        self.changes.rows += len(rows)
        self.changes.problems += [problem for (at, column), problem in sheet.faults.items() if column in head.columns]
        faulty = {at for at, column in sheet.faults if column in head.columns}
        rows = [row for row in rows if row.at not in faulty]
        if head.sort.name == EXHIBITORS:
            self._exhibitors += rows
        else:
            self._records.setdefault(head.sort.name, _Records(self, head.sort)).take(rows)

    def finish(self) -> Changes:
        """What all sheets change. Their rows of one list of exhibitors are put into it together: each could take the
        place of another that is not known yet.
        """
        _Lists(self, SORTS[EXHIBITORS]).take(self._exhibitors)
        return self.changes


def merged(row: _Row, item: Item, names: Names) -> tuple[Plain, tuple[tuple[str, str, str], ...], list[Problem]]:
    """The record with what its row says, the cells that differ, and what is wrong with them."""
    value: dict[str, Plain] = dict(item.value)
    cells, problems = [], []
    for column in item.columns:
        if column.name not in row.columns:
            continue
        text, old = row.text(column.name), column.shown(item.value)
        if _same(text, old):
            continue
        try:
            value = _with_cell(value, column, text, names)
        except CellFault as fault:
            problems.append(row.problem(fault, column.name))
            continue
        if not _same(column.shown(value), old):
            cells.append((column.name, old, column.shown(value)))
    if not problems and not cells:
        value = item.value
    return in_order(value, item.value), tuple(cells), problems


def _with_cell(value: dict[str, Plain], column: Column, text: str, names: Names) -> dict[str, Plain]:
    read = column.form.read(text, at_path(value, column.path), names) if text else None
    if column.end:
        return with_end(value, column.path, column.end, read)
    return with_value(value, column.path, read)


def _same(one: str, other: str) -> bool:
    return one == other or one.split() == other.split()


class _Records:
    """Rows that each name a record, or begin one."""

    def __init__(self, importer: Importer, sort: Sort) -> None:
        self.importer = importer
        self.archive = importer.archive
        self.sort = sort
        self.items = {item.key: item for item in sort.items(importer.archive)}
        self.seen: dict[str, _Row] = {}
        self.changing: dict[str, _Row] = {}

    @property
    def problems(self) -> list[Problem]:
        return self.importer.changes.problems

    def take(self, rows: Sequence[_Row]) -> None:
        """Another sheet may show a record once more, as long as one of them alone changes it."""
        self.seen = {}
        for row in rows:
            try:
                self.row(row)
            except CellFault as fault:
                self.problems.append(row.problem(fault, fault.details.pop("column", self.sort.key)))

    def row(self, row: _Row) -> None:
        key = row.text(self.sort.key)
        if key in self.seen:
            raise CellFault("sheet-row-twice", found=key, other=self.seen[key].cell(self.sort.key))
        if key:
            self.seen[key] = row
        item = self.items.get(key)
        if item is not None:
            self.fixed(row, item)
            self.unfit(row, item)
            value, cells, problems = merged(row, item, self.archive.names)
            self.problems.extend(problems)
            if cells and not problems:
                self.alone(row, key)
                document = self.archive.document(item.file)
                self.archive.documents[item.file] = put(document, item.path, value)
                self.note(row, item, item.path, cells, "changed")
            return
        self.alone(row, key)
        item = self.begun(row, key)
        self.unfit(row, item)
        value, cells, problems = merged(row, item, self.archive.names)
        self.problems.extend(problems)
        if not problems:
            self.note(row, item, self.placed(item, value), cells, "added")

    def alone(self, row: _Row, key: str) -> None:
        """A fault where a row of another sheet changes, or begins, the same record."""
        if key in self.changing:
            raise CellFault("sheet-row-twice", found=key, other=self.changing[key].cell(self.sort.key))
        if key:
            self.changing[key] = row

    def note(self, row: _Row, item: Item, path: Path, cells: tuple[tuple[str, str, str], ...], sort: str) -> None:
        changes = self.importer.changes
        changes.changed.append(Changed(self.sort.name, item.key, sort, cells))
        changes.origins.append(Origin(item.file, path, row.sheet, row.at, row.columns, item.columns))

    def fixed(self, row: _Row, item: Item) -> None:
        """What says where a claim stands cannot be changed: its address is what others rely on."""
        for name in self.sort.ways:
            text = row.text(name)
            if not text or name == self.sort.key or name not in item.cells:
                continue
            found = self.way(name, text)
            if found != item.cells[name]:
                raise CellFault("sheet-fixed", column=name, found=text, key=item.key, old=item.cells[name])

    def way(self, name: str, text: str) -> str:
        match name:
            case "record":
                return EXPO if text.casefold() in _EXPO_WORDS else narrow(text).removesuffix("年").removesuffix("届")
            case "measure":
                return self.archive.names.find("measure", text) or text
        return text.casefold()

    def unfit(self, row: _Row, item: Item) -> None:
        """Report each filled cell that a record of this kind has no place for."""
        ways = {name for name in (*self.sort.ways, self.sort.key) if name != MEASURE or item.cells.get(FIELD) == FIGURE}
        own = ways | {column.name for column in item.columns}
        for name in row.columns:
            if row.text(name) and name not in own:
                fault = CellFault("sheet-no-place", found=row.text(name), sort=item.cells.get(FIELD, ""))
                self.problems.append(row.problem(fault, name))

    def begun(self, row: _Row, key: str) -> Item:
        """A record that is not there yet."""
        if self.sort.name == CLAIMS:
            return self.claim(row, key)
        if not is_id(key):
            raise CellFault("not-an-id", found=key, name=self.sort.key)
        languages = self.sort.languages(self.archive)
        columns = self.sort.columns(self.sort.models()[0], languages)
        file = (
            source_file(key) if self.sort.name == SOURCES else self.sort.vocabulary.file if self.sort.vocabulary else ""
        )
        path: Path = () if self.sort.name == SOURCES else (key,)
        return Item(key, file, path, {}, columns, {})

    def claim(self, row: _Row, key: str) -> Item:
        if key:
            near = nearest(key, self.items)
            raise CellFault("sheet-unknown-claim", near, found=key)
        known = records_of(self.archive)
        record = self.way(RECORD, row.text(RECORD)) or self.importer.wishes.edition
        if record not in known:
            raise CellFault("unknown-edition", nearest(record, known), column=RECORD, name=record)
        name = row.text(FIELD).casefold() or (FIGURE if row.text(MEASURE) else "")
        if name not in FIELDS:
            raise CellFault("not-one-of", nearest(name, FIELDS), column=FIELD, found=name, choices=", ".join(FIELDS))
        path: tuple[str, ...] = FIELDS[name].path
        if name == FIGURE:
            try:
                path = (*path, self.archive.names.need("measure", row.text(MEASURE)))
            except CellFault as fault:
                raise CellFault(fault.kind, fault.near, column=MEASURE, **fault.details) from None
        columns = self.sort.columns(FIELDS[name].model, self.sort.languages(self.archive))
        title = " ".join([record, *path[:1], *path[1:]])
        return Item(title, record_file(record), path, {}, columns, {RECORD: record, FIELD: name})

    def placed(self, item: Item, value: Plain) -> Path:
        """The way to a new record, which is in the documents from now on."""
        document = self.archive.document(item.file)
        if self.sort.name == CLAIMS:
            self.archive.documents[item.file], path = add(document, tuple(map(str, item.path)), value)
            return path
        self.archive.documents[item.file] = {**document, item.path[0]: value} if item.path else value
        return item.path


class _Lists:
    """Rows of exhibitors, which nothing names but what they say: the name, the stand, the place in the list."""

    def __init__(self, importer: Importer, sort: Sort) -> None:
        self.importer = importer
        self.archive = importer.archive
        self.sort = sort
        self.columns = sort.columns(sort.models()[0], sort.languages(importer.archive))

    @property
    def problems(self) -> list[Problem]:
        return self.importer.changes.problems

    def take(self, rows: Sequence[_Row]) -> None:
        by_record: dict[str, list[_Row]] = {}
        for row in rows:
            record = narrow(row.text(RECORD)).removesuffix("年") or self.importer.wishes.edition
            if not record.isdigit() or int(record) not in self.archive.records.editions:
                kind = "unknown-edition" if record else "sheet-no-edition"
                near = nearest(record, map(str, self.archive.records.editions))
                self.problems.append(row.problem(CellFault(kind, near, name=record), RECORD))
                if not record:
                    return
                continue
            by_record.setdefault(record, []).append(row)
        for record, of_record in by_record.items():
            self.of_edition(record, of_record)

    def of_edition(self, record: str, rows: Sequence[_Row]) -> None:
        """One edition's rows, of all sheets."""
        file = exhibitors_file(record)
        old: list[Plain] = list(self.archive.as_it_was(file) or [])
        self.sourced(record, rows[0])
        rows = self.once(old, rows)
        matches = _matched(old, rows, self.columns)
        new: list[Plain | None] = list(old)
        origins: list[tuple[int, _Row]] = []
        seen: dict[tuple[str, ...], _Row] = {}
        for row, at in zip(rows, matches, strict=True):
            other = seen.setdefault(self.shown(row), row)
            if at is None and other is not row:
                double = row.problem(CellFault("sheet-row-double", other=other.cell(NUMBER)))
                self.problems.append(replace(double, severity=WARNING))
            place, before = (at, old[at]) if at is not None else (len(new), {})
            item = Item(f"{record} {place + 1}", file, (place,), before, self.columns, {})
            value, cells = self.read(row, item)
            if not cells:
                continue
            new[place : place + 1] = [value]
            origins.append((place, row))
            self.importer.changes.changed.append(Changed(EXHIBITORS, item.key, "changed" if before else "added", cells))
        if self.importer.wishes.whole:
            self.removed(record, old, new, {at for at in matches if at is not None})
        for place, row in origins:
            path = (sum(one is not None for one in new[:place]),)
            self.importer.changes.origins.append(Origin(file, path, row.sheet, row.at, row.columns, self.columns))
        self.archive.document(file)
        self.archive.documents[file] = [row for row in new if row is not None]

    def read(self, row: _Row, item: Item) -> tuple[Plain, tuple[tuple[str, str, str], ...]]:
        """The exhibitor that a row makes of the item, and the cells that change it: none where one is at fault."""
        value, cells, problems = merged(row, item, self.archive.names)
        if not problems and not value.get("name"):
            column = next((name for name in row.columns if name.startswith("name.")), NUMBER)
            problems = [row.problem(CellFault("sheet-no-name"), column)]
        self.problems.extend(problems)
        return value, () if problems else cells

    def shown(self, row: _Row) -> tuple[str, ...]:
        return tuple(" ".join(row.text(column.name).split()) for column in self.columns)

    def once(self, old: Sequence[Plain], rows: Sequence[_Row]) -> list[_Row]:
        """The rows without those that show an exhibitor as it is recorded and as another sheet has shown it."""
        recorded = {tuple(" ".join(column.shown(one).split()) for column in self.columns) for one in old}
        first: dict[tuple[str, ...], Sheet] = {}
        return [
            row
            for row in rows
            if (shown := self.shown(row)) not in recorded or first.setdefault(shown, row.sheet) is row.sheet
        ]

    def removed(self, record: str, old: Sequence[Plain], new: list[Plain | None], kept: set[int]) -> None:
        """Rows that the sheet lacks, where it has the whole list. What follows moves up."""
        for at in range(len(old)):
            if at not in kept:
                new[at] = None
                name = next(iter(old[at].get("name", {}).values()), "")
                self.importer.changes.changed.append(Changed(EXHIBITORS, f"{record} {at + 1} {name}", "removed"))

    def sourced(self, record: str, row: _Row) -> None:
        """An edition without a list says from now on where this one is from."""
        if self.archive.records.editions[int(record)].exhibitors is not None:
            return
        sources = []
        for source in self.importer.wishes.sources:
            try:
                sources.append(self.archive.names.need("source", source))
            except CellFault as fault:
                self.problems.append(row.problem(fault))
        if not self.importer.wishes.sources:
            self.problems.append(row.problem(CellFault("sheet-no-source", year=record)))
        file = record_file(record)
        document = self.archive.document(file)
        self.archive.documents[file] = {**document, EXHIBITORS: {"sources": sources}}


def _matched(old: Sequence[Plain], rows: Sequence[_Row], columns: Sequence[Column]) -> list[int | None]:
    """For each row the place in the old list of the exhibitor that it is, None for a new one.

    Of the same name and stand first; then of its number in the list, where one of the two is the same; then of the same
    name alone.
    """
    free = dict.fromkeys(range(len(old)))
    found: list[int | None] = [None] * len(rows)
    names = [column for column in columns if column.language]
    stands = [column for column in columns if column.name in ("hall", "booth")]

    def pair(key: Sequence[Column]) -> None:
        """Rows with those that are free and show the same in these columns, of several the first."""
        waiting: dict[tuple[str, ...], list[int]] = {}
        for at in free:
            shown = tuple(column.shown(old[at]) for column in key)
            if shown[0]:
                waiting.setdefault(shown, []).append(at)
        for index, row in enumerate(rows):
            places = waiting.get(tuple(row.text(column.name) for column in key))
            if found[index] is None and places:
                found[index] = place = places.pop(0)
                del free[place]

    for name in names:
        pair([name, *stands])
    for index, row in enumerate(rows):
        number = narrow(row.text(NUMBER))
        at = int(number) - 1 if number.isdigit() and len(number) < _MOST_DIGITS else -1
        if found[index] is None and at in free and _alike(old[at], row, names, stands):
            found[index] = at
            del free[at]
    for name in names:
        pair([name])
    return found


def _alike(old: Plain, row: _Row, names: Sequence[Column], stands: Sequence[Column]) -> bool:
    """Whether a name, or the whole stand, is the same."""
    stand = [row.text(column.name) for column in stands]
    same_stand = any(stand) and stand == [column.shown(old) for column in stands]
    return same_stand or any(row.text(name.name) and row.text(name.name) == name.shown(old) for name in names)
