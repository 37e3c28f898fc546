"""In a browser the citation has the reader's day, and follows the claim that the address names."""

import json
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_readers_day_is_filled_in(language: str, open_page: OpenPage) -> None:
    """Nothing is left to fill in, and the day is an ISO date of about now."""
    page = open_page(f"{language}/editions/2022/#cite")
    plain = page.locator('[data-cite="plain"]')

    expect(plain).to_be_visible()
    found = re.search(r"\d{4}-\d\d-\d\d", plain.inner_text())
    assert found
    assert abs((date.fromisoformat(found[0]) - date.today()).days) <= 1
    assert "YYYY" not in page.locator('[data-cite="gbt"]').inner_text()


def test_the_citation_follows_the_claim_in_the_address(open_page: OpenPage) -> None:
    """All forms name the claim and its address; without a fragment they name the page."""
    page = open_page("en/editions/2022/#projects-signed")
    page.locator("#cite summary").click()
    csl = json.loads(page.locator('[data-cite="csl"]').inner_text())

    assert csl[0]["URL"].endswith("/en/editions/2022/#projects-signed")
    assert "145" in csl[0]["title"]
    for form in ("plain", "gbt", "bibtex"):
        expect(page.locator(f'[data-cite="{form}"]')).to_contain_text("/en/editions/2022/#projects-signed")
        expect(page.locator(f'[data-cite="{form}"]')).to_contain_text("145")

    page.evaluate("location.hash = ''")

    expect(page.locator('[data-cite="plain"]')).not_to_contain_text("#projects-signed")


def test_the_citation_is_there_without_scripts(open_page: OpenPage) -> None:
    """The details open by themselves; no button that could do nothing."""
    page = open_page("en/editions/2022/", java_script_enabled=False)
    page.locator("#cite summary").click()

    expect(page.locator('[data-cite="bibtex"]')).to_be_visible()
    expect(page.locator(".cite-copy").first).to_be_hidden()
