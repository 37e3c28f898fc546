"""What one build keeps for the next. It may cost time when it is lost, and never makes a page wrong."""

from expoarchive.cache.store import Store, memory_store, open_store
from expoarchive.cache.version import code_version

__all__ = ["Store", "code_version", "memory_store", "open_store"]
