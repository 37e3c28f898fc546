"""What a page says of itself to search engines: JSON-LD in the words of schema.org, only what the records know.

A data block: browsers never run it, so the pages' policy against inline scripts lets it stand.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from expoarchive.records import Article
from expoarchive.render.desk import Desk
from expoarchive.render.values import ClaimView, Link, SourceItem
from expoarchive.render.words import venue_name
from expoarchive.site import absolute, permalink
from expoarchive.site.address import data_file
from expoarchive.site.kinds import KINDS

Node = dict[str, Any]


def linked_data(desk: Desk, nodes: Sequence[Node], title: str) -> Markup | None:
    """The page's graph, ready to stand in a script element; None for a page that has nothing to say."""
    section = KINDS[desk.page.kind].section
    graph = [*nodes, *([_breadcrumbs(desk, title, section)] if section else [])]
    if not graph:
        return None
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    # No text may end the element early or open a comment in it; JSON reads the escapes as the same characters.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _page_url(desk: Desk) -> str:
    return absolute(desk.site.config.root, desk.page.permalink)


def _home_url(desk: Desk) -> str:
    return absolute(desk.site.config.root, permalink(desk.language.id, "home"))


def website_node(desk: Desk, title: str, description: str) -> Node:
    """The archive itself, and how to search it."""
    node: Node = {
        "@type": "WebSite",
        "@id": f"{_home_url(desk)}#website",
        "url": _home_url(desk),
        "name": title,
        "description": description,
        "inLanguage": desk.language.tag,
    }
    if desk.site.config.has("search"):
        search = absolute(desk.site.config.root, permalink(desk.language.id, "search"))
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return node


def exhibition_node(desk: Desk, year: int, name: ClaimView | None, headline: str, description: str) -> tuple[Node, ...]:
    """An exhibition that was held or is announced; of one that was not, or may not have been, no event is claimed."""
    edition = desk.site.records.editions[year]
    if edition.status not in ("held", "planned"):
        return ()
    _, opened, closed = edition.days()
    node: Node = {
        "@type": "ExhibitionEvent",
        "@id": f"{_page_url(desk)}#event",
        "url": _page_url(desk),
        "name": name.text if name and name.lang is None else headline,
        "description": description,
        "superEvent": {"@type": "EventSeries", "name": desk.local(desk.site.config.expo), "url": _home_url(desk)},
    }
    if card := desk.card_url():
        node["image"] = card
    if name and name.lang is not None:
        node["alternateName"] = name.text
    if opened:
        node["startDate"] = str(opened.date)
    if closed:
        node["endDate"] = str(closed.date)
    halls = [_hall(desk, venue.venue, year) for venue in edition.venues if venue.role == "main"]
    if halls:
        node["location"] = halls[0]
    return (node,)


def _hall(desk: Desk, venue_id: str, year: int) -> Node:
    vocabularies = desk.site.records.vocabularies
    venue = vocabularies.venues[venue_id]
    hall: Node = {"@type": "Place", "name": venue_name(desk, venue, year)}
    if venue.place:
        hall["address"] = desk.local(vocabularies.places[venue.place].name)
    return hall


def article_node(
    desk: Desk,
    article: Article,
    title: str,
    description: str,
    topics: Sequence[Link],
    sources: Sequence[SourceItem],
) -> Node:
    """An article, what it is about and what it cites."""
    cited = []
    for source in sources:
        record = desk.site.records.sources[source.id]
        if record.title or record.publisher:
            named: Node = {"@type": "CreativeWork", "name": desk.source_name(record)}
            cited.append({**named, "url": source.url} if source.url else named)
    node: Node = {
        "@type": "Article",
        "@id": f"{_page_url(desk)}#article",
        "mainEntityOfPage": _page_url(desk),
        "headline": title,
        "description": description,
        "inLanguage": desk.language.tag,
        "isPartOf": {"@id": f"{_home_url(desk)}#website"},
    }
    if card := desk.card_url():
        node["image"] = card
    if article.record.date:
        node["datePublished"] = str(article.record.date)
        node["dateModified"] = str(article.record.changed)
    if topics:
        node["keywords"] = [topic.text for topic in topics]
    if cited:
        node["citation"] = cited
    return node


def dataset_node(desk: Desk, version: str, tables: Sequence[str], licence: Link | None) -> Node:
    """The archive's data, each table and the whole of it; without a licence where none is chosen."""
    site = desk.site
    description = desk.strings("data.description", expo=desk.local(site.config.expo))
    years = list(site.records.editions)
    measures = site.records.vocabularies.measures.values()
    node: Node = {
        "@type": "Dataset",
        "@id": f"{_page_url(desk)}#data",
        "url": _page_url(desk),
        "name": desk.local(site.config.title),
        "description": description,
        "version": version,
        "inLanguage": [language.tag for language in site.config.languages],
        "isAccessibleForFree": True,
        "variableMeasured": [desk.local(measure.name) for measure in measures],
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": form, "contentUrl": _file_url(desk, name)}
            for name, form in (
                *((f"{table}.csv", "text/csv") for table in tables),
                ("datapackage.json", "application/json"),
                ("archive.db", "application/vnd.sqlite3"),
            )
        ],
    }
    if years:
        node["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    if licence is not None:
        node["license"] = licence.href
    return node


def _file_url(desk: Desk, name: str) -> str:
    return absolute(desk.site.config.root, data_file(name))


def _breadcrumbs(desk: Desk, title: str, section: str) -> Node:
    """The way to the page: its language's first page, its list, itself."""
    listed = absolute(desk.site.config.root, permalink(desk.language.id, section))
    steps = [
        (desk.strings("nav.home"), _home_url(desk)),
        (desk.strings(f"nav.{section}"), listed),
        (title, _page_url(desk)),
    ]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@id": url}}
        for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
