"""Where the machine keeps what builds leave for later ones: never among the sources, from where it would be shared."""

import os
from hashlib import sha256
from pathlib import Path

from expoarchive.cache.store import Store
from expoarchive.cache.version import code_version

# The folder of all caches, in place of the user's own. Empty: nothing is kept.
VARIABLE = "EXPOARCHIVE_CACHE"


def cache_folder() -> Path | None:
    """The folder of all archives' caches; None where there is no home for it."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "expoarchive"
    except RuntimeError:
        return None


def cache_file(root: Path) -> Path | None:
    """The file of the archive whose sources are at ``root``."""
    folder = cache_folder()
    return folder / f"{sha256(os.fsencode(root.resolve())).hexdigest()[:16]}.db" if folder else None


def store_of(root: Path) -> Store:
    """What earlier builds of the archive at ``root`` kept, made by this very generator."""
    return Store(cache_file(root), code_version())
