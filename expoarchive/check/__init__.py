"""What must hold of the whole site before anything of it is written, and what its editors should know."""

from expoarchive.check.links import Checked, check_site
from expoarchive.check.translations import check_translations

__all__ = ["Checked", "check_site", "check_translations"]
