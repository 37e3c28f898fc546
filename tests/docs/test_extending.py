"""The recipes of docs/extending.md, followed to the letter on a copy of the generator and the invented fair."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sites import ROOT, copy_generator, lay_site
from tests.sweep import swept

GUIDE = (ROOT / "docs" / "extending.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", GUIDE, re.MULTILINE))
# Fences, below a line that begins with a file's name where they are of a file.
BLOCK = re.compile(r"^(?:`([^`\n]+)`[^\n]*\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What recipes touch or run besides the package: a copy is laid for each.
NEEDED = (
    *("build.py", "pyproject.toml"),
    *(
        f"tests/{name}"
        for name in (
            "expo",
            "browser/fixtures.py",
            "browser/pages_server.py",
            "conftest.py",
            "memory.py",
            "sites.py",
            "unit/test_kinds.py",
        )
    ),
)


@dataclass(frozen=True)
class Block:
    """What stands between two fences; ``file`` is empty for commands."""

    file: str
    language: str
    text: str


def blocks_of(recipe: str) -> Iterator[Block]:
    """In order."""
    for file, language, text in BLOCK.findall(recipe):
        yield Block(file, language, text)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """The generator with the fair in place of the archive."""
    lay_site(tmp_path, {})
    # No recipe is about pictures that are drawn, which are half of a build from nothing.
    with (tmp_path / "site_config.yaml").open("a", encoding="utf-8") as config:
        config.write("without: [cards, chart-files]\n")
    copy_generator(tmp_path)
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    return tmp_path


# The shortest way through a table of rows, and one without; the others are long proofs.
WALKED = ("A check of records", "A command")


@pytest.mark.parametrize("name", swept(RECIPES, WALKED))
def test_a_recipe_is_whole(name: str, scratch: Path) -> None:
    """What it writes is all that has to be written for what it shows."""
    blocks = list(blocks_of(RECIPES[name]))
    for block in blocks:
        if block.language == "console":
            run(scratch, block.text)
        elif block.file.startswith("output/"):
            shown((scratch / block.file).read_text("utf-8"), block)
        elif block.language == "diff":
            edit(scratch, block)
        else:
            (scratch / block.file).parent.mkdir(exist_ok=True)
            (scratch / block.file).write_text(block.text, "utf-8")

    assert {"console"} < {block.language for block in blocks}


def run(root: Path, console: str) -> None:
    """Each command after its ``$``: it prints the lines below it, and fails where these tell of an error."""
    for command, wanted in re.findall(r"^\$ (.*)\n((?:[^$\n].*\n)*)", console, re.MULTILINE):
        words = shlex.split(command)
        if words[:2] == ["python", "build.py"]:
            words += ["--messages", "en"]
        own = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST")}
        made = subprocess.run(
            [sys.executable if word == "python" else word for word in words],
            cwd=root,
            env={**own, "EXPOARCHIVE_CACHE": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        printed = made.stdout + made.stderr

        for line in wanted.splitlines():
            assert re.search(re.escape(line).replace(r"\.\.\.", ".*"), printed), f"{line}\nnot in:\n{printed}"
        assert (made.returncode != 0) == ("error" in wanted), printed


def edit(root: Path, block: Block) -> None:
    """Hunks of a diff without line numbers: what each finds is there once, as whole lines, in each file of the name."""
    files = sorted(root.glob(block.file))
    assert files, block.file
    for file in files:
        text = f"\n{file.read_text('utf-8')}"
        for hunk in block.text.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            old, new = ("\n" + "".join(line[1:] for line in lines if line[0] in marks) for marks in (" -", " +"))
            assert text.count(old) == 1, f"{file}: {text.count(old)} times:{old}"
            text = text.replace(old, new)
        file.write_text(text[1:], "utf-8")


def shown(text: str, block: Block) -> None:
    """Each line stands somewhere in the file."""
    for line in block.text.splitlines():
        assert line in text, f"{line}\nnot in {block.file}"
