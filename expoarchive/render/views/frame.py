"""What surrounds the content of every page."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from expoarchive.config import NOTHING
from expoarchive.records import Article
from expoarchive.records.translation import Difference, standing
from expoarchive.render.assets import BORROWED
from expoarchive.render.cite import DATE, bibtex, citation_key, csl_json, gbt7714
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.format.numbers import locale_of
from expoarchive.render.marks import unmarked
from expoarchive.render.palette import Palette
from expoarchive.render.prose import title_of
from expoarchive.render.report import report_view
from expoarchive.render.studio import Studio
from expoarchive.render.values import CiteForm, CiteView, Frame, ImprintView, Link, NoticeView
from expoarchive.render.views.translations import changed_part
from expoarchive.site import Site, permalink
from expoarchive.site.address import feed
from expoarchive.site.graph import hreflang
from expoarchive.site.kinds import OWN_PAGE
from expoarchive.site.origin import origin_of
from expoarchive.site.traced import once


def frame_view(desk: Desk, studio: Studio, title: str, description: str) -> Frame:
    """The frame of a page with this title and description."""
    site, page = desk.site, desk.page
    # No other page stands below one with an id but for those of the site's own, so its siblings lead to all alike.
    above = page.permalink.removesuffix(f"{page.id}/") if page.kind != OWN_PAGE else page.permalink
    parts, own = once(site, studio.shared, (page.language, page.kind, above), partial(_shared, desk, studio))
    desk.strings.used.update(own.strings.used)
    desk.made.update(own.made)
    site_title = parts["site_title"]
    return Frame(
        kind=page.kind,
        lang=desk.language.tag,
        title=title,
        page_title=title if title == site_title else desk.strings("frame.page_title", title=title, site=site_title),
        description=description,
        switcher=_switcher(desk),
        canonical=_canonical(desk) if site.config.address else None,
        card=desk.card_url(),
        alternates=hreflang(site, page),
        draft=site.is_draft(page),
        notices=tuple(_notices(desk)),
        edit=_edited_at(desk),
        report=report_view(desk),
        cite=_cite(desk, title) if site.table[page.kind].cited else None,
        **parts,
    )


def _shared(first: Desk, studio: Studio, site: Site) -> tuple[dict[str, Any], Desk]:
    """What is alike on all pages of a kind, a language and a folder, and the desk that it was made at."""
    desk = desk_of(site, first.page, studio.strings, marks=first.marks)
    config, page, assets = site.config, first.page, studio.assets
    site_title = desk.local(config.title)
    kinds = (*((BORROWED,) if desk.strings.foreign else ()), "", page.kind)
    parts = {
        "home": Link(site_title, desk.href("home"), current=page.kind == "home"),
        "site_title": site_title,
        "wordmark": desk.address(assets.wordmark) if assets.wordmark else None,
        "icon": desk.address(assets.icon) if assets.icon else None,
        "styles": desk.address(assets.styles),
        "scripts": tuple(desk.address(assets.scripts[kind]) for kind in kinds if kind in assets.scripts),
        "navigation": tuple(_navigation(desk, name) for name in config.navigation if name not in config.without),
        "locales": _locales(desk),
        "feeds": _feeds(desk),
        "crumbs": _crumbs(desk),
        "contact": _contact(desk),
        "imprint": tuple(ImprintView(desk.local(line.text), line.url) for line in config.imprint),
        "names": _names(desk),
        "footer": _footer(desk),
        "search": _navigation(desk, "search") if config.has("search") else None,
        "theme_colours": _theme_colours(assets.palette),
    }
    return parts, desk


def _contact(desk: Desk) -> str | None:
    """The address for readers to write to, with the page's language and without an item; None where there is none."""
    contact = desk.site.config.contact
    if contact is None or contact == NOTHING:
        return None
    if "://" not in contact:
        return f"mailto:{contact}"
    return re.sub(r"\{\w+\}", "", contact.replace("{language}", desk.language.id))


def _theme_colours(palette: Palette) -> tuple[tuple[str, str], ...]:
    """The colour of the header, or else of the page, for the browser to continue in its own bars."""
    schemes = (("light", palette.own_light), ("dark", palette.own_dark))
    tops = ((scheme, values.get("lake-pale") or values.get("paper")) for scheme, values in schemes)
    return tuple((scheme, colour) for scheme, colour in tops if colour)


def _locales(desk: Desk) -> tuple[str, ...]:
    """The page's locale, then those of the other languages, as Open Graph writes them: ``zh_CN``, without a script."""
    languages = sorted(desk.site.config.languages, key=lambda language: language != desk.language)
    locales = [locale_of(language.locale) for language in languages]
    return tuple("_".join(filter(None, (locale.language, locale.territory))) for locale in locales)


def _feeds(desk: Desk) -> tuple[Link, ...]:
    """The feeds of the page's language, for programs that follow the archive."""
    if desk.language.id not in desk.site.followed:
        return ()
    t = desk.strings
    title = t("frame.page_title", title=t("articles.title"), site=desk.local(desk.site.config.title))
    return (Link(title, desk.address(feed(desk.language.id))),)


def _navigation(desk: Desk, name: str) -> Link:
    page = desk.page
    if name in desk.site.records.pages and name not in desk.site.table.opened:
        title = title_of(desk, desk.site.records.pages[name])
        return Link(title, desk.href("page", name), current=(page.kind, page.id) == ("page", name))
    section = desk.site.table[page.kind].section or page.kind
    return Link(desk.strings(f"nav.{name}"), desk.href(name), current=section == name)


def _edited_at(desk: Desk) -> str | None:
    """Where to edit the page's own source file; None for lists, and for sites without a known repository."""
    repository, origin = desk.site.config.repository, origin_of(desk.site, desk.page)
    # Not the line, or one more source in a file would change the pages of all that follow it.
    return f"{repository.rstrip('/')}/blob/HEAD/{quote(origin.file)}" if repository and origin else None


def _names(desk: Desk) -> tuple[Link, ...]:
    """The lists of the vocabularies that have pages."""
    return tuple(_navigation(desk, kind) for kind in desk.site.kinds if kind in desk.site.table.lists)


def _footer(desk: Desk) -> tuple[Link, ...]:
    """Every list and page that neither the header nor ``_names`` links to."""
    site = desk.site
    lists = [kind for kind in site.kinds if site.table[kind].footer and kind not in site.table.lists]
    pages = [name for name in site.records.pages if name not in site.table.opened]
    return tuple(_navigation(desk, name) for name in [*lists, *pages] if name not in site.config.navigation)


def _switcher(desk: Desk) -> tuple[Link, ...]:
    """The same page in each language; on pages without a language, each language's home page."""
    page = desk.page
    links = []
    for language in desk.site.config.languages:
        target = desk.link(language.id, page.kind, page.id) if page.language else desk.link(language.id, "home")
        pages = desk.site.translations(page.kind, page.id)
        borrowed = any(other.borrowed for other in pages if other.language == language.id)
        note = desk.strings("frame.borrowed_short") if borrowed else None
        links.append(Link(language.name, desk.address(target), language.tag, language.id == page.language, note))
    return tuple(links)


def _canonical(desk: Desk) -> str:
    """The page itself, or the page that its text is borrowed from."""
    page = desk.page
    return desk.full(permalink(page.text_language, page.kind, page.id) if page.borrowed else page.permalink)


def _cite(desk: Desk, title: str) -> CiteView:
    site, url = desk.local(desk.site.config.title), _canonical(desk)
    key, tag = citation_key(desk.page.permalink), desk.language.tag
    forms = {
        "plain": desk.strings("cite.plain", title=title, site=site, url=url, date=DATE),
        "gbt": gbt7714(title, site, url),
        "bibtex": bibtex(key, title, site, url, tag),
        "csl": csl_json(key, title, site, url, tag),
    }
    entries = tuple(CiteForm(form, desk.strings(f"cite.form_{form}"), text) for form, text in forms.items())
    return CiteView(unmarked(title), url, DATE, entries)


def _crumbs(desk: Desk) -> tuple[Link, ...]:
    section = desk.site.table[desk.page.kind].section
    return tuple(Link(desk.strings(f"nav.{kind}"), desk.href(kind)) for kind in ("home", section) if section)


def _notices(desk: Desk) -> Iterator[NoticeView]:
    """Says that the page is a draft, or that its text is borrowed from another language or older than its original."""
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
    text = standing(article, page.language)
    original = site.config.language(text.original)
    if text.state == "stale":
        parts = desk.listed(dict.fromkeys(_part(desk, article, part) for part in text.differences))
        target = desk.address(permalink(original.id, page.kind, page.id))
        link = Link(t("frame.stale_link", language=original.name), target, original.tag)
        yield NoticeView(t("frame.stale", language=original.name, parts=parts), "stale", link)


def _part(desk: Desk, article: Article, part: Difference) -> str:
    """A changed part by its heading in the page's own text, or else in the original."""
    headings = article.translations[desk.page.language].headings
    return changed_part(desk, part, next((heading.text for heading in headings if heading.id == part.key), part.title))
