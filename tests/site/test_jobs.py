"""A build that several processes share gives what one alone gives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT, lay_site

BUILD = "from expoarchive.cli import main\nsys.exit(main(['build', *sys.argv[1:]]))"


def build(root: Path, *options: str, script: str = BUILD) -> tuple[int, str, dict[str, bytes]]:
    """Exit code, what was said of faults, and every file of the output of a build that has nothing kept."""
    environment = {**os.environ, "EXPOARCHIVE_CACHE": str(root.parent / f"cache{len(list(root.parent.iterdir()))}")}
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{script}", *options]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    output = root / "output"
    files = {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return done.returncode, done.stderr, files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    lay_site(root, {})
    return root


def test_the_bytes_are_the_same_however_many_processes_share_the_work(site: Path) -> None:
    """And they are all there."""
    alone = build(site, "--jobs", "1", "--output", "output")
    shared = build(site, "--jobs", "3", "--output", "output")

    assert alone[0] == shared[0] == 0
    assert alone[2] == shared[2]
    assert len(alone[2]) > 100


def test_a_process_that_dies_costs_time_only(site: Path) -> None:
    """What it had made is made again."""
    alone = build(site, "--jobs", "1")
    dying = "import expoarchive.site.recall as recall\nrecall.Recall.hand_over = lambda self, to: 1 / 0\n" + BUILD

    assert build(site, "--jobs", "2", script=dying) == alone


def test_a_fault_is_told_once_whoever_met_it(site: Path) -> None:
    """With the same words as one process has for it."""
    template = site / "templates" / "edition.html"
    template.write_text(template.read_text("utf-8").replace("{% block content %}", "{% block content %}{{ nobody }}"))

    alone = build(site, "--jobs", "1")

    assert alone[0] == 1
    assert alone[1].count("nobody") >= 1
    assert build(site, "--jobs", "2") == alone
