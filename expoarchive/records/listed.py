"""Holds the tables of exhibitors against the editions that say where they are from."""

from collections.abc import Collection, Iterator, Mapping

from expoarchive.load import CONTENT
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.edition import Edition
from expoarchive.records.exhibitor import ExhibitorTable, exhibitors_file


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
