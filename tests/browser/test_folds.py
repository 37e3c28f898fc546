"""A long list of sources is folded at the foot of its page, and opens for whatever leads into it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fixtures import OpenPage, opener
from tests.browser.pages_server import PagesServer
from tests.sites import TINY_EXPO, build_small

EDITION = (TINY_EXPO / "content/editions/2009.yaml").read_text("utf-8")
# One more than the longest list that stands open, with the source that the page has already.
PAPERS = [f"paper-{number}" for number in range(1, 13)]
SOURCE = """\
publisher: {{en: Harbour Gazette, fr: La Gazette du port}}
title: {{en: Report {name}}}
url: https://gazette.example/{name}
published: 2009-06-02
language: en
grade: newspaper
"""
FILES = {f"content/sources/{name}.yaml": SOURCE.format(name=name) for name in PAPERS} | {
    "content/editions/2009.yaml": EDITION.replace(
        "qualifier: about, sources: [gazette-2009]", f"qualifier: about, sources: [{', '.join(PAPERS)}]"
    )
}
FOLD = ".source-list > details"


@pytest.fixture(scope="module")
def open_cited(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPage]:
    """The invented fair, whose first edition cites thirteen sources and whose third cites few."""
    site = build_small(tmp_path_factory.mktemp("folds") / "site", FILES)
    assert site.outcome.ok, site.problems
    with PagesServer(site.output) as server, opener(browser, server) as opened:
        yield opened


def test_a_long_list_is_folded_and_says_how_long_it_is(open_cited: OpenPage) -> None:
    """Its heading and its number stand there; a click or the keyboard shows it."""
    page = open_cited("en/editions/2009/")

    expect(page.locator(FOLD)).not_to_have_attribute("open", "")
    expect(page.locator(f"{FOLD} > summary")).to_contain_text("13")
    expect(page.locator(f"{FOLD} li").first).to_be_hidden()

    page.locator(f"{FOLD} > summary").press("Enter")

    expect(page.locator(f"{FOLD} li").last).to_be_visible()


def test_a_short_list_stands_open(open_cited: OpenPage) -> None:
    """Nothing to click where there is little to see."""
    page = open_cited("en/editions/2011/")

    expect(page.locator(FOLD)).to_have_count(0)
    expect(page.locator(".source-list li").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_of_a_source_opens_the_fold(scripts: bool, open_cited: OpenPage) -> None:
    """As the address of the page, and as a note that is followed, where no panel takes it up."""
    page = open_cited("en/editions/2009/#source-paper-9", java_script_enabled=scripts)

    expect(page.locator("#source-paper-9")).to_be_in_viewport()

    again = open_cited("en/editions/2009/", java_script_enabled=False)
    again.locator(".key-figure sup.note > a").first.click()
    expect(again.locator("#source-paper-1")).to_be_in_viewport()


def test_a_note_shows_its_source_while_the_list_is_folded_and_leads_into_it(open_cited: OpenPage) -> None:
    """The panel takes what it says from the list, and its way to the list opens that."""
    page = open_cited("en/editions/2009/")
    page.locator(".key-figure sup.note > a").nth(1).click()

    expect(page.locator("#panel-name")).to_have_text("Report paper-2")
    expect(page.locator(FOLD)).not_to_have_attribute("open", "")

    page.locator("#panel a[href^='#source-']").click()

    expect(page.locator("#source-paper-2")).to_be_in_viewport()


def test_a_print_has_the_list(open_cited: OpenPage) -> None:
    """Whole, with the address of each source behind its title, with scripts or without; then it is folded again."""
    for scripts in (True, False):
        page = open_cited("en/editions/2009/", java_script_enabled=scripts)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")

        expect(page.locator("#source-paper-12")).to_be_visible()
        title = page.locator("#source-paper-12 .source-title a")
        assert "gazette.example/paper-12" in title.evaluate("a => getComputedStyle(a, '::after').content")

        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(page.locator(FOLD)).not_to_have_attribute("open", "")
