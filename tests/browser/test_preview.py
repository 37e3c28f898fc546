"""The preview in a browser: what a save does to the page that is open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_accessibility import violations_in_both_schemes
from tests.expected import expect_none
from tests.preview import Preview, until

EDITION = "content/editions/2011.yaml"
BROKEN = "year: 2011\nfigurs: {}\n"
SHEET = "templates/static/css/30-base.css"
PROBE = "getComputedStyle(document.documentElement).getPropertyValue('--probe')"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the tiny expo, for an editor who reads Chinese; `true` is an editor that opens nothing."""
    site = tmp_path_factory.mktemp("preview") / "site"
    with Preview(site, "--messages", "zh", "--editor", "true {file}") as running:
        yield running


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """The edition's page, with the marks of what it complained of; none is the rule."""
    # What an earlier test saved last may still be on its way to the page.
    preview.rest()
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    with opened.expect_websocket() as socket:
        opened.goto(f"{preview.address}en/editions/2011/")
    # livereload's client says which page it is on; from then on it is told of reloads.
    with socket.value.expect_event("framesent", lambda frame: '"info"' in str(frame)):
        pass
    # A page that was loaded again has no mark.
    opened.evaluate("window.mark = true")
    yield opened
    context.close()

    assert complaints == []


def kept(page: Page) -> bool:
    """Whether the page is the one that was opened."""
    try:
        return bool(page.evaluate("window.mark === true"))
    except Exception as error:
        if "context was destroyed" in str(error):
            return False
        raise


def test_a_save_reloads_the_page(page: Page, preview: Preview) -> None:
    """What was written is read there a moment later."""
    article = "content/articles/first-crane/en.md"
    before = (preview.root / article).read_text("utf-8")
    page.goto(f"{preview.address}en/articles/first-crane/")
    preview.save(article, f"{before}\nIt was painted red.\n")

    expect(page.get_by_text("It was painted red.")).to_be_visible(timeout=20_000)
    preview.save(article, before)
    expect(page.get_by_text("It was painted red.")).to_have_count(0, timeout=20_000)


def test_the_page_that_is_open_reloads_once(page: Page, preview: Preview) -> None:
    """A template is part of every page; the open one does not wait for the others, nor reload again with them."""
    template = "templates/edition.html"
    before = (preview.root / template).read_text("utf-8")
    said = preview.said().count("\n")
    loads: list[str] = []
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    preview.save(template, before.replace('<div class="edition-head"', '<div data-probe="new" class="edition-head"', 1))

    expect(page.locator("[data-probe=new]")).to_have_count(1, timeout=20_000)
    until(lambda: preview.said().count("\n") > said, "nothing was built")
    page.wait_for_timeout(1000)
    assert len(loads) == 1
    preview.save(template, before)
    expect(page.locator("[data-probe=new]")).to_have_count(0, timeout=20_000)


def test_styles_change_without_a_reload(page: Page, preview: Preview) -> None:
    """The page stays, with what its reader did to it."""
    before = (preview.root / SHEET).read_text("utf-8")
    preview.save(SHEET, f"{before}\n:root {{ --probe: here }}\n")
    until(lambda: page.evaluate(PROBE) == "here", "the styles stayed")
    preview.save(SHEET, before)
    until(lambda: page.evaluate(PROBE) == "", "the styles stayed")

    assert kept(page)


def test_a_page_whose_question_is_answered_late_has_the_new_styles_without_a_reload(
    page: Page, preview: Preview
) -> None:
    """It asked before they were saved: a busy machine answers when they are up."""
    before = (preview.root / SHEET).read_text("utf-8")
    renewed = False
    late: list[Route] = []
    page.route("**/__preview__/state", lambda route: route.continue_() if renewed else late.append(route))
    with page.expect_request("**/__preview__/state"):
        page.reload()
    page.evaluate("window.mark = true")
    preview.save(SHEET, f"{before}\n:root {{ --probe: here }}\n")
    until(lambda: "--probe: here" in preview.ask("/harbour/assets/site.css")[1], "the styles were not renewed")
    renewed = True
    for route in late:
        route.continue_()

    until(lambda: page.evaluate(PROBE) == "here", "the styles stayed")
    preview.save(SHEET, before)
    until(lambda: page.evaluate(PROBE) == "", "the styles stayed")
    assert kept(page)


def test_an_error_shows_over_the_page_until_it_is_mended(page: Page, preview: Preview) -> None:
    """In the editor's language, with its place; Escape hides it, a button brings it back; it goes by itself."""
    before = (preview.root / EDITION).read_text("utf-8")
    preview.save(EDITION, BROKEN)
    overlay = page.get_by_role("alertdialog")
    expect(overlay).to_be_visible(timeout=20_000)

    expect(overlay).to_have_accessible_name("网站未能更新，当前显示的是上一次的内容")
    expect(overlay.locator("li")).to_contain_text([f"{EDITION}:2:1 错误：此处不能有键“figurs”"])
    expect(overlay.locator("mark")).to_have_text("f")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    page.get_by_role("button", name="错误").click()
    expect(overlay).to_be_visible()
    overlay.get_by_role("button", name=f"{EDITION}:2:1").click()
    expect(page.get_by_role("status").filter(has_text=f"{EDITION}:2")).to_be_visible()

    assert kept(page)
    preview.save(EDITION, before)
    expect(overlay).to_be_hidden(timeout=20_000)
    assert kept(page), "the site is as it was, so there was nothing to reload"


def test_a_page_that_is_opened_meanwhile_shows_the_error_too(browser: Browser, preview: Preview) -> None:
    """Whatever page it is, the one for what is not there included; axe finds nothing against the overlay."""
    before = (preview.root / EDITION).read_text("utf-8")
    preview.save(EDITION, BROKEN)
    until(lambda: EDITION in preview.ask("/__preview__/state")[1], "the error was not told")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{preview.address}nowhere/")
    overlay = page.get_by_role("alertdialog")
    expect(overlay).to_be_visible()
    found = violations_in_both_schemes(page)
    preview.save(EDITION, before)

    expect(overlay).to_be_hidden(timeout=20_000)
    context.close()
    expect_none(found, "violations")


@pytest.mark.long
def test_where_the_first_build_fails_the_errors_are_the_page(browser: Browser, preview: Preview) -> None:
    """At every address; the page that was asked for comes by itself once they are mended."""
    root = preview.root.with_name("broken")
    before = (preview.root / EDITION).read_text("utf-8")
    with Preview(root, files={EDITION: BROKEN}) as broken:
        page = browser.new_page()
        page.goto(f"{broken.address}harbour/en/editions/2011/")
        expect(page.get_by_role("heading", level=1)).to_have_text("The site cannot be built yet")
        expect(page.get_by_role("listitem")).to_contain_text([f"{EDITION}:2:1 error: “figurs”"])
        broken.save(EDITION, before)

        expect(page.locator("html")).to_have_attribute("data-kind", "edition", timeout=20_000)
        page.close()
