"""What meets people who come to help: forms for both languages, hooks of our own, files laid out in one way."""

import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sites import ROOT, project_files
from tests.vendor_schemas import complaint

TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"
# Those that a command makes of the archive's words are one a language.
MADE = sorted(TEMPLATES.glob("report.*.yml"))
FORMS = sorted(path for path in TEMPLATES.glob("*.yml") if path.stem != "config" and path not in MADE)
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
IN_BOTH = re.compile(r"[a-z].* · .*[\u4e00-\u9fff]", re.DOTALL)


@pytest.mark.parametrize("form", [*FORMS, *MADE], ids=lambda path: path.stem)
def test_each_form_fits_githubs_schema(form: Path) -> None:
    """One that does not is not offered at all, and nobody is told."""
    assert complaint("github-issue-forms", form) == ""


def test_the_choice_of_forms_fits_githubs_schema() -> None:
    """What is wrong in the archive, in either language; what else there is; or an issue of one's own."""
    assert complaint("github-issue-config", TEMPLATES / "config.yml") == ""
    assert [form.stem for form in FORMS] == ["generator-fault", "missing-source"]
    assert [form.stem for form in MADE] == ["report.en", "report.zh"]


def words_of(form: dict[str, Any]) -> list[str]:
    """All that a form shows, but examples of what to fill in."""
    shown = [form["name"], form["description"]]
    for field in form["body"]:
        shown += [text for key, text in field["attributes"].items() if key in ("label", "description", "value")]
    return shown


@each_form
def test_every_word_of_a_form_is_in_both_languages(form: Path) -> None:
    """English first, as in the list of make's targets."""
    words = words_of(yaml.safe_load(form.read_text("utf-8")))

    assert len(words) > 5
    assert [text for text in words if not IN_BOTH.search(text)] == []


def test_the_lines_of_a_pull_request_are_in_both_languages() -> None:
    """The comment that tells how to use them too."""
    lines = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8").splitlines()

    assert [line for line in lines if line and not IN_BOTH.search(line)] == []


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
COPIES = {"templates/static/js/search/lib/minisearch.js"}
WRITTEN = {".css", ".html", ".js", ".json", ".lock", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml"}


def test_every_file_is_laid_out_as_editorconfig_says() -> None:
    """Lines end in a bare line feed, the last one too, and begin with spaces; nothing hangs at their end."""
    names = [name for name in project_files() if Path(name).suffix in WRITTEN and name not in COPIES]
    texts = {name: (ROOT / name).read_bytes().decode("utf-8") for name in names}

    assert len(texts) > 300
    assert [name for name, text in texts.items() if re.search(r"\r|[ \t]$|^ *\t|[^\n]\Z", text, re.MULTILINE)] == []
