"""Pictures of cards and articles are seen whole."""

from pathlib import Path

import pytest

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of
from tests.expected import expect_none

WIDTHS = (320, 390, 640, 768, 1024, 1280, 1600)


@pytest.mark.parametrize("kind", ["home", "articles", "article", "edition"])
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
