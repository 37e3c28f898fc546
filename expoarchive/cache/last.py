"""A short note of the last build: whether its sources, its options, the generator or its output have changed since.

Read before the rest of the generator is imported, so that a build with nothing to do answers at once.
"""

import contextlib
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any

from expoarchive.cache.location import cache_entry
from expoarchive.cache.shape import shaped, shaped_json
from expoarchive.cache.sources import sources_of
from expoarchive.cache.version import code_version

# Beside the store's file, whose name it begins with.
_ENDING = ".db.last.json"
# A file saved twice within one tick of the disk's clock can look the same; one this young is read again.
_YOUNG = 2_000_000_000
Seen = dict[str, list[Any]]
# Size, times of the last change of the bytes and of the entry, inode and mode.
Marks = list[int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sources at one moment: one digest of them all, and by path each file's marks and digest.

    ``last`` is what was noted of the last build.
    """

    digest: str
    seen: Seen
    at: int
    last: "Note | None" = None


@dataclass(frozen=True)
class Note:
    """What is written down of a build. Keys that are paths may hold what no text can: names are bytes to the system."""

    version: str
    options: list[str]
    digest: str
    seen: dict[Any, list[int | str]]
    at: int
    output: str
    said: dict[str, Any]


def look(root: Path) -> Snapshot:
    """The sources as they are. Files that look as they did for the last build are not read again."""
    last = _last(root)
    files, before = (last.seen, last.at) if last else ({}, 0)
    now = time.time_ns()
    seen: Seen = {}
    whole = sha256()
    for name, path, marks in _files(root):
        earlier = files.get(name)
        as_before = earlier and earlier[:-1] == marks and max(marks[1:3]) < before - _YOUNG
        digest = earlier[-1] if earlier and as_before else _digest(path, marks)
        seen[name] = [*marks, digest]
        whole.update(f"{name}\n{digest}\n".encode(errors="surrogateescape"))
    return Snapshot(whole.hexdigest(), seen, now, last)


def unchanged(output: Path, options: Sequence[object], sources: Snapshot) -> dict[str, Any] | None:
    """What the last build reported, if this one would do nothing: same sources, options, generator and output."""
    last = sources.last
    if last is None or last.options != list(map(str, options)) or last.digest != sources.digest:
        return None
    # Compared last: after an edit, its faults are reported without a look at the output and the generator.
    if last.output != state_of(output) or last.version != code_version():
        return None
    return last.said


def note(root: Path, output: str, options: Sequence[object], sources: Snapshot, said: Mapping[str, Any]) -> None:
    """Note a build without errors: ``sources`` as they were before it read them, the state of the ``output`` it left.

    If a source was saved meanwhile, nobody can tell which of its states was built, and nothing is noted.
    """
    file = cache_entry(root, _ENDING)
    now = {name: marks for name, _, marks in _files(root)}
    if file is None or now != {name: seen[:-1] for name, seen in sources.seen.items()}:
        return
    written = Note(code_version(), [*map(str, options)], sources.digest, sources.seen, sources.at, output, dict(said))
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(vars(written)), "utf-8")
        beside.replace(file)
    except OSError:
        # A note that cannot be kept only costs time.
        with contextlib.suppress(OSError):
            beside.unlink()


def _last(root: Path) -> Note | None:
    """The note of the last build; None where there is none, or something else has taken its place."""
    file = cache_entry(root, _ENDING)
    if file is None:
        return None
    with contextlib.suppress(OSError, TypeError, ValueError):
        # Without waiting: a pipe that somebody put there may have no other end.
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as handle:  # noqa: PTH123
            data = handle.read() if stat.S_ISREG(os.fstat(handle.fileno()).st_mode) else b""
        return shaped(Note(**(shaped_json(data, dict[str, Any]) or {})), Note)
    return None


def _files(root: Path) -> Iterator[tuple[str, str, Marks]]:
    """Every file that is one of the sources or lies below it: its name, its path for the system, and its marks.

    Plain strings: with thousands of files, path objects would take most of the time.
    """
    for name, source in sources_of(root).items():
        top = str(source)
        marks = marks_of(top)
        if marks[-1] and not stat.S_ISDIR(marks[-1]):
            yield name, top, marks
        for inner, marks in tree_of(source).items():
            if not inner.endswith("/"):
                yield f"{name}/{inner}", f"{top}/{inner}", marks


def marks_of(path: str) -> Marks:
    """The marks of the entry itself, not of what a link leads to; all -1 where there is no entry."""
    try:
        status = os.lstat(path)
    except OSError:
        return [-1, -1, -1, -1, 0]
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode]


def _digest(path: str, marks: Marks) -> str:
    try:
        return sha256(Path(path).read_bytes()).hexdigest() if stat.S_ISREG(marks[-1]) else "none"
    except OSError:
        return "none"


def tree_of(folder: Path) -> dict[str, Marks]:
    """The marks of a folder and of everything below it, by path; the paths of folders end in a slash.

    A folder's own files come first, then its folders, each before what it holds; a link is never one, wherever it
    leads. The change time of the entry is among the marks because nobody can set it: it betrays bytes that were
    exchanged for others of the same length with the old time put back.
    """
    top, waiting = str(folder), [""]
    tree = {"/": marks_of(top)}
    if not stat.S_ISDIR(tree["/"][-1]):
        return {}
    # os.walk would make more system calls for each entry.
    while waiting:
        here = waiting.pop()
        if here:
            tree[here] = marks_of(f"{top}/{here[:-1]}")
        entries: list[os.DirEntry[str]] = []
        with contextlib.suppress(OSError), os.scandir(f"{top}/{here}") as scan:
            entries = sorted(scan, key=attrgetter("name"))
        folders = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{here}{entry.name}/")
            else:
                tree[f"{here}{entry.name}"] = marks_of(entry.path)
        waiting += reversed(folders)
    return tree


def state_of(output: Path, tree: Mapping[str, Marks] | None = None) -> str:
    """A digest of the output's tree, and of the names beside it that only a killed build leaves.

    The ``tree`` is that of the disk, unless it is known.
    """
    beside: list[str] = []
    with contextlib.suppress(OSError):
        beside = [name for name in os.listdir(output.parent) if name.startswith(f".{output.name}-")]  # noqa: PTH208
    state = [*sorted((tree_of(output) if tree is None else tree).items()), *sorted(beside)]
    return sha256(repr(state).encode(errors="surrogateescape")).hexdigest()
