"""The search of a large site, whose index is in pieces: it finds what that of a small one does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from expoarchive.build import build
from expoarchive.render import search_pieces
from expoarchive.render.search_terms import Reading
from expoarchive.render.search_words import newer_characters
from tests.browser.fixtures import OpenPage
from tests.browser.test_search import answered, hits
from tests.expected import expect_none
from tests.sites import build_small, lay_site


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented fair as it is."""
    return build_small(tmp_path_factory.mktemp("small") / "site", {}).output


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as if it had thousands of pages."""
    root = tmp_path_factory.mktemp("large") / "site"
    lay_site(root, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_pieces, "WHOLE", 0)
        assert build(root, root.with_name("output")).ok
    return root.with_name("output")


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """A page for all questions, as a reader opens it from a folder."""
    page = browser.new_page()
    yield page
    page.close()


def asked(page: Page, output: Path, question: str) -> Page:
    """The search page of a site, once it has answered."""
    page.goto(f"{(output / 'en/search/index.html').as_uri()}?{question}")
    return answered(page)


def found(page: Page) -> list[str]:
    """Where the hits lead, within the site."""
    return [str(href) for href in hits(page).evaluate_all("all => all.map(a => a.getAttribute('href'))")]


@pytest.mark.parametrize(
    "question",
    [
        "q=crane",
        "q=cran",  # completed
        "q=harbuor",  # a slip
        "q=FOIRE",
        "q=1,200",
        "q=1200",
        "q=2nd edition",
        "q=gazette&kind=sources",
        "kind=editions",
        "q=zzzzqq",
    ],
)
def test_the_same_pages_are_found(question: str, small: Path, large: Path, opened: Page) -> None:
    """By words, their beginnings, slips, numbers in any writing, with filters, by these alone; the best before others.

    Which of two pages that are nearly as good comes first may differ: what is rare is counted among other pages.
    """
    expected = found(asked(opened, small, question))
    here = found(asked(opened, large, question))

    assert set(here) == set(expected)
    assert set(expected[:1]) <= set(here[:3])


def test_a_question_is_answered_with_its_sources(small: Path, large: Path, opened: Page) -> None:
    """Though the pages of these are no hits."""
    texts = []
    for output in (small, large):
        box = asked(opened, output, "q=visitors 2009").locator("[data-search-answer]")
        expect(box).to_be_visible()
        texts.append(box.inner_text())

    assert texts[0] == texts[1]


def test_only_the_pieces_of_a_question_are_loaded(large: Path, browser: Browser) -> None:
    """Of the pages those that may answer."""
    page = browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    shown = found(asked(page, large, "q=crane"))
    pieces = [url for url in loaded if "/search/en/" in url]
    page.close()

    assert 0 < len([url for url in pieces if "/page-" in url]) <= len(shown) + 3
    assert len(pieces) < len(list((large / "search" / "en").iterdir())) / 2


def test_where_a_piece_is_missing_the_list_stays(large: Path, browser: Browser) -> None:
    """As where there is no index at all."""
    page = browser.new_page()
    page.route("**/search/en/terms-*.js", lambda route: route.abort())
    page.goto((large / "en/search/index.html").as_uri())
    page.get_by_role("searchbox").fill("crane")

    expect(page.locator("main [role=status]")).to_be_empty()
    expect(page.locator("[data-search-list]")).to_be_visible()
    page.close()


def test_a_large_site_lists_its_lists(large: Path) -> None:
    """Thousands of links are no page; each group has how many it has, and leads to its own list."""
    text = (large / "en/search/index.html").read_text("utf-8")

    assert 'href="../editions/"' in text
    assert 'href="../editions/2009/"' not in text


def test_the_build_takes_texts_for_the_terms_that_browsers_do(look_at: OpenPage, archive_output: Path) -> None:
    """Every page of the real archive in both languages: numbers with scales, Chinese, old characters, accents."""
    page = look_at("zh/search/", bypass_csp=True)
    page.get_by_role("searchbox").press("l")
    page.wait_for_function("Boolean(globalThis.archiveSearch?.reading)")
    for language in ("zh", "en"):
        text = (archive_output / "search" / f"{language}.js").read_text("utf-8")
        index: dict[str, Any] = json.loads(text.partition(" = ")[2].rstrip().removesuffix(";"))
        texts = [f"{item['title']}\n{item.get('text', '')} ３万5,000.5亿 Çà 4 000 1.5x" for item in index["pages"]]
        newer = newer_characters()
        scales = index["words"]["scales"]
        reading = Reading(newer, scales)

        theirs = page.evaluate(
            """([texts, folded, scales]) => {
              const reading = archiveSearch.reading({ folded, scales });
              return texts.map((text) => reading.terms(reading.fold(text).text).map(({ term }) => term));
            }""",
            [texts, "".join(old + new for old, new in newer.items()), scales],
        )

        differing = [
            f"{text[:40]}: {sorted(set(reading.terms(text)) ^ set(terms))}"
            for text, terms in zip(texts, theirs, strict=True)
            if set(reading.terms(text)) != set(terms)
        ]
        expect_none(differing, "texts whose terms differ")
