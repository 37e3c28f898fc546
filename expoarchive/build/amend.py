"""Texts that commands write into the sources, read as the next build would read them before any file is replaced."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache import Store
from expoarchive.problem import Place, Problem, errors
from expoarchive.write import put_file

Bytes = Mapping[str, bytes | None]


def amend(
    root: Path, texts: Bytes, before: Bytes, store: Store | None = None, to_follow: Collection[str] = ()
) -> list[Problem]:
    """Write texts of the sources, all of them or none; of one that is None, the file is removed.

    If the next build would stop at one, none is written, and what it would stop at is the result. Problems of the kinds
    ``to_follow`` are told, but keep nothing from being written: an editor has to follow them up. ``before`` has the
    bytes that the texts were made from, None for a new file. Reports ``source-changed`` where somebody else has saved
    other bytes since. To be called while the root is held (``hold``).
    """
    changed = {file: data for file, data in texts.items() if data != before[file]}
    problems = faults_with(root, changed, store)
    problems += [Problem("source-changed", Place(file)) for file in changed if _bytes_of(root / file) != before[file]]
    if all(problem.kind in to_follow for problem in problems):
        _exchange(root, changed, before)
    return problems


def faults_with(root: Path, texts: Bytes, store: Store | None = None) -> list[Problem]:
    """The errors that the next build would stop at if these texts stood in the content, and does not without them."""
    store = store or Store()
    # Errors that were there before are the editor's own affair: they must not keep a command from working.
    _, old = survey(root, store)
    _, new = survey(root, store, texts)
    return [problem for problem in errors(new) if problem not in old]


def _exchange(root: Path, changed: Bytes, before: Bytes) -> None:
    """Put every file in its place; where one cannot be written, those before it are put back. Raises OSError."""
    done: list[str] = []
    try:
        for file, data in changed.items():
            _put(root, file, data)
            done.append(file)
    except OSError:
        for file in reversed(done):
            _put(root, file, before[file])
        raise


def _put(root: Path, file: str, data: bytes | None) -> None:
    path = root / file
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path, data)
        return
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        # The last text of an article: without its folder it is gone.
        with suppress(OSError):
            path.parent.rmdir()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
