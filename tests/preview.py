"""A preview that tests run: ``serve`` as an editor starts it, in a process of its own, on a copy of the tiny expo."""

import os
import re
import signal
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from expoarchive.cli.preview.job import Job, Rebuilt, Show, Tell
from tests import builds
from tests.sites import ROOT, lay_site

# What is there at once where nothing else runs may take a minute on a machine with ten other things to do.
PATIENCE = 120.0


def until(happened: Callable[[], object], what: str) -> None:
    """Wait for it; fail with ``what`` where it does not come."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.02)


def is_written(file: Path) -> bool:
    """Whether a file has a whole line: it is there before the line is."""
    return file.is_file() and file.read_text("utf-8").endswith("\n")


def break_off(job: Job, tell: Tell, show: Show) -> Rebuilt:
    """A build that breaks off where anything is said to have changed, as a fault of the generator would."""
    tell("read", 0, 0)
    if job.changed:
        raise RuntimeError("this build breaks off")
    return Rebuilt(True, summary="done")


class Preview:
    """``python build.py serve`` in the folder of a site of its own; ends with Ctrl-C."""

    def __init__(self, root: Path, *words: str, files: Mapping[str, str | None] | None = None) -> None:
        self.root = root
        self.output = root / "output"
        lay_site(root, files or {})
        self._words = words
        self._saves = 0

    def __enter__(self) -> Self:
        variables = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "CI": "1"}
        variables = {name: value for name, value in variables.items() if name not in ("VISUAL", "EDITOR")}
        words = ("serve", *self._words, *(() if "--port" in self._words else ("--port", "0")))
        self._log = self.root.with_name(f"{self.root.name}-log")
        self._log.touch()
        self.process = builds.begin(self.root, words, variables, [self._log, self._log])
        until(lambda: "Ctrl-C" in self.said() or not self.process.is_alive(), "the preview did not start")
        found = re.search(r"http://\S+", self.said())
        self.address = found[0] if found else ""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Of the process that answers."""
        assert self.process.pid is not None
        return self.process.pid

    def end(self) -> int:
        """Press Ctrl-C; the exit code."""
        if self.process.is_alive():
            os.kill(self.pid, signal.SIGINT)
        self.process.join(PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            raise AssertionError("Ctrl-C does not end it")
        return self.process.exitcode

    def said(self) -> str:
        """All that stands in its terminal."""
        return self._log.read_text("utf-8")

    def save(self, file: str, text: str) -> None:
        """Write a source, whole at once as editors do: on a busy machine half of it would be a save of its own."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}~")
        beside.write_text(text, "utf-8")
        beside.replace(path)
        self._saves += 1

    def rest(self) -> None:
        """Wait until every save is built: a page shows one before its build ends. Each was seen before the next."""
        ends = re.compile(r"; [\d.]+ s$|秒$|^errors: |^有错误：", re.MULTILINE)
        until(lambda: len(ends.findall(self.said())) > self._saves, "a save was not built")

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> tuple[HTTPResponse, str]:
        """The answer to a path of the host, and its body."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            return response, response.read().decode("utf-8", "replace")
        finally:
            connection.close()
