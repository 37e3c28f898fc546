"""This archive's own questions, asked of its index in pieces, as if it had grown to thousands of pages."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from expoarchive.render.compact import compact_json
from expoarchive.render.search_pieces import in_pieces, ranked_terms
from expoarchive.render.search_terms import Reading
from expoarchive.render.search_words import newer_characters
from tests.archive.test_search import ANSWERS, QUESTIONS
from tests.browser.test_search import ask, hits
from tests.expected import expect_none

# Many pages answer these equally well: which of them comes first depends on how many there are in all.
NEAR = {"投资贸易"}


def script_of(name: str, key: str, value: object) -> str:
    """A file of the index."""
    return f"(globalThis.{name} ??= {{}})[{json.dumps(key)}] = {compact_json(value)};\n"


def value_of(file: Path) -> dict[str, Any]:
    """What a file of the index holds."""
    value: dict[str, Any] = json.loads(file.read_text("utf-8").partition(" = ")[2].rstrip().removesuffix(";"))
    return value


@pytest.fixture(scope="module")
def site(archive_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search pages of the archive, their indexes cut as the build cuts those of large sites."""
    site = tmp_path_factory.mktemp("pieces") / "site"
    shutil.copytree(archive_output / "assets", site / "assets")
    for language in ("zh", "en"):
        shutil.copytree(archive_output / language / "search", site / language / "search")
        index, answers = (
            value_of(archive_output / "search" / f"{name}.js") for name in (language, f"answers-{language}")
        )
        reading = Reading(newer_characters(), index["words"]["scales"])
        pages = [(item, ranked_terms(item, reading)) for item in index["pages"]]
        head, common, pieces = in_pieces(index["words"], pages, answers, reading)
        folder = site / "search" / language
        folder.mkdir(parents=True)
        folder.with_suffix(".js").write_text(script_of("searchIndexes", language, head), "utf-8")
        common_file = folder.with_name(f"answers-{language}.js")
        common_file.write_text(script_of("searchAnswers", language, common), "utf-8")
        for name, piece in pieces.items():
            (folder / f"{name}.js").write_text(script_of("searchPieces", f"{language}/{name}", piece), "utf-8")
    return site


@pytest.fixture(scope="module")
def asking(browser: Browser, site: Path) -> Iterator[Callable[[str, str], Page]]:
    """Asks the search of a language, in one page for all questions."""
    pages = {language: browser.new_page() for language in ("zh", "en")}
    yield lambda question, language: ask(pages[language], address(site, language), question)
    for page in pages.values():
        page.close()


def address(site: Path, language: str) -> str:
    """Where its search page is."""
    return (site / language / "search" / "index.html").as_uri()


def test_the_right_pages_come_first(asking: Callable[[str, str], Page], site: Path) -> None:
    """As where the index is whole: parts of names, pinyin, old characters, digits of any width, the other language."""
    wrong = []
    for question, language, first in QUESTIONS:
        found = hits(asking(question, language)).first.evaluate("a => a.href")
        top = address(site, language).removesuffix("search/index.html")
        if question not in NEAR and not re.fullmatch(re.escape(top) + first, found):
            wrong.append(f"{question}: {found.removeprefix(top)}, not {first}")

    expect_none(wrong, "questions with another page first")


def test_questions_are_answered(asking: Callable[[str, str], Page], site: Path) -> None:
    """By the claims of an edition, of all, and by what is not known."""
    for question, language, said, _ in ANSWERS:
        box = asking(question, language).locator("[data-search-answer]")
        for text in said:
            expect(box).to_contain_text(text)
