"""What the preview shows now, and how a save becomes what it shows next."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from expoarchive.cli.preview.job import Ahead, Job, Rebuilt
from expoarchive.config import CONFIG_FILE
from expoarchive.problem import Problem

Run = Callable[[Job], Rebuilt | None]
# What may be shown before its build is done. A style, script or picture is a file of its own, and comes with the rest.
_ALONE = (".md", ".yaml", ".html")


@dataclass(frozen=True, slots=True)
class Shown:
    """The site that is up, and what is wrong with its sources. Before the first good build ``base_path`` is None.

    ``ahead`` are pages of the build under way, by file: shown in the place of the site's own until it is done.
    ``number`` is the last build's that was done, ``same`` are those of all builds whose pages are what is up now.
    ``sheet`` is the address of the style sheet, once it was renewed alone, and ``styles`` how often it was. ``lacking``
    says what a language lacks, by its id.
    """

    base_path: str | None = None
    files: frozenset[str] = frozenset()
    origins: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    broke_off: bool = False
    number: int = 0
    same: frozenset[int] = frozenset({0})
    sheet: str = ""
    styles: int = 0
    ahead: dict[str, bytes] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """What open pages are to do: reload, or ask what is up: which pages, which styles, what is wrong.

    ``ahead`` is the file of the one page that is to reload while the build goes on; ``known`` are those that have
    done so, and only ask.
    """

    page: bool = False
    ahead: str | None = None
    known: frozenset[str] = frozenset()


class Session:
    """Builds what was saved, one build at a time; what is saved meanwhile is built next."""

    def __init__(
        self,
        job: Job,
        run: Run,
        announce: Callable[[News], None],
        report: Callable[[Rebuilt | None], None],
        open_files: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """``report`` takes what each build came to; ``open_files`` gives the output's files that somebody has open."""
        self.shown = Shown()
        self.token = secrets.token_urlsafe(18)
        self._name = secrets.token_hex(4)
        self._job = job
        self._run = run
        self._announce = announce
        self._report = report
        self._open_files = open_files
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
        """The version of the pages that are up."""
        return self._version(max(self.shown.same))

    @property
    def coming(self) -> str:
        """The version that is being built: of the pages that are shown ahead of it."""
        return self._version(self.shown.number + 1)

    @property
    def versions(self) -> list[str]:
        """All whose pages may stay open; a page of any other is out of date."""
        numbers = [self._version(number) for number in sorted(self.shown.same)]
        return [*numbers, self.coming] if self.shown.ahead else numbers

    def version_of(self, file: str | None) -> str:
        """The version of one of the output's files."""
        return self.coming if file in self.shown.ahead else self.version

    def _version(self, number: int) -> str:
        return f"{self._name}-{number}"

    def show(self, ahead: Ahead) -> None:
        """Show a page of the build under way; from the loop's thread."""
        self.shown = replace(self.shown, ahead=self.shown.ahead | {ahead.file: ahead.html})
        self._announce(News(ahead=ahead.file))

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
            self.take(rebuilt)
            if rebuilt is None:
                # What broke off is not done: the next save builds it too.
                self._saved |= job.changed
            await self._wake.wait()
            self._wake.clear()
            # Until a first site stands there is nothing that a part could be built into.
            whole = self.shown.base_path is None
            changed = frozenset() if whole else frozenset(self._saved)
            alone = all(file != CONFIG_FILE and file.endswith(_ALONE) for file in changed)
            first = self._open_files() if changed and alone else frozenset()
            job = replace(self._job, changed=changed, first=first)
            self._saved.clear()

    def take(self, rebuilt: Rebuilt | None) -> None:
        """Show what a build came to; from the loop's thread."""
        known = frozenset(self.shown.ahead)
        number = self.shown.number + 1
        # Where no site is up, the errors are the page itself.
        alone = self.shown.base_path is None
        before = replace(self.shown, ahead={}, number=number, same=frozenset({number}) if alone else self.shown.same)
        if rebuilt is None:
            self.shown = replace(before, failed=True, broke_off=True, problems=())
            self._announce(News(page=alone))
        elif rebuilt.styles is not None:
            self.shown = replace(before, sheet=f"{before.base_path}{rebuilt.styles}", styles=before.styles + 1)
            self._announce(News())
        elif not rebuilt.ok:
            self.shown = replace(before, failed=True, broke_off=False, problems=rebuilt.problems)
            self._announce(News(page=alone))
        else:
            stays = before.base_path == rebuilt.base_path and not rebuilt.changes
            self.shown = Shown(
                rebuilt.base_path,
                rebuilt.files,
                rebuilt.origins,
                rebuilt.problems,
                lacking=rebuilt.lacking,
                number=number,
                same=before.same | {number} if stays else frozenset({number}),
                sheet=before.sheet,
                styles=before.styles,
            )
            self._announce(News(page=not stays, known=known))
        self._report(rebuilt)
