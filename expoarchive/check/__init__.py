"""What must hold of the whole site before anything of it is written."""

from expoarchive.check.links import Checked, check_site

__all__ = ["Checked", "check_site"]
