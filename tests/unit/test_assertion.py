"""Sentences that say something is not known, or is the only one, need what supports them: `check` warns without."""

from pathlib import Path

import pytest

from tests.sites import read_small

TEXT = "content/articles/first-crane/en.md"
NOTE = "content/editions/2013.yaml"


def warned(root: Path, text: str) -> list[tuple[str, int, int]]:
    """Kind, line and column of the warnings of an article whose text begins on line 6."""
    files: dict[str, str | None] = {TEXT: f"---\ntitle: T\nsummary: S\n---\n\n{text}\n\n## A {{#afterwards}}\n"}
    problems = read_small(root, files)[2]
    assert all(problem.severity == "warning" for problem in problems)
    return [(problem.kind, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Who came is not known [?2010#guest].",
        "Known. The day is not known [?2010#opened]!",
        "It was the first crane [@gazette-2009].",
        "The only count is [=2009#visitors].",
        "- the only one [@gazette-2009]\n- another",
        "`is not known`",
        "It is notknown, the firstly.",
    ],
)
def test_a_supported_sentence_passes(tmp_path: Path, text: str) -> None:
    """An absence by its reference; a sweeping one by a figure or a citation too. Only whole words count, not code."""
    assert warned(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who came is not known.", ("absence-unreferenced", 6, 10)),
        ("Who came is not known [@gazette-2009].", ("absence-unreferenced", 6, 10)),
        ("Known [?2010#guest]. The day is not known.", ("absence-unreferenced", 6, 30)),
        ("It was the first crane.", ("sweep-unsupported", 6, 8)),
        ("[@gazette-2009]\n\nThe only one.", ("sweep-unsupported", 8, 1)),
        ("- [@gazette-2009]\n- the only one", ("sweep-unsupported", 7, 3)),
    ],
)
def test_an_unsupported_one_is_warned_of(tmp_path: Path, text: str, expected: tuple[str, int, int]) -> None:
    """At the wording; support in another sentence or item does not count."""
    assert warned(tmp_path, text) == [expected]


def test_notes_assert_no_absence(tmp_path: Path) -> None:
    """Nobody would look there when a record fills it."""
    note = "note: {en: The day is not known., fr: Le jour.}"
    edition = f"year: 2013\nordinal: {{value: 5, sources: [gazette-2009], {note}}}\n"

    (problem,) = read_small(tmp_path, {NOTE: edition})[2]

    assert (problem.kind, problem.severity, problem.place.line) == ("absence-in-note", "warning", 2)
