"""Articles, their list, and the archive's own pages."""

from collections.abc import Mapping

from expoarchive.records import Article
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.prose import prose_view, text_language
from expoarchive.render.views.model import ArticlesView, ArticleView, Card, Link, PageView
from expoarchive.site.address import relative


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


def articles_view(desk: Desk) -> ArticlesView:
    """All articles, newest first."""
    return ArticlesView(tuple(article_card(desk, article) for article in desk.site.articles_in_order()))


def article_view(desk: Desk, article: Article) -> ArticleView:
    """One article with its sources and what it speaks of."""
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


def page_view(desk: Desk, page: Article, counts: Mapping[str, int]) -> PageView:
    """A page of content/pages/."""
    language = text_language(desk, page)
    front = page.translations[language].front
    prose = prose_view(desk, page, language)
    return PageView(front.title, front.summary, prose, counts, desk.sources())
