"""The numbered notes of a page: a reader meets 1 first, then 2, and finds them so in the list of sources."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.sites import TINY_EXPO, Site

NOTE = re.compile(r'<sup class="note"><a href="#source-([^"]+)"[^>]*>(?:<span[^>]*>[^<]*</span>)?(\d+)</a>')
LISTED = re.compile(r'<li id="source-([^"]+)" value="(\d+)"')


def out_of_order(page: str) -> list[str]:
    """The notes of a page that are not numbered as they are met, and those that its list numbers otherwise."""
    met = dict.fromkeys(NOTE.findall(page))
    wrong = [f"{name} is {number}" for at, (name, number) in enumerate(met, 1) if int(number) != at]
    listed = dict(LISTED.findall(page))
    return wrong + [f"{name} is {number} in the text" for name, number in met if listed.get(name) != number]


def test_notes_are_numbered_in_reading_order_on_every_page(archive_output: Path) -> None:
    """Whatever order records and templates have, of every kind of page and in every language."""
    pages = {path: path.read_text("utf-8") for path in archive_output.rglob("*.html")}
    cited = {path for path, page in pages.items() if NOTE.search(page)}
    wrong = {path.relative_to(archive_output): found for path in cited if (found := out_of_order(pages[path]))}

    assert len(cited) > 100
    assert wrong == {}


def test_notes_follow_the_page_and_not_the_records(build_site: Callable[..., Site]) -> None:
    """A page that shows the latest record last numbers its source last, in its list too."""
    first = "firsts: {{id: {0}, what: {{en: {0}, fr: {0}}}, sources: [{1}]}}\n"
    earlier, later = (TINY_EXPO / "content" / "editions" / f"{year}.yaml" for year in (2010, 2011))
    site = build_site(
        {
            "content/editions/2010.yaml": earlier.read_text("utf-8") + first.format("boats", "copy-2010"),
            "content/editions/2011.yaml": later.read_text("utf-8") + first.format("ships", "port-office-2011"),
        }
    )
    page = site.pages("en/firsts/")

    expected = [("gazette-2009", "1"), ("copy-2010", "2"), ("port-office-2011", "3")]

    assert NOTE.findall(page) == expected
    assert LISTED.findall(page) == expected
