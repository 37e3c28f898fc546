"""One build, timed: wall time, memory, and for ours how long each stage took."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from benchmarks.corpus import edit, edited_page, lay
from benchmarks.tools import OUTPUT, Tool

SCENARIOS = ("cold", "edit", "unchanged")
_STAGE = re.compile(r"(\w+) ([0-9.]+) s(?:;|$)")


class BuildFailed(Exception):
    """A build that ended badly, or without the pages that were asked for."""


@dataclass(frozen=True)
class Measured:
    """One build. ``memory`` is the largest of its processes, in MB; ``stages`` are seconds, ours alone."""

    tool: str
    texts: int
    scenario: str
    seconds: float
    memory: float
    pages: int
    stages: dict[str, float] = field(default_factory=dict)


def run(command: Sequence[str], folder: Path, cache: Path) -> tuple[float, float, int, str]:
    """Seconds, MB at the peak, exit code, and what it said on its error stream.

    The kernel tells a process's peak to whoever waits for it, with those that it waited for itself: the figures of
    one build, where RUSAGE_CHILDREN of the runner would be the largest of all builds so far. It is never less than
    the runner's own, some 40 MB.
    """
    environment = {**os.environ, "EXPOARCHIVE_CACHE": str(cache)}
    with tempfile.TemporaryFile() as said:
        began = perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return seconds, usage.ru_maxrss / 1024, child.returncode, said.read().decode("utf-8", "replace")


def build(tool: Tool, folder: Path, texts: int, scenario: str) -> Measured:
    """One build of the corpus in ``folder``. Raises ``BuildFailed``."""
    seconds, memory, code, said = run(tool.command, folder, folder.with_name(f"{folder.name}-cache"))
    output = folder / OUTPUT
    articles = sum(1 for _ in output.glob("*/articles/*/index.html"))
    if code or articles != texts:
        raise BuildFailed(f"{tool.title}: exit code {code}, {articles} of {texts} articles. {said[-2000:]}")
    pages = sum(1 for _ in output.rglob("*.html"))
    stages = {name: float(number) for name, number in _STAGE.findall(said)} if tool.name == "expoarchive" else {}
    return Measured(tool.name, texts, scenario, seconds, memory, pages, stages)


def rounds(tools: Sequence[Tool], work: Path, texts: int, repeats: int) -> list[Measured]:
    """Every scenario of every tool ``repeats`` times, side by side: one build of each tool, then the next scenario.

    So whatever else the machine is doing meets all of them.
    """
    measured = []
    for tool in tools:
        lay(tool.name, work / tool.name, texts)
    for number in range(repeats):
        mark = f"round {number + 1}"
        for scenario in SCENARIOS:
            for tool in tools:
                folder = work / tool.name
                if scenario == "cold":
                    shutil.rmtree(folder / OUTPUT, ignore_errors=True)
                    shutil.rmtree(work / f"{tool.name}-cache", ignore_errors=True)
                elif scenario == "edit":
                    edit(tool.name, folder, texts, mark)
                measured.append(build(tool, folder, texts, scenario))
                if scenario == "edit" and mark not in edited_page(folder / OUTPUT, texts).read_text("utf-8"):
                    raise BuildFailed(f"{tool.title}: the edit is not on the page")
    for tool in tools:
        shutil.rmtree(work / tool.name)
        shutil.rmtree(work / f"{tool.name}-cache", ignore_errors=True)
    return measured


def answers(tool: Tool, work: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds until ours prints its help, and until it tells of an error in the configuration."""
    folder = work / "answers"
    lay(tool.name, folder, 4)
    config = folder / "site_config.yaml"
    config.write_text(config.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    cache = work / "answers-cache"
    found: dict[str, list[float]] = {"--help": [], "a config error": []}
    for _ in range(repeats):
        found["--help"].append(run((*tool.command[:2], "--help"), folder, cache)[0])
        seconds, _, code, said = run(tool.command, folder, cache)
        if code != 1 or "site_config.yaml" not in said:
            raise BuildFailed(f"the config error was not told: {said}")
        found["a config error"].append(seconds)
    shutil.rmtree(folder)
    return found
