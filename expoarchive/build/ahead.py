"""Work shared among processes ahead of its use: what they make, the build finds in the store.

Nothing depends on it. What is missing there, for a fault or for lack of time, the build makes itself, and reports.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

from expoarchive.build.settings import Settings
from expoarchive.cache import Store
from expoarchive.cache.store import Given
from expoarchive.render.studio import Job

# With fewer jobs than this for each, another process costs more time than it saves.
_FLOOR = 200
# A process's share is cut into this many parts, so that none waits long for another's last one.
_PARTS = 64
_THREADS = Path("/proc/self/task")
# In a forked process: its store, and the jobs as the parent numbers them.
_own: tuple[Store, Sequence[Job]]


def workers(jobs: int) -> int:
    """How many processes are best for so many jobs on this machine."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return max(1, min(processors, jobs // _FLOOR))


def make_ahead(settings: Settings, stage: str, jobs: Sequence[Job]) -> set[str]:
    """Do the jobs of a stage, in several processes where that pays. The names that the others put into the store."""
    store, tell = settings["store"], partial(settings["tell"], stage)
    processes = settings["processes"] or workers(len(jobs))
    if processes < 2 or not _may_fork():
        for number, job in enumerate(jobs):
            tell(number, len(jobs))
            _try(job)
        return set()
    names: set[str] = set()
    # If the other processes cannot start, or die, the build does the rest.
    with contextlib.suppress(BrokenExecutor, OSError), _pool(store, jobs, processes - 1) as pool:
        size = max(1, len(jobs) // (processes * _PARTS))
        parts = (range(at, min(at + size, len(jobs))) for at in range(0, len(jobs), size))
        waiting = deque((part, pool.submit(_do_part, part)) for part in parts)
        while waiting:
            tell(waiting[0][0].start, len(jobs))
            # Results from the front; what nobody has begun yet from the back.
            part, future = waiting.popleft() if waiting[0][1].done() else waiting.pop()
            if future.cancel():
                for number in part:
                    _try(jobs[number])
                continue
            with contextlib.suppress(Exception):
                given = future.result()
                store.take(given)
                names.update(given[0])
    return names


def _may_fork() -> bool:
    """Not with several threads: in a forked process, what the others had locked would stay locked."""
    try:
        return len(list(_THREADS.iterdir())) == 1 and not multiprocessing.current_process().daemon
    except OSError:
        return False


@contextlib.contextmanager
def _pool(store: Store, jobs: Sequence[Job], processes: int) -> Iterator[ProcessPoolExecutor]:
    """Forks of this process as it is; none is left afterwards, whatever happens."""
    others = set(multiprocessing.active_children())
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, _begin, (store, jobs))
    # Results arrive by a thread of this process, which must not wait long for the main thread, busy with jobs.
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
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store.apart()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do_part(part: range) -> Given:
    """Do these jobs in a forked process; what they made, for the parent to keep."""
    store, jobs = _own
    for number in part:
        _try(jobs[number])
    return store.given()


def _try(job: Job) -> None:
    # The build meets a fault again, and reports it.
    with contextlib.suppress(Exception):
        job()
