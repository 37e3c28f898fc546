"""The archive as data for other programs: tables, and the files that carry them."""

from expoarchive.render.data.files import DOWNLOADS, is_data, make_data, meaning
from expoarchive.render.data.table import Column, Table, version_of
from expoarchive.render.data.tables import make_tables

__all__ = ["DOWNLOADS", "Column", "Table", "is_data", "make_data", "make_tables", "meaning", "version_of"]
