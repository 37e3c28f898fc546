"""Where in a source: a small grammar, worded by each page in its own language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.records.locator import Step, steps
from tests.sites import Site, read_small


def cited(locator: str) -> dict[str, str | None]:
    """An edition whose ordinal is cited with this locator."""
    edition = f"year: 2013\nordinal: {{value: 5, sources: [{{source: gazette-2009, locator: {locator!r}}}]}}\n"
    return {"content/editions/2013.yaml": edition}


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("title", [Step("title")]),
        ("paragraph 3", [Step("paragraph", "3")]),
        ("paragraphs 3-4", [Step("paragraph", "3", "4")]),
        ("page A3, paragraph 2", [Step("page", "A3"), Step("paragraph", "2")]),
        ("heading 2, paragraphs 1-2", [Step("heading", "2"), Step("paragraph", "1", "2")]),
        ("table 1, row 4", [Step("table", "1"), Step("row", "4")]),
    ],
)
def test_a_locator_goes_from_the_outside_in(tmp_path: Path, locator: str, expected: list[Step]) -> None:
    """Steps with commas between; those that come more than once have numbers."""
    assert read_small(tmp_path, cited(locator))[2] == []
    assert list(steps(locator)) == expected


@pytest.mark.parametrize(
    "locator", ["the text", "p. 3", "paragraph", "paragraph 0", "title 2", "Paragraph 1", "page 3;", "rows 4-2"]
)
def test_anything_else_is_no_place(tmp_path: Path, locator: str) -> None:
    """The error stands at the locator and says what there is."""
    (problem,) = read_small(tmp_path, cited(locator))[2]

    assert (problem.kind, problem.place.line) == ("not-a-locator", 2)
    assert problem.place.column == cited(locator)["content/editions/2013.yaml"].splitlines()[1].index(repr(locator)) + 1  # type: ignore[union-attr]


def test_pages_word_it_in_their_language(build_site: Callable[..., Site]) -> None:
    """On the claim and on the source's own page."""
    site = build_site(cited("page 2, paragraphs 3-4"))

    assert "page 2, paragraph 3–4" in site.pages("en/editions/2013/")
    assert "page 2, paragraphe 3–4" in site.pages("fr/sources/gazette-2009/")
