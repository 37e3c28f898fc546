"""The archive's audit of itself, counted in this very build."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from expoarchive.records.readings import readings_of
from expoarchive.records.source import Extent, Outcome
from expoarchive.records.translation import standings
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.measured import Measured
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link
from expoarchive.render.views.search import group_of, group_title, groups_of

STATES = ("original", "current", "stale", "unstamped", "missing")


@dataclass(frozen=True, slots=True)
class AuditTable:
    """The column heads, of which the first is above the rows' names. A name without an address is not a link."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """What the build counted, in words. Weights are in kilobytes of 1000 bytes.

    ``everywhere``: figures are in the data and the charts' files too, not only on pages.
    """

    version: str | None
    counted: str
    figures: str
    everywhere: bool
    equality: AuditTable
    pages: AuditTable
    shared: str
    texts: AuditTable
    links: tuple[tuple[str, str], ...]
    uncited: tuple[tuple[Link, str], ...]
    sources: str
    standing: tuple[tuple[str, str], ...]
    reading: tuple[tuple[str, str], ...]
    html: str
    middle: str
    weights: AuditTable


@page_view("audit")
def audit_page(desk: Desk, studio: Studio) -> PageContent:
    """The counts, in the order in which a reader would ask for them."""
    return PageContent(_audit_view(desk, studio.measured) if studio.measured else None)


def _audit_view(desk: Desk, measured: Measured) -> AuditView:
    return AuditView(
        version=measured.version,
        counted=desk.strings("audit.counted", pages=_count(desk, measured.pages)),
        figures=_count(desk, measured.figures),
        everywhere=desk.site.config.has("data") and desk.site.config.has("chart-files"),
        equality=_equality(desk, measured),
        pages=_pages(desk),
        shared=_count(desk, sum(not page.language for page in desk.site.pages)),
        texts=_texts(desk),
        links=tuple(
            (desk.strings(f"audit.{name}"), _count(desk, getattr(measured, name)))
            for name in ("links", "inward", "anchors", "pictures", "silent", "drawings")
        ),
        uncited=tuple(_uncited(desk)),
        sources=_count(desk, len(desk.site.records.sources)),
        standing=_standing(desk),
        reading=_reading(desk),
        html=_kilobytes(desk, measured.html),
        middle=_kilobytes(desk, measured.middle),
        weights=_weights(desk, measured),
    )


def _count(desk: Desk, value: int) -> str:
    return number(Decimal(value), desk.language)


def _kilobytes(desk: Desk, value: int) -> str:
    return number(Decimal(value).scaleb(-3).quantize(Decimal("0.1")), desk.language)


def _equality(desk: Desk, measured: Measured) -> AuditTable:
    rows = tuple(
        (
            Link(desk.strings(f"audit.place_{medium.name}"), ""),
            (_count(desk, medium.figures), _count(desk, medium.compared), _count(desk, medium.differing)),
        )
        for medium in measured.media
    )
    return AuditTable(_heads(desk, "place", "place_figures", "compared", "differing"), rows)


def _heads(desk: Desk, *names: str) -> tuple[str, ...]:
    return tuple(desk.strings(f"audit.{name}") for name in names)


def _pages(desk: Desk) -> AuditTable:
    """Pages by group, then all of them."""
    kinds = desk.site.table
    counts = Counter((group_of(page, kinds), page.language) for page in desk.site.pages)
    counts.update(("", page.language) for page in desk.site.pages)
    languages = desk.site.config.language_ids
    rows = {
        group: group_title(desk, group) for group in groups_of(kinds) if any(counts[group, name] for name in languages)
    }
    return _by_language(desk, "sort", {**rows, "": desk.strings("audit.altogether")}, counts)


def _texts(desk: Desk) -> AuditTable:
    """Texts of articles and pages by the state of their translation."""
    texts = standings(desk.site.records, desk.site.config.language_ids)
    counts = Counter((str(text.state), text.language) for text in texts)
    return _by_language(desk, "texts_are", {state: desk.strings(f"audit.text_{state}") for state in STATES}, counts)


def _by_language(desk: Desk, head: str, rows: Mapping[str, str], counts: Counter[tuple[str, str]]) -> AuditTable:
    """A row for each name in ``rows``, a column for each language."""
    languages = desk.site.config.languages
    cells = {row: tuple(_count(desk, counts[row, language.id]) for language in languages) for row in rows}
    heads = (*_heads(desk, head), *(language.name for language in languages))
    return AuditTable(heads, tuple((Link(name, ""), cells[row]) for row, name in rows.items()))


def _uncited(desk: Desk) -> Iterator[tuple[Link, str]]:
    """Sources that no claim rests on, and whether a text cites them."""
    for source_id in desk.site.records.sources:
        cited = desk.site.backlinks.sources[source_id]
        if not cited.claims:
            where = "audit.cited_in_text" if cited.articles or cited.pages else "audit.cited_nowhere"
            yield Link(desk.source_name(source_id).whole, desk.href("source", source_id)), desk.strings(where)


def _standing(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Sources by what their addresses last answered, and how many have a copy."""
    sources = list(desk.site.records.sources.values())
    outcomes = Counter(source.checked.outcome if source.checked else "unchecked" for source in sources if source.url)
    counts = {name: outcomes[name] for name in ("unchecked", *get_args(Outcome))}
    counts["archived"] = sum(source.archived is not None for source in sources)
    counts["on_paper"] = sum(source.on_paper is not None for source in sources)
    return tuple((desk.strings(f"audit.source_{name}"), _count(desk, count)) for name, count in counts.items())


def _reading(desk: Desk) -> tuple[tuple[str, str], ...]:
    """How the sources were read: how far, and how many links of claims say where and as what they print it."""
    readings = readings_of(desk.site.records)
    counts = {f"read_{name}": readings.extents.get(name, 0) for name in (*get_args(Extent), "not_yet")}
    counts |= {name: getattr(readings, name) for name in ("cited", "placed", "quoted", "leaves")}
    counts["absences"] = len(desk.site.records.absences)
    counts["conflicts"] = len(desk.site.conflicts)
    return tuple((desk.strings(f"audit.{name}"), _count(desk, count)) for name, count in counts.items())


def _weights(desk: Desk, measured: Measured) -> AuditTable:
    rows = tuple(
        (
            Link(f"/{weight.page.permalink}", desk.address(weight.page.permalink), weight.page.language or None),
            # Hosts' gzip differs by some bytes, so the packed size is only exact to a kilobyte.
            (_kilobytes(desk, weight.plain), _count(desk, round(weight.packed / 1000))),
        )
        for weight in measured.heaviest
    )
    return AuditTable(_heads(desk, "page", "plain", "packed"), rows)
