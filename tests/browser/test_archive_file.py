"""The site as one file to keep: a valid bag, the same each time, whose pages open without a server."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bagit
import pytest
from playwright.sync_api import Browser

from tests.browser.fixtures import arrived
from tests.builds import run
from tests.expected import expect_none
from tests.links import html_files, links_of
from tests.sites import lay_site


def archived(folder: Path) -> Path:
    """Build the tiny expo with an archive, and where that is."""
    lay_site(folder, {})
    ran = run(folder, "build", "--archive", "kept/site.zip")

    assert ran.returncode == 0, ran.stderr
    return folder / "kept" / "site.zip"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag, unpacked beside the site it is of."""
    folder = tmp_path_factory.mktemp("bag")
    with zipfile.ZipFile(archived(folder / "made")) as whole:
        whole.extractall(folder / "unpacked")
    return folder / "unpacked" / "site"


def test_the_bag_is_valid(kept: Path) -> None:
    """As the Library of Congress's own program checks it: every file there, every sum right."""
    bag = bagit.Bag(str(kept))
    bag.validate()

    assert bag.info["External-Identifier"] == "https://fair.example/harbour/"
    assert "Bagging-Date" not in bag.info


def test_a_changed_page_breaks_the_bag(kept: Path) -> None:
    """What is kept can be trusted."""
    page = kept / "data" / "en" / "index.html"
    whole = page.read_bytes()
    page.write_bytes(whole + b" ")
    try:
        assert not bagit.Bag(str(kept)).is_valid()
    finally:
        page.write_bytes(whole)


def test_every_link_names_a_file(kept: Path) -> None:
    """No folder, which a disk would show as a list."""
    broken = []
    for page in html_files(kept / "data"):
        if page.name == "404.html":
            continue
        for link in links_of(page.read_text("utf-8")):
            parts = urlsplit(link)
            if not parts.scheme and parts.path and not (page.parent / unquote(parts.path)).is_file():
                broken.append(f"{page.relative_to(kept)}: {link}")

    expect_none(broken, "links that name no file")


@pytest.mark.long
def test_the_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Whenever and wherever it is made."""
    first, second = (archived(tmp_path / name).read_bytes() for name in ("one", "two"))

    assert first == second


def test_it_opens_from_a_disk(kept: Path, browser: Browser) -> None:
    """From the first page to an edition, styles and all, and the search finds a page."""
    page = browser.new_page()
    page.goto((kept / "data" / "en" / "index.html").as_uri())
    page.click('header a:has-text("Editions")')
    page.click('main a:has-text("2009")')
    arrived(page, re.compile("/editions/2009/index.html$"))
    assert "2009" in page.title()
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"

    page.goto((kept / "data" / "en" / "search" / "index.html").as_uri() + "?q=crane")
    page.locator('main a[href$="articles/first-crane/index.html"]').first.wait_for()
    page.close()
