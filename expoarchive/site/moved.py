"""Former addresses of pages, and published addresses that no longer exist."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from expoarchive.problem import Place, Problem, nearest
from expoarchive.records import Article, Records
from expoarchive.records.ledger import Ledger
from expoarchive.site.address import permalink
from expoarchive.site.kinds import Kinds


@dataclass(frozen=True, slots=True)
class Moved:
    """A former permalink, and the page's present one."""

    permalink: str
    language: str
    target: str


def find_moved(
    records: Records, languages: Sequence[str], taken: Set[str], kinds: Kinds
) -> tuple[list[Moved], list[Problem]]:
    """All former addresses.

    Reports ``alias-taken`` for one that another record has, or a page (``taken``), and ``unknown-sort``.
    """
    moved: dict[str, Moved] = {}
    problems = []
    for kind, page_id, alias, place in _aliases(records, kinds):
        sort, _, former = alias.rpartition(":")
        if sort and sort not in kinds:
            details = {"found": sort, "choices": ", ".join(kinds)}
            problems.append(Problem("unknown-sort", place, details, nearest(sort, kinds)))
            continue
        addresses = {
            permalink(one, sort or kind, former, kinds=kinds): (one, permalink(one, kind, page_id, kinds=kinds))
            for one in languages
        }
        if any(address in taken or address in moved for address in addresses):
            problems.append(Problem("alias-taken", place, {"name": alias}))
        else:
            moved |= {address: Moved(address, *target) for address, target in addresses.items()}
    return list(moved.values()), problems


def _aliases(records: Records, kinds: Kinds) -> Iterator[tuple[str, str, str, Place]]:
    """(kind of page, id, former id, place of the former id's record)."""
    for kind in kinds.values():
        for page_id, item in kind.records(records).items() if kind.records else ():
            record = item.record if isinstance(item, Article) else item
            for alias in getattr(record, "aliases", ()):
                yield kind.name, page_id, alias, record.found_at


def gone(ledger: Ledger, existing: Set[str]) -> list[Problem]:
    """``published-page-gone`` for each published permalink that is not among the ``existing`` ones."""
    return [
        Problem("published-page-gone", link.place, {"name": link}, nearest(link, sorted(existing)))
        for link in ledger.permalinks
        if link not in existing
    ]
