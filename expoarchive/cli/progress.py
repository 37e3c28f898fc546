"""How far a build is, while somebody waits for it; and afterwards how long each stage took."""

import os
import sys
from contextlib import ExitStack
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

from expoarchive.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

# Seconds before anything is shown: a build of a moment flickers otherwise.
PATIENCE = 1.0
OFTEN = 0.1


def is_watched() -> bool:
    """Whether a person sees lines of the error stream change: not on CI, in a file or on a terminal that cannot."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


class Progress:
    """Takes a build's reports of how far it is (``expoarchive.build.Tell``); shown on a terminal alone.

    To be used in a ``with``: the line is removed before anything else is printed.
    """

    def __init__(self, terminal: Terminal, *, shown: bool) -> None:
        self._terminal = terminal
        self._shown = shown
        self._began = self._last = self._since = perf_counter()
        self._stage = ""
        self._times: dict[str, float] = {}
        self._open = ExitStack()
        self._bar: tuple[Bar, TaskID] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._note(perf_counter())
        self._open.close()

    def tell(self, stage: str, done: int, of: int) -> None:
        """The stage a build is at, how much of it is done, and of how much; 0 of 0 where nothing is counted."""
        now = perf_counter()
        entered = stage != self._stage
        if entered:
            self._note(now)
            self._stage = stage
        if self._shown and now - self._began > PATIENCE and (entered or now - self._last > OFTEN):
            self._last = now
            self._show(stage, done, of)

    def times(self) -> str:
        """A line on how long each stage took, in the order they came."""
        words = self._terminal.word
        times = self._times.items()
        return "; ".join(
            words("progress.time", stage=self._name(stage), seconds=f"{spent:.2f}") for stage, spent in times
        )

    def _name(self, stage: str) -> str:
        return self._terminal.word(f"progress.stage-{stage}")

    def _note(self, now: float) -> None:
        if self._stage:
            self._times[self._stage] = self._times.get(self._stage, 0.0) + now - self._since
        self._since = now

    def _show(self, stage: str, done: int, of: int) -> None:
        # Only here: nobody else waits for it to be imported.
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        count = f"{done}/{of}" if of else ""
        if self._bar is None:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(24, complete_style="cyan", finished_style="cyan"),
                TextColumn("{task.fields[count]}"),
            )
            # No thread of its own: it would take its turns from the build.
            bar = Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
            self._bar = self._open.enter_context(bar), bar.add_task("", count="")
        bar, task = self._bar
        bar.update(task, description=self._name(stage), completed=done, total=of or None, count=count, refresh=True)
