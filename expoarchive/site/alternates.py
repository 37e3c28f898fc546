"""The page in other languages, for search engines."""

from expoarchive.site.address import absolute
from expoarchive.site.graph import Page, Site


def hreflang(site: Site, page: Page) -> tuple[tuple[str, str], ...]:
    """(tag, full address) of each real translation, this one included, then x-default; empty where there is one alone.

    x-default is the choice of languages for the first pages, for others the page in the default language.
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
