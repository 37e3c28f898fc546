"""A list of exhibitors in the browser: all of it is found, shown piece by piece, and none of it needs scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.site.test_exhibitors import LIST, PAGE, many
from tests.sites import BASE_PATH, build_small

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COUNT = 250


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with 250 exhibitors."""
    site = build_small(tmp_path_factory.mktemp("list") / "site", {LIST: many(COUNT)}, base_path=BASE_PATH)
    with PagesServer(site.output, BASE_PATH) as running:
        yield running.address(PAGE)


def test_the_whole_list_is_found_and_shown(fair: str, browser: "Browser") -> None:
    """By any of its words, whatever case and accents; more of it by a button or key; the address keeps the words."""
    page = browser.new_page()
    page.goto(fair)
    rows, count = page.locator(".exhibitor-table tbody tr"), page.locator("[data-exhibitors-count]")
    more = page.locator("[data-exhibitors-more]")

    expect(count).to_have_text(f"Found: {COUNT} of {COUNT} exhibitors")
    expect(rows).to_have_count(100)
    page.emulate_media(media="print")
    expect(page.locator("[data-exhibitors-rest]")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator("[data-exhibitors-rest]")).to_be_hidden()
    more.press("Enter")
    expect(rows).to_have_count(200)
    page.wait_for_function("document.activeElement.closest('tr')?.rowIndex === 101")
    more.press("Enter")
    expect(rows).to_have_count(COUNT)
    expect(more).to_be_hidden()

    page.get_by_label("Name, place, hall, stand or industry").fill("TÓWN 125")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=T%C3%93WN\+125$"))
    page.reload()
    expect(rows.first).to_contain_text("Harbour Company number 125 ")
    page.get_by_label("Name, place, hall, stand or industry").fill("nobody")
    expect(page.locator("[data-exhibitors-none]")).to_be_visible()
    page.close()


@pytest.mark.long
def test_axe_finds_nothing(fair: str, browser: "Browser") -> None:
    """In light and dark, on a phone of 320 px, which nothing leaves at the side."""
    page = browser.new_page(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page.goto(fair)
    expect(page.locator("[data-exhibitors-count]")).not_to_be_empty()

    assert violations_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_without_scripts_the_beginning_and_the_file_are_there(fair: str, browser: "Browser") -> None:
    """And nothing that would not work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(fair)

    expect(page.locator(".exhibitor-table tbody tr")).to_have_count(100)
    expect(page.locator("[data-exhibitors-rest]")).to_have_text(
        "These are the first 100 of 250. The file below has them all."
    )
    expect(page.locator("form[data-exhibitors]")).to_be_hidden()
    with page.expect_download() as started:
        page.locator(".downloads a").click()
    assert len(Path(started.value.path()).read_bytes().splitlines()) == COUNT + 1
    context.close()
