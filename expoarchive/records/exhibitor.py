"""Lists of exhibitors: data of an edition, in a table of its own, with a row for each."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from expoarchive.load.content import EXHIBITORS
from expoarchive.nodes import Node, Scalar, SourceText, read_model
from expoarchive.nodes.fields import TAG, LocalText, Many, PlacedText, Ref, SourceWords, fault, is_id
from expoarchive.nodes.model import Model, PlacedStr
from expoarchive.nodes.node import MappingNode
from expoarchive.nodes.table import parse_table
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.statement import Citation
from expoarchive.records.vocabulary import CompanyRef

NAME = "name_"
# The columns of the file, after a name in each language.
COLUMNS = ("company", "place", "hall", "booth", "industry")


def _id_or_words(target: str) -> Any:
    def read(value: Any) -> Ref | PlacedStr:
        if not isinstance(value, str):
            raise fault("not-text")
        place = value.place if isinstance(value, PlacedStr) else Place("")
        return Ref.at(value, value, target) if is_id(value) else PlacedStr(value, place)

    return Annotated[Ref | PlacedStr, PlainValidator(read), WithJsonSchema({"type": "string"})]


class Exhibitor(Model):
    """``content/exhibitors/YYYY.csv``: who exhibited, a row each. The name has a column a language: `name_en`."""

    name: SourceWords = Field(description="The name in one or more languages, as the source has it.")
    company: CompanyRef | None = Field(None, description="Its id in companies.yaml, if it has an entry.")
    place: _id_or_words("place") | None = Field(  # type: ignore[valid-type]
        None, description="Where it is from: the id of a place, or the source's words, which no id looks like."
    )
    hall: PlacedText | None = Field(None, description="The hall, as the source names it.")
    booth: PlacedText | None = Field(None, description="The number of its stand.")
    industry: _id_or_words("industry") | None = Field(  # type: ignore[valid-type]
        None, description="Its industry: an id, or the source's words."
    )


class ExhibitorTable(Model):
    """All rows of one file. ``languages`` are those that its names have columns for."""

    rows: tuple[Exhibitor, ...]
    languages: tuple[str, ...]


class ExhibitorList(Model):
    """Where the table in ``content/exhibitors/YYYY.csv`` is from, and what it covers."""

    sources: Annotated[Many[Citation], Field(min_length=1)] = Field(description="Who printed the list.")
    scope: LocalText | None = Field(None, description="What it covers, where that is not the whole fair.")
    note: LocalText | None = Field(None, description="What a reader should know of it.")


def exhibitors_file(year: int | str) -> str:
    """The file with the exhibitors of an edition."""
    return f"{EXHIBITORS}{year}.csv"


def year_of(file: str) -> str:
    """The name of such a file, which should be the year of an edition."""
    return file.removeprefix(EXHIBITORS).removesuffix(".csv")


def table_text(languages: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a file: a column for the name in each language, then ``COLUMNS``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(f"{NAME}{language}" for language in languages), *COLUMNS])
    writer.writerows(rows)
    return text.getvalue()


def read_exhibitors(source: SourceText, context: Any) -> tuple[ExhibitorTable | None, list[Problem]]:
    """The rows of a file. Reports ``table-heading``, ``table-cells`` for a row of too many, and faults of cells."""
    cells, problems = parse_table(source)
    if problems or not cells:
        return None, problems or [Problem("empty-file", source.place())]
    headings, *rows = cells
    problems = [*_headings(headings)]
    if problems:
        return None, problems
    names = [heading.text or "" for heading in headings]
    exhibitors = []
    for row in rows:
        if len(row) > len(names):
            details = {"count": str(len(row)), "expected": str(len(names))}
            problems.append(Problem("table-cells", row[len(names)].place, details))
            continue
        exhibitor, faults = read_model(_entry(names, row), Exhibitor, source.file, context)
        problems += faults
        if exhibitor is not None:
            exhibitors.append(exhibitor)
    languages = tuple(name.removeprefix(NAME) for name in names if name.startswith(NAME))
    table = ExhibitorTable(rows=tuple(exhibitors), languages=languages)
    table._place = source.place()
    return table, problems


def _headings(headings: Sequence[Scalar]) -> Iterator[Problem]:
    seen: set[str] = set()
    for heading in headings:
        name = heading.text or ""
        language = name.removeprefix(NAME)
        known = name in COLUMNS or (name != language and TAG.fullmatch(language))
        if not known or name in seen:
            details = {"found": name, "choices": ", ".join((f"{NAME}…", *COLUMNS))}
            yield Problem("table-heading", heading.place, details, nearest(name, COLUMNS))
        seen.add(name)
    if not any(name.startswith(NAME) for name in seen):
        yield Problem("table-heading", headings[0].place, {"found": headings[0].text or "", "choices": f"{NAME}…"})


def _entry(names: Sequence[str], row: Sequence[Scalar]) -> MappingNode:
    """A row as YAML would have it."""
    filled = [(name, cell) for name, cell in zip(names, row, strict=False) if cell.text]
    words = tuple((Scalar(name.removeprefix(NAME), cell.place), cell) for name, cell in filled if _is_name(name))
    entries: list[tuple[Scalar, Node]] = []
    if words:
        entries.append((Scalar("name", words[0][1].place), MappingNode(words, words[0][1].place)))
    entries += [(Scalar(name, cell.place), cell) for name, cell in filled if not _is_name(name)]
    return MappingNode(tuple(entries), row[0].place)


def _is_name(heading: str) -> bool:
    return re.match(NAME, heading) is not None
