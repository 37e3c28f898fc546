"""Switching the output folder from the last good site to the new one.

The new tree is laid out beside the old one (files that did not change are hard links to it), then the two
names are exchanged in one step. Whatever happens before that step leaves the old site as it was. Where the
system cannot exchange two names, the old one is moved aside first: a kill in between leaves the old site
under its aside name, from where the next build brings it back.

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

from expoarchive.cache import Store
from expoarchive.problem import Place, Problem
from expoarchive.write.files import Files

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
    name_of_stats = f"written {_real(output)}"
    stats = store.get(name_of_stats) or {}
    kept = {
        name
        for name, digest in digests.items()
        if before.get(name) == digest and _same(output / name, digest, stats.get(name))
    }
    changed, removed = len(digests) - len(kept), len(before.keys() - digests.keys())
    written = Written(len(files), changed, removed)
    if changed or removed or not before:
        _bring(output, files, digests, kept)
    now = {name: found for name in digests if (found := _stat(output / name))}
    if now != stats:
        store.put(name_of_stats, now)
    return written


def _bring(output: Path, files: Files, digests: Mapping[str, str], kept: Collection[str]) -> None:
    """Lay the new tree beside the old one and exchange the two."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with _staging(output) as staging:
        staging.chmod(0o755)
        folders = {staging}
        for name in files:
            path = staging / name
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            if name in kept:
                _keep(output / name, path)
            else:
                path.write_bytes(files[name])
        (staging / MANIFEST).write_text(json.dumps(digests, indent=0), "utf-8")
        _exchange(staging, output)


@contextlib.contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside the output, on its disk; gone afterwards, with all that is in it then."""
    staging = Path(tempfile.mkdtemp(prefix=_next(output), dir=output.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _keep(old: Path, new: Path) -> None:
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
    beside.write_bytes(data)
    beside.replace(path)


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _same(path: Path, digest: str, known: tuple[int, int, int] | None) -> bool:
    """Whether the file on disk still is what the manifest says: someone may have edited the output by hand."""
    found = _stat(path)
    if found is None:
        return False
    if found == known:
        return True
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
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
    try:
        read = json.loads((output / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _exchange(staging: Path, output: Path) -> None:
    """Put ``staging`` in the place of ``output``; afterwards ``staging`` holds the old site, if there was one."""
    if not output.exists():
        staging.rename(output)
        return
    if not _exchange_names(staging, output):
        aside = _aside(output)
        output.rename(aside)
        staging.rename(output)
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
