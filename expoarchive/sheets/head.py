"""The headings of a sheet: in which row they are, what the rows below are, and which column is what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from expoarchive.problem import WARNING, Problem, nearest
from expoarchive.sheets.archive import Archive
from expoarchive.sheets.book import Sheet
from expoarchive.sheets.heading import folded, sheet_names, spoken
from expoarchive.sheets.reading import HEAD_ROWS
from expoarchive.sheets.sort import Sort


@dataclass(frozen=True, slots=True)
class Head:
    """Names of columns by their number, below which row, for rows of which sort."""

    sort: Sort
    row: int
    columns: Mapping[int, str]


@dataclass(frozen=True)
class Headings:
    """Finds the headings of sheets; ``sorts`` are those that may be meant."""

    archive: Archive
    sorts: Sequence[Sort]

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """For each sort its columns by all that they may be called, in any language of editors."""
        words: dict[str, dict[str, str]] = {}
        for sort in self.sorts:
            found = words[sort.name] = {}
            for name, language in sort.names(self.archive).items():
                every = sort.headings(name, language, self.archive.config).values()
                for word in (one for several in every for one in several):
                    found.setdefault(folded(word), name)
            self._alone(sort, found)
            for name in sort.names(self.archive):
                found.setdefault(folded(name), name)
        return words

    def _alone(self, sort: Sort, found: dict[str, str]) -> None:
        """A text with its language in other words, or before it; without a language it is in the site's first."""
        languages = {str(one.id): one.name for one in self.archive.config.languages}
        first = str(self.archive.config.default_language.id)
        for name, language in sort.names(self.archive).items():
            if not language:
                continue
            called = spoken(language, languages.get(language, ""))
            for several in sort.headings(name.rpartition(".")[0], "", self.archive.config).values():
                for word in several:
                    for spelt in (f"{one}{two}" for call in called for one, two in ((word, call), (call, word))):
                        found.setdefault(folded(spelt), name)
                    if language == first:
                        found.setdefault(folded(word), name)

    def known(self, row: Sequence[str]) -> int:
        """How many cells of a row are headings of one sort."""
        cells = [folded(cell) for cell in row]
        return max(sum(cell in words for cell in cells if cell) for words in self._words.values())

    def find(self, sheet: Sheet) -> Head | None:
        """The headings of a sheet; None where no row has any that belong together."""
        best: tuple[tuple[int, ...], Head] | None = None
        for at in [*sheet.rows][:HEAD_ROWS]:
            cells = {column: folded(text) for column, text in sheet.rows[at].items()}
            for sort in self.sorts:
                words = self._words[sort.name]
                columns = {column: words[cell] for column, cell in cells.items() if cell in words}
                named = self._is_named(sort, sheet)
                score = (len({*columns.values()}) + 2 * named, sort.key in columns.values(), named, -at)
                needed = 1 if len(self.sorts) == 1 else 2
                if len(columns) >= needed and (best is None or score > best[0]):
                    best = score, Head(sort, at, columns)
        return best[1] if best else None

    @staticmethod
    def _is_named(sort: Sort, sheet: Sheet) -> bool:
        """Whether the sheet, or its file, is called what such sheets are."""
        stem = sheet.file.rpartition("/")[2].partition(".")[0]
        names = {folded(name) for name in sheet_names(sort.name).values()}
        return bool(names & {folded(sheet.name), folded(stem), folded(stem.partition("-")[0])})

    def problems(self, sheet: Sheet, head: Head) -> Iterator[Problem]:
        """Report ``sheet-heading-twice``; warn of ``sheet-heading``, a column that nothing is read from."""
        seen: dict[str, int] = {}
        words = self._words[head.sort.name]
        for column, text in sheet.rows[head.row].items():
            place, name = sheet.place(head.row, column), head.columns.get(column)
            if name is None:
                close = nearest(folded(text), words)
                every = head.sort.names(self.archive)
                near = head.sort.headings(words[close], every[words[close]], self.archive.config) if close else {}
                spelt = next((one for several in near.values() for one in several if folded(one) == close), None)
                yield Problem("sheet-heading", place, {"found": text}, spelt, WARNING)
            elif name in seen:
                yield Problem("sheet-heading-twice", place, {"found": text, "other": sheet.cell(head.row, seen[name])})
            seen.setdefault(name or "", column)
