"""Every page of the archive, looked at once: by axe in light and dark, narrow and wide, with an ear for complaints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalinks
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.browser.test_pages import NARROW, Listener, overflow
from tests.expected import expect_none

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
# The pages are dealt out to so many, for as many processors as there may be.
HANDS = 4


@pytest.mark.long
@pytest.mark.inspection
@pytest.mark.parametrize("hand", range(HANDS))
def test_every_page_is_sound(
    hand: int,
    open_page: OpenPage,
    server: PagesServer,
    archive_output: Path,
    inspected_pages: list[Path],
    record_property: Callable[[str, object], None],
) -> None:
    """No violation of WCAG 2.2 AA, nothing wider than 320 px, no complaint of the browser, no request that fails."""
    dealt = permalinks(archive_output, inspected_pages)[hand::HANDS]
    page = open_page("404.html", stay=True, bypass_csp=True)
    listener = Listener(page, server.origin)
    found: dict[str, list[str]] = {"violations": [], "too wide": [], "complaints": []}
    for permalink in dealt:
        listener.heard.clear()
        page.set_viewport_size(NARROW)
        page.goto(server.address(permalink))
        found["too wide"] += [f"{permalink}: {element}" for element in overflow(page)]
        page.set_viewport_size(DESKTOP)
        found["violations"] += [f"{permalink}: {line}" for line in violations_in_both_schemes(page)]
        found["complaints"] += [f"{permalink}: {heard}" for heard in listener.heard]
    counted = ", ".join(f"{what} {len(lines)}" for what, lines in found.items())
    record_property("summary", f"{len(dealt)} pages: {counted}")

    expect_none([f"{what}: {line}" for what, lines in found.items() for line in lines], "faults")
