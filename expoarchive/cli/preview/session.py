"""What the preview shows now, and how a save becomes what it shows next."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from expoarchive.cli.preview.job import Job, Rebuilt
from expoarchive.problem import Problem

Run = Callable[[Job], Rebuilt | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """The site that is up, and what is wrong with its sources. Before the first good build ``base_path`` is None."""

    base_path: str | None = None
    files: frozenset[str] = frozenset()
    origins: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    broke_off: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What open pages are to do: load a style sheet anew, load themselves anew, or ask what is wrong."""

    styles: str | None = None
    page: bool = False


class Session:
    """Builds what was saved, one build at a time; what is saved meanwhile is built next."""

    def __init__(
        self, job: Job, run: Run, announce: Callable[[News], None], told: Callable[[Rebuilt | None], None]
    ) -> None:
        self.shown = Shown()
        self.token = secrets.token_urlsafe(18)
        self._name = secrets.token_hex(4)
        self._job = job
        self._run = run
        self._announce = announce
        self._told = told
        self._saved: set[str] = set()
        self._wake = asyncio.Event()

    @property
    def root(self) -> Path:
        return self._job.root

    @property
    def output(self) -> Path:
        return self._job.output

    @property
    def version(self) -> str:
        """Differs wherever a page that was served may be out of date."""
        return f"{self._name}-{self.shown.number}"

    def saved(self, files: frozenset[str]) -> None:
        """Note what was saved; from the loop's thread."""
        self._saved |= files
        self._wake.set()

    async def work(self) -> None:
        """Build at once, then whenever something was saved; until cancelled."""
        loop = asyncio.get_running_loop()
        job = self._job
        while True:
            rebuilt = await loop.run_in_executor(None, self._run, job)
            self._take(rebuilt)
            if rebuilt is None:
                # What broke off is not done: the next save builds it too.
                self._saved |= job.changed
            await self._wake.wait()
            self._wake.clear()
            # Until a first site stands there is nothing that a part could be built into.
            whole = self.shown.base_path is None
            job = replace(self._job, changed=frozenset() if whole else frozenset(self._saved))
            self._saved.clear()

    def _take(self, rebuilt: Rebuilt | None) -> None:
        before = self.shown
        number = before.number + 1
        if rebuilt is None:
            self.shown = replace(before, failed=True, broke_off=True, problems=(), number=number)
            self._announce(News(page=before.base_path is None))
        elif rebuilt.styles is not None:
            self.shown = replace(before, number=number)
            self._announce(News(styles=f"{before.base_path}{rebuilt.styles}"))
        elif not rebuilt.ok:
            self.shown = replace(before, failed=True, broke_off=False, problems=rebuilt.problems, number=number)
            # Where no site is up, the errors are the page itself.
            self._announce(News(page=before.base_path is None))
        else:
            self.shown = Shown(rebuilt.base_path, rebuilt.files, rebuilt.origins, rebuilt.problems, number=number)
            same = before.base_path == rebuilt.base_path and not rebuilt.changes
            self._announce(News(page=not same))
        self._told(rebuilt)
