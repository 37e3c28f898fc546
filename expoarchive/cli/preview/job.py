"""One rebuild of the previewed site: the worker's task and its answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter

from expoarchive.cache.sources import THEME
from expoarchive.cache.store import Store, store_of
from expoarchive.problem import Problem

# The stage, how much of it is done, and of how much.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to build. ``changed`` are the sources saved since the last build, from the root; empty means all.

    ``first`` are the output's files that somebody has open.
    """

    root: Path
    output: Path
    language: str
    changed: frozenset[str] = frozenset()
    address: str | None = None
    base_path: str | None = None
    drafts: bool = False
    first: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ahead:
    """A page that is ready while the rest of the build goes on: its file of the output, and its HTML."""

    file: str
    html: bytes


Show = Callable[[Ahead], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of it.

    ``styles`` is the permalink of the style sheet where nothing else was renewed; then only ``summary`` says more.
    ``origins`` are file and line to edit each page at, by permalink. ``changes`` counts files of the output.
    ``lacking`` says what a language lacks, by its id.
    """

    ok: bool
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    styles: str | None = None
    changes: int = 0
    base_path: str = "/"
    files: frozenset[str] = frozenset()
    origins: dict[str, tuple[str, int]] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)


Rebuild = Callable[[Job, Tell, Show], Rebuilt]


@cache
def _kept(root: Path) -> Store:
    """What the worker's builds keep for each other, and for later commands."""
    return store_of(root)


def rebuild(job: Job, tell: Tell, show: Show) -> Rebuilt:
    """Bring the output up to the sources. The one place where the preview meets the build."""
    from expoarchive.build import build, restyle, review
    from expoarchive.cli.builder import summary
    from expoarchive.cli.terminal import Terminal
    from expoarchive.render.assets import is_style

    started = perf_counter()
    terminal = Terminal(job.language)
    if job.changed and all(is_style(file) for file in job.changed):
        sheet = restyle(job.root, job.output)
        if sheet is not None:
            seconds = f"{perf_counter() - started:.2f}"
            return Rebuilt(True, styles=sheet, summary=terminal.word("build.styles", seconds=seconds))
    outcome = build(
        job.root,
        job.output,
        address=job.address,
        base_path=job.base_path,
        drafts=job.drafts,
        store=_kept(job.root),
        tell=tell,
        first=job.first,
        show=lambda file, html: show(Ahead(file, html)),
    )
    outcome = review(job.root, outcome)
    written = outcome.written
    # The theme's own files are nothing to edit.
    own = {link: place for link, place in outcome.origins.items() if not place.file.startswith(f"{THEME}/")}
    return Rebuilt(
        ok=outcome.ok,
        problems=tuple(outcome.problems),
        summary=summary(outcome, terminal, perf_counter() - started) if outcome.ok else "",
        changes=written.changed + written.removed if written else 0,
        base_path=outcome.base_path,
        files=frozenset(outcome.files),
        origins={link: (place.file, place.line) for link, place in own.items()},
        lacking={one.language.id: terminal.word("status.lacking", **one.counts) for one in outcome.lacking},
    )
