"""Builds in processes that tests may kill: begun at once, as a server of processes has imported everything already.

Not forked from the process of the tests: what draws pictures there has threads, which a fork would leave behind.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_SERVER = "tests.forkserver"
_CONTEXT.set_forkserver_preload(["tests.builds", _SERVER])
_ROOT = Path(__file__).resolve().parent.parent
# Events of the interpreter that change a folder.
_STEPS = {"open", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.chmod"}


def start(work: Callable[..., object], *arguments: Any) -> ForkServerProcess:
    """Do it in a process of its own."""
    return _started(_quietly, work, arguments)


def run(folder: Path, *words: str, cache: Path | None = None, spoilt: str = "") -> CompletedProcess[str]:
    """``python build.py WORDS`` in a folder, with an English terminal, in a process of its own.

    ``cache`` is where it keeps things, if not where other commands do. ``spoilt`` names a step that processes share
    their work by, and what it ends in: ``given killed``; see ``SPOILT``.
    """
    with TemporaryDirectory() as beside:
        streams = [Path(beside, name) for name in ("out", "err")]
        variables = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"EXPOARCHIVE_CACHE": str(cache)} if cache else {})
        process = begin(folder, words, variables, streams, spoilt)
        process.join(120)
        assert process.exitcode is not None, "it hangs"
        out, err = (stream.read_text("utf-8") for stream in streams)
    return CompletedProcess(words, process.exitcode, out, err)


def begin(
    folder: Path, words: tuple[str, ...], variables: dict[str, str], streams: list[Path], spoilt: str = ""
) -> ForkServerProcess:
    """The same, begun, with these variables alone; what it says is added to the two files, or to one for both."""
    return _started(_command_line, folder, words, variables, streams, spoilt)


def _started(work: Callable[..., object], *arguments: object) -> ForkServerProcess:
    # The server imports by the folder it begins in, and is begun with the first process: a test may be elsewhere then.
    with contextlib.chdir(_ROOT):
        forkserver.ensure_running()
    process = _CONTEXT.Process(target=work, args=arguments)
    process.start()
    return process


SPOILT: dict[str, Callable[[], object]] = {
    "raises": lambda: 1 / 0,
    "ends": lambda: os._exit(1),
    "is killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "gives what cannot be passed on": lambda: (lambda: None,),
}


def _command_line(
    folder: Path, words: tuple[str, ...], variables: dict[str, str], streams: list[Path], spoilt: str
) -> None:
    from expoarchive.cache.store import Store
    from expoarchive.cli.main import main

    if spoilt:
        step, _, end = spoilt.partition(" ")
        setattr(Store, step, lambda store: SPOILT[end]())
    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    _assert_prepared()
    # Who started the tests may not want them to hear Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for text in (sys.stdout, sys.stderr):
        text.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    # Else a process that it starts in turn would import what the tests were started from.
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.argv = ["build.py", *words]
    sys.exit(main())


def _assert_prepared() -> None:
    """The server is silent where it cannot import what it should have: each process would do it, again and again."""
    assert _SERVER in sys.modules


def killed(process: ForkServerProcess) -> bool:
    """Wait for the end: whether it was a kill."""
    process.join(120)
    assert process.exitcode is not None, "it hangs"
    return process.exitcode == -signal.SIGKILL


def pipe() -> tuple[Connection, Connection]:
    """What a process tells, for ``heard``, and the end that it tells it to."""
    return _CONTEXT.Pipe(duplex=False)


def heard(hears: Connection) -> Any:
    """What a process tells next; one that has ended would be waited for in vain."""
    assert hears.poll(120), "it tells nothing"
    return hears.recv()


def _quietly(work: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(null, stream)
    _assert_prepared()
    code = work(*arguments)
    sys.exit(code if isinstance(code, int) else 0)


def command(root: Path, output: Path, cache: Path, *options: str) -> int:
    """``build`` as the command line runs it; its exit code."""
    from expoarchive.cli.main import main

    before = os.environ.get("EXPOARCHIVE_CACHE", "")
    os.environ["EXPOARCHIVE_CACHE"] = str(cache)
    try:
        with contextlib.chdir(root):
            return main(["build", "--messages", "en", "--output", str(output), *options])
    finally:
        os.environ["EXPOARCHIVE_CACHE"] = before


def build_until(step: int, root: Path, output: Path, kept: Path, exchange: bool) -> None:
    """A build that kills itself before its n-th step at the output, beside it or at its spare tree.

    ``exchange`` says whether the system is one that can exchange two names.
    """
    from expoarchive.build import build
    from expoarchive.cache.store import Store
    from expoarchive.write import switch

    if not exchange:
        switch._exchange_names = lambda one, other: False
    _end_at(step, output)
    store = Store(kept, "test")
    build(root, output, store=store)
    store.close()


def exchange_until(
    step: int, root: Path, cache: Path, files: dict[str, bytes | None], before: dict[str, bytes | None]
) -> None:
    """Files of the sources exchanged by a process that kills itself before its n-th step at them, or at its note."""
    from expoarchive.write import exchange

    os.environ["EXPOARCHIVE_CACHE"] = str(cache)
    _end_near(step, (f"{root}/", f"{cache}/"))
    exchange(root, files, before)


def restyle_until(step: int, root: Path, output: Path) -> None:
    """The same for the styles alone."""
    from expoarchive.build import restyle

    _end_at(step, output)
    restyle(root, output)


def _end_at(step: int, output: Path) -> None:
    from expoarchive.write import spare_tree

    _end_near(step, (f"{output}/", f"{output.parent}/.{output.name}-", f"{spare_tree(output)}/"))


def _end_near(step: int, near: tuple[str, ...]) -> None:
    steps = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        # What is only read is no step.
        if event not in _STEPS or (event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if f"{_whole(event, arguments)}/".startswith(near):
            steps += 1
            if steps > step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _whole(event: str, arguments: tuple[Any, ...]) -> str:
    """The path of an event; a tree is removed from within its folders, by names alone."""
    path, within = str(arguments[0]), arguments[-1]
    if event in ("os.remove", "os.rmdir") and within != -1:
        return f"{Path(f'/proc/self/fd/{within}').readlink()}/{path}"
    return path


def hold(output: Path, tells: Connection, with_child: bool = False) -> None:
    """Take the lock of the output and keep it, maybe with a child; tells the child's id, or 0."""
    from expoarchive import write

    with write.hold(output):
        child = os.fork() if with_child else 0
        if child or not with_child:
            tells.send(child)
        time.sleep(300)


def in_site(root: Path, cache: Path, words: list[str], says: Connection | None = None) -> int:
    """A command as the command line runs it in a site; its exit code. What it complains of is sent to ``says``."""
    from io import StringIO

    from expoarchive.cli.main import main

    os.environ["EXPOARCHIVE_CACHE"] = str(cache)
    with contextlib.chdir(root), contextlib.redirect_stderr(StringIO()) as complained:
        code = main([*words, "--messages", "en"])
    if says:
        says.send(complained.getvalue())
    return code


def record(root: Path, cache: Path) -> int:
    """``check --record`` where every address answers at once."""
    from expoarchive.cli import links

    def ask(addresses: Iterable[str], **_: object) -> dict[str, links.Answer]:
        return {address: links.Answer(200, when=1790000000) for address in addresses}

    links.ask = ask
    return in_site(root, cache, ["check", "--record"])


def hold_the_sources(root: Path, cache: Path, tells: Connection) -> None:
    """Take the turn of a command that writes, and keep it."""
    from expoarchive import write

    os.environ["EXPOARCHIVE_CACHE"] = str(cache)
    with write.hold(root):
        tells.send(True)
        time.sleep(300)
