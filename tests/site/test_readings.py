"""A source says on its page what it says; claims show where and as what it is printed; gaps show their search."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.sites import Site, build_small

READ = """\
publisher: {en: Lune Gazette, fr: La Gazette de Lune}
title: {en: The fair opens}
url: https://spam.example/copy-of-a-page
linked: false
language: en
grade: reprint
read: {extent: excerpt, date: 2012-03-02}
leaves:
  - what: {en: It rained on the second day., fr: Il plut le deuxième jour.}
    locator: paragraph 7
    reason: other_subject
"""
EDITION = """\
year: 2013
figures:
  visitors:
    value: 30
    qualifier: over
    sources: [{source: copy-2010, locator: "page 2, paragraph 1", printed: more than 30}]
"""
FILES = {"content/sources/copy-2010.yaml": READ, "content/editions/2013.yaml": EDITION}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo with a source that was read in part."""
    return build_small(tmp_path_factory.mktemp("readings") / "site", FILES)


def text_of(html: str) -> str:
    """The text of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_source_page_says_what_it_says(site: Site) -> None:
    """Each value as printed, where, and the claim it became; what no claim holds, and why; how far it was read."""
    page = site.pages("en/sources/copy-2010/")

    assert '<span class="said">page 2, paragraph 1 <q lang="en">more than 30</q></span>' in page
    assert "It rained on the second day. paragraph 7, outside the archive’s subject" in text_of(page)
    assert "2 March 2012" in text_of(page)


def test_a_claim_shows_its_print(site: Site) -> None:
    """In quotes, in the language of the source, on its page in every language."""
    assert '<q class="why-print" lang="en">more than 30</q>' in site.pages("fr/editions/2013/")


def test_a_reprints_host_is_on_no_page_and_in_no_file(site: Site) -> None:
    """Its address stands in the source's record alone; pages give the title, and words to search for."""
    told = [path for path in site.output.rglob("*") if path.is_file() and b"spam.example" in path.read_bytes()]

    assert told == []
    assert "Words to search for: “The fair opens”." in text_of(site.pages("en/sources/copy-2010/"))


def test_the_data_have_places_and_prints(site: Site) -> None:
    """As columns of the links, and the reading as columns of the sources."""
    links = list(csv.DictReader(io.StringIO(site.pages("data/claim_sources.csv"))))
    sources = list(csv.DictReader(io.StringIO(site.pages("data/sources.csv"))))

    (link,) = [row for row in links if row["claim"] == "2013#visitors"]
    assert (link["locator"], link["printed"]) == ("page 2, paragraph 1", "more than 30")
    (source,) = [row for row in sources if row["source"] == "copy-2010"]
    assert (source["read"], source["read_on"], source["original"]) == ("excerpt", "2012-03-02", "")


def test_the_audit_counts_readings(site: Site) -> None:
    """Sources by how far they were read; links with a place and with a print; what was left; what was not found."""
    tally = dict(re.findall(r"<div><dt>([^<]*)</dt><dd>([^<]*)</dd></div>", site.pages("en/audit/")))

    links = list(csv.DictReader(io.StringIO(site.pages("data/claim_sources.csv"))))
    assert tally["Links from claims to sources"] == str(len(links))
    assert tally["of these, with the place in the source"] == str(sum(bool(row["locator"]) for row in links))
    assert tally["of these, with the value as printed"] == str(sum(bool(row["printed"]) for row in links))
    assert tally["Sources read to the end"] == tally["Sources of which an excerpt was read"] == "1"
    assert tally["Things in the sources that no claim records"] == tally["Things looked for and not found"] == "1"


def test_gaps_are_listed_with_their_search(site: Site) -> None:
    """What was looked for, when, by whom, and the words."""
    page = text_of(site.pages("en/coverage/"))

    assert "Who sold the tickets of 2010. Looked for on 1 April 2012, The archive; words: ticket office 2010" in page
    assert 'id="ticket-office"' in site.pages("en/coverage/")


def test_an_absence_in_prose_leads_to_what_is_said_of_it(build_site: Callable[..., Site]) -> None:
    """To its entry, to the edition, or to the table of all."""
    text = "---\ntitle: T\nsummary: S\n---\n\nA [?ticket-office], b [?2010#opened], c [?2009-2011#takings-signed].\n\n"
    page = build_site({"content/articles/first-crane/en.md": f"{text}## A {{#afterwards}}\n"}).pages(
        "en/articles/first-crane/"
    )

    assert re.findall(r'<sup class="absence"><a href="([^"]*)"', page) == [
        "../../coverage/#ticket-office",
        "../../editions/2010/",
        "../../coverage/",
    ]


def test_people_deals_and_halls_are_on_the_edition(tiny_site: Site) -> None:
    """Under headings of their own that count them, with what a reader needs to tell them."""
    page = text_of(tiny_site.pages("en/editions/2011/"))

    for said in (
        "Who was there 1 Opened it Ada Lune (Mayor of Port Lune; at the opening)",
        "Who signed what 1 Deals signed and planned Grues du Port ordered two cranes. (LUC 12,000)",
        "Industries named 1 Industry named Crane building",
        "Halls and pavilions 1 Hall or pavilion Hall of Hooks",
        "Activity Levage de nuit",
        "How it was described at the time 1 How it was described the fair of the coast",
    ):
        assert said in page


def test_people_and_companies_have_pages(tiny_site: Site) -> None:
    """With every claim that names them, and the search finds them."""
    assert "Opened it" in text_of(tiny_site.pages("en/people/ada-lune/"))
    assert "ordered two cranes" in text_of(tiny_site.pages("en/companies/grues-du-port/"))
    assert "Ada Lune" in tiny_site.pages("en/people/")


def test_a_small_count_is_written_in_words(build_site: Callable[..., Site]) -> None:
    """With what it counts and as the source hedges it, or ``bare``; as each language has it."""
    count = "year: 2013\nfigures:\n  visitors: {value: 17, qualifier: over, sources: [gazette-2009]}\n"
    text = "---\ntitle: T\nsummary: S\n---\n\n[=2013#visitors|words, nocite], [=2013#visitors|bare, words]\n"
    files = {f"content/pages/about/{language}.md": text for language in ("en", "fr")}

    site = build_site({"content/editions/2013.yaml": count, **files})

    assert "more than seventeen visitors , seventeen" in text_of(site.pages("en/about/"))
    assert "plus de dix-sept visiteurs , dix-sept" in text_of(site.pages("fr/about/"))


def test_a_bare_deal_is_its_value_alone(build_site: Callable[..., Site]) -> None:
    """In a sentence that tells the rest itself."""
    text = "---\ntitle: T\nsummary: S\n---\n\nCranes for [=2011#crane-order|bare].\n\n## A {#afterwards}\n"

    page = build_site({"content/articles/first-crane/en.md": text}).pages("en/articles/first-crane/")

    assert "Cranes for LUC 12,000" in text_of(page)
