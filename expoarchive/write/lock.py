"""One build at a time into one output folder, and one command at a time that writes to the sources.

The lock is the system's own, on a file beside the machine's caches: nothing is left next to the site, and it ends
with the process that holds it, however that ends.
"""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

from expoarchive.cache import cache_folder

# Seconds. A build begun while a preview makes the same site only has to wait its turn; one that stands still is said.
PATIENCE = 60.0
OFTEN = 0.05


class OutputBusy(Exception):
    """Another build held the output folder all the while."""


class SourcesBusy(Exception):
    """Another command held the sources all the while."""


def lock_file(held: Path) -> Path:
    """The file whose lock stands for a folder; the same for every name of it."""
    folder = cache_folder() or Path(tempfile.gettempdir()) / "expoarchive"
    return folder / f"{sha256(os.fsencode(os.path.realpath(held))).hexdigest()[:16]}.lock"


@contextlib.contextmanager
def hold_output(
    output: Path, patience: float | None = None, waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Keep other processes' builds from ``output`` inside the block; not to be used inside itself.

    Waits for another build for ``patience`` seconds (a minute where nothing is said), telling ``waiting`` again and
    again, then raises OutputBusy. Where the machine has no place for the file, nothing is held: a site is switched as
    a whole all the same.
    """
    with _held(lock_file(output), patience, waiting, OutputBusy):
        yield


@contextlib.contextmanager
def hold_sources(
    root: Path, patience: float | None = None, waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Keep other commands from writing to the sources at ``root`` inside the block, as ``hold_output`` keeps builds.

    Raises SourcesBusy. A build takes no such turn: each file is exchanged as a whole.
    """
    with _held(lock_file(root), patience, waiting, SourcesBusy):
        yield


@contextlib.contextmanager
def _held(
    path: Path, patience: float | None, waiting: Callable[[], None], busy: type[OutputBusy | SourcesBusy]
) -> Iterator[None]:
    file = _opened(path)
    if file is None:
        yield
        return
    with file:
        until = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _taken(file):
            if time.monotonic() >= until:
                raise busy
            waiting()
            time.sleep(OFTEN)
        yield


def _opened(path: Path) -> IO[bytes] | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError:
        return None


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            # Not flock, which a child process would go on holding after its parent was killed.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            # A file system without locks.
            return True
        return True
