"""Switching the output folder from the last good site to the new one.

The new tree is laid out beside the old one (files that did not change are hard links to it), then the two
names are exchanged in one step. Whatever happens before that step leaves the old site as it was. Where the
system cannot exchange two names, the old one is moved aside first: a kill in between leaves the old site
under its aside name, from where the next build brings it back.
"""

import ctypes
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
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
    found = _fit(root, output, place)
    if found:
        return None, found
    try:
        return _switch(output, files, store), []
    except OSError as error:
        return None, [Problem("output-unwritable", place, {"reason": error.strerror or str(error)})]


def _shown(output: Path, root: Path) -> str:
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()


def _fit(root: Path, output: Path, place: Place) -> list[Problem]:
    real = output.resolve()
    sources = [root / "content", root / "templates"]
    if real == root.resolve() or root.resolve().is_relative_to(real):
        return [Problem("output-is-source", place)]
    if any(real.is_relative_to(source.resolve()) for source in sources):
        return [Problem("output-is-source", place)]
    aside = _aside(output)
    if not os.path.lexists(output) and aside.is_dir():
        aside.rename(output)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return [Problem("output-not-ours", place)]
    if output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file():
        return [Problem("output-not-ours", place)]
    return []


def _aside(output: Path) -> Path:
    return output.with_name(f".{output.name}-last")


def _switch(output: Path, files: Files, store: Store) -> Written:
    digests = dict(files.digests)
    before = read_manifest(output)
    name_of_stats = f"written {output.resolve()}"
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
    _sweep(output)
    staging = Path(tempfile.mkdtemp(prefix=f".{output.name}-next-", dir=output.parent))
    try:
        staging.chmod(0o755)
        folders = {staging}
        for name in files:
            path = staging / name
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            if name in kept:
                os.link(output / name, path)
            else:
                path.write_bytes(files[name])
        (staging / MANIFEST).write_text(json.dumps(digests, indent=0), "utf-8")
        _exchange(staging, output)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def replace_file(output: Path, name: str, data: bytes) -> bool:
    """Put new bytes in the place of one file of the site that stands in ``output``; False where it has no such file.

    A reader gets the old file or the new one, never a part. Raises OSError as writing does.
    """
    digests = read_manifest(output)
    if name not in digests:
        return False
    put_file(output / name, data)
    put_file(output / MANIFEST, json.dumps(digests | {name: hashlib.sha256(data).hexdigest()}, indent=0).encode())
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


def _sweep(output: Path) -> None:
    """Remove what a killed build left beside the output."""
    for stale in output.parent.glob(f".{output.name}-next-*"):
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
        shutil.rmtree(aside, ignore_errors=True)


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
