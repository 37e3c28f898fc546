"""Addresses that pages once had, and those that were published and lead nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expoarchive.problem import Place, Problem, nearest
from expoarchive.records import Article, Records
from expoarchive.records.ledger import Ledger
from expoarchive.site.address import permalink
from expoarchive.site.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Moved:
    """A permalink that leads to another page of its language."""

    permalink: str
    language: str
    target: str


def find_moved(
    records: Records, languages: Sequence[str], taken: Mapping[str, object]
) -> tuple[list[Moved], list[Problem]]:
    """All former addresses. Reports ``alias-taken`` where a page (of the permalinks ``taken``) or alias has it."""
    moved: dict[str, Moved] = {}
    problems = []
    for kind, page_id, alias, place in _aliases(records):
        found = [Moved(permalink(one, kind, alias), one, permalink(one, kind, page_id)) for one in languages]
        if any(one.permalink in taken or one.permalink in moved for one in found):
            problems.append(Problem("alias-taken", place, {"name": alias}))
        else:
            moved |= {one.permalink: one for one in found}
    return list(moved.values()), problems


def _aliases(records: Records) -> Iterator[tuple[str, str, str, Place]]:
    """Kind of page, id, former id, where it is named."""
    for kind in KINDS.values():
        for page_id, entry in kind.entries(records).items() if kind.entries else ():
            record = entry.record if isinstance(entry, Article) else entry
            for alias in getattr(record, "aliases", ()):
                yield kind.name, page_id, alias, record.found_at


def gone(ledger: Ledger, there: Mapping[str, object]) -> list[Problem]:
    """``published-page-gone`` for each published permalink that is not among those ``there``."""
    return [
        Problem("published-page-gone", link.place, {"name": link}, nearest(link, there))
        for link in ledger.permalinks
        if link not in there
    ]
