"""What a page says of itself to search engines: JSON-LD in the words of schema.org, only what the records know.

A data block: browsers never run it, so the pages' policy against inline scripts lets it stand.
"""

import json
from typing import Any

from markupsafe import Markup

from expoarchive.render.desk import Desk
from expoarchive.render.views.editions import held_days
from expoarchive.render.views.frame import SECTION_OF, card_url
from expoarchive.render.views.model import ArticleView, DataView, EditionView
from expoarchive.render.views.words import venue_name
from expoarchive.site import absolute, permalink
from expoarchive.site.address import data_file

Node = dict[str, Any]


def linked_data(desk: Desk, view: object, title: str, description: str) -> Markup | None:
    """The page's graph, ready to stand in a script element; None for a page that has nothing to say."""
    nodes: list[Node] = []
    if isinstance(view, EditionView):
        nodes.append(_edition(desk, view, view.year, description))
    # A text that is shown in another language than the page's is that language's article.
    elif isinstance(view, ArticleView) and not desk.page.borrowed:
        nodes.append(_article(desk, view, description))
    elif isinstance(view, DataView):
        nodes.append(_dataset(desk, view, description))
    if desk.page.kind == "home":
        nodes.append(_website(desk, title, description))
    if desk.page.kind in SECTION_OF:
        nodes.append(_breadcrumbs(desk, title, SECTION_OF[desk.page.kind]))
    nodes = [node for node in nodes if node]
    if not nodes:
        return None
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    # No text may end the element early or open a comment in it; JSON reads the escapes as the same characters.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _page_url(desk: Desk) -> str:
    return absolute(desk.site.config.root, desk.page.permalink)


def _home_url(desk: Desk) -> str:
    return absolute(desk.site.config.root, permalink(desk.language.id, "home"))


def _website(desk: Desk, title: str, description: str) -> Node:
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


def _edition(desk: Desk, view: EditionView, year: int, description: str) -> Node:
    """An exhibition that was held or is announced; of one that was not, or may not have been, no event is claimed."""
    edition = desk.site.records.editions[year]
    if edition.status not in ("held", "planned"):
        return {}
    _, opened, closed = held_days(edition)
    name = view.name
    node: Node = {
        "@type": "ExhibitionEvent",
        "@id": f"{_page_url(desk)}#event",
        "url": _page_url(desk),
        "name": name.text if name and name.lang is None else view.headline,
        "description": description,
        "superEvent": {"@type": "EventSeries", "name": desk.local(desk.site.config.expo), "url": _home_url(desk)},
    }
    if card := card_url(desk):
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
    return node


def _hall(desk: Desk, venue_id: str, year: int) -> Node:
    vocabularies = desk.site.records.vocabularies
    venue = vocabularies.venues[venue_id]
    hall: Node = {"@type": "Place", "name": venue_name(desk, venue, year)}
    if venue.place:
        hall["address"] = desk.local(vocabularies.places[venue.place].name)
    return hall


def _article(desk: Desk, view: ArticleView, description: str) -> Node:
    article = desk.site.records.articles[desk.page.id]
    cited = []
    for source in view.sources:
        record = desk.site.records.sources[source.id]
        if record.title or record.publisher:
            named: Node = {"@type": "CreativeWork", "name": desk.source_name(record)}
            cited.append({**named, "url": source.url} if source.url else named)
    node: Node = {
        "@type": "Article",
        "@id": f"{_page_url(desk)}#article",
        "mainEntityOfPage": _page_url(desk),
        "headline": view.title,
        "description": description,
        "inLanguage": desk.language.tag,
        "isPartOf": {"@id": f"{_home_url(desk)}#website"},
    }
    if card := card_url(desk):
        node["image"] = card
    if article.record.date:
        node["datePublished"] = str(article.record.date)
        node["dateModified"] = str(article.record.changed)
    if view.topics:
        node["keywords"] = [topic.text for topic in view.topics]
    if cited:
        node["citation"] = cited
    return node


def _dataset(desk: Desk, view: DataView, description: str) -> Node:
    """The archive's data, each table and the whole of it; without a licence where none is chosen."""
    site = desk.site
    years = list(site.records.editions)
    measures = site.records.vocabularies.measures.values()
    node: Node = {
        "@type": "Dataset",
        "@id": f"{_page_url(desk)}#data",
        "url": _page_url(desk),
        "name": desk.local(site.config.title),
        "description": description,
        "version": view.version,
        "inLanguage": [language.tag for language in site.config.languages],
        "isAccessibleForFree": True,
        "variableMeasured": [desk.local(measure.name) for measure in measures],
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": form, "contentUrl": _file_url(desk, name)}
            for name, form in (
                *((f"{table.name}.csv", "text/csv") for table in view.tables),
                ("datapackage.json", "application/json"),
                ("archive.db", "application/vnd.sqlite3"),
            )
        ],
    }
    if years:
        node["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    if view.licence is not None:
        node["license"] = view.licence.href
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
