"""A browser, and the real archive served as GitHub Pages would."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tests.browser.pages_server import PagesServer
from tests.sites import BASE_PATH

# Every run of tests reads this module, most of them without a browser.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

OpenPage: TypeAlias = "Callable[..., Page]"


@pytest.fixture(scope="session")
def server(archive_output: Path) -> Iterator[PagesServer]:
    """The real archive, below its base path."""
    with PagesServer(archive_output, BASE_PATH) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The system's Chromium: no browser is downloaded."""
    if CHROMIUM is None:
        pytest.fail("Chromium is not there: apt-get install chromium", pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: "Browser", server: PagesServer) -> Iterator[OpenPage]:
    """``open_page("en/editions/", color_scheme="dark")``: a page in a browser context of its own.

    ``stay`` keeps the language chooser from sending the reader on.
    """
    contexts = []

    def opened(permalink: str, *, stay: bool = False, **context: Any) -> "Page":
        made = browser.new_context(**context)
        contexts.append(made)
        if stay:
            made.route("**/chooser*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        page = made.new_page()
        page.goto(server.address(permalink))
        return page

    yield opened
    for context in contexts:
        context.close()
