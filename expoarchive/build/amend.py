"""Texts that commands write into the sources, read as the next build would read them before any file is replaced."""

from collections.abc import Mapping
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache import Store
from expoarchive.problem import Place, Problem, errors
from expoarchive.write import put_file


def amend(root: Path, texts: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> list[Problem]:
    """Write texts of the content. If the next build would stop at one, write none, and say what it would stop at.

    ``before`` has the bytes that the texts were made from, None for a new file. Reports ``source-changed`` where
    somebody else has saved other bytes since. To be called while the root is held (``hold``).
    """
    changed = {file: data for file, data in texts.items() if data != before[file]}
    problems = faults_with(root, changed)
    problems += [Problem("source-changed", Place(file)) for file in changed if _bytes_of(root / file) != before[file]]
    if not problems:
        _exchange(root, changed, before)
    return problems


def faults_with(root: Path, texts: Mapping[str, bytes]) -> list[Problem]:
    """The errors that the next build would stop at if these texts stood in the content, and does not without them."""
    store = Store()
    # Errors that were there before are the editor's own affair: they must not keep a command from working.
    _, old = survey(root, store)
    _, new = survey(root, store, texts)
    return [problem for problem in errors(new) if problem not in old]


def _exchange(root: Path, texts: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """All files, or none: where the disk refuses one, those that were replaced get their old bytes back."""
    done: list[str] = []
    try:
        for file, data in texts.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            put_file(root / file, data)
            done.append(file)
    except OSError:
        for file in done:
            old = before[file]
            if old is None:
                (root / file).unlink(missing_ok=True)
            else:
                put_file(root / file, old)
        raise


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
