"""Each page through its view and template to bytes, with what it read, links to and can be linked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from expoarchive.cache import parts_of
from expoarchive.problem import Problem
from expoarchive.records.statement import Figure
from expoarchive.render.charts import ChartBoard
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.environment import Templates
from expoarchive.render.examples import Undrawn
from expoarchive.render.leads import Leads, leads_of
from expoarchive.render.linked import linked_data
from expoarchive.render.measured import LAST, Measured
from expoarchive.render.outline import Outline, outline
from expoarchive.render.prose import UnreadableProse
from expoarchive.render.strings import StringFault, Strings
from expoarchive.render.views.articles import article_view, articles_view, page_view
from expoarchive.render.views.audit import audit_view
from expoarchive.render.views.corrections import corrections_view
from expoarchive.render.views.coverage import count_missing, coverage_view
from expoarchive.render.views.data import data_view
from expoarchive.render.views.editions import edition_view, editions_view
from expoarchive.render.views.frame import Assets, chooser_view, frame_view
from expoarchive.render.views.gallery import gallery_view
from expoarchive.render.views.reach import reach_view
from expoarchive.render.views.search import search_view
from expoarchive.render.views.sources import source_view, sources_view
from expoarchive.render.views.story import growth_view, home_view, timeline_view
from expoarchive.render.views.terms import firsts_view, term_view, terms_view
from expoarchive.render.views.translations import translations_view
from expoarchive.render.views.words import edition_headline
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.recall import Recall, reads_in
from expoarchive.site.taxonomy import TAXONOMIES
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


@dataclass(frozen=True)
class Studio:
    """All that rendering needs beside the page. ``measured`` is of the pages before, for those that are made last."""

    site: Site
    templates: Templates
    strings: Mapping[str, Strings]
    assets: Assets
    board: ChartBoard
    counts: Mapping[str, int]
    measured: Measured | None = None


# Kinds of pages that print the archive's own numbers.
_COUNTING = ("home", "page")
# Kinds of pages that share a template.
_TEMPLATES = dict.fromkeys(TAXONOMIES, "term") | dict.fromkeys(TAXONOMIES.values(), "terms")


def template_of(kind: str) -> str:
    """The template of pages of a kind."""
    return f"{_TEMPLATES.get(kind, kind)}.html"


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
    counted = studio.measured if page.kind in LAST else studio.counts if page.kind in _COUNTING else None
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
    config = site.config
    desk = desk_of(site, page, studio.strings)
    strings = desk.strings
    try:
        view, title, description = _view(studio, desk)
        frame = frame_view(desk, studio.assets, title, description)
        linked = linked_data(desk, view, title, description)
    except StringFault as fault:
        raise _Faulty([fault.at_page(page.permalink)]) from None
    except (Undrawn, UnreadableProse) as fault:
        raise _Faulty([fault.problem]) from None
    template = template_of(page.kind)
    context = {
        "frame": frame,
        "view": view,
        "linked": linked,
        "t": strings,
        "asset": lambda name: desk.address(f"assets/{name}"),
        # Pages without a language of their own speak all of them.
        "every": {other.tag: studio.strings[other.id] for other in config.languages},
    }
    html, problems = studio.templates.render(template, page.permalink, context)
    if problems:
        raise _Faulty(problems)
    return html, studio.templates.dependencies(template), frozenset(strings.used)


def _view(studio: Studio, desk: Desk) -> tuple[Any, str, str]:
    """The page's view, its title and its description."""
    page, t, counts, measured = desk.page, desk.strings, studio.counts, studio.measured
    records, config = desk.site.records, desk.site.config
    plain: dict[str, Callable[[], Any]] = {
        "timeline": lambda: timeline_view(desk),
        "growth": lambda: growth_view(desk, studio.board),
        "editions": lambda: editions_view(desk),
        "articles": lambda: articles_view(desk),
        "sources": lambda: sources_view(desk),
        "reach": lambda: reach_view(desk),
        "coverage": lambda: coverage_view(desk),
        "firsts": lambda: firsts_view(desk),
        "search": lambda: search_view(desk),
        "corrections": lambda: corrections_view(desk),
        "data": lambda: data_view(desk, studio.strings),
        "gallery": lambda: gallery_view(desk, studio.templates, studio.strings),
        "translations": lambda: translations_view(desk),
        "audit": lambda: audit_view(desk, measured) if measured else None,
    }
    expo = desk.local(config.expo)
    for taxonomy, listed in TAXONOMIES.items():
        plain[listed] = partial(terms_view, desk, taxonomy)
    if page.kind in plain:
        return plain[page.kind](), t(f"{page.kind}.title"), t(f"{page.kind}.description", expo=expo)
    if page.kind == "home":
        return home_view(desk, studio.board, counts), desk.local(config.title), desk.local(config.description)
    if page.kind == "edition":
        edition = edition_view(desk, int(page.id))
        description = t("edition.description", edition=edition.headline, expo=expo)
        return edition, edition_headline(desk, int(page.id)), description
    if page.kind == "source":
        source = source_view(desk, page.id)
        name = source.source.title or source.source.publisher
        title = t("source.page_title", name=name, id=page.id)
        return source, title, t("source.description", name=name, id=page.id, expo=expo)
    if page.kind in TAXONOMIES:
        term = term_view(desk, page.kind, page.id)
        described = t("term.description", name=term.title, expo=expo)
        if term.description:
            described = t("term.described", name=term.title, expo=expo, description=term.description)
        return term, term.title, described
    if page.kind == "article":
        article = article_view(desk, records.articles[page.id])
        return article, article.title, article.summary
    if page.kind == "page":
        view = page_view(desk, records.pages[page.id], counts)
        return view, view.title, view.summary
    if page.kind == "chooser":
        titles = desk.listed(config.title[language] for language in config.language_ids)
        return chooser_view(desk), t("chooser.title"), t("chooser.description", titles=titles)
    return chooser_view(desk), t("errors.title"), t("errors.lead")
