"""The generator and its templates make another fair's archive, in other languages, from the same code."""

from collections.abc import Callable

from tests.archive.fair import words_of_the_fair
from tests.links import html_files
from tests.sites import Site


def test_another_expo_builds_without_a_fault(build_site: Callable[..., Site]) -> None:
    """English and French: neither the languages nor the records of this project's own archive are built in."""
    site = build_site()

    assert [problem for problem in site.problems if problem.severity == "error"] == []
    for language in ("en", "fr"):
        assert f'<html lang="{language}"' in site.pages(f"{language}/")
        assert site.exists(f"{language}/editions/2011/")


def test_another_expo_says_no_word_of_this_fair(build_site: Callable[..., Site]) -> None:
    """Not in any page or file that it publishes."""
    site = build_site()
    pattern = words_of_the_fair()
    pages = list(html_files(site.output))
    found = [
        f"{page.relative_to(site.output)}: {match.group()}"
        for page in pages
        for match in pattern.finditer(page.read_text("utf-8"))
    ]

    assert len(pages) > 10
    assert found == []


def test_inline_text_takes_the_place_of_a_file(build_site: Callable[..., Site]) -> None:
    """A test says only what differs from the tiny expo."""
    site = build_site({"content/editions/2011.yaml": "year: 2O11\n"})

    assert [problem.place.file for problem in site.problems] == ["content/editions/2011.yaml"]
    assert not site.exists("en/")
