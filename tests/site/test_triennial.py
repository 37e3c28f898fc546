"""A second invented fair: every three years, two venues by turns, nothing in money, in English and Chinese."""

import re

import pytest

from expoarchive.build import build
from tests.sites import ROOT, Site

HELD = (2001, 2004, 2007, 2010, 2016)


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """It, built: without templates, as the site of a wheel."""
    root, output = ROOT / "tests" / "triennial", tmp_path_factory.mktemp("triennial") / "output"
    return Site(root, output, build(root, output))


def test_it_builds_without_a_fault_or_a_warning(meeting: Site) -> None:
    """With a page for each edition, and none for the years between."""
    assert meeting.problems == []
    years = {path.parent.name for path in (meeting.output / "en" / "editions").glob("*/index.html")}
    assert years == {str(year) for year in (*HELD, 2013)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_years_between_editions_are_not_taken_for_gaps(meeting: Site, language: str) -> None:
    """What was due every three years and was held is not unknown in the years between."""
    for page in ("editions", "growth", "coverage"):
        if meeting.exists(f"{language}/{page}/"):
            text = re.sub(r"<[^>]+>", " ", meeting.pages(f"{language}/{page}/"))
            assert not re.search(r"\b(2002|2003|2005|2006|2008|2009)\b", text), page


def test_an_edition_leads_to_those_before_and_after_it(meeting: Site) -> None:
    """Three years away, not one."""
    page = meeting.pages("en/editions/2007/")

    assert 'href="../2004/"' in page
    assert 'href="../2010/"' in page


def test_each_venue_lists_its_turns(meeting: Site) -> None:
    """And the articles that tell of it."""
    page = meeting.pages("zh/venues/paper-hall/")

    assert {year for year in HELD if f"editions/{year}/" in page} >= {2004, 2010}
    assert "editions/2001/#" not in page
    assert "articles/two-towns/" in page


def test_nothing_is_said_of_money(meeting: Site) -> None:
    """No unit of it is defined: no page and no table has one."""
    words = re.compile(r"\b(CNY|yuan|crowns|amount signed)\b|亿元|万元|签约额")
    texts = [*meeting.output.rglob("*.html"), *meeting.output.rglob("*.csv")]

    assert len(texts) > 60
    assert [path.name for path in texts if words.search(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")))] == []
