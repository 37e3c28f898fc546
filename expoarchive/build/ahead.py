"""Work shared ahead of its use among processes, here or elsewhere: what they make, the build finds in the store.

Nothing depends on it. What is missing there, for a fault or for lack of time, the build makes itself, and reports.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

from expoarchive.build.settings import Settings
from expoarchive.cache.store import Given, Store
from expoarchive.problem import WARNING, Place, Problem, errors
from expoarchive.render.studio import Job

# With fewer jobs than this for each, another process costs more time than it saves.
_FLOOR = 200
# A process's share is cut into this many parts, so that none waits long for another's last one.
_PARTS = 64
# Of other machines nobody says how many there are: a part is worth sending, and there are enough for all.
_LARGEST = 25
_THREADS = Path("/proc/self/task")
# The kinds of problems that are no fault of a site: what others did not do, the build has done.
OF_OTHERS = ("cluster-empty", "parts-undone", "worker-unfit")
# A worker elsewhere may have several threads, but it has one store.
_TURN = threading.Lock()
# What a process is told of the work: gives it its store, and all jobs as the build numbers them.
Told = Callable[[], tuple[Store, Sequence[Job]]]
# In a forked process, which has both.
_own: tuple[Store, Sequence[Job]]


def workers(jobs: int) -> int:
    """How many processes are best for so many jobs on this machine."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return max(1, min(processors, jobs // _FLOOR))


def make_ahead(
    settings: Settings, stage: str, jobs: Sequence[Job], tell_of: Callable[[], Told] | None = None
) -> tuple[set[str] | None, list[Problem]]:
    """Do the jobs of a stage, in several processes where that pays. The names that the others put into the store.

    ``tell_of`` gives what is to be told to a process that is no copy of this one; without it the executor of the
    settings is not asked for. None with what that reports where it cannot be had; warns with ``parts-undone``.
    """
    store, tell = settings["store"], partial(settings["tell"], stage)
    problems: list[Problem] = []
    if tell_of and jobs and settings["executor"]:
        executor, problems = settings["executor"]()
        if executor:
            names, undone = _shared(store, jobs, tell, executor, tell_of(), _LARGEST)
            return names, [*problems, *undone]
        if errors(problems):
            return None, problems
    processes = settings["processes"] or workers(len(jobs))
    if processes > 1 and _may_fork():
        size = max(1, len(jobs) // (processes * _PARTS))
        names, _ = _shared(store, jobs, tell, _pool(store, jobs, processes - 1), _forked, size)
        return names, problems
    for number, job in enumerate(jobs):
        tell(number, len(jobs))
        _try(job)
    return set(), problems


def _shared(
    store: Store,
    jobs: Sequence[Job],
    tell: Callable[[int, int], None],
    crew: contextlib.AbstractContextManager[Executor],
    told: Told,
    size: int,
) -> tuple[set[str], list[Problem]]:
    """Share the jobs with the processes of an executor, in parts of a size."""
    names: set[str] = set()
    undone: list[BaseException] = []
    # If the other processes cannot start, or die, the build does the rest.
    with contextlib.suppress(BrokenExecutor, OSError), crew as executor:
        parts = (range(at, min(at + size, len(jobs))) for at in range(0, len(jobs), size))
        waiting = [(part, executor.submit(do_part, told, part)) for part in parts]
        left = len(jobs)
        while waiting:
            tell(len(jobs) - left, len(jobs))
            # What is done wherever it stands; what nobody has begun yet from the back.
            part, future = waiting.pop(next((at for at, (_, one) in enumerate(waiting) if one.done()), -1))
            left -= len(part)
            if future.cancel() or future.cancelled():
                _do(jobs, part)
            elif fault := future.exception():
                undone.append(fault)
            else:
                try:
                    names.update(store.take(future.result()))
                except ValueError as error:
                    undone.append(error)
    return names, [_undone(undone)] if undone else []


def _undone(faults: Sequence[BaseException]) -> Problem:
    reason = str(faults[0]) or type(faults[0]).__name__
    return Problem("parts-undone", Place(""), {"count": str(len(faults)), "reason": reason}, severity=WARNING)


def do_part(told: Told, part: range) -> Given:
    """Do these jobs in another process; what they made, for the build to keep."""
    with _TURN:
        store, jobs = told()
        _do(jobs, part)
        return store.given()


def _do(jobs: Sequence[Job], part: range) -> None:
    for number in part:
        _try(jobs[number])


def _try(job: Job) -> None:
    # The build meets a fault again, and reports it.
    with contextlib.suppress(Exception):
        job()


# --- processes of this machine


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


def _forked() -> tuple[Store, Sequence[Job]]:
    return _own


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
