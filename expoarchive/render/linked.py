"""What a page tells search engines about itself: JSON-LD in schema.org's vocabulary, and only what the records know.

It is a data block, which browsers never run, so the pages' policy against inline scripts allows it.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from expoarchive.records import Article
from expoarchive.records.picture import Picture, deed_of
from expoarchive.render.compact import compact_json
from expoarchive.render.desk import Desk
from expoarchive.render.values import ClaimView, Link
from expoarchive.render.words import venue_name
from expoarchive.site.address import data_file

Node = dict[str, Any]


def linked_data(desk: Desk, nodes: Sequence[Node], title: str) -> Markup | None:
    """The page's graph, ready for a script element; None for a page with nothing to tell, or without an address."""
    if desk.site.config.address is None:
        return None
    section = desk.site.table[desk.page.kind].section
    graph = [*nodes, *([_breadcrumbs(desk, title, section)] if section else [])]
    if not graph:
        return None
    text = compact_json({"@context": "https://schema.org", "@graph": graph})
    # No text may end the element early or open a comment in it. The escapes mean the same characters to JSON.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def website_node(desk: Desk, title: str, description: str) -> Node:
    """The archive itself, and how to search it."""
    node: Node = {
        "@type": "WebSite",
        "@id": desk.url("home", "", "website"),
        "url": desk.url("home"),
        "name": title,
        "description": description,
        "inLanguage": desk.language.tag,
    }
    if desk.site.config.has("search"):
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{desk.url('search')}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return node


def exhibition_node(desk: Desk, year: int, name: ClaimView | None, headline: str, description: str) -> tuple[Node, ...]:
    """An edition that was held or announced. Of any other, no event is claimed."""
    edition = desk.site.records.editions[year]
    if edition.status not in ("held", "planned"):
        return ()
    _, opened, closed = edition.days()
    node: Node = {
        "@type": "ExhibitionEvent",
        "@id": desk.full(f"{desk.page.permalink}#event"),
        "url": desk.full(desk.page.permalink),
        "name": name.text if name and name.lang is None else headline,
        "description": description,
        "superEvent": {"@type": "EventSeries", "name": desk.local(desk.site.config.expo), "url": desk.url("home")},
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


def article_node(desk: Desk, article: Article, title: str, description: str, topics: Sequence[Link]) -> Node:
    """An article, what it is about, and the sources that its desk has noted."""
    citations = []
    for source_id in desk.notes:
        source, name = desk.site.records.sources[source_id], desk.source_name(source_id)
        if source.title or source.publisher:
            work: Node = {"@type": "CreativeWork", "name": name.title or name.text}
            citations.append({**work, "url": source.url} if source.linked and source.url else work)
    node: Node = {
        "@type": "Article",
        "@id": desk.full(f"{desk.page.permalink}#article"),
        "mainEntityOfPage": desk.full(desk.page.permalink),
        "headline": title,
        "description": description,
        "inLanguage": desk.language.tag,
        "isPartOf": {"@id": desk.url("home", "", "website")},
    }
    if card := desk.card_url():
        node["image"] = card
    if article.record.date:
        node["datePublished"] = str(article.record.date)
        node["dateModified"] = str(article.record.changed)
    if topics:
        node["keywords"] = [topic.text for topic in topics]
    if citations:
        node["citation"] = citations
    return node


def picture_node(desk: Desk, picture: Picture, file: str) -> Node:
    """A picture by its file, whose it is, and its licence if it has one."""
    node: Node = {
        "@type": "ImageObject",
        "@id": desk.full(f"{desk.page.permalink}#picture"),
        "mainEntityOfPage": desk.full(desk.page.permalink),
        "contentUrl": desk.full(file),
        "caption": desk.local(picture.caption),
        "description": desk.local(picture.alt),
        "creditText": desk.local(picture.credit),
        "copyrightNotice": desk.local(picture.right or picture.holder),
    }
    if picture.date:
        node["dateCreated"] = str(picture.date)
    if picture.licence:
        node["license"] = deed_of(picture.licence)
    return node


def dataset_node(desk: Desk, version: str, tables: Sequence[str], licence: Link | None) -> Node:
    """The archive's data: every table, and all of it in one file. Names no licence if none was chosen."""
    site = desk.site
    years = list(site.records.editions)
    measures = site.records.vocabularies.measures.values()
    node: Node = {
        "@type": "Dataset",
        "@id": desk.full(f"{desk.page.permalink}#data"),
        "url": desk.full(desk.page.permalink),
        "name": desk.local(site.config.title),
        "description": desk.strings("data.description", expo=desk.local(site.config.expo)),
        "version": version,
        "inLanguage": [language.tag for language in site.config.languages],
        "isAccessibleForFree": True,
        "variableMeasured": [desk.local(measure.name) for measure in measures],
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": form, "contentUrl": desk.full(data_file(name))}
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


def _breadcrumbs(desk: Desk, title: str, section: str) -> Node:
    """The home page, the page's list, and the page."""
    steps = [
        (desk.strings("nav.home"), desk.url("home")),
        (desk.strings(f"nav.{section}"), desk.url(section)),
        (title, desk.full(desk.page.permalink)),
    ]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@id": url}}
        for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
