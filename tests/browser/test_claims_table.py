"""The table of all claims in the browser: filters, order, addresses, the selection as a file, languages, no scripts."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import OpenPage, arrived
from tests.browser.pages_server import PagesServer
from tests.sweep import swept

Claims = list[dict[str, Any]]


@pytest.fixture(scope="module")
def claims(archive_output: Path) -> Claims:
    """The published table of claims."""
    table: Claims = json.loads((archive_output / "data" / "claims.json").read_text("utf-8"))
    return table


def rows(page: Page) -> Any:
    """The rows that stand in the table."""
    return page.locator(".claim-table tbody tr")


def shown(page: Page) -> int:
    """How many claims the page says it shows."""
    expect(page.locator("[data-explorer-count]")).not_to_be_empty()
    numbers = re.findall(r"\d[\d,]*", page.locator("[data-explorer-count]").inner_text())
    return int(numbers[0].replace(",", ""))


def selection(page: Page) -> bytes:
    """The file that the page hands out."""
    with page.expect_download() as started:
        page.locator("[data-explorer-csv]").click()
    return Path(started.value.path()).read_bytes()


def named(claim: dict[str, Any], sort: str, term: str) -> bool:
    """Whether a claim names a term itself."""
    return f"{sort}:{term}" in claim.get("terms", "").split()


def signed(claim: dict[str, Any]) -> bool:
    """Projects signed."""
    return claim.get("measure") == "projects" and claim.get("stage") == "signed"


FILTERS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "": lambda claim: True,
    "edition=2019": lambda claim: claim["record"] == "2019",
    "edition=expo": lambda claim: claim["record"] == "expo",
    "about=figure": lambda claim: claim["field"] == "figure",
    "about=figure.projects&stage=signed": signed,
    "about=first": lambda claim: claim["field"] == "first",
    "part=haixi": lambda claim: claim.get("part") == "haixi",
    "about=figure&part=*": lambda claim: claim["field"] == "figure" and "part" not in claim,
    "about=industry&industry=photovoltaics": lambda claim: (
        claim["field"] == "industry" and named(claim, "industry", "photovoltaics")
    ),
    "basis=derived": lambda claim: claim["basis"] == "derived",
    "basis=weak": lambda claim: claim["weak"],
    "conflict=yes": lambda claim: claim["conflict"],
    "conflict=no&edition=2016": lambda claim: not claim["conflict"] and claim["record"] == "2016",
}


# By a record, a measure, a part, a term, a basis and a doubt; the others are long proofs.
ASKED = [
    "edition=2019",
    "about=figure.projects&stage=signed",
    "about=figure&part=*",
    "basis=weak",
    "conflict=no&edition=2016",
]


@pytest.mark.parametrize("query", swept(FILTERS, ASKED))
def test_each_filter_shows_the_claims_of_the_data(query: str, look_at: OpenPage, claims: Claims) -> None:
    """A linked selection has as many claims as the published table has of the kind."""
    page = look_at(f"en/claims/?{query}")

    assert shown(page) == sum(map(FILTERS[query], claims))


def test_kinds_of_sources_and_places_narrow(look_at: OpenPage, claims: Claims, archive_output: Path) -> None:
    """By the grades of the sources that a claim cites, and by the places it names, itself or by its venue."""
    sources = json.loads((archive_output / "data" / "sources.json").read_text("utf-8"))
    agency = {source["source"] for source in sources if source["grade"] == "agency"}
    of_agencies = [claim for claim in claims if agency & set(claim.get("sources", "").split())]

    assert shown(look_at("zh/claims/?grade=agency")) == len(of_agencies)
    assert shown(look_at("zh/claims/?place=haixi")) >= sum(named(claim, "place", "haixi") for claim in claims) > 10


def test_a_choice_narrows_counts_and_goes_into_the_address(look_at: OpenPage, server: PagesServer) -> None:
    """The number beside an option is what it leaves; back takes the choice back; one press shows all again."""
    page = look_at("en/claims/")
    total = shown(page)
    option = page.locator("#filter-edition option[value='2022']")
    count = int(re.findall(r"\d+", option.inner_text())[-1])

    page.locator("#filter-edition").select_option("2022")
    page.locator("#filter-about").select_option("appearance")

    expect(page).to_have_url(server.address("en/claims/?edition=2022&about=appearance"))
    assert 0 < shown(page) < count
    page.go_back()
    expect(page.locator("#filter-about")).to_have_value("")
    expect(page.locator("[data-explorer-count]")).to_contain_text(f"{count}")
    assert shown(page) == count
    page.go_forward()
    expect(page.locator("#filter-about")).to_have_value("appearance")
    page.locator("[data-explorer-reset]").click()
    assert shown(page) == total
    expect(page).to_have_url(server.address("en/claims/"))


def test_an_option_that_would_leave_nothing_cannot_be_chosen(look_at: OpenPage) -> None:
    """What other choices exclude says so by its number."""
    page = look_at("en/claims/?edition=2001")
    none = page.locator("#filter-about option[value='figure.projects']")

    expect(none).to_have_attribute("disabled", "")
    expect(none).to_have_text(re.compile(r"\(0\)$"))


WORDS = [("en", "lithium battery"), ("en", "LITHIUM"), ("zh", "锂"), ("zh", "特斯拉")]


@pytest.mark.parametrize(("language", "words"), swept(WORDS, [WORDS[0], WORDS[3]]))
def test_words_narrow_while_they_are_typed(language: str, words: str, look_at: OpenPage, claims: Claims) -> None:
    """All of them, in whatever case, in the claim or its label; without a claim the page says so."""
    page = look_at(f"{language}/claims/")
    found = [
        claim
        for claim in claims
        if all(
            word in f"{claim[f'label_{language}']} {claim[f'shown_{language}']}".lower()
            for word in words.lower().split()
        )
    ]

    page.locator("#filter-q").fill(words)

    expect(page).to_have_url(re.compile("q="))
    assert shown(page) >= len(found)
    expect(page.locator("[data-explorer-none]")).to_be_visible(visible=not shown(page))
    for text in rows(page).all_inner_texts():
        assert all(word in text.lower() for word in words.lower().split())


def numbers_of(page: Page) -> list[int]:
    """The first number of each value, as it stands."""
    texts = page.locator(".row-value a").all_inner_texts()
    return [int(re.findall(r"\d+", text.replace(",", ""))[0]) for text in texts]


@pytest.mark.parametrize("language", swept(["zh", "en"], ["en"]))
def test_the_table_sorts_by_every_column(language: str, look_at: OpenPage) -> None:
    """A press on a head sorts, another turns it round; the order says so and is in the address."""
    page = look_at(f"{language}/claims/?about=figure.projects&stage=signed")
    page.locator("th[data-column=value] button").click()

    expect(page.locator("th[data-column=value]")).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile(r"sort=value\.descending"))
    numbers = numbers_of(page)
    assert len(numbers) > 5
    assert numbers == sorted(numbers, reverse=True)

    page.locator("th[data-column=value] button").click()
    assert numbers_of(page) == sorted(numbers)

    page.locator("[data-explorer-sort]").select_option("edition.ascending")
    years = [text for text in page.locator(".row-edition").all_inner_texts() if text.isdigit()]
    assert years == sorted(years)
    expect(page.locator("th[data-column=edition]")).to_have_attribute("aria-sort", "ascending")
    for column in ("about", "limits", "sources"):
        page.locator(f"th[data-column={column}] button").click()
        expect(page.locator(f"th[data-column={column}]")).to_have_attribute("aria-sort", re.compile("ending"))


def test_long_tables_come_in_steps(look_at: OpenPage) -> None:
    """A phone holds fifty rows at first; the next come on demand, and the reader goes on at the first of them."""
    page = look_at("en/claims/")

    expect(rows(page)).to_have_count(50)
    page.locator("[data-explorer-more]").click()
    expect(rows(page)).to_have_count(100)
    expect(rows(page).nth(50).locator(".row-value a")).to_be_focused()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_selection_is_a_file_with_the_published_columns(
    language: str, look_at: OpenPage, archive_output: Path
) -> None:
    """All that is selected, not only what is on screen; names and cells as in claims.csv; a mark for spreadsheets."""
    page = look_at(f"{language}/claims/?conflict=yes")
    data = selection(page)
    published = csv.DictReader(io.StringIO((archive_output / "data" / "claims.csv").read_text("utf-8"), newline=""))
    due = [row for row in published if row["conflict"] == "true"]
    got = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(due) > 20
    key = "claim"
    assert {row[key]: row for row in got} == {row[key]: {name: row[name] for name in got[0]} for row in due}
    assert [name for name in (published.fieldnames or ()) if name in got[0]] == list(got[0])


def test_the_selection_keeps_cells_apart(look_at: OpenPage) -> None:
    """Commas, quotation marks and line ends in a value stay in its cell; the rows are those of the table."""
    page = look_at("en/claims/?about=remark")
    got = list(csv.DictReader(io.StringIO(selection(page).decode("utf-8-sig"), newline="")))

    assert len(got) == shown(page)
    assert any("," in row["shown_en"] for row in got)
    assert got[0]["shown_en"] == page.locator(".row-value a").first.inner_text()


def test_switching_the_language_keeps_the_selection(look_at: OpenPage, server: PagesServer) -> None:
    """The same claims in the same order, in the other language's words."""
    query = "?edition=2016&stage=signed&sort=value.descending"
    page = look_at(f"zh/claims/{query}")
    count = shown(page)

    page.locator("header a[data-switch]").click()

    arrived(page, server.address(f"en/claims/{query}"))
    assert shown(page) == count > 1


def test_a_row_leads_to_the_claim_with_its_evidence(look_at: OpenPage) -> None:
    """On the page of its edition, with its sources beside it."""
    page = look_at("en/claims/?edition=2019&about=figure.projects&stage=signed&part=*")

    page.locator(".row-value a").first.click()

    expect(page).to_have_url(re.compile(r"en/editions/2019/#projects-signed$"))
    expect(page.locator("#projects-signed")).to_be_visible()


def test_an_unknown_choice_shows_everything(look_at: OpenPage) -> None:
    """An old or mistyped address still opens the table."""
    page = look_at("en/claims/?edition=1999&sort=colour&stage=nothing")

    assert shown(page) == shown(look_at("en/claims/"))


def test_the_form_works_by_keyboard(look_at: OpenPage, server: PagesServer) -> None:
    """From the words to the choices, the folded ones, the order and the first claim, each within reach of Tab."""
    page = look_at("en/claims/")
    expect(rows(page).first).to_be_visible()
    page.locator("#filter-q").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
            )
        )
        if reached[-1] == "SUMMARY":
            page.keyboard.press("Enter")
    assert reached[:4] == ["filter-edition", "filter-about", "SUMMARY", "filter-place"]
    assert "explorer-sort" in reached


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_scripts_the_tables_of_the_editions_are_linked(
    language: str, look_at: OpenPage, claims: Claims
) -> None:
    """No form that does nothing; every edition with the number of its claims, and its table at one press."""
    page = look_at(f"{language}/claims/", java_script_enabled=False)

    expect(page.locator("form[data-explorer]")).to_be_hidden()
    counts = [
        int(re.findall(r"\d+", text)[0]) for text in page.locator(".explorer-parts .chip-count").all_inner_texts()
    ]
    assert sum(counts) == len(claims)

    page.locator(".explorer-parts a[href='2019/']").click()

    assert rows(page).count() == sum(claim["record"] == "2019" for claim in claims)


@pytest.mark.parametrize("permalink", ["en/claims/", "zh/claims/2016/"])
def test_rows_stack_on_a_narrow_screen(permalink: str, look_at: OpenPage) -> None:
    """320 pixels wide nothing is cut off, and a row is still a row of a table."""
    page = look_at(permalink, viewport={"width": 320, "height": 800})
    expect(rows(page).first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.get_by_role("row").count() > 10
    expect(page.get_by_role("cell").first).to_be_visible()
