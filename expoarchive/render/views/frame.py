"""What stands around the content of every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from expoarchive.config import Config
from expoarchive.records.sorts import PAGED
from expoarchive.records.translation import Difference, standing
from expoarchive.render.cite import DATE, bibtex, citation_key, csl_json, gbt7714
from expoarchive.render.desk import Desk
from expoarchive.render.format.numbers import locale_of
from expoarchive.render.views.model import ChooserView, CiteForm, CiteView, Frame, Link, NoticeView
from expoarchive.render.views.translations import part_name
from expoarchive.site import absolute, permalink
from expoarchive.site.address import card_file, feed
from expoarchive.site.alternates import hreflang
from expoarchive.site.graph import LEADS, WORKSHOP
from expoarchive.site.origin import origin_of

_TAXONOMIES = {name: sort.plural for name, sort in PAGED.items()}
LISTS = ("reach", "firsts", *_TAXONOMIES.values(), "coverage", "corrections", "data", "audit", *WORKSHOP)
# Pages that say nothing of their own.
UNCITED = ("chooser", "404", "search", *WORKSHOP)
# The list that a page of each kind stands in.
SECTION_OF = {"edition": "editions", "article": "articles", "source": "sources", **_TAXONOMIES}


@dataclass(frozen=True, slots=True)
class Assets:
    """Permalinks of the files that pages load. Scripts are by kind of page; those under "" are every page's."""

    styles: str
    scripts: Mapping[str, tuple[str, ...]]
    wordmark: str | None
    icon: str | None


def frame_view(desk: Desk, assets: Assets, title: str, description: str) -> Frame:
    """The frame of a page whose own title and description are given."""
    site, page = desk.site, desk.page
    config = site.config
    site_title = desk.local(config.title)
    home = desk.address(permalink(desk.language.id, "home"))
    return Frame(
        kind=page.kind,
        lang=desk.language.tag,
        title=title,
        page_title=title if title == site_title else desk.strings("frame.page_title", title=title, site=site_title),
        description=description,
        home=Link(site_title, home, current=page.kind == "home"),
        site_title=site_title,
        wordmark=desk.address(assets.wordmark) if assets.wordmark else None,
        icon=desk.address(assets.icon) if assets.icon else None,
        styles=desk.address(assets.styles),
        scripts=tuple(desk.address(script) for kind in ("", page.kind) for script in assets.scripts.get(kind, ())),
        navigation=tuple(_navigation(desk, name) for name in config.navigation if name not in config.without),
        switcher=_switcher(desk),
        canonical=_canonical(desk),
        card=card_url(desk),
        alternates=hreflang(site, page),
        locales=_locales(desk),
        draft=site.is_draft(page),
        feeds=_feeds(desk),
        notices=tuple(_notices(desk)),
        crumbs=_crumbs(desk),
        edit=_edited_at(desk),
        footer=_footer(desk),
        cite=_cite(desk, title) if page.kind not in UNCITED else None,
        search=_search(desk) if config.has("search") else None,
        theme_colours=_theme_colours(config),
    )


def _theme_colours(config: Config) -> tuple[tuple[str, str], ...]:
    """What every page begins with at its top: the identity's tint of the head, else its ground."""
    colours = config.identity.colours
    if colours is None:
        return ()
    schemes = (("light", colours.light), ("dark", colours.dark))
    tops = ((scheme, values.get("lake-pale") or values.get("paper")) for scheme, values in schemes)
    return tuple((scheme, colour) for scheme, colour in tops if colour)


def _search(desk: Desk) -> Link:
    return Link(desk.strings("nav.search"), desk.href("search"), current=desk.page.kind == "search")


def card_url(desk: Desk) -> str | None:
    """The full address of the picture of the page, else of the archive; None where the site has no such pictures."""
    page = desk.page
    if not desk.site.config.has("cards"):
        return None
    language = (page.text_language if page.borrowed else page.language) or desk.language.id
    own = card_file(language, page.kind, page.id) or card_file(language, "home")
    return absolute(desk.site.config.root, str(own))


def _locales(desk: Desk) -> tuple[str, ...]:
    """The page's locale, then those of its other languages, as Open Graph writes them: ``zh_CN``, without a script."""
    languages = [desk.language]
    languages += [language for language in desk.site.config.languages if language != desk.language]
    parsed = [locale_of(language.locale) for language in languages]
    return tuple("_".join(filter(None, (locale.language, locale.territory))) for locale in parsed)


def _feeds(desk: Desk) -> tuple[Link, ...]:
    """The feeds of the page's language, for programs that follow the archive."""
    if desk.language.id not in desk.site.followed:
        return ()
    title = desk.strings(
        "frame.page_title", title=desk.strings("articles.title"), site=desk.local(desk.site.config.title)
    )
    return (Link(title, desk.address(feed(desk.language.id))),)


def _navigation(desk: Desk, name: str) -> Link:
    page = desk.page
    if name in desk.site.records.pages and name not in LEADS:
        record = desk.site.records.pages[name]
        translation = record.translations.get(desk.language.id) or next(iter(record.translations.values()))
        current = (page.kind, page.id) == ("page", name)
        return Link(translation.front.title, desk.href("page", name), current=current)
    return Link(desk.strings(f"nav.{name}"), desk.href(name), current=SECTION_OF.get(page.kind, page.kind) == name)


def _edited_at(desk: Desk) -> str | None:
    """The file that the page is made of, where the sources are kept; None for lists, or where that is not known."""
    repository, origin = desk.site.config.repository, origin_of(desk.site, desk.page)
    # Without a line: one source more in a file would otherwise change the pages of all that follow it.
    return f"{repository.rstrip('/')}/blob/HEAD/{quote(origin.file)}" if repository and origin else None


def _footer(desk: Desk) -> tuple[Link, ...]:
    """Every list and page of the archive that the header does not lead to."""
    site = desk.site
    lists = [kind for kind in site.kinds if kind in LISTS]
    pages = [name for name in site.records.pages if name not in LEADS]
    return tuple(_navigation(desk, name) for name in [*lists, *pages] if name not in site.config.navigation)


def _switcher(desk: Desk) -> tuple[Link, ...]:
    """The same page in each language; on pages without a language, each one's home."""
    page = desk.page
    links = []
    for language in desk.site.config.languages:
        target = permalink(language.id, page.kind, page.id) if page.language else permalink(language.id, "home")
        same = desk.site.translations(page.kind, page.id)
        borrowed = any(other.borrowed for other in same if other.language == language.id)
        note = desk.strings("frame.borrowed_short") if borrowed else None
        current = language.id == page.language
        links.append(Link(language.name, desk.address(target), language.tag, current, note))
    return tuple(links)


def _canonical(desk: Desk) -> str:
    """The page itself, or for a borrowed text the page it is borrowed from."""
    page = desk.page
    target = permalink(page.text_language, page.kind, page.id) if page.borrowed else page.permalink
    return absolute(desk.site.config.root, target)


def _cite(desk: Desk, title: str) -> CiteView:
    site = desk.local(desk.site.config.title)
    url, key, tag = _canonical(desk), citation_key(desk.page.permalink), desk.language.tag
    forms = {
        "plain": desk.strings("cite.plain", title=title, site=site, url=url, date=DATE),
        "gbt": gbt7714(title, site, url),
        "bibtex": bibtex(key, title, site, url, tag),
        "csl": csl_json(key, title, site, url, tag),
    }
    shown = tuple(CiteForm(form, desk.strings(f"cite.form_{form}"), text) for form, text in forms.items())
    return CiteView(title, url, DATE, shown)


def _crumbs(desk: Desk) -> tuple[Link, ...]:
    section = SECTION_OF.get(desk.page.kind)
    if section is None:
        return ()
    home = Link(desk.strings("nav.home"), desk.href("home"))
    return (home, Link(desk.strings(f"nav.{section}"), desk.href(section)))


def _notices(desk: Desk) -> Iterator[NoticeView]:
    """That the page is a draft, or its text borrowed from another language, or older than its original."""
    site, page, t = desk.site, desk.page, desk.strings
    if site.is_draft(page):
        yield NoticeView(t("frame.draft"), "draft")
    article = site.text_of(page)
    if article is None:
        return
    if page.language not in article.translations:
        if page.borrowed:
            name = site.config.language(page.text_language).name
            yield NoticeView(t("frame.borrowed", language=name), "borrowed")
        return
    found = standing(article, page.language)
    original = site.config.language(found.original)
    if found.state == "stale":
        parts = desk.listed(dict.fromkeys(_part(desk, part) for part in found.differences))
        target = desk.address(permalink(original.id, page.kind, page.id))
        link = Link(t("frame.stale_link", language=original.name), target, original.tag)
        yield NoticeView(t("frame.stale", language=original.name, parts=parts), "stale", link)


def _part(desk: Desk, part: Difference) -> str:
    """A changed part by its name: a heading stands as in the page's own text, else as in the original's."""
    article = desk.site.text_of(desk.page)
    headings = article.translations[desk.page.language].headings if article else ()
    own = next((heading.text for heading in headings if heading.id == part.key), part.title)
    return part_name(desk, part, own)


def chooser_view(desk: Desk) -> ChooserView:
    """Each language's name, what the archive is called in it, and the way to its first page."""
    config = desk.site.config
    entries = [
        (language.tag, config.title[language.id], Link(language.name, desk.address(permalink(language.id, "home"))))
        for language in config.languages
    ]
    return ChooserView(tuple(entries))
