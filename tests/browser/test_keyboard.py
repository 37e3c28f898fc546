"""The archive can be read with a keyboard alone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of
from tests.sweep import swept

KINDS = ["zh home", "en home", "en editions", "en edition", "en article", "en growth", "en sources", "chooser"]
STOPS = 25


def focused(page: Page) -> dict[str, Any] | None:
    """The element that has the focus: what it is, whether it can be seen, whether the focus can; None at the end."""
    found: dict[str, Any] | None = page.evaluate(
        """() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            const style = getComputedStyle(e);
            const box = e.getBoundingClientRect();
            const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
            return {
                what: e.outerHTML.slice(0, 120),
                seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
                marked: outline || style.boxShadow !== 'none',
            };
        }"""
    )
    return found


@pytest.mark.parametrize("name", swept(KINDS, KINDS[1:8:2]))
def test_the_focus_is_always_seen(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """Each stop of the Tab key is on the screen and marked."""
    page = look_at(permalink_of(archive_output, name), stay=True, reduced_motion="reduce")
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        at = focused(page)
        if at is None:
            break
        stops.append(at)

    assert len(stops) >= 2
    assert [stop["what"] for stop in stops if not (stop["seen"] and stop["marked"])] == []


@pytest.mark.parametrize("name", ["zh home", "en edition", "en article"])
def test_the_first_stop_skips_to_the_content(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """The skip link appears at the first Tab, and the next stop after it is inside the content."""
    page = look_at(permalink_of(archive_output, name))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    expect(skip).to_be_in_viewport()
    assert (skip.get_attribute("href") or "").startswith("#")

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_details_open_with_the_keyboard(look_at: OpenPage, archive_output: Path) -> None:
    """What stands behind a figure is not for the mouse alone."""
    page = look_at(permalink_of(archive_output, "en edition"))
    details = page.locator("main details").first
    details.locator("summary").focus()

    page.keyboard.press("Enter")

    expect(details).to_have_attribute("open", "")
