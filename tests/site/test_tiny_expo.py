"""The generator and its templates make another fair's archive, in other languages, from the same code."""

from collections.abc import Callable

from tests.sites import Site


def test_another_expo_builds_without_a_fault(tiny_site: Site) -> None:
    """English and French: neither the languages nor the records of this project's own archive are built in."""
    assert [problem for problem in tiny_site.problems if problem.severity == "error"] == []
    for language in ("en", "fr"):
        assert f'<html lang="{language}"' in tiny_site.pages(f"{language}/")
        assert tiny_site.exists(f"{language}/editions/2011/")


def test_inline_text_takes_the_place_of_a_file(build_site: Callable[..., Site]) -> None:
    """A test says only what differs from the tiny expo."""
    site = build_site({"content/editions/2011.yaml": "year: 2O11\n"})

    assert [problem.place.file for problem in site.problems] == ["content/editions/2011.yaml"]
    assert not site.exists("en/")
