"""A reader at an address that leads nowhere can search and go on, in every language."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of
from tests.sweep import swept


@pytest.mark.parametrize(("tag", "language"), swept([("zh-Hans", "zh"), ("en", "en")], [("zh-Hans", "zh")]))
def test_the_search_of_the_lost_page_finds(tag: str, language: str, look_at: OpenPage, archive_output: Path) -> None:
    """What is typed there arrives on the search page with its results."""
    # Any edition is found by its year.
    words = Path(permalink_of(archive_output, f"{language} edition")).name
    page = look_at("no/such/page/")

    page.locator(f'section[lang="{tag}"] input[type=search]').fill(words)
    page.locator(f'section[lang="{tag}"] button').click()

    expect(page).to_have_url(re.compile(rf"/{language}/search/\?q={quote(words)}"))
    expect(page.locator(".search-hit").first).to_be_visible()


def test_the_lost_page_leads_back_without_scripts(look_at: OpenPage) -> None:
    """Its links are right however deep the address is."""
    page = look_at("en/editions/1850/", java_script_enabled=False)

    page.locator('section[lang="en"] a', has_text="Editions").click()

    expect(page).to_have_url(re.compile("/en/editions/$"))
