"""The generator and its templates make another fair's archive, in other languages, from the same code."""

import shutil
from collections.abc import Callable
from pathlib import Path

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


def test_a_site_of_a_test_is_what_a_build_from_nothing_makes(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """Though what is kept of the tiny expo goes into it: where the test changes nothing, a record, or what all has."""
    year = (TINY_EXPO / "content/editions/2010.yaml").read_text("utf-8")
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
    changes: list[dict[str, str | None]] = [
        {},
        {"content/editions/2010.yaml": year.replace("1500", "1501")},
        {"site_config.yaml": config.replace("Port Lune", "Starboard")},
        {"content/articles/first-crane/fr.md": None},
    ]
    built: list[dict[str, bytes]] = []
    for number, files in enumerate(changes):
        site = build_site(files)
        whole = build_small(tmp_path / f"whole{number}", files, from_nothing=True)

        assert site.outcome.ok
        assert tree(site.output) not in built
        assert site.problems == whole.problems
        assert tree(site.output) == tree(whole.output)
        built.append(tree(site.output))
        shutil.rmtree(site.root)
        shutil.rmtree(site.output)


def test_inline_text_takes_the_place_of_a_file(build_site: Callable[..., Site]) -> None:
    """A test says only what differs from the tiny expo."""
    site = build_site({"content/editions/2011.yaml": "year: 2O11\n"})

    assert [problem.place.file for problem in site.problems] == ["content/editions/2011.yaml"]
    assert not site.exists("en/")
