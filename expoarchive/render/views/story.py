"""The pages that tell the fair's story: home, timeline, growth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from expoarchive.records.vocabulary import Change, Era
from expoarchive.render.desk import Desk
from expoarchive.render.linked import website_node
from expoarchive.render.prose import title_of
from expoarchive.render.search_entry import SearchEntry, every_name, list_entry, opened_entry
from expoarchive.render.search_words import led_to
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import (
    Card,
    ChangeView,
    ChartView,
    EditionRow,
    EraView,
    FilterView,
    Link,
    TotalsRow,
)
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.charts import all_charts, featured_charts
from expoarchive.render.views.claims import claim_view
from expoarchive.render.views.editions import edition_row
from expoarchive.render.views.filters import timeline_filter
from expoarchive.render.views.then_and_now import Comparison, then_and_now
from expoarchive.render.views.totals import totals, verdict
from expoarchive.render.words import dispute_word, sentence_text
from expoarchive.site import Page

# The ways into the archive that the home page offers, as far as a site has them.
_WAYS = (
    "editions", "timeline", "growth", "reach", "articles", "people", "companies", "industries", "places", "sources",
    "claims", "compare", "data",
)  # fmt: skip
# Where among them those into the site's own vocabularies stand.
_OWN = _WAYS.index("sources")


# What the home page counts of the archive's gaps.
_UNKNOWN = ("editions", "conflicts", "derived")


@dataclass(frozen=True, slots=True)
class HomeView:
    """What readers ask and where it is answered, what changed, totals, the eras, charts and articles, and ways in.

    ``headline`` is the title of the text that opens the page; without one, the site's title takes its place.
    """

    headline: str
    questions: tuple[Link, ...]
    totals: tuple[TotalsRow, ...]
    verdict: str | None
    whole: Link
    eras: tuple[EraView, ...]
    charts: tuple[ChartView, ...]
    changes: tuple[ChangeView, ...]
    articles: tuple[Card, ...]
    latest: EditionRow | None
    ways: tuple[Card, ...]
    unknown: str
    coverage: Link


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The eras with their editions, and the form that narrows them."""

    eras: tuple[EraView, ...]
    filter: FilterView


@dataclass(frozen=True, slots=True)
class GrowthView:
    """The latest edition beside that of ten years before, every chart and change, and the way to the fair as a whole.

    ``multiples`` are those on the axis of years, whose first and last are ``span``; ``flows`` are the others.
    ``looks`` are the ways in which values are drawn, each with what it means.
    """

    then_and_now: Comparison | None
    multiples: tuple[ChartView, ...]
    flows: tuple[ChartView, ...]
    span: tuple[str, str]
    looks: tuple[tuple[str, str], ...]
    changes: tuple[ChangeView, ...]
    whole: Link


def _home_title(desk: Desk, page: Page) -> Title:
    return desk.local(desk.site.config.title), None


def _home_entry(desk: Desk, page: Page) -> SearchEntry:
    config = desk.site.config
    names = [*every_name(desk, config.title), *every_name(desk, config.expo)]
    return opened_entry(desk, page, SearchEntry(names, [desk.local(config.description)]))


@page_view("home", title=_home_title, entry=_home_entry, counting=True)
def home_page(desk: Desk, studio: Studio) -> PageContent:
    """The home page of a language."""
    config = desk.site.config
    title, description = desk.local(config.title), desk.local(config.description)
    return PageContent(_home_view(desk, studio), title, description, (website_node(desk, title, description),))


def _home_view(desk: Desk, studio: Studio) -> HomeView:
    site = desk.site
    articles = site.articles_in_order()
    featured = [article for article in articles if article.record.featured] or articles
    held = [year for year, edition in site.records.editions.items() if edition.status == "held"]
    text = site.records.pages.get("home")
    return HomeView(
        headline=title_of(desk, text) if text else "",
        questions=tuple(_questions(desk)),
        totals=totals(desk),
        verdict=verdict(desk),
        whole=Link(desk.strings("nav.whole"), desk.href("whole")),
        eras=tuple(era_view(desk, era_id, era) for era_id, era in site.records.eras.items()),
        charts=featured_charts(desk, studio.board),
        changes=_changes(desk),
        articles=tuple(article_card(desk, article) for article in featured[:6]),
        latest=edition_row(desk, held[-1]) if held else None,
        ways=tuple(
            Card(desk.strings(f"nav.{kind}"), desk.strings(f"home.way_{kind}"), desk.href(kind))
            for kind in (*_WAYS[:_OWN], *map(str, desk.site.config.vocabularies), *_WAYS[_OWN:])
            if kind in site.kinds
        ),
        unknown=desk.strings(
            "home.unknown_line",
            blank=_blank(desk, [year for year in held if year not in site.documented]),
            **{name: str(studio.counts[name]) for name in _UNKNOWN},
        ),
        coverage=Link(desk.strings("nav.coverage"), desk.href("coverage")),
    )


def _blank(desk: Desk, years: Sequence[int]) -> str:
    """How many editions are known by their number alone, and which."""
    if not years:
        return desk.strings("home.blank_none")
    return desk.strings("home.blank_years", count=str(len(years)), years=desk.listed(map(str, years)))


def _questions(desk: Desk) -> Iterator[Link]:
    """What readers ask, in the order of the synonyms, and the page that answers: a term's before an article's."""
    terms = desk.site.table.sorts.paged
    for entry in desk.site.records.synonyms.values():
        pages = sorted(led_to(desk.site, entry), key=lambda page: page[0] not in terms)
        if entry.question and pages:
            yield Link(desk.local(entry.question), desk.href(*pages[0]))


def _timeline_entry(desk: Desk, page: Page) -> SearchEntry:
    entry = list_entry(desk, page)
    for era in desk.site.records.eras.values():
        entry.names += every_name(desk, era.name)
        entry.text += [desk.local(era.name), desk.local(era.summary), desk.local(era.reading)]
    return entry


@page_view("timeline", entry=_timeline_entry)
def timeline_page(desk: Desk, studio: Studio) -> PageContent:
    """Every edition, by era."""
    eras = tuple(era_view(desk, era_id, era) for era_id, era in desk.site.records.eras.items())
    rows = [row for era in eras for row in era.editions]
    return PageContent(TimelineView(eras, timeline_filter(desk, rows)))


def _growth_entry(desk: Desk, page: Page) -> SearchEntry:
    entry = list_entry(desk, page)
    records = desk.site.records
    entry.text += [desk.local(text) for chart in records.charts.values() for text in (chart.title, chart.says)]
    return entry


@page_view("growth", entry=_growth_entry)
def growth_page(desk: Desk, studio: Studio) -> PageContent:
    """Every chart and every change."""
    records = desk.site.records
    charts = all_charts(desk, studio.board)
    multiples = tuple(chart for chart in charts if chart.small is not None)
    flows = tuple(chart for chart in charts if chart.small is None)
    years = [str(year) for year in records.editions] or [""]
    states = ["reported", "derived", "weak", "missing"]
    if any(chart.ranks for chart in records.charts.values()):
        states.insert(1, "second")
    view = GrowthView(
        then_and_now=then_and_now(desk),
        multiples=multiples,
        flows=flows,
        span=(years[0], years[-1]),
        looks=tuple((state, desk.strings(f"growth.look_{state}")) for state in states),
        changes=_changes(desk),
        whole=Link(desk.strings("nav.whole"), desk.href("whole"), note=desk.strings("whole.lead")),
    )
    return PageContent(view)


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


def _changes(desk: Desk) -> tuple[ChangeView, ...]:
    return tuple(change_view(desk, change) for change in desk.site.records.changes.values())


def change_view(desk: Desk, change: Change) -> ChangeView:
    """One change as steps, each linked to the claim behind it."""
    claims = desk.site.records.claims.by_address
    steps = []
    for step in change.steps:
        claim = claims[step.claim]
        value = sentence_text(desk, claim)[0]
        what = desk.local(step.what).replace("{value}", value) if step.what else value
        link = Link(claim.address, desk.claim_href(claim), dispute=dispute_word(desk, claim))
        steps.append((desk.local(step.when), what, link))
    href = desk.href("article", str(change.article)) if change.article else desk.href("growth")
    return ChangeView(desk.local(change.name), tuple(steps), href)
