"""Each page through its view and template to bytes, with what it read, links to and can be linked at."""

from dataclasses import dataclass, replace
from typing import Any

from expoarchive.cache import parts_of
from expoarchive.problem import Problem
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk, desk_of, notes_in
from expoarchive.render.examples import Undrawn
from expoarchive.render.leads import Leads, leads_of
from expoarchive.render.linked import linked_data
from expoarchive.render.outline import Outline, outline
from expoarchive.render.prose import UnreadableProse
from expoarchive.render.strings import StringFault
from expoarchive.render.studio import MAKERS, Studio
from expoarchive.render.views.coverage import count_missing
from expoarchive.render.views.frame import frame_view
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.kinds import KINDS
from expoarchive.site.recall import Recall, reads_in
from expoarchive.site.traced import Read


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """What is known of a page's HTML; ``html_of`` gives it.

    ``digest`` is its SHA-256 in hex, ``size`` its bytes; ``fresh`` says that it was made just now.
    """

    page: Page
    digest: str
    size: int
    outline: Outline
    leads: Leads
    templates: frozenset[str]
    strings: frozenset[str]
    fresh: bool
    packed_reads: bytes

    @property
    def reads(self) -> frozenset[Read]:
        """What its view looked at."""
        return reads_in(self.packed_reads)


def template_of(kind: str) -> str:
    """The template of pages of a kind."""
    return f"{KINDS[kind].template or kind}.html"


def count_archive(site: Site) -> dict[str, int]:
    """The archive's own numbers, for pages that speak of it."""
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
    """One page, made anew only where something it is made of has changed. None where its template has a fault."""
    name = f"page {page.permalink}"

    def made(site: Site) -> tuple[bytes, tuple[Any, ...]]:
        html, templates, strings = _drawn(studio, site, page)
        data = html.encode()
        outlined = outline(html)
        leads = leads_of(outlined, page.permalink, site.config.base_path)
        return data, (len(data), outlined.plain(), leads.plain(), templates, strings)

    # The archive's own numbers are no record; the pages that print them are made of them too.
    counted = studio.measured if KINDS[page.kind].last else studio.counts if MAKERS[page.kind].counting else None
    try:
        digest, more = recall.made_file(
            name, output_file(page.permalink), made, (page.kind, page.text_language, counted), kind=_KEPT
        )
    except _Faulty as fault:
        return None, fault.problems
    size, outlined, leads, templates, strings = more
    fresh = name in recall.fresh
    made_page = RenderedPage(
        page, digest, size, Outline(*outlined), Leads(*leads), templates, strings, fresh, recall.reads_of(name)
    )
    return made_page, []


# What is kept of a page: its size, its outline and where it leads, the templates and the strings that it used.
_KEPT: Any = tuple[int, parts_of(Outline), parts_of(Leads), frozenset[str], frozenset[str]]  # type: ignore[misc]


class _Faulty(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def html_of(studio: Studio, recall: Recall, page: Page) -> bytes:
    """The HTML of a page that ``make_page`` gave. Where it was not made just now, it is made once more."""
    lent = recall.lent(output_file(page.permalink))
    return _drawn(studio, studio.site, page)[0].encode() if lent is None else lent


def _drawn(studio: Studio, site: Site, page: Page) -> tuple[str, frozenset[str], frozenset[str]]:
    """The page's HTML, the templates and the strings it used. Raises ``_Faulty``."""
    desk = desk_of(site, page, studio.strings)
    html = _html(studio, desk)
    met = notes_in(html)
    # A view cites in the order of its records, a template shows in its own: the reader's order is the template's.
    if met != desk.notes[: len(met)]:
        desk = desk_of(site, page, studio.strings, met)
        html = _html(studio, desk)
    return html, studio.templates.dependencies(template_of(page.kind)), frozenset(desk.strings.used)


def _html(studio: Studio, desk: Desk) -> str:
    page, config, strings = desk.page, desk.site.config, desk.strings
    try:
        # Views see the site through the desk alone, where each look at it is noted.
        shown = MAKERS[page.kind].show(desk, replace(studio, site=desk.site))
        title = strings(f"{page.kind}.title") if shown.title is None else shown.title
        described = shown.description
        if described is None:
            described = strings(f"{page.kind}.description", expo=desk.local(config.expo))
        context = {
            "frame": frame_view(desk, studio.assets, title, described),
            "view": shown.view,
            "linked": linked_data(desk, shown.nodes, title),
            "t": strings,
            "asset": lambda name: desk.address(f"assets/{name}"),
            # Pages without a language of their own speak all of them.
            "every": {other.tag: studio.strings[other.id] for other in config.languages},
        }
    except StringFault as fault:
        raise _Faulty([fault.at_page(page.permalink)]) from None
    except (Undrawn, UnreadableProse) as fault:
        raise _Faulty([fault.problem]) from None
    html, problems = studio.templates.render(template_of(page.kind), page.permalink, context)
    if problems:
        raise _Faulty(problems)
    return html
