"""``python -m benchmarks.run``: builds of one corpus by every tool side by side, and the page of results."""

import argparse
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CalledProcessError

from benchmarks.corpus import HERE, OURS
from benchmarks.goals import Figures
from benchmarks.measure import LARGEST_EDITED, BuildFailed, Measured, answers, archive, clear, rounds
from benchmarks.plot import growth
from benchmarks.published import published
from benchmarks.report import Run, growth_points, page
from benchmarks.served import served
from benchmarks.tools import available, install

SIZES = (500, 1_500, 5_000)
LARGE = 20_000
# Above this a corpus is built `--repeats-large` times.
SMALL = 1_000
PICTURE = "growth.svg"


def main() -> int:
    """Measure and write. 1 where a build failed: then the sizes before it are all that is written."""
    options = parser().parse_args()
    if options.install:
        for failure in install():
            tell(f"could not install {failure}")
    tools, missing = available()
    for title in missing:
        tell(f"{title} is missing: `make bench` installs it")
    sizes = sorted({*options.sizes, *([LARGE] if options.large else [])})
    results: Path = options.results
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as work:
            measured = archive(tools[0], Path(work), options.repeats)
            answered = answers(tools[0], Path(work), max(options.repeats, 3))
            if not options.no_commit:
                measured += commits(Path(work), options.repeats)
            for texts in sizes:
                repeats = options.repeats if texts <= SMALL else options.repeats_large
                tell(f"{texts:,} pages of articles, {repeats} of each build, {len(tools)} tools")
                for build in rounds(tools, Path(work), texts, repeats):
                    tell(f"  {build.tool}, {build.scenario}: {build.seconds:.2f} s, {build.memory:.0f} MB")
                    measured.append(build)
                for build in served(tools[0], Path(work) / OURS, texts, repeats) if texts <= LARGEST_EDITED else ():
                    tell(f"  {build.tool}, an edit while serving, {build.scenario}: {build.seconds:.2f} s")
                    measured.append(build)
                clear(Path(work))
                # After each size: whoever has no time for the largest has the others.
                figures = Figures(tuple(measured))
                write(results, Run(f"{datetime.now(UTC):%Y-%m-%d}", machine(), tools, missing, figures, answered))
    except BuildFailed as failure:
        tell(str(failure))
        return 1
    return 0


def commits(work: Path, repeats: int) -> list[Measured]:
    """Commits taken to what can be published; none where the machine lacks what looks at pages, which is told."""
    try:
        return list(published(work, repeats))
    except (BuildFailed, OSError, CalledProcessError) as failure:
        tell(f"from a commit to what is published was not measured: {failure}")
        return []


def write(results: Path, run: Run) -> None:
    """The page, and beside it the picture where there are two sizes to draw a line between."""
    results.write_text(page(run, PICTURE), "utf-8")
    if len(run.figures.sizes) > 1:
        results.with_name(PICTURE).write_text(growth(growth_points(run), [tool.title for tool in run.tools]), "utf-8")
    tell(f"written: {results}")


def machine() -> str:
    """The machine, as far as it helps a reader to compare; never its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; load at the end {load:.1f} (15 minutes)"
    )


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    grammar = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    grammar.add_argument("--install", action="store_true", help="fetch the peers from their registries first")
    grammar.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="pages of articles; even numbers")
    grammar.add_argument("--large", action="store_true", help=f"{LARGE:,} too, which takes long")
    grammar.add_argument("--repeats", type=int, default=3, help=f"builds of each kind up to {SMALL:,} pages")
    grammar.add_argument("--repeats-large", type=int, default=1, help="builds of each kind above that")
    grammar.add_argument("--no-commit", action="store_true", help="not from a commit to what is published")
    grammar.add_argument("--results", type=Path, default=HERE / "results.md", help="the page to write")
    return grammar


def tell(text: str) -> None:
    """Say something to the person at the terminal."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
