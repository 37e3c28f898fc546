"""An edition in brief: what its page says before the whole record."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.sites import Site

Build = Callable[..., Site]


def opening(site: Site, page: str) -> str:
    """The sentence that opens an edition's page; empty where there is none."""
    found = re.search(r'<p class="edition-brief">(.*?)</p>', site.pages(page), re.DOTALL)
    return unescape(re.sub("<[^>]+>", "", found[1])) if found else ""


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (
            "en/editions/2009/",
            "The 1st edition was held on 1–3 June 2009 at Quay Hall and brought together about 1,200 visitors.",
        ),
        (
            "en/editions/2011/",
            "The 3rd edition was inaugurated by Ada Lune (Mayor of Port Lune) and brought together more than"
            " 1,800 visitors.",
        ),
        (
            "fr/editions/2010/",
            "La 2e édition a réuni 1\N{NARROW NO-BREAK SPACE}500 visiteurs≠ (Les sources divergent).",
        ),
    ],
)
def test_a_sentence_says_what_the_edition_was(tiny_site: Site, page: str, sentence: str) -> None:
    """When, where, who, how many, in the page’s language; of several accounts the preferred one, marked as disputed."""
    assert opening(tiny_site, page) == sentence


def test_an_edition_of_which_nothing_is_known_has_no_such_sentence(tiny_site: Site) -> None:
    """It names the nearest editions that have a record instead, and what would help."""
    page = tiny_site.pages("en/editions/2012/")

    assert opening(tiny_site, "en/editions/2012/") == ""
    assert "The nearest edition with a record is" in page
    assert '<a href="../2011/">2011</a>' in page


def test_what_the_sentence_names_leads_to_its_evidence(tiny_site: Site) -> None:
    """Figures to their claims, people and venues to their pages."""
    opened = tiny_site.pages("en/editions/2011/").partition('class="edition-brief"')[2].partition("</p>")[0]

    assert '<a href="../../people/ada-lune/">' in opened
    assert '<a href="#visitors">' in opened


def test_a_main_figure_stands_beside_its_neighbours(tiny_site: Site) -> None:
    """The nearest editions before and after that have the same figure."""
    near = tiny_site.pages("en/editions/2010/").partition('class="key-near"')[2].partition("</span>")[0]

    assert re.findall('<a href="([^"]+)">([^<]+)</a>', near) == [
        ("../2009/#visitors", "2009: about 1,200"),
        ("../2011/#visitors", "2011: more than 1,800"),
    ]


def test_what_was_signed_comes_before_what_was_planned(build_site: Build) -> None:
    """An edition with signings names these; one without, what it had ready to be signed."""
    takings = "figures: {{takings: [{}]}}\n"
    planned = "{stage: planned, value: 8, sources: [gazette-2009]}"
    signed = "{stage: signed, value: 5, sources: [gazette-2009]}"
    site = build_site(
        {
            "content/editions/2013.yaml": "year: 2013\n" + takings.format(planned),
            "content/editions/2014.yaml": "year: 2014\n" + takings.format(f"{planned}, {signed}"),
        }
    )

    assert "ready to be signed" in opening(site, "en/editions/2013/")
    assert opening(site, "en/editions/2014/").endswith("signed.")
    assert "8" not in opening(site, "en/editions/2014/").replace("2014", "")


def test_an_account_that_was_not_preferred_is_no_outcome(build_site: Build) -> None:
    """It stands in the box of doubts, beside the one that the page goes by."""
    preferred = "{stage: signed, value: 5, sources: [gazette-2009], preferred: {en: Counted., fr: Compté.}}"
    other = "{id: other, stage: signed, value: 7, sources: [port-office-2011]}"
    planned = "{stage: planned, value: 8, sources: [gazette-2009]}"
    takings = f"year: 2013\nfigures: {{takings: [{preferred}, {other}, {planned}]}}\n"
    page = build_site({"content/editions/2013.yaml": takings}).pages("en/editions/2013/")
    outcomes = page.partition('class="outcomes"')[2].partition("</ul>")[0]

    assert re.findall('href="#([^"]+)"', outcomes) == ["takings-planned"]
    assert '<a href="#takings-signed">' in page.partition('id="doubts"')[2]


def test_the_record_is_folded_by_subject(tiny_site: Site) -> None:
    """A short one is open; each part says how many claims it holds."""
    page = tiny_site.pages("en/editions/2009/")
    parts = re.findall(r'<details class="record-part" id="([a-z-]+)" open>.*?record-count">(\d+)<', page, re.DOTALL)

    assert dict(parts)["facts"] == "5"


def test_doubts_stand_in_one_box(tiny_site: Site) -> None:
    """What sources tell differently, with its values, and what is not known."""
    box = tiny_site.pages("en/editions/2010/").partition('id="doubts"')[2].partition("</section>")[0]

    assert '<a href="#visitors">Visitors: 1,500; 2,000</a>' in box
    assert "<li>Name</li>" in box


def test_the_home_page_says_which_totals_to_trust(tiny_site: Site) -> None:
    """The editors' verdict stands beside the totals, with a way to all of them."""
    page = tiny_site.pages("en/")

    assert "The port counted tickets; we go by that." in page
    assert '<a href="whole/">' in page
