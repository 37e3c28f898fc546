"""How a text reads is counted: where it hedges too often, `check` warns."""

from pathlib import Path

import pytest

from expoarchive.records.style import Style, check_styles, styles
from tests.sites import TINY_EXPO, read_small

TEXT = "content/articles/first-crane/en.md"
WORDINGS = {
    "content/wordings.yaml": "absence: {en: [is not known]}\ncaveat: {en: [perhaps]}\n"
    "negation: {en: [not, never]}\ncomparison: {en: [more than]}\n"
}


def counted(root: Path, body: str) -> Style:
    """The counts of an article with this text."""
    text = f"---\ntitle: T\nsummary: S\n---\n\n{body}\n"
    _, records, _ = read_small(root, {TEXT: text, **WORDINGS})
    return next(style for translation, style in styles(records) if translation.file == TEXT)


@pytest.mark.parametrize(
    ("body", "length", "sentences", "longest", "caveats"),
    [
        ("One two three. Four five!", 5, 2, 3, 0),
        ("It drew [=2009#visitors] in [[edition:2009]] [@gazette-2009]. Perhaps so.", 5, 2, 3, 1),
        ("A day is not known [?2010#opened]. A day.", 7, 2, 5, 1),
        ("展会有两届。第三届在冬天。", 11, 2, 6, 0),
        ("## A heading {#a}\n\nWords here.\n\n- an item\n- another", 5, 3, 2, 0),
        ("Told.\n\n## Doubts {#doubts}\n\n- Perhaps. Perhaps.\n\n## More {#more}\n\nAgain.", 2, 2, 1, 0),
    ],
)
def test_a_text_is_counted(tmp_path: Path, body: str, length: int, sentences: int, longest: int, caveats: int) -> None:
    """In words, a Chinese character being one. References, headings and the box of doubts are not counted."""
    style = counted(tmp_path, body)

    assert (style.length, style.sentences, style.longest, style.caveats) == (length, sentences, longest, caveats)


def test_sentences_that_negate_are_counted(tmp_path: Path) -> None:
    """Once each, however often they do."""
    style = counted(tmp_path, "It did not, and never will. It is. Nothing is told; not so.")

    assert (style.negations, style.sentences) == (2, 3)
    assert style.negating == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("body", "figures", "alone"),
    [
        ("It drew [=2009#visitors].", 1, 1),
        ("It drew [=2009#visitors] on 1 June 2009, at the 2nd fair.", 1, 1),
        ("It drew [=2009#visitors]. Two lines on, 300 came.", 1, 0),
        ("It drew [=2009#visitors], then [=2011#visitors].", 2, 0),
        ("It drew [=2009#visitors]. More than that came.", 1, 1),
        ("It drew more than the other, [=2009#visitors].", 1, 0),
        ("It drew [=2009#visitors].\n\nIt drew [=2011#visitors].", 2, 2),
        ("| a | b |\n|---|---|\n| x | [=2009#visitors] |\n| y | [=2011#visitors] |", 2, 0),
        ("It was called [=2009#name].", 0, 0),
        ("Told.\n\n## Doubts {#doubts}\n\nOf [=2009#visitors].", 0, 0),
    ],
)
def test_a_figure_stands_alone_without_number_or_comparison(
    tmp_path: Path, body: str, figures: int, alone: int
) -> None:
    """Another number of its paragraph, or a wording of its sentence, is something to measure it by; a date is not."""
    style = counted(tmp_path, body)

    assert (style.figures, style.alone) == (figures, alone)


def test_a_share_never_stands_alone(tmp_path: Path) -> None:
    """It says itself of what whole it is a part."""
    units = (
        "percent: {name: {en: per cent, fr: pour cent}, base: percent, shown: {en: '{number}%', fr: '{number} %'}}\n"
    )
    names = {
        name: (TINY_EXPO / f"content/vocabularies/{name}.yaml").read_text("utf-8") for name in ("units", "measures")
    }
    text = "---\ntitle: T\nsummary: S\n---\n\nIt filled [=2013#filled].\n"
    files = {
        TEXT: text,
        "content/editions/2013.yaml": "year: 2013\nfigures:\n  filled: {value: 60, sources: [gazette-2009]}\n",
        "content/vocabularies/units.yaml": names["units"] + units,
        "content/vocabularies/measures.yaml": names["measures"]
        + "filled: {name: {en: Filled, fr: Occupation}, unit: percent}\n",
    }
    _, records, _ = read_small(tmp_path, files)
    style = next(style for translation, style in styles(records) if translation.file == TEXT)

    assert (style.figures, style.alone) == (1, 0)


@pytest.mark.parametrize(("alone", "figures", "warned"), [(1, 6, False), (2, 6, True), (5, 5, False)])
def test_a_text_with_figures_alone_is_warned_of(tmp_path: Path, alone: int, figures: int, warned: bool) -> None:
    """Where they are more than a quarter of six or more."""
    paragraphs = ["It drew [=2009#visitors]."] * alone + ["Of 30 [=2009#visitors]."] * (figures - alone)
    text = "---\ntitle: T\nsummary: S\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    _, records, _ = read_small(tmp_path, {TEXT: text, **WORDINGS})

    assert [(problem.kind, problem.details) for problem in check_styles(records)] == [
        ("figures-alone", {"count": str(alone), "total": str(figures), "limit": "25%"})
    ] * warned


@pytest.mark.parametrize(("hedging", "sentences", "warned"), [(1, 10, False), (2, 10, True), (5, 9, False)])
def test_a_text_that_hedges_too_often_is_warned_of(tmp_path: Path, hedging: int, sentences: int, warned: bool) -> None:
    """In more than a tenth of its sentences, if it has ten."""
    body = " ".join(["Perhaps so."] * hedging + ["It is so."] * (sentences - hedging))
    text = f"---\ntitle: T\nsummary: S\n---\n\n{body}\n"
    _, records, _ = read_small(tmp_path, {TEXT: text, **WORDINGS})

    assert [(problem.kind, problem.severity) for problem in check_styles(records)] == [
        ("caveats-many", "warning")
    ] * warned
