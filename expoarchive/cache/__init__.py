"""What one build keeps for the next. It may cost time when it is lost, and never makes a page wrong."""

from expoarchive.cache.memory import Memory
from expoarchive.cache.note import noted, read_note
from expoarchive.cache.place import VARIABLE, cache_file, cache_folder, store_of
from expoarchive.cache.shape import parts_of, shaped
from expoarchive.cache.store import Store, pack, unpack

__all__ = [
    "VARIABLE",
    "Memory",
    "Store",
    "cache_file",
    "cache_folder",
    "noted",
    "pack",
    "parts_of",
    "read_note",
    "shaped",
    "store_of",
    "unpack",
]
