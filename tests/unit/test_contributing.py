"""What meets people who come to help: hooks of our own, files laid out in one way."""

import configparser
import re
import tomllib
from pathlib import Path

import yaml

from tests.sites import ROOT, project_files


def test_hooks_run_the_projects_own_commands() -> None:
    """Nothing is fetched, and nothing is checked in another way than by make."""
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]

    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {hook["entry"] for hook in hooks} == {"make lint", "make check"}


def test_editors_and_the_formatter_agree_on_the_length_of_a_line() -> None:
    """Else what one lays out the other lays out again."""
    layout = configparser.ConfigParser()
    layout.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]

    assert layout["*.py"]["max_line_length"] == str(ruff["line-length"])


# Copies, which are held against what they are copies of.
COPIES = {"templates/static/js/search/minisearch.js"}
WRITTEN = {".css", ".html", ".js", ".json", ".lock", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml"}


def test_every_file_is_laid_out_as_editorconfig_says() -> None:
    """Lines end in a bare line feed, the last one too, and begin with spaces; nothing hangs at their end."""
    names = [name for name in project_files() if Path(name).suffix in WRITTEN and name not in COPIES]
    texts = {name: (ROOT / name).read_bytes().decode("utf-8") for name in names}

    assert len(texts) > 300
    assert [name for name, text in texts.items() if re.search(r"\r|[ \t]$|^ *\t|[^\n]\Z", text, re.MULTILINE)] == []
