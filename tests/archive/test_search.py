"""What readers of this archive ask for, in both languages, is answered by the page that they mean."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import OpenPage
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.browser.test_search import answered, ask, hits
from tests.expected import expect_none
from tests.sweep import swept

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
    ("锂", "zh", r"(events/lithium-summit|industries/lithium)/"),
    # An edition by any name.
    ("2019年", "zh", "editions/2019/"),
    ("第20届", "zh", "editions/2019/"),
    ("第二十届", "zh", "editions/2019/"),
    ("首届", "zh", "editions/2000/"),
    ("20th edition", "en", "editions/2019/"),
    ("20th edition", "zh", "editions/2019/"),
    # Words of today, in either language.
    ("covid", "zh", "articles/cloud-fair/"),
    ("疫情", "en", "articles/cloud-fair/"),
    ("EV", "zh", "industries/electric-vehicles/"),
    ("solar", "zh", "industries/photovoltaics/"),
    ("Tibet", "en", "places/xizang/"),
    ("Shanghai", "zh", "places/shanghai/"),
    # Traditional characters, and names as they sound.
    ("鹽湖", "zh", "articles/salt-lakes-and-lithium/"),
    ("盐湖", "zh", "articles/salt-lakes-and-lithium/"),
    ("海西分會場", "zh", "articles/haixi-sub-venue/"),
    ("qinghai", "zh", "places/qinghai/"),
    ("haixi", "zh", "places/haixi/"),
    ("guangfu", "zh", "industries/photovoltaics/"),
    ("guangfu", "en", "industries/photovoltaics/"),
    ("fen hui chang", "zh", "articles/haixi-sub-venue/"),
    ("zangtan", "zh", "industries/carpets/"),
    ("傳統", "zh", "industries/traditional-industry/"),
    ("xining", "zh", "places/xining/"),
    ("xian", "zh", "places/xian/"),
    ("yetaihai", "zh", "people/ye-taihai/"),
    ("geermu", "zh", "places/golmud/"),
    # What readers come with.
    ("how big against ten years ago", "en", "growth/"),
    ("比十年前大多少", "zh", "growth/"),
    ("who came from abroad in 2025", "en", "(reach|editions/2025)/"),
    ("2025年国外来了谁", "zh", "(reach|editions/2025)/"),
    ("比十年前大了吗？", "zh", "growth/"),
    ("how much money", "en", "whole/"),
    ("多少钱", "zh", "whole/"),
    ("what are the four places", "en", "topics/four-places/"),
    ("四地是什么", "zh", "topics/four-places/"),
    ("what was signed about lithium", "en", "industries/lithium/"),
    ("签了哪些锂项目", "zh", "industries/lithium/"),
    ("is it national and since when", "en", "articles/regional-to-national/"),
    ("青洽会是国家级的吗", "zh", "articles/regional-to-national/"),
    ("which provinces", "en", "reach/"),
    ("哪些省份", "zh", "reach/"),
    ("where to download", "en", "data/"),
    ("在哪里下载", "zh", "data/"),
]

# What is asked, where, what the box above the results says, and where its link leads.
ANSWERS = [
    ("2022签约金额", "zh", ["签约项目金额", "1045亿元"], "editions/2022/#value-signed"),
    ("２０２２年签约额是多少？", "zh", ["1045亿元"], "editions/2022/#value-signed"),
    ("2022簽約金額", "zh", ["1045亿元"], "editions/2022/#value-signed"),
    ("how much signed 2022", "en", ["CNY 104.5 billion"], "editions/2022/#value-signed"),
    ("1045亿", "en", ["2022", "CNY 104.5 billion"], "editions/2022/#value-signed"),
    ("1,045", "en", ["CNY 104.5 billion"], "editions/2022/#value-signed"),
    ("104.5 billion", "zh", ["1045亿元"], "editions/2022/#value-signed"),
    ("1.6万亿元", "zh", ["1.6万亿元", "说法不一"], "whole/#value-signed-before-2020"),
    ("16000亿", "zh", ["1.6万亿元"], "whole/#value-signed-before-2020"),
    ("1.6 trillion", "en", ["CNY 1.6 trillion", "sources disagree"], "whole/#value-signed-before-2020"),
    ("2019年在哪里举办", "zh", ["青海国际会展中心"], "editions/2019/#venue-qinghai-icec"),
    ("who opened 2016", "en", ["Wang Qinmin"], "editions/2016/#opener-wang-qinmin"),
    ("2019年签约多少", "zh", ["签约项目金额", "1457亿元", "推算"], "editions/2019/#value-signed"),
    ("how many exhibitors in 2023", "en", ["Companies exhibiting", "Not known"], "coverage/#edition-2023"),
    ("total value signed", "en", ["All editions together", "CNY 2.04286 trillion"], "whole/#value-signed-after-2020"),
    ("visitors 2011", "en", ["Visitors", "Not known"], "coverage/#visitors"),
    ("2011 参展商", "zh", ["未知"], "coverage/#edition-2011"),
    ("who opened 2019", "en", ["Not known"], "coverage/#openers"),
]


Asking: TypeAlias = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def asking(browser: Browser, server: PagesServer) -> Iterator[Asking]:
    """Asks the search of a language, in one page for all questions: each page would read what it searches anew."""
    pages = {language: browser.new_page(bypass_csp=True) for language in ("zh", "en")}
    yield lambda question, language: ask(pages[language], server.address(f"{language}/search/"), question)
    for page in pages.values():
        page.close()


# One of each sort above: the others are long proofs.
ASKED = {
    *("洽会", "２０２２", "turkiye", "第20届", "covid", "鹽湖", "fen hui chang", "多少钱", "which provinces"),
}


@pytest.mark.parametrize(
    ("question", "language", "first"), swept(QUESTIONS, [one for one in QUESTIONS if one[0] in ASKED])
)
def test_the_right_page_comes_first(
    question: str, language: str, first: str, asking: Asking, server: PagesServer
) -> None:
    """Words inside longer ones, names of the other language, full-width digits, a word without its accents."""
    page = asking(question, language)
    found = hits(page).first.evaluate("a => a.href")

    assert re.fullmatch(re.escape(server.address(f"{language}/")) + first, found), found


@pytest.mark.parametrize(
    "question", swept(["四地", "lithium", "the four places", "比亚迪", "国家级"], ["四地", "lithium"])
)
def test_a_passage_is_in_the_readers_language_where_a_page_has_one(question: str, asking: Asking) -> None:
    """Whatever language was asked in."""
    found = asking(question, "zh").locator("main .search-hit")
    languages = [hit.locator(".search-snippet[lang]:not([lang|=zh])").all_inner_texts() for hit in found.all()[:8]]

    assert languages
    expect_none([text for texts in languages for text in texts], "passages in another language")


# A value, one in conflict, a place, one that is derived, and what is not known.
SHOWN = {
    *("104.5 billion", "16000亿", "2019年在哪里举办", "2019年签约多少", "visitors 2011"),
}


@pytest.mark.parametrize(
    ("question", "language", "said", "where"), swept(ANSWERS, [one for one in ANSWERS if one[0] in SHOWN])
)
def test_a_question_with_one_answer_shows_it(
    question: str, language: str, said: list[str], where: str, asking: Asking, server: PagesServer
) -> None:
    """The value, what it is of, how far it can be trusted, and a link to the claim or to where its absence stands."""
    page = asking(question, language)
    box = page.get_by_role("region", name=re.compile("In short|简答"))

    for text in said:
        expect(box).to_contain_text(text)
    link = box.locator(":is(.answer-value, .answer-limits) a").first
    assert link.evaluate("a => a.href") == server.address(f"{language}/{where}")


@pytest.mark.parametrize("question", ["2019", "海西分会场", "2022 锂 签约", "the", "zzzzqq 2022 signed"])
def test_a_question_without_one_answer_shows_pages_alone(question: str, asking: Asking) -> None:
    """A year, a word, something that no claim is about."""
    page = asking(question, "zh")

    expect(page.locator("[data-search-answer]")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("question", swept(["1.6 trillion", "visitors 2011"], ["1.6 trillion"]))
def test_an_answer_meets_wcag(question: str, asking: Asking) -> None:
    """With a claim in conflict, and with what is not known."""
    page = asking(question, "en")
    expect(page.locator("[data-search-answer]")).to_be_visible()

    expect_none(violations_in_both_schemes(page), "violations")


def test_what_a_question_loads_is_light(archive_output: Path) -> None:
    """The index, the answers and the scripts of one language, packed: at most 300 KB."""
    scripts = (archive_output / "assets" / "js" / "search").rglob("*.js")
    for language in ("zh", "en"):
        files = [archive_output / "search" / f"{name}.js" for name in (language, f"answers-{language}")]

        assert sum(len(gzip.compress(file.read_bytes())) for file in [*files, *scripts]) <= 300_000


def test_a_hit_shows_its_kind_its_time_and_what_matched(look_at: OpenPage) -> None:
    """The era where it has one, and the words marked in the title and in the sentence they stand in."""
    page = answered(look_at(f"zh/search/?q={quote('绿色算力')}&kind=editions"))
    hit = page.locator(".search-hit", has=page.locator('a[href="../editions/2024/"]'))

    assert hit.locator(".search-about").inner_text().split("\n")[0].startswith("历届")
    assert hit.locator(".search-about span").count() == 2
    assert "绿色算力" in hit.locator(".search-snippet mark").all_inner_texts()


@pytest.mark.parametrize("question", ["1.6万亿", "16000亿"])
def test_a_large_figure_is_found_however_it_is_written(asking: Asking, question: str) -> None:
    """As the page writes it, and with all its digits."""
    page = asking(question, "zh")

    assert any(re.search("/zh/whole/", href) for href in hits(page).evaluate_all("all => all.map(a => a.href)"))
