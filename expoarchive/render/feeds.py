"""Atom feeds (RFC 4287), one for each language: what the archive has published and changed.

A build has no clock and the repository's history is no content, so an entry's dates are those of its record, and
what has no date is in no feed. A date that is exact to a month or a year stands for its first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from expoarchive.nodes.fields import PartialDate
from expoarchive.records import Article
from expoarchive.records.ledger import Correction
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.output import Published
from expoarchive.render.studio import Studio
from expoarchive.render.views.corrections import correction_view, in_order
from expoarchive.site import Page, Site, absolute, permalink
from expoarchive.site.address import corrections_feed, feed
from expoarchive.site.recall import Recall


@dataclass(frozen=True, slots=True)
class Entry:
    """``url`` is the entry's id too: permalinks last."""

    url: str
    title: str
    summary: str
    published: PartialDate
    updated: PartialDate
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """``url`` is the feed's own address and its id, ``page`` the list of the same things for people."""

    url: str
    page: str
    title: str
    subtitle: str
    author: str
    language: str
    entries: tuple[Entry, ...]


def feed_articles(site: Site, language: str) -> list[Article]:
    """The articles that a language has and that have a date, the last changed first."""
    found = [
        article for article in site.articles_in_order() if article.record.date and language in article.translations
    ]
    return sorted(found, key=lambda article: str(article.record.changed), reverse=True)


def make_feeds(studio: Studio, recall: Recall) -> Published:
    """The feeds of each language: of its dated articles and of corrections, where there are any."""
    site, files = studio.site, {}
    for language in site.config.languages:
        page = Page("corrections", "", language.id, permalink(language.id, "corrections"))
        desk = desk_of(site, page, studio.strings)
        articles = tuple(_entry(site, article, language.id) for article in feed_articles(site, language.id))
        corrections = tuple(_correction(desk, *entry) for entry in in_order(site.records.corrections))
        if articles:
            files[feed(language.id)] = _feed(desk, "articles", feed(language.id), articles)
        if corrections:
            link = corrections_feed(language.id)
            files[link] = _feed(desk, "corrections", link, corrections)
    return Published(files)


def _feed(desk: Desk, section: str, link: str, entries: tuple[Entry, ...]) -> bytes:
    config, language, t = desk.site.config, desk.language, desk.strings
    title = desk.local(config.title)
    made = Feed(
        url=absolute(config.root, link),
        page=absolute(config.root, permalink(language.id, section)),
        title=t("frame.page_title", title=t(f"{section}.title"), site=title),
        subtitle=t(f"{section}.description", expo=desk.local(config.expo)),
        author=title,
        language=language.tag,
        entries=entries,
    )
    return atom(made)


def _correction(desk: Desk, name: str, correction: Correction) -> Entry:
    view = correction_view(desk, name, correction)
    page = absolute(desk.site.config.root, permalink(desk.language.id, "corrections"))
    now = view.now if view.now is not None else desk.strings("corrections.withdrawn")
    summary = desk.strings("corrections.summary", was=view.was, now=now, why=view.why)
    return Entry(f"{page}#{view.anchor}", view.about.text, summary, correction.date, correction.date)


def _entry(site: Site, article: Article, language: str) -> Entry:
    front = article.translations[language].front
    date, changed = article.record.date, article.record.changed
    assert date is not None
    assert changed is not None
    url = absolute(site.config.root, permalink(language, "article", article.id))
    topics = site.records.vocabularies.terms("topic")
    named = tuple(topics[topic].name[language] for topic in article.record.topics)
    return Entry(url, front.title, front.summary, date, changed, named)


def atom(made: Feed) -> bytes:
    """The feed as a document."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(made.language)}>',
        *_elements("  ", ("id", made.url), ("title", made.title), ("subtitle", made.subtitle)),
        f"  <updated>{_moment(max(made.entries, key=lambda entry: entry.updated.earliest).updated)}</updated>",
        f"  <author><name>{escape(made.author)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(made.url)}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(made.page)}/>',
    ]
    for entry in made.entries:
        lines += [
            "  <entry>",
            *_elements("    ", ("id", entry.url), ("title", entry.title)),
            f"    <published>{_moment(entry.published)}</published>",
            f"    <updated>{_moment(entry.updated)}</updated>",
            f'    <link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>',
            *(f"    <category term={quoteattr(name)}/>" for name in entry.categories),
            *_elements("    ", ("summary", entry.summary)),
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _elements(indent: str, *elements: tuple[str, str]) -> Iterable[str]:
    return (f"{indent}<{name}>{escape(text)}</{name}>" for name, text in elements)


def _moment(date: PartialDate) -> str:
    """RFC 3339 wants a moment; the day begins it."""
    return f"{date.earliest.isoformat()}T00:00:00Z"
