"""Texts that commands write into the sources, read as the next build would read them before any file is replaced."""

from collections.abc import Collection, Mapping
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache import Store
from expoarchive.problem import Place, Problem, errors
from expoarchive.write import put_file


def amend(
    root: Path, texts: Mapping[str, bytes], before: Mapping[str, bytes | None], to_follow: Collection[str] = ()
) -> list[Problem]:
    """Write texts of the content. If the next build would stop at one, write none, and say what it would stop at.

    Problems of the kinds ``to_follow`` are said, but keep nothing from being written: an editor has to follow them up.
    ``before`` has the bytes that the texts were made from, None for a new file. Reports ``source-changed`` where
    somebody else has saved other bytes since. To be called while the root is held (``hold``).
    """
    changed = {file: data for file, data in texts.items() if data != before[file]}
    store = Store()
    # Errors that were there before are the editor's own affair: they must not keep a command from working.
    _, old = survey(root, store)
    _, new = survey(root, store, changed)
    problems = [problem for problem in errors(new) if problem not in old]
    problems += [Problem("source-changed", Place(file)) for file in changed if _bytes_of(root / file) != before[file]]
    if all(problem.kind in to_follow for problem in problems):
        for file, data in changed.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            put_file(root / file, data)
    return problems


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
