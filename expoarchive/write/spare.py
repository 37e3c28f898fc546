"""The tree before the last one, kept so that the next build only has to change what differs in it.

Laying out thousands of files again takes longer than everything else after an edit, though nearly all are hard links.
The spare tree lies among the machine's caches, never beside the site. Most of its files are hard links to those of the
output, so no file of it is ever written into: one that differs is removed and created again.
"""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from expoarchive.cache.last import tree_of
from expoarchive.cache.location import cache_entry
from expoarchive.write.modes import FOLDER_MODE, has_mode
from expoarchive.write.tree import Verified, folders_of


def spare_tree(output: Path) -> Path | None:
    """Where the spare tree of an output folder is or would be; None where there is no cache on the same disk."""
    spare = cache_entry(output, ".spare")
    try:
        return spare if spare and spare.parent.stat().st_dev == output.parent.stat().st_dev else None
    except OSError:
        return None


def strip(folder: Path, digests: Mapping[str, str], verified: Verified) -> Collection[str]:
    """Remove everything whose digest is not the one due, whoever put it there. The files that remain.

    A file that changed since it was ``verified`` is removed without being read.
    """
    top, tree = str(folder), tree_of(folder)
    right = {name for name, digest in digests.items() if name in tree and verified.get(name) == (digest, tree[name])}
    filled = folders_of(right)
    # In reverse, what a folder holds comes before the folder.
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
