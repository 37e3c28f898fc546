"""The work of ``build`` and ``check``: apart from these, as it imports the whole generator."""

import argparse
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

from expoarchive import __version__
from expoarchive.build import OF_OTHERS, Hire, Outcome, build, check, review
from expoarchive.cache.last import Snapshot, note, state_of
from expoarchive.cache.store import store_of
from expoarchive.cli.grammar import EXECUTORS
from expoarchive.cli.progress import Progress, is_watched
from expoarchive.cli.report import show_problems, warnings
from expoarchive.cli.terminal import Faulty, Stop, Terminal, complain, say
from expoarchive.problem import Problem, in_order
from expoarchive.records.readings import readings_of
from expoarchive.write import bag, check_place, put_file, read_manifest


def build_site(
    root: Path, options: argparse.Namespace, terminal: Terminal, sources: Snapshot, request: tuple[object, ...]
) -> int:
    """Build, print the problems and a line of summary.

    ``sources`` are as they were before the build. They are noted with the ``request``: those options that decide the
    output.
    """
    started = perf_counter()
    output, archive = root / options.output, root / options.archive if options.archive else None
    if archive and (problems := check_place(root, output, archive)):
        raise Faulty(problems)

    def work(**how: Any) -> Outcome:
        return review(root, build(root, output, **how))

    outcome = _timed(root, options, terminal, work)
    if archive and outcome.ok:
        keep(archive, outcome)
    _note(root, output, outcome, sources, request)
    show_problems(outcome.problems, terminal)
    if outcome.ok:
        say(summary(outcome, terminal, perf_counter() - started))
    return 0 if outcome.ok else 1


def check_site(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Check, print the problems and a line of summary."""
    started = perf_counter()
    outcome = _timed(root, options, terminal, lambda **how: review(root, check(root, **how)))
    outcome, noted = with_links(root, outcome, options, terminal)
    show_problems(outcome.problems, terminal, options.format)
    if not outcome.ok or (options.strict and outcome.problems):
        return 1
    if options.format == "text":
        say(summary(outcome, terminal, perf_counter() - started, noted))
        if outcome.site is not None:
            readings = readings_of(outcome.site.records)
            counts = {name: getattr(readings, name) for name in ("cited", "placed", "quoted")}
            say(terminal.word("check.readings", **counts, unread=readings.extents.get("not_yet", 0)))
    return 0


def _timed(root: Path, options: argparse.Namespace, terminal: Terminal, work: Callable[..., Outcome]) -> Outcome:
    """The outcome of the work, with how far it is while somebody waits, and how long each stage took if asked."""
    hire = executor_of(options)
    store = store_of(root)
    where: dict[str, Any] = {name: getattr(options, name) for name in ("address", "base_path", "repository", "drafts")}
    with Progress(terminal, shown=is_watched()) as progress:
        outcome = work(**where, store=store, processes=options.jobs, executor=hire, tell=progress.tell)
    store.close()
    if options.verbose:
        complain(progress.times())
    return outcome


def executor_of(options: argparse.Namespace) -> Hire | None:
    """What gives the executor that is asked for, when there is work for it. Stops where its extra is not installed."""
    if options.executor is None:
        return None
    sort, address = options.executor
    if find_spec(EXECUTORS[sort]) is None:
        raise Stop("build.no-extra", extra=sort, package=EXECUTORS[sort])

    def hire() -> tuple[Executor | None, list[Problem]]:
        # Takes a second to import: only where all is to be made.
        from expoarchive.build import cluster

        return cluster.hire(address)

    return hire


def _note(root: Path, output: Path, outcome: Outcome, sources: Snapshot, request: tuple[object, ...]) -> None:
    """Note what was built of which sources, for a build that has nothing to do."""
    written = outcome.written
    if written is None:
        return
    # What the build itself put right is not reported again, nor what others did not do for it.
    lasting = [one for one in outcome.problems if one not in written.warnings and one.kind not in OF_OTHERS]
    problems = [problem.as_dict() for problem in lasting]
    result = {"pages": len(outcome.pages), "files": written.files, "warned": problems}
    state = state_of(output, written.tree)
    # Unless the next build, which may have waited for this one, has already replaced it.
    if read_manifest(output) == outcome.files.digests:
        note(root, state, request, sources, result)


def with_links(root: Path, outcome: Outcome, options: argparse.Namespace, terminal: Terminal) -> tuple[Outcome, int]:
    """The outcome with what other sites answered, if asked, and of how many sources that was noted.

    ``--links`` in text lists their addresses first.
    """
    site, online = outcome.site, options.online or options.record
    if site is None or not (options.links or online):
        return outcome, 0
    from expoarchive.cli.links import ask_links, list_links
    from expoarchive.cli.record_links import record_links

    if options.links and options.format == "text":
        list_links(site, terminal)
    if not online:
        return outcome, 0
    answers, problems = ask_links(root, site, recording=options.record)
    noted = record_links(root, site, answers, terminal) if options.record else 0
    return replace(outcome, problems=in_order([*outcome.problems, *problems])), noted


def keep(file: Path, outcome: Outcome) -> None:
    """Write the site as one file."""
    assert outcome.site is not None
    config = outcome.site.config
    info = {
        **({"External-Identifier": config.root} if config.address else {}),
        "External-Description": " / ".join([*config.title.values(), *config.description.values()]),
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        put_file(file, bag(file.stem, outcome.files, __version__, info))
    except OSError as error:
        raise Stop("build.no-archive", file=file, reason=error.strerror or error) from None


def summary(outcome: Outcome, terminal: Terminal, seconds: float, noted: int = 0) -> str:
    """One line on what was done. ``noted`` is the number of sources whose check was written down."""
    checked, written = outcome.checked, outcome.written
    return terminal.word(
        "build.summary" if written else "check.summary-noted" if noted else "check.summary",
        noted=noted,
        pages=len(outcome.pages),
        links=checked.links if checked else 0,
        anchors=checked.anchors if checked else 0,
        changed=written.changed if written else 0,
        removed=written.removed if written else 0,
        claims=outcome.counts.get("claims", 0),
        sources=outcome.counts.get("sources", 0),
        warnings=warnings(outcome.problems, terminal.language),
        seconds=f"{seconds:.1f}",
    )
