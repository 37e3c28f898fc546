"""The language switcher keeps the reader's page and the place on it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage, arrived
from tests.browser.kinds import IN_TURN, LANGUAGES, each_other, permalink_of
from tests.browser.pages_server import PagesServer
from tests.sweep import swept


def other(language: str) -> str:
    """The one the reader switches to."""
    return next(each for each in LANGUAGES if each != language)


@pytest.mark.parametrize("name", each_other(IN_TURN))
def test_switching_keeps_the_page(name: str, look_at: OpenPage, server: PagesServer, archive_output: Path) -> None:
    """Both languages have every page at the same address but for the language."""
    permalink = permalink_of(archive_output, name)
    language = name[:2]
    page = look_at(permalink)

    page.locator(f"header a[lang|={other(language)}]").first.click()

    arrived(page, server.address(permalink.replace(language, other(language), 1)))
    assert (page.locator("html").get_attribute("lang") or "").startswith(other(language))


@pytest.mark.parametrize("language", swept(LANGUAGES, ["zh"]))
def test_switching_keeps_the_place_on_the_page(
    language: str, open_page: OpenPage, server: PagesServer, archive_output: Path
) -> None:
    """Anchors are the same in both languages, so the reader stays at the claim."""
    permalink = permalink_of(archive_output, f"{language} edition")
    page = open_page(permalink)
    anchor = page.locator("main section[id], main article[id], main [id]").last.get_attribute("id")
    page.goto(server.address(f"{permalink}#{anchor}"))

    page.locator(f"header a[lang|={other(language)}]").first.click()

    arrived(page, server.address(f"{permalink.replace(language, other(language), 1)}#{anchor}"))
    assert page.locator(f"[id='{anchor}']").count() == 1


# A page of each kind that has something to choose, as a reader has left it.
CHOSEN = [
    "timeline/?known=figures#list",
    "sources/?grade=official",
    "editions/?columns=held&sort=year",
    "search/?q=2019",
]


@pytest.mark.parametrize("chosen", swept(CHOSEN, CHOSEN[1:3]))
def test_switching_keeps_what_is_chosen(chosen: str, open_page: OpenPage, server: PagesServer) -> None:
    """The other page is narrowed and sorted alike; its fields say the same."""
    page = open_page(f"zh/{chosen}")
    fields = "main :is(select, input[type=search], input[type=checkbox])"
    given = "found => found.map(field => field.type === 'checkbox' ? field.checked : field.value)"
    before = page.locator(fields).evaluate_all(given)

    page.locator(".switcher a[lang|=en]").click()

    arrived(page, server.address(f"en/{chosen}"))
    assert page.locator(fields).evaluate_all(given) == before
    assert any(before)


def test_a_new_tab_keeps_what_is_chosen_too(open_page: OpenPage) -> None:
    """The address is there before the link is followed, however it is."""
    page = open_page("zh/sources/?grade=official")

    page.locator(".switcher a[lang|=en]").dispatch_event("pointerdown")

    assert (page.locator(".switcher a[lang|=en]").get_attribute("href") or "").endswith("en/sources/?grade=official")


def test_switching_works_without_javascript(open_page: OpenPage, server: PagesServer, archive_output: Path) -> None:
    """The link itself leads to the page; only the anchor needs the script."""
    permalink = permalink_of(archive_output, "en edition")
    page = open_page(permalink, java_script_enabled=False)

    page.locator("header a[lang|=zh]").first.click()

    expect(page).to_have_url(server.address(permalink.replace("en", "zh", 1)))
