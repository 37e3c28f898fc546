"""The only way to read sources: regular files below a folder, never anything behind a link, a pipe or a device."""

import os
import stat
import sys
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from operator import attrgetter
from pathlib import Path

from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import printable

# What editors and systems leave beside the files they save.
LITTER = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")
# What vim tries a folder with, and what Windows hides in every folder.
_NAMED = ("4913", "desktop.ini", "thumbs.db")
# If something else takes a file's place just before it is opened, it is neither followed nor waited for.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def is_litter(name: str) -> bool:
    """Whether a name is one that editors and systems give to the files they leave behind."""
    return name.startswith((".", "#")) or name.lower() in _NAMED or name.endswith(LITTER)


def list_files(root: Path, top: str) -> tuple[list[str], list[Problem]]:
    """Every file below the folder ``top`` by its path from ``root``, in order, without hidden folders and litter.

    Reports ``symbolic-link`` and ``not-a-file`` for anything but real files and folders, ``unreadable-name``,
    ``name-clash`` for two names that some systems do not tell apart, and ``unreadable-file`` for a folder that cannot
    be listed. A missing folder has no files.
    """
    problem = link_in(root, top)
    if problem or not (root / top).is_dir():
        return [], [problem] if problem else []
    problems: list[Problem] = []
    files: list[str] = []
    seen: dict[str, str] = {}
    for file in _below(root, top, problems):
        folded = unicodedata.normalize("NFC", file).casefold()
        if folded in seen:
            problems.append(Problem("name-clash", Place(file), {"other": seen[folded]}))
        else:
            seen[folded] = file
            files.append(file)
    return files, problems


def _below(root: Path, top: str, problems: list[Problem]) -> Iterator[str]:
    waiting = [top]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(f"{root}/{here}") as entries:
                listed = sorted(entries, key=attrgetter("name"))
        except OSError as error:
            problems.append(Problem("unreadable-file", Place(here), {"reason": _reason(error)}))
            continue
        folders: list[str] = []
        for entry in listed:
            file = f"{here}/{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") if is_folder else is_litter(entry.name):
                continue
            if not file.isprintable():
                problems.append(Problem("unreadable-name", Place(printable(file))))
            elif is_folder:
                folders.append(file)
            elif entry.is_symlink():
                problems.append(Problem("symbolic-link", Place(file)))
            elif not entry.is_file(follow_symlinks=False):
                problems.append(Problem("not-a-file", Place(file)))
            else:
                yield file
        waiting += reversed(folders)


def read_file(root: Path, file: str, limit: int = sys.maxsize, *, listed: bool = False) -> tuple[bytes, list[Problem]]:
    """The bytes of ``root / file``; empty where there are problems.

    Of a file that ``list_files`` has just ``listed``, the path is not looked at again. Reports ``symbolic-link``, at
    the part of the path that is one, ``not-a-file``, ``file-too-large`` for more than ``limit`` bytes, and
    ``unreadable-file``.
    """
    path = f"{root}/{file}"
    try:
        problem = None if listed else link_in(root, file)
        # Even to open a device may do something.
        if not problem and (listed or stat.S_ISREG(os.lstat(path).st_mode)):
            return _read(path, file, limit)
        return b"", [problem or Problem("not-a-file", Place(file))]
    except OSError as error:
        return b"", [link_in(root, file) or Problem("unreadable-file", Place(file), {"reason": _reason(error)})]


def _read(path: str, file: str, limit: int) -> tuple[bytes, list[Problem]]:
    # Without a file object this takes half of the time, and an archive has thousands of files.
    handle = os.open(path, os.O_RDONLY | _SAFELY)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return b"", [Problem("not-a-file", Place(file))]
        if status.st_size > limit:
            return b"", [Problem("file-too-large", Place(file), {"limit": str(limit)})]
        pieces = []
        while piece := os.read(handle, status.st_size + 1):
            pieces.append(piece)
        return b"".join(pieces), []
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def link_in(root: Path, path: str) -> Problem | None:
    """``symbolic-link`` at the first part of a path that is one: it may lead anywhere, unnoticed by the preview."""
    for part in accumulate(path.split("/"), "{}/{}".format):
        try:
            if stat.S_ISLNK(os.lstat(f"{root}/{part}").st_mode):
                return Problem("symbolic-link", Place(part))
        except OSError:
            return None
    return None
