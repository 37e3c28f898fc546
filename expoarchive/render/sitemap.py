"""What search engines read before the pages: robots.txt, and the sitemaps, one for each language and an index.

The forms are those of sitemaps.org (0.9), with the alternates in XHTML's words, as search engines ask for them.
"""

from xml.sax.saxutils import escape, quoteattr

from expoarchive.render.output import Published
from expoarchive.render.studio import Studio
from expoarchive.site import Page, Site, absolute
from expoarchive.site.address import ROBOTS, SITEMAPS, sitemap
from expoarchive.site.alternates import hreflang
from expoarchive.site.kinds import KINDS
from expoarchive.site.recall import Recall

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def make_sitemaps(studio: Studio, recall: Recall) -> Published:
    """Sitemaps, and robots.txt that names them. A page has a date where its content has one: a build has no clock."""
    site = studio.site
    root = site.config.root
    files = {}
    index = []
    for language in site.config.language_ids:
        pages = [
            page for page in site.pages if page.language == language and not page.borrowed and KINDS[page.kind].indexed
        ]
        if language == site.config.default_language.id:
            pages.insert(0, next(page for page in site.pages if page.kind == "chooser"))
        files[sitemap(language)] = _urlset(site, pages).encode()
        dates = [date for page in pages if (date := _changed(site, page))]
        index.append(_entry("sitemap", absolute(root, sitemap(language)), max(dates, default="")))
    files[SITEMAPS] = _document(f'<sitemapindex xmlns="{_SITEMAP}">', index, "</sitemapindex>").encode()
    # Only read at a host's root; below a base path it does no harm.
    files[ROBOTS] = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(root, SITEMAPS)}\n".encode()
    return Published(files)


def _urlset(site: Site, pages: list[Page]) -> str:
    entries = []
    for page in pages:
        links = "".join(
            f'    <xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(url)}/>\n'
            for tag, url in hreflang(site, page)
        )
        entries.append(_entry("url", absolute(site.config.root, page.permalink), _changed(site, page), links))
    return _document(f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">', entries, "</urlset>")


def _entry(element: str, url: str, changed: str, links: str = "") -> str:
    date = f"    <lastmod>{changed}</lastmod>\n" if changed else ""
    return f"  <{element}>\n    <loc>{escape(url)}</loc>\n{date}{links}  </{element}>\n"


def _document(opening: str, entries: list[str], closing: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + opening + "\n" + "".join(entries) + closing + "\n"


def _changed(site: Site, page: Page) -> str:
    """When an article last changed; of the list of articles, that of the newest."""
    if page.kind not in ("article", "articles"):
        return ""
    articles = [site.records.articles[page.id]] if page.kind == "article" else site.records.articles.values()
    return max((str(article.record.changed) for article in articles if article.record.changed), default="")
