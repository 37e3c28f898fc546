"""Articles, their list, and the archive's own pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records import Article
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, text_entry
from expoarchive.render.format import day
from expoarchive.render.linked import article_node
from expoarchive.render.prose import prose_view, text_language
from expoarchive.render.studio import Shown, Studio, Title, makes
from expoarchive.render.values import Card, Link, Prose, SourceItem
from expoarchive.site import Page
from expoarchive.site.address import relative
from expoarchive.site.kinds import KINDS


@dataclass(frozen=True, slots=True)
class ArticleView:
    title: str
    summary: str
    prose: Prose
    date: str | None
    updated: str | None
    cover: str | None
    cover_alt: str
    editions: tuple[Link, ...]
    topics: tuple[Link, ...]
    places: tuple[Link, ...]
    industries: tuple[Link, ...]
    sources: tuple[SourceItem, ...]
    previous: Link | None = None
    next: Link | None = None
    related: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlesView:
    articles: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of ``content/pages/``. ``figures`` are counts of the archive itself, computed."""

    title: str
    summary: str
    prose: Prose
    counts: Mapping[str, int]
    sources: tuple[SourceItem, ...]


def media_href(desk: Desk, file: str) -> str:
    """The address of a file of content/media/."""
    return relative(desk.page.permalink, f"media/{file}")


def article_card(desk: Desk, article: Article) -> Card:
    """An article as a teaser, in the page's language or marked with its own."""
    language = text_language(desk, article)
    front = article.translations[language].front
    record = article.record
    return Card(
        title=front.title,
        summary=front.summary,
        href=desk.href("article", article.id),
        lang=desk.tag(language) if language != desk.language.id else None,
        date=day(record.date, desk.language) if record.date else None,
        cover=media_href(desk, record.cover) if record.cover else None,
        cover_alt=desk.local(record.cover_alt) if record.cover_alt else "",
        kicker=desk.local(desk.site.records.vocabularies.terms("topic")[record.topics[0]].name)
        if record.topics
        else None,
        draft=desk.strings("frame.draft_short") if record.draft else None,
    )


@makes("articles")
def articles_page(desk: Desk, studio: Studio) -> Shown:
    """All articles, newest first."""
    return Shown(ArticlesView(tuple(article_card(desk, article) for article in desk.site.articles_in_order())))


def _title(desk: Desk, page: Page) -> Title:
    article = KINDS[page.kind].entry(desk.site.records, page.id)
    language = text_language(desk, article)
    own = language == desk.language.id
    return article.translations[language].front.title, None if own else desk.tag(language)


def _entry(desk: Desk, page: Page) -> Entry:
    entry = text_entry(desk, desk.site.records.articles[page.id])
    entry.years = {int(name) for _, name in desk.site.named_in(page.id) if name.isdigit()}
    return entry


@makes("article", title=_title, entry=_entry)
def article_page(desk: Desk, studio: Studio) -> Shown:
    """One article with its sources and what it speaks of."""
    article = desk.site.records.articles[desk.page.id]
    view = _article_view(desk, article)
    # A text that is shown in another language than the page's is that language's article.
    nodes = (
        ()
        if desk.page.borrowed
        else (article_node(desk, article, view.title, view.summary, view.topics, view.sources),)
    )
    return Shown(view, view.title, view.summary, nodes)


def _article_view(desk: Desk, article: Article) -> ArticleView:
    language = text_language(desk, article)
    front = article.translations[language].front
    record = article.record
    vocabularies = desk.site.records.vocabularies
    prose = prose_view(desk, article, language)
    for source in record.sources:
        desk.mark_source(str(source))
    articles = desk.site.records.articles
    before, after = desk.site.beside(article.id)
    return ArticleView(
        title=front.title,
        summary=front.summary,
        prose=prose,
        date=day(record.date, desk.language) if record.date else None,
        updated=desk.strings("article.updated", date=day(record.updated, desk.language)) if record.updated else None,
        cover=media_href(desk, record.cover) if record.cover else None,
        cover_alt=desk.local(record.cover_alt) if record.cover_alt else "",
        editions=tuple(Link(str(year), desk.href("edition", str(year))) for year in record.editions),
        topics=tuple(
            Link(desk.local(vocabularies.terms("topic")[topic].name), desk.href("topic", str(topic)))
            for topic in record.topics
        ),
        places=tuple(
            Link(desk.local(vocabularies.places[place].name), desk.href("place", str(place))) for place in record.places
        ),
        industries=tuple(
            Link(desk.local(vocabularies.terms("industry")[name].name), desk.href("industry", str(name)))
            for name in record.industries
        ),
        sources=desk.sources(),
        previous=_link(desk, articles[before]) if before else None,
        next=_link(desk, articles[after]) if after else None,
        related=tuple(article_card(desk, articles[other]) for other in desk.site.related(article.id)),
    )


def _link(desk: Desk, article: Article) -> Link:
    card = article_card(desk, article)
    return Link(card.title, card.href, card.lang)


def _page_entry(desk: Desk, page: Page) -> Entry:
    return text_entry(desk, desk.site.records.pages[page.id])


@makes("page", title=_title, entry=_page_entry, counting=True)
def page_page(desk: Desk, studio: Studio) -> Shown:
    """A page of content/pages/."""
    page = desk.site.records.pages[desk.page.id]
    language = text_language(desk, page)
    front = page.translations[language].front
    prose = prose_view(desk, page, language)
    return Shown(PageView(front.title, front.summary, prose, studio.counts, desk.sources()), front.title, front.summary)
