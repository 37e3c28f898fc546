"""One build, timed: wall time, memory, and for ours what it said of itself."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

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
_STAGE = re.compile(r"(\w+) ([0-9.]+) s(?:;|$)")
_CHANGED = re.compile(r"(\d+) files changed")


class BuildFailed(Exception):
    """A build that ended badly, or without the pages that were asked for."""


@dataclass(frozen=True)
class Measured:
    """One build. ``memory`` is the largest of its processes, in MB.

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
class Ran:
    """One process: ``memory`` in MB at its peak, and what it said."""

    seconds: float
    memory: float
    code: int
    said: str


def environment_of(cache: Path) -> dict[str, str]:
    """As at somebody's own machine: Python keeps what it compiled, which workshops like to forbid it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "EXPOARCHIVE_CACHE": str(cache)}


def run(command: Sequence[str], folder: Path, cache: Path) -> Ran:
    """Run it to its end.

    The kernel tells a process's peak to whoever waits for it, with those that it waited for itself: the figures of
    one build, where RUSAGE_CHILDREN of the runner would be the largest of all builds so far. It is never less than
    the runner's own, some 40 MB.
    """
    environment = environment_of(cache)
    with tempfile.TemporaryFile() as said:
        began = perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return Ran(seconds, usage.ru_maxrss / 1024, child.returncode, said.read().decode("utf-8", "replace"))


def build(tool: Tool, folder: Path, texts: int, scenario: str) -> Measured:
    """One build of the corpus in ``folder``. Raises ``BuildFailed``."""
    # Asked for the time of its stages, ours would run them where there is nothing to do.
    ours = tool.name in (OURS, WHOLE)
    command = tool.command + (("--verbose",) if ours and scenario != "unchanged" else ())
    ran = run(command, folder, cache_of(folder))
    output = folder / OUTPUT
    articles = sum(1 for _ in output.glob("*/articles/*/index.html"))
    if ran.code or articles != texts:
        raise BuildFailed(f"{tool.title}: exit code {ran.code}, {articles} of {texts} articles. {ran.said[-2000:]}")
    pages = sum(1 for _ in output.rglob("*.html"))
    made = Measured(tool.name, texts, scenario, ran.seconds, ran.memory, pages)
    changed = _CHANGED.search(ran.said)
    if not ours or not changed:
        return made
    # The last line of what it says; the one before has seconds of its own.
    stages = {name: float(number) for name, number in _STAGE.findall(ran.said.splitlines()[-1])}
    return replace(made, stages=stages, changed=int(changed[1]))


def cache_of(folder: Path) -> Path:
    """What ours keeps between builds lies beside the corpus."""
    return folder.with_name(f"{folder.name}-cache")


def rounds(tools: Sequence[Tool], work: Path, texts: int, repeats: int) -> Iterator[Measured]:
    """Every scenario of every tool ``repeats`` times, side by side: one build of each tool, then the next scenario.

    So whatever else the machine is doing meets all of them. Ours takes turns with itself as a whole, too.
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
    ran = run((sys.executable, "-m", "benchmarks.floor", str(folder)), PROJECT, cache_of(folder))
    if ran.code or f"{texts} texts" not in ran.said:
        raise BuildFailed(f"Python-Markdown alone: exit code {ran.code}. {ran.said[-2000:]}")
    return Measured(FLOOR, texts, "cold", ran.seconds, ran.memory, texts)


def clear(work: Path) -> None:
    """Remove all corpora, their output and what ours keeps of them."""
    for folder in work.iterdir():
        wipe(folder)


def _has(tool: str, scenario: str) -> bool:
    """Whether a tool knows the scenario, and it is asked for."""
    return scenario in OF_WHOLE if tool == WHOLE else scenario != "source" or tool == OURS


def once(tool: Tool, folder: Path, texts: int, scenario: str, mark: str) -> Measured:
    """One build after what the scenario is about was done. Raises ``BuildFailed`` also where its mark is not shown."""
    if scenario == "cold":
        wipe(folder / OUTPUT)
        wipe(cache_of(folder))
    elif scenario in EDITS:
        EDITS[scenario](tool.name, folder, texts, mark)
    made = build(tool, folder, texts, scenario)
    if scenario in EDITS and mark not in page_of(folder / OUTPUT, texts).read_text("utf-8"):
        raise BuildFailed(f"{tool.title}: the edit is not on the page")
    return made


def wipe(folder: Path) -> None:
    """Remove a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def answers(tool: Tool, work: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds until ours prints its help, and until it tells of an error in the configuration."""
    folder = work / "answers"
    lay(tool.name, folder, 4)
    config = folder / "site_config.yaml"
    config.write_text(config.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    found: dict[str, list[float]] = {"--help": [], "a config error": []}
    for _ in range(repeats):
        found["--help"].append(run((*tool.command[:2], "--help"), folder, cache_of(folder)).seconds)
        ran = run(tool.command, folder, cache_of(folder))
        if ran.code != 1 or "site_config.yaml" not in ran.said:
            raise BuildFailed(f"the config error was not told: {ran.said}")
        found["a config error"].append(ran.seconds)
    wipe(folder)
    return found


def archive(tool: Tool, work: Path, repeats: int) -> list[Measured]:
    """The real archive of this project, into a folder of the runner's: cold, and with nothing changed."""
    measured = []
    output, cache = work / "archive", work / "archive-cache"
    for _ in range(repeats):
        wipe(output)
        wipe(cache)
        for scenario in ("cold", "unchanged"):
            ran = run((*tool.command, "--output", str(output)), PROJECT, cache)
            if ran.code:
                raise BuildFailed(f"the archive: exit code {ran.code}. {ran.said[-2000:]}")
            pages = sum(1 for _ in output.rglob("*.html"))
            measured.append(Measured(ARCHIVE, 0, scenario, ran.seconds, ran.memory, pages))
    wipe(output)
    wipe(cache)
    return measured
