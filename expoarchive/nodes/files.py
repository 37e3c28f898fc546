"""The one door to files: regular files below a folder, never what a link, a pipe or a device leads to."""

import os
import stat
import sys
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import shown

# What editors and systems leave beside the files they save.
LITTER = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")
# Whatever takes a file's place between a look at it and its opening is neither followed nor waited for.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def is_litter(name: str) -> bool:
    """Whether a file's name is one that editors and systems give to what they leave beside it."""
    return name.startswith((".", "#")) or name == "4913" or name.endswith(LITTER)


def list_files(root: Path, top: str) -> tuple[list[str], list[Problem]]:
    """Every file below the folder ``top`` by its path from ``root``, in order, without hidden folders and litter.

    Reports ``symbolic-link`` and ``not-a-file`` for what is no file or folder of its own, ``unreadable-name``,
    ``name-clash`` for two names that are one on some systems, and ``unreadable-file`` for a folder that cannot be
    listed. A folder that is not there has no files.
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
            with os.scandir(root / here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(Problem("unreadable-file", Place(here), {"reason": error.strerror or str(error)}))
            continue
        folders: list[str] = []
        yield from _own(here, listed, folders, problems)
        waiting += reversed(folders)


def _own(here: str, listed: list["os.DirEntry[str]"], folders: list[str], problems: list[Problem]) -> Iterator[str]:
    """The files of one folder; adds to ``folders`` those that are in it."""
    for entry in listed:
        file = f"{here}/{entry.name}"
        folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") if folder else is_litter(entry.name):
            continue
        if not file.isprintable():
            problems.append(Problem("unreadable-name", Place(shown(file))))
        elif folder:
            folders.append(file)
        elif entry.is_symlink():
            problems.append(Problem("symbolic-link", Place(file)))
        elif not entry.is_file(follow_symlinks=False):
            problems.append(Problem("not-a-file", Place(file)))
        else:
            yield file


def read_file(root: Path, file: str, limit: int = sys.maxsize) -> tuple[bytes, list[Problem]]:
    """The bytes of ``root / file``; none where there are problems.

    Reports ``symbolic-link``, at the part of the path that is one; ``not-a-file``, ``file-too-large`` for more bytes
    than ``limit``, and ``unreadable-file``.
    """
    path = f"{root}/{file}"
    try:
        problem = link_in(root, file)
        if problem:
            return b"", [problem]
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            return b"", [Problem("not-a-file", Place(file))]
        if before.st_size > limit:
            return b"", [Problem("file-too-large", Place(file), {"limit": str(limit)})]
        # Strings and no buffer: an archive has thousands of files, and this is a third of the time.
        with open(path, "rb", buffering=0, opener=_opened) as handle:
            return handle.read(), []
    except OSError as error:
        return b"", [Problem("unreadable-file", Place(file), {"reason": error.strerror or str(error)})]


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _SAFELY)


def link_in(root: Path, path: str) -> Problem | None:
    """``symbolic-link`` at the first part of a path that is one: it may lead anywhere, and nobody watches that."""
    for part in accumulate(path.split("/"), "{}/{}".format):
        try:
            if stat.S_ISLNK(os.lstat(f"{root}/{part}").st_mode):
                return Problem("symbolic-link", Place(part))
        except OSError:
            return None
    return None
