"""The search page: every page of the archive by group, for scripts to search and other readers to browse."""

import unicodedata
from collections import Counter

from expoarchive.render import search_pieces
from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, Title, page_view, view_of
from expoarchive.render.values import Link, SearchGroup, SearchView
from expoarchive.site import Page, permalink
from expoarchive.site.address import search_answers, search_index
from expoarchive.site.kinds import Kinds

# The group of pages that no list has.
OTHER = "pages"


# What ranks pages is loaded with the index, once somebody asks.
FINDER = "assets/js/search/lib/minisearch.js"


@page_view("search")
def search_page(desk: Desk, studio: Studio) -> PageContent:
    """All pages by group, and what the search loads."""
    pages = searched(desk)
    groups: dict[str, list[Link]] = {}
    counts: Counter[str] = Counter()
    for page in pages:
        group = group_of(page, desk.site.table)
        counts[group] += 1
        # Of thousands of pages the lists of each group are list enough.
        if len(pages) <= search_pieces.WHOLE or group == OTHER:
            title, lang = title_of(desk, page)
            groups.setdefault(group, []).append(Link(title, desk.href(page.kind, page.id), lang))
        elif group not in groups:
            groups[group] = [Link(group_title(desk, group), desk.href(group))]
    own = desk.language.id
    view = SearchView(
        language=own,
        finder=desk.address(FINDER),
        index=desk.address(search_index(own)),
        answers=desk.address(search_answers(own)),
        others=tuple(
            Link(other.name, desk.address(permalink(other.id, "search")), other.tag)
            for other in desk.site.config.languages
            if other.id != own
        ),
        groups=tuple(
            SearchGroup(group, group_title(desk, group), counts[group], tuple(links)) for group, links in groups.items()
        ),
        eras=tuple((era_id, desk.local(era.name)) for era_id, era in desk.site.records.eras.items()),
    )
    return PageContent(view)


def searched(desk: Desk) -> list[Page]:
    """The pages that the search of the desk's language finds, in the order of the groups.

    Editions and articles are newest first, as in their lists; others are sorted by title.
    """
    site = desk.site
    kinds, groups = site.table, groups_of(site.table)
    articles = {article_id: position for position, article_id in enumerate(site.article_order)}

    def order(page: Page) -> tuple[int, int, str, str]:
        position = -int(page.id) if page.kind == "edition" else articles[page.id] if page.kind == "article" else 0
        return (groups.index(group_of(page, kinds)), position, _letters(title_of(desk, page)[0]), page.id)

    pages = (page for page in site.pages if page.language == desk.language.id and kinds[page.kind].searched)
    return sorted(pages, key=order)


def groups_of(kinds: Kinds) -> tuple[str, ...]:
    """The groups of the search, in order."""
    return (*kinds.sections, OTHER)


def group_of(page: Page, kinds: Kinds) -> str:
    """The group that a page belongs to."""
    return kinds[page.kind].section or OTHER


def group_title(desk: Desk, group: str) -> str:
    """The group's title: that of the list of its pages."""
    return desk.strings("search.pages" if group == OTHER else f"nav.{group}")


def title_of(desk: Desk, page: Page) -> Title:
    """A page's title in a list, and its language where that is not the desk's."""
    return view_of(page.kind, desk.site.table).title(desk, page)


def _letters(title: str) -> str:
    """Letters and digits alone, without accents or case, to sort by."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if sign.isalnum())
