"""The guide to another fair's archive, followed word by word."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.archive.fair import words_of_the_fair
from tests.links import html_files
from tests.sites import ROOT, copy_project


def test_the_guide_leads_to_a_working_archive(tmp_path: Path) -> None:
    """Each command runs as it stands, and the site at the end is the other fair's alone."""
    guide = (ROOT / "docs" / "another-expo.md").read_text("utf-8")
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", guide, re.DOTALL))
    clone = tmp_path / "clone"
    copy_project(clone)
    own = {name: text for name, text in os.environ.items() if not name.startswith(("PYTEST", "GIT"))}
    python = f'python() {{ "{sys.executable}" "$@"; }}\n'
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", python + commands],
        cwd=clone,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr + ran.stdout
    made = tmp_path / "harbour-archive"
    page = (made / "output" / "en" / "editions" / "2014" / "index.html").read_text("utf-8")
    assert "The Archive of the Lamp Fair" in page
    assert "more than 2,100" in page
    assert '<link rel="canonical" href="https://someone.github.io/harbour-archive/en/editions/2014/">' in page
    workflow = yaml.safe_load((made / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert steps == ["make check FORMAT=github", "make site"]
    words = words_of_the_fair()
    assert [file for file in html_files(made / "output") if words.found_in(file.read_text("utf-8"))] == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """Nothing is ever written over."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("Mine.", "utf-8")
    ran = subprocess.run(
        [sys.executable, ROOT / "build.py", "new", "site", "mine"], cwd=tmp_path, capture_output=True, check=False
    )

    assert ran.returncode == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
