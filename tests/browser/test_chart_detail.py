"""Small charts open to whole ones, which say a row of their table at a time, by pointer and by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fixtures import OpenPage


def opened(page: Page, number: int) -> Locator:
    """The whole of one of the small charts."""
    multiple = page.locator(".multiple").nth(number)
    multiple.locator("summary").first.click()
    return multiple.locator(".chart-figure")


@pytest.mark.parametrize(("language", "width"), [("zh", 1280), ("en", 800)])
def test_arrow_keys_go_through_the_editions(language: str, width: int, look_at: OpenPage) -> None:
    """The first key shows the first edition, the next the next; Escape puts the hint back."""
    page = look_at(f"{language}/growth/", viewport={"width": width, "height": 900})
    figure = opened(page, 1)
    detail = figure.locator("[data-chart-detail]")
    hint = detail.inner_text()
    rows = figure.locator("tbody tr")
    first = rows.nth(0).locator("th").text_content() or ""
    last = rows.last.locator("th").text_content() or ""
    figure.locator(".chart-stage").focus()

    page.keyboard.press("ArrowRight")
    expect(detail).to_contain_text(first.strip())

    page.keyboard.press("Escape")
    expect(detail).to_have_text(hint)
    page.keyboard.press("ArrowLeft")
    expect(detail).to_contain_text(last.strip())


def test_the_pointer_shows_what_it_points_at(look_at: OpenPage) -> None:
    """The value beside the edition's name is the table's; leaving the chart puts the hint back."""
    page = look_at("en/growth/", viewport={"width": 1280, "height": 900})
    figure = opened(page, 4)
    detail = figure.locator("[data-chart-detail]")
    hint = detail.inner_text()
    row = figure.locator("tbody tr").last
    at = row.evaluate("row => row.sectionRowIndex")
    hit = figure.locator(".chart-wide .chart-hits > *").nth(at)

    hit.hover()

    # Numbers of notes stand behind the value.
    value = row.locator(".chart-value").first.evaluate("cell => cell.firstChild.textContent.trim()")
    expect(detail).to_contain_text((row.locator("th").text_content() or "").strip())
    expect(detail).to_contain_text(value)
    page.locator("h1").hover()
    expect(detail).to_have_text(hint)


def test_a_small_chart_opens_by_keyboard(look_at: OpenPage) -> None:
    """Enter on its title shows the whole chart across the page, with its table and files; Enter again puts it away."""
    page = look_at("en/growth/", viewport={"width": 1280, "height": 900})
    multiple = page.locator(".multiple").nth(2)
    multiple.locator("summary").first.focus()

    page.keyboard.press("Enter")

    expect(multiple.locator(".chart-wide svg")).to_be_visible()
    expect(multiple.locator(".chart-files a").first).to_be_visible()
    expect(multiple.locator(".chart-small")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(multiple.locator(".chart-small")).to_be_visible()


def test_a_charts_address_opens_it(look_at: OpenPage, archive_output: Path) -> None:
    """Whoever follows a link to a chart sees the whole of it, without a script too."""
    chart = re.findall(
        r'<figure class="chart-figure" id="([^"]+)"', (archive_output / "en/growth/index.html").read_text()
    )[3]
    for scripts in (True, False):
        page = look_at(f"en/growth/#{chart}", java_script_enabled=scripts)

        expect(page.locator(f"#{chart} .chart-wide svg")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "screens"), [(1280, 800, 1), (390, 844, 2)])
def test_all_small_charts_are_seen_together(width: int, height: int, screens: int, look_at: OpenPage) -> None:
    """On one screen of a laptop, or two of a phone; none of them is blank, on paper or on a picture of the page."""
    page = look_at("zh/growth/", viewport={"width": width, "height": height})
    tall = page.locator(".multiples").evaluate("grid => grid.getBoundingClientRect().height")
    hidden = "[...document.querySelectorAll('.chart-small')].filter(svg => !svg.getBoundingClientRect().height).length"

    assert tall <= height * screens
    assert page.evaluate(hidden) == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.chart-picture')).contentVisibility") == "visible"
    page.emulate_media(media="print")
    assert page.evaluate(hidden) == 0
    assert page.locator(".multiples").evaluate("grid => grid.getBoundingClientRect().height") <= height * screens


def test_a_chart_without_scripts_has_no_stop_that_does_nothing(look_at: OpenPage) -> None:
    """The table and the files are there all the same."""
    page = look_at("en/growth/", java_script_enabled=False)
    figure = opened(page, 2)

    expect(figure.locator("[data-chart-detail]").first).to_be_hidden()
    assert page.locator(".chart-stage[tabindex]").count() == 0
    expect(figure.locator(".chart-files a").first).to_be_visible()
