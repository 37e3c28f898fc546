"""How a text reads is counted: where it hedges too often, `check` warns."""

from pathlib import Path

import pytest

from expoarchive.records.style import Style, check_styles, styles
from tests.sites import read_small

TEXT = "content/articles/first-crane/en.md"
WORDINGS = {"content/wordings.yaml": "absence: {en: [is not known]}\ncaveat: {en: [perhaps]}\n"}


def counted(root: Path, body: str) -> Style:
    """The counts of an article with this text."""
    text = f"---\ntitle: T\nsummary: S\n---\n\n{body}\n"
    _, records, _ = read_small(root, {TEXT: text, **WORDINGS})
    return next(style for translation, style in styles(records) if translation.file == TEXT)


@pytest.mark.parametrize(
    ("body", "length", "sentences", "longest", "figures", "caveats"),
    [
        ("One two three. Four five!", 5, 2, 3, 0, 0),
        ("It drew [=2009#visitors] in [[edition:2009]] [@gazette-2009]. Perhaps so.", 5, 2, 3, 1, 1),
        ("A day is not known [?2010#opened]. A day.", 7, 2, 5, 0, 1),
        ("展会有两届。第三届在冬天。", 11, 2, 6, 0, 0),
        ("## A heading {#a}\n\nWords here.\n\n- an item\n- another", 5, 3, 2, 0, 0),
        ("Told.\n\n## Doubts {#doubts}\n\n- Perhaps. Perhaps.\n\n## More {#more}\n\nAgain.", 2, 2, 1, 0, 0),
    ],
)
def test_a_text_is_counted(
    tmp_path: Path, body: str, length: int, sentences: int, longest: int, figures: int, caveats: int
) -> None:
    """In words, a Chinese character being one. References, headings and the box of doubts are not counted."""
    assert counted(tmp_path, body) == Style(length, sentences, longest, figures, caveats)


@pytest.mark.parametrize(("hedging", "sentences", "warned"), [(1, 10, False), (2, 10, True), (5, 9, False)])
def test_a_text_that_hedges_too_often_is_warned_of(tmp_path: Path, hedging: int, sentences: int, warned: bool) -> None:
    """In more than a tenth of its sentences, if it has ten."""
    body = " ".join(["Perhaps so."] * hedging + ["It is so."] * (sentences - hedging))
    text = f"---\ntitle: T\nsummary: S\n---\n\n{body}\n"
    _, records, _ = read_small(tmp_path, {TEXT: text, **WORDINGS})

    assert [(problem.kind, problem.severity) for problem in check_styles(records)] == [
        ("caveats-many", "warning")
    ] * warned
