"""What one build keeps for the next. Losing it costs time, and having it never makes a page wrong."""

from expoarchive.cache.location import VARIABLE, cache_entry, cache_file, cache_folder, exchange_note, store_of
from expoarchive.cache.memory import Memory
from expoarchive.cache.shape import parts_of, shaped, shaped_json
from expoarchive.cache.store import Store, pack, unpack

__all__ = [
    "VARIABLE",
    "Memory",
    "Store",
    "cache_entry",
    "cache_file",
    "cache_folder",
    "exchange_note",
    "pack",
    "parts_of",
    "shaped",
    "shaped_json",
    "store_of",
    "unpack",
]
