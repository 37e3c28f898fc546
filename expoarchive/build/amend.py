"""Texts that commands write into the sources, read as the next build would read them before any file is replaced."""

from collections.abc import Collection
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache.store import Store
from expoarchive.problem import Place, Problem, errors
from expoarchive.write import Bytes, bytes_of, exchange


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
    problems += [Problem("source-changed", Place(file)) for file in changed if bytes_of(root / file) != before[file]]
    if all(problem.kind in to_follow for problem in problems):
        exchange(root, changed, before)
    return problems


def faults_with(root: Path, texts: Bytes, store: Store | None = None) -> list[Problem]:
    """The errors that the next build would stop at if these texts stood in the content, and does not without them."""
    store = store or Store()
    # Errors that were there before are the editor's own affair: they must not keep a command from working.
    _, old = survey(root, store)
    _, new = survey(root, store, texts)
    return [problem for problem in errors(new) if problem not in old]
