"""``new site``: another archive is a small repository of content that names its generator, and can change it."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from expoarchive import __version__
from expoarchive.cli import generator, project
from expoarchive.cli.main import main
from expoarchive.cli.upgrade import changes
from expoarchive.config.generator import LOCK
from tests.sites import ROOT, copy_project, lay_sources
from tests.vendor_schemas import complaint
from tests.wheels import Environment, make_environment, pack, run, succeed

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WHEEL = "expoarchive-0.3.0-py3-none-any.whl"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, installed: Environment) -> Path:
    """An archive begun by the installed command: to be looked at."""
    folder = tmp_path_factory.mktemp("new") / "lamp-fair"
    said = succeed(installed.command, "new", "site", "lamp-fair", folder=folder.parent)
    assert "lamp-fair" in said
    return folder


def files_of(folder: Path) -> set[str]:
    """What is in it, but git's own."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if path.parts[0] != ".git"}


def test_a_new_archive_is_content_and_no_code(made: Path) -> None:
    """And what leads from it to a site: a file to start the build, workflows, what to read."""
    files = {name for name in files_of(made) if not name.startswith("content/")}

    assert files == {
        ".github/ISSUE_TEMPLATE/report.en.yml",
        ".github/ISSUE_TEMPLATE/report.fr.yml",
        ".github/dependabot.yml",
        ".github/workflows/pages.yml",
        ".github/workflows/pull-request.yml",
        ".github/workflows/report.yml",
        ".gitignore",
        "Makefile",
        "README.fr.md",
        "README.md",
        "build.py",
        "docs/another-expo.md",
        "docs/another-expo.zh.md",
        "docs/content-model.md",
        "docs/editors.en.md",
        "docs/editors.zh.md",
        "docs/errors.md",
        "docs/reference/records.md",
        "docs/reference/records.zh.md",
        "requirements.lock",
        "site_config.yaml",
        "templates/README.md",
        f"wheels/{WHEEL}",
    }
    assert (made / "build.py").read_bytes() == (ROOT / "build.py").read_bytes()


def test_it_begins_as_a_repository_on_main(made: Path) -> None:
    """With all of it to be committed but what is made."""
    assert succeed("git", "symbolic-ref", "HEAD", folder=made).strip() == "refs/heads/main"
    untracked = succeed("git", "status", "--porcelain", "--untracked-files=all", folder=made).splitlines()
    assert {line.removeprefix("?? ") for line in untracked} == files_of(made)


def test_its_lock_names_the_generator_by_file_and_digest(made: Path, wheel: Path) -> None:
    """With the digests of all that it needs; nothing by a bare name."""
    text = (made / "requirements.lock").read_text("utf-8")
    entries = re.sub(r"\\\n\s*", "", text).splitlines()
    named = [line for line in entries if line and not line.startswith("#")]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()

    assert named[0] == f"./wheels/{wheel.name} --hash=sha256:{digest}"
    assert (made / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    assert text.endswith((ROOT / "requirements.lock").read_text("utf-8"))
    assert [line for line in named if "--hash=sha256:" not in line] == []


def test_no_link_of_what_it_gives_to_read_is_dead(made: Path) -> None:
    """The README's and the handbooks' lead to files of the archive."""
    dead = []
    for page in sorted([*made.glob("*.md"), *made.glob("docs/**/*.md"), *made.glob("templates/*.md")]):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        links = re.findall(r"(?<!!)\[[^]]*\]\(([^)#\s]+)[^)]*\)", text)
        dead += [f"{page.name}: {link}" for link in links if "://" not in link and not (page.parent / link).is_file()]

    assert dead == []


def test_its_workflows_fit_and_run_what_an_editor_runs(made: Path) -> None:
    """With the actions that this project uses, each of the same commit."""
    workflows = sorted((made / ".github" / "workflows").glob("*.yml"))
    own, text = ("".join(path.read_text("utf-8") for path in paths) for paths in (WORKFLOWS, workflows))
    jobs = [job for path in workflows for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()]
    steps = [step["run"] for job in jobs for step in job["steps"] if "run" in step]

    assert [complaint("github-workflows", path) for path in workflows] == [""] * 3
    assert complaint("dependabot", made / ".github" / "dependabot.yml") == ""
    # An action of several parts, as actions/cache/restore, is of one commit.
    used, known = (set(re.findall(r"uses: ([\w-]+/[\w-]+)[^@\n]*@(.*)", each)) for each in (text, own))
    assert used
    assert used <= known
    made_by = [step for step in steps if re.match("make (check|site)", step)]
    published, proposed = (
        ["make check FORMAT=github", "make site"],
        ["make check FORMAT=github", "make site ARCHIVE=preview.zip"],
    )
    assert made_by == [*published, *published, *proposed]
    weak = subprocess.run(
        [Path(sys.executable).with_name("zizmor"), "--offline", "--no-progress", "--persona", "auditor", made],
        capture_output=True,
        text=True,
        check=False,
    )
    assert weak.returncode == 0, weak.stdout + weak.stderr


def test_make_alone_lists_what_it_can_do(made: Path) -> None:
    """As the project's own does."""
    bare = run("make", folder=made).stdout
    assert [line.split()[0] for line in bare.splitlines() if line.startswith("  ")] == [
        "site",
        "serve",
        "check",
        "test",
        "report",
        "changes",
        "upgrade",
        "clean",
    ]


@pytest.mark.long
def test_each_target_of_make_works(made: Path, installed: Environment, tmp_path: Path) -> None:
    """In the environment that it makes; without make the two commands of the README do."""
    folder = tmp_path / "lamp-fair"
    shutil.copytree(made, folder)
    (folder / ".venv").symlink_to(installed.folder)
    succeed("make", "-o", "requirements.lock", "test", folder=folder)
    assert "1 warning" in succeed("python3", "build.py", "build", "--messages", "en", folder=folder)
    assert (folder / "output" / "fr" / "index.html").is_file()
    (folder / ".venv").unlink()
    succeed("make", "clean", folder=folder)
    assert not (folder / "output").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is ever written over."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("Mine.", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["new", "site", "mine"]) == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def lay_wheels(folder: Path) -> None:
    """Files that are none of the generator's wheels."""
    (folder / "other-1.0-py3-none-any.whl").write_bytes(b"")
    (folder / WHEEL).write_text("no zip")
    with zipfile.ZipFile(folder / "expoarchive-0.2.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("expoarchive/__init__.py", "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "make wheel packs one"),
        (["--generator", "gone.whl"], "there is no file gone.whl"),
        (["--generator", "other-1.0-py3-none-any.whl"], "is no wheel of the generator"),
        (["--generator", WHEEL], "is no wheel of the generator"),
        (["--generator", "expoarchive-0.2.0-py3-none-any.whl"], "is no wheel of the generator"),
        (["--generator", f"https://fair.example/{WHEEL}"], "with its digest"),
        (["--generator", f"http://fair.example/{WHEEL}#sha256={'0' * 64}"], "with its digest"),
        (["--generator", f"https://fair.invalid/{WHEEL}#sha256={'0' * 64}"], "could not fetch"),
    ],
)
def test_what_is_no_generator_is_told_and_nothing_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    said: str,
) -> None:
    """A clone that is asked without a wheel says how to get one."""
    monkeypatch.chdir(tmp_path)
    lay_wheels(tmp_path)

    assert main(["new", "site", "fair", *given, "--messages", "en"]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "fair").exists()


@pytest.mark.parametrize(
    ("noted", "found"),
    [
        ({"url": "file:///srv/a%20b/x.whl", "archive_info": {}}, "/srv/a b/x.whl"),
        (
            {"url": "https://h.example/x.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "https://h.example/x.whl#sha256=ab",
        ),
        ({"url": "https://h.example/x.whl", "archive_info": {}}, None),
        ({"url": "file:///srv/clone", "dir_info": {}}, None),
        (None, None),
    ],
    ids=["a file", "an address", "an address without digest", "a folder", "nothing"],
)
def test_the_generator_is_by_default_what_pip_installed(
    monkeypatch: pytest.MonkeyPatch, noted: dict[str, object] | None, found: str | None
) -> None:
    """As pip notes it, also an old one, which notes no digest of a file."""
    text = json.dumps(noted) if noted else None
    monkeypatch.setattr(generator, "distribution", lambda name: SimpleNamespace(read_text=lambda file: text))

    assert generator.installed_from() == found


def test_a_fetched_generator_is_named_by_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wheel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only if it is the file with that digest; the archive then has no copy of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("expoarchive.cli.generator.urlopen", lambda address, timeout: wheel.open("rb"))
    digest, address = hashlib.sha256(wheel.read_bytes()).hexdigest(), f"https://fair.example/{wheel.name}"

    assert main(["new", "site", "other", "--generator", f"{address}#sha256={'0' * 64}", "--messages", "en"]) == 2
    assert f"its sha256 is {digest}" in capsys.readouterr().err
    assert main(["new", "site", "fair", "--generator", f"{address}#sha256={digest}"]) == 0
    lock = (tmp_path / "fair" / "requirements.lock").read_text("utf-8")
    assert f"\nexpoarchive @ {address} --hash=sha256:{digest}\n" in lock
    assert not (tmp_path / "fair" / "wheels").exists()
    assert not (tmp_path / "other").exists()


# --- a newer generator


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of a later version, whose theme has a word more and says another."""
    clone = tmp_path_factory.mktemp("newer") / "clone"
    copy_project(clone)

    def edit(name: str, old: str, new: str) -> None:
        text = (clone / name).read_text("utf-8")
        assert old in text
        (clone / name).write_text(text.replace(old, new, 1), "utf-8")

    edit("expoarchive/__init__.py", "0.3.0", "9.0.0")
    edit("CHANGELOG.md", "## Unreleased\n", "## 9.0.0\n\nFor other archives:\n\n- Look at the foot.\n\n## 8.9.0\n")
    for language in ("en", "fr", "zh"):
        edit(f"templates/strings/{language}.yaml", "nav:\n", "newer: {word: Newer word}\nnav:\n")
    edit("templates/404.html", "{% block content %}", "{% block content %}{{ every['en']('newer.word') }}")
    pack(clone, clone.parent / "wheel")
    return next((clone.parent / "wheel").glob("*.whl"))


@pytest.mark.long
def test_a_newer_generator_is_one_command(tmp_path: Path, wheel: Path, newer: Path) -> None:
    """It brings its theme's words without touching the archive's own; what to do is told."""
    environment = make_environment(tmp_path / "environment")
    environment.install(wheel)
    succeed(environment.command, "new", "site", "fair", folder=tmp_path)
    fair = tmp_path / "fair"
    own = fair / "templates" / "strings" / "en.yaml"
    own.parent.mkdir()
    own.write_text("nav:\n  timeline: Tides\n", "utf-8")

    said = succeed(environment.command, "upgrade", newer, "--messages", "en", folder=fair)
    succeed(environment.command, "build", folder=fair)

    assert said.startswith("the site is now made with the generator 9.0.0 (was 0.3.0)\n- Look at the foot.\n")
    assert [path.name for path in (fair / "wheels").iterdir()] == [newer.name]
    assert f"./wheels/{newer.name} --hash" in (fair / "requirements.lock").read_text("utf-8")
    assert succeed(environment.command, "--version", folder=fair) == "expoarchive 9.0.0\n"
    assert own.read_text("utf-8") == "nav:\n  timeline: Tides\n"
    assert "Newer word" in (fair / "output" / "404.html").read_text("utf-8")
    assert ">Tides</a>" in (fair / "output" / "en" / "index.html").read_text("utf-8")


def test_a_generator_older_than_the_archives_says_so_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it does not know yet is no slip. The command that it names is the one that ends it."""
    lay_sources(tmp_path, {"content/eras.yaml": "early: {nmae: x}\n"})
    config = tmp_path / "site_config.yaml"
    config.write_text(f"{config.read_text('utf-8')}moonlight: full\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    address, digest = "https://fair.example/expoarchive-9.0.0-py3-none-any.whl", f"sha256:{'a' * 64}"

    def said(named: str) -> str:
        (tmp_path / "requirements.lock").write_text(f"# The generator.\n{named} --hash={digest}\nbabel==2\n", "utf-8")
        assert [main([command, "--messages", "en"]) for command in ("build", "status", "check")] == [1, 1, 1]
        return capsys.readouterr().err

    for named, wheel in {
        "./wheels/expoarchive-9.0.0-py3-none-any.whl": "wheels/expoarchive-9.0.0-py3-none-any.whl",
        f"expoarchive @ {address}": f"{address}#{digest.replace(':', '=')}",
    }.items():
        told = said(named)
        assert f"made with the generator 9.0.0, and this is {__version__}" in told.splitlines()[0]
        assert f"“python build.py upgrade {wheel}”" in told
        assert "moonlight" not in told
    assert "moonlight" in said(f"./wheels/expoarchive-{__version__}-py3-none-any.whl")


def test_of_several_generators_the_newest_is_taken_and_none_that_is_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site's own again changes nothing; nor does an older one, which a commit can bring back."""
    monkeypatch.chdir(tmp_path)
    for version in ("0.9.0", "0.10.0", "0.10.0rc1"):
        with zipfile.ZipFile(tmp_path / f"expoarchive-{version}-py3-none-any.whl", "w") as wheel:
            for name in (LOCK, project.CHANGES):
                wheel.writestr(f"{project.FOLDER}/{name}", "")
    mine = generator.generator_of(tmp_path, "expoarchive-0.10.0-py3-none-any.whl")
    lock = tmp_path / LOCK
    lock.write_text(mine.requirements(), "utf-8")

    assert main(["upgrade", *sorted(path.name for path in tmp_path.glob("*.whl")), "--messages", "en"]) == 0
    assert "already made with this generator, 0.10.0" in capsys.readouterr().out
    assert main(["upgrade", "expoarchive-0.9.0-py3-none-any.whl", "--messages", "en"]) == 1
    assert "0.9.0 is older than 0.10.0" in capsys.readouterr().err
    assert lock.read_text("utf-8") == mine.requirements()


def test_a_clone_of_the_project_has_nothing_to_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its generator is its own code; a folder without a lock is no site either."""
    monkeypatch.chdir(tmp_path)
    for lock in (None, (ROOT / "requirements.lock").read_text("utf-8")):
        if lock:
            (tmp_path / "requirements.lock").write_text(lock, "utf-8")
        assert main(["upgrade", "x.whl", "--messages", "en"]) == 2
        assert "does not name a generator" in capsys.readouterr().err


def test_the_changelog_tells_archives_what_is_newer_than_theirs() -> None:
    """The paragraphs for them, of every version since."""
    text = """# Changelog

## 3.0

For readers:

- Colours.

For other archives:

- Do this,
  and that.

## 2.0

For other archives:

- And this.

For editors:

- Nothing.

## 1.0

For other archives:

- Long done.
"""
    assert [*changes(text, "1.0")] == ["- Do this,", "  and that.", "- And this."]
    assert [*changes(text, "3.0")] == []
