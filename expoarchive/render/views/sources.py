"""Sources, each with all that cites it."""

from dataclasses import dataclass
from typing import get_args

from expoarchive.records.source import Grade
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, every_name, years_of
from expoarchive.render.format import day
from expoarchive.render.studio import Shown, Studio, Title, makes
from expoarchive.render.values import FilterView, Link, SourceItem
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_link
from expoarchive.render.views.filters import sources_filter
from expoarchive.render.views.terms import record_link
from expoarchive.site import Page
from expoarchive.site.kinds import OPENED


@dataclass(frozen=True, slots=True)
class Backlink:
    """A page that cites a source or claim, and what there cites it."""

    page: Link
    claims: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcesView:
    by_grade: tuple[tuple[str, str, tuple[SourceItem, ...]], ...]
    total: int
    filter: FilterView


@dataclass(frozen=True, slots=True)
class SourceView:
    source: SourceItem
    backlinks: tuple[Backlink, ...]


@makes("sources")
def sources_page(desk: Desk, studio: Studio) -> Shown:
    """All sources by grade, the firmest first; within a grade the newest first."""
    records = desk.site.records
    groups = []
    for grade in get_args(Grade):
        ids = [source_id for source_id, source in records.sources.items() if source.grade == grade]
        ids.sort(key=lambda source_id: str(records.sources[source_id].published or ""), reverse=True)
        if ids:
            items = tuple(desk.source_item(source_id) for source_id in ids)
            groups.append((grade, desk.strings(f"grade.{grade}"), items))
    return Shown(SourcesView(tuple(groups), len(records.sources), sources_filter(desk)))


def _title(desk: Desk, page: Page) -> Title:
    source = desk.site.records.sources[page.id]
    if source.title:
        return desk.words(source.title)
    # Several have no title and one publisher, or none: the day tells them apart, or what they are filed under.
    when = day(source.published, desk.language) if source.published else page.id
    name, lang = desk.words(source.publisher) if source.publisher else (desk.source_name(source), None)
    return f"{name} · {when}", lang


def _entry(desk: Desk, page: Page) -> Entry:
    source = desk.site.records.sources[page.id]
    names = [*every_name(desk, source.title), *every_name(desk, source.publisher)]
    text = [day(source.published, desk.language)] if source.published else []
    text += [desk.local(source.note)] if source.note else []
    return Entry(names, text, years_of(desk.site.backlinks.sources[page.id].claims))


@makes("source", title=_title, entry=_entry)
def source_page(desk: Desk, studio: Studio) -> Shown:
    """One source and its backlinks: records with the claims that rest on it, then articles and pages."""
    source_id, t = desk.page.id, desk.strings
    item = desk.source_item(source_id)
    name = item.title or item.publisher
    described = t("source.description", name=name, id=source_id, expo=desk.local(desk.site.config.expo))
    return Shown(
        SourceView(item, _backlinks(desk, source_id)), t("source.page_title", name=name, id=source_id), described
    )


def _backlinks(desk: Desk, source_id: str) -> tuple[Backlink, ...]:
    site = desk.site
    cited = site.backlinks.sources[source_id]
    links = []
    for record in dict.fromkeys(claim.record for claim in cited.claims):
        here = tuple(claim_link(desk, claim, under_its_record=True) for claim in cited.claims if claim.record == record)
        links.append(Backlink(record_link(desk, record), here))
    for article_id in cited.articles:
        card = article_card(desk, site.records.articles[article_id])
        links.append(Backlink(Link(card.title, card.href, card.lang)))
    for page_id in cited.pages:
        page_record = site.records.pages[page_id]
        translation = page_record.translations.get(desk.language.id) or next(iter(page_record.translations.values()))
        kind, target = ("page", page_id) if page_id not in OPENED else (page_id, "")
        links.append(Backlink(Link(translation.front.title, desk.href(kind, target))))
    return tuple(links)
