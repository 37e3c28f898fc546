"""The workflow that publishes the site is valid, asks for little, and its own steps build a site that works."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from tests.browser.pages_server import Published
from tests.links import html_files, links_of
from tests.sites import ROOT, copy_project

WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
PROGRAMS = Path(sys.executable).parent

# What GitHub would answer for a project's site.
HOST = "https://someone.github.io"
OUTPUTS = {"steps.pages.outputs.origin": HOST, "steps.pages.outputs.base_path": "/repo-name"}


def job(name: str) -> dict[str, Any]:
    """One job of the workflow."""
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"][name]
    return found


def run_steps() -> list[dict[str, Any]]:
    """The steps of the build job that are commands of ours."""
    return [step for step in job("build")["steps"] if "run" in step]


def run_step(step: dict[str, Any], folder: Path) -> tuple[int, str]:
    """Run a step as a runner does, the expressions of its environment filled in; its exit code and what it said."""
    given = {
        name: re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: OUTPUTS[match.group(1)], text)
        for name, text in step.get("env", {}).items()
    }
    # This test itself may run under make, whose variables another make would take over.
    own = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))}
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=own | {"CI": "true"} | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout


def assert_site_works(output: Path) -> None:
    """Every internal address of every page leads to a file below the base path."""
    site = Published(output, "/repo-name/")
    broken = []
    followed = 0
    for file in html_files(output):
        page = file.relative_to(output).as_posix().removesuffix("index.html")
        for link in links_of(file.read_text("utf-8")):
            target = urlsplit(urljoin(f"{HOST}/repo-name/{page}", link))
            if f"{target.scheme}://{target.netloc}" != HOST:
                continue
            followed += 1
            if site.find(unquote(target.path)) is None:
                broken.append(f"{page}: {link}")

    assert followed > 100
    assert broken == []


def test_the_workflow_fits_githubs_schema() -> None:
    """Checked with the schema that check-jsonschema brings along, so without the network."""
    checked = subprocess.run(
        [PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_workflow_has_no_known_weakness() -> None:
    """zizmor's strictest look: permissions, pins, credentials left behind, text pasted into scripts."""
    checked = subprocess.run(
        [PROGRAMS / "zizmor", "--offline", "--no-progress", "--persona", "auditor", WORKFLOW],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    """A tag can be moved; a bare hash cannot be read."""
    uses = [line.strip() for line in WORKFLOW.read_text("utf-8").splitlines() if re.search(r"\buses:", line)]
    pinned = re.compile(r"(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

    assert len(uses) == 5
    assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_the_workflow_runs_what_an_editor_runs() -> None:
    """Nothing is tested or built in a way that cannot be done at home."""
    assert [step["run"] for step in run_steps()] == ["make test", "make site"]


def test_the_server_runs_what_an_editor_runs() -> None:
    """.ci/run is `make test`, from whatever folder it is called."""
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert lines[-1] == "exec make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_only_the_publishing_job_may_publish() -> None:
    """Tests and build run other people's packages; they must not hold the right to write."""
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))

    assert workflow["permissions"] == {}
    assert job("build")["permissions"] == {"contents": "read", "pages": "read"}
    assert job("deploy")["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_building_step_makes_a_site_that_works_below_a_projects_path(tmp_path: Path) -> None:
    """The step's own script, in a copy that has only what a clone has, with the packages of this environment."""
    copy_project(tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)

    status, said = run_step(run_steps()[-1], tmp_path)

    assert status == 0, said
    assert f'"{HOST}/repo-name/en/"' in (tmp_path / "output" / "en" / "index.html").read_text("utf-8")
    assert_site_works(tmp_path / "output")


@pytest.mark.long
def test_all_steps_pass_in_a_fresh_clone(tmp_path: Path) -> None:
    """From nothing: environment made, packages installed, tests run, site built."""
    copy_project(tmp_path)

    for step in run_steps():
        status, said = run_step(step, tmp_path)

        assert status == 0, said[-20000:]
    assert_site_works(tmp_path / "output")
