"""What readers of this archive ask for, in both languages, is answered by the page that they mean."""

import re
from urllib.parse import quote

import pytest

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


@pytest.mark.parametrize(("question", "language", "first"), QUESTIONS)
def test_the_right_page_comes_first(
    question: str, language: str, first: str, look_at: OpenPage, server: PagesServer
) -> None:
    """Words inside longer ones, names of the other language, full-width digits, a word without its accents."""
    page = answered(look_at(f"{language}/search/?q={quote(question)}"))
    found = hits(page).first.evaluate("a => a.href")

    assert re.fullmatch(re.escape(server.address(f"{language}/")) + first, found), found


def test_a_hit_shows_its_kind_its_time_and_what_matched(look_at: OpenPage) -> None:
    """The era where it has one, and the words marked in the title and in the sentence they stand in."""
    page = answered(look_at(f"zh/search/?q={quote('绿色算力')}&kind=editions"))
    hit = page.locator(".search-hit", has=page.locator('a[href="../editions/2024/"]'))

    assert hit.locator(".search-about").inner_text().split("\n")[0].startswith("历届")
    assert hit.locator(".search-about span").count() == 2
    assert "绿色算力" in hit.locator(".search-snippet mark").all_inner_texts()


@pytest.mark.parametrize("question", ["1.6万亿", "16000亿"])
def test_a_large_figure_is_found_however_it_is_written(look_at: OpenPage, question: str) -> None:
    """As the page writes it, and with all its digits."""
    page = answered(look_at(f"zh/search/?q={quote(question)}"))

    assert any(re.search("/zh/whole/", href) for href in hits(page).evaluate_all("all => all.map(a => a.href)"))
