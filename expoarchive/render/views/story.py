"""The pages that tell the growth: home, timeline, growth."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records import EXPO, Claim
from expoarchive.records.vocabulary import Change, Era
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, claim_lines, every_name, list_entry, opened_entry
from expoarchive.render.linked import website_node
from expoarchive.render.prose import lead_view, text_language
from expoarchive.render.studio import Shown, Studio, Title, makes
from expoarchive.render.values import (
    Card,
    ChangeView,
    ChartView,
    ClaimGroup,
    EditionRow,
    EraView,
    FilterView,
    Link,
    Prose,
    SourceItem,
)
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.charts import chart_views
from expoarchive.render.views.claims import claim_view, group_view
from expoarchive.render.views.editions import edition_row
from expoarchive.render.views.filters import timeline_filter
from expoarchive.render.words import sentence_text
from expoarchive.site import Page


@dataclass(frozen=True, slots=True)
class HomeView:
    lead: Prose | None
    highlights: tuple[ClaimGroup, ...]
    eras: tuple[EraView, ...]
    charts: tuple[ChartView, ...]
    changes: tuple[ChangeView, ...]
    articles: tuple[Card, ...]
    latest: EditionRow | None
    ways: tuple[Card, ...]
    counts: Mapping[str, int]
    sources: tuple[SourceItem, ...]
    # The front matter's title of the page's text; the site's own title stands in for it.
    headline: str = ""
    # The page of what is known and not, where the site has one.
    coverage: Link | None = None


@dataclass(frozen=True, slots=True)
class TimelineView:
    eras: tuple[EraView, ...]
    filter: FilterView
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class GrowthView:
    lead: Prose | None
    charts: tuple[ChartView, ...]
    changes: tuple[ChangeView, ...]
    plain: tuple[ClaimGroup, ...]
    sources: tuple[SourceItem, ...]


def _home_title(desk: Desk, page: Page) -> Title:
    return desk.local(desk.site.config.title), None


def _home_entry(desk: Desk, page: Page) -> Entry:
    config = desk.site.config
    names = [*every_name(desk, config.title), *every_name(desk, config.expo)]
    return opened_entry(desk, page, Entry(names, [desk.local(config.description)]))


@makes("home", title=_home_title, entry=_home_entry, counting=True)
def home_page(desk: Desk, studio: Studio) -> Shown:
    """The first page: what changed, with years; the eras; the featured charts and articles; ways in."""
    config = desk.site.config
    title, description = desk.local(config.title), desk.local(config.description)
    return Shown(_home_view(desk, studio), title, description, (website_node(desk, title, description),))


def _home_view(desk: Desk, studio: Studio) -> HomeView:
    site = desk.site
    claims = site.records.claims.by_address
    articles = site.articles_in_order()
    featured = [article for article in articles if article.record.featured] or articles
    latest = [year for year, edition in site.records.editions.items() if edition.status == "held"]
    lead = lead_view(desk, "home")
    page = site.records.pages.get("home")
    changes = tuple(change_view(desk, change) for change in site.records.changes.values())
    groups = site.records.claims.group_of
    highlights = tuple(group_view(desk, groups(claims[address])) for address in site.config.featured)
    return HomeView(
        headline=page.translations[text_language(desk, page)].front.title if page else "",
        lead=lead,
        highlights=highlights,
        eras=tuple(era_view(desk, era_id, era) for era_id, era in site.records.eras.items()),
        charts=chart_views(desk, studio.board, featured=True),
        changes=changes,
        articles=tuple(article_card(desk, article) for article in featured[:6]),
        latest=edition_row(desk, latest[-1]) if latest else None,
        ways=tuple(
            Card(desk.strings(f"nav.{kind}"), desk.strings(f"home.way_{kind}"), desk.href(kind))
            for kind in ("timeline", "growth", "reach", "editions", "articles", "sources")
        ),
        counts=studio.counts,
        sources=desk.sources(),
        coverage=Link(desk.strings("nav.coverage"), desk.href("coverage")),
    )


def _timeline_entry(desk: Desk, page: Page) -> Entry:
    entry = list_entry(desk, page)
    for era in desk.site.records.eras.values():
        entry.names += every_name(desk, era.name)
        entry.text += [desk.local(era.name), desk.local(era.summary), desk.local(era.reading)]
    return entry


@makes("timeline", entry=_timeline_entry)
def timeline_page(desk: Desk, studio: Studio) -> Shown:
    """Every edition by era, and those that no era holds last."""
    eras = tuple(era_view(desk, era_id, era) for era_id, era in desk.site.records.eras.items())
    rows = [row for era in eras for row in era.editions]
    return Shown(TimelineView(eras, timeline_filter(desk, rows), desk.sources()))


def _growth_entry(desk: Desk, page: Page) -> Entry:
    entry = list_entry(desk, page)
    records = desk.site.records
    entry.text += [desk.local(text) for chart in records.charts.values() for text in (chart.title, chart.says)]
    claims = records.claims.of_record(EXPO)
    entry.text += [line for claim in claims for line in claim_lines(desk, claim, whole=True)]
    return entry


@makes("growth", entry=_growth_entry)
def growth_page(desk: Desk, studio: Studio) -> Shown:
    """Every chart, and all that is recorded of the fair as a whole, each claim with its anchor."""
    lead = lead_view(desk, "growth")
    charts = chart_views(desk, studio.board)
    changes = tuple(change_view(desk, change) for change in desk.site.records.changes.values())
    plain = tuple(group_view(desk, group) for group in desk.site.records.claims.grouped(EXPO).values())
    return Shown(GrowthView(lead, charts, changes, plain, desk.sources()))


def era_view(desk: Desk, era_id: str, era: Era) -> EraView:
    """An era with its editions and the claims that support it."""
    records = desk.site.records
    years = [year for year in records.editions if era.start <= year and (era.end is None or year <= era.end)]
    end = str(era.end) if era.end is not None else ""
    return EraView(
        id=era_id,
        name=desk.local(era.name),
        span=desk.strings("timeline.span" if end else "timeline.span_open", start=str(era.start), end=end),
        summary=desk.local(era.summary),
        reading=desk.local(era.reading),
        evidence=tuple(claim_view(desk, records.claims.by_address[address]) for address in era.evidence),
        editions=tuple(edition_row(desk, year) for year in years),
        href=desk.href("timeline", "", era_id),
    )


def change_view(desk: Desk, change: Change) -> ChangeView:
    """One change as steps, each linked to the claim that carries it."""
    claims = desk.site.records.claims.by_address
    steps = []
    for step in change.steps:
        claim: Claim = claims[step.claim]
        value = sentence_text(desk, claim)[0]
        what = desk.local(step.what).replace("{value}", value) if step.what else value
        steps.append((desk.local(step.when), what, Link(claim.address, desk.claim_href(claim))))
    href = desk.href("article", str(change.article)) if change.article else desk.href("growth")
    return ChangeView(desk.local(change.name), tuple(steps), href)
