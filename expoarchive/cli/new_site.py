"""``new site``: the archive of another expo, as a small repository of content that names its generator.

What it begins with is the expo of the generator's own tests: it is built at every change, so it works.
"""

import shutil
import subprocess
from pathlib import Path

from expoarchive.cli.archetypes import FOLDER
from expoarchive.cli.forms import write_forms
from expoarchive.cli.generator import Generator, generator_of
from expoarchive.cli.grammar import a_path
from expoarchive.cli.project import project_path
from expoarchive.cli.terminal import Slip, Stop, Terminal
from expoarchive.config import read_config

STARTER = "tests/expo"
# Of the project: what starts a build, what drafts readers' reports, and what its editors read. The guides refer to each
# other, and to nothing else.
COPIED = (
    ".github/workflows/report.yml",
    "build.py",
    "docs/another-expo.md",
    "docs/another-expo.zh.md",
    "docs/content-model.md",
    "docs/editors.en.md",
    "docs/editors.zh.md",
    "docs/errors.md",
    "docs/reference/records.md",
    "docs/reference/records.zh.md",
)
# Among the archetypes, by the names they get. A leading dot would hide them from what packs a wheel.
LAID = {
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "github/dependabot.yml": ".github/dependabot.yml",
    "github/workflows/pages.yml": ".github/workflows/pages.yml",
    "github/workflows/pull-request.yml": ".github/workflows/pull-request.yml",
    "templates.md": "templates/README.md",
}


def lay_out_site(root: Path, name: str, given: str | None, terminal: Terminal) -> None:
    """Lay out the new archive in a folder of its own, which must be empty or not there."""
    if a_path(name) is None:
        raise Slip("new.bad-folder", folder=name)
    folder = root / name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop("new.taken", folder=name)
    generator = generator_of(root, given)
    shutil.copytree(project_path(STARTER), folder, dirs_exist_ok=True)
    for file in COPIED:
        _lay(folder / file, project_path(file).read_bytes())
    for archetype, file in {**LAID, **_readmes(folder)}.items():
        _lay(folder / file, (FOLDER / "site" / archetype).read_bytes())
    lay_generator(folder, generator)
    write_forms(folder)
    _begin_history(folder)
    terminal.say("new.site", folder=name, generator=generator.name)


def lay_generator(folder: Path, generator: Generator) -> None:
    """Let the archive name this generator, and have its wheel if it is not to be fetched."""
    if generator.file:
        _lay(folder / generator.file, generator.data)
    _lay(folder / "requirements.lock", generator.requirements().encode())


def _readmes(folder: Path) -> dict[str, str]:
    """One in each of the archive's languages that there are words in, the first one's where readers look first."""
    config, _ = read_config(folder)
    assert config is not None
    names = [name for one in config.language_ids if (FOLDER / "site" / (name := f"README.{one}.md")).is_file()]
    return {name: name if at else "README.md" for at, name in enumerate(names)}


def _begin_history(folder: Path) -> None:
    """A git repository on ``main``, where git is there and the folder is not within one already."""

    def git(*words: str) -> bool:
        ran = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
        return ran.returncode == 0

    if shutil.which("git") and not git("rev-parse", "--is-inside-work-tree") and git("init", "--quiet"):
        # Every git knows this; an option of `init` for it came late.
        git("symbolic-ref", "HEAD", "refs/heads/main")


def _lay(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
