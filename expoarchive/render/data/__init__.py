"""The archive as data for other programs: tables, and their files."""

from expoarchive.render.data.files import DOWNLOADS, meaning
from expoarchive.render.data.table import Column, Table, version_of
from expoarchive.render.data.tables import make_tables

__all__ = ["DOWNLOADS", "Column", "Table", "make_tables", "meaning", "version_of"]
