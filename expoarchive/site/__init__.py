"""The graph of the site: pages, translations, addresses, neighbours, backlinks. No HTML, no files."""

from expoarchive.site.address import absolute, permalink, relative
from expoarchive.site.backlinks import Backlinks, CitedBy
from expoarchive.site.graph import Page, Site, make_site

__all__ = [
    "Backlinks",
    "CitedBy",
    "Page",
    "Site",
    "absolute",
    "make_site",
    "permalink",
    "relative",
]
