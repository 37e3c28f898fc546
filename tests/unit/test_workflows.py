"""The workflows are valid and ask for little; the steps of the one that publishes build a site that works."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from benchmarks.published import STEPS
from tests.browser.pages_server import Published
from tests.links import html_files, links_of
from tests.sites import ROOT, TINY_EXPO, copy_generator, copy_project, lay_site
from tests.vendor_schemas import complaint

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
PULL_REQUEST = ROOT / ".github" / "workflows" / "pull-request.yml"
REPORT = ROOT / ".github" / "workflows" / "report.yml"
AUDIT = ROOT / ".github" / "workflows" / "audit.yml"
VERIFY = ROOT / ".github" / "workflows" / "verify.yml"
DEPENDABOT = ROOT / ".github" / "dependabot.yml"
each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
PROGRAMS = Path(sys.executable).parent

# No step is about pictures that are drawn.
CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8") + "without: [cards, chart-files]\n"

# What GitHub would answer for a project's site.
HOST = "https://someone.github.io"
OUTPUTS = {
    "steps.pages.outputs.origin": HOST,
    "steps.pages.outputs.base_path": "/repo-name",
    "github.server_url": "https://github.com",
    "github.repository": "someone/repo-name",
    "steps.site.outputs.artifact-url": "https://github.example/artifact",
}


def job(name: str, workflow: Path = WORKFLOW) -> dict[str, Any]:
    """One job of a workflow."""
    found: dict[str, Any] = yaml.safe_load(workflow.read_text("utf-8"))["jobs"][name]
    return found


def run_steps(name: str = "build", workflow: Path = WORKFLOW) -> list[dict[str, Any]]:
    """The steps of a job that are commands of ours."""
    return [step for step in job(name, workflow)["steps"] if "run" in step]


def named(name: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The step of that name."""
    return next(step for step in steps if step["name"] == name)


def run_step(step: dict[str, Any], folder: Path, **runner: str) -> tuple[int, str]:
    """Run a step as a runner does, the expressions of its environment filled in; its exit code and what it said.

    ``runner`` are variables that the runner itself sets.
    """
    given = {
        name: re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: OUTPUTS[match.group(1)], text)
        for name, text in step.get("env", {}).items()
    }
    # This test itself may run under make, whose variables another make would take over.
    own = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))}
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=own | {"CI": "true"} | runner | given,
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


@each_workflow
def test_each_workflow_fits_githubs_schema(workflow: Path) -> None:
    """A key that GitHub does not know would stop it, or be passed over."""
    assert complaint("github-workflows", workflow) == ""


def test_the_configuration_of_dependabot_fits_githubs_schema() -> None:
    """It is read on GitHub alone, which tells nobody at home."""
    assert complaint("dependabot", DEPENDABOT) == ""


@pytest.mark.parametrize("file", [*WORKFLOWS, DEPENDABOT], ids=lambda path: path.stem)
def test_nothing_that_github_runs_has_a_known_weakness(file: Path) -> None:
    """zizmor's strictest look: permissions, pins, credentials left behind, text pasted into scripts, haste."""
    checked = subprocess.run(
        [PROGRAMS / "zizmor", "--offline", "--no-progress", "--persona", "auditor", file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    """A tag can be moved; a bare hash cannot be read."""
    lines = [line.strip() for workflow in WORKFLOWS for line in workflow.read_text("utf-8").splitlines()]
    uses = [line for line in lines if re.search(r"\buses:", line)]
    pinned = re.compile(r"(- )?uses: actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

    assert len(uses) == 27
    assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_the_workflow_runs_what_an_editor_runs() -> None:
    """Nothing is tested or built in a way that cannot be done at home."""
    assert [step["run"] for step in run_steps() if step["run"].startswith("make ")] == [
        "make ready",
        "make test",
        "make site",
        "make check FORMAT=github",
        "make inspect",
    ]
    assert [step["run"] for step in run_steps("site", PULL_REQUEST)] == [
        "make check FORMAT=github",
        "make site ARCHIVE=preview.zip",
        'make changes >> "$GITHUB_STEP_SUMMARY"',
    ]
    assert [step["run"] for step in run_steps("test", PULL_REQUEST)] == ["make test"]
    assert [step["run"] for step in run_steps("audit", AUDIT)] == ["make audit"]
    assert [step["run"] for step in run_steps("verify", VERIFY)] == ["make verify"]
    assert [step["run"] for step in run_steps("mutation", VERIFY)] == ["make mutation"]
    drafting = [step["run"] for step in run_steps("draft", REPORT)]
    assert drafting[2:4] == ["make check FORMAT=github", "make site ARCHIVE=preview.zip"]
    assert drafting[1].startswith("make report FILE=")


def test_what_is_measured_from_a_commit_on_is_what_the_workflow_does() -> None:
    """The same targets in the same order, but for the tests that content alone does not wait for."""
    targets = re.findall(r"make ([a-z]+)", "\n".join(step["run"] for step in run_steps()))

    assert [target for target in targets if target != "test"] == [step for step in STEPS if step in targets]


def test_what_is_kept_is_taken_by_the_next_run() -> None:
    """GitHub finds a cache only by the very paths that it was saved with."""
    steps = [step for step in job("build")["steps"] if "actions/cache/" in step.get("uses", "")]
    paths = [(step["name"].split()[0], step["with"]["path"].split()) for step in steps]

    assert sorted(paths) == [
        (word, path)
        for word in ("Keep", "Take")
        for path in ([".venv", "node_modules"], ["~/.cache/expoarchive", "output"])
    ]


def test_what_is_installed_is_kept_before_anything_of_it_has_run() -> None:
    """So it is what the locks let in. What a run made is taken only where its code has passed every test."""
    steps = {step["name"]: step for step in job("build")["steps"]}
    names = list(steps)

    assert names[names.index("Install what is not there") + 1] == "Keep what is installed"
    assert "restore-keys" not in steps["Take what is installed"]["with"]
    assert steps["Take what the last run made"]["if"] == "steps.scope.outputs.what == 'content'"


def test_the_server_runs_what_an_editor_runs() -> None:
    """.ci/run is `make test`, from whatever folder it is called."""
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert lines[-1] == "exec make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_only_the_publishing_job_may_publish() -> None:
    """Tests and build run other people's packages; they must not hold the right to write."""
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))

    assert workflow["permissions"] == {}
    assert job("build")["permissions"] == {"contents": "read", "pages": "read", "actions": "read"}
    assert job("deploy")["permissions"] == {"pages": "write", "id-token": "write"}
    changes = yaml.safe_load(PULL_REQUEST.read_text("utf-8"))
    assert changes["permissions"] == {}
    assert [one["permissions"] for one in changes["jobs"].values()] == [{"contents": "read"}] * 2


@pytest.mark.parametrize("file", [AUDIT, VERIFY], ids=lambda path: path.stem)
def test_what_no_change_waits_for_runs_every_week_and_by_hand_and_can_only_read(file: Path) -> None:
    """Known holes, and the long proofs. YAML reads the key `on` as true."""
    workflow = yaml.safe_load(file.read_text("utf-8"))

    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", workflow[True]["schedule"][0]["cron"])
    assert "workflow_dispatch" in workflow[True]
    assert workflow["permissions"] == {}
    assert [one["permissions"] for one in workflow["jobs"].values()] == [{"contents": "read"}] * len(workflow["jobs"])


@pytest.mark.long
def test_the_building_step_makes_a_site_that_works_below_a_projects_path(tmp_path: Path) -> None:
    """The step's own script, in a copy that has only what a clone has, with the packages of this environment.

    The invented fair takes the archive's place, which the long test below builds in the same way.
    """
    copy_project(tmp_path)
    shutil.rmtree(tmp_path / "content")
    shutil.copytree(TINY_EXPO, tmp_path, dirs_exist_ok=True)
    (tmp_path / "site_config.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)

    status, said = run_step(named("Build", run_steps()), tmp_path)

    assert status == 0, said
    assert f'"{HOST}/repo-name/en/"' in (tmp_path / "output" / "en" / "index.html").read_text("utf-8")
    edition = sorted((tmp_path / "content" / "editions").glob("*.yaml"))[0]
    page = (tmp_path / "output" / "en" / "editions" / edition.stem / "index.html").read_text("utf-8")
    assert f'"https://github.com/someone/repo-name/blob/HEAD/content/editions/{edition.name}"' in page
    assert_site_works(tmp_path / "output")


def test_the_steps_for_a_change_mark_its_faults_and_make_the_site(tmp_path: Path) -> None:
    """A fault becomes an annotation at its line; without one the site is there to be attached."""
    lay_site(tmp_path, {"site_config.yaml": CONFIG})
    for name in (
        "Makefile",
        "build.py",
        "requirements.lock",
        "requirements-inspect.lock",
        "requirements-dev.lock",
        "package.json",
        "package-lock.json",
    ):
        shutil.copy2(ROOT / name, tmp_path / name)
    copy_generator(tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".venv").symlink_to(sys.prefix)
    checking, building, telling = run_steps("site", PULL_REQUEST)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / ".gitignore").write_text(".venv\npreview.zip\n", "utf-8")
    commit(tmp_path, "NOTES")
    edition = tmp_path / "content" / "editions" / "2011.yaml"
    sound = edition.read_text("utf-8")

    edition.write_text(sound.replace("1800", "many"), "utf-8")
    status, said = run_step(checking, tmp_path)
    assert status != 0
    assert re.search(r"^::error file=content/editions/2011\.yaml,line=\d+", said, re.MULTILINE)

    edition.write_text(sound, "utf-8")
    for step in (checking, building):
        status, said = run_step(step, tmp_path)
        assert status == 0, said
    with zipfile.ZipFile(tmp_path / "preview.zip") as attached:
        page = next(name for name in attached.namelist() if name.endswith("data/en/index.html"))
        assert b'href="editions/index.html"' in attached.read(page)
    attaching = next(one for one in job("site", PULL_REQUEST)["steps"] if one["name"] == "Attach the site")
    assert attaching["with"].items() >= {"path": "preview.zip", "archive": False}.items()

    # What runs merges the change into the state before, which is the first parent.
    edition.write_text(sound.replace("1800", "1900"), "utf-8")
    commit(tmp_path, "NOTES")
    summary = tmp_path / "summary.md"
    status, said = run_step(telling, tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert status == 0, said
    told = summary.read_text("utf-8")
    assert re.search(r"\| 2011 · 3rd edition · Visitors \|[^|]*1,800 \|[^|]*1,900 \|", told)
    assert "(<https://github.example/artifact>)" in told
    assert not (tmp_path / ".git/worktrees").is_dir()


DRAFTING = ("Take the text of the issue", "Draft")
HOSTILE_REPORT = """### Edition

2011

### Item

Theme [theme]

### What is right

"}]} `id` $(touch pwned) ${{ github.token }} ; touch pwned && <script>alert(1)</script> {{ 7 * 7 }}
::error::not an error of ours
::set-output name=x::y

### Source

../../etc/passwd https://x.example/$(touch%20pwned)

### Wording of the source

# A heading, a mention of @somebody, and ```
```
**bold**

### Anything else

### Edition

1999
""".replace("\n", "\r\n")


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    """A clone of the invented fair's archive, as GitHub checks it out: a repository that was pushed somewhere."""
    folder = tmp_path / "clone"
    lay_site(folder, {})
    for name in ("Makefile", "build.py", "requirements.lock"):
        shutil.copy2(ROOT / name, folder / name)
    copy_generator(folder)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".gitignore").write_text(".venv\noutput\n", "utf-8")
    (folder / ".venv").symlink_to(sys.prefix)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All")
    git(tmp_path, "init", "--quiet", "--bare", "pushed")
    git(folder, "remote", "add", "origin", str(tmp_path / "pushed"))
    return folder


def test_a_hostile_report_is_drafted_as_text_and_proposed_on_a_branch_of_its_own(
    reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps' own scripts: no word of the issue is run, shown as anything but text, or written outside the content.

    A stand-in for GitHub's program notes what it is told, and hands on what the first job kept.
    """
    programs, temporary, summary = tmp_path / "programs", tmp_path / "temporary", tmp_path / "summary"
    programs.mkdir()
    temporary.mkdir()
    (tmp_path / "event").write_text(json.dumps({"issue": {"body": HOSTILE_REPORT}}), "utf-8")
    (programs / "gh").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>{tmp_path}/told\n', "utf-8")
    (programs / "gh").chmod(0o755)
    given = {"PATH": f"{programs}:{PROGRAMS}:{os.environ['PATH']}", "RUNNER_TEMP": temporary, "GITHUB_RUN_ID": "7"}
    given |= {"GITHUB_EVENT_PATH": tmp_path / "event", "GITHUB_STEP_SUMMARY": summary}
    for name, value in given.items():
        monkeypatch.setenv(name, str(value))
    numbered = {"github.event.issue.number": "12", "github.token": "secret", "github.run_id": "7"}
    numbered["steps.site.outputs.artifact-url"] = "https://github.com/someone/repo-name/actions/runs/7/artifacts/1"
    monkeypatch.setattr(sys.modules[__name__], "OUTPUTS", OUTPUTS | numbered)
    steps = run_steps("draft", REPORT)
    drafting = [named(name, steps) for name in (*DRAFTING, "Say what changes", "Show what it changes")]

    git(tmp_path, "clone", "--quiet", "--origin=home", "clone", "another")
    git(tmp_path / "another", "remote", "add", "origin", str(tmp_path / "pushed"))

    log = ""
    for step, folder in [*((step, "clone") for step in drafting), (run_steps("propose", REPORT)[0], "another")]:
        status, said = run_step(step, tmp_path / folder)
        assert status == 0, said
        log += said

    assert "pwned" not in log
    assert list(tmp_path.rglob("pwned")) == []
    lines = summary.read_text("utf-8").splitlines()
    told = [line for line in lines if not line.startswith("    ")]
    assert any("Known now, and not before" in line for line in told)
    assert [line for line in told if re.search(r"(?<!\\)(?:<script|@|`id|\*\*bold)", line)] == []
    assert any("drafted 2011#theme" in line for line in lines)
    changed = subprocess.run(
        ["git", "diff", "--name-only", "HEAD~", "HEAD"],
        cwd=tmp_path / "another",
        capture_output=True,
        text=True,
        check=True,
    )
    assert changed.stdout.splitlines() == ["content/editions/2011.yaml", "content/sources/x.yaml"]
    asked = (tmp_path / "told").read_text("utf-8")
    assert "report-12" in asked
    assert "alert" not in asked
    assert subprocess.run(["git", "rev-parse", "report-12"], cwd=tmp_path / "pushed", check=False).returncode == 0


def test_a_report_that_cannot_be_drafted_ends_the_run_and_says_why(
    reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the summary, by line; an issue without a text is no traceback either."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("PATH", f"{PROGRAMS}:{os.environ['PATH']}")
    for name, file in {
        "GITHUB_EVENT_PATH": "event",
        "GITHUB_STEP_SUMMARY": "summary",
        "RUNNER_TEMP": "temporary",
    }.items():
        monkeypatch.setenv(name, str(tmp_path / file))
    (tmp_path / "event").write_text(json.dumps({"issue": {"body": None}}), "utf-8")
    taking, drafting = run_steps("draft", REPORT)[:2]

    assert run_step(taking, reported)[0] == 0
    status, _ = run_step(drafting, reported)

    assert status != 0
    assert "this is no filled form" in (tmp_path / "summary").read_text("utf-8")


def test_only_an_editors_label_drafts_and_the_job_that_reads_the_report_cannot_write() -> None:
    """Forms give issues no label, as anybody could open one; what holds the right to push runs no code but git's."""
    workflow = yaml.safe_load(REPORT.read_text("utf-8"))
    drafting, proposing = job("draft", REPORT), job("propose", REPORT)

    assert workflow[True] == {"issues": {"types": ["labeled"]}}
    assert workflow["permissions"] == {}
    assert drafting["if"] == "github.event.label.name == 'to-draft'"
    assert drafting["permissions"] == {"contents": "read"}
    assert proposing["permissions"] == {"actions": "read", "contents": "write", "pull-requests": "write"}
    assert [step.get("uses", "").split("@")[0] for step in proposing["steps"]] == ["actions/checkout", ""]
    assert "github.event.issue.body" not in REPORT.read_text("utf-8")
    assert "github.event.issue.title" not in REPORT.read_text("utf-8")
    forms = (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")
    assert [form.name for form in forms if "labels" in yaml.safe_load(form.read_text("utf-8"))] == []


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository of which one commit is known to be sound, tagged so, and what decides what to test."""
    folder = tmp_path / "repository"
    (folder / "tools").mkdir(parents=True)
    shutil.copy2(ROOT / "tools" / "scope.sh", folder / "tools")
    (folder / "content").mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "content/2019.yaml")
    git(folder, "tag", "sound")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git there as somebody."""
    who = ["-c", "user.name=Ed", "-c", "user.email=ed@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, *names: str) -> None:
    """Commit a line more in each of these files."""
    for name in names:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("a line\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A change")


def to_test(folder: Path, since: str) -> str:
    """What tools/scope.sh says is to be tested."""
    ran = subprocess.run(
        [folder / "tools" / "scope.sh", since], capture_output=True, text=True, check=True, cwd=folder.parent
    )
    return ran.stdout


def test_content_alone_needs_no_tests_of_the_code(history: Path) -> None:
    """Records, texts and the configuration, in as many commits as there are."""
    commit(history, "content/2019.yaml", "site_config.yaml")
    commit(history, "content/2020.yaml")

    assert to_test(history, "sound") == "content\n"


@pytest.mark.parametrize("name", ["build.py", "templates.html", "tools/scope.sh", "contents.md"])
def test_code_is_tested_however_many_commits_of_content_follow(history: Path, name: str) -> None:
    """What counts is the last commit that was sound, not the previous one."""
    commit(history, name)
    commit(history, "content/2019.yaml")

    assert to_test(history, "sound") == "all\n"


def test_a_link_in_the_content_is_not_content(history: Path) -> None:
    """It leads to what nobody has looked at."""
    (history / "content" / "2020.yaml").symlink_to("2019.yaml")
    commit(history)

    assert to_test(history, "sound") == "all\n"


@pytest.mark.parametrize("fault", ["exit 3", "if then"])
def test_nothing_is_published_where_the_scope_cannot_be_told(tmp_path: Path, fault: str) -> None:
    """The step fails, and with it the run: by an empty answer neither tests nor looks would be asked for."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "scope.sh").write_text(f"#!/usr/bin/env bash\n{fault}\n", "utf-8")
    (tmp_path / "tools" / "scope.sh").chmod(0o755)
    shutil.copy2(ROOT / "Makefile", tmp_path)
    script = named("Decide what to test", run_steps())["run"]
    given = {"GITHUB_OUTPUT": str(tmp_path / "output"), "SINCE": "abc"}

    ran = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=os.environ | given, check=False)

    assert ran.returncode != 0
    assert not (tmp_path / "output").exists()


def test_everything_is_tested_where_nothing_is_known_to_be_sound(history: Path) -> None:
    """No commit is named, or one that is not there, or one of a history that was since rewritten."""
    git(history, "checkout", "--quiet", "-b", "other", "sound")
    commit(history, "content/other.yaml")
    git(history, "checkout", "--quiet", "main")
    commit(history, "content/2019.yaml")

    assert [to_test(history, since) for since in ("", "0" * 40, "other", "--help")] == ["all\n"] * 4


def test_pages_are_published_only_after_their_look_or_all_tests() -> None:
    """Exactly one of the two steps runs, whatever the scope; the last commit that was published decides it."""
    steps = {step["name"]: step for step in job("build")["steps"]}
    names = list(steps)

    assert steps["Test everything"]["if"] == "steps.scope.outputs.what != 'content'"
    assert steps["Look at the pages that changed"]["if"] == "steps.scope.outputs.what == 'content'"
    assert names[-3:] == ["Look at the pages that changed", "Keep the site", "Keep what was made"]
    assert names.index("Look at the pages that changed") > names.index("Build") > names.index("Test everything")
    assert [name for name in names[names.index("Build") :] if "!cancelled()" in steps[name].get("if", "")] == [
        "Check the content"
    ]
    assert "--status success" in steps["Ask what has passed before"]["run"]


def test_the_last_published_commit_is_asked_of_github(tmp_path: Path) -> None:
    """The step's own script, with a stand-in for GitHub's program: it says a commit, or that there is none."""
    asked = tmp_path / "asked"
    (tmp_path / "gh").write_text(f'#!/bin/sh\necho "$@" >{asked}\necho commit=abc\n', "utf-8")
    (tmp_path / "gh").chmod(0o755)
    script = named("Ask what has passed before", run_steps())["run"]
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(tmp_path / "output")}

    subprocess.run(["bash", "-eo", "pipefail", "-c", script], env=os.environ | paths, check=True)

    assert (tmp_path / "output").read_text("utf-8") == "commit=abc\n"
    assert "--workflow pages.yml --branch main --status success" in asked.read_text("utf-8")
    assert WORKFLOW.name == "pages.yml"


@pytest.mark.long
def test_all_steps_pass_in_a_fresh_clone(tmp_path: Path) -> None:
    """From nothing: environment made, packages installed, tests run, site built."""
    copy_project(tmp_path)

    for step in (named(name, run_steps()) for name in ("Test everything", "Build", "Check the content")):
        status, said = run_step(step, tmp_path)

        assert status == 0, said[-20000:]
    assert_site_works(tmp_path / "output")
