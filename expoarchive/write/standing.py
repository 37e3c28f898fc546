"""A site that stands in a folder, compared with the folder's own list of what was written."""

from pathlib import Path

from expoarchive.cache.last import tree_of
from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import printable
from expoarchive.write.switch import MANIFEST, due_tree, is_same, read_manifest


def inspect_site(folder: Path) -> tuple[int, list[Problem]]:
    """How many files the list names, and what differs from it: every byte is read, whatever a file's time says.

    Reports ``output-not-ours`` where there is no list, ``output-differs`` and ``output-stray``.
    """
    digests, there = read_manifest(folder), tree_of(folder)
    if not digests:
        return 0, [Problem("output-not-ours", Place(printable(str(folder))))]
    due = due_tree(digests)
    differing = [name for name in due if name not in there or not is_same(folder, name, due, there, {})]
    strays = there.keys() - due.keys()
    details = {"manifest": MANIFEST}
    return len(digests), [
        *(Problem("output-differs", Place(printable(f"{folder}/{name}")), details) for name in differing),
        *(Problem("output-stray", Place(printable(f"{folder}/{name}")), details) for name in strays),
    ]
