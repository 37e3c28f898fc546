"""A number in prose has a source, or its paragraph says that it is the text's own."""

from collections.abc import Callable

import pytest

from tests.sites import Site

Build = Callable[..., Site]

FRONT = "---\ntitle: T\nsummary: S\n---\n"
ARTICLE = "content/articles/first-crane/en.md"


def warned(build_site: Build, text: str) -> list[tuple[int, int]]:
    """Line and column of each number that ``check`` asks the source of."""
    site = build_site({ARTICLE: FRONT + text, "content/articles/first-crane/fr.md": None})
    assert site.outcome.ok
    return [(one.place.line, one.place.column) for one in site.problems if one.kind == "number-uncited"]


def test_each_paragraph_with_a_number_and_no_source_is_named_once(build_site: Build) -> None:
    """At its first number; a list or a table is a paragraph too."""
    text = "Boats came, 300 of 1,200.\n\nNobody counted.\n\n| Boats |\n|---|\n| 45 |\n"

    assert warned(build_site, text) == [(5, 13), (11, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "Boats came, 300 of them[@ledger].",
        "Boats came, 300 of them, see [[edition:2010]].",
        "Boats came, 300 of them.[^1]\n\n[^1]: As told.",
        "Boats came, 300 of them. <!-- uncited: the author's guess -->",
    ],
)
def test_what_answers_for_a_number(build_site: Build, tiny_site: Site, text: str) -> None:
    """A citation, a link to a record, a footnote, or a word that the number is the text's own."""
    source = next(iter(tiny_site.outcome.site.records.sources))  # type: ignore[union-attr]

    assert warned(build_site, text.replace("@ledger", f"@{source}")) == []


def test_what_is_no_amount(build_site: Build) -> None:
    """Days, years, ordinals, a list's numbers, headings, code, addresses, and parts of words."""
    text = (
        "## The 3 boats {#boats}\n\n1. On 12 June 2010, and June 14, the 2nd boat and the first of 2011–2012 came.\n\n"
        "第11届于2010年6月12日开幕。\n\n`300` of the CH-47 and B52 at [the map](https://example.org/47)\n"
    )

    assert warned(build_site, text) == []
