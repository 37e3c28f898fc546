"""A note opens its source in place; a link to a claim opens what the claim rests on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import LANGUAGES, permalink_of
from tests.sweep import swept


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_opens_its_source_at_its_place(language: str, look_at: OpenPage, archive_output: Path) -> None:
    """A click shows the source by the name that the list has, and Escape gives the focus back to the note."""
    page = look_at(permalink_of(archive_output, f"{language} edition"))
    note = page.locator("main sup.note > a").first
    entry = page.locator((note.get_attribute("href") or "").replace(":", "\\:"))
    name = entry.locator(".source-title").text_content() or ""

    note.click()

    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel-name")).to_have_text(name.strip())
    expect(note).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(note).to_be_focused()


def test_enter_opens_a_note_too(look_at: OpenPage, archive_output: Path) -> None:
    """A reader without a pointer reaches everything in it, and the close button."""
    page = look_at(permalink_of(archive_output, "en edition"))
    page.locator("main sup.note > a").first.focus()

    page.keyboard.press("Enter")

    expect(page.locator("#panel")).to_be_focused()
    page.locator("#panel .panel-close").press("Enter")
    expect(page.locator("#panel")).to_be_hidden()


def test_without_scripts_a_note_leads_to_the_list(look_at: OpenPage, archive_output: Path) -> None:
    """The list of sources is there for everybody."""
    page = look_at(permalink_of(archive_output, "en edition"), java_script_enabled=False)
    note = page.locator("main sup.note > a").first

    note.click()

    expect(page).to_have_url(re.compile(re.escape(note.get_attribute("href") or "#") + "$"))
    expect(page.locator("#panel")).to_have_count(0)


OPENED = [(language, opened) for language in LANGUAGES for opened in ("click", "tap", "Enter")]


@pytest.mark.parametrize(("language", "opened"), swept(OPENED, [("zh", "tap"), ("en", "click"), ("en", "Enter")]))
def test_a_term_opens_its_meaning(language: str, opened: str, look_at: OpenPage, archive_output: Path) -> None:
    """In the panel of notes, with a way to the glossary; Escape gives the focus back to the term."""
    page = look_at(with_term(archive_output, language), has_touch=opened == "tap")
    term = page.locator("a.gloss").first
    if opened == "Enter":
        term.press("Enter")
    else:
        getattr(term, opened)()

    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel-name")).to_have_text(term.get_attribute("data-term") or "")
    expect(page.locator("#panel p:not([class])")).to_have_text(term.get_attribute("data-means") or "")
    expect(page.locator("#panel .panel-ways a")).to_have_attribute("href", re.compile(r"/glossary/#[a-z-]+$"))

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(term).to_be_focused()


def test_without_scripts_a_term_leads_to_the_glossary(look_at: OpenPage, archive_output: Path) -> None:
    """To its entry there."""
    page = look_at(with_term(archive_output, "zh"), java_script_enabled=False)

    page.locator("a.gloss").first.click()

    expect(page).to_have_url(re.compile(r"/zh/glossary/#[a-z-]+$"))
    expect(page.locator(":target")).to_be_in_viewport()


def with_term(output: Path, language: str) -> str:
    """The address of an article that explains a term."""
    pages = sorted(output.glob(f"{language}/articles/*/index.html"))
    page = next(page for page in pages if 'class="gloss"' in page.read_text("utf-8"))
    return page.relative_to(output).as_posix().removesuffix("index.html")


def test_a_link_to_a_claim_opens_what_it_rests_on(look_at: OpenPage, archive_output: Path) -> None:
    """The fold of its part, and its sources and notes."""
    permalink = permalink_of(archive_output, "en edition")
    anchor = look_at(permalink).locator(".record-part .claim").first.get_attribute("id")

    page = look_at(f"{permalink}#{anchor}")

    expect(page.locator(f"#{anchor} > .why")).to_have_attribute("open", "")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
