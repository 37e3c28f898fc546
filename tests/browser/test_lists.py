"""Long lists narrow and sort in the browser; the choice is in the address, and without scripts they are whole."""

import re
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.pages_server import PagesServer
from tests.sweep import swept


def years(page: Page) -> list[int]:
    """The years of the table's rows as they stand."""
    return [int(text) for text in page.locator("[data-of=year]").all_inner_texts()]


def values(page: Page, column: str) -> list[float | None]:
    """The data of a column, row by row; None where the row has none."""
    rows = page.locator("table[data-sort] tbody tr")
    found = [rows.nth(at).locator(f'[data-of="{column}"]') for at in range(rows.count())]
    texts = [cell.get_attribute("data-value") if cell.count() else None for cell in found]
    return [float(text) if text else None for text in texts]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_sorts_by_its_data_and_keeps_gaps_last(language: str, look_at: OpenPage) -> None:
    """Sorted by a figure, rows without one stay below in both directions."""
    page = look_at(f"{language}/editions/")
    head = page.locator("th[data-sorts]").nth(2)
    column = head.get_attribute("data-column") or ""

    for direction, reverse in (("descending", True), ("ascending", False)):
        head.get_by_role("button").click()
        found = values(page, column)
        known = [value for value in found if value is not None]

        expect(head).to_have_attribute("aria-sort", direction)
        assert known == sorted(known, reverse=reverse)
        assert found[: len(known)] == known
        assert len(known) > 1


def test_the_order_of_the_table_is_in_the_address(look_at: OpenPage, server: PagesServer) -> None:
    """A link to a sorted table opens it sorted."""
    page = look_at("en/editions/?sort=year&order=ascending")

    assert years(page) == sorted(years(page))

    page.locator("th[data-column=year]").get_by_role("button").click()

    expect(page).to_have_url(re.compile("order=descending"))
    page.reload()
    assert years(page) == sorted(years(page), reverse=True)


def test_the_table_is_whole_without_scripts(look_at: OpenPage) -> None:
    """Every year is there, newest first, and no button that would do nothing."""
    page = look_at("en/editions/", java_script_enabled=False)

    assert years(page) == sorted(years(page), reverse=True)
    expect(page.locator("th button")).to_have_count(0)


def heads(page: Page) -> list[tuple[str, object]]:
    """What each head of the table says, and its size."""
    parts = page.locator("table[data-sort] thead th").all()
    return [(part.inner_text(), {**(part.bounding_box() or {}), "x": 0, "y": 0}) for part in parts]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_of_the_table_moves_as_its_scripts_arrive(language: str, width: int, look_at: OpenPage) -> None:
    """Its heads take the same room before, and say the same; the number of columns stands there already."""
    size = {"width": width, "height": 823}
    before = look_at(f"{language}/editions/", viewport=size, java_script_enabled=False)
    after = look_at(f"{language}/editions/", viewport=size)
    count = "[data-columns-count]"

    assert heads(after) == heads(before)
    assert after.locator(count).text_content() == before.locator(count).text_content() != ""


LISTS = ["en/timeline/", "zh/timeline/", "en/sources/", "zh/sources/"]


@pytest.mark.parametrize("permalink", swept(LISTS, ["en/timeline/", "zh/sources/"]))
def test_a_list_narrows_and_remembers_in_its_address(permalink: str, look_at: OpenPage) -> None:
    """The number beside an option is the number of items shown; a reload shows the same; one press shows all."""
    page = look_at(permalink)
    shown, every = page.locator("[data-filter-item]:visible"), page.locator("[data-filter-item]")
    select = page.locator("form[data-filter] select").first
    option = select.locator("option").nth(1)
    count = int(re.findall(r"\d+", option.inner_text())[-1])

    select.select_option(index=1)

    expect(shown).to_have_count(count)
    expect(page.locator("[data-filter-count]")).to_contain_text(str(count))
    page.reload()
    expect(shown).to_have_count(count)
    page.locator("[data-filter-reset]").click()
    expect(shown).to_have_count(every.count())
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


def test_a_list_with_nothing_to_show_says_so(look_at: OpenPage) -> None:
    """Two choices that exclude each other leave a sentence and the way back, not an empty page."""
    page = look_at("en/sources/")
    offered = [page.locator(f"#filter-{name} option").all()[1:] for name in ("grade", "language")]
    for grade, language in product(*([one.get_attribute("value") for one in options] for options in offered)):
        page.locator("#filter-grade").select_option(grade)
        page.locator("#filter-language").select_option(language)
        if page.locator("[data-filter-item]:visible").count() == 0:
            break

    expect(page.locator("[data-filter-none]")).to_be_visible()
    expect(page.locator("[data-filter-reset]")).to_be_visible()


def test_an_unknown_choice_in_the_address_shows_everything(look_at: OpenPage) -> None:
    """An old or mistyped link still opens the whole list."""
    page = look_at("en/sources/?grade=nothing")

    assert page.locator("[data-filter-item]:visible").count() == page.locator("[data-filter-item]").count()


@pytest.mark.parametrize("permalink", ["en/timeline/", "en/sources/"])
def test_a_list_is_whole_without_scripts(permalink: str, look_at: OpenPage) -> None:
    """The form, which could do nothing, is not there; every item is."""
    page = look_at(permalink, java_script_enabled=False)

    expect(page.locator("form[data-filter]")).to_be_hidden()
    assert page.locator("[data-filter-item]:visible").count() == page.locator("[data-filter-item]").count()


def test_a_year_of_the_timeline_is_one_press_away(look_at: OpenPage) -> None:
    """Each year has an address of its own on the timeline."""
    page = look_at("en/timeline/")
    link = page.locator(".year-index a").last
    year = link.inner_text().strip()

    link.click()

    expect(page).to_have_url(re.compile(f"#year-{year}$"))
    expect(page.locator(f"#year-{year}")).to_be_in_viewport()
