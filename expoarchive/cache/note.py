"""Notes in JSON that a build leaves for the next. Whatever has come in their place is as if there were none."""

import contextlib
import json
import os
import stat
from pathlib import Path
from typing import TypeVar

from expoarchive.cache.shape import shaped

T = TypeVar("T")


def read_note(file: Path, kind: type[T]) -> T | None:
    """What a note says, of the type ``kind``; None where there is none, or anything else."""
    # Without waiting: a pipe that somebody laid there may have no other end.
    with contextlib.suppress(OSError, ValueError, RecursionError):
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as handle:  # noqa: PTH123
            whole = handle.read() if stat.S_ISREG(os.fstat(handle.fileno()).st_mode) else b""
        return noted(whole, kind)
    return None


def noted(data: bytes, kind: type[T]) -> T | None:
    """What the bytes of a note say, of the type ``kind``; None where they say anything else."""
    with contextlib.suppress(ValueError, RecursionError):
        return shaped(json.loads(data.decode()), kind)
    return None
