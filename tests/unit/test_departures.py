"""The archive calls a thing by one name in each language: a wording that its glossary avoids is warned of."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.cache.memory import Memory
from expoarchive.problem import Problem
from expoarchive.records.departure import check_departures
from tests.sites import read_small

Found = Callable[..., list[tuple[str, int, int, str, str]]]
GLOSSARY = """\
takings:
  name: {en: takings, fr: recettes}
  avoid: {en: [revenue, income (net)], fr: revenu}
fair:
  name: {en: 博览会, fr: la foire}
  avoid: {en: 博会}
"""
TEXT = "---\ntitle: T\nsummary: S\n---\n{}\n"


@pytest.fixture
def departures(tmp_path: Path) -> Found:
    """File, line, column, words and term of each departure in these texts."""

    def found(**texts: str) -> list[tuple[str, int, int, str, str]]:
        named = {"en": "content/articles/first-crane/en.md", "fr": "content/articles/first-crane/fr.md"}
        named |= {"about": "content/pages/about/en.md"}
        files = {named[name]: TEXT.format(text) for name, text in texts.items()}
        problems = read_small(tmp_path, {"content/glossary.yaml": GLOSSARY, **files})[2]
        return [told(problem) for problem in problems if problem.kind == "glossary-departure"]

    return found


def told(problem: Problem) -> tuple[str, int, int, str, str]:
    """A warning that offers the archive's own name."""
    assert problem.severity == "warning"
    assert problem.nearest == problem.details["term"]
    place = problem.place
    return place.file.removeprefix("content/"), place.line, place.column, problem.details["found"], problem.nearest


def test_a_wording_to_avoid_is_warned_of_in_its_language(departures: Found) -> None:
    """In articles and pages, each time, in capitals too; with the name that the language has for it."""
    found = departures(en="Revenue and\nrevenue; revenu.", fr="Le revenu; revenue.", about="No revenue.")

    assert found == [
        ("articles/first-crane/en.md", 5, 1, "Revenue", "takings"),
        ("articles/first-crane/en.md", 6, 1, "revenue", "takings"),
        ("articles/first-crane/fr.md", 5, 4, "revenu", "recettes"),
        ("pages/about/en.md", 5, 4, "revenue", "takings"),
    ]


def test_a_part_of_a_longer_word_is_no_departure_but_in_chinese(departures: Found) -> None:
    """Chinese sets no spaces between words."""
    found = departures(en="Revenues, prerevenue. 青博会上。")

    assert found == [("articles/first-crane/en.md", 5, 24, "博会", "博览会")]


def test_signs_in_a_wording_mean_themselves(departures: Found) -> None:
    """They are no pattern."""
    assert departures(en="The income net of tax. incomeX(net)") == []


def test_what_a_link_or_citation_names_is_no_wording(departures: Found) -> None:
    """From its first sign to its last; the words beside it are."""
    found = departures(en="[[place:port-lune|revenue]]revenue [@gazette-2009, revenue] revenue[[place:port-lune]]")

    assert [(line, column) for _, line, column, _, _ in found] == [(5, 28), (5, 61)]


def test_a_wording_may_be_one_to_avoid_in_one_language_alone(tmp_path: Path) -> None:
    """Texts of the others, which stand before it, are passed by."""
    glossary = "takings: {name: {en: takings, fr: recettes}, avoid: {fr: revenu}}\n"
    files = {"content/glossary.yaml": glossary, "content/articles/first-crane/fr.md": TEXT.format("Le revenu.")}
    problems = read_small(tmp_path, files)[2]

    assert [told(problem) for problem in problems if problem.kind == "glossary-departure"] == [
        ("articles/first-crane/fr.md", 5, 4, "revenu", "recettes")
    ]


def test_a_text_that_was_edited_is_looked_at_again(tmp_path: Path) -> None:
    """Also in a process that remembers what it found in it, and where the glossary was edited."""
    article = "content/articles/first-crane/en.md"
    edits = [
        {"content/glossary.yaml": GLOSSARY, article: TEXT.format("The revenue.")},
        {"content/glossary.yaml": GLOSSARY, article: TEXT.format("More revenue.")},
        {"content/glossary.yaml": GLOSSARY.replace("revenue", "more"), article: TEXT.format("More revenue.")},
    ]
    memory = Memory()
    found = [check_departures(read_small(tmp_path, files)[1], memory) for files in edits]

    assert [[(one.place.column, one.details["found"]) for one in problems] for problems in found] == [
        [(5, "revenue")],
        [(6, "revenue")],
        [(1, "More")],
    ]
