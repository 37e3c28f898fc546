"""One build, timed: wall time, memory, and for ours what it reports of itself."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import perf_counter, time_ns

from benchmarks.corpus import OURS, PROJECT, WHOLE, lay
from benchmarks.edits import EDITS, page_of
from benchmarks.tools import OUTPUT, Tool

# In this order, each on what the one before it left.
SCENARIOS = ("cold", "article", "unchanged", "template", "source")
# What is timed of ours with all that no peer makes.
OF_WHOLE = ("cold", "article")
# Pages of articles up to which ours is timed as a whole too: beyond, its pictures take minutes and say nothing new.
LARGEST_WHOLE = 1_500
# Pages of articles up to which edits are timed: beyond, one cold build of each tool shows how its cost grows.
LARGEST_EDITED = 5_000
# Not a tool: Python-Markdown alone, on the texts of ours.
FLOOR = "python-markdown"
# Not a corpus: what the project publishes.
ARCHIVE = "the archive"
# Seconds from one look at a build's memory to the next.
_LOOK = 0.25
_STAGE = re.compile(r"(\w+) ([0-9.]+) s(?:;|$)", re.MULTILINE)
_CHANGED = re.compile(r"(\d+) files changed")


class BuildFailed(Exception):
    """A build that ended badly, or without the pages that were asked for."""


@dataclass(frozen=True)
class Measured:
    """One build. ``memory`` is the most that all its processes had together, in MB.

    Of ours alone: ``stages`` in seconds, and how many files were ``changed``. Both are empty where it had nothing to
    do: then it says so before any stage.
    """

    tool: str
    texts: int
    scenario: str
    seconds: float
    memory: float
    pages: int
    stages: dict[str, float] = field(default_factory=dict)
    changed: int = 0


@dataclass(frozen=True)
class Process:
    """A process that has ended: ``memory`` is its peak in MB, ``text`` its output."""

    seconds: float
    memory: float
    code: int
    text: str


def environment_of(cache: Path) -> dict[str, str]:
    """As on a user's machine: Python keeps what it has compiled, even if the runner's environment forbids that."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "EXPOARCHIVE_CACHE": str(cache)}


def run(command: Sequence[str], folder: Path, cache: Path) -> Process:
    """Run a command to its end.

    Its memory is looked at four times a second: what processes share, as forks do, is counted once. Of one that is too
    quick for that, or where a system has no /proc, it is the peak of its largest process as wait4 gives it, which is
    never less than the runner's own.
    """
    environment = environment_of(cache)
    with tempfile.TemporaryFile() as log:
        began = perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        ended, peaks = threading.Event(), [0.0]
        watch = threading.Thread(target=_watch, args=(child.pid, ended, peaks))
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - began
        ended.set()
        watch.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        memory = max(peaks) or usage.ru_maxrss / 1024
        return Process(seconds, memory, child.returncode, log.read().decode("utf-8", "replace"))


def _watch(process: int, ended: threading.Event, peaks: list[float]) -> None:
    while not ended.wait(_LOOK):
        peaks.append(sum(map(_share, _with_children(process))) / 1024)


def _with_children(process: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield process
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _with_children(int(child))


def _share(process: int) -> int:
    """Kilobytes of a process, its part of what it shares with others."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def build(tool: Tool, folder: Path, texts: int, scenario: str) -> Measured:
    """One build of the corpus in ``folder``. Raises ``BuildFailed``."""
    # Not where nothing has changed: with --verbose ours would run its stages all the same.
    ours = tool.name in (OURS, WHOLE)
    command = tool.command + (("--verbose",) if ours and scenario != "unchanged" else ())
    process = run(command, folder, cache_of(folder))
    output = folder / OUTPUT
    articles = sum(1 for _ in output.glob("*/articles/*/index.html"))
    if process.code or articles != texts:
        raise BuildFailed(
            f"{tool.title}: exit code {process.code}, {articles} of {texts} articles. {process.text[-2000:]}"
        )
    pages = sum(1 for _ in output.rglob("*.html"))
    measured = Measured(tool.name, texts, scenario, process.seconds, process.memory, pages)
    changed = _CHANGED.search(process.text)
    if not ours or not changed:
        return measured
    stages = {name: float(number) for name, number in _STAGE.findall(process.text)}
    return replace(measured, stages=stages, changed=int(changed[1]))


def cache_of(folder: Path) -> Path:
    """The folder of what ours keeps between builds, beside the corpus."""
    return folder.with_name(f"{folder.name}-cache")


def rounds(tools: Sequence[Tool], work: Path, texts: int, repeats: int) -> Iterator[Measured]:
    """Every scenario of every tool ``repeats`` times, in turns: one build of each tool, then the next scenario.

    So other work on the machine affects all of them. Ours with everything takes its turn too.
    """
    whole = [replace(tool, name=WHOLE) for tool in tools if tool.name == OURS and texts <= LARGEST_WHOLE]
    tools = [*tools, *whole]
    for tool in tools:
        lay(tool.name, work / tool.name, texts)
    for number in range(repeats):
        yield floor(work / OURS, texts)
        for scenario in SCENARIOS if texts <= LARGEST_EDITED else SCENARIOS[:1]:
            for tool in tools:
                if _has(tool.name, scenario):
                    yield once(tool, work / tool.name, texts, scenario, f"{scenario} {number + 1}")


def floor(folder: Path, texts: int) -> Measured:
    """Python-Markdown alone over the corpus of ours. Raises ``BuildFailed``."""
    process = run((sys.executable, "-m", "benchmarks.floor", str(folder)), PROJECT, cache_of(folder))
    if process.code or f"{texts} texts" not in process.text:
        raise BuildFailed(f"Python-Markdown alone: exit code {process.code}. {process.text[-2000:]}")
    return Measured(FLOOR, texts, "cold", process.seconds, process.memory, texts)


def clear(work: Path) -> None:
    """Put all corpora out of the way, their output and what ours keeps of them."""
    for folder in work.iterdir():
        wipe(folder)


def _has(tool: str, scenario: str) -> bool:
    """Whether a tool takes part in a scenario."""
    return scenario in OF_WHOLE if tool == WHOLE else scenario != "source" or tool == OURS


def once(tool: Tool, folder: Path, texts: int, scenario: str, mark: str) -> Measured:
    """Prepare the scenario, then build. Raises ``BuildFailed``, also where the edit is not on its page."""
    if scenario == "cold":
        wipe(folder / OUTPUT)
        wipe(cache_of(folder))
    elif scenario in EDITS:
        EDITS[scenario](tool.name, folder, texts, mark)
    measured = build(tool, folder, texts, scenario)
    if scenario in EDITS and mark not in page_of(folder / OUTPUT, texts).read_text("utf-8"):
        raise BuildFailed(f"{tool.title}: the edit is not on the page")
    return measured


def wipe(folder: Path) -> None:
    """Put a folder out of the way if it exists; it is removed when the run ends.

    For minutes ext4 gives no new file the inode of one that was removed, and looks through them all each time: a build
    right after a site was removed spends a fifth of its time there, which is none of the build's.
    """
    with contextlib.suppress(FileNotFoundError):
        shutil.move(folder, Path(_aside().name) / str(time_ns()))


@cache
def _aside() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bench-aside-", ignore_cleanup_errors=True)


def answers(tool: Tool, work: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds until ours prints its help, and until it reports an error in the configuration."""
    folder = work / "answers"
    lay(tool.name, folder, 4)
    config = folder / "site_config.yaml"
    config.write_text(config.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    seconds: dict[str, list[float]] = {"--help": [], "a config error": []}
    for _ in range(repeats):
        seconds["--help"].append(run((*tool.command[:2], "--help"), folder, cache_of(folder)).seconds)
        process = run(tool.command, folder, cache_of(folder))
        if process.code != 1 or "site_config.yaml" not in process.text:
            raise BuildFailed(f"the config error was not reported: {process.text}")
        seconds["a config error"].append(process.seconds)
    wipe(folder)
    return seconds


def archive(tool: Tool, work: Path, repeats: int) -> list[Measured]:
    """The real archive of this project, into a temporary folder: cold, with nothing changed, and checked."""
    measured = []
    output, cache = work / "archive", work / "archive-cache"
    for _ in range(repeats):
        wipe(output)
        wipe(cache)
        for scenario in ("cold", "unchanged", "check"):
            command = (*tool.command[:2], "check") if scenario == "check" else tool.command
            process = run((*command, "--output", str(output)), PROJECT, cache)
            if process.code:
                raise BuildFailed(f"the archive: exit code {process.code}. {process.text[-2000:]}")
            pages = sum(1 for _ in output.rglob("*.html"))
            measured.append(Measured(ARCHIVE, 0, scenario, process.seconds, process.memory, pages))
    wipe(output)
    wipe(cache)
    return measured
