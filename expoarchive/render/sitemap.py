"""What search engines read before the pages: robots.txt, and sitemaps, one for each language and an index.

The format is that of sitemaps.org (0.9), with alternates as XHTML links, which search engines ask for.
"""

from html import escape

from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.site import Page, Site, absolute
from expoarchive.site.address import ROBOTS, SITEMAPS, sitemap
from expoarchive.site.graph import hreflang
from expoarchive.site.recall import Recall

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def make_sitemaps(studio: Studio, recall: Recall) -> OutputFiles:
    """The sitemaps, and robots.txt. A build has no clock: only a page whose content has a date gets one."""
    site = studio.site
    root = site.config.root
    files, index = {}, []
    for language in site.config.language_ids:
        pages = [
            page
            for page in site.pages
            if page.language == language and not page.borrowed and site.table[page.kind].indexed
        ]
        if language == site.config.default_language.id:
            pages.insert(0, next(page for page in site.pages if page.kind == "chooser"))
        files[sitemap(language)] = _urlset(site, pages)
        dates = [date for page in pages if (date := _changed(site, page))]
        index.append(_entry("sitemap", absolute(root, sitemap(language)), max(dates, default="")))
    files[SITEMAPS] = _document("sitemapindex", f'xmlns="{_SITEMAP}"', index)
    # Search engines read it at a host's root only; elsewhere it does no harm.
    files[ROBOTS] = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(root, SITEMAPS)}\n".encode()
    return OutputFiles(files)


def _urlset(site: Site, pages: list[Page]) -> bytes:
    entries = []
    for page in pages:
        links = "".join(
            f'    <xhtml:link rel="alternate" hreflang="{escape(tag)}" href="{escape(url)}"/>\n'
            for tag, url in hreflang(site, page)
        )
        entries.append(_entry("url", absolute(site.config.root, page.permalink), _changed(site, page), links))
    return _document("urlset", f'xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}"', entries)


def _entry(element: str, url: str, changed: str, links: str = "") -> str:
    date = f"    <lastmod>{changed}</lastmod>\n" if changed else ""
    return f"  <{element}>\n    <loc>{escape(url, quote=False)}</loc>\n{date}{links}  </{element}>\n"


def _document(element: str, namespaces: str, entries: list[str]) -> bytes:
    inner = "".join(entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} {namespaces}>\n{inner}</{element}>\n'.encode()


def _changed(site: Site, page: Page) -> str:
    """When an article, or the newest in the list of articles, last changed."""
    if page.kind not in ("article", "articles"):
        return ""
    articles = [site.records.articles[page.id]] if page.kind == "article" else site.records.articles.values()
    return max((str(article.record.changed) for article in articles if article.record.changed), default="")
