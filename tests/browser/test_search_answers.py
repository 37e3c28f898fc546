"""What the search of any fair answers: here the invented one's, in English and French."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.browser.test_search import answered, ask, hits
from tests.expected import expect_none
from tests.sites import Site
from tests.sweep import swept

BASE_PATH = "/harbour/"
LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def fair(tiny_site: Site) -> Iterator[PagesServer]:
    """The invented fair, below its base path."""
    with PagesServer(tiny_site.output, BASE_PATH) as running:
        yield running


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One page of the browser for all questions in English; the next one of its window has those in French."""
    context = browser.new_context(bypass_csp=True)
    page, _ = (context.new_page() for _ in LANGUAGES)
    yield page
    context.close()


def asked(window: Page, fair: PagesServer, question: str, language: str = "en") -> Page:
    """The search page of a language, once it has answered a question."""
    page = window.context.pages[LANGUAGES.index(language)]
    return ask(page, fair.address(f"{language}/search/"), question)


def box(page: Page) -> Locator:
    """Where the answer is, above the hits."""
    return page.get_by_role("region", name=re.compile("In short|En bref"))


def first(page: Page) -> str:
    """The address of the first hit."""
    return hits(page).first.evaluate("a => a.href")  # type: ignore[no-any-return]


# The takings of 2009, "LUC 45,500" and « 45 500 couronnes », which the records have as 45.5 in thousands.
TAKINGS = ["45.5", "45500", "45,500", "45 500", "45.5 thousand", "45,5 mille", "LUC 45,500", "４５５００"]


WRITTEN = [(written, language) for written in TAKINGS for language in ("en", "fr")]


# Each in one of the two, in turn; in the other it is a long proof.
@pytest.mark.parametrize(("written", "language"), swept(WRITTEN, [*WRITTEN[::4], *WRITTEN[3::4]]))
def test_a_number_in_any_writing_finds_the_claim_that_gives_it(
    written: str, language: str, window: Page, fair: PagesServer
) -> None:
    """With what it counts, of which edition, and where the claim stands."""
    page = asked(window, fair, written, language)

    value = box(page).locator(".answer-value a")
    expect(value).to_have_text(re.compile("45.500"))
    assert value.evaluate("a => a.href") == fair.address(f"{language}/editions/2009/#takings")
    assert first(page) == fair.address(f"{language}/editions/2009/")


# A question, its language, what the answer says, and where the value or, where there is none, the account of it is.
QUESTIONS = [
    ("takings 2009", "en", "LUC 45,500", "editions/2009/#takings"),
    ("recettes 2009", "fr", "45 500 couronnes", "editions/2009/#takings"),
    # In the other language's words, and in those of the editors' synonyms.
    ("recettes 2009", "en", "LUC 45,500", "editions/2009/#takings"),
    ("crowd 2011", "en", "more than 1,800", "editions/2011/#visitors"),
    ("affluence 2011", "fr", "plus de 1 800", "editions/2011/#visitors"),
    ("How many visitors in 2011?", "en", "more than 1,800", "editions/2011/#visitors"),
    # An edition by its number.
    ("visitors 3rd edition", "en", "more than 1,800", "editions/2011/#visitors"),
    ("visiteurs première édition", "fr", "1 200", "editions/2009/#visitors"),
    ("who opened 2011", "en", "Ada Lune", "editions/2011/#opener-ada-lune"),
    ("where was 2009", "en", "Quay Hall", "editions/2009/#venue-quay-hall"),
    ("2009 dates", "en", "1 June 2009", "editions/2009/#opened"),
]


@pytest.mark.parametrize(("question", "language", "said", "where"), swept(QUESTIONS, QUESTIONS[1::2]))
def test_a_question_with_one_answer_shows_it(
    question: str, language: str, said: str, where: str, window: Page, fair: PagesServer
) -> None:
    """The value, which leads to its claim; the edition, which comes first among the pages; and the sources."""
    page = asked(window, fair, question, language)
    item = box(page).get_by_role("listitem").first

    value = item.locator(".answer-value a")
    expect(value).to_contain_text(re.compile(said.replace(" ", r"\s")))
    assert value.evaluate("a => a.href") == fair.address(f"{language}/{where}")
    edition = fair.address(f"{language}/{where.partition('#')[0]}")
    assert item.get_by_role("link").first.evaluate("a => a.href") == edition == first(page)
    source = item.locator(".answer-sources a").first
    assert source.evaluate("a => a.href").startswith(fair.address(f"{language}/sources/"))


def test_an_answer_in_conflict_says_so_and_gives_every_claim(window: Page, fair: PagesServer) -> None:
    """The preferred first."""
    items = box(asked(window, fair, "visitors 2010")).get_by_role("listitem")

    expect(items.locator(".answer-value a")).to_have_text(["1,500", "2,000"])
    expect(items.first).to_contain_text("sources disagree")


def test_what_is_not_known_is_said_with_where_it_was_looked_for(window: Page, fair: PagesServer) -> None:
    """By the absence that says it."""
    item = box(asked(window, fair, "when did it open 2010")).get_by_role("listitem").first

    expect(item).to_contain_text("Not known")
    where = item.get_by_role("link", name="Where it was looked for")
    assert where.evaluate("a => a.href") == fair.address("en/coverage/#ticket-office")


def test_the_answer_is_heard_before_the_number_of_pages(window: Page, fair: PagesServer) -> None:
    """In the one live region of the page, which those who see the box do not see."""
    status = asked(window, fair, "visitors 2011").get_by_role("status")

    expect(status).to_have_text(re.compile(r"2011 · 3rd edition, Visitors: more than 1,800\. Pages found: \d+"))
    assert "more than" not in status.evaluate("e => e.lastChild.textContent")


def test_who_comes_to_search_can_type_at_once(window: Page, fair: PagesServer) -> None:
    """The box has the focus, what is searched is loaded with the first key; who comes with a question reads on."""
    address, loaded = fair.address("en/search/"), []
    window.on("request", lambda request: loaded.append(request.url))
    window.goto(address)
    expect(window.get_by_role("searchbox")).to_be_focused()
    assert not [url for url in loaded if "/search/en." in url]
    window.keyboard.type("crane")
    answered(window)
    assert [url for url in loaded if "/search/en." in url]
    window.goto(f"{address}?q=crane")
    answered(window)
    expect(window.get_by_role("searchbox")).not_to_be_focused()
    window.goto(fair.address("en/"))

    assert window.evaluate("document.activeElement === document.body")


def test_while_it_searches_it_says_so(window: Page, fair: PagesServer) -> None:
    """On a slow line the page is not just empty."""
    held: list[Route] = []
    window.route("**/search/en.js*", lambda route: held.append(route))
    window.goto(fair.address("en/search/"))
    window.keyboard.type("crane")
    expect(window.get_by_role("status")).to_have_text("Searching…")
    expect(window.locator("[data-search-list]")).to_be_hidden()
    for route in held:
        route.continue_()
    window.unroute("**/search/en.js*")

    expect(answered(window).get_by_role("status")).to_contain_text("Pages found")


def test_small_words_are_neither_found_nor_lit(window: Page, fair: PagesServer) -> None:
    """A question finds what its one word does; where there are only words that say nothing, these are searched for."""
    plain = hits(asked(window, fair, "crane")).all_text_contents()
    page = asked(window, fair, "Is it a crane?")
    lit = {text.casefold() for text in page.locator("main .search-hit mark").all_text_contents()}

    assert sorted(hits(page).all_text_contents()) == sorted(plain)
    assert lit
    assert lit.isdisjoint({"is", "it", "a"})
    expect(hits(asked(window, fair, "who")).first).to_be_visible()


def test_the_page_that_a_question_means_is_shown_by_how_it_begins(window: Page, fair: PagesServer) -> None:
    """Not by the line that has most of the words."""
    page = asked(window, fair, "how big is it")

    assert first(page) == fair.address("en/growth/")
    expect(page.locator("main .search-hit").first.locator(".search-snippet")).to_contain_text("What grew at")


def test_arrows_reach_the_answer_first(window: Page, fair: PagesServer) -> None:
    """Then the hits; Enter leads to the claim."""
    page = asked(window, fair, "visitors 2011")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    expect(box(page).locator(".answer-value a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page).to_have_url(fair.address("en/editions/2011/#visitors"))


# What somebody asks in words that no page has, and the page they mean.
LEADS = [
    ("download", "en", "data/"),
    ("download", "fr", "data/"),
    ("où télécharger", "en", "data/"),
    ("derrick", "en", r"(articles/first-crane|topics/cranes)/"),
    ("palan", "en", r"(articles/first-crane|topics/cranes)/"),
    ("how it grew", "fr", "growth/"),
    ("2011", "en", "editions/2011/"),
    ("2011", "fr", "editions/2011/"),
    ("3rd edition", "fr", "editions/2011/"),
]


@pytest.mark.parametrize(("question", "language", "where"), swept(LEADS, LEADS[::2]))
def test_the_page_that_is_meant_comes_first(
    question: str, language: str, where: str, window: Page, fair: PagesServer
) -> None:
    """By the editors' words, by those of the strings, in either language; an edition by its year."""
    found = first(asked(window, fair, question, language))

    assert re.fullmatch(re.escape(fair.address(f"{language}/")) + where, found), found


@pytest.mark.parametrize("question", ["2011", "crane", "visitors 2011 crane", "1800 visitors sailed", "7"])
def test_what_has_no_answer_shows_pages_alone(question: str, window: Page, fair: PagesServer) -> None:
    """A year, a word, a question with a word more than is known, a number that nothing gives."""
    expect(box(asked(window, fair, question))).to_be_hidden()


def test_results_are_named_in_the_pages_language(window: Page, fair: PagesServer) -> None:
    """Title and kind; what was found in another language says which."""
    page = asked(window, fair, "levage")
    hit = page.locator(".search-hit").first

    expect(hit.get_by_role("link")).to_have_text("2011 · 3rd edition")
    expect(hit.locator(".search-about span").first).to_have_text("Editions")
    assert hit.locator(".search-snippet").get_attribute("lang") == "fr"
    expect(hit.locator("mark")).to_have_text("Levage")


@pytest.mark.parametrize("question", swept(["visitors 2010", "when did it open 2010"], ["when did it open 2010"]))
def test_an_answer_meets_wcag(question: str, window: Page, fair: PagesServer) -> None:
    """With claims in conflict and their sources, and with what is not known."""
    page = asked(window, fair, question)
    expect(box(page)).to_be_visible()

    expect_none(violations_in_both_schemes(page), "violations")
