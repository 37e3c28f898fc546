"""A build that several processes share gives what one alone gives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from expoarchive.build.ahead import workers
from tests.builds import SPOILT, run
from tests.sites import ROOT, lay_site
from tests.sweep import swept

BUILD = "from expoarchive.cli import main\nsys.exit(main(['build', *sys.argv[1:]]))"


# Exit code, what was said of faults, and every file of the output.
Built = tuple[int, str, dict[str, bytes]]


def build(root: Path, *options: str, spoilt: str = "") -> Built:
    """A build that has nothing kept."""
    cache = root.parent / f"cache{len(list(root.parent.iterdir()))}"
    done = run(root, "build", *options, cache=cache, spoilt=spoilt)
    return done.returncode, done.stderr, files_of(root / "output")


def build_by_script(root: Path, script: str, *options: str) -> Built:
    """The same as a process from its first import, which does as the script says."""
    environment = {**os.environ, "EXPOARCHIVE_CACHE": str(root.parent / "cache")}
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{script}", *options]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, files_of(root / "output")


def files_of(output: Path) -> dict[str, bytes]:
    """Every file below."""
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    lay_site(root, {})
    return root


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What one process makes of the same sources."""
    root = tmp_path_factory.mktemp("alone") / "site"
    lay_site(root, {})
    return build(root, "--jobs", "1")


def test_the_bytes_are_the_same_however_many_processes_share_the_work(site: Path, alone: Built) -> None:
    """And they are all there."""
    shared = build(site, "--jobs", "3", "--output", "output")

    assert alone[0] == shared[0] == 0
    assert alone[2] == shared[2]
    assert len(alone[2]) > 100


@pytest.mark.parametrize("end", swept(SPOILT, ["is killed"]))
@pytest.mark.parametrize("step", [pytest.param("apart", marks=pytest.mark.long), "given"])
def test_a_process_that_dies_costs_time_only(site: Path, alone: Built, step: str, end: str) -> None:
    """What it had made is made again."""
    shared = build(site, "--jobs", "2", spoilt=f"{step} {end}")

    assert (shared[0], shared[2]) == (alone[0], alone[2])
    assert "Problem" not in shared[1]


def test_a_fault_is_told_once_whoever_met_it(site: Path) -> None:
    """With the same words as one process has for it."""
    template = site / "templates" / "edition.html"
    template.write_text(template.read_text("utf-8").replace("{% block content %}", "{% block content %}{{ nobody }}"))

    alone = build(site, "--jobs", "1")

    assert alone[0] == 1
    assert alone[1].count("nobody") >= 1
    assert build(site, "--jobs", "2") == alone


def test_a_build_that_is_killed_leaves_no_process(site: Path) -> None:
    """Each of them holds the pipe that is read here to its end."""
    killing = (
        "import os, time\nfrom expoarchive.cache.store import Store\n"
        "Store.given = lambda self: (os.kill(os.getppid(), 9), time.sleep(600))\n"
    )

    assert build_by_script(site, killing + BUILD, "--jobs", "3")[0] == -9


@pytest.mark.long
def test_a_process_that_may_have_none_of_its_own_builds_alone(site: Path, alone: Built) -> None:
    """A daemon's would outlive it."""
    daemon = (
        "import multiprocessing\nfrom expoarchive.cli import main\nfork = multiprocessing.get_context('fork')\n"
        "process = fork.Process(target=lambda: sys.exit(main(['build', *sys.argv[1:]])), daemon=True)\n"
        "process.start()\nprocess.join()\nsys.exit(process.exitcode)"
    )

    assert build_by_script(site, daemon, "--jobs", "2") == alone


def test_small_work_stays_in_one_process_and_large_has_every_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another begins where each has enough to do."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(64)))

    assert [workers(jobs) for jobs in (0, 1, 399, 400, 1000, 100_000)] == [1, 1, 1, 2, 5, 64]
