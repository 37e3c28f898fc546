"""Pictures are seen whole, large by a link, and cost a phone little."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from expoarchive.build import build
from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.expected import expect_none
from tests.photographs import put, record, saved, scene
from tests.sites import kept_of_tiny, lay_site
from tests.sweep import swept

WIDTHS = (320, 390, 640, 768, 1024, 1280, 1600)


@pytest.mark.parametrize("kind", swept(["home", "articles", "article", "edition"], ["article"]))
def test_no_picture_is_cut_at_any_width(kind: str, look_at: OpenPage, archive_output: Path) -> None:
    """Each lies within the window and within all that would clip it, in its own proportions."""
    page = look_at(permalink_of(archive_output, f"zh {kind}"), bypass_csp=True)
    page.locator("main img").evaluate_all("found => found.forEach((picture) => { picture.loading = 'eager'; })")
    page.wait_for_function("[...document.querySelectorAll('main img')].every((picture) => picture.naturalWidth > 0)")
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += page.locator("main img").evaluate_all(
            """(pictures) => pictures.filter((picture) => {
                const box = picture.getBoundingClientRect();
                const natural = picture.naturalWidth / picture.naturalHeight;
                const stretched = Math.abs(box.width / box.height / natural - 1) > 0.02;
                if (stretched && getComputedStyle(picture).objectFit !== 'contain') return true;
                if (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5) return true;
                for (let outer = picture.parentElement; outer; outer = outer.parentElement) {
                    const edge = outer.getBoundingClientRect();
                    const across = box.left >= edge.left - 1 && box.right <= edge.right + 1;
                    const within = across && box.top >= edge.top - 1 && box.bottom <= edge.bottom + 1;
                    if (getComputedStyle(outer).overflow !== 'visible' && !within) return true;
                }
                return false;
            }).map((picture) => `${innerWidth}: ${picture.src}`)"""
        )

    assert page.locator("main img").count()
    expect_none(found, "pictures that are cut")


SHOWN = [
    "pictures/",
    "sources/gazette-2009/",
    "pictures/quay-crowd/",
    "recordings/harbour-radio/",
    "articles/first-crane/",
    "editions/2009/",
]


@pytest.mark.parametrize("address", swept(SHOWN, ["pictures/quay-crowd/"]))
def test_pages_with_photographs_meet_wcag(address: str, open_fair: OpenPage) -> None:
    """Those that the archive has none of; no wider than the narrowest window."""
    page = open_fair(f"fr/{address}", bypass_csp=True, viewport={"width": 320, "height": 800})

    expect_none(violations_in_both_schemes(page), "violations")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_picture_is_seen_large_by_keyboard_and_without_scripts(open_fair: OpenPage) -> None:
    """Tab reaches it, Enter opens its page, and from there the next one."""
    page = open_fair("en/editions/2009/", java_script_enabled=False)
    page.locator(".pictures a").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/en/pictures/quay-crane/$"))
    expect(page.locator(".picture-large img")).to_be_visible()
    page.locator("a[rel=next]").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/pictures/quay-crowd/$"))


# Sums what moved on a page since it was opened.
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.mark.long
def test_a_heavy_photograph_costs_a_phone_little_and_moves_nothing(
    tmp_path: Path, browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    """Coarse with grain, on a sharp phone: one file of it is loaded, as wide as the column needs."""
    lay_site(tmp_path / "site", {"content/pictures/quay-crane.yaml": record("heavy.jpg", editions="[2009]")})
    (tmp_path / "site/content/media/quay-crane.jpg").unlink()
    heavy = saved(scene(3600, 2400, noise=160), quality=95)
    put(tmp_path / "site", "heavy.jpg", heavy)
    assert build(tmp_path / "site", tmp_path / "output", store=kept_of_tiny().copy()).ok
    page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=3, bypass_csp=True)
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: int(answer.headers.get("content-length", 0))}))
    page.add_init_script(SHIFTS)
    with PagesServer(tmp_path / "output") as server:
        page.goto(server.address("en/articles/first-crane/"))
        page.locator(".picture").scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0")
        page.evaluate("document.fonts.ready")
        shifted = page.evaluate("window.shifted")
        page.close()
    files = {Path(url).name: size for url, size in loaded.items() if "/pictures/" in url}
    record_property("summary", f"a photograph of {len(heavy):,} bytes costs a phone {sum(files.values()):,}")

    assert len(heavy) > 8_000_000
    assert list(files) == ["quay-crane-800.webp"]
    assert sum(files.values()) <= 150_000
    assert shifted == 0
