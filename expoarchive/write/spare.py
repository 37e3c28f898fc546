"""The tree that stood before the last one, kept to be brought forward by what has changed since.

Laying a tree of thousands of files anew, though nearly all are links, takes longer than everything else after an edit.
The spare tree lies with the machine's caches, never beside the site. Its files are mostly further names of the output's
own, so nothing is ever written into one of them: a file that differs is removed and made again.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from expoarchive.cache import cache_folder
from expoarchive.cache.last import Marks, marks_of, tree_of
from expoarchive.write.modes import FOLDER_MODE, has_mode

# By path, the SHA-256 of a file's bytes and the marks that it had when they were looked at.
Verified = Mapping[str, tuple[str, Marks]]
VERIFIED: Any = dict[str, tuple[str, Marks]]


def spare_tree(output: Path) -> Path | None:
    """Where the spare tree of an output folder is or would be; None where there is no cache on the same disk."""
    folder = cache_folder()
    try:
        if folder is None or folder.stat().st_dev != output.parent.stat().st_dev:
            return None
    except OSError:
        return None
    return folder / f"{sha256(os.fsencode(os.path.realpath(output))).hexdigest()[:16]}.spare"


def verified(folder: Path, digests: Mapping[str, str], names: Iterable[str]) -> Verified:
    """Files of these names, whose bytes have these digests, as they are now."""
    top = str(folder)
    return {name: (digests[name], marks_of(f"{top}/{name}")) for name in names}


def strip(folder: Path, digests: Mapping[str, str], kept: Verified) -> Collection[str]:
    """Remove all that is not of the digest that is due, whoever put it there; the files that remain.

    A file that somebody touched since it was ``kept`` is not looked at, but removed.
    """
    top, tree = str(folder), tree_of(folder)
    right = {name for name, digest in digests.items() if name in tree and kept.get(name) == (digest, tree[name])}
    filled = folders_of(right)
    # What is in a folder comes after it, and goes before it.
    for name in reversed(tree):
        path = f"{top}/{name}"
        if not name.endswith("/"):
            if name not in right:
                os.unlink(path)  # noqa: PTH108
        elif name not in filled:
            os.rmdir(path)  # noqa: PTH106
        elif not has_mode(tree[name], FOLDER_MODE):
            os.chmod(path, FOLDER_MODE)  # noqa: PTH101
    return right


def folders_of(names: Iterable[str]) -> set[str]:
    """The folders that hold these files, with a slash at the end; the whole tree's is the slash alone."""
    folders = {"/"}
    for name in names:
        parent = name.rpartition("/")[0]
        while parent and f"{parent}/" not in folders:
            folders.add(f"{parent}/")
            parent = parent.rpartition("/")[0]
    return folders


def set_aside(tree: Path, spare: Path | None) -> None:
    """Keep a tree that has had its time as the spare one, or remove it where that cannot be."""
    if spare is None or tree == spare:
        return
    shutil.rmtree(spare, ignore_errors=True)
    with contextlib.suppress(OSError):
        tree.rename(spare)
