"""Holds the pages that are cited of a source against those that its scan has."""

from collections.abc import Iterator, Mapping
from functools import partial

from expoarchive.cache.memory import Memory
from expoarchive.load.media import DOCUMENT
from expoarchive.load.pdf import count_pages
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.archive import Records
from expoarchive.records.locator import is_locator, page_in, steps


def check_scans(records: Records, media: Mapping[str, bytes], memory: Memory) -> Iterator[Problem]:
    """Warn of ``page-not-scanned`` at each citation of a page that the PDF of its source does not have.

    ``media`` is by name below content/media/. Nothing is said of a PDF that does not say how many pages it has.
    """
    scans: dict[str, tuple[str, range]] = {}
    for source_id, source in records.sources.items():
        name = str(source.file.name or "") if source.file else ""
        if source.file is None or not name.lower().endswith(DOCUMENT) or name not in media:
            continue
        data, first = media[name], source.file.first_page
        count = memory.recall(("pages of", name), data, partial(count_pages, data))
        if count:
            scans[source_id] = name, range(first, first + count)
    for source_id, locator, place in _cited(records) if scans else ():
        name, span = scans.get(source_id, ("", range(0)))
        beyond = [page for page in _pages(locator) if page not in span] if span else []
        if beyond:
            details = {"page": str(beyond[0]), "count": str(len(span)), "first": str(span[0]), "last": str(span[-1])}
            yield Problem("page-not-scanned", place, {"file": name, **details}, severity=WARNING)


def _cited(records: Records) -> Iterator[tuple[str, str, Place]]:
    """Each citation that says where in its source: of claims, and of texts."""
    for claim in records.claims.by_address.values():
        for citation in claim.statement.sources:
            if citation.locator:
                yield str(citation.source), citation.locator, getattr(citation.locator, "place", citation.found_at)
    for _, text in records.texts():
        for reference in text.references:
            if reference.kind == "citation" and reference.locator:
                yield reference.target, reference.locator, reference.place


def _pages(locator: str) -> Iterator[int]:
    """The first page that a locator names, and the last of several."""
    if page := page_in(locator):
        yield page
    for step in steps(locator) if is_locator(locator) else ():
        if step.name == "page" and step.last:
            yield int(step.last)
