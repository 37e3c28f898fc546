"""A Dask cluster as an executor, which is imported where one is asked for: ``pip install distributed``."""

import logging
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import Any

from distributed import Client

from expoarchive.build.afar import version_here
from expoarchive.problem import WARNING, Place, Problem

# Seconds to wait for the scheduler, and for the workers to say what they run.
_PATIENCE = 10
# They report on the terminal, with tracebacks, what the build itself words or makes good.
_TALKATIVE = ("distributed", "tornado.application", "asyncio")


def hire(address: str) -> tuple[Executor | None, list[Problem]]:
    """The workers of the cluster whose scheduler is at an address, those that run this generator.

    Reports ``cluster-unreachable``; warns with ``worker-unfit`` of each that does not, and with ``cluster-empty``.
    """
    with _in_silence():
        reached = _answers({address: partial(_reached, address)})[address]
        if isinstance(reached, Exception):
            details = {"address": address, "reason": _first_line(reached)}
            return None, [Problem("cluster-unreachable", Place(""), details)]
        client, workers = reached
        versions = _answers({worker: partial(_version_on, client, worker) for worker in workers})
    here = version_here()
    unfit = {worker: _first_line(answer) for worker, answer in versions.items() if answer != here}
    problems = [
        Problem("worker-unfit", Place(""), {"worker": worker, "there": there, "here": here}, severity=WARNING)
        for worker, there in unfit.items()
    ]
    fit = [worker for worker in versions if worker not in unfit]
    if fit:
        return _Cluster(client, fit), problems
    _close(client)
    return None, [*problems, Problem("cluster-empty", Place(""), {"address": address}, severity=WARNING)]


def _reached(address: str) -> tuple[Client, list[str]]:
    """The cluster, and its workers."""
    client = Client(address, timeout=_PATIENCE, set_as_default=False)
    return client, [*client.scheduler_info(n_workers=-1)["workers"]]


def _version_on(client: Client, worker: str) -> Any:
    return client.run(version_here, workers=[worker], on_error="return")[worker]


def _answers(questions: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each gives, all asked at once, or the exception that it raises.

    That is a TimeoutError for one that has not answered in time: who listens there may never speak, and a worker may
    have stopped, for which Dask waits without an end.
    """
    answers: dict[str, Any] = {}

    def ask(name: str) -> None:
        try:
            answers[name] = questions[name]()
        except Exception as error:  # noqa: BLE001 (Dask raises anything; it is said, not hidden)
            answers[name] = error

    # Ended with the process if need be, which an executor's threads would hold up.
    threads = [Thread(target=ask, args=[name], daemon=True) for name in questions]
    for thread in threads:
        thread.start()
    # A moment more than Dask takes to give up, which says more of why.
    until = time.monotonic() + _PATIENCE + 1
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    late = TimeoutError(f"no answer in {_PATIENCE} s")
    return {name: answers.get(name, late) for name in questions}


class _Cluster(Executor):
    """Some workers of a cluster. What all parts are told goes to each worker once."""

    def __init__(self, client: Client, workers: list[str]) -> None:
        self._client, self._workers = client, workers
        self._executor = client.get_executor(workers=workers)
        self._sent: Any = None

    def submit(self, do: Callable[..., Any], told: Any, *more: Any) -> Future[Any]:  # type: ignore[override]
        """As of any executor; ``told`` is the same each time."""
        try:
            with _in_silence():
                if self._sent is None:
                    self._sent = self._client.scatter(told, workers=self._workers, broadcast=True, hash=False)
                return self._executor.submit(do, self._sent, *more)  # type: ignore[no-any-return]
        except Exception as error:
            raise BrokenExecutor(_first_line(error)) from error

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the cluster go, whatever it is doing."""
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        _close(self._client)


def _close(client: Client) -> None:
    with suppress(Exception):
        client.close(timeout=_PATIENCE)


def _first_line(said: object) -> str:
    return (str(said).strip() or type(said).__name__).splitlines()[0]


@contextmanager
def _in_silence() -> Iterator[None]:
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
