"""Renders each page, and notes what it read, what it links to and what can be linked on it."""

from dataclasses import dataclass, replace
from typing import Any

from expoarchive.cache.shape import parts_of
from expoarchive.problem import Problem
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk, desk_of, notes_in
from expoarchive.render.examples import Undrawn
from expoarchive.render.leads import Leads, leads_of
from expoarchive.render.linked import linked_data
from expoarchive.render.marks import directed, marks_as_html
from expoarchive.render.outline import Outline, outline
from expoarchive.render.prose import UnreadableProse, lead_view
from expoarchive.render.strings import StringFault
from expoarchive.render.studio import Studio, view_of
from expoarchive.render.views.coverage import count_missing
from expoarchive.render.views.frame import frame_view
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.kinds import Kinds
from expoarchive.site.recall import Recall
from expoarchive.site.traced import Read, traced


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """Everything about a page but its HTML, which ``html_of`` gives.

    ``digest`` is the SHA-256 of the HTML in hex, ``size`` its length in bytes. A ``fresh`` page was made in this build.
    """

    page: Page
    digest: str
    size: int
    outline: Outline
    leads: Leads
    fresh: bool


@dataclass(frozen=True, slots=True)
class Used:
    """What a page is made of: what its view read of the site, and the templates and strings it used."""

    reads: frozenset[Read]
    templates: frozenset[str]
    strings: frozenset[str]


def template_of(kind: str, kinds: Kinds) -> str:
    """The template of pages of a kind."""
    return f"{kinds[kind].template or kind}.html"


def count_archive(site: Site) -> dict[str, int]:
    """The archive's own numbers."""
    records = site.records
    claims = list(records.claims.by_address.values())
    held = [year for year, edition in records.editions.items() if edition.status == "held"]
    return {
        "editions": len(held),
        "documented": len([year for year in held if year in site.documented]),
        "blank": len([year for year in held if year not in site.documented]),
        "claims": len(claims),
        "figures": sum(isinstance(claim.statement, Figure) for claim in claims),
        "derived": sum(claim.statement.derived is not None for claim in claims),
        "conflicts": len(site.conflicts),
        "sources": len(records.sources),
        "articles": len(records.articles),
        "missing": count_missing(site),
    }


def make_page(studio: Studio, recall: Recall, page: Page) -> tuple[RenderedPage | None, list[Problem]]:
    """One page, rendered again only where something that it was made of has changed; None where it cannot be."""
    name = f"page {page.permalink}"

    def make(site: Site) -> tuple[bytes, tuple[Any, ...]]:
        html, desk = _rendered(studio, site, page)
        data = html.encode()
        offered = outline(html)
        leads = leads_of(offered, page.permalink, site.config.base_path, desk.made)
        return data, (len(data), _values(offered), _values(leads))

    view = view_of(page.kind, studio.site.table)
    # The archive's own numbers are not among the records that a page is seen to read.
    numbers = studio.measured if studio.site.table[page.kind].last else studio.counts if view.counting else None
    beside = (page.kind, page.text_language, numbers)
    try:
        digest, more = recall.made_file(name, output_file(page.permalink), make, beside, kind=_KEPT)
    except _Faulty as fault:
        return None, fault.problems
    size, offered, leads = more
    return RenderedPage(page, digest, size, Outline(*offered), Leads(*leads), name in recall.fresh), []


def _values(parts: Outline | Leads) -> tuple[object, ...]:
    """Its fields, which the cache can hold."""
    return tuple(getattr(parts, name) for name in parts.__slots__)


# What is kept of a page: its size, its outline, and where its links lead.
_KEPT: Any = tuple[int, parts_of(Outline), parts_of(Leads)]  # type: ignore[misc]


class _Faulty(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def html_of(studio: Studio, recall: Recall, made: RenderedPage) -> bytes:
    """The HTML of a page from ``make_page``, rendered once more unless it was made in this build."""
    lent = recall.store.lent.get(made.digest)
    return _rendered(studio, studio.site, made.page)[0].encode() if lent is None else lent


def used_by(studio: Studio, page: Page) -> Used:
    """What a page without faults is made of. It is rendered once more."""
    reads: set[Read] = set()
    _, desk = _rendered(studio, traced(studio.site, reads), page)
    templates = studio.templates.dependencies(template_of(page.kind, studio.site.table))
    return Used(frozenset(reads), templates, frozenset(desk.strings.used))


def _rendered(studio: Studio, site: Site, page: Page) -> tuple[str, Desk]:
    """The page's HTML, and the desk that it was made at. Raises ``_Faulty``."""
    desk = desk_of(site, page, studio.strings, marks=True)
    html = _html(studio, desk)
    # The gallery's examples have notes too, which no view cited.
    notes = tuple(note for note in notes_in(html) if note in desk.notes)
    # Views cite in the order of the records, but notes are numbered as readers meet them, which is up to the template.
    if notes != desk.notes[: len(notes)]:
        desk = desk_of(site, page, studio.strings, notes, marks=True)
        html = _html(studio, desk)
    return html, desk


def _html(studio: Studio, desk: Desk) -> str:
    page, config, strings = desk.page, desk.site.config, desk.strings
    try:
        lead = lead_view(desk, page.kind) if desk.site.table[page.kind].opened else None
        # The view gets the desk's site, which notes what is read of it.
        content = view_of(page.kind, desk.site.table).content(desk, replace(studio, site=desk.site))
        title = strings(f"{page.kind}.title") if content.title is None else content.title
        description = content.description
        if description is None:
            description = strings(f"{page.kind}.description", expo=desk.local(config.expo))
        context = {
            "frame": frame_view(desk, studio, title, description),
            "lead": lead,
            "view": content.view,
            # All that the lead and the view cited.
            "sources": desk.sources(),
            "linked": linked_data(desk, content.nodes, title),
            "t": strings,
            "asset": lambda name: desk.address(f"assets/{name}"),
            "every": studio.every,
        }
    except StringFault as fault:
        raise _Faulty([fault.at_page(page.permalink)]) from None
    except (Undrawn, UnreadableProse) as fault:
        raise _Faulty([fault.problem]) from None
    html, problems = studio.templates.render(template_of(page.kind, desk.site.table), page.permalink, context)
    if problems:
        raise _Faulty(problems)
    return directed(marks_as_html(html))
