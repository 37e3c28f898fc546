"""Texts that commands write into the sources: read as the next build would before any file is exchanged."""

from collections.abc import Mapping
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache import Store
from expoarchive.problem import Place, Problem, errors
from expoarchive.write import put_file


def amend(root: Path, changed: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> list[Problem]:
    """Write texts of the content; none of them, and what the next build would stop at, if it would stop at any.

    ``before`` are the bytes that they were made from, None for a file that was not there. Reports ``source-changed``
    where somebody else has saved another since. To be called inside ``hold_sources``.
    """
    changed = {file: data for file, data in changed.items() if data != before[file]}
    store = Store()
    # Errors that are there anyway, elsewhere or further up, are the editor's own: a new entry can stand below them.
    _, known = survey(root, store)
    _, found = survey(root, store, changed)
    problems = [problem for problem in errors(found) if problem not in known]
    problems += [Problem("source-changed", Place(file)) for file in changed if _bytes_of(root / file) != before[file]]
    if not problems:
        for file, data in changed.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            put_file(root / file, data)
    return problems


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
