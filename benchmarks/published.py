"""From a commit to what can be published: the steps of .github/workflows/pages.yml, as a script in a clone."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import PROJECT
from benchmarks.measure import BuildFailed, Measured, run, wipe

# Not a corpus either: the archive, from a commit that changes a sentence on.
PUBLISHED = "a commit"
# With what the run before kept, and with nothing kept.
KEPT, BARE = "kept", "bare"
STEPS = ("scope", "check", "site", "inspect")
_IDENTITY = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")
_ADDRESS = {"ADDRESS": "https://fair.example", "BASE_PATH": "/archive"}


@dataclass(frozen=True)
class Clone:
    """A clone of the project with what is installed in it, and what its builds keep."""

    folder: Path
    cache: Path

    def git(self, *words: str) -> str:
        """What git says. Raises ``BuildFailed``."""
        done = subprocess.run(
            ["git", *_IDENTITY, "-C", str(self.folder), *words], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BuildFailed(f"git {words[0]}: {done.stderr}")
        return done.stdout.strip()

    def make(self, target: str, since: str = "") -> tuple[float, float, str]:
        """Seconds and memory of a target, and what it says. Raises ``BuildFailed``."""
        words = [f"{name}={value}" for name, value in {**_ADDRESS, "SINCE": since}.items() if value]
        process = run(("make", target, *words), self.folder, self.cache)
        if process.code:
            raise BuildFailed(f"make {target}: exit code {process.code}. {process.text[-2000:]}")
        return process.seconds, process.memory, process.text


def published(work: Path, repeats: int) -> Iterator[Measured]:
    """An edit of one article, committed and taken through every step. Raises ``BuildFailed``."""
    clone = Clone(work / "clone", work / "clone-cache")
    subprocess.run(["git", "clone", "--quiet", "--shared", str(PROJECT), str(clone.folder)], check=True)
    for name in (".venv", "node_modules"):
        (clone.folder / name).symlink_to((PROJECT / name).resolve())
    clone.make("site")
    for number in range(repeats):
        for scenario in (KEPT, BARE):
            since = clone.git("rev-parse", "HEAD")
            article = min((clone.folder / "content" / "articles").glob("*/en.md"))
            article.write_text(f"{article.read_text('utf-8')}\nThis is sentence {number}, {scenario}.\n", "utf-8")
            clone.git("commit", "--quiet", "--all", "--message", "A sentence more")
            if scenario == BARE:
                for kept in (clone.cache, clone.folder / "output", clone.folder / ".cache"):
                    wipe(kept)
            yield _once(clone, since, scenario)
    wipe(clone.folder)
    wipe(clone.cache)


def _once(clone: Clone, since: str, scenario: str) -> Measured:
    stages, most = {}, 0.0
    for step in STEPS:
        stages[step], memory, text = clone.make(step, since)
        most = max(most, memory)
        if step == "scope" and "content" not in text.split():
            raise BuildFailed(f"content alone was to be published: {text}")
    pages = sum(1 for _ in (clone.folder / "output").rglob("*.html"))
    return Measured(PUBLISHED, 0, scenario, sum(stages.values()), most, pages, stages)
