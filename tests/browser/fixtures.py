"""A browser, and the real archive served as GitHub Pages would."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.browser.pages_server import PagesServer

# Every run of tests reads this module, most of them without a browser.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.sites import Site

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
# Debian has the browser without its windows as a package too: a page takes a third of the time.
WITHOUT_WINDOWS = shutil.which("chromium-headless-shell") or CHROMIUM

NOWHERE = "about:blank"

OpenPage: TypeAlias = "Callable[..., Page]"


@pytest.fixture(scope="session")
def server(archive_output: Path, base_path: str) -> Iterator[PagesServer]:
    """The real archive, below its base path."""
    with PagesServer(archive_output, base_path) as running:
        yield running


@pytest.fixture(scope="session")
def fair_server(tiny_site: "Site") -> Iterator[PagesServer]:
    """The invented fair, for tests of what any archive does."""
    with PagesServer(tiny_site.output) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The system's Chromium: no browser is downloaded."""
    if WITHOUT_WINDOWS is None:
        pytest.fail("Chromium is not there: apt-get install chromium", pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=WITHOUT_WINDOWS, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def look_at(browser: "Browser", server: PagesServer) -> "Iterator[OpenPage]":
    """As ``open_page``, but in the one page that the browser has for such options, for tests that only look.

    A page of its own costs a browser more than showing it: a window and a process or two. At ``NOWHERE`` it is empty.
    """
    pages: dict[str, Page] = {}

    def shown(permalink: str, *, stay: bool = False, **context: Any) -> "Page":
        options = repr((stay, sorted(context.items())))
        if options not in pages:
            pages[options] = _new_page(browser.new_context(**context), server, stay)
        page, address = pages[options], NOWHERE if permalink == NOWHERE else server.address(permalink)
        # From elsewhere: what only its fragment tells from the page before would not be loaded.
        if urldefrag(page.url).url == urldefrag(address).url:
            page.goto(NOWHERE)
        page.goto(address)
        return page

    yield shown
    for page in pages.values():
        page.context.close()


def arrived(page: "Page", address: str | re.Pattern[str]) -> None:
    """Wait until a link has led to this address and the page there is whole.

    The browser has the new address before the scripts of the new page have run.
    """
    from playwright.sync_api import expect

    expect(page).to_have_url(address)
    page.wait_for_load_state()


def _new_page(context: "BrowserContext", server: PagesServer, stay: bool) -> "Page":
    if stay:
        context.route("**/js/site.js", partial(_without_chooser, server))
    return context.new_page()


def _without_chooser(server: PagesServer, route: "Route") -> None:
    """The script of all pages, its part for the first page left without anything to do."""
    script = server.site.find(urlsplit(route.request.url).path)
    if script is None:
        route.continue_()
    else:
        whole = script.read_text("utf-8")
        route.fulfill(content_type="text/javascript", body=whole.replace("[data-chooser]", ":not(*)"))


@pytest.fixture
def open_page(browser: "Browser", server: PagesServer) -> Iterator[OpenPage]:
    """``open_page("en/editions/", color_scheme="dark")``: a page in a browser context of its own.

    ``stay`` keeps the language chooser from sending the reader on.
    """
    with opener(browser, server) as opened:
        yield opened


@pytest.fixture
def open_fair(browser: "Browser", fair_server: PagesServer) -> Iterator[OpenPage]:
    """As ``open_page``, of the invented fair."""
    with opener(browser, fair_server) as opened:
        yield opened


@contextmanager
def opener(browser: "Browser", server: PagesServer) -> Iterator[OpenPage]:
    """What ``open_page`` gives, for the site of a server; its contexts are closed afterwards."""
    contexts = []

    def opened(permalink: str, *, stay: bool = False, **context: Any) -> "Page":
        contexts.append(browser.new_context(**context))
        page = _new_page(contexts[-1], server, stay)
        page.goto(server.address(permalink))
        return page

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
