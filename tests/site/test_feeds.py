"""What follows the archive: Atom feeds that keep the rules of RFC 4287."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.expected import expect_none
from tests.sites import ADDRESS, BASE_PATH, ROOT, Site

ATOM = "{http://www.w3.org/2005/Atom}"
ARTICLES = "content/articles/*"
ARTICLE = "content/articles/first-crane/article.yaml"


def faults_of(feed: ElementTree.Element) -> list[str]:
    """What RFC 4287 demands of a feed and this one does not do (sections 4.1.1, 4.1.2, 3.3 and 4.2.7)."""
    faults = []
    ids: list[str] = []
    for element in (feed, *feed.iterfind(f"{ATOM}entry")):
        name = element.tag.removeprefix(ATOM)
        for once in ("id", "title", "updated"):
            if len(element.findall(ATOM + once)) != 1 or not (element.findtext(ATOM + once) or "").strip():
                faults.append(f"{name}: not one {once}")
        for moment in element.findall(f"{ATOM}updated") + element.findall(f"{ATOM}published"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment.text or "") or not datetime.fromisoformat(
                moment.text or ""
            ):
                faults.append(f"{name}: no moment: {moment.text}")
        links = [(link.get("rel"), link.get("type")) for link in element.iterfind(f"{ATOM}link")]
        if len(links) != len(set(links)):
            faults.append(f"{name}: two links of one kind")
        hrefs = [link.get("href") or "" for link in element.iterfind(f"{ATOM}link")]
        addresses = [element.findtext(f"{ATOM}id") or "", *hrefs]
        faults += [f"{name}: not a full address: {one}" for one in addresses if not re.match("https?://[^/]+/", one)]
        ids.append(element.findtext(f"{ATOM}id") or "")
    if len(ids) != len(set(ids)):
        faults.append("an id twice")
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        faults.append("no author")
    if [link for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "self"] == []:
        faults.append("no link to itself")
    return faults


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_feed_of_each_language_keeps_the_rules(language: str, archive_output: Path) -> None:
    """Each dated article once, with its own page as its address."""
    feed = ElementTree.parse(archive_output / language / "articles" / "feed.xml").getroot()
    expect_none(faults_of(feed), "faults of the feed")
    listed = {entry.findtext(f"{ATOM}id") for entry in feed.iterfind(f"{ATOM}entry")}
    records = {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in ROOT.glob(f"{ARTICLES}/*.yaml")}
    dated = {name for name, record in records.items() if record.get("date") and not record.get("draft")}
    folders = (path.parent for path in ROOT.glob(f"{ARTICLES}/{language}.md") if path.parent.name in dated)

    assert listed == {f"{ADDRESS}{BASE_PATH}{language}/articles/{path.name}/" for path in folders}


def test_the_rules_find_a_fault() -> None:
    """A check that lets everything pass would check nothing."""
    broken = ElementTree.fromstring(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>A</title><entry><id>a</id></entry></feed>'
    )

    assert len(faults_of(broken)) >= 6


def test_dates_are_those_of_the_article(build_site: Callable[..., Site]) -> None:
    """Published and changed as its record says; the feed is as new as its newest entry; the page says both."""
    site = build_site({ARTICLE: "date: 2012-01-15\nupdated: 2012-03\neditions: [2009]\nsources: [gazette-2009]\n"})
    feed = ElementTree.fromstring(site.pages("en/articles/feed.xml"))

    assert feed.findtext(f"{ATOM}entry/{ATOM}published") == "2012-01-15T00:00:00Z"
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated") == "2012-03-01T00:00:00Z" == feed.findtext(f"{ATOM}updated")
    assert "changed March 2012" in site.pages("en/articles/first-crane/")
    assert "<lastmod>2012-03</lastmod>" in site.pages("sitemap-en.xml")


def test_an_article_without_a_date_is_in_no_feed(build_site: Callable[..., Site]) -> None:
    """Nothing is dated by the clock; a feed of nothing is not written, nor linked."""
    site = build_site({ARTICLE: "editions: [2009]\nsources: [gazette-2009]\n"})

    assert not site.exists("en/articles/feed.xml")
    assert "atom+xml" not in site.pages("en/articles/")


def test_a_change_before_its_publication_is_refused(build_site: Callable[..., Site]) -> None:
    """One of the two dates must be wrong."""
    site = build_site({ARTICLE: "date: 2012-01-15\nupdated: 2011-12-01\n"})

    assert site.kinds() == ["updated-before-date"]


def test_every_page_leads_programs_to_the_feed_of_its_language(tiny_site: Site) -> None:
    """In its head, by an address that works where the site lives."""
    page = tiny_site.pages("fr/editions/2009/")

    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="../../articles/feed', page
    )
