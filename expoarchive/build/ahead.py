"""The making of much at once, shared among processes: whatever one of them makes, the build finds among what is kept.

Nothing depends on it. What no process has made, for a fault or a lack of time, the build makes itself, and reports.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing.connection import wait
from pathlib import Path

from expoarchive.cache import Store
from expoarchive.cache.store import Given

# Makes one thing, and keeps it in the store.
Job = Callable[[], object]
# Below so many for each, another process costs more than it spares.
_FLOOR = 200
# Into how many parts the share of a process is cut, so that none waits long for another's last one.
_PARTS = 64
_THREADS = Path("/proc/self/task")
# In a copy of the process: its store, and the jobs as the first process numbers them.
_own: tuple[Store, Sequence[Job]]


def workers(jobs: int) -> int:
    """How many processes share so many jobs best on this machine."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return max(1, min(processors, jobs // _FLOOR))


def make_ahead(store: Store, jobs: Sequence[Job], processes: int, tell: Callable[[int, int], None]) -> set[str]:
    """Do the jobs in so many processes, this one among them. The names of what others have put into ``store``.

    ``tell`` hears how many are done, and of how many.
    """
    if processes < 2 or not _may_fork():
        for number, job in enumerate(jobs):
            tell(number, len(jobs))
            _try(job)
        return set()
    made: set[str] = set()
    # Without another process everything is left to the build.
    with contextlib.suppress(BrokenExecutor, OSError), _pool(store, jobs, processes - 1) as pool:
        size = max(1, len(jobs) // (processes * _PARTS))
        parts = (range(at, min(at + size, len(jobs))) for at in range(0, len(jobs), size))
        waiting = deque((part, pool.submit(_apart, part)) for part in parts)
        while waiting:
            tell(waiting[0][0].start, len(jobs))
            part, future = waiting.popleft() if waiting[0][1].done() else waiting.pop()
            if future.cancel():
                for number in part:
                    _try(jobs[number])
                continue
            # What is missing is made, and its fault reported, by the build itself.
            with contextlib.suppress(Exception):
                given = future.result()
                store.take(given)
                made.update(given[0])
    return made


def _may_fork() -> bool:
    """Not with several threads: in a copy of the process, what the others had locked would stay so."""
    try:
        return len(list(_THREADS.iterdir())) == 1 and not multiprocessing.current_process().daemon
    except OSError:
        return False


@contextlib.contextmanager
def _pool(store: Store, jobs: Sequence[Job], processes: int) -> Iterator[ProcessPoolExecutor]:
    """Copies of this process as it is; none is left afterwards, whatever happens."""
    others = set(multiprocessing.active_children())
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, _begin, (store, jobs))
    # What a copy has made waits in a pipe for a thread of this process, which is at work itself.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    try:
        yield pool
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
        raise
    finally:
        sys.setswitchinterval(interval)
        pool.shutdown(cancel_futures=True)


def _begin(store: Store, jobs: Sequence[Job]) -> None:
    global _own
    _own = (store, jobs)
    # Ctrl-C goes to every process of the terminal; the first one alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store.apart()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _apart(part: range) -> Given:
    """Do these jobs in a copy of the process; what they made, for the first one to keep."""
    store, jobs = _own
    for number in part:
        _try(jobs[number])
    return store.given()


def _try(job: Job) -> None:
    # A fault is met again, and told, by the build itself.
    with contextlib.suppress(Exception):
        job()
