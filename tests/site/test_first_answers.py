"""What readers ask first is answered first: the home page leads to it, and each page begins with it."""

import re
from collections.abc import Callable

import pytest

from tests.sites import TINY_EXPO, Site, build_small

SYNONYMS = (TINY_EXPO / "content" / "synonyms.yaml").read_text("utf-8")
QUESTION = '  question: {en: "What of the hoists?", fr: "Et les palans ?"}\n'
EXPO = """\
figures:
  visitors:
    - {value: 4500, as_of: {after: 2011}, sources: [port-office-2011]}
    - {id: last-two, value: 3300, last: 2, as_of: {after: 2011}, sources: [port-office-2011]}
  takings: {value: 99, as_of: {after: 2011}, sources: [port-office-2011]}
"""
# Ten years after 2009: its visitors are known as those of 2009 are, its takings are not; what it signed is.
EDITION_2019 = """\
year: 2019
figures:
  visitors: {value: 900, sources: [port-office-2011]}
deals:
  id: steel
  what: {en: Steel was ordered., fr: De l’acier fut commandé.}
  stage: signed
  companies: [grues-du-port]
  industries: [crane-building]
  sources: [port-office-2011]
"""
OTHER_ARTICLE = """\
---
title: Another
summary: About something else
---

Nobody spoke of [[industry:crane-building]] here.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo with three totals, an edition ten years after the first, a question, and another article."""
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
    featured = "[expo#visitors-after-2011, expo#takings-after-2011, expo#last-two]"
    built = build_small(
        tmp_path_factory.mktemp("answers") / "site",
        {
            "site_config.yaml": re.sub(r"featured: .*", f"featured: {featured}", config),
            "content/expo.yaml": EXPO,
            "content/editions/2019.yaml": EDITION_2019,
            "content/synonyms.yaml": SYNONYMS.replace("hoists:\n", f"hoists:\n{QUESTION}"),
            "content/articles/another/article.yaml": "order: 1\n",
            "content/articles/another/en.md": OTHER_ARTICLE,
        },
    )
    assert built.kinds() == []
    return built


def test_the_home_page_asks_what_readers_ask(site: Site) -> None:
    """In the page's language; what answers is the page that the words lead to, a term's before an article's."""
    home = site.pages("en/")
    questions = re.search(r'<nav class="wrap questions".*?</nav>', home, re.DOTALL)

    assert questions
    assert re.findall(r'href="([^"]+)">([^<]+)<', questions[0]) == [("topics/cranes/", "What of the hoists?")]
    assert "Et les palans" in site.pages("fr/")


@pytest.mark.parametrize("page", ["en/", "en/whole/"])
def test_totals_over_the_same_editions_share_a_row(page: str, site: Site) -> None:
    """Each leads to its claim; one of the latest editions alone has a row of its own."""
    totals = re.search(r'<dl class="totals">.*?</dl>', site.pages(page), re.DOTALL)
    assert totals
    rows = [
        (re.sub(r"\s+", " ", row).strip(), re.findall(r'total-value" href="[^"]*#([^"]+)"', row))
        for row in totals[0].split("<dt>")[1:]
    ]

    assert [anchors for _, anchors in rows] == [["visitors-after-2011", "takings-after-2011"], ["last-two"]]
    assert rows[0][0].startswith("after the 3rd edition<")
    assert rows[1][0].startswith("the latest 2 editions")


def test_growth_sets_the_latest_edition_beside_that_of_ten_years_before(site: Site) -> None:
    """What both have can be compared; for what one lacks it says so, with the figure of the nearest edition."""
    page = site.pages("en/growth/")
    table = re.search(r'<table class="then-and-now">.*?</table>', page, re.DOTALL)
    assert table
    rows = [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in table[0].split("<tr>")[1:]
    ]

    assert '<h2 id="then">2019 against 2009</h2>' in page
    assert "1 of these figures" in page
    assert rows[0][1:] == ["2009", "2019"]
    assert rows[1:] == [["Visitors", "about 1,200", "900"], ["Takings", "LUC 45,500", "not known 2009: LUC 45,500"]]
    assert 'href="../editions/2019/#visitors"' in table[0]


def test_where_nothing_is_known_of_both_years_growth_says_so(build_site: Callable[..., Site]) -> None:
    """Of 2011 the visitors are known, of 2021 the takings."""
    edition = EDITION_2019.replace("2019", "2021").replace("visitors: {value: 900", "takings: {value: 9")

    assert "no measure for which we have a figure in both years" in build_site(
        {"content/editions/2021.yaml": edition}
    ).pages("en/growth/")


def test_a_term_begins_with_what_was_signed(site: Site) -> None:
    """Then articles, those that speak of it most first, then all else; no claim stands there twice."""
    page = site.pages("en/industries/crane-building/")
    headings = re.findall(r'<h2 id="([a-z]+)"', page)
    signed = page.partition('id="signed"')[2].partition("</section>")[0]
    rest = page.partition('id="claims"')[2].partition("</section>")[0]

    assert headings[:3] == ["signed", "articles", "claims"]
    assert "Steel was ordered." in signed
    assert "Steel was ordered." not in rest
    assert "2011" in rest
