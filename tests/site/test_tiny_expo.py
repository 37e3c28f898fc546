"""The generator and its templates make another fair's archive, in other languages, from the same code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import TINY_EXPO, Site, build_small


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_another_expo_builds_without_a_fault(tiny_site: Site) -> None:
    """English and French: neither the languages nor the records of this project's own archive are built in."""
    assert [problem for problem in tiny_site.problems if problem.severity == "error"] == []
    for language in ("en", "fr"):
        assert f'<html lang="{language}"' in tiny_site.pages(f"{language}/")
        assert tiny_site.exists(f"{language}/editions/2011/")


YEAR = (TINY_EXPO / "content/editions/2010.yaml").read_text("utf-8")
CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"content/editions/2010.yaml": YEAR.replace("1500", "1501")}, id="a record"),
        pytest.param(
            {"site_config.yaml": CONFIG.replace("Port Lune", "Starboard")}, id="what all has", marks=pytest.mark.long
        ),
        pytest.param({"content/articles/first-crane/fr.md": None}, id="a text that goes", marks=pytest.mark.long),
    ],
)
def test_a_site_of_a_test_is_what_a_build_from_nothing_makes(
    build_site: Callable[..., Site], tiny_site: Site, tmp_path: Path, files: dict[str, str | None]
) -> None:
    """Though what is kept of the tiny expo goes into it."""
    site = build_site(files)
    whole = build_small(tmp_path / "whole", files, from_nothing=True)

    assert site.outcome.ok
    assert tree(site.output) != tree(tiny_site.output)
    assert site.problems == whole.problems
    assert tree(site.output) == tree(whole.output)


def test_a_site_of_a_test_that_changes_nothing_is_what_a_build_from_nothing_makes(
    build_site: Callable[..., Site], tiny_site: Site
) -> None:
    """As the one that all tests look at is."""
    assert tree(build_site().output) == tree(tiny_site.output)


def test_inline_text_takes_the_place_of_a_file(build_site: Callable[..., Site]) -> None:
    """A test says only what differs from the tiny expo."""
    site = build_site({"content/editions/2011.yaml": "year: 2O11\n"})

    assert [problem.place.file for problem in site.problems] == ["content/editions/2011.yaml"]
    assert not site.exists("en/")
