"""A chart says one edition at a time, by pointer and by keyboard, what its table says."""

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage


@pytest.mark.parametrize(("language", "width"), [("zh", 1280), ("en", 390)])
def test_arrow_keys_go_through_the_editions(language: str, width: int, look_at: OpenPage) -> None:
    """The first key shows the first edition, the next the next; Escape puts the hint back."""
    page = look_at(f"{language}/growth/", viewport={"width": width, "height": 900})
    figure = page.locator(".chart-figure").nth(1)
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
    known = page.locator("td.amount:not(.is-missing)")
    figure = page.locator(".chart-figure", has=known).first
    detail = figure.locator("[data-chart-detail]")
    hint = detail.inner_text()
    row = figure.locator("tbody tr", has=known).last
    at = row.evaluate("row => row.sectionRowIndex")
    hit = figure.locator(f".chart-hit[data-from='{at}']:visible")

    hit.hover()

    # Numbers of notes stand behind the value.
    value = row.locator("td.amount").first.evaluate("cell => cell.firstChild.textContent.trim()")
    expect(detail).to_contain_text((row.locator("th").text_content() or "").strip())
    expect(detail).to_contain_text(value)
    page.locator("h1").hover()
    expect(detail).to_have_text(hint)


def test_a_chart_without_scripts_has_no_stop_that_does_nothing(look_at: OpenPage) -> None:
    """The table and the files are there all the same."""
    page = look_at("en/growth/", java_script_enabled=False)

    expect(page.locator("[data-chart-detail]").first).to_be_hidden()
    assert page.locator(".chart-stage[tabindex]").count() == 0
    expect(page.locator(".chart-files a").first).to_be_visible()
