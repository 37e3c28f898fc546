"""Checks of the whole site before any of it is written: what must hold, and what editors should know."""

from expoarchive.check.external import external_links
from expoarchive.check.links import Checked, check_site
from expoarchive.check.measure import measure
from expoarchive.check.orphans import check_orphans
from expoarchive.check.pictures import check_pictures
from expoarchive.check.translations import check_translations

__all__ = [
    "Checked",
    "check_orphans",
    "check_pictures",
    "check_site",
    "check_translations",
    "external_links",
    "measure",
]
