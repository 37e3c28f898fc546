"""The search page: every page of the archive in groups, which scripts search and other readers read."""

import unicodedata

from expoarchive.records.sorts import PAGED
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.prose import text_language
from expoarchive.render.views.frame import SECTION_OF
from expoarchive.render.views.model import Link, SearchGroup, SearchIndex, SearchView
from expoarchive.render.views.words import edition_headline
from expoarchive.site import Page, permalink
from expoarchive.site.address import search_index
from expoarchive.site.graph import WORKSHOP

# The group of pages that stand in no list.
OTHER = "pages"
# Pages that say nothing of the fair.
UNSEARCHED = ("search", *WORKSHOP)
GROUPS = ("editions", "articles", *(sort.plural for sort in PAGED.values()), "sources", OTHER)


def search_view(desk: Desk) -> SearchView:
    """All pages by group, what is searched, and what the other languages have to search."""
    pages = searched(desk)
    groups = []
    for group in GROUPS:
        links = tuple(_link(desk, page) for page in pages if group_of(page) == group)
        if links:
            groups.append(SearchGroup(group, group_title(desk, group), links))
    indexes = {language.id: _index(desk, language.id) for language in desk.site.config.languages}
    return SearchView(
        index=indexes.pop(desk.language.id),
        others=tuple(indexes.values()),
        groups=tuple(groups),
        eras=tuple((era_id, desk.local(era.name)) for era_id, era in desk.site.records.eras.items()),
    )


def searched(desk: Desk) -> list[Page]:
    """The pages of the desk's language that are its archive's, in the order of the groups.

    Editions and articles are newest first as in their lists, the others by title.
    """
    site = desk.site
    articles = {article_id: at for at, article_id in enumerate(site.article_order)}

    def order(page: Page) -> tuple[int, int, str, str]:
        at = -int(page.id) if page.kind == "edition" else articles[page.id] if page.kind == "article" else 0
        return (GROUPS.index(group_of(page)), at, _letters(title_of(desk, page)[0]), page.id)

    pages = (page for page in site.pages if page.language == desk.language.id and page.kind not in UNSEARCHED)
    return sorted(pages, key=order)


def group_of(page: Page) -> str:
    """The group that a page stands in."""
    return SECTION_OF.get(page.kind, OTHER)


def group_title(desk: Desk, group: str) -> str:
    """What the group is called: as the list of its pages is."""
    return desk.strings("search.pages" if group == OTHER else f"nav.{group}")


def title_of(desk: Desk, page: Page) -> tuple[str, str | None]:
    """What a page is called in a list, and its language where that is not the desk's."""
    records = desk.site.records
    match page.kind:
        case "home":
            return desk.local(desk.site.config.title), None
        case "edition":
            return edition_headline(desk, int(page.id)), None
        case "article" | "page":
            article = (records.articles if page.kind == "article" else records.pages)[page.id]
            language = text_language(desk, article)
            own = language == desk.language.id
            return article.translations[language].front.title, None if own else desk.tag(language)
        case "source":
            source = records.sources[page.id]
            if source.title:
                return desk.words(source.title)
            # Several have no title and one publisher, or none: the day tells them apart, or what they are filed under.
            when = day(source.published, desk.language) if source.published else page.id
            name, lang = desk.words(source.publisher) if source.publisher else (desk.source_name(source), None)
            return f"{name} · {when}", lang
        case kind if kind in PAGED:
            return desk.local(records.vocabularies.terms(kind)[page.id].name), None
    return desk.strings(f"{page.kind}.title"), None


def _link(desk: Desk, page: Page) -> Link:
    title, lang = title_of(desk, page)
    return Link(title, desk.href(page.kind, page.id), lang)


def _index(desk: Desk, language: str) -> SearchIndex:
    known = desk.site.config.language(language)
    page = Link(known.name, desk.address(permalink(language, "search")), known.tag)
    return SearchIndex(language, desk.address(search_index(language)), page)


def _letters(title: str) -> str:
    """Letters and digits alone, without accents or case, to sort by."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if sign.isalnum())
