"""Sources, each with all that cites it."""

from typing import get_args

from expoarchive.records.source import Grade
from expoarchive.render.desk import Desk
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_link
from expoarchive.render.views.filters import sources_filter
from expoarchive.render.views.model import Backlink, Link, SourcesView, SourceView
from expoarchive.render.views.words import edition_headline
from expoarchive.site.graph import LEADS


def sources_view(desk: Desk) -> SourcesView:
    """All sources by grade, the firmest first; within a grade the newest first."""
    records = desk.site.records
    groups = []
    for grade in get_args(Grade):
        ids = [source_id for source_id, source in records.sources.items() if source.grade == grade]
        ids.sort(key=lambda source_id: str(records.sources[source_id].published or ""), reverse=True)
        if ids:
            items = tuple(desk.source_item(source_id) for source_id in ids)
            groups.append((grade, desk.strings(f"grade.{grade}"), items))
    return SourcesView(tuple(groups), len(records.sources), sources_filter(desk))


def source_view(desk: Desk, source_id: str) -> SourceView:
    """One source and its backlinks: records with the claims that rest on it, then articles and pages."""
    site = desk.site
    cited = site.backlinks.sources[source_id]
    links = []
    for record in dict.fromkeys(claim.record for claim in cited.claims):
        here = tuple(claim_link(desk, claim, under_its_record=True) for claim in cited.claims if claim.record == record)
        if record.isdigit():
            page = Link(edition_headline(desk, int(record)), desk.href("edition", record))
        else:
            page = Link(desk.strings("claim.expo"), desk.href("growth"))
        links.append(Backlink(page, here))
    for article_id in cited.articles:
        card = article_card(desk, site.records.articles[article_id])
        links.append(Backlink(Link(card.title, card.href, card.lang)))
    for page_id in cited.pages:
        page_record = site.records.pages[page_id]
        translation = page_record.translations.get(desk.language.id) or next(iter(page_record.translations.values()))
        kind, target = ("page", page_id) if page_id not in LEADS else (page_id, "")
        links.append(Backlink(Link(translation.front.title, desk.href(kind, target))))
    return SourceView(desk.source_item(source_id), tuple(links))
