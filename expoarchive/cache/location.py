"""Where the machine keeps what builds leave for later ones: never among the sources, with which it would be shared."""

import os
from hashlib import sha256
from pathlib import Path

from expoarchive.cache.store import Store
from expoarchive.cache.version import code_version

# Names the folder of all caches, in place of the user's own. If it is empty, nothing is kept.
VARIABLE = "EXPOARCHIVE_CACHE"


def cache_folder() -> Path | None:
    """The folder of all archives' caches; None where the user has no home folder, or wants no cache."""
    override = os.environ.get(VARIABLE)
    if override is not None:
        return Path(override) if override else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "expoarchive"
    except RuntimeError:
        return None


def cache_file(root: Path) -> Path | None:
    """The cache file of the archive whose sources are at ``root``."""
    folder = cache_folder()
    return folder / f"{sha256(os.fsencode(root.resolve())).hexdigest()[:16]}.db" if folder else None


def store_of(root: Path) -> Store:
    """What earlier builds of the archive at ``root`` kept, if this version of the generator made it."""
    return Store(cache_file(root), code_version())
