"""The designers' gallery, looked at as the pages are: every partial with every example, in light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import LANGUAGES
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.browser.test_pages import NARROW, complaints, overflow
from tests.expected import expect_none
from tests.sites import build_gallery
from tests.sweep import swept


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesServer]:
    """The gallery in the real archive's frame."""
    with PagesServer(build_gallery(tmp_path_factory.mktemp("gallery") / "site")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose policy lets axe in."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", swept(LANGUAGES, ["en"]))
def test_every_example_is_sound(language: str, gallery: PagesServer, page: Page) -> None:
    """No violation of WCAG 2.2 AA in light or dark, nothing wider than 320 px, no complaint of the browser."""
    faults = complaints(page, gallery, [f"{language}/gallery/"])
    page.set_viewport_size(NARROW)
    faults += overflow(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    faults += violations_in_both_schemes(page)

    expect_none(faults, "faults")


@pytest.mark.long
def test_every_example_can_be_seen_in_light_and_dark(gallery: PagesServer, page: Page) -> None:
    """A picture of each is more than its ground, and another one in the dark."""
    page.goto(gallery.address("zh/gallery/"))
    cases = page.locator(".gallery-case")
    names = [case.get_attribute("id") or "" for case in cases.all()]
    pictures = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        pictures[scheme] = [case.locator(".gallery-drawn").screenshot() for case in cases.all()]
    blank = [
        name for name, case in zip(names, cases.all(), strict=True) if not case.locator(".gallery-drawn > *").count()
    ]
    same = [name for name, *pair in zip(names, *pictures.values(), strict=True) if pair[0] == pair[1]]

    assert len(names) > 50
    # Where there is nothing to draw, nothing is drawn.
    assert [name for name in blank if not name.endswith("-missing")] == []
    assert same == []
