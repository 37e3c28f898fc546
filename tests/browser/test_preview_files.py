"""A source's file that is opened by its own address in the preview: whatever stands in it, it reaches nothing there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.preview import Preview, is_written, until
from tests.sweep import swept

EDITION = "content/editions/2011.yaml"
# What an attacker would run: it reads the token of a page, and of the one that opened it, and opens a source with it.
SCRIPT = f"""
fetch('/harbour/ran');
const steal = (text) => fetch('/__preview__/edit', {{
  method: 'POST',
  headers: {{'X-Preview-Token': text.match(/data-token=.([^'"]+)/)[1]}},
  body: JSON.stringify({{file: '{EDITION}', line: 1}}),
}});
fetch('/harbour/en/editions/2011/').then((answer) => answer.text()).then(steal);
if (window.opener) steal(window.opener.document.documentElement.outerHTML);
"""
CDATA = f"//<![CDATA[\n{SCRIPT}//]]>"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100"/>'
    f"<script>{CDATA}</script></svg>"
)
CLICKED = """
<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" width="200" height="100">
  <a href="javascript:void fetch('/harbour/ran')"><rect width="200" height="100"/></a>
  <foreignObject width="9" height="9"><h:iframe src="javascript:void fetch('/harbour/ran')"/></foreignObject>
</svg>
"""
XML = f'<?xml version="1.0"?><r><s:script xmlns:s="http://www.w3.org/1999/xhtml">{CDATA}</s:script></r>'
HTML = f"<!doctype html><title>x</title><script>{SCRIPT}</script>"
# Files that a build makes, and what takes their place: the filters of the build are not what is tried here.
FILES = {
    "media/evil.svg": SVG,
    "media/clicked.svg": CLICKED,
    "media/evil.pdf": HTML,
    "sitemap.xml": XML,
    "robots.txt": HTML,
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview whose editor writes down what it was asked to open, with the attacks in its output."""
    folder = tmp_path_factory.mktemp("hostile")
    script = folder / "editor.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> {folder}/opened\n', "utf-8")
    script.chmod(0o755)
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    media = {
        "content/media/evil.svg": picture,
        "content/media/clicked.svg": picture,
        "content/media/evil.pdf": "%PDF-startxref\n%%EOF",
    }
    with Preview(folder / "site", "--editor", f"{script} {{file}}:{{line}}", files=media) as running:
        for file, text in FILES.items():
            assert (running.output / file).is_file(), file
            (running.output / file).write_text(text, "utf-8")
        (running.output / "media/evil.html").write_text(HTML, "utf-8")
        yield running


@pytest.fixture
def opened(preview: Preview) -> Path:
    """Where the editor writes down what it opens; nothing yet."""
    file = preview.root.with_name("opened")
    file.unlink(missing_ok=True)
    return file


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """One of the site's pages."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{preview.address}en/editions/2011/")
    yield page
    context.close()


@pytest.mark.parametrize("file", swept([*FILES, "media/evil.html"], ["media/evil.svg"]))
def test_no_file_of_a_source_reads_the_token_or_opens_the_editor(
    page: Page, preview: Preview, opened: Path, file: str
) -> None:
    """Opened by its address, or by a page that stays its opener; what is in it runs nowhere, on a click neither."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    # Not until it has loaded: a browser without a reader of PDFs saves the file, and the window stays empty.
    answered = page.context.expect_event("response", lambda response: response.url.endswith(file))
    with answered, page.expect_popup() as popup:
        page.evaluate(f"void window.open('/harbour/{file}')")
    other = popup.value
    # Long enough for what it draws to be there, and for a script to have asked.
    other.wait_for_timeout(300)
    other.mouse.click(50, 50)
    other.wait_for_timeout(300)

    assert any(url.endswith(file) for url in asked)
    assert [url for url in asked if url.endswith(("/ran", "/edit"))] == []
    assert not opened.exists()


def test_the_sites_own_page_still_opens_the_editor(page: Page, preview: Preview, opened: Path) -> None:
    """By its button; what it opened is said."""
    page.get_by_role("button", name="Edit this page").click()

    expect(page.get_by_role("status").filter(has_text=f"{EDITION}:1")).to_be_visible()
    until(lambda: is_written(opened), "the editor was not started")
    assert opened.read_text("utf-8").startswith(f"{preview.root / EDITION}:1")


def test_another_sites_page_may_not_frame_a_page(page: Page, preview: Preview) -> None:
    """A click there could be meant for something else; the page's own origin may."""
    other = page.context.new_page()
    address = f"{preview.address}en/editions/2011/"
    other.set_content(f'<iframe src="{address}"></iframe>')
    other.wait_for_timeout(500)

    assert other.frames[1].url != address
