"""The tree of an output folder: what its manifest says should be there, and what is there."""

import hashlib
import json
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from expoarchive.cache.last import Marks, tree_of
from expoarchive.cache.shape import shaped_json
from expoarchive.nodes import read_file
from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import printable
from expoarchive.write.files import LARGEST_BYTES
from expoarchive.write.modes import FILE_MODE, FOLDER_MODE, has_mode

# The generator's own list of what it wrote. A folder with one is the generator's.
MANIFEST = ".expoarchive.json"

# By path, the SHA-256 of a file's bytes and its marks at the time they were read.
Verified = Mapping[str, tuple[str, Marks]]
VERIFIED: Any = dict[str, tuple[str, Marks]]


def manifest_of(digests: Mapping[str, str]) -> bytes:
    """The manifest of a folder that holds these files."""
    return json.dumps(digests, indent=0).encode()


def read_manifest(output: Path) -> dict[str, str]:
    """SHA-256 by file of the site in ``output``; empty where there is none or the manifest cannot be read."""
    return shaped_json(read_file(output, MANIFEST, LARGEST_BYTES)[0], dict[str, str]) or {}


def is_ours(folder: Path) -> bool:
    """Whether the generator wrote this folder."""
    return (folder / MANIFEST).is_file() and not folder.is_symlink()


def folders_of(names: Iterable[str]) -> set[str]:
    """The folders that hold these files, with a slash at the end; the slash alone is the whole tree."""
    folders = {"/"}
    for name in names:
        parent = name.rpartition("/")[0]
        while parent and f"{parent}/" not in folders:
            folders.add(f"{parent}/")
            parent = parent.rpartition("/")[0]
    return folders


def due_tree(digests: Mapping[str, str]) -> dict[str, str]:
    """Everything that belongs into a folder of these files, its manifest too, with digests; a folder's is empty."""
    whole = {**digests, MANIFEST: hashlib.sha256(manifest_of(digests)).hexdigest()}
    return {**whole, **dict.fromkeys(folders_of(whole), "")}


def is_same(output: Path, name: str, due: Mapping[str, str], there: Mapping[str, Marks], verified: Verified) -> bool:
    """Whether ``name`` is there as it is due. Somebody may have edited the output by hand, so its bytes are read.

    An entry whose marks are those that were ``verified`` is not read again, and may have a mode that the disk gave it.
    """
    marks = there.get(name)
    if marks is None:
        return False
    if name in verified and marks == verified[name][1]:
        return due[name] == verified[name][0]
    if name.endswith("/"):
        return has_mode(marks, FOLDER_MODE)
    if not stat.S_ISREG(marks[-1]) or not has_mode(marks, FILE_MODE):
        return False
    data, problems = read_file(output, name, LARGEST_BYTES)
    return not problems and hashlib.sha256(data).hexdigest() == due[name]


def inspect_site(folder: Path) -> tuple[int, list[Problem]]:
    """How many files the manifest names, and what differs from it. Reads every byte, whatever the times say.

    Reports ``output-not-ours`` where there is no manifest, ``output-differs`` and ``output-stray``.
    """
    digests = read_manifest(folder)
    if not digests:
        return 0, [Problem("output-not-ours", Place(printable(str(folder))))]
    due, there = due_tree(digests), tree_of(folder)
    differing = [name for name in due if not is_same(folder, name, due, there, {})]
    details = {"manifest": MANIFEST}
    return len(digests), [
        *(Problem("output-differs", Place(printable(f"{folder}/{name}")), details) for name in differing),
        *(Problem("output-stray", Place(printable(f"{folder}/{name}")), details) for name in there.keys() - due.keys()),
    ]
