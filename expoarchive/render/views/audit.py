"""The page on which the archive looks itself over. Nothing on it is claimed: all of it was counted in this build."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from expoarchive.records.source import Outcome
from expoarchive.records.translation import standings
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.measured import Measured
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import Link
from expoarchive.render.views.search import GROUPS, group_of, group_title

STATES = ("original", "current", "stale", "unstamped", "missing")


@dataclass(frozen=True, slots=True)
class AuditTable:
    """Heads of columns, the first for the rows' names; a name without an address is no link."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """What the build counted, as finished numbers. Weights are in kilobytes of 1000 bytes.

    ``everywhere`` says that figures stand in the data and the charts' files too, and not on pages alone.
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
    html: str
    middle: str
    weights: AuditTable


@makes("audit")
def audit_page(desk: Desk, studio: Studio) -> Shown:
    """What was counted, in the order in which a reader would ask."""
    return Shown(_audit_view(desk, studio.measured) if studio.measured else None)


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
            Link(desk.strings(f"audit.place_{place.name}"), ""),
            (_count(desk, place.figures), _count(desk, place.compared), _count(desk, place.differing)),
        )
        for place in measured.places
    )
    return AuditTable(_heads(desk, "place", "place_figures", "compared", "differing"), rows)


def _heads(desk: Desk, *names: str) -> tuple[str, ...]:
    return tuple(desk.strings(f"audit.{name}") for name in names)


def _pages(desk: Desk) -> AuditTable:
    """Pages by what they show, a column for each language."""
    languages = desk.site.config.languages
    found = Counter((group_of(page), page.language) for page in desk.site.pages)
    rows = tuple(
        (Link(group_title(desk, group), ""), tuple(_count(desk, found[group, known.id]) for known in languages))
        for group in GROUPS
        if any(found[group, known.id] for known in languages)
    )
    totals = Counter(page.language for page in desk.site.pages)
    last = (Link(desk.strings("audit.altogether"), ""), tuple(_count(desk, totals[known.id]) for known in languages))
    return AuditTable((desk.strings("audit.sort"), *(known.name for known in languages)), (*rows, last))


def _texts(desk: Desk) -> AuditTable:
    """How the texts of articles and pages stand in each language."""
    languages = desk.site.config.languages
    found = Counter(
        (one.language, str(one.state)) for one in standings(desk.site.records, desk.site.config.language_ids)
    )
    rows = tuple(
        (
            Link(desk.strings(f"audit.text_{state}"), ""),
            tuple(_count(desk, found[known.id, state]) for known in languages),
        )
        for state in STATES
    )
    return AuditTable((desk.strings("audit.texts_are"), *(known.name for known in languages)), rows)


def _uncited(desk: Desk) -> Iterator[tuple[Link, str]]:
    """Sources on which no claim rests, and whether a text names them."""
    for source_id, source in desk.site.records.sources.items():
        cited = desk.site.backlinks.sources[source_id]
        if not cited.claims:
            said = "audit.cited_in_text" if cited.articles or cited.pages else "audit.cited_nowhere"
            yield Link(desk.source_name(source), desk.href("source", source_id)), desk.strings(said)


def _standing(desk: Desk) -> tuple[tuple[str, str], ...]:
    """What became of the originals: sources by what their addresses last answered, and how many have a copy."""
    sources = [desk.site.records.sources[source_id] for source_id in desk.site.records.sources]
    found = Counter(source.checked.outcome if source.checked else "unchecked" for source in sources if source.url)
    counts = {name: found[name] for name in ("unchecked", *get_args(Outcome))}
    counts["archived"] = sum(source.archived is not None for source in sources)
    counts["printed"] = sum(source.printed is not None for source in sources)
    return tuple((desk.strings(f"audit.source_{name}"), _count(desk, count)) for name, count in counts.items())


def _weights(desk: Desk, measured: Measured) -> AuditTable:
    rows = tuple(
        (
            Link(f"/{weight.page.permalink}", desk.address(weight.page.permalink), weight.page.language or None),
            # Two hosts' gzip may differ by some bytes; a kilobyte is what can be said of both.
            (_kilobytes(desk, weight.plain), _count(desk, round(weight.packed / 1000))),
        )
        for weight in measured.heaviest
    )
    return AuditTable(_heads(desk, "page", "plain", "packed"), rows)
