"""Hostile words in every field, in a browser: nothing runs, and the page's policy has nothing to refuse."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages_server import PagesServer
from tests.site.test_untrusted_fields import PAYLOADS, Fields

PAGES = (
    *("en/", "en/editions/2013/", "en/articles/first-crane/", "en/sources/", "en/sources/gazette-2009/", "en/data/"),
    *("en/growth/", "en/timeline/", "en/corrections/", "fr/", "404.html"),
)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(name, marks=() if name == "element" else pytest.mark.long)
        for name in ("element", "script", "markdown")
    ],
)
def test_hostile_words_run_nothing_on_any_page(browser: Browser, tmp_path: Path, payload: str) -> None:
    """Neither as the pages were made, nor as their scripts show them: found, asked for, or named by a link."""
    words = PAYLOADS[payload]
    fields = Fields(tmp_path / "site")
    fields.fill(words)
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda asked: complaints.append(asked.url) if "evil" in asked.url else None)
    asked = quote(words)
    with PagesServer(fields.output, "/harbour/") as server:
        for permalink in PAGES:
            page.goto(f"{server.address(permalink)}?q={asked}&theme={asked}&sort={asked}#{asked}")
        page.goto(f"{server.address('en/search/')}?q=alert")
        expect(page.locator("main .search-hit h3 a").first).to_contain_text("alert(1)")
    context.close()

    assert complaints == []
