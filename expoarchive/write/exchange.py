"""Several files of the sources exchanged for others: all of them or none, even where the command is killed half-way.

Before the first is touched, a note among the machine's caches says what each was and what it is to be. It goes when all
is done. Where it is still there, whoever holds the sources next takes back what was begun: of no file is anything lost,
and one that somebody has changed since is left alone. With no place for the note, a kill can leave some of the files.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from expoarchive.cache.location import exchange_note
from expoarchive.write.switch import next_to, put_file

Bytes = Mapping[str, bytes | None]


def exchange(root: Path, files: Bytes, before: Bytes) -> None:
    """Put every file in its place, or remove it where it has no bytes; ``before`` has what is there now.

    Where that fails or is broken off, those that were done are put back. Raises OSError. To be called while the root is
    held (``hold``).
    """
    begun = {file: (before[file], _digest(data)) for file, data in files.items()}
    note = _note(root, begun) if len(files) > 1 else None
    try:
        for file, data in files.items():
            _put(root, file, data)
    except BaseException:
        # Where even this fails, the note stays, and it is tried again.
        _put_back(root, begun)
        _forget(note)
        raise
    _forget(note)


def take_back(root: Path) -> tuple[list[str], list[str]]:
    """The files that an unfinished exchange had changed, which are as they were before it, and those that are not.

    Of the latter, somebody has saved other bytes since. To be called while the root is held (``hold``).
    """
    note = exchange_note(root)
    if note is None or not note.exists():
        return [], []
    try:
        noted = json.loads(note.read_bytes())
        begun = {
            file: (b64decode(old) if old is not None else None, str(new))
            for file, (old, new) in noted.items()
            if _is_source(file)
        }
    except (ValueError, TypeError, AttributeError):
        # Not ours, or damaged: nothing can be said of any file.
        begun = {}
    found = _put_back(root, begun)
    note.unlink()
    return found


def _is_source(file: str) -> bool:
    """Whether it is one of the files that editors write: a forged note must not reach any other."""
    return file == "site_config.yaml" or (file.startswith("content/") and ".." not in file.split("/"))


def _note(root: Path, begun: Mapping[str, tuple[bytes | None, str]]) -> Path | None:
    """Write down what each file is, and what it is to be; None where there is no place for that."""
    note = exchange_note(root)
    if note is None:
        return None
    texts = {file: (b64encode(old).decode() if old is not None else None, new) for file, (old, new) in begun.items()}
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        put_file(note, json.dumps(texts).encode())
    except OSError:
        return None
    return note


def _forget(note: Path | None) -> None:
    if note is not None:
        note.unlink(missing_ok=True)


def _put_back(root: Path, begun: Mapping[str, tuple[bytes | None, str]]) -> tuple[list[str], list[str]]:
    """Put back each file that is as its digest says; those put back, and those that are neither new nor old."""
    back, other = [], []
    for file, (old, new) in begun.items():
        with suppress(OSError):
            next_to(root / file).unlink()
        found = _digest(bytes_of(root / file))
        if found == _digest(old):
            _leave(root / file)
        elif found == new:
            _put(root, file, old)
            back.append(file)
        else:
            other.append(file)
    return back, other


def _put(root: Path, file: str, data: bytes | None) -> None:
    path = root / file
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path, data)
        return
    path.unlink(missing_ok=True)
    _leave(path)


def _leave(path: Path) -> None:
    """Remove the folder of a file that is gone if it was the last: an article without texts is none."""
    with suppress(OSError):
        if not path.exists():
            path.parent.rmdir()


def _digest(data: bytes | None) -> str:
    """Empty for a file that is not there."""
    return sha256(data).hexdigest() if data is not None else ""


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
