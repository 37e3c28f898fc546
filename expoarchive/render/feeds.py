"""Atom feeds (RFC 4287) in each language: of articles and of corrections.

A build has no clock, so the dates of an entry are those of its record, and an article without a date is in no feed. A
date that is exact to a month or a year stands for its first day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from expoarchive.nodes.fields import PartialDate
from expoarchive.records import Article
from expoarchive.records.ledger import Correction
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.views.corrections import correction_view, in_order
from expoarchive.site import Page, Site, permalink
from expoarchive.site.address import corrections_feed, feed
from expoarchive.site.recall import Recall


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """``url`` serves as the entry's id, since permalinks last."""

    url: str
    title: str
    summary: str
    published: PartialDate
    updated: PartialDate
    categories: tuple[str, ...] = ()


def make_feeds(studio: Studio, recall: Recall) -> OutputFiles:
    """Each language's feeds, of those that have an entry."""
    site = studio.site
    files: dict[str, bytes] = {}
    for language in site.config.languages:
        page = Page("corrections", "", language.id, permalink(language.id, "corrections"))
        desk = desk_of(site, page, studio.strings)
        feeds = {
            (feed(language.id), "articles"): [_article(desk, article) for article in _articles(site, language.id)],
            (corrections_feed(language.id), "corrections"): [
                _correction(desk, *entry) for entry in in_order(site.records.corrections)
            ],
        }
        files |= {link: _atom(desk, link, kind, entries) for (link, kind), entries in feeds.items() if entries}
    return OutputFiles(files)


def _articles(site: Site, language: str) -> list[Article]:
    """A language's articles that have a date, the last changed first."""
    articles = [
        article for article in site.articles_in_order() if article.record.date and language in article.translations
    ]
    return sorted(articles, key=lambda article: str(article.record.changed), reverse=True)


def _article(desk: Desk, article: Article) -> FeedEntry:
    front = article.translations[desk.language.id].front
    date, changed = article.record.date, article.record.changed
    assert date is not None
    assert changed is not None
    topics = desk.site.records.vocabularies.terms("topic")
    categories = tuple(desk.local(topics[topic].name) for topic in article.record.topics)
    return FeedEntry(desk.url("article", article.id), front.title, front.summary, date, changed, categories)


def _correction(desk: Desk, name: str, correction: Correction) -> FeedEntry:
    view = correction_view(desk, name, correction)
    now = view.now if view.now is not None else desk.strings("corrections.withdrawn")
    summary = desk.strings("corrections.summary", was=view.was, now=now, why=view.why)
    url = desk.url("corrections", "", view.anchor)
    return FeedEntry(url, view.about.text, summary, correction.date, correction.date)


def _atom(desk: Desk, link: str, kind: str, entries: Sequence[FeedEntry]) -> bytes:
    """The feed at permalink ``link``, whose entries are also on the page of this kind."""
    config, t = desk.site.config, desk.strings
    site_title = desk.local(config.title)
    title = t("frame.page_title", title=t(f"{kind}.title"), site=site_title)
    subtitle = t(f"{kind}.description", expo=desk.local(config.expo))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(desk.language.tag)}">',
        *_elements("  ", ("id", desk.full(link)), ("title", title), ("subtitle", subtitle)),
        f"  <updated>{_moment(max((entry.updated for entry in entries), key=lambda date: date.earliest))}</updated>",
        f"  <author><name>{escape(site_title, quote=False)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href="{escape(desk.full(link))}"/>',
        f'  <link rel="alternate" type="text/html" href="{escape(desk.url(kind))}"/>',
    ]
    for entry in entries:
        lines += [
            "  <entry>",
            *_elements("    ", ("id", entry.url), ("title", entry.title)),
            f"    <published>{_moment(entry.published)}</published>",
            f"    <updated>{_moment(entry.updated)}</updated>",
            f'    <link rel="alternate" type="text/html" href="{escape(entry.url)}"/>',
            *(f'    <category term="{escape(name)}"/>' for name in entry.categories),
            *_elements("    ", ("summary", entry.summary)),
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _elements(indent: str, *elements: tuple[str, str]) -> Iterable[str]:
    return (f"{indent}<{name}>{escape(text, quote=False)}</{name}>" for name, text in elements)


def _moment(date: PartialDate) -> str:
    """The beginning of the day, since RFC 3339 wants a time too."""
    return f"{date.earliest.isoformat()}T00:00:00Z"
