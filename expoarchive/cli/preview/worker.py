"""A process that builds and is kept: answers stay quick meanwhile, and what it has imported stays imported."""

import multiprocessing
import signal
from multiprocessing.connection import Connection

from expoarchive.cli.preview.job import Ahead, Job, Rebuild, Rebuilt, Show, Tell


class Worker:
    """Runs jobs in a process of its own, one after the other.

    A build that breaks off (a fault of the generator, not of the sources) takes the process with it; its
    traceback goes to the terminal, and the next job has a new process.
    """

    def __init__(self, rebuild: Rebuild) -> None:
        self._rebuild = rebuild
        self._stopped = False
        self._start()

    def _start(self) -> None:
        # Spawned on every system alike: a fork would take the server's threads and sockets along.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        # No daemon, which might not share a build among processes: it ends with ``stop``, or when the other end closes.
        self._process = context.Process(target=_work, args=(theirs, self._rebuild))
        self._process.start()
        theirs.close()

    def run(self, job: Job, tell: Tell, show: Show) -> Rebuilt | None:
        """Do one job and wait for it. None where the build broke off, or the worker was stopped meanwhile."""
        try:
            self._ours.send(job)
            while True:
                answer = self._ours.recv()
                if isinstance(answer, Rebuilt):
                    return answer
                if isinstance(answer, Ahead):
                    show(answer)
                else:
                    tell(*answer)
        except (EOFError, OSError):
            if not self._stopped:
                self._process.join()
                self._start()
            return None

    def stop(self) -> None:
        """End the process, whatever it is doing: a site half written is never switched to."""
        self._stopped = True
        self._process.terminate()
        self._process.join()


def _work(connection: Connection, rebuild: Rebuild) -> None:
    """The process: jobs in, progress and results out, until the other end is closed."""
    # Ctrl-C goes to every process of the terminal; the server alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Imported while the server starts, not when the first job comes.
    import expoarchive.cli.builder  # noqa: F401
    from expoarchive.build import sweep

    def tell(stage: str, done: int, of: int) -> None:
        connection.send((stage, done, of))

    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        connection.send(rebuild(job, tell, connection.send))
        sweep()
