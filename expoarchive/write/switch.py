"""Switching the output folder from the last good site to the new one.

The new tree is laid out beside the old one (files that did not change are hard links to it), or made of the one
before that (``spare``), then the two names are exchanged in one step. Whatever happens before that step leaves the
old site as it was. Where the system cannot exchange two names, the old one is moved aside first: a kill in between
leaves the old site under its aside name, from where the next build brings it back.

All names beside the output begin with a dot, the output's name and a hyphen. The next build, which never runs beside
another (``hold_output``), sweeps away what a killed one left of them.
"""

import contextlib
import ctypes
import errno
import glob
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from expoarchive.cache import Store, shaped_json
from expoarchive.cache.last import SOURCES, Marks, tree_of
from expoarchive.nodes import read_file
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.problem.catalogue import printable
from expoarchive.write.files import LARGEST_BYTES, Files
from expoarchive.write.modes import FILE_MODE, FOLDER_MODE, has_mode, new_file, new_folder
from expoarchive.write.spare import VERIFIED, Verified, folders_of, set_aside, spare_tree, strip, verified

# The generator's own list of what it wrote; also how it knows that a folder is its own.
MANIFEST = ".expoarchive.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the new site has, and how many of them are new or changed, or gone; what else was put right."""

    files: int
    changed: int
    removed: int
    warnings: tuple[Problem, ...] = ()


def write_site(root: Path, output: Path, files: Files, store: Store) -> tuple[Written | None, list[Problem]]:
    """Make ``output`` hold exactly ``files``.

    ``store`` keeps the sizes and times of what was written, so that a file nobody touched is not read again.
    Warns of ``output-strays`` where something else was in the folder. Reports ``output-not-ours`` for a folder with
    something in it that this generator did not make, ``output-is-source`` for one that holds or lies in the site's
    sources, ``output-unwritable`` otherwise.
    """
    place = Place(_shown(output, root))
    try:
        found = _fit(root, output, place)
        if found:
            return None, found
        _sweep(output)
        state = _State.of(output, files, store)
        strays = state.strays
        folders = [name for name in state.there if name.endswith("/") and name != "/"] if strays else []
        mount = next((name for name in folders if os.path.ismount(output / name)), None)
        if mount:
            # The files of another disk would be removed with the old tree.
            return None, [Problem("output-not-ours", Place(printable(f"{place.file}/{mount}")))]
        details = {"names": ", ".join(strays), "count": str(len(strays))}
        warnings = (Problem("output-strays", place, details, severity=WARNING),) if strays else ()
        return replace(_switch(state, files, store), warnings=warnings), list(warnings)
    except OSError as error:
        return None, [Problem("output-unwritable", place, {"reason": error.strerror or str(error)})]


def busy(root: Path, output: Path) -> Problem:
    """That another build would not let go of ``output``."""
    return Problem("output-busy", Place(_shown(output, root)))


def _shown(output: Path, root: Path) -> str:
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()


def _fit(root: Path, output: Path, place: Place) -> list[Problem]:
    real = _real(output)
    if _real(root).is_relative_to(real):
        return [Problem("output-is-source", place)]
    if any(real.is_relative_to(_real(root / name)) for name in SOURCES):
        return [Problem("output-is-source", place)]
    aside = _aside(output)
    if not os.path.lexists(output) and _is_ours(aside):
        aside.rename(output)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return [Problem("output-not-ours", place)]
    if output.is_dir() and any(output.iterdir()) and not _is_ours(output):
        return [Problem("output-not-ours", place)]
    return []


def _real(path: Path) -> Path:
    """The path without links. Unlike Path.resolve, it does not mind one that leads to itself."""
    return Path(os.path.realpath(path))


def _is_ours(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and not folder.is_symlink()


def _aside(output: Path) -> Path:
    return output.with_name(f".{output.name}-last")


@dataclass(frozen=True, slots=True)
class _State:
    """The tree that is ``due``, its folders without a digest; what is ``there``; what of it is ``kept`` as it is."""

    output: Path
    due: Mapping[str, str]
    there: Mapping[str, Marks]
    before: Mapping[str, str]
    kept: frozenset[str]

    @classmethod
    def of(cls, output: Path, files: Files, store: Store) -> "_State":
        due = due_tree(files.digests)
        there, known = tree_of(output), store.get(f"written {_real(output)}", VERIFIED) or {}
        kept = frozenset(name for name in due if name in there and is_same(output, name, due, there, known))
        return cls(output, due, there, read_manifest(output), kept)

    @property
    def stands(self) -> bool:
        """Whether the output is this tree already."""
        return self.there.keys() == self.due.keys() == self.kept

    @property
    def strays(self) -> list[str]:
        """What neither belongs to the site nor did so before; of what is in a stray folder, the folder alone."""
        ours = self.due.keys() | self.before.keys() | folders_of(self.before)
        strays = self.there.keys() - ours
        return sorted(name for name in strays if not any(f"{folder}/" in strays for folder in _above(name)))


def _above(name: str) -> Iterator[str]:
    """The folders that something is in, the nearest first."""
    while name := name.rstrip("/").rpartition("/")[0]:
        yield name


def _switch(state: _State, files: Files, store: Store) -> Written:
    output = state.output
    kept = state.kept & files.digests.keys()
    name_of_written, name_of_spare = (f"{what} {_real(output)}" for what in ("written", "spare"))
    if not state.stands:
        new_folder(str(output.parent))
        new = _New(output, files, files.digests, kept)
        spare = spare_tree(output)
        if spare is None or not _bring_forward(spare, new, store.get(name_of_spare, VERIFIED) or {}):
            _bring(spare, new)
        # As they are after the last link was made: each changes the times of an entry.
        store.put(name_of_spare, verified(spare, state.due, kept) if spare else {})
    store.touch((name_of_spare,))
    now = verified(output, state.due, state.due)
    if now != store.get(name_of_written):
        store.put(name_of_written, now)
    return Written(len(files), len(files) - len(kept), len(state.before.keys() - files.digests.keys()))


@dataclass(frozen=True, slots=True)
class _New:
    """The tree to be: what its files are, and which of them the ``output`` has already."""

    output: Path
    files: Files
    digests: Mapping[str, str]
    kept: Collection[str]

    def lay(self, folder: Path, right: Collection[str] = ()) -> None:
        """All of it into a folder that has the ``right`` ones, and no other file of their names."""
        # Strings, as there are thousands: paths as objects would be half of the time.
        here, there = str(folder), str(self.output)
        folders = {here}
        for name in self.files:
            if name in right:
                continue
            path = f"{here}/{name}"
            parent = path.rpartition("/")[0]
            if parent not in folders:
                new_folder(parent)
                folders.add(parent)
            if name in self.kept:
                _keep(f"{there}/{name}", path)
            else:
                new_file(path, self.files[name])
        new_file(f"{here}/{MANIFEST}", _manifest(self.digests))


def _bring_forward(spare: Path, new: _New, kept: Verified) -> bool:
    """Make the spare tree the new one by what differs, and exchange it with the output's; False where it is no good."""
    if not kept:
        return False
    try:
        # Without its manifest it is no tree to begin with: that is how a kill from here on leaves it.
        (spare / MANIFEST).unlink()
        new.lay(spare, strip(spare, new.digests, kept))
        _exchange(spare, new.output)
    except OSError:
        # Maybe the two are not on one disk after all. A fault of the output itself comes up again.
        return False
    return True


def _bring(spare: Path | None, new: _New) -> None:
    """Lay the new tree beside the old one and exchange the two. The old one is the next build's spare tree."""
    with _staging(new.output) as staging:
        staging.chmod(FOLDER_MODE)
        new.lay(staging)
        _exchange(staging, new.output)
        set_aside(staging, spare)


@contextlib.contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside the output, on its disk; gone afterwards, with all that is in it then."""
    staging = Path(tempfile.mkdtemp(prefix=_next(output), dir=output.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _keep(old: str, new: str) -> None:
    """The same file under another name; a copy of it on a disk without hard links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
        os.chmod(new, FILE_MODE)  # noqa: PTH101


def replace_file(output: Path, name: str, data: bytes) -> bool:
    """Put new bytes in the place of one file of the site that stands in ``output``; False where it has no such file.

    A reader gets the old file or the new one, never a part. Raises OSError as writing does.
    """
    digests = read_manifest(output)
    if name not in digests or not _is_ours(output):
        return False
    digests[name] = hashlib.sha256(data).hexdigest()
    with _staging(output) as staging:
        new_file(f"{staging}/file", data)
        new_file(f"{staging}/manifest", _manifest(digests))
        # In this order: after a kill in between, the next build finds the file to be another than the manifest says,
        # and writes it. The other way round it would take the old file for the new one.
        (staging / "file").replace(output / name)
        (staging / "manifest").replace(output / MANIFEST)
    return True


def put_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then exchange the two: nobody reads a part of it. Raises OSError."""
    beside = path.with_name(f".{path.name}-next")
    try:
        # One that a kill left goes, and a link that somebody laid there is not written through.
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def due_tree(digests: Mapping[str, str]) -> dict[str, str]:
    """All that is to be in a folder that holds these files, its manifest too; folders have no digest."""
    whole = {**digests, MANIFEST: hashlib.sha256(_manifest(digests)).hexdigest()}
    return {**whole, **dict.fromkeys(folders_of(whole), "")}


def is_same(output: Path, name: str, due: Mapping[str, str], there: Mapping[str, Marks], known: Verified) -> bool:
    """Whether what is there is what is due: someone may have edited the output by hand.

    What looks as it was left is what it was then; so it may have a mode that the disk, not we, gave it.
    """
    marks = there[name]
    if name in known and marks == known[name][1]:
        return due[name] == known[name][0]
    if name.endswith("/"):
        return has_mode(marks, FOLDER_MODE)
    if not stat.S_ISREG(marks[-1]) or not has_mode(marks, FILE_MODE):
        return False
    data, problems = read_file(output, name, LARGEST_BYTES)
    return not problems and hashlib.sha256(data).hexdigest() == due[name]


def _next(output: Path) -> str:
    return f".{output.name}-next-"


def _sweep(output: Path) -> None:
    """Remove what a killed build left beside the output."""
    if output.exists() and _is_ours(_aside(output)):
        # Under its own name it must be whole as long as it is there: it may be the only site.
        with _staging(output) as staging:
            _aside(output).rename(staging / "last")
    for stale in output.parent.glob(f"{glob.escape(_next(output))}*"):
        shutil.rmtree(stale, ignore_errors=True)


def _manifest(digests: Mapping[str, str]) -> bytes:
    return json.dumps(digests, indent=0).encode()


def read_manifest(output: Path) -> dict[str, str]:
    """SHA-256 by file of the site that stands in ``output``; empty where there is none or it cannot be read."""
    return shaped_json(read_file(output, MANIFEST, LARGEST_BYTES)[0], dict[str, str]) or {}


def _exchange(staging: Path, output: Path) -> None:
    """Put ``staging`` in the place of ``output``; afterwards ``staging`` holds the old site, if there was one."""
    if not output.exists():
        staging.rename(output)
        return
    if not _exchange_names(staging, output):
        aside = _aside(output)
        try:
            output.rename(aside)
            staging.rename(output)
        except BaseException:
            # Ctrl-C as well as a fault: only a kill leaves the old site where nobody looks for it.
            if not output.exists() and _is_ours(aside):
                aside.rename(output)
            raise
        aside.rename(staging)


def _exchange_names(one: Path, other: Path) -> bool:
    """``renameat2`` with RENAME_EXCHANGE: one step, or False where the system has no such thing."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))
