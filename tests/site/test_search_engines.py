"""What search engines and those who share a link are told: titles, alternates, sitemaps, structured data."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.expected import expect_none
from tests.links import html_files
from tests.sites import ADDRESS, BASE_PATH, Site
from tests.vocabulary import vocabulary

HOME = ADDRESS + BASE_PATH
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def pages_of(output: Path) -> Iterator[tuple[str, str]]:
    """Every page's permalink and text."""
    for file in html_files(output):
        yield file.relative_to(output).as_posix().removesuffix("index.html"), file.read_text("utf-8")


def graph_of(text: str) -> list[dict[str, Any]]:
    """The nodes of a page's structured data."""
    found = LD.search(text)
    nodes: list[dict[str, Any]] = json.loads(found[1])["@graph"] if found else []
    return nodes


def node(text: str, kind: str) -> dict[str, Any]:
    """The one node of a type."""
    found = [one for one in graph_of(text) if one["@type"] == kind]

    assert len(found) == 1, f"{len(found)} of {kind}"
    return found[0]


def test_every_page_has_a_title_and_a_description_of_its_own(archive_output: Path) -> None:
    """None empty, none the same as another's, none too short or too long to be one."""
    said: dict[str, list[str]] = {}
    odd = []
    for link, text in pages_of(archive_output):
        for what, pattern, most in (("title", TITLE, 180), ("description", DESCRIPTION, 320)):
            words = unescape(pattern.findall(text)[0]).strip()
            said.setdefault(f"{what}: {words}", []).append(link)
            if not 4 <= len(words) <= most or "  " in words:
                odd.append(f"{link}: {what} of {len(words)}: {words}")

    expect_none(odd, "titles or descriptions of an odd length")
    expect_none([f"{links}: {words}" for words, links in said.items() if len(links) > 1], "said of two pages")


def test_every_page_that_is_found_by_search_has_one_address_of_its_own(archive_output: Path) -> None:
    """Its canonical address and og:url are its own, below the base path; the page of what is not there has none."""
    wrong = []
    for link, text in pages_of(archive_output):
        wanted = [] if link == "404.html" else [HOME + link]
        if CANONICAL.findall(text) != wanted or f'property="og:url" content="{HOME}{link}"' not in text:
            wrong.append(link)

    expect_none(wrong, "pages with another canonical address")


def test_sitemaps_list_every_page_with_its_alternates(archive_output: Path) -> None:
    """As the page's own head has them; robots.txt leads to the index, and the index to one sitemap a language."""
    index = ElementTree.parse(archive_output / "sitemap.xml")
    listed: dict[str, list[tuple[str | None, str | None]]] = {}
    for location in index.iterfind("s:sitemap/s:loc", NS):
        text = location.text or ""
        for url in ElementTree.parse(archive_output / text.removeprefix(HOME)).iterfind("s:url", NS):
            links = [(one.get("hreflang"), one.get("href")) for one in url.iterfind("x:link", NS)]
            listed[url.findtext("s:loc", "", NS)] = links
    pages = {HOME + link: ALTERNATE.findall(text) for link, text in pages_of(archive_output) if link != "404.html"}

    assert listed == pages
    assert f"Sitemap: {HOME}sitemap.xml\n" in (archive_output / "robots.txt").read_text("utf-8")


def test_only_content_that_has_a_date_is_dated_in_a_sitemap(tiny_site: Site) -> None:
    """The article's, and with it the list of articles; a build has no clock."""
    dated = re.findall(r"<loc>([^<]*)</loc>\s*<lastmod>([^<]*)</lastmod>", tiny_site.pages("sitemap-en.xml"))

    root = "https://fair.example/harbour/en/articles/"
    assert dated == [(root, "2012-01-15"), (f"{root}first-crane/", "2012-01-15")]


def test_a_borrowed_text_is_left_to_the_page_it_is_borrowed_from(tiny_site: Site) -> None:
    """The page without a translation is in no sitemap, and its canonical address is the original's."""
    assert "harbour/fr/about/" not in tiny_site.pages("sitemap-fr.xml")
    assert CANONICAL.findall(tiny_site.pages("fr/about/")) == ["https://fair.example/harbour/en/about/"]


@pytest.mark.long
def test_structured_data_keeps_to_the_words_of_schema_org(archive_output: Path) -> None:
    """Each type, property and value on every page, against the whole vocabulary; addresses are full ones."""
    faults = []
    kinds: set[str] = set()
    for link, text in pages_of(archive_output):
        for one in graph_of(text):
            kinds.add(one["@type"])
            faults += [f"{link} {fault}" for fault in vocabulary().faults(one)]
            urls = [one[name] for name in ("url", "@id", "mainEntityOfPage") if name in one]
            faults += [f"{link}: {url}" for url in urls if not url.startswith(HOME)]

    expect_none(faults, "faults of structured data")
    assert kinds >= {"ExhibitionEvent", "Article", "BreadcrumbList", "WebSite"}


def test_the_vocabulary_refuses_what_schema_org_does_not_know() -> None:
    """A check that lets everything pass would check nothing."""
    words = vocabulary()

    assert list(words.faults({"@type": "ExhibitionEvent", "name": "A fair", "location": {"@type": "Place"}})) == []
    assert list(words.faults({"@type": "ExhibitionEvent", "headline": "A fair"}))
    assert list(words.faults({"@type": "ExhibitionEvent", "location": {"@type": "Person"}}))
    assert list(words.faults({"@type": "BreadcrumbList", "itemListElement": {"@type": "ListItem", "position": []}}))
    assert list(words.faults({"@type": "TradeFair"}))


def test_an_edition_is_an_exhibition_with_what_is_known_of_it(tiny_site: Site) -> None:
    """Days, place and name as recorded; what is not known is not there."""
    known, bare = (node(tiny_site.pages(f"en/editions/{year}/"), "ExhibitionEvent") for year in (2009, 2010))

    assert (known["name"], known["startDate"], known["endDate"]) == ("Harbour Fair", "2009-06-01", "2009-06-03")
    assert known["location"]["name"] == "Quay Hall"
    assert not {"startDate", "endDate", "location"} & bare.keys()


def test_no_event_is_claimed_of_an_edition_that_may_not_have_been_held(build_site: Callable[..., Site]) -> None:
    """Not for one that was not held, nor where nobody knows."""
    site = build_site({"content/editions/2013.yaml": "year: 2013\nstatus: not_held\n"})

    for year in (2012, 2013):
        assert [one["@type"] for one in graph_of(site.pages(f"en/editions/{year}/"))] == ["BreadcrumbList"]


def test_structured_data_cannot_end_its_element(build_site: Callable[..., Site]) -> None:
    """A title with a closing tag stays a title, on the page and in the data."""
    title = "</script><script>alert(1)</script><!--"
    front = f'---\ntitle: "{title}"\nsummary: A & B\n---\n\nText.\n'
    files = {"content/articles/first-crane/en.md": front, "content/articles/first-crane/fr.md": None}
    page = build_site(files).pages("en/articles/first-crane/")

    assert "<script>alert" not in page
    assert node(page, "Article")["headline"] == title
    assert node(page, "Article")["description"] == "A & B"


def test_the_first_page_leads_search_engines_to_the_search(archive_output: Path) -> None:
    """The question goes where the search page reads it from."""
    site = node((archive_output / "en" / "index.html").read_text("utf-8"), "WebSite")

    assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOME}en/search/?q={{search_term_string}}"
    assert 'name="q"' in (archive_output / "en" / "search" / "index.html").read_text("utf-8")


def test_a_shared_page_names_its_locale_and_the_others(archive_output: Path) -> None:
    """As Open Graph writes them: a language and a country."""
    page = (archive_output / "zh" / "index.html").read_text("utf-8")

    assert '<meta property="og:locale" content="zh_CN">' in page
    assert '<meta property="og:locale:alternate" content="en_GB">' in page
