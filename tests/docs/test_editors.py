"""The handbooks of editors, in both languages, say what the generator does."""

import os
import re
import shlex
import subprocess
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from expoarchive.cli.main import grammar_of, main
from expoarchive.problem.catalogue import kinds
from expoarchive.records.schema import FILES, schema_of
from tests.docs.test_reference import faults, sort
from tests.sites import ROOT, TINY_EXPO, lay_site

HANDBOOKS = ("editors.en.md", "editors.zh.md")
DOCUMENTS = (*HANDBOOKS, "content-model.md", "architecture.md", "reference/records.md", "reference/records.zh.md")


@cache
def text(name: str) -> str:
    """A document."""
    return (ROOT / "docs" / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.DOTALL | re.MULTILINE)


def commands(name: str) -> list[list[str]]:
    """The words of each command of its `sh` blocks, in order."""
    lines = [line for block in blocks(name, "sh") for line in block.splitlines()]
    return [shlex.split(line, comments=False)[2:] for line in lines if line.startswith("python build.py ")]


def choices() -> dict[str, Any]:
    """Each command's own parser, by its name."""
    return dict(grammar_of()[1])


def keys(schema: Any) -> Iterator[str]:
    """The keys of every model in a schema."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for inner in schema.values():
            yield from keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys(inner)


def test_both_handbooks_have_the_same_commands() -> None:
    """In the same order: words of a title may differ."""
    english, chinese = [[words[0] for words in commands(name)] for name in HANDBOOKS]

    assert english == chinese


@pytest.mark.long
@pytest.mark.parametrize("name", HANDBOOKS)
def test_the_commands_of_a_handbook_run_in_their_order(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In another fair's archive, with nothing done between them but what they do themselves."""
    # No command of theirs is about pictures that are drawn.
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
    lay_site(tmp_path / "site", {"site_config.yaml": f"{config}without: [cards, chart-files]\n"})
    monkeypatch.chdir(tmp_path / "site")
    listed = commands(name)
    failed = []
    for words in listed:
        # The tiny expo has a page without translation, which is a warning.
        code = main([word for word in words if word != "--strict"])
        failed += [f"{' '.join(words)}: {code}: {capsys.readouterr().err}"] if code else []

    assert len(listed) > 8
    assert failed == []


def git_commands(name: str) -> list[list[str]]:
    """The words of each command of git: of the blocks after the first day, then those that undo."""
    later = text(name).partition("\n## ")[2].partition("\n## ")[2]
    lines = re.findall(r"^git .*$", "\n".join(re.findall(r"^```sh\n(.*?)^```$", later, re.DOTALL | re.MULTILINE)), re.M)
    undoing = re.findall(r"`(git (?:status|diff|reflog|(?:restore|revert|show) [^`]+))`", later)
    return [shlex.split(line) for line in [*lines, *undoing]]


@pytest.mark.parametrize("name", HANDBOOKS)
def test_the_commands_of_git_in_a_handbook_work(name: str, tmp_path: Path) -> None:
    """In a clone with a change: branch, commit, push, look, undo."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "EMAIL": "ed@example.org", "GIT_TERMINAL_PROMPT": "0"}

    def run(words: list[str], folder: str = "clone") -> str:
        words = [words[0], "-c", "user.name=Ed", "-c", "commit.gpgsign=false", *words[1:]]
        ran = subprocess.run(words, cwd=tmp_path / folder, env=environment, capture_output=True, text=True, check=False)
        return "" if ran.returncode == 0 else f"{shlex.join(words)}: {ran.stderr}"

    run(["git", "init", "--quiet", "--bare", "--initial-branch=main", "origin"], ".")
    run(["git", "clone", "--quiet", "origin", "clone"], ".")
    (tmp_path / "clone" / "content").mkdir()
    file = tmp_path / "clone" / "content" / "expo.yaml"
    file.write_text("first", "utf-8")
    for words in ("git switch --create main", "git add -A", "git commit -m first", "git push -u origin main"):
        assert run(words.split()) == ""
    file.write_text("second", "utf-8")
    listed = git_commands(name)

    assert len(listed) > 12
    # A week ago there was no such branch in a clone of today.
    assert [said for words in listed if "week ago" not in " ".join(words) and (said := run(words))] == []
    assert file.read_text("utf-8") == "first"


def test_windows_is_told_what_build_py_says_there() -> None:
    """The same environment, where its own message makes it, too."""
    cure = (ROOT / "build.py").read_text("utf-8")

    for name in HANDBOOKS:
        make, install, _ = blocks(name, "powershell")[0].splitlines()
        assert make in cure
        assert install.replace("\\", "\\\\") in cure


def test_the_pipeline_for_gitlab_runs_what_the_generator_knows() -> None:
    """Valid YAML, and commands that can be typed; in both languages the same."""
    jobs = [yaml.safe_load(blocks(name, "yml")[0])["pages"] for name in HANDBOOKS]
    typed = [shlex.split(line)[2:] for line in jobs[0]["script"] if line.startswith("python build.py ")]

    assert jobs[0] == jobs[1]
    for words in typed:
        grammar_of()[0].parse_args(words)
    assert jobs[0]["artifacts"]["paths"] == [typed[-1][typed[-1].index("--output") + 1]]


@pytest.mark.parametrize("name", HANDBOOKS)
def test_every_command_that_a_handbook_speaks_of_can_be_typed(name: str) -> None:
    """In running text too: `python build.py serve --drafts`."""
    spoken = [shlex.split(found) for found in re.findall(r"`python build\.py ([^`…]+)`", text(name))]

    assert spoken
    for words in spoken:
        grammar_of()[0].parse_args(words)


@pytest.mark.parametrize("name", HANDBOOKS)
def test_a_handbook_has_every_command_and_option(name: str) -> None:
    """A new one is not added in silence."""
    named = set(re.findall(r"`((?:--)?[a-z-]+)", text(name)))
    options = {
        option
        for command in choices().values()
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--")
    }

    assert sorted((choices().keys() | options) - named) == []


@pytest.mark.parametrize("name", HANDBOOKS)
def test_a_handbook_has_every_key_of_records_and_configuration(name: str) -> None:
    """In an example, or named in the text."""
    named = set(re.findall(r"(?:`|[{\s,])([a-z_]+)(?=:|`)", text(name)))
    due = {key for described in FILES for key in keys(schema_of(described))}

    assert len(due) > 60
    assert sorted(due - named) == []


@pytest.mark.parametrize("name", HANDBOOKS)
def test_the_examples_of_records_in_a_handbook_are_valid(name: str) -> None:
    """Each says of which file it is, and keeps its schema."""
    found = {}
    for block in blocks(name, "yaml"):
        file = block.splitlines()[0].removeprefix("# ")
        path = re.sub(r"editions/\d+", "editions/YYYY", re.sub(r"articles/[^/]+/", "articles/ID/", file))
        path = re.sub(r"(sources|pictures|recordings)/[^/]+\.yaml", r"\1/ID.yaml", path)
        found[textwrap.shorten(block, 60)] = faults(sort(path), block)

    assert len(found) > 8
    assert {block: said for block, said in found.items() if said} == {}


def test_both_handbooks_have_the_same_parts() -> None:
    """Sections, examples and commands: what one language's editors are told the other's are too."""
    levels = [[len(marks) for marks in re.findall(r"^(#+) ", text(name), re.MULTILINE)] for name in HANDBOOKS]
    listed = [[words[:2] for words in commands(name)] for name in HANDBOOKS]
    files = [[block.splitlines()[0] for block in blocks(name, "yaml")] for name in HANDBOOKS]

    assert levels[0] == levels[1]
    assert listed[0] == listed[1]
    assert files[0] == files[1]


def test_every_kind_of_problem_that_a_handbook_names_is_one() -> None:
    """And all of them are in errors.md, to which it leads."""
    for name in HANDBOOKS:
        named = re.findall(r"\[([a-z-]+)\]\(errors\.md#([a-z-]+)\)", text(name))

        assert len(named) > 8
        assert [anchor for shown, anchor in named if shown != anchor or anchor not in kinds()] == []
    assert [kind for kind in kinds() if f"\n### {kind}\n" not in text("errors.md")] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, "../README.md", "../README.zh.md", "../CONTRIBUTING.md"])
def test_the_links_of_a_document_lead_somewhere(name: str) -> None:
    """To files that there are, and headings in them."""
    here = ROOT / "docs" / name
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", here.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        file = (here.parent / path) if path else here
        if target.startswith("http"):
            continue
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)

    assert broken == []


def anchors(file: Path) -> set[str]:
    """The anchors that GitHub gives to a document's headings."""
    headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
