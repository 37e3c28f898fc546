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
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from expoarchive.cache import Store, read_note
from expoarchive.problem import Place, Problem
from expoarchive.write.files import Files
from expoarchive.write.spare import Marks, marks_of, set_aside, spare_tree, still_there, strip

# The generator's own list of what it wrote; also how it knows that a folder is its own.
MANIFEST = ".expoarchive.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the new site has, and how many of them are new or changed, or gone."""

    files: int
    changed: int
    removed: int


def write_site(root: Path, output: Path, files: Files, store: Store) -> tuple[Written | None, list[Problem]]:
    """Make ``output`` hold exactly ``files``.

    ``store`` keeps the sizes and times of what was written, so that a file nobody touched is not read again.
    Reports ``output-not-ours`` for a folder with something in it that this generator did not make,
    ``output-is-source`` for one that holds or lies in the site's sources, ``output-unwritable`` otherwise.
    """
    place = Place(_shown(output, root))
    try:
        found = _fit(root, output, place)
        if found:
            return None, found
        _sweep(output)
        return _switch(output, files, store), []
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
    if any(real.is_relative_to(_real(root / name)) for name in ("content", "templates")):
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


def _switch(output: Path, files: Files, store: Store) -> Written:
    digests = dict(files.digests)
    before = read_manifest(output)
    name_of_marks, name_of_spare = (f"{what} {_real(output)}" for what in ("written", "spare"))
    marks: dict[str, Marks] = store.get(name_of_marks, dict[str, Marks]) or {}
    kept = {
        name
        for name, digest in digests.items()
        if before.get(name) == digest and _same(f"{output}/{name}", digest, marks.get(name))
    }
    changed, removed = len(digests) - len(kept), len(before.keys() - digests.keys())
    if changed or removed or not before:
        output.parent.mkdir(parents=True, exist_ok=True)
        new = _New(output, files, digests, kept)
        spare = spare_tree(output)
        if spare is None or not _bring_forward(spare, new, store.get(name_of_spare, dict[str, Marks]) or {}):
            _bring(spare, new)
        store.put(name_of_spare, marks)
    store.touch((name_of_spare,))
    now = {name: found for name in digests if (found := marks_of(f"{output}/{name}"))}
    if now != marks:
        store.put(name_of_marks, now)
    return Written(len(files), changed, removed)


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
                os.makedirs(parent, exist_ok=True)  # noqa: PTH103
                folders.add(parent)
            if name in self.kept:
                _keep(f"{there}/{name}", path)
            else:
                with open(path, "wb") as file:  # noqa: PTH123
                    file.write(self.files[name])
        (folder / MANIFEST).write_text(json.dumps(self.digests, indent=0), "utf-8")


def _bring_forward(spare: Path, new: _New, marks: Mapping[str, Marks]) -> bool:
    """Make the spare tree the new one by what differs, and exchange it with the output's; False where it is no good."""
    had = read_manifest(spare)
    there = still_there(spare, had, marks)
    if not there:
        return False
    try:
        # Without its manifest it is no tree to begin with: that is how a kill from here on leaves it.
        (spare / MANIFEST).unlink()
        right = {name for name, digest in there.items() if new.digests.get(name) == digest}
        strip(spare, right)
        new.lay(spare, right)
        _exchange(spare, new.output)
    except OSError:
        # Maybe the two are not on one disk after all. A fault of the output itself comes up again.
        return False
    return True


def _bring(spare: Path | None, new: _New) -> None:
    """Lay the new tree beside the old one and exchange the two. The old one is the next build's spare tree."""
    with _staging(new.output) as staging:
        staging.chmod(0o755)
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


def replace_file(output: Path, name: str, data: bytes) -> bool:
    """Put new bytes in the place of one file of the site that stands in ``output``; False where it has no such file.

    A reader gets the old file or the new one, never a part. Raises OSError as writing does.
    """
    digests = read_manifest(output)
    if name not in digests or not _is_ours(output):
        return False
    digests[name] = hashlib.sha256(data).hexdigest()
    with _staging(output) as staging:
        (staging / "file").write_bytes(data)
        (staging / "manifest").write_text(json.dumps(digests, indent=0), "utf-8")
        # In this order: after a kill in between, the next build finds the file to be another than the manifest says,
        # and writes it. The other way round it would take the old file for the new one.
        (staging / "file").replace(output / name)
        (staging / "manifest").replace(output / MANIFEST)
    return True


def put_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then exchange the two: nobody reads a part of it. Raises OSError."""
    beside = path.with_name(f".{path.name}-next")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _same(file: str, digest: str, known: Marks | None) -> bool:
    """Whether the file on disk still is what the manifest says: someone may have edited the output by hand."""
    found = marks_of(file)
    if found is None:
        return False
    if found == known:
        return True
    try:
        return hashlib.sha256(Path(file).read_bytes()).hexdigest() == digest
    except OSError:
        return False


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


def read_manifest(output: Path) -> dict[str, str]:
    """SHA-256 by file of the site that stands in ``output``; empty where there is none or it cannot be read."""
    return read_note(output / MANIFEST, dict[str, str]) or {}


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
