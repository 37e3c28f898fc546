"""In a browser, the way to say that a claim is wrong stands where its evidence opens, and knows the claim."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage, opener
from tests.browser.pages_server import PagesServer
from tests.browser.test_accessibility import violations_in_both_schemes
from tests.sites import TINY_EXPO, Site

CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8")


@pytest.fixture
def open_with(build_site: Callable[..., Site], request: pytest.FixtureRequest) -> Iterator[Callable[[str], OpenPage]]:
    """The invented fair in a browser, with the contact that a test gives it."""
    with ExitStack() as running:

        def build(contact: str) -> OpenPage:
            site = build_site({"site_config.yaml": CONFIG.replace("contact: none", f"contact: {contact}")})
            server = running.enter_context(PagesServer(site.output))
            return running.enter_context(opener(request.getfixturevalue("browser"), server))

        yield build


def test_the_form_knows_the_claim_whose_evidence_is_open(open_with: Callable[[str], OpenPage]) -> None:
    """Its edition, what it says and its anchor; once, however often it is opened; and it can be reached by keyboard."""
    page = open_with("https://github.com/someone/fair/issues")("en/editions/2010/#visitors-copy")
    claim = page.locator("#visitors-copy")
    link = claim.get_by_role("link", name="Something wrong?")

    expect(link).to_be_visible()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link.get_attribute("href") or "").query).items()}
    assert asked["template"] == "report.en.yml"
    assert asked["edition"] == "2010"
    assert asked["item"] == "Visitors: 2,000 [visitors-copy]"

    summary = claim.locator("summary")
    summary.press("Enter")
    summary.press("Enter")
    expect(link).to_have_count(1)
    page.keyboard.press("Tab")
    for _ in range(8):
        if link.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_a_letter_about_a_claim_of_the_whole_fair_says_so(open_with: Callable[[str], OpenPage]) -> None:
    """On whatever page it is told; without scripts the foot of the page has the way."""
    opened = open_with("desk@fair.example")
    page = opened("fr/whole/")
    page.locator(".why > summary").first.click()
    letter = unquote(page.get_by_role("link", name="Une erreur ?").first.get_attribute("href") or "")

    assert letter.startswith("mailto:desk@fair.example?subject=expo : ")
    assert "Édition: expo\r\nPoint: " in letter
    bare = opened("fr/whole/", java_script_enabled=False)
    foot = bare.get_by_role("contentinfo").get_by_role("link", name="Signaler une erreur")
    assert "Édition: expo" in unquote(foot.get_attribute("href") or "")


WAYS = ["editions/2011/", "editions/2012/", "coverage/", "editions/", "claims/2011/"]


@pytest.mark.long
@pytest.mark.parametrize("path", WAYS)
def test_the_ways_to_report_meet_wcag(path: str, open_with: Callable[[str], OpenPage]) -> None:
    """In the list of what is not known, in empty cells, in rows, and beside evidence that is open."""
    page = open_with("https://github.com/someone/fair/issues")(f"en/{path}", stay=True, bypass_csp=True)

    assert violations_in_both_schemes(page) == []
