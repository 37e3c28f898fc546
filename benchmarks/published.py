"""From a commit to what can be published: the steps of .github/workflows/pages.yml, as a script on a fresh machine."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import PROJECT
from benchmarks.measure import BuildFailed, Measured, Process, run, wipe

# Not a corpus either: the archive, from a commit that changes a sentence on.
PUBLISHED = "a commit"
# With what the run before kept, and with nothing kept: no package either, whose files are fetched anew.
KEPT, BARE = "kept", "bare"
# In the workflow's order: a clone is made, what was kept is unpacked, and in the end what is published is packed.
STEPS = ("clone", "scope", "unpack", "ready", "site", "check", "inspect", "pack")
_IDENTITY = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")
_ADDRESS = {"ADDRESS": "https://fair.example", "BASE_PATH": "/archive"}
# What the workflow keeps of a clone; beside it lies what its builds keep.
_KEPT = ("clone/.venv", "clone/node_modules", "clone/output", "builds")


@dataclass(frozen=True)
class Machine:
    """A folder in which each run finds nothing but the repository, and what the run before has ``kept``."""

    work: Path

    def run(self, *command: str, folder: str = ".") -> Process:
        """A command in one of its folders. Raises ``BuildFailed``."""
        process = run(command, self.work / folder, self.work / "builds")
        if process.code:
            raise BuildFailed(f"{' '.join(command)}: exit code {process.code}. {process.text[-2000:]}")
        return process

    def git(self, *words: str) -> str:
        """What git says in the repository. Raises ``BuildFailed``."""
        return self.run("git", *_IDENTITY, *words, folder="repository").text.strip()

    def make(self, target: str, since: str = "") -> Process:
        """A target in the clone. Raises ``BuildFailed``."""
        fetched = {"PIP_NO_CACHE_DIR": "1", "npm_config_cache": str(self.work / "npm")}
        named = {**_ADDRESS, **fetched, "SINCE": since}
        words = [f"{name}={value}" for name, value in named.items() if value]
        return self.run("make", target, *words, folder="clone")

    def keep(self) -> None:
        """As a run's last step. Raises ``BuildFailed``."""
        packer = "--zstd" if shutil.which("zstd") else "--gzip"
        self.run("tar", "--create", packer, "--file=kept", *_KEPT)

    def clear(self) -> None:
        """Leave what a fresh machine has."""
        for name in ("clone", "builds", "npm"):
            wipe(self.work / name)

    def step(self, name: str, since: str = "") -> Process:
        """One of ``STEPS``. Raises ``BuildFailed``."""
        match name:
            case "clone":
                return self.run("git", "clone", "--quiet", "repository", "clone")
            case "unpack":
                return self.run("tar", "--extract", "--file=kept")
            case "pack":
                return self.run("tar", "--create", "--file=artifact", "--directory=clone/output", ".")
        return self.make(name, since)


def published(work: Path, repeats: int) -> Iterator[Measured]:
    """An edit of one article, committed and taken through every step. Raises ``BuildFailed``."""
    machine = Machine(work / "machine")
    machine.work.mkdir()
    machine.run("git", "clone", "--quiet", "--shared", str(PROJECT), "repository")
    for step in ("clone", "ready", "site"):
        machine.step(step)
    for number in range(repeats):
        for scenario in (KEPT, BARE):
            machine.keep()
            machine.clear()
            since = machine.git("rev-parse", "HEAD")
            article = min((machine.work / "repository" / "content" / "articles").glob("*/en.md"))
            article.write_text(f"{article.read_text('utf-8')}\nThis is sentence {number}, {scenario}.\n", "utf-8")
            machine.git("commit", "--quiet", "--all", "--message", "A sentence more")
            yield _once(machine, since, scenario)
    wipe(machine.work)


def _once(machine: Machine, since: str, scenario: str) -> Measured:
    stages, most = dict.fromkeys(STEPS, 0.0), 0.0
    for step in STEPS if scenario == KEPT else [step for step in STEPS if step != "unpack"]:
        process = machine.step(step, since)
        stages[step], most = process.seconds, max(most, process.memory)
        if step == "scope" and "content" not in process.text.split():
            raise BuildFailed(f"content alone was to be published: {process.text}")
    pages = sum(1 for _ in (machine.work / "clone" / "output").rglob("*.html"))
    return Measured(PUBLISHED, 0, scenario, sum(stages.values()), most, pages, stages)
