"""The search finds what readers of both languages ask for, and can be used without a mouse and without scripts."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import LEAST_KNOWN, permalink_of
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.expected import expect_none
from tests.sweep import swept


@dataclass(frozen=True)
class Subject:
    """What the archive has that can be asked for, whatever it is about."""

    year: str
    # In the title of an article of the era, and in few other pages.
    word: str
    era: str


@pytest.fixture(scope="module")
def subject(archive_output: Path) -> Subject:
    """The year that most pages speak of, and the rarest word among the articles' titles in English."""
    text = (archive_output / "search" / "en.js").read_text("utf-8")
    pages: list[dict[str, Any]] = json.loads(text.partition(" = ")[2].rstrip().removesuffix(";"))["pages"]
    years = Counter(year for page in pages for year in page.get("years", []))
    words = Counter(word for page in pages for word in set(re.findall(r"[a-z]{6,}", json.dumps(page).casefold())))
    articles = [page for page in pages if page["kind"] == "articles" and page.get("eras")]
    named = [
        (word, page["eras"][0]) for page in articles for word in re.findall(r"[a-z]{6,}", page["title"].casefold())
    ]
    word, era = min(named, key=lambda pair: words[pair[0]])
    return Subject(str(years.most_common(1)[0][0]), word, era)


def hits(page: Page) -> Locator:
    """The links of the hits shown."""
    return page.locator("main .search-hit h3 a")


# Looked at with each frame: what asks a page anew by the clock waits most of its time.
ANSWERED = """() => {
    const said = document.querySelector("main [role=status]").textContent.trim();
    return said && said !== document.querySelector("form[data-search]").dataset.searching;
}"""


def answered(page: Page) -> Page:
    """The page, once it has answered its question."""
    page.wait_for_function(ANSWERED, timeout=20_000)
    return page


def ask(page: Page, address: str, question: str) -> Page:
    """The search page at the address, once it has answered the question: loaded only where it is not there yet.

    With Enter, as nobody is typing on, which would be waited for.
    """
    if page.url.partition("?")[0] != address:
        page.goto(address)
    field = page.get_by_role("searchbox")
    for words in ("", question):
        field.fill(words)
        field.press("Enter")
    return answered(page)


def listed(page: Page) -> Locator:
    """The first edition in the list of everything, which stands where nothing is asked."""
    return page.locator("#kind-editions a").first


def count_in(text: str) -> int:
    """The number that a text of the page has."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found.group())


@pytest.mark.long
def test_full_width_digits_find_what_digits_find(look_at: OpenPage, subject: Subject) -> None:
    """The same pages in the same order."""
    wide = "".join(chr(ord(digit) + ord("０") - ord("0")) for digit in subject.year)
    found = [
        hits(answered(look_at(f"zh/search/?q={quote(question)}"))).all_inner_texts()
        for question in (wide, subject.year)
    ]

    assert len(found[0]) > 5
    assert found[0] == found[1]


def test_the_number_found_is_announced_while_typing(look_at: OpenPage, subject: Subject) -> None:
    """In a live region, and the list of everything makes room."""
    page = look_at("en/search/")
    expect(listed(page)).to_be_visible()

    page.get_by_role("searchbox").fill(subject.word)
    status = answered(page).locator("main [role=status]")
    found = count_in(status.inner_text())

    assert hits(page).count() == found
    expect(listed(page)).to_be_hidden()

    page.get_by_role("searchbox").fill("zzzzqq")

    expect(hits(page)).to_have_count(0)
    expect(status).to_contain_text("Nothing")


@pytest.mark.parametrize("language", swept(["zh", "en"], ["zh"]))
def test_an_answer_meets_wcag(language: str, look_at: OpenPage, subject: Subject) -> None:
    """With hits, marks, the way to the other language and the button for more."""
    page = answered(look_at(f"{language}/search/?q={subject.year}", bypass_csp=True))
    expect(page.locator("main a[hreflang]")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Show more|显示更多"))).to_be_visible()

    expect_none(violations_in_both_schemes(page), "violations")


@pytest.fixture(scope="module")
def reader(browser: Browser, server: PagesServer) -> Iterator[Page]:
    """The search page in English with its engine, for tests that ask its scripts alone."""
    page = browser.new_page()
    page.goto(server.address("en/search/?q=2011"))
    yield answered(page)
    page.close()


# A number as somebody may write it, and its digits.
WRITINGS = [
    ("1045", "1045"),
    ("1,045", "1045"),
    ("1 045", "1045"),
    ("１０４５", "1045"),
    ("104.5 billion", "104500000000"),
    ("104.5bn", "104500000000"),
    ("104,5 milliards", "104500000000"),
    ("1045亿", "104500000000"),
    ("1045億元", "104500000000"),
    ("1.6万亿", "1600000000000"),
    ("16000亿", "1600000000000"),
    ("1.6 trillion", "1600000000000"),
    ("20428.6亿", "2042860000000"),
    ("6万", "60000"),
]
SCALES = {"万": 4, "亿": 8, "billion": 9, "bn": 9, "trillion": 12, "milliard": 9, "milliards": 9}


@pytest.mark.parametrize(("written", "digits"), WRITINGS)
def test_a_number_is_its_digits_however_it_is_written(written: str, digits: str, reader: Page) -> None:
    """Alone in a question, and inside a text, where what stands there is found too."""
    terms = """([text, scales, asked]) => {
        const reading = archiveSearch.reading({ scales, folded: "億亿" });
        return reading.terms(reading.fold(text).text, { asked }).map((found) => found.term);
    }"""

    assert reader.evaluate(terms, [written, SCALES, True])[0] == digits
    assert digits in reader.evaluate(terms, [f"in 2022, 145 项，{written} were signed", SCALES, False])


@pytest.mark.parametrize("written", ["2011, 259", "20th 200", "2020 2021", "covid-19", "a1b"])
def test_what_is_no_number_is_not_put_together(written: str, reader: Page) -> None:
    """A year and the number after it are two."""
    found = reader.evaluate(
        """([text, scales]) => {
            const reading = archiveSearch.reading({ scales });
            return reading.terms(reading.fold(text).text).map((found) => found.term);
        }""",
        [written, SCALES],
    )

    assert found == re.findall(r"\w+", written)


SOUNDS = [
    ("xizang", ["西藏"]),
    ("xi zang", ["西藏"]),
    # Each reading of a character, and ü as it is typed.
    ("cangyuan", ["藏园"]),
    ("lvse", ["绿色"]),
    ("luse", ["绿色"]),
    # Inside a longer name, and beside other words.
    ("huiyi 2019", ["会议 2019"]),
    # A part of a syllable, a single character, few letters, and what no name has.
    ("xizan", []),
    ("zhuang", []),
    ("xi", []),
    ("visitors", []),
]


@pytest.mark.parametrize(("typed", "names"), SOUNDS)
def test_names_are_found_by_pinyin(typed: str, names: list[str], reader: Page) -> None:
    """With or without spaces, as the characters that stand in names."""
    found = reader.evaluate(
        """(typed) => {
            const table = "cang藏 hui会 lu绿 lv绿 se色 xi西 yi议 yuan园 zang藏 zhuang装";
            const names = ["西藏", "藏园", "绿色会议", "装"].map((title) => ({ title }));
            return archiveSearch.sounds(archiveSearch.reading(), table, names)(typed);
        }""",
        typed,
    )

    assert list(dict.fromkeys(found)) == names


def test_words_and_filters_are_restored_from_the_address(look_at: OpenPage, subject: Subject) -> None:
    """A search can be sent to somebody, and left for the other language without being lost."""
    page = answered(look_at(f"en/search/?q={subject.word}&kind=articles&era={subject.era}"))

    expect(page.get_by_role("searchbox")).to_have_value(subject.word)
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("articles")
    expect(page.get_by_role("combobox", name="Era")).to_have_value(subject.era)
    addresses = [link.get_attribute("href") or "" for link in hits(page).all()]
    assert addresses
    assert [address for address in addresses if not address.startswith("../articles/")] == []

    page.locator("header a[lang|=zh]").click()

    expect(answered(page).get_by_role("searchbox")).to_have_value(subject.word)
    expect(page.locator("#search-kind")).to_have_value("articles")


def test_words_and_filters_are_kept_in_the_address(look_at: OpenPage, subject: Subject) -> None:
    """And a filter alone lists all that it lets through."""
    page = look_at("en/search/")
    page.get_by_role("combobox", name="Kind").select_option("articles")
    answered(page)
    every = hits(page).count()
    page.get_by_role("combobox", name="Era").select_option(subject.era)
    page.get_by_role("searchbox").fill(subject.word)

    page.wait_for_url(re.compile(f"q={subject.word}"))
    assert parse_qs(urlsplit(page.url).query) == {"q": [subject.word], "kind": ["articles"], "era": [subject.era]}
    expect(hits(page)).not_to_have_count(every)


def test_the_same_can_be_asked_in_the_other_language(
    open_page: OpenPage, server: PagesServer, subject: Subject
) -> None:
    """By a link, for which nothing of that language is loaded before somebody follows it."""
    page = open_page("en/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("searchbox").fill(subject.year)
    other = answered(page).locator("main a[hreflang|=zh]")
    expect(other).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert server.address("search/zh.js") not in asked

    other.click()

    expect(page).to_have_url(server.address(f"zh/search/?q={subject.year}"))
    expect(hits(answered(page)).first).to_be_visible()


def test_what_is_searched_is_loaded_when_somebody_is_about_to_ask(open_page: OpenPage, server: PagesServer) -> None:
    """A reader who only looks through the list is spared it."""
    page = open_page("en/search/")
    asked: list[str] = []
    # The browser asks for the site's icon when it pleases.
    page.on("request", lambda request: None if "/media/" in request.url else asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src*='search/en.js']").count() == 0

    parts = ("answer", "engine", "fold", "question", "results", "rewriter", "sounds")
    engine = [f"assets/js/search/engine/{name}.js" for name in parts]
    with page.expect_response(server.address(engine[-1])):
        page.get_by_role("searchbox").press("l")

    names = ["assets/js/search/lib/minisearch.js", "search/en.js", "search/answers-en.js", *engine]
    assert asked == [server.address(name) for name in names]


def test_the_list_stays_where_nothing_to_search_can_be_had(open_page: OpenPage, subject: Subject) -> None:
    """On a broken line; the next question tries again."""
    page = open_page("en/search/")
    page.route("**/search/en.js", lambda route: route.abort())
    page.get_by_role("searchbox").fill(subject.word)
    page.wait_for_timeout(500)
    expect(listed(page)).to_be_visible()

    page.unroute("**/search/en.js")
    page.get_by_role("searchbox").fill(subject.year)

    expect(hits(answered(page)).first).to_be_visible()


def test_the_slash_key_leads_to_the_search_from_any_page(look_at: OpenPage, archive_output: Path) -> None:
    """There it goes to the field, where it is a sign like any other."""
    page = look_at(permalink_of(archive_output, "en edition"))

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox")).to_be_focused(timeout=20_000)
    page.get_by_role("searchbox").blur()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("1/2")
    expect(page.get_by_role("searchbox")).to_have_value("1/2")


def test_the_slash_key_can_be_switched_off(open_page: OpenPage, server: PagesServer, archive_output: Path) -> None:
    """WCAG 2.1.4: a key of one character is not forced on those who speak to their machine."""
    edition = server.address(permalink_of(archive_output, "en edition"))
    page = open_page("en/search/")
    page.get_by_role("checkbox").uncheck()
    page.goto(edition)

    page.keyboard.press("/")
    page.wait_for_timeout(300)

    expect(page).to_have_url(edition)


def test_arrows_lead_through_the_results_and_escape_back(
    look_at: OpenPage, server: PagesServer, subject: Subject
) -> None:
    """Down from the field to the first hit and the next, up again, Enter opens; Escape goes back, then empties."""
    page = answered(look_at(f"en/search/?q={subject.year}"))
    field = page.get_by_role("searchbox")
    field.focus()

    page.keyboard.press("ArrowDown")
    expect(hits(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value(subject.year)
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(listed(page)).to_be_visible()
    assert page.url == server.address("en/search/")


def test_enter_opens_the_hit_that_the_arrows_reached(look_at: OpenPage, server: PagesServer, subject: Subject) -> None:
    """As on any link."""
    page = answered(look_at(f"en/search/?q={subject.year}"))
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(server.address(f"en/editions/{subject.year}/"))


def test_arrows_keep_their_meaning_elsewhere(look_at: OpenPage, subject: Subject) -> None:
    """A choice is changed by them, and a page scrolled."""
    page = answered(look_at(f"en/search/?q={subject.year}"))
    kind = page.get_by_role("combobox", name="Kind")
    kind.focus()
    page.keyboard.press("ArrowDown")

    expect(kind).to_be_focused()
    expect(kind).not_to_have_value("")


def test_a_hit_is_opened_with_the_keyboard(look_at: OpenPage, server: PagesServer, subject: Subject) -> None:
    """From the field the Tab key goes on to the first hit; coming back, the answer is still there."""
    page = answered(look_at(f"en/search/?q={subject.year}"))
    page.get_by_role("searchbox").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if hits(page).first.evaluate("a => a === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(server.address(f"en/editions/{subject.year}/"))

    page.go_back()

    expect(answered(page).get_by_role("searchbox")).to_have_value(subject.year)
    expect(hits(page).first).to_be_visible()


def test_without_javascript_the_page_lists_everything(look_at: OpenPage, archive_output: Path) -> None:
    """By kind, with a way to each; what cannot work is not shown, and no word waits for a script to fill it."""
    page = look_at("zh/search/", java_script_enabled=False)

    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator(".search-unscripted")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(re.compile(r"\{\w+\}"))
    expect(page.locator("main a[href='#kind-editions']")).to_be_visible()
    for kind in (LEAST_KNOWN, "article", "place", "growth"):
        target = permalink_of(archive_output, f"zh {kind}").removeprefix("zh/")
        expect(page.locator(f"main a[href='../{target}']")).to_be_visible()


@pytest.mark.long
def test_it_searches_in_a_folder_too(browser: Browser, archive_output: Path, subject: Subject) -> None:
    """Opened as a file, without a server."""
    page = browser.new_page()
    page.goto((archive_output / "zh/search/index.html").as_uri())
    page.get_by_role("searchbox").fill(subject.year)

    expect(hits(answered(page)).first).to_have_attribute("href", f"../editions/{subject.year}/")
    page.close()
