"""``site_config.yaml``: what is read, and where each slip is reported."""

from pathlib import Path

import pytest

from expoarchive.config import Config, read_config
from expoarchive.problem import Problem, in_order

GOOD = """\
title: {en: The Fair's Archive, fr: Les archives de la foire}
expo: {en: the fair, fr: la foire}
description: {en: All of its years., fr: Toutes ses années.}
languages:
  - {id: en, tag: en, locale: en_GB, name: English}
  - {id: fr, tag: fr, locale: fr, name: Français}
address: https://example.org
"""


def config_of(root: Path, text: str) -> tuple[Config | None, list[Problem]]:
    """The configuration read from this text, and its problems in order."""
    (root / "site_config.yaml").write_text(text, "utf-8")
    config, problems = read_config(root)
    return config, in_order(problems)


def changed(old: str, new: str) -> str:
    """The good configuration with one change."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_configuration_is_read(tmp_path: Path) -> None:
    """The first language is the default; the site's root joins host and folder."""
    config, problems = config_of(tmp_path, GOOD + "base_path: /archive/\n")
    assert config is not None

    assert problems == []
    assert config.language_ids == ("en", "fr")
    assert config.default_language.name == "English"
    assert config.language("fr").locale == "fr"
    assert config.root == "https://example.org/archive/"


def test_a_tag_that_is_none_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    """By a language's name, a locale, a country's code, or a slip; two letters that are no language's are no slip."""
    meant = {"english": "en", "japanese": "ja", "zh_CN": "zh-CN", "cn": "zh", "Englisch": "en", "xx": None}
    found = {tag: config_of(tmp_path, changed("tag: en", f"tag: {tag}"))[1] for tag in meant}

    assert {tag: [(one.kind, one.nearest) for one in problems] for tag, problems in found.items()} == {
        tag: [("not-a-language-tag", tag_meant)] for tag, tag_meant in meant.items()
    }


@pytest.mark.parametrize("tag", ["grc", "apc", "ZH", "zh-Hant-TW"])
def test_a_language_need_not_have_both_a_locale_and_a_name_in_cldr(tmp_path: Path, tag: str) -> None:
    """Of Ancient Greek, CLDR has the name alone; of Levantine Arabic, the locale."""
    assert config_of(tmp_path, changed("tag: en", f"tag: {tag}"))[1] == []


def test_a_language_that_the_site_does_not_have_is_a_key_error(tmp_path: Path) -> None:
    """Callers ask only for ids that they took from the configuration."""
    config, _ = config_of(tmp_path, GOOD)
    assert config is not None

    with pytest.raises(KeyError):
        config.language("de")


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        (changed("locale: en_GB", "locale: en-GB"), "unknown-locale", 5, 31),
        (changed("locale: en_GB", "locale: xx_YY"), "unknown-locale", 5, 31),
        (changed("tag: en", "tag: english"), "not-a-language-tag", 5, 19),
        (changed("id: fr,", "id: en,"), "language-twice", 6, 5),
        (changed("id: fr,", "id: FR,"), "not-an-id", 6, 10),
        (changed(", name: English", ""), "missing-key", 5, 5),
        (changed("name: English", "nmae: English"), "unknown-key", 5, 38),
        (changed("https://example.org", "example.org"), "not-an-address", 7, 10),
        (changed("https://example.org", "https://example.org/archive"), "address-with-path", 7, 10),
        (changed("https://example.org", "https://example.org/?q"), "address-with-path", 7, 10),
        (changed("https://example.org", "https://example.org#f"), "address-with-path", 7, 10),
        (changed("https://example.org", "https://h:abc"), "bad-host", 7, 10),
        (changed("https://example.org", "https://."), "bad-host", 7, 10),
        (changed("https://example.org", "https://user:pw@h"), "bad-host", 7, 10),
        (GOOD + "repository: https://user:pw@h/a\n", "bad-host", 8, 13),
        (GOOD + "repository: https://h/a?b\n", "address-with-query", 8, 13),
        (GOOD + "domain: -a.example\n", "not-a-domain", 8, 9),
        (GOOD + "domain: 1.2.3.4\n", "not-a-domain", 8, 9),
        (GOOD + "base_path: archive\n", "bad-base-path", 8, 12),
        (GOOD + "base_path: /archive\n", "bad-base-path", 8, 12),
        (GOOD + "base_path: /../archive/\n", "bad-base-path", 8, 12),
        (GOOD + "navigation: timeline\n", "not-a-list", 8, 13),
        (GOOD + "show_gallery: yes\n", "not-true-or-false", 8, 15),
        (GOOD + "colors: {}\n", "unknown-key", 8, 1),
        (GOOD + 'identity: {colours: {light: {ink: "#12345"}, dark: {}}}\n', "not-a-colour", 8, 35),
        (GOOD + "identity: {colours: {light: {ink: red}, dark: {}}}\n", "not-a-colour", 8, 35),
        (GOOD + 'identity: {colours: {light: {Ink: "#123456"}, dark: {}}}\n', "not-an-id", 8, 30),
        (GOOD + "identity:\n  colours:\n    dark: {}\n    light:\n      ink: #123456\n", "comment-for-value", 12, 7),
    ],
)
def test_a_slip_is_reported_where_it_stands(tmp_path: Path, text: str, kind: str, line: int, column: int) -> None:
    """And there is no configuration then, so that nothing is built from half of one."""
    config, problems = config_of(tmp_path, text)

    assert config is None
    assert [(found.kind, found.place.line, found.place.column) for found in problems] == [(kind, line, column)]


def test_the_texts_of_a_configuration_are_in_the_languages_it_names(tmp_path: Path) -> None:
    """Wherever in the file the languages stand; a slip in a key offers the language that is meant."""
    config, problems = config_of(tmp_path, changed("{en: the fair, fr: la foire}", "{en: the fair, fra: la foire}"))

    assert config is None
    assert [(found.kind, found.place.line, found.place.column) for found in problems] == [("unknown-language", 2, 22)]
    assert problems[0].nearest == "fr"


@pytest.mark.parametrize(
    ("languages", "kind"), [("languages: []\n", "too-few"), ("languages: en\n", "not-a-list"), ("", "missing-key")]
)
def test_without_languages_that_alone_is_reported(tmp_path: Path, languages: str, kind: str) -> None:
    """Not once more for each text whose languages nobody can know."""
    start, end = GOOD.index("languages:"), GOOD.index("address:")
    _, problems = config_of(tmp_path, GOOD[:start] + languages + GOOD[end:])

    assert [found.kind for found in problems] == [kind]


def test_a_missing_configuration_is_a_problem_of_its_file(tmp_path: Path) -> None:
    """As where the command is given in another folder."""
    config, problems = read_config(tmp_path)

    assert config is None
    assert [(found.kind, found.place.file) for found in problems] == [("unreadable-file", "site_config.yaml")]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "a list\n", "- a\n"])
def test_a_file_that_holds_no_configuration_has_exactly_one_problem(tmp_path: Path, text: str) -> None:
    """And no list of all the keys that it lacks."""
    config, problems = config_of(tmp_path, text)

    assert config is None
    assert len(problems) == 1


def test_yaml_that_cannot_be_read_is_not_also_called_empty(tmp_path: Path) -> None:
    """The slip alone is reported."""
    config, problems = config_of(tmp_path, changed("address:", "address："))

    assert config is None
    assert [(found.kind, found.place.line, found.place.column) for found in problems] == [("fullwidth-colon", 7, 8)]


@pytest.mark.parametrize(
    "contact", ["me", "me@", "@fair.example", "ftp://fair.example", "me@fair.example and you", "https://h:abc"]
)
def test_an_address_that_nobody_can_write_to_is_told(tmp_path: Path, contact: str) -> None:
    """At its value."""
    (problem,) = config_of(tmp_path, f"{GOOD}contact: {contact!r}\n")[1]

    assert (problem.kind, problem.place.line, problem.place.column) == ("not-a-contact", 8, 10)
