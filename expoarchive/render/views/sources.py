"""Sources, each with everything that cites it."""

from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from expoarchive.records import Claim
from expoarchive.records.source import Grade
from expoarchive.render.desk import Desk, quoted
from expoarchive.render.format import day
from expoarchive.render.pictures import COLUMN, figure
from expoarchive.render.prose import title_of
from expoarchive.render.search_entry import SearchEntry, every_name, years_of
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import FilterView, Link, SourceItem
from expoarchive.render.views.articles import article_link
from expoarchive.render.views.claims import claim_link
from expoarchive.render.views.filters import sources_filter
from expoarchive.render.views.terms import record_link
from expoarchive.site import Page

_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that rests on a source, and (where, how) the source prints its value, for each place that is cited.

    Where is a link to the place in a scan; its address is empty without one.
    """

    link: Link
    places: tuple[tuple[Link | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """A page that cites a source, and the claims there that do."""

    page: Link
    claims: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveView:
    """What a source says and no claim holds, where, and why."""

    what: str
    where: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All sources: (grade, its name, the sources of that grade), firmest first."""

    by_grade: tuple[tuple[str, str, tuple[SourceItem, ...]], ...]
    total: int
    filter: FilterView


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, the pages that cite it, and its scan where that is a picture."""

    source: SourceItem
    scan: Markup | None
    backlinks: tuple[Backlink, ...]
    leaves: tuple[LeaveView, ...]


@page_view("sources")
def sources_page(desk: Desk, studio: Studio) -> PageContent:
    """All sources by grade; within a grade, the newest first."""
    records = desk.site.records
    groups = []
    for grade in get_args(Grade):
        ids = [source_id for source_id, source in records.sources.items() if source.grade == grade]
        ids.sort(key=lambda source_id: str(records.sources[source_id].published or ""), reverse=True)
        if ids:
            items = tuple(desk.source_item(source_id) for source_id in ids)
            groups.append((grade, desk.strings(f"grade.{grade}"), items))
    return PageContent(SourcesView(tuple(groups), len(records.sources), sources_filter(desk)))


def _title(desk: Desk, page: Page) -> Title:
    name = desk.source_name(page.id)
    # The publisher is shown beside it in results, with what else tells of a page.
    return (name.text if name.title is None else name.whole), None


def _entry(desk: Desk, page: Page) -> SearchEntry:
    source = desk.site.records.sources[page.id]
    names = [*every_name(desk, source.title), *every_name(desk, source.publisher)]
    text = [day(source.published, desk.language)] if source.published else []
    text += [desk.local(source.note)] if source.note else []
    text += [desk.local(leave.what) for leave in source.leaves]
    return SearchEntry(names, text, years_of(desk.site.backlinks.sources[page.id].claims))


@page_view("source", title=_title, entry=_entry)
def source_page(desk: Desk, studio: Studio) -> PageContent:
    """One source, the records whose claims rest on it, and the articles and pages that cite it."""
    source_id, t = desk.page.id, desk.strings
    item = desk.source_item(source_id)
    # A long title goes without its publisher: no program shows a page's title whole beyond that.
    name = item.name.whole if len(item.name.whole) <= _LONGEST_TITLE else item.name.text
    description = t("source.description", name=name, expo=desk.local(desk.site.config.expo))
    view = SourceView(item, _pictured(desk, source_id), _backlinks(desk, source_id), _leaves(desk, source_id))
    return PageContent(view, t("source.page_title", name=name), description)


def _pictured(desk: Desk, source_id: str) -> Markup | None:
    scan = desk.site.records.sources[source_id].file
    picture_id = desk.site.pictures_by_file.get(str(scan.name)) if scan and scan.name else None
    return figure(desk, picture_id, COLUMN) if picture_id else None


def _said(desk: Desk, claim: Claim, source_id: str) -> Said:
    """The claim with every place that it cites, in its own right or against it."""
    against = [citation for dispute in claim.statement.disputed_by for citation in dispute.sources]
    places = (
        (
            Link(desk.place_in(citation.locator), desk.scan_href(source_id, citation.locator))
            if citation.locator
            else None,
            quoted(citation.printed) if citation.printed else None,
        )
        for citation in (*claim.statement.sources, *against)
        if citation.source == source_id
    )
    return Said(
        claim_link(desk, claim, under_its_record=True),
        tuple(place for place in dict.fromkeys(places) if any(place)),
    )


def _leaves(desk: Desk, source_id: str) -> tuple[LeaveView, ...]:
    return tuple(
        LeaveView(
            desk.local(leave.what),
            desk.place_in(leave.locator) if leave.locator else None,
            desk.strings(f"source.leave_{leave.reason}"),
        )
        for leave in desk.site.records.sources[source_id].leaves
    )


def _backlinks(desk: Desk, source_id: str) -> tuple[Backlink, ...]:
    site = desk.site
    cited = site.backlinks.sources[source_id]
    links = []
    for record in dict.fromkeys(claim.record for claim in cited.claims):
        here = tuple(_said(desk, claim, source_id) for claim in cited.claims if claim.record == record)
        links.append(Backlink(record_link(desk, record), here))
    links += [Backlink(article_link(desk, site.records.articles[article_id])) for article_id in cited.articles]
    for page_id in cited.pages:
        title = title_of(desk, site.records.pages[page_id])
        href = desk.href(page_id) if page_id in desk.site.table.opened else desk.href("page", page_id)
        links.append(Backlink(Link(title, href)))
    return tuple(links)
