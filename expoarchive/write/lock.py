"""One build at a time into one output folder, and one command at a time that writes to the sources.

The lock is the system's own, on a file among the machine's caches: nothing lies beside the site, and the lock ends with
the process that holds it, however that ends.
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

from expoarchive.cache.location import cache_folder

# Seconds. A build that starts while a preview builds the same site only has to wait its turn.
PATIENCE = 60.0
OFTEN = 0.05


class Busy(Exception):
    """Another process held the folder for as long as this one would wait."""


@contextlib.contextmanager
def hold(folder: Path, patience: float | None = None, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Inside the block no other process holds ``folder``, under whatever name; not to be nested for one folder.

    Builds hold their output folder, commands that write to the sources hold the site's. A build reads the sources
    without holding them, as each file is replaced as a whole.

    Waits for ``patience`` seconds (PATIENCE by default) while another holds it, calling ``waiting`` again and again,
    then raises Busy. Where the machine has no place for the lock nothing is held: a site is still switched as a whole.
    """
    file = _lock_file(folder)
    if file is None:
        yield
        return
    with file:
        end = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _lock(file):
            if time.monotonic() >= end:
                raise Busy
            waiting()
            time.sleep(OFTEN)
        yield


def _lock_file(folder: Path) -> IO[bytes] | None:
    locks = cache_folder() or Path(tempfile.gettempdir()) / "expoarchive"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        return (locks / f"{sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]}.lock").open("ab")
    except OSError:
        return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            # Not flock: a child would go on holding it after its parent was killed.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            # A file system without locks.
            return True
        return True
