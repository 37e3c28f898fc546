"""Holds the tables of exhibitors against the editions that say where they are from, and against the vocabularies."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from expoarchive.load import CONTENT
from expoarchive.nodes.fields import Ref
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import WARNING, Place, Problem, nearest
from expoarchive.records.archive import Records
from expoarchive.records.edition import Edition
from expoarchive.records.exhibitor import Exhibitor, ExhibitorTable, exhibitors_file

# What lists print behind the name of a place, and vocabularies often leave out; never of a name of one character.
_SUFFIX = re.compile(r"(?<=..)(?:省|市|(?:壮族|回族|维吾尔)?自治区|自治州|州|县)\Z")
# The columns that hold an id or the list's own words, each the name of a vocabulary.
_OWN_WORDS = ("place", "industry")
_SHOWN = 3


def check_exhibitors(
    tables: Mapping[str, ExhibitorTable], editions: Mapping[int, Edition], faulty: Collection[str]
) -> Iterator[Problem]:
    """Report ``exhibitors-unsourced`` for a table that no edition gives a source for, ``exhibitors-missing`` for none.

    Nothing is said of an edition or a table whose file is ``faulty``.
    """
    years = {str(year): edition for year, edition in editions.items()}
    for name in tables:
        edition = years.get(name)
        if edition is None and f"{CONTENT}/editions/{name}.yaml" in faulty:
            continue
        if edition is None:
            yield Problem("unknown-edition", Place(exhibitors_file(name)), {"name": name}, nearest(name, years))
        elif edition.exhibitors is None:
            yield Problem("exhibitors-unsourced", Place(exhibitors_file(name)), {"year": name})
    for name, edition in years.items():
        file = exhibitors_file(name)
        if edition.exhibitors is not None and name not in tables and file not in faulty:
            yield Problem("exhibitors-missing", edition.exhibitors.found_at, {"file": file})


def without_suffix(place: str) -> str:
    """The name of a place without what it is: 月港 of 月港市."""
    return _SUFFIX.sub("", place)


def check_listed(records: Records) -> Iterator[Problem]:
    """Warn of ``exhibitor-twice``, and of ``exhibitors-unmatched`` words once a table.

    A note of the list, which readers see, answers for its own words.
    """
    for year, table in records.exhibitors.items():
        yield from _twice(table)
        listed = records.editions[year].exhibitors
        if listed is not None and listed.note is None:
            yield from _unmatched(records, table)


def _twice(table: ExhibitorTable) -> Iterator[Problem]:
    """Rows of one company at one stand."""
    seen: dict[tuple[str, ...], Exhibitor] = {}
    for row in table.rows:
        name = next(iter(row.name.values()))
        first = seen.setdefault((row.company or name.casefold(), row.hall or "", row.booth or ""), row)
        if first is not row:
            details = {"name": name, "line": str(row.found_at.line), "other": str(first.found_at.line)}
            yield Problem("exhibitor-twice", row.found_at, details, severity=WARNING)


def _unmatched(records: Records, table: ExhibitorTable) -> Iterator[Problem]:
    """The table's own words for places and industries: how many, and the first with the nearest entries."""
    cells = [(sort, cell) for row in table.rows for sort in _OWN_WORDS if (cell := getattr(row, sort))]
    own = [(sort, cell) for sort, cell in cells if isinstance(cell, PlacedStr) and not isinstance(cell, Ref)]
    if not own:
        return
    first: dict[str, tuple[str, PlacedStr]] = {}
    for sort, cell in own:
        first.setdefault(cell, (sort, cell))
    shown = [_with_nearest(records, sort, cell) for sort, cell in islice(first.values(), _SHOWN)]
    details = {"count": str(len(own)), "first": "; ".join(shown)}
    yield Problem("exhibitors-unmatched", own[0][1].place, details, severity=WARNING)


def _with_nearest(records: Records, sort: str, cell: PlacedStr) -> str:
    """The line, the word, and the id of the entry whose name is most like it, if one is like it at all."""
    terms = records.vocabularies.by_sort[sort]
    ids = {name: term_id for term_id, term in terms.items() for name in term.name.values()}
    near = nearest(without_suffix(cell), ids)
    return f"{cell.place.line}: “{cell}”" + (f" → {ids[near]}" if near else "")
