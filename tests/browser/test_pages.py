"""What a reader meets on every kind of page, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, ViewportSize, expect

from tests.browser.fixtures import NOWHERE, OpenPage
from tests.browser.kinds import (
    IN_TURN,
    KINDS,
    LANGUAGES,
    LONG_WORDS,
    SCRIPTED,
    SHARED,
    SHARED_PAGES,
    each_other,
    each_sort,
    kinds_in,
    permalink_of,
)
from tests.browser.pages_server import PagesServer
from tests.expected import expect_none
from tests.sweep import swept

# The width WCAG 2.2 asks for without scrolling sideways (1.4.10 Reflow).
NARROW: ViewportSize = {"width": 320, "height": 640}


class Listener:
    """Hears all that goes wrong while pages load: console errors, failed and foreign requests."""

    def __init__(self, page: Page, origin: str) -> None:
        self.heard: list[str] = []
        self.origin = origin
        page.on("console", lambda message: self.say(message.type in ("error", "warning"), f"console: {message.text}"))
        page.on("pageerror", lambda error: self.say(True, f"script: {error}"))
        # What the browser itself gives up because it goes on to the next page is no fault of the page.
        page.on(
            "requestfailed", lambda request: self.say(request.failure != "net::ERR_ABORTED", f"failed: {request.url}")
        )
        page.on("request", lambda request: self.say(self.foreign(request.url), f"left the site: {request.url}"))
        page.on("response", self.answer)

    def say(self, wrong: bool, text: str) -> None:
        if wrong:
            self.heard.append(text)

    def foreign(self, url: str) -> bool:
        return not url.startswith((self.origin, "data:"))

    def answer(self, response: Response) -> None:
        self.say(response.status >= 400, f"{response.status}: {response.url}")


def complaints(page: Page, server: PagesServer, permalinks: list[str]) -> list[str]:
    """What the browser complained of, by page."""
    found = []
    listener = Listener(page, server.origin)
    for permalink in permalinks:
        listener.heard.clear()
        page.goto(server.address(permalink))
        found += [f"{permalink}: {heard}" for heard in listener.heard]
    return found


def overflow(page: Page) -> list[str]:
    """The elements that make the page wider than its window, outermost first; empty where it fits."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const is = (e, property, values) => values.includes(getComputedStyle(e)[property]);
            const clips = (e) => is(e, 'overflowX', ['auto', 'scroll', 'hidden', 'clip']);
            // What is placed absolutely is clipped by what it is placed in, not by all that is round it.
            const outer = (e) => is(e, 'position', ['absolute', 'fixed']) ? e.offsetParent : e.parentElement;
            const inside = (e) => e !== null && e !== document.body && (clips(e) || inside(outer(e)));
            const wide = (e) => e.getBoundingClientRect().right > width + 0.5 && !inside(outer(e));
            const found = [...document.body.querySelectorAll('*')].filter(wide).slice(0, 5);
            return found.map((e) => e.outerHTML.slice(0, 80)).concat(`${document.documentElement.scrollWidth} px`);
        }"""
    )
    return found


def test_every_kind_of_page_is_looked_at(archive_output: Path) -> None:
    """A kind of page that is new to the archive is added to the list of kinds."""
    assert kinds_in(archive_output) - set(KINDS) - set(SHARED) == set()


def test_the_page_that_chooses_a_language_can_be_looked_at(look_at: OpenPage, server: PagesServer) -> None:
    """With ``stay`` it does not go on; all else here would be said of the page that it leads to."""
    page = look_at("", stay=True)
    page.wait_for_load_state("networkidle")

    assert page.url == server.address("")


@pytest.mark.parametrize("name", each_sort(IN_TURN + SHARED_PAGES, SCRIPTED))
def test_a_page_loads_without_a_complaint(
    name: str, look_at: OpenPage, server: PagesServer, archive_output: Path
) -> None:
    """No error or warning in the console, nothing missing, nothing asked of another host."""
    page = look_at(NOWHERE, stay=True)

    expect_none(complaints(page, server, [permalink_of(archive_output, name)]), "complaints")


# A screen of 1280 by 1024 at 400 %.
MAGNIFIED: ViewportSize = {"width": 320, "height": 256}


@pytest.mark.parametrize("name", each_sort(LONG_WORDS + SHARED_PAGES))
def test_a_page_can_be_read_at_four_times_its_size(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """At 320 px nothing scrolls sideways but regions made to, and nothing that stays in sight takes half of it."""
    page = look_at(permalink_of(archive_output, name), stay=True, viewport=MAGNIFIED)
    staying: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll('*')].filter((e) => {
            const { position, insetBlockStart } = getComputedStyle(e);
            const stays = position === 'fixed' || (position === 'sticky' && insetBlockStart !== 'auto');
            return stays && e.getBoundingClientRect().height > innerHeight / 2;
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )

    expect_none(overflow(page) + staying, "elements in the way")


# What handles the content and is of no use without a script: the choices of a list, the line below a chart. What says
# that a table goes on beyond the screen goes only where it does not.
COMFORTS = "[data-filter], [data-chart-detail], [data-columns], [data-table-hint]"


def read_by_eye(page: Page, aside: str | None = None) -> str:
    """The words of the page's main part that are shown, but for those of its comforts and of what is put ``aside``."""
    for selector in filter(None, (COMFORTS, aside)):
        page.locator(selector).evaluate_all("found => found.forEach(one => one.remove())")
    return page.locator("main").inner_text()


# The kinds whose page shows its content in one of two views, and where these stand on it: with scripts what the reader
# chooses, without them all there is. Each view is tested in test_claims_table.py and test_compare.py.
VIEWS = {
    "claims": "[data-explorer], [data-explorer-table], [data-explorer-parts]",
    "compare": "[data-compare], [data-compare-all], [data-compare-count], table.compare",
}


# The search page has a test of its own: what searches is not shown where nothing can.
@pytest.mark.parametrize("name", each_other([name for name in IN_TURN if not name.endswith(" search")]))
def test_a_page_reads_the_same_without_javascript(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """Scripts add comfort, never content: with what handles it put aside, both say the same.

    Of the kinds with two VIEWS only what stands round them can be the same: 1300 claims, or all editions side by side,
    are too many for one table that a reader can use: a script narrows them, and without one all are there or linked.
    """
    permalink = permalink_of(archive_output, name)
    views = VIEWS.get(name.partition(" ")[2])
    main = [read_by_eye(look_at(permalink, java_script_enabled=enabled), views) for enabled in (False, True)]

    assert len(main[0]) > 40
    assert main[0] == main[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_offers_every_language_without_javascript(language: str, open_page: OpenPage) -> None:
    """Nobody is sent on against their will when there is no script to ask the browser."""
    page = open_page("", java_script_enabled=False)

    expect(page.locator(f"main a[lang|={language}]").first).to_be_visible()


LOCALES = [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("fr-FR", "zh")]


@pytest.mark.parametrize(("locale", "language"), swept(LOCALES, LOCALES[2:]))
def test_the_first_page_opens_the_language_the_browser_prefers(
    locale: str, language: str, open_page: OpenPage, server: PagesServer
) -> None:
    """The choice is the browser's list of languages; the site's first language is for all others."""
    page = open_page("", locale=locale)

    expect(page).to_have_url(server.address(f"{language}/"))


def test_a_missing_page_answers_in_both_languages_and_leads_home(open_page: OpenPage, server: PagesServer) -> None:
    """From any depth, as the host serves the same file for each missing address."""
    page = open_page("en/editions/1066/none")

    for language in LANGUAGES:
        link = page.locator(f'main a[href$="/{language}/"]').first
        assert page.request.get(link.evaluate("a => a.href")).url == server.address(f"{language}/")
    expect(page.locator("main [lang|=zh], main[lang|=zh]").first).to_be_visible()
    expect(page.locator("main [lang|=en], main[lang|=en]").first).to_be_visible()
