"""The pages that tell the growth: home, timeline, growth."""

from collections.abc import Mapping

from expoarchive.records import EXPO, Claim
from expoarchive.records.vocabulary import Change, Era
from expoarchive.render.charts import ChartBoard
from expoarchive.render.desk import Desk
from expoarchive.render.prose import lead_view, text_language
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.charts import chart_views
from expoarchive.render.views.claims import claim_view, group_view
from expoarchive.render.views.editions import edition_row
from expoarchive.render.views.filters import timeline_filter
from expoarchive.render.views.model import (
    Card,
    ChangeView,
    EraView,
    GrowthView,
    HomeView,
    Link,
    TimelineView,
)
from expoarchive.render.views.words import sentence_text


def home_view(desk: Desk, board: ChartBoard, counts: Mapping[str, int]) -> HomeView:
    """The first page: what changed, with years; the eras; the featured charts and articles; ways in."""
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
        charts=chart_views(desk, board, featured=True),
        changes=changes,
        articles=tuple(article_card(desk, article) for article in featured[:6]),
        latest=edition_row(desk, latest[-1]) if latest else None,
        ways=tuple(
            Card(desk.strings(f"nav.{kind}"), desk.strings(f"home.way_{kind}"), desk.href(kind))
            for kind in ("timeline", "growth", "reach", "editions", "articles", "sources")
        ),
        counts=counts,
        sources=desk.sources(),
        coverage=Link(desk.strings("nav.coverage"), desk.href("coverage")),
    )


def timeline_view(desk: Desk) -> TimelineView:
    """Every edition by era, and those that no era holds last."""
    eras = tuple(era_view(desk, era_id, era) for era_id, era in desk.site.records.eras.items())
    rows = [row for era in eras for row in era.editions]
    return TimelineView(eras, timeline_filter(desk, rows), desk.sources())


def growth_view(desk: Desk, board: ChartBoard) -> GrowthView:
    """Every chart, and all that is recorded of the fair as a whole, each claim with its anchor."""
    lead = lead_view(desk, "growth")
    charts = chart_views(desk, board)
    changes = tuple(change_view(desk, change) for change in desk.site.records.changes.values())
    plain = tuple(group_view(desk, group) for group in desk.site.records.claims.grouped(EXPO).values())
    return GrowthView(lead, charts, changes, plain, desk.sources())


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
