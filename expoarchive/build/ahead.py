"""The making of much at once, shared among processes: whatever one of them makes, the build finds among what is kept.

Nothing depends on it. What no process has made, for a fault or a lack of time, the build makes itself, and reports.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import Value
from pathlib import Path
from typing import IO, Any, Protocol

# Makes one thing, and keeps it.
Job = Callable[[], object]


class Keeper(Protocol):
    """What keeps the things made, and can pass them from one process to another."""

    def apart(self) -> None:
        """Called first in a copy of the process."""

    def hand_over(self, to: IO[bytes]) -> None:
        """Write what was kept since ``apart``."""

    def take_over(self, source: IO[bytes]) -> object:
        """Keep what another process handed over."""


# Below so many, another process costs more than it spares; a processor each, and no more than that many.
_FEW, _MOST = 400, 4
_THREADS = Path("/proc/self/task")


def workers(jobs: int) -> int:
    """How many processes share so many jobs best on this machine."""
    if jobs < _FEW or sys.platform != "linux":
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


def make_ahead(keeper: Keeper, jobs: Sequence[Job], processes: int, tell: Callable[[int, int], None]) -> None:
    """Do the jobs in so many processes, this one among them. ``tell`` hears how many are begun, and of how many."""
    if not jobs:
        return
    taken = Value("q", 0)
    children = [_child(keeper, jobs, taken) for _ in range(processes - 1 if _may_fork() else 0)]
    try:
        _work(jobs, taken, lambda: tell(taken.value, len(jobs)))
        for _, reading in children:
            with os.fdopen(reading, "rb", closefd=False) as pipe:
                keeper.take_over(pipe)
    finally:
        for child, reading in children:
            os.close(reading)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _may_fork() -> bool:
    """Not with several threads: in a copy of the process, what the others had locked would stay so."""
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


def _child(keeper: Keeper, jobs: Sequence[Job], taken: Any) -> tuple[int, int]:
    """A process that works at the jobs and then hands over what it made: its id, and where to read that."""
    parent = os.getpid()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        keeper.apart()

        def live_with_parent() -> None:
            if os.getppid() != parent:
                os._exit(1)

        _work(jobs, taken, live_with_parent)
        with os.fdopen(writing, "wb") as pipe:
            keeper.hand_over(pipe)
    finally:
        # Neither what the parent has open nor what it would do at its end is this process's.
        os._exit(0)


def _work(jobs: Sequence[Job], taken: Any, beat: Callable[[], None]) -> None:
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(jobs):
            return
        beat()
        # A fault is met again, and told, by the build itself.
        with contextlib.suppress(Exception):
            jobs[number]()
