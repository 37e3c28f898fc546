"""The sources behind the records: their texts, read as plain values that a sheet may change."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from expoarchive.config import Config
from expoarchive.nodes import SourceText, read_file
from expoarchive.nodes.edit import Plain, edited, plain_document, written
from expoarchive.nodes.text import text_of
from expoarchive.records import Records
from expoarchive.records.reference import known_ids, targets_of
from expoarchive.sheets.form import Names
from expoarchive.sheets.listing import Listing


@dataclass
class Archive:
    """An archive free of errors, and what is to be changed in its files. ``documents`` may be written to."""

    root: Path
    config: Config
    records: Records
    documents: dict[str, Plain] = field(default_factory=dict)
    before: dict[str, bytes | None] = field(default_factory=dict)
    _plain: dict[str, Plain] = field(default_factory=dict)

    def document(self, file: str) -> Plain:
        """The value of a YAML file, or the rows of a table; empty for a file that is not there."""
        if file not in self.documents:
            data = read_file(self.root, file)[0] if (self.root / file).exists() else None
            self.before[file] = data
            self._plain[file] = self._read(file, data or b"")
            self.documents[file] = deepcopy(self._plain[file])
        return self.documents[file]

    def as_it_was(self, file: str) -> Plain:
        """The same without changes."""
        self.document(file)
        return self._plain[file]

    def _read(self, file: str, data: bytes) -> Plain:
        if file.endswith(".csv"):
            return Listing.of(self._source(file, data)).rows
        return plain_document(data.decode("utf-8"))

    def _source(self, file: str, data: bytes) -> SourceText:
        source, _ = text_of(file, data)
        return source or SourceText(file, "")

    def changed(self) -> dict[str, str]:
        """The texts of the files that are to change. ValueError, with the file, where one cannot be written."""
        return {file: self._written(file) for file, document in self.documents.items() if document != self._plain[file]}

    def _written(self, file: str) -> str:
        data, document = self.before[file] or b"", self.documents[file]
        if file.endswith(".csv"):
            return Listing.of(self._source(file, data)).with_rows(document, self.config.language_ids)
        if not data:
            return written(document)
        try:
            return edited(data.decode("utf-8"), document)
        except ValueError as error:
            raise ValueError(file) from error

    @cached_property
    def names(self) -> Names:
        """What cells may name."""
        ids = known_ids(self.records, {})
        by_name: dict[str, dict[str, str]] = {}
        sorts = self.records.vocabularies.sorts
        for sort in sorts.rows:
            for term_id, term in self.records.vocabularies.by_sort[sort.name].items():
                for text in set(term.name.values()):
                    _note(by_name, sort.name, text, term_id)
                    if sort.part:
                        _note(by_name, "part", text, term_id)
        unique = {
            target: {text: term_id for text, term_id in names.items() if term_id} for target, names in by_name.items()
        }
        about = {
            name: {**sorts.called(name), "file": ", ".join(target.files)} for name, target in targets_of(sorts).items()
        }
        return Names(ids, unique, about)


def _note(by_name: dict[str, dict[str, str]], target: str, text: str, term_id: str) -> None:
    """A name that several entries share names none of them."""
    names = by_name.setdefault(target, {})
    key = text.casefold()
    names[key] = term_id if names.get(key, term_id) == term_id else ""


def value_at(document: Plain, path: tuple[str | int, ...]) -> Plain:
    """The value at a path; where a single item stands without its list, 0 leads to itself."""
    for step in path:
        if step == 0 and not isinstance(document, list):
            continue
        document = document[step]
    return document


def put(document: Plain, path: tuple[str | int, ...], value: Plain) -> Plain:
    """The document with another value there."""
    if not path:
        return value
    step, *rest = path
    if step == 0 and not isinstance(document, list):
        return put(document, tuple(rest), value)
    if isinstance(document, list):
        assert isinstance(step, int)
        return [*document[:step], put(document[step], tuple(rest), value), *document[step + 1 :]]
    return {**document, step: put(document[step], tuple(rest), value)}


def add(document: Plain, path: tuple[str, ...], value: Plain) -> tuple[Plain, tuple[str | int, ...]]:
    """The document with one more item in the list there, a single one without brackets; and the way to it."""
    step, *rest = path
    held: Mapping[str, Plain] = document if isinstance(document, dict) else {}
    if rest:
        inner, way = add(held.get(step, {}), tuple(rest), value)
        return {**held, step: inner}, (step, *way)
    if step not in held:
        return {**held, step: value}, (step, 0)
    items = held[step] if isinstance(held[step], list) else [held[step]]
    return {**held, step: [*items, value]}, (step, len(items))
