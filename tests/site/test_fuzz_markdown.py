"""Any Markdown is shown as it was checked, or told at its line: texts of random parts, and those that once broke."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from expoarchive.nodes import SourceText
from expoarchive.problem import errors
from expoarchive.render.markdown.clean import is_harmless
from expoarchive.render.markdown.convert import convert
from expoarchive.render.markdown.finish import finish
from expoarchive.render.markdown.tokens import tokenize
from tests.markdown import Letters, QuietDesk, texts, try_text
from tests.sites import Site
from tests.sweep import swept

Build = Callable[..., Site]
ARTICLE = "content/articles/first-crane/en.md"
HEAD = "---\ntitle: T\nsummary: S\n---\n"
TAIL = "\n\n## Afterwards {#afterwards}\n"


@pytest.mark.parametrize(
    ("seed", "count"),
    [
        *swept(((seed, 200) for seed in range(1, 5)), [(1, 200), (2, 200)]),
        *(pytest.param(seed, 500, marks=pytest.mark.long) for seed in range(1, 5)),
        *(pytest.param(seed, 10_000, marks=pytest.mark.long) for seed in range(5, 10)),
    ],
)
def test_any_text_is_shown_as_it_was_checked_or_told(seed: int, count: int) -> None:
    """Nothing raises or runs, every place is in the text, and each reference is shown once.

    Two hundred texts of each of two seeds; the long ones are more, of more seeds.
    """
    trials = [try_text(text) for text in texts(seed, count)]
    shown = [trial for trial in trials if trial.body is not None]

    assert sum(trial.ok for trial in shown) > count / 3
    assert len(shown) > count * 0.98


@pytest.mark.parametrize("seed", swept(range(4), [0, 1]))
def test_emphasis_takes_no_letter(seed: int) -> None:
    """However its signs stand beside letters, spaces, code and references."""
    lost = [text for text in Letters(seed).texts(500) if not Letters.are_kept(text)]

    assert lost == []


@pytest.mark.parametrize("seed", range(4))
def test_the_sanitizer_would_leave_what_passes_it_by_as_it_is(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any tree that is taken for harmless is the same after the sanitizer; most texts without HTML give such a tree."""
    tame = [re.sub(r"<|&|```|~~~|\[\^", "", text) for text in texts(seed, 150)]
    passed = [tree for text in tame if (tree := made_of(text)) is not None]
    bypassed = [is_harmless(tree) for tree in passed]
    monkeypatch.setattr("expoarchive.render.markdown.convert.is_harmless", lambda tree: False)
    sanitized = [tree for text in tame if (tree := made_of(text)) is not None]

    assert sum(bypassed) > 50
    assert [shown(tree) for tree in passed] == [shown(tree) for tree in sanitized]


def made_of(text: str) -> Element | None:
    """The tree of a text; None where Markdown gives up on it."""
    try:
        return convert(tokenize(SourceText("a.md", text)).text)
    except Exception:  # noqa: BLE001 (as the build does)
        return None


def shown(tree: Element) -> str:
    """A tree as it is written."""
    tokens = tokenize(SourceText("a.md", ""))
    return finish(tree, tokens, QuietDesk(), "")[0]


# --- what it broke at ------------------------------------------------------------------------------------------------

NOTES = {
    "one within another": "a[^1] b[^2] c[^3]\n\n[^1]: one\n\n    [^3]: three\n\n[^2]: two",
    "a row of them": "a[^1] b[^2] c[^3]\n\n[^1]: one\n\n    [^2]: two\n\n        [^3]: three",
    "in a list in one": "a[^1] b[^3]\n\n[^1]: one\n\n    - x\n\n        [^3]: three",
    "in a quotation in one": "a[^1] b[^3]\n\n[^1]: one\n> [^3]: three",
    "in one that refers to it": "a[^1]\n\n[^1]: one[^3]\n\n    [^3]: three",
}


@pytest.mark.parametrize(
    "text",
    ["a[^1]\n\n[^1]: one\n\n[^3]: three", "a[^1]\n\n[^1]: one\n\n    ~~~\n    [^3]: three\n    ~~~", "[^3]: three"],
    ids=["beside one that is used", "code within one that is used", "alone"],
)
def test_a_note_that_nothing_refers_to_leads_nowhere(build_site: Build, text: str) -> None:
    """It is shown without a link back, so that no page is stopped by it."""
    site = build_site({ARTICLE: HEAD + text + TAIL})

    assert errors(site.problems) == []
    assert "three" in site.pages("en/articles/first-crane/")


@pytest.mark.parametrize("case", NOTES)
def test_a_note_may_be_defined_within_another(build_site: Build, case: str) -> None:
    """Each is among the notes, and its mark leads to it."""
    site = build_site({ARTICLE: HEAD + NOTES[case] + TAIL})

    assert errors(site.problems) == []
    page, labels = site.pages("en/articles/first-crane/"), {part[0] for part in NOTES[case].split("[^")[1:]}
    assert page.count('class="footnote-ref"') == len(labels)
    for label in labels:
        assert page.count(f'id="fn-{label}"') == 1


# The line is that of the text itself.
UNREADABLE = {
    "an attribute without a value": ("a\n\n### b {id}\n\nc", 3),
    "an emphasis across a tag": ("a\n\n[*<a@<p>>*](\"('", 3),
    "an address that is a reference without its end": ('a\n\nb\n\n[]("([[edition:2009]]', 5),
    "lists in one line": ("a\n\n" + "- " * 3_000 + "x", 3),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_text_that_markdown_fails_at_is_told_at_its_line(build_site: Build, case: str) -> None:
    """Whatever it raises or loses, no page is made of it, and nothing breaks off."""
    text, line = UNREADABLE[case]
    # In one language, so that no heading is missed in another.
    files = {ARTICLE: f"{HEAD}{text}", ARTICLE.replace("en.md", "fr.md"): None}
    site = build_site(files)

    assert [(problem.kind, problem.place.file, problem.place.line) for problem in errors(site.problems)] == [
        ("text-unreadable", ARTICLE, 4 + line)
    ]
    assert not site.output.exists()


def test_places_after_a_reference_of_two_lines_are_right(build_site: Build) -> None:
    """It is covered in as many lines as it has."""
    site = build_site({ARTICLE: f"{HEAD}a [@gazette-2009, p.\n2] b\n\n- c\n  - d{TAIL}"})

    assert [(problem.kind, problem.place.line, problem.place.column) for problem in site.problems] == [
        ("shallow-list", 9, 3)
    ]


def test_a_block_of_too_many_lines_is_told(build_site: Build) -> None:
    """Markdown would take a minute over its headings; code may be as long as a text."""
    code, block = "a\n" * 3_000, "a\n===\n" * 1_001
    site = build_site({ARTICLE: f"{HEAD}```\n{code}```\n\n{block}{TAIL}"})

    assert [(problem.kind, problem.place.line) for problem in site.problems] == [("block-too-long", 5 + 3_003 + 2_000)]
