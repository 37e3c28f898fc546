"""The words of the command line: the same in every language, and each of them said somewhere."""

import argparse
import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from expoarchive.cli.main import grammar_of
from expoarchive.cli.words import ENGLISH, FOLDER, languages, words
from expoarchive.problem.catalogue import EDITOR_LANGUAGES
from expoarchive.problem.pattern import names_in
from tests.sites import ROOT

MODULES = sorted((ROOT / "expoarchive/cli").rglob("*.py"))
SECTIONS = {key.partition(".")[0] for key in words(ENGLISH)}
OTHERS = [language for language in languages() if language != ENGLISH]


def literals(path: Path) -> Iterator[str]:
    """Every string of a module; of one that is put together, a pattern of what it may be."""
    tree = ast.parse(path.read_text("utf-8"))
    pieces = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces |= {id(value) for value in node.values}
            yield "".join(
                re.escape(str(value.value)) if isinstance(value, ast.Constant) else r"[a-z-]+" for value in node.values
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield re.escape(node.value)


def said() -> set[str]:
    """What modules name of the words, as patterns of whole keys."""
    key = re.compile(rf"({'|'.join(SECTIONS)})\\\.(?!py$)(\w|\\-|\[a-z-\]\+)+")
    return {text for path in MODULES for text in literals(path) if key.fullmatch(text)}


def test_problems_are_worded_in_the_same_languages() -> None:
    """A language of the command line alone would have its errors in English."""
    assert set(languages()) == set(EDITOR_LANGUAGES)


def test_what_is_read_of_a_file_is_what_yaml_says() -> None:
    """Its few forms are read without a parser; all that stands in a file must be one of them."""
    for language in languages():
        data = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
        flat = {f"{section}.{key}": text for section, texts in data.items() for key, text in texts.items()}

        assert dict(words(language)) == flat


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same(language: str) -> None:
    """The same keys, in the same order, with the same names in their braces."""
    assert list(words(language)) == list(words(ENGLISH))
    for key, text in words(ENGLISH).items():
        holes = re.findall(r"%(?:\(\w+\))?[sr]", text) if key.startswith("argparse.") else names_in(text)
        own = words(language)[key]

        assert (re.findall(r"%(?:\(\w+\))?[sr]", own) if key.startswith("argparse.") else names_in(own)) == holes, key
        assert holes is not None, key


def test_every_text_is_said_somewhere_and_what_is_said_exists() -> None:
    """A key that nobody names goes; one that is named is there in every language."""
    patterns = said()
    keys = {key for key in words(ENGLISH) if not key.startswith("argparse.")}

    assert sorted(key for key in keys if not any(re.fullmatch(pattern, key) for pattern in patterns)) == []
    assert sorted(pattern for pattern in patterns if not any(re.fullmatch(pattern, key) for key in keys)) == []


def test_every_stage_of_a_build_has_a_name() -> None:
    """What a build tells of its progress can be shown."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "expoarchive").rglob("*.py"))
    stages = set(re.findall(r"\btell\(\"([a-z]+)\"", sources))

    assert stages >= {"read", "pages", "write"}
    assert sorted(stages - {key.removeprefix("progress.stage-") for key in words(ENGLISH)}) == []


def test_argparse_still_says_what_is_translated() -> None:
    """A newer one that words an error differently would be English in every language."""
    source = inspect.getsource(argparse)
    texts = [text for key, text in words(ENGLISH).items() if key.startswith("argparse.")]

    assert [text for text in texts if repr(text) not in source] == []


@pytest.mark.parametrize("language", OTHERS)
def test_help_is_all_in_the_editor_s_language(language: str) -> None:
    """Of the command line and of each command: no line has an English word but names and values."""
    grammar, parsers = grammar_of(language)
    english = {text for key, text in words(ENGLISH).items() if key.startswith("help.")}

    for parser in (grammar, *parsers.values()):
        text = " ".join(parser.format_help().split())

        assert [line for line in english if len(line) > 20 and line in text] == []
        assert words(language)["help.help"] in text
