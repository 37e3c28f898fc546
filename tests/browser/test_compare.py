"""Two editions side by side in the browser: addresses, the choices, phones, the way from an edition, no scripts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import OpenPage, arrived
from tests.browser.pages_server import PagesServer
from tests.sweep import swept

PHONE = {"width": 390, "height": 844}


def years(page: Page) -> list[str]:
    """The editions whose columns are there, from left to right."""
    return page.locator(".compare thead th > a:first-child").all_inner_texts()


def expect_years(page: Page, *wanted: str) -> None:
    """Wait for these columns: after a step back the address is there before the script has gone by it."""
    expect(page.locator(".compare thead th > a:first-child")).to_have_text(wanted)


def cells(page: Page, label: str) -> Any:
    """The cells of the row with a label."""
    return page.locator(f".compare tr:has(> th:text-is('{label}')) > td")


def shown(page: Page) -> list[str]:
    """The labels of the rows that are visible."""
    return [row.inner_text() for row in page.locator(".compare tbody th[scope=row]:visible").all()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pair_has_an_address(language: str, look_at: OpenPage) -> None:
    """The editions that the address names, in its order, and what is said of both in the page's title."""
    page = look_at(f"{language}/compare/?a=2019&b=2022")

    assert years(page) == ["2019", "2022"]
    expect(page).to_have_title(re.compile(r"2019.*2022"))
    expect(page.locator("#compare-a")).to_have_value("2019")
    expect(page.locator("#compare-b")).to_have_value("2022")


def test_a_row_has_the_values_of_both(look_at: OpenPage, server: PagesServer) -> None:
    """Each leads to its claim on the page of its edition; its publishers stand below it, its limits too."""
    page = look_at("en/compare/?a=2019&b=2022")
    signed = cells(page, "Projects signed")

    for at, year in enumerate(("2019", "2022")):
        value = signed.nth(at).locator(".compare-value").first
        href = value.evaluate("link => link.href")
        assert href == server.address(f"en/editions/{year}/#projects-signed")
        assert signed.nth(at).locator(".compare-sources a").count() > 0
    signed.first.locator(".compare-value").first.click()
    expect(page.locator("#projects-signed")).to_be_visible()


def test_what_is_not_known_says_so(look_at: OpenPage) -> None:
    """A value of one edition alone stands beside words, not beside an empty cell; what neither has is no row."""
    page = look_at("en/compare/?a=2019&b=2016")

    assert cells(page, "Theme").first.inner_text() == "not known"
    assert cells(page, "Theme").nth(1).locator(".compare-value").count() == 1
    texts = page.locator(".compare tbody tr:visible td").all_inner_texts()
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    assert len(pairs) == len(shown(page)) > 10
    assert ("not known", "not known") not in pairs


def test_only_what_is_known_of_both(look_at: OpenPage, server: PagesServer) -> None:
    """A box narrows the rows; the count says how many that are; the address keeps it."""
    page = look_at("en/compare/?a=2019&b=2016")
    every = shown(page)

    page.locator("#compare-both").check()

    expect(page).to_have_url(server.address("en/compare/?a=2019&b=2016&both=1"))
    both = shown(page)
    assert 0 < len(both) < len(every)
    assert "not known" not in page.locator(".compare tbody tr:visible td").all_inner_texts()
    assert page.locator("[data-compare-count]").inner_text().count(str(len(both))) == 2


def test_a_choice_is_an_address_and_back_takes_it_back(look_at: OpenPage, server: PagesServer) -> None:
    """Choosing, swapping, choosing the other one's edition: each has an address, and the columns follow."""
    page = look_at("en/compare/?a=2019&b=2022")

    page.locator("#compare-b").select_option("2016")
    expect(page).to_have_url(server.address("en/compare/?a=2019&b=2016"))
    expect_years(page, "2019", "2016")
    page.locator("[data-compare-swap]").click()
    expect_years(page, "2016", "2019")
    page.locator("#compare-a").select_option("2019")
    expect_years(page, "2019", "2016")
    for _ in range(3):
        page.go_back()
    expect(page).to_have_url(server.address("en/compare/?a=2019&b=2022"))
    expect_years(page, "2019", "2022")


WITHOUT_A_PAIR = ["", "?a=1066", "?a=2019&b=2019", "?a=2000&b=x", "?b=2025"]


@pytest.mark.parametrize("query", swept(WITHOUT_A_PAIR, ["?a=2019&b=2019", "?a=2000&b=x"]))
def test_an_address_without_a_pair_still_shows_two(query: str, look_at: OpenPage) -> None:
    """Two editions that differ, whatever an old or mistyped address says."""
    page = look_at(f"zh/compare/{query}")
    two = years(page)

    assert len(set(two)) == 2
    assert [page.locator(f"#compare-{name}").input_value() for name in "ab"] == two


def test_switching_the_language_keeps_the_pair(look_at: OpenPage, server: PagesServer) -> None:
    """The same two editions in the other language's words."""
    page = look_at("zh/compare/?a=2019&b=2016&both=1")

    page.locator("header a[data-switch]").click()

    arrived(page, server.address("en/compare/?a=2019&b=2016&both=1"))
    assert years(page) == ["2019", "2016"]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_edition_leads_to_its_comparison(scripts: bool, look_at: OpenPage, server: PagesServer) -> None:
    """The picker has every other edition of which something is known; the one before it is chosen."""
    page = look_at("en/editions/2019/", java_script_enabled=scripts)
    picker = page.locator(".compare-picker")
    options = picker.locator("option").all_inner_texts()

    assert "2019" not in options
    assert options == sorted(options, reverse=True)
    expect(picker.locator("select")).to_have_value("2018")
    picker.locator("select").select_option("2016")
    picker.locator("button").click()
    expect(page).to_have_url(server.address("en/compare/?a=2019&b=2016"))


def test_the_form_works_by_keyboard(look_at: OpenPage) -> None:
    """From one choice to the other, the swap and the box, then into the table."""
    page = look_at("en/compare/?a=2019&b=2016")
    page.locator("#compare-a").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#compare-b")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-compare-swap]")).to_be_focused()
    page.keyboard.press("Enter")
    expect_years(page, "2016", "2019")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("both=1"))


def test_two_columns_fit_a_phone(open_page: OpenPage) -> None:
    """The names of the rows stand above their values, which stand side by side under their editions' heads."""
    page = open_page("en/compare/?a=2019&b=2016", viewport=PHONE)
    signed = cells(page, "Projects ready to sign")
    left, right = (signed.nth(at).bounding_box() for at in (0, 1))

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert left
    assert right
    assert abs(left["x"] + left["width"] - right["x"]) < 20
    assert right["x"] + right["width"] <= PHONE["width"]
    signed.first.scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(page.locator(".compare thead th").first).to_be_in_viewport()


def test_without_scripts_every_edition_is_a_column(look_at: OpenPage) -> None:
    """No form that does nothing; the whole table is there, within a region that scrolls."""
    page = look_at("en/compare/", java_script_enabled=False)
    every = years(page)

    assert len(every) > 20
    assert every == sorted(every, reverse=True)
    expect(page.locator("form[data-compare]")).to_be_hidden()
    expect(page.locator("[data-compare-all]")).to_be_visible()
    assert cells(page, "Projects signed").count() == len(every)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_paper_has_the_pair(look_at: OpenPage) -> None:
    """The two columns and the sentence that names them, without the form."""
    page = look_at("en/compare/?a=2019&b=2016")
    page.emulate_media(media="print")
    try:
        expect(page.locator("form[data-compare]")).to_be_hidden()
        expect(page.locator("[data-compare-count]")).to_be_visible()
        assert years(page) == ["2019", "2016"]
    finally:
        page.emulate_media(media="screen")
