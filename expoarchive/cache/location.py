"""Where the machine keeps what builds leave for later ones: never among the sources, with which it would be shared."""

import os
from hashlib import sha256
from pathlib import Path

# Names the folder of all caches, in place of the user's own. If it is empty, nothing is kept.
VARIABLE = "EXPOARCHIVE_CACHE"


def cache_folder() -> Path | None:
    """The folder of all archives' caches; None where the user has no home folder, or wants no cache."""
    override = os.environ.get(VARIABLE)
    if override is not None:
        return Path(override) if override else None
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        # The specification has relative ones passed over: they would be somewhere among the sources.
        return (base if base.is_absolute() else Path.home() / ".cache") / "expoarchive"
    except RuntimeError:
        return None


def cache_entry(path: Path, ending: str) -> Path | None:
    """Where something about a path is kept, whatever links lead to it; None where nothing is."""
    folder = cache_folder()
    return folder / f"{sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]}{ending}" if folder else None


def cache_file(root: Path) -> Path | None:
    """The cache file of the archive whose sources are at ``root``."""
    return cache_entry(root, ".db")


def exchange_note(root: Path) -> Path | None:
    """What an exchange of sources at ``root`` notes that has begun and not ended."""
    return cache_entry(root, ".unfinished")
