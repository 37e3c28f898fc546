"""How far the sources were read, and how many links of claims to them say where, and as what they print it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records.archive import Records


@dataclass(frozen=True, slots=True)
class Readings:
    """``extents``: the number of sources by how much of each was read; ``not_yet`` where no reading is recorded."""

    extents: Mapping[str, int]
    leaves: int
    cited: int
    placed: int
    quoted: int


def readings_of(records: Records) -> Readings:
    """Counts over all sources, and over all links from claims to sources."""
    links = [link for claim in records.claims.by_address.values() for link in claim.statement.sources]
    sources = records.sources.values()
    return Readings(
        extents=Counter(source.read.extent if source.read else "not_yet" for source in sources),
        leaves=sum(len(source.leaves) for source in sources),
        cited=len(links),
        placed=sum(link.locator is not None for link in links),
        quoted=sum(link.printed is not None for link in links),
    )
