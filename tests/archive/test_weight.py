"""A page is light: what it takes to read and use it, as the host sends it."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.expected import expect_none
from tests.links import html_files, leads_on, loaded_by

# Kilobytes after gzip; pictures are not counted.
PAGE, SCRIPTS = 60, 15


def kilobytes(file: Path) -> float:
    """What goes over the wire for a text file."""
    return len(gzip.compress(file.read_bytes(), 6)) / 1000


@pytest.mark.inspection
def test_every_page_is_light(
    archive_output: Path, inspected_pages: list[Path], record_property: Callable[[str, object], None]
) -> None:
    """HTML, styles and scripts together, and scripts alone; a search page brings an engine, so its scripts may weigh.

    The index it searches is the archive's own text and grows with it: it is loaded only once somebody asks.
    """
    pages = {page: loaded_by(page) for page in inspected_pages if not leads_on(page)}
    weights = {file: kilobytes(file) for file in {file for files in pages.values() for file in files}}
    found, all_of_it = [], []
    for page, files in pages.items():
        name = page.relative_to(archive_output).as_posix()
        whole = kilobytes(page) + sum(weights[file] for file in files)
        scripts = sum(weights[file] for file in files if file.suffix == ".js")
        all_of_it.append((whole, name))
        if whole > PAGE or (scripts > SCRIPTS and page.parent.name != "search"):
            found.append(f"{name}: {whole:.1f} kB, scripts {scripts:.1f} kB")
    heaviest = sorted(all_of_it, reverse=True)[:3]
    record_property("summary", "heaviest pages: " + ", ".join(f"{name} {whole:.1f} kB" for whole, name in heaviest))

    assert sum(1 for _ in html_files(archive_output)) > 100
    assert [page for page, files in pages.items() if not files and page.name != "404.html"] == []
    expect_none(found, "pages too heavy")


def test_the_archives_index_is_light(archive_output: Path) -> None:
    """What a reader loads to search, as a host sends it: an index of more pages comes in pieces."""
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in archive_output.glob("search/*.js")}

    assert sorted(sizes) == ["answers-en.js", "answers-zh.js", "en.js", "zh.js"]
    assert {name: size for name, size in sizes.items() if size > 200_000} == {}
