"""Switching the output folder from the last good site to the new one.

The new tree is laid out beside the old one, with hard links to the files that did not change, or made from the tree
before that (``spare``). Then the two names are exchanged in one step; whatever happens before it leaves the old site as
it was. Where the system cannot exchange two names, the old site is moved aside first: a kill in between leaves it under
its aside name, and the next build moves it back.

All names beside the output begin with a dot, the output's name and a hyphen. What a killed build leaves under them, the
next one sweeps away: no two builds of one output run at a time (``hold``).
"""

import contextlib
import ctypes
import errno
import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from expoarchive.cache.last import Marks, marks_of, tree_of
from expoarchive.cache.sources import sources_of
from expoarchive.cache.store import Store
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.problem.catalogue import printable
from expoarchive.write.files import Files
from expoarchive.write.modes import FILE_MODE, FOLDER_MODE, new_file, new_folder
from expoarchive.write.spare import spare_tree, strip
from expoarchive.write.tree import (
    MANIFEST,
    VERIFIED,
    Verified,
    due_tree,
    folders_of,
    is_ours,
    is_same,
    manifest_of,
    read_manifest,
)

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the new site has, how many of them are new or changed, and how many are gone from the old one.

    ``tree`` has the marks of all that is in the output now.
    """

    files: int
    changed: int
    removed: int
    warnings: tuple[Problem, ...] = ()
    tree: Mapping[str, Marks] = field(default_factory=dict, compare=False)


def write_site(root: Path, output: Path, files: Files, store: Store) -> tuple[Written | None, list[Problem]]:
    """Make ``output`` hold exactly ``files``.

    ``store`` keeps the sizes and times of what was written, so that a file nobody touched is not read again.
    Warns of ``output-strays`` where something else was in the folder. Reports ``output-not-ours`` for a folder with
    something in it that this generator did not make, ``output-is-source`` for one that holds or lies in the site's
    sources, ``output-unwritable`` otherwise.
    """
    place = Place(_name_of(output, root))
    try:
        if refusal := _refusal(root, output, place):
            return None, [refusal]
        _sweep(output)
        change = _Change.of(output, files, store)
        strays = change.strays
        folders = [name for name in change.there if name.endswith("/") and name != "/"] if strays else []
        mount = next((name for name in folders if os.path.ismount(output / name)), None)
        if mount:
            # The files of another disk would be removed with the old tree.
            return None, [Problem("output-not-ours", Place(printable(f"{place.file}/{mount}")))]
        details = {"names": ", ".join(strays), "count": str(len(strays))}
        warnings = (Problem("output-strays", place, details, severity=WARNING),) if strays else ()
        return replace(_switch(change, store), warnings=warnings), list(warnings)
    except OSError as error:
        return None, [Problem("output-unwritable", place, {"reason": error.strerror or str(error)})]


def busy(root: Path, output: Path) -> Problem:
    """The problem that another build would not let go of ``output``."""
    return Problem("output-busy", Place(_name_of(output, root)))


def _name_of(output: Path, root: Path) -> str:
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()


def _refusal(root: Path, output: Path, place: Place) -> Problem | None:
    """Why ``output`` must not be written to, if so."""
    real = _real(output)
    if _real(root).is_relative_to(real) or any(
        real.is_relative_to(_real(source)) for source in sources_of(root).values()
    ):
        return Problem("output-is-source", place)
    aside = _aside(output)
    if not os.path.lexists(output) and is_ours(aside):
        aside.rename(output)
    if output.is_dir() and not output.is_symlink():
        fits = is_ours(output) or not any(output.iterdir())
    else:
        fits = not os.path.lexists(output)
    return None if fits else Problem("output-not-ours", place)


def _real(path: Path) -> Path:
    """The path without links. Unlike Path.resolve, it accepts one that leads to itself."""
    return Path(os.path.realpath(path))


def _aside(output: Path) -> Path:
    return output.with_name(f".{output.name}-last")


def _next(output: Path) -> str:
    return f".{output.name}-next-"


def _sweep(output: Path) -> None:
    """Remove what a killed build left beside the output."""
    if output.exists() and is_ours(_aside(output)):
        # Renamed first: under the aside name a tree must be whole, as it may be the only site there is.
        with _staging(output) as staging:
            _aside(output).rename(staging / "last")
    for stale in output.parent.glob(f"{glob.escape(_next(output))}*"):
        shutil.rmtree(stale, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Change:
    """From the tree that is ``there`` to the one that is ``due``, by digest; what of it is ``kept`` as it is.

    ``digests`` and ``before`` are the manifests of the new site and of the old one.
    """

    output: Path
    files: Files
    digests: Mapping[str, str]
    before: Mapping[str, str]
    due: Mapping[str, str]
    there: Mapping[str, Marks]
    kept: frozenset[str]

    @classmethod
    def of(cls, output: Path, files: Files, store: Store) -> "_Change":
        digests, there = files.digests, tree_of(output)
        due, verified = due_tree(digests), store.get(f"written {_real(output)}", VERIFIED) or {}
        kept = frozenset(name for name in due if is_same(output, name, due, there, verified))
        return cls(output, files, digests, read_manifest(output), due, there, kept)

    @property
    def is_done(self) -> bool:
        """Whether the output is the new site already."""
        return self.there.keys() == self.due.keys() == self.kept

    @property
    def strays(self) -> list[str]:
        """What belongs neither to the new site nor to the old one; of a stray folder's contents, the folder alone."""
        strays = self.there.keys() - self.due.keys() - self.before.keys() - folders_of(self.before)
        return sorted(name for name in strays if not any(f"{folder}/" in strays for folder in _above(name)))

    def verified(self, folder: Path, names: Collection[str]) -> Verified:
        """These entries of a folder that holds them as they are due, with the marks that they have now."""
        return {name: (self.due[name], marks_of(f"{folder}/{name}")) for name in names}

    def lay(self, folder: Path, right: Collection[str] = ()) -> None:
        """Lay the new site out in a folder that has the ``right`` files of it already."""
        # Strings, as there are thousands: Path objects would take half of the time.
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
                _link(f"{there}/{name}", path)
            else:
                new_file(path, self.files[name])
        new_file(f"{here}/{MANIFEST}", manifest_of(self.digests))


def _above(name: str) -> Iterator[str]:
    """The folders above an entry, the nearest first."""
    while name := name.rstrip("/").rpartition("/")[0]:
        yield name


def _switch(change: _Change, store: Store) -> Written:
    output, digests = change.output, change.digests
    kept = change.kept & digests.keys()
    name_of_written, name_of_spare = (f"{what} {_real(output)}" for what in ("written", "spare"))
    if not change.is_done:
        new_folder(str(output.parent))
        spare = spare_tree(output)
        if spare is None or not _bring_forward(spare, change, store.get(name_of_spare, VERIFIED) or {}):
            _bring(spare, change)
        # After the last link was made: each link changes the times of its file's entry.
        store.put(name_of_spare, change.verified(spare, kept) if spare else {})
    store.touch((name_of_spare,))
    now = change.verified(output, change.due)
    if now != store.get(name_of_written):
        store.put(name_of_written, now)
    tree = {name: marks for name, (_, marks) in now.items()}
    removed = change.before.keys() - digests.keys()
    return Written(len(digests), len(digests) - len(kept), len(removed), tree=tree)


def _bring_forward(spare: Path, change: _Change, verified: Verified) -> bool:
    """Turn the spare tree into the new site and exchange it with the output; False where that is no way.

    Nor does it pay where most files differ: ext4 gives no new file the inode of one just removed, and looks for another
    each time, so that removing thousands first would take longer than all the rest of the writing.
    """
    right = sum(verified.get(name, ("",))[0] == digest for name, digest in change.digests.items())
    if 2 * right < len(change.digests):
        return False
    try:
        # A tree without its manifest is never begun with, so a kill from here on makes it no good.
        (spare / MANIFEST).unlink()
        change.lay(spare, strip(spare, change.digests, verified))
        _exchange(spare, change.output)
    except OSError:
        # The two may not be on one disk after all. A fault of the output itself comes up again in ``_bring``.
        return False
    return True


def _bring(spare: Path | None, change: _Change) -> None:
    """Lay the new tree out beside the old one and exchange the two. The old one is the next build's spare tree."""
    with _staging(change.output) as staging:
        staging.chmod(FOLDER_MODE)
        change.lay(staging)
        _exchange(staging, change.output)
        if spare is not None:
            shutil.rmtree(spare, ignore_errors=True)
            with contextlib.suppress(OSError):
                staging.rename(spare)


@contextlib.contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside the output, on its disk, removed afterwards with everything in it."""
    staging = Path(tempfile.mkdtemp(prefix=_next(output), dir=output.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _link(old: str, new: str) -> None:
    """The same file under another name; a copy of it on a disk without hard links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
        os.chmod(new, FILE_MODE)  # noqa: PTH101


def replace_file(output: Path, name: str, data: bytes) -> bool:
    """Replace one file of the site in ``output``; False where it has no such file.

    A reader gets the old file or the new one, never a part. Raises OSError as writing does.
    """
    digests = read_manifest(output)
    if name not in digests or not is_ours(output):
        return False
    digests[name] = hashlib.sha256(data).hexdigest()
    with _staging(output) as staging:
        new_file(f"{staging}/file", data)
        new_file(f"{staging}/manifest", manifest_of(digests))
        # In this order: after a kill in between, the file is not what the manifest says, and the next build writes it.
        # The other way round the next build would take the old file for the new one.
        (staging / "file").replace(output / name)
        (staging / "manifest").replace(output / MANIFEST)
    return True


def next_to(path: Path) -> Path:
    """Where a file is written before it is moved into its place."""
    return path.with_name(f".{path.name}-next")


def put_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there: nobody reads a part of it. Raises OSError."""
    beside = next_to(path)
    try:
        # Removes what a kill left, and keeps us from writing through a link that somebody laid there.
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


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
            # Ctrl-C too: only a kill may leave the old site where nobody looks for it.
            if not output.exists() and is_ours(aside):
                aside.rename(output)
            raise
        aside.rename(staging)


def _exchange_names(one: Path, other: Path) -> bool:
    """``renameat2`` with RENAME_EXCHANGE: one step, or False where the system does not have it."""
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
