"""axe-core finds nothing against WCAG 2.2 A and AA, in light and dark."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import IN_TURN, SHARED_PAGES, each_sort, usual_permalink_of
from tests.expected import expect_none
from tests.sites import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, what: dict[str, str | list[str]] | None = None) -> list[str]:
    """What axe finds on the page as it stands, one line an element; by default against all of TAGS."""
    found: list[dict[str, Any]] = page.evaluate(
        "async (what) => (await axe.run(document, {runOnly: what, resultTypes: ['violations']})).violations",
        what or {"type": "tag", "values": TAGS},
    )
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for violation in found
        for node in violation["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> list[str]:
    """All rules in the light, and in the dark those that ask for colours: nothing else depends on the scheme."""
    # What is folded away is looked at too.
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.add_script_tag(path=AXE)
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    dark = violations(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    return [*(f"light: {line}" for line in light), *(f"dark: {line}" for line in dark)]


@pytest.mark.parametrize("name", each_sort(IN_TURN + SHARED_PAGES))
def test_a_page_meets_wcag(name: str, look_at: OpenPage, archive_output: Path) -> None:
    """On one page of each kind; axe takes ten seconds for the longest, which `make verify` looks at with all others.

    The page's own policy lets no script in, so the context goes round it for axe.
    """
    page = look_at(usual_permalink_of(archive_output, name), stay=True, bypass_csp=True)

    expect_none(violations_in_both_schemes(page), "violations")


def test_axe_sees_a_fault(open_page: OpenPage) -> None:
    """A checker that looks at nothing would pass everything."""
    page = open_page("404.html", bypass_csp=True)
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
            '<button></button><p style="color: #777; background: #888">faint</p>')"""
    )
    found = violations_in_both_schemes(page)

    assert any(line.startswith("light: button-name") for line in found)
    assert any(line.startswith("dark: color-contrast") for line in found)


def test_the_policy_lets_no_foreign_script_in(open_page: OpenPage) -> None:
    """Without that way round, a script put into the page does not run."""
    page = open_page("en/")

    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.ran = true'; document.head.append(s); }"
    )

    assert page.evaluate("() => window.ran === undefined")
