"""Articles, their list, and the archive's own pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from expoarchive.records import Article
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.linked import article_node
from expoarchive.render.pictures import COLUMN, TILE, caption, image
from expoarchive.render.prose import front_of, prose_view, text_language
from expoarchive.render.search_entry import SearchEntry, text_entry
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import Card, Link, Prose
from expoarchive.render.words import term_link, year_link
from expoarchive.site import Page


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article, with what it has in common with its teaser as ``card``, and what it is about.

    ``credit`` stands under a cover that has a record.
    """

    card: Card
    credit: Markup | None
    prose: Prose
    updated: str | None
    editions: tuple[Link, ...]
    topics: tuple[Link, ...]
    places: tuple[Link, ...]
    industries: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    related: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """A page of content/pages/, and the archive's own numbers."""

    prose: Prose
    counts: Mapping[str, int]


# How a cover is drawn: how wide, and in what style.
_ON_A_CARD = (TILE, "card-cover")
_ABOVE_A_TEXT = (COLUMN, "article-cover")


def article_card(desk: Desk, article: Article, look: tuple[str, str] = _ON_A_CARD) -> Card:
    """An article as a teaser, in the page's language or marked with its own."""
    language, front, record = text_language(desk, article), front_of(desk, article), article.record
    alt = desk.local(record.cover_alt) if record.cover_alt else _alt_of(desk, str(record.cover))
    return Card(
        title=front.title,
        summary=front.summary,
        href=desk.href("article", article.id),
        lang=desk.tag(language) if language != desk.language.id else None,
        date=day(record.date, desk.language) if record.date else None,
        cover=image(desk, str(record.cover), alt, *look) if record.cover else None,
        kicker=term_link(desk, "topic", record.topics[0]).text if record.topics else None,
        draft=desk.strings("frame.draft_short") if record.draft else None,
    )


def _alt_of(desk: Desk, name: str) -> str:
    """What the picture of this file shows, by its record; nothing for a file without one."""
    picture_id = desk.site.pictures_by_file.get(name)
    return desk.local(desk.site.records.pictures[picture_id].alt) if picture_id else ""


@page_view("articles")
def articles_page(desk: Desk, studio: Studio) -> PageContent:
    """All articles, newest first."""
    return PageContent([article_card(desk, article) for article in desk.site.articles_in_order()])


def _title(desk: Desk, page: Page) -> Title:
    article = desk.site.table[page.kind].record(desk.site.records, page.id)
    language = text_language(desk, article)
    return front_of(desk, article).title, None if language == desk.language.id else desk.tag(language)


def _entry(desk: Desk, page: Page) -> SearchEntry:
    entry = text_entry(desk, desk.site.records.articles[page.id])
    entry.years = {int(name) for _, name in desk.site.named_in(page.id) if name.isdigit()}
    return entry


@page_view("article", title=_title, entry=_entry)
def article_page(desk: Desk, studio: Studio) -> PageContent:
    """One article with its sources and what it is about."""
    article = desk.site.records.articles[desk.page.id]
    view = _article_view(desk, article)
    # A borrowed text is described as an article by its own language's page alone.
    title, summary = view.card.title, view.card.summary
    nodes = () if desk.page.borrowed else (article_node(desk, article, title, summary, view.topics),)
    return PageContent(view, title, summary, nodes)


def _article_view(desk: Desk, article: Article) -> ArticleView:
    record, articles = article.record, desk.site.records.articles
    card = article_card(desk, article, _ABOVE_A_TEXT)
    prose = prose_view(desk, article, text_language(desk, article))
    for source in record.sources:
        desk.mark_source(str(source))
    before, after = desk.site.beside(article.id)
    return ArticleView(
        card=card,
        credit=_credit(desk, str(record.cover)),
        prose=prose,
        updated=desk.strings("article.updated", date=day(record.updated, desk.language)) if record.updated else None,
        editions=tuple(year_link(desk, int(year)) for year in record.editions),
        topics=tuple(term_link(desk, "topic", topic) for topic in record.topics),
        places=tuple(term_link(desk, "place", place) for place in record.places),
        industries=tuple(term_link(desk, "industry", industry) for industry in record.industries),
        previous=article_link(desk, articles[before]) if before else None,
        next=article_link(desk, articles[after]) if after else None,
        related=tuple(article_card(desk, articles[other]) for other in desk.site.related(article.id)),
    )


def _credit(desk: Desk, name: str) -> Markup | None:
    picture_id = desk.site.pictures_by_file.get(name)
    return caption(desk, picture_id) if picture_id else None


def article_link(desk: Desk, article: Article) -> Link:
    """An article by its title."""
    language = text_language(desk, article)
    lang = desk.tag(language) if language != desk.language.id else None
    return Link(front_of(desk, article).title, desk.href("article", article.id), lang)


def _text_entry(desk: Desk, page: Page) -> SearchEntry:
    return text_entry(desk, desk.site.records.pages[page.id])


@page_view("page", title=_title, entry=_text_entry, counting=True)
def text_page(desk: Desk, studio: Studio) -> PageContent:
    """A page of content/pages/."""
    article = desk.site.records.pages[desk.page.id]
    front = front_of(desk, article)
    prose = prose_view(desk, article, text_language(desk, article))
    return PageContent(TextView(prose, studio.counts), front.title, front.summary)
