"""In a browser the citation has the reader's day, and follows the claim that the address names."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_readers_day_is_filled_in(language: str, look_at: OpenPage, archive_output: Path) -> None:
    """Nothing is left to fill in, and the day is an ISO date of about now."""
    page = look_at(f"{permalink_of(archive_output, f'{language} edition')}#cite")
    plain = page.locator('[data-cite="plain"]')

    expect(plain).to_be_visible()
    found = re.search(r"\d{4}-\d\d-\d\d", plain.inner_text())
    assert found
    assert abs((date.fromisoformat(found[0]) - date.today()).days) <= 1
    assert "YYYY" not in page.locator('[data-cite="gbt"]').inner_text()


def test_the_citation_follows_the_claim_in_the_address(look_at: OpenPage, archive_output: Path) -> None:
    """All forms name the claim and its address; without a fragment they name the page."""
    edition = permalink_of(archive_output, "en edition")
    claims = json.loads((archive_output / "data" / "claims.json").read_text("utf-8"))
    # A number of the fewest signs is written alike in every form.
    claim = next(one for one in claims if f"/{edition}#" in one["url_en"] and one["shown_en"].isdigit())
    address = f"/{edition}#{claim['url_en'].partition('#')[2]}"
    page = look_at(address.removeprefix("/"))
    page.locator("#cite summary").click()
    csl = json.loads(page.locator('[data-cite="csl"]').inner_text())

    assert csl[0]["URL"].endswith(address)
    assert claim["shown_en"] in csl[0]["title"]
    for form in ("plain", "gbt", "bibtex"):
        expect(page.locator(f'[data-cite="{form}"]')).to_contain_text(address)
        expect(page.locator(f'[data-cite="{form}"]')).to_contain_text(claim["shown_en"])

    page.evaluate("location.hash = ''")

    expect(page.locator('[data-cite="plain"]')).not_to_contain_text(address.partition("/#")[2])


def test_the_citation_is_there_without_scripts(look_at: OpenPage, archive_output: Path) -> None:
    """The details open by themselves; no button that could do nothing."""
    page = look_at(permalink_of(archive_output, "en edition"), java_script_enabled=False)
    page.locator("#cite summary").click()

    expect(page.locator('[data-cite="bibtex"]')).to_be_visible()
    expect(page.locator(".cite-copy").first).to_be_hidden()
