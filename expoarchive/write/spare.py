"""The tree that stood before the last one, kept to be brought forward by what has changed since.

Laying a tree of thousands of files anew, though nearly all are links, takes longer than everything else after an edit.
The spare tree lies with the machine's caches, never beside the site. Its files are mostly further names of the output's
own, so nothing is ever written into one of them: a file that differs is removed and made again.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from expoarchive.cache import cache_folder

# Size, time of the last change and inode of a file.
Marks = tuple[int, int, int]


def spare_tree(output: Path) -> Path | None:
    """Where the spare tree of an output folder is or would be; None where there is no cache on the same disk."""
    folder = cache_folder()
    try:
        if folder is None or folder.stat().st_dev != output.parent.stat().st_dev:
            return None
    except OSError:
        return None
    return folder / f"{sha256(os.fsencode(os.path.realpath(output))).hexdigest()[:16]}.spare"


def marks_of(file: str) -> Marks | None:
    """None for a file that is not there."""
    try:
        found = os.stat(file)  # noqa: PTH116 (thousands of files: a string is half the time)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def still_there(folder: Path, digests: Mapping[str, str], marks: Mapping[str, Marks]) -> dict[str, str]:
    """Those files of the tree that nobody has touched since, with their digests."""
    top = str(folder)
    return {
        name: digest
        for name, digest in digests.items()
        if name in marks and marks_of(f"{top}/{name}") == tuple(marks[name])
    }


def strip(folder: Path, right: Collection[str]) -> None:
    """Remove every file but the ``right`` ones, whoever put it there, and the folders that are empty then."""
    top = str(folder)
    filled: set[str] = set()
    for here, folders, names in os.walk(top, topdown=False):
        inside = here.removeprefix(top).lstrip("/")
        for name in [*names, *(name for name in folders if os.path.islink(f"{here}/{name}"))]:  # noqa: PTH114
            if (f"{inside}/{name}" if inside else name) in right:
                filled.add(here)
            else:
                os.unlink(f"{here}/{name}")  # noqa: PTH108
        if here in filled or any(f"{here}/{name}" in filled for name in folders):
            filled.add(here)
        elif here != top:
            os.rmdir(here)  # noqa: PTH106


def set_aside(tree: Path, spare: Path | None) -> None:
    """Keep a tree that has had its time as the spare one, or remove it where that cannot be."""
    if spare is None or tree == spare:
        return
    shutil.rmtree(spare, ignore_errors=True)
    with contextlib.suppress(OSError):
        tree.rename(spare)
