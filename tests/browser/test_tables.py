"""Wide tables: readers choose their columns, head and years stay in sight, and a print has all of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.fixtures import OpenPage, arrived

TELEPHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
# What is left between the margins of a sheet of A4 laid sideways, in pixels of 1/96 inch.
SHEET: ViewportSize = {"width": 1032, "height": 690}


def columns(page: Page) -> list[str]:
    """The columns that are shown, in order."""
    shown: list[str] = page.locator("table[data-sort] thead th:visible").evaluate_all(
        "heads => heads.map(head => head.dataset.column)"
    )
    return shown


def box(page: Page, selector: str) -> dict[str, Any]:
    """Where the first such element is on the screen."""
    found: dict[str, Any] = page.locator(selector).first.evaluate("e => e.getBoundingClientRect().toJSON()")
    return found


def test_a_reader_chooses_columns_and_the_address_keeps_them(open_fair: OpenPage) -> None:
    """The year stays whatever is chosen; a reload shows the same; one press brings all back."""
    page = open_fair("en/editions/", viewport=TELEPHONE)
    every = columns(page)

    page.locator("[data-columns] summary").click()
    page.locator("[data-columns-set=none]").click()

    assert columns(page) == ["year"]

    page.get_by_label("Date and venue").or_(page.get_by_label("Dates and venue")).check()
    page.get_by_label("Visitors", exact=True).check()

    assert columns(page) == ["year", "held", "visitors"]
    expect(page).to_have_url(re.compile(r"\?columns=held(\+|%20)visitors$"))
    page.reload()
    assert columns(page) == ["year", "held", "visitors"]
    page.locator("[data-columns] summary").click()
    page.locator("[data-columns-set=all]").click()
    assert columns(page) == every
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


def test_columns_are_chosen_by_the_keyboard(open_fair: OpenPage) -> None:
    """The list opens with Enter, and the space bar takes a column away."""
    page = open_fair("en/editions/")
    before = columns(page)

    page.locator("[data-columns] summary").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    assert columns(page) == [name for name in before if name != "ordinal"]


def test_an_edition_that_was_not_held_says_so_across_the_columns_there_are(open_fair: OpenPage) -> None:
    """Its one cell is as wide as what is chosen, and rows end where the head does."""
    page = open_fair("en/editions/?columns=visitors")
    ends: list[float] = page.locator("table[data-sort] tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].filter(cell => !cell.hidden).at(-1).getBoundingClientRect().right)"
    )

    assert page.locator(".cell-state").count()
    assert max(ends) - min(ends) < 1


def test_a_choice_that_names_no_column_shows_all(open_fair: OpenPage) -> None:
    """An old or mistyped link still opens the table."""
    page = open_fair("en/editions/?columns=nothing")

    assert len(columns(page)) > 3


def test_another_language_keeps_the_columns_and_their_order(open_fair: OpenPage) -> None:
    """The names of columns in addresses are the same everywhere."""
    page = open_fair("en/editions/?columns=visitors&sort=visitors&order=ascending")

    page.locator(".switcher a[lang|=fr]").click()

    arrived(page, re.compile(r"/fr/editions/\?columns=visitors&sort=visitors&order=ascending$"))
    assert columns(page) == ["year", "visitors"]


def test_every_column_is_there_without_scripts(open_fair: OpenPage) -> None:
    """The choice, which could do nothing, is not; the table scrolls in its region."""
    page = open_fair("en/editions/", viewport=TELEPHONE, java_script_enabled=False)
    region = page.get_by_role("region", name=re.compile("table", re.IGNORECASE))

    expect(page.locator("[data-columns]")).to_be_hidden()
    expect(page.locator("[data-table-hint]")).to_be_visible()
    assert page.locator("thead th:visible").count() == page.locator("thead th").count() > 3
    expect(region.first).to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("permalink", ["en/editions/", "en/coverage/"])
def test_head_and_years_stay_while_a_table_scrolls(permalink: str, look_at: OpenPage) -> None:
    """Scrolled both ways, both are where they were, and the first figure of the row is not over the year."""
    page = look_at(permalink, viewport=TELEPHONE, reduced_motion="reduce")
    region, head, year = ".table-tall", ".table-tall thead th >> nth=3", ".table-tall tbody th"
    page.locator(region).evaluate("e => e.scrollIntoView()")
    top, left = box(page, head)["top"], box(page, year)["left"]

    page.locator(region).evaluate("e => e.scrollTo(400, 300)")

    # But for the gaps that stand between the cells of one of the two.
    assert box(page, head)["top"] == pytest.approx(top, abs=4)
    assert box(page, year)["left"] == pytest.approx(left, abs=4)
    covered = page.locator(f"{region} tbody th").evaluate_all(
        """years => {
            const seen = (e) => document.elementFromPoint(e.left + e.width / 2, e.top + e.height / 2);
            const head = document.querySelector('.table-tall thead').getBoundingClientRect();
            const below = years.map(year => year.getBoundingClientRect()).filter(e => e.top > head.bottom);
            return below.map(seen).filter(e => e && e.closest('td')).map(e => e.outerHTML);
        }"""
    )
    assert covered == []


@pytest.mark.parametrize("permalink", ["en/editions/", "en/coverage/"])
def test_a_table_says_that_it_goes_on_only_where_it_does(permalink: str, open_fair: OpenPage) -> None:
    """A hint in words and a shade at the edge, which goes at the table's end; where all fits there is neither."""
    page = open_fair(permalink, viewport=TELEPHONE)
    frame = page.locator("[data-table-frame]")

    expect(page.locator("[data-table-hint]")).to_be_visible()
    expect(frame).to_have_class(re.compile("has-after"))
    page.locator(".table-tall").evaluate("e => e.scrollTo(99999, 0)")
    expect(frame).not_to_have_class(re.compile("has-after"))
    expect(frame).to_have_class(re.compile("has-before"))
    page.set_viewport_size(DESKTOP)
    expect(page.locator("[data-table-hint]")).to_be_hidden()
    expect(page.locator(".table-tall")).not_to_have_attribute("tabindex", "0")


def test_the_focus_is_not_under_the_head(look_at: OpenPage) -> None:
    """Going back up through the rows, each link is below the head that stays in sight."""
    page = look_at("en/coverage/", viewport=DESKTOP)
    links = page.locator(".coverage tbody th a")
    links.nth(14).focus()
    for at in range(13, 3, -1):
        links.nth(at).focus()

        # Both at one moment, and once the page has gone where the focus is.
        page.wait_for_function(
            """() => {
                const box = (selector) => document.querySelector(selector).getBoundingClientRect();
                return box('.coverage thead th').bottom <= box('.coverage tbody th a:focus').top + 1;
            }"""
        )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_print_has_every_column_on_the_sheet(language: str, look_at: OpenPage) -> None:
    """The table of editions is printed sideways and no wider than the sheet, whatever the screen was."""
    page = look_at(f"{language}/editions/", viewport=SHEET)

    page.emulate_media(media="print")

    assert page.locator("body").evaluate("e => getComputedStyle(e).page") == "sideways"
    right = page.locator("table[data-sort]").evaluate("e => e.getBoundingClientRect().right")
    assert right <= SHEET["width"]
    # A note may hang into the gap beside its cell.
    cut: list[str] = page.locator("table[data-sort] :is(th, td)").evaluate_all(
        "cells => cells.filter(e => e.scrollWidth > e.clientWidth + 12).map(e => e.innerText)"
    )
    assert cut == []
    expect(page.locator("[data-columns]")).to_be_hidden()
    page.emulate_media(media="screen")
