"""The search finds what readers of both languages ask for, and can be used without a mouse and without scripts."""

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.expected import expect_none

# What is asked, where, and the page that answers first.
QUESTIONS = [
    ("绿色算力", "zh", "industries/green-computing/"),
    ("算力", "zh", "topics/computing/"),
    # Everything that has the fair's short name in its own: the archive itself comes first.
    ("洽会", "zh", ""),
    ("分会场", "zh", "articles/haixi-sub-venue/"),
    ("海西分会场", "zh", "articles/haixi-sub-venue/"),
    # Editions that had it in their name.
    ("投资贸易", "zh", r"editions/\d{4}/"),
    ("２０２２", "zh", "editions/2022/"),
    ("2022", "zh", "editions/2022/"),
    ("lithium", "zh", "industries/lithium/"),
    ("算力", "en", "topics/computing/"),
    ("２０２２", "en", "editions/2022/"),
    ("2022", "en", "editions/2022/"),
    ("lithium", "en", "industries/lithium/"),
    ("turkiye", "en", "places/turkiye/"),
    ("Haixi", "zh", "places/haixi/"),
    ("锂", "zh", r"(events/lithium-summit|industries/lithium)/"),
]


def hits(page: Page) -> Locator:
    """The links of the hits shown."""
    return page.locator("main .search-hit h3 a")


def answered(page: Page) -> Page:
    """The page, once it has answered its question."""
    expect(page.locator("main [role=status]")).not_to_be_empty(timeout=20_000)
    return page


def count_in(text: str) -> int:
    """The number that a text of the page has."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found.group())


@pytest.mark.parametrize(("question", "language", "first"), QUESTIONS)
def test_the_right_page_comes_first(
    question: str, language: str, first: str, open_page: OpenPage, server: PagesServer
) -> None:
    """Words inside longer ones, names of the other language, full-width digits, a word without its accents."""
    page = answered(open_page(f"{language}/search/?q={quote(question)}"))
    found = hits(page).first.evaluate("a => a.href")

    assert re.fullmatch(re.escape(server.address(f"{language}/")) + first, found), found


def test_full_width_digits_find_what_digits_find(open_page: OpenPage) -> None:
    """The same pages in the same order."""
    found = [
        hits(answered(open_page(f"zh/search/?q={quote(question)}"))).all_inner_texts()
        for question in ("２０２２", "2022")
    ]

    assert len(found[0]) > 5
    assert found[0] == found[1]


def test_a_hit_shows_its_kind_its_time_and_what_matched(open_page: OpenPage) -> None:
    """The era where it has one, and the words marked in the title and in the sentence they stand in."""
    page = answered(open_page(f"zh/search/?q={quote('绿色算力')}&kind=editions"))
    hit = page.locator(".search-hit", has=page.locator('a[href="../editions/2024/"]'))

    assert hit.locator(".search-about").inner_text().split("\n")[0].startswith("历届")
    assert hit.locator(".search-about span").count() == 2
    assert "绿色算力" in hit.locator(".search-snippet mark").all_inner_texts()


def test_the_number_found_is_announced_while_typing(open_page: OpenPage) -> None:
    """In a live region, and the list of everything makes room."""
    page = open_page("en/search/")
    expect(page.locator("main a[href='../editions/2003/']")).to_be_visible()

    page.get_by_role("searchbox").fill("tulip")
    status = answered(page).locator("main [role=status]")
    found = count_in(status.inner_text())

    assert hits(page).count() == found
    expect(page.locator("main a[href='../editions/2003/']")).to_be_hidden()

    page.get_by_role("searchbox").fill("zzzzqq")

    expect(hits(page)).to_have_count(0)
    expect(status).to_contain_text("Nothing")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_meets_wcag(language: str, open_page: OpenPage) -> None:
    """With hits, marks, the other language's number and the button for more."""
    page = answered(open_page(f"{language}/search/?q=2022", bypass_csp=True))
    expect(page.locator("main a[hreflang]")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name=re.compile("Show more|显示更多"))).to_be_visible()

    expect_none(violations_in_both_schemes(page), "violations")


def test_words_and_filters_are_restored_from_the_address(open_page: OpenPage) -> None:
    """A search can be sent to somebody, and left for the other language without being lost."""
    page = answered(open_page("en/search/?q=computing&kind=articles&era=guests-of-honour"))

    expect(page.get_by_role("searchbox")).to_have_value("computing")
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("articles")
    expect(page.get_by_role("combobox", name="Era")).to_have_value("guests-of-honour")
    addresses = [link.get_attribute("href") or "" for link in hits(page).all()]
    assert addresses
    assert [address for address in addresses if not address.startswith("../articles/")] == []

    page.locator("header a[lang|=zh]").click()

    expect(answered(page).get_by_role("searchbox")).to_have_value("computing")
    expect(page.locator("#search-kind")).to_have_value("articles")


def test_words_and_filters_are_kept_in_the_address(open_page: OpenPage) -> None:
    """And a filter alone lists all that it lets through."""
    page = open_page("en/search/")
    page.get_by_role("combobox", name="Kind").select_option("articles")
    answered(page)
    every = hits(page).count()
    page.get_by_role("combobox", name="Era").select_option("guests-of-honour")
    page.get_by_role("searchbox").fill("computing")

    page.wait_for_url(re.compile("q=computing"))
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["computing"],
        "kind": ["articles"],
        "era": ["guests-of-honour"],
    }
    expect(hits(page)).not_to_have_count(every)


def test_it_says_how_many_pages_the_other_language_has(open_page: OpenPage, server: PagesServer) -> None:
    """With a link that asks the same there."""
    page = answered(open_page("en/search/?q=lithium"))
    other = page.locator("main a[hreflang|=zh]")
    expect(other).to_be_visible(timeout=20_000)
    promised = count_in(other.inner_text())

    other.click()

    expect(page).to_have_url(server.address("zh/search/?q=lithium"))
    assert count_in(answered(page).locator("main [role=status]").inner_text()) == promised > 0


def test_what_is_searched_is_loaded_when_somebody_is_about_to_ask(open_page: OpenPage, server: PagesServer) -> None:
    """A reader who only looks through the list is spared it."""
    page = open_page("en/search/")
    asked: list[str] = []
    # The browser asks for the site's icon when it pleases.
    page.on("request", lambda request: None if "/media/" in request.url else asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src*='search/en.js']").count() == 0

    with page.expect_response(server.address("search/en.js")):
        page.get_by_role("searchbox").focus()

    assert asked == [server.address("search/en.js")]


def test_the_list_stays_where_nothing_to_search_can_be_had(open_page: OpenPage) -> None:
    """On a broken line; the next question tries again."""
    page = open_page("en/search/")
    page.route("**/search/en.js", lambda route: route.abort())
    page.get_by_role("searchbox").fill("lithium")
    page.wait_for_timeout(500)
    expect(page.locator("main a[href='../editions/2003/']")).to_be_visible()

    page.unroute("**/search/en.js")
    page.get_by_role("searchbox").fill("lithium battery")

    expect(hits(answered(page)).first).to_be_visible()


def test_nothing_is_said_of_a_language_that_has_none(open_page: OpenPage, server: PagesServer) -> None:
    """Its index is loaded and holds nothing of the sort."""
    page = open_page("en/search/")
    with page.expect_response(server.address("search/zh.js")):
        page.get_by_role("searchbox").fill("zzzzqq")
    answered(page)
    page.wait_for_timeout(1000)

    expect(page.locator("main a[hreflang|=zh]")).to_be_hidden()


def test_the_slash_key_leads_to_the_search_from_any_page(open_page: OpenPage) -> None:
    """There it goes to the field, where it is a sign like any other."""
    page = open_page("en/editions/2022/")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox")).to_be_focused(timeout=20_000)
    page.get_by_role("searchbox").blur()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("1/2")
    expect(page.get_by_role("searchbox")).to_have_value("1/2")


def test_the_slash_key_can_be_switched_off(open_page: OpenPage, server: PagesServer) -> None:
    """WCAG 2.1.4: a key of one character is not forced on those who speak to their machine."""
    page = open_page("en/search/")
    page.get_by_role("checkbox").uncheck()
    page.goto(server.address("en/editions/2022/"))

    page.keyboard.press("/")
    page.wait_for_timeout(300)

    expect(page).to_have_url(server.address("en/editions/2022/"))


def test_a_hit_is_opened_with_the_keyboard(open_page: OpenPage, server: PagesServer) -> None:
    """From the field the Tab key goes on to the first hit; coming back, the answer is still there."""
    page = answered(open_page("en/search/?q=2022"))
    page.get_by_role("searchbox").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if hits(page).first.evaluate("a => a === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(server.address("en/editions/2022/"))

    page.go_back()

    expect(answered(page).get_by_role("searchbox")).to_have_value("2022")
    expect(hits(page).first).to_be_visible()


def test_without_javascript_the_page_lists_everything(open_page: OpenPage) -> None:
    """By kind, with a way to each; what cannot work is not shown, and no word waits for a script to fill it."""
    page = open_page("zh/search/", java_script_enabled=False)

    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator("main")).not_to_contain_text(re.compile(r"\{\w+\}"))
    expect(page.locator("main a[href='#kind-editions']")).to_be_visible()
    for target in ("editions/2003/", "articles/haixi-sub-venue/", "places/haixi/", "growth/"):
        expect(page.locator(f"main a[href='../{target}']")).to_be_visible()


def test_it_searches_in_a_folder_too(browser: Browser, archive_output: Path) -> None:
    """Opened as a file, without a server."""
    page = browser.new_page()
    page.goto((archive_output / "zh/search/index.html").as_uri())
    page.get_by_role("searchbox").fill("海西分会场")

    expect(hits(answered(page)).first).to_have_attribute("href", "../articles/haixi-sub-venue/")
    page.close()
