"""A page's translations, for search engines."""

from expoarchive.site.address import absolute
from expoarchive.site.graph import Page, Site


def hreflang(site: Site, page: Page) -> tuple[tuple[str, str], ...]:
    """(tag, full address) of each translation, this page included, then of x-default; empty without a translation.

    x-default is the chooser for home pages, and the page in the default language for others.
    """
    if page.kind == "404":
        return ()
    if page.kind in ("home", "chooser"):
        pages = list(site.translations("home"))
        default = ""
    else:
        pages = site.alternates(page)
        first = site.config.default_language.id
        default = next((other.permalink for other in pages if other.language == first), "")
        if len(pages) < 2:
            return ()
    root = site.config.root
    pairs = [(site.config.language(other.language).tag, absolute(root, other.permalink)) for other in pages]
    return (*pairs, ("x-default", absolute(root, default)))
