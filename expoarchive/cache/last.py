"""The last build in short: whether anything it was made of, or that it made, has changed since.

Read before anything of the generator is imported: a build with nothing to do answers at once.
"""

import contextlib
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from expoarchive.cache.note import read_note
from expoarchive.cache.place import cache_file
from expoarchive.cache.shape import shaped
from expoarchive.cache.version import code_version

# A change of how the note is written makes an older one worthless.
_FORM = 4
SOURCES = ("site_config.yaml", "content", "templates")
# A file saved twice within one tick of the disk's clock can look the same; one this young is read again.
_YOUNG = 2_000_000_000
Seen = dict[str, list[Any]]
# Size, times of the last change of the bytes and of the entry, inode and mode.
Marks = list[int]
# What a note has beside its form, and of what type each is.
_NOTED: dict[str, Any] = {
    "version": str,
    "options": list[str],
    "digest": str,
    # A name may be none that can be written as text.
    "seen": dict[Any, list[int | str]],
    "at": int,
    "output": dict[Any, list[int]],
    "said": dict[str, Any],
}


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources at one moment: one digest of them all, and by path each file's marks and digest."""

    digest: str
    seen: Seen
    at: int


def look(root: Path) -> Sources:
    """The sources as they are. Files that look as they did for the last build are not read."""
    kept = _kept(root) or {}
    known, before = kept.get("seen", {}), kept.get("at", 0)
    now = time.time_ns()
    seen: Seen = {}
    whole = sha256()
    for name, path in _files(root, SOURCES):
        marks = marks_of(path)
        last = known.get(name)
        as_before = last and last[:-1] == marks and max(marks[1:3]) < before - _YOUNG
        digest = last[-1] if as_before else _digest(path, marks)
        seen[name] = [*marks, digest]
        whole.update(f"{name}\n{digest}\n".encode(errors="surrogateescape"))
    return Sources(whole.hexdigest(), seen, now)


def unchanged(root: Path, output: Path, options: Sequence[object], sources: Sources) -> dict[str, Any] | None:
    """What was said of the last build if this one would do nothing: same sources, options, generator and output."""
    kept = _kept(root)
    if kept is None or kept.get("options") != _plain(options) or kept.get("digest") != sources.digest:
        return None
    # Asked for last: an edit, and an error in it, are told without looking at the output and the generator.
    if kept.get("output") != state_of(output) or kept.get("version") != code_version():
        return None
    said: dict[str, Any] | None = kept.get("said")
    return said


def note(root: Path, output: Seen, options: Sequence[object], sources: Sources, said: Mapping[str, Any]) -> None:
    """Note a build without an error: ``sources`` as they were before it read them, ``output`` as it left it.

    Where a source was saved meanwhile, nobody can tell which of its states was built, and nothing is noted.
    """
    file = _file(root)
    now = {name: marks_of(path) for name, path in _files(root, SOURCES)}
    if file is None or now != {name: seen[:-1] for name, seen in sources.seen.items()}:
        return
    kept = {
        "form": _FORM,
        "version": code_version(),
        "options": _plain(options),
        "digest": sources.digest,
        "seen": sources.seen,
        "at": sources.at,
        "output": output,
        "said": dict(said),
    }
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(kept), "utf-8")
        beside.replace(file)
    except OSError:
        # A note that cannot be kept costs time alone.
        with contextlib.suppress(OSError):
            beside.unlink()


def _plain(options: Sequence[object]) -> list[str]:
    return [str(option) for option in options]


def _file(root: Path) -> Path | None:
    kept = cache_file(root)
    return kept.with_name(f"{kept.name}.last.json") if kept else None


def _kept(root: Path) -> dict[str, Any] | None:
    file = _file(root)
    read = read_note(file, dict[str, Any]) if file else None
    if read is None or read.get("form") != _FORM:
        return None
    return read if all(shaped(read.get(name), kind) is not None for name, kind in _NOTED.items()) else None


def _files(root: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every file of these names or below them, by its path from the root, and as the system is asked for it.

    Strings alone: of thousands of files, paths as objects would be most of the time.
    """
    for name in names:
        top = os.path.join(root, name)  # noqa: PTH118
        cut = len(os.path.join(root, ""))  # noqa: PTH118
        if stat.S_ISDIR(marks_of(top)[-1]):
            paths = [path for path, is_folder in _below(top) if not is_folder]
        else:
            paths = [top] if os.path.lexists(top) else []
        for path in paths:
            yield path[cut:].replace(os.sep, "/"), path


def _below(folder: str) -> Iterator[tuple[str, bool]]:
    """All that is below a folder, in order, and whether it is a folder; a link is none, wherever it leads.

    os.walk asks for more than that of each.
    """
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if here != folder:
            yield here, True
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            continue
        folders = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield entry.path, False
        waiting += reversed(folders)


def marks_of(path: str) -> Marks:
    """Of the entry itself, not of what a link leads to; all -1 for what is not there."""
    try:
        found = os.lstat(path)
    except OSError:
        return [-1, -1, -1, -1, 0]
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode]


def _digest(path: str, marks: Marks) -> str:
    try:
        return sha256(Path(path).read_bytes()).hexdigest() if stat.S_ISREG(marks[-1]) else "none"
    except OSError:
        return "none"


def tree_of(folder: Path) -> dict[str, Marks]:
    """The marks of all that is below a folder, by path, and of itself; the paths of folders end in a slash.

    The time of the entry is told with the rest: nobody can set it, so it tells of bytes that were exchanged for as many
    with the old time put back.
    """
    top = str(folder)
    found = {"/": marks_of(top)}
    if not stat.S_ISDIR(found["/"][-1]):
        return {}
    for path, is_folder in _below(top):
        found[path[len(top) + 1 :].replace(os.sep, "/") + "/" * is_folder] = marks_of(path)
    return found


def state_of(output: Path) -> Seen:
    """The tree of the output, and the names beside it that only a killed build leaves."""
    found: Seen = {**tree_of(output)}
    with contextlib.suppress(OSError):
        beside = [path.name for path in output.parent.iterdir() if path.name.startswith(f".{output.name}-")]
        found |= {f"../{name}": [] for name in beside}
    return found
