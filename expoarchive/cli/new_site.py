"""``new site``: a small working archive of another expo, with everything that makes it.

What it begins with is the expo of the generator's own tests: it is built at every change, so it works.
"""

import shutil
from pathlib import Path

from expoarchive.cli.grammar import a_path
from expoarchive.cli.terminal import Slip, Stop, Terminal

PROJECT = Path(__file__).resolve().parents[2]
STARTER = "tests/expo"
# All that a build and its publication need. The tests stay behind: they look at the archive they are kept with.
COPIED = (
    ".gitignore",
    "Makefile",
    "build.py",
    "expoarchive",
    "templates",
    "tools/audit.py",
    "tools/lock.sh",
    "tools/needs.sh",
    "requirements.in",
    "requirements.lock",
    "requirements-dev.in",
    "requirements-dev.lock",
    "package.json",
    "package-lock.json",
    ".github/dependabot.yml",
    ".github/workflows/audit.yml",
)
WORKFLOW = ".github/workflows/pages.yml"


def lay_out_site(root: Path, name: str, terminal: Terminal) -> None:
    """Lay out the new archive in a folder of its own, which must be empty or not there."""
    if a_path(name) is None:
        raise Slip("new.bad-folder", folder=name)
    folder = root / name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop("new.taken", folder=name)
    for needed in (STARTER, WORKFLOW, *COPIED):
        if not (PROJECT / needed).exists():
            raise Stop("new.incomplete", name=needed)
    shutil.copytree(PROJECT / STARTER, folder, dirs_exist_ok=True)
    for file in COPIED:
        _copy(PROJECT / file, folder / file)
    (folder / WORKFLOW).write_text(published(), "utf-8")
    terminal.say("new.site", folder=name)


def published() -> str:
    """The workflow that publishes, which checks the content where the generator's own runs its tests."""
    text = (PROJECT / WORKFLOW).read_text("utf-8")
    text = text.replace("# Tests every push to main; publishes the site on GitHub Pages if they pass.", _ABOUT)
    return text.replace(
        "- name: Test\n        run: make test\n", "- name: Check\n        run: make check FORMAT=github\n"
    )


_ABOUT = "# Checks every push to main; publishes the site on GitHub Pages if nothing is wrong."


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
