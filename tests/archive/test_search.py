"""What readers of this archive ask for, in both languages, is answered by the page that they mean."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.pages_server import PagesServer
from tests.browser.test_search import answered, hits

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


Ask: TypeAlias = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def ask(browser: Browser, server: PagesServer) -> Iterator[Ask]:
    """``ask("2022", "zh")``: the search page of that language with the answer.

    One page a language is asked one question after another, as it reads its index once.
    """
    pages: dict[str, Page] = {}

    def asked(question: str, language: str) -> Page:
        if language not in pages:
            pages[language] = browser.new_page()
            pages[language].goto(server.address(f"{language}/search/"))
        box = pages[language].get_by_role("searchbox")
        box.fill("")
        expect(pages[language].locator("main [role=status]")).to_be_empty()
        box.fill(question)
        return answered(pages[language])

    yield asked
    for page in pages.values():
        page.close()


@pytest.mark.parametrize(("question", "language", "first"), QUESTIONS)
def test_the_right_page_comes_first(question: str, language: str, first: str, ask: Ask, server: PagesServer) -> None:
    """Words inside longer ones, names of the other language, full-width digits, a word without its accents."""
    found = hits(ask(question, language)).first.evaluate("a => a.href")

    assert re.fullmatch(re.escape(server.address(f"{language}/")) + first, found), found


def test_a_hit_shows_its_kind_its_time_and_what_matched(look_at: OpenPage) -> None:
    """The era where it has one, and the words marked in the title and in the sentence they stand in."""
    page = answered(look_at(f"zh/search/?q={quote('绿色算力')}&kind=editions"))
    hit = page.locator(".search-hit", has=page.locator('a[href="../editions/2024/"]'))

    assert hit.locator(".search-about").inner_text().split("\n")[0].startswith("历届")
    assert hit.locator(".search-about span").count() == 2
    assert "绿色算力" in hit.locator(".search-snippet mark").all_inner_texts()


@pytest.mark.parametrize("question", ["1.6万亿", "16000亿"])
def test_a_large_figure_is_found_however_it_is_written(ask: Ask, question: str) -> None:
    """As the page writes it, and with all its digits."""
    found = hits(ask(question, "zh"))

    assert any(re.search("/zh/growth/", href) for href in found.evaluate_all("all => all.map(a => a.href)"))
