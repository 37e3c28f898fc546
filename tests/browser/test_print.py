"""What is handed out on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import IN_TURN, SHARED_PAGES, each_other, permalink_of
from tests.browser.test_pages import overflow
from tests.expected import expect_none

# What is left between the margins of a sheet of A4, in pixels of 1/96 inch: upright, and laid sideways.
UPRIGHT: ViewportSize = {"width": 673, "height": 990}
SIDEWAYS: ViewportSize = {"width": 1032, "height": 690}


def test_a_printed_page_says_where_it_is_from_and_leaves_out_what_only_works_on_a_screen(
    open_page: OpenPage, archive_output: Path
) -> None:
    """Title and address stand at its head; navigation, copying and folds are gone, what was folded is there."""
    permalink = permalink_of(archive_output, "en edition")
    page = open_page(permalink)
    address = page.locator(".site-address")

    assert not address.is_visible()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert address.is_visible()
    assert (address.text_content() or "").endswith(f"/{permalink}")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".why > summary").first.is_visible()
    assert page.locator(".why-body > p:not(.why-term, .why-cite, .why-link)").first.is_visible()


def faults_on_paper(page: Page) -> list[str]:
    """What is cut off at an edge, what is dark behind text, and titles of sources without their address."""
    found: list[str] = page.evaluate(
        """() => {
            const shown = (e) => e.getClientRects().length && !e.closest('.hidden');
            const dark = (e) => {
                const [r, g, b, alpha = 1] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
                return alpha > 0.3 && 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
            };
            const cut = (e) => {
                const style = getComputedStyle(e);
                const clips = style.overflowX !== 'visible' && style.display !== 'inline' && !(e instanceof SVGElement);
                return clips && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
            };
            const bare = (a) => !getComputedStyle(a, '::after').content.includes(a.getAttribute('href'));
            const titles = [...document.querySelectorAll('.source-list .source-title a')];
            const every = [...document.body.querySelectorAll('*')].filter(shown);
            const named = (word, list) => list.map((e) => `${word}: ${e.outerHTML.slice(0, 80)}`);
            // A cell of the table of what is known is its colour.
            return named('cut', every.filter(cut))
                .concat(named('dark', every.filter((e) => dark(e) && !e.matches('.cell'))))
                .concat(named('no address', titles.filter(bare)));
        }"""
    )
    return found


@pytest.mark.parametrize("name", each_other(IN_TURN + SHARED_PAGES))
def test_a_page_is_whole_on_paper(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """No text is cut off, nothing is printed dark, even from a dark screen, and each source has its address."""
    sheet = SIDEWAYS if name.endswith(" editions") else UPRIGHT
    page = look_at(permalink_of(archive_output, name), stay=True, viewport=sheet, color_scheme="dark")
    try:
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")

        expect_none(overflow(page) + faults_on_paper(page), "faults on paper")
    finally:
        page.emulate_media(media="screen")
