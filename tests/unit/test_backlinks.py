"""What cites a source and what speaks of an edition, a place, a topic: found from all that is recorded, each once."""

from pathlib import Path

from expoarchive.site import make_site
from expoarchive.site.backlinks import Backlinks
from tests.sites import read_small

EDITION = """\
year: 2013
ordinal: {value: 4, sources: [gazette-2009, {source: gazette-2009, locator: page 2}]}
figures:
  visitors: {value: 10, sources: [copy-2010, gazette-2009]}
  takings: {value: 2, sources: [port-office-2011], disputed_by: {sources: [copy-2010], note: {en: A., fr: B.}}}
"""
TEXT = "---\ntitle: T\nsummary: S\n---\n\n{}\n"


def backlinks(root: Path, **files: str | None) -> Backlinks:
    """Of the tiny expo with one more edition, and these for its article and its pages."""
    named = {
        "article": "content/articles/first-crane/article.yaml",
        "en": "content/articles/first-crane/en.md",
        "fr": "content/articles/first-crane/fr.md",
        "about": "content/pages/about/en.md",
        "other": "content/articles/another/en.md",
        "others": "content/articles/another/article.yaml",
    }
    laid = {"content/editions/2013.yaml": EDITION, **{named[name]: text for name, text in files.items()}}
    config, records, problems = read_small(root, laid)
    site, found = make_site(config, records)

    assert not [problem.kind for problem in [*problems, *found] if problem.severity == "error"]
    return site.backlinks


def test_a_source_knows_the_claims_that_cite_it_each_once(tmp_path: Path) -> None:
    """In the records' order; also where a claim cites it twice, or it speaks against one."""
    found = backlinks(tmp_path).sources
    of_2013 = {
        source: [claim.anchor for claim in cited.claims if claim.record == "2013"] for source, cited in found.items()
    }

    assert of_2013 == {
        "gazette-2009": ["ordinal", "visitors"],
        "port-office-2011": ["takings"],
        "copy-2010": ["visitors", "takings"],
    }


def test_an_article_cites_what_it_names_and_what_its_figures_rest_on(tmp_path: Path) -> None:
    """In its record, by a citation, or by a figure that is shown with its note; not by a link, nor without the note."""
    shown = "[@gazette-2009] [=2013#visitors] [=2013#takings|nocite] [[source:port-office-2011]]"
    found = backlinks(tmp_path, article="{}\n", en=TEXT.format(shown), fr=None).sources
    recorded = backlinks(
        tmp_path, article="sources: [port-office-2011]\n", en=TEXT.format("None."), fr=None, about=TEXT.format(shown)
    ).sources

    assert {source: cited.articles for source, cited in found.items()} == {
        "gazette-2009": ("first-crane",),
        "port-office-2011": (),
        "copy-2010": ("first-crane",),
    }
    assert {source: (cited.articles, cited.pages) for source, cited in recorded.items()} == {
        "gazette-2009": ((), ("about",)),
        "port-office-2011": (("first-crane",), ()),
        "copy-2010": ((), ("about",)),
    }


def test_a_source_counts_claims_articles_and_pages(tmp_path: Path) -> None:
    """All of them together."""
    found = backlinks(tmp_path, about=TEXT.format("[@copy-2010]"), en=TEXT.format("[@copy-2010]")).sources["copy-2010"]

    assert (len(found.claims), found.articles, found.pages) == (3, ("first-crane",), ("about",))
    assert found.count == 5


def test_what_an_article_speaks_of_leads_to_it(tmp_path: Path) -> None:
    """By its record, by links and by the records of its figures; each article once, in their order."""
    record = "date: 2012-01-15\neditions: [2009, 2010]\nplaces: [port-lune]\ntopics: [cranes]\n"
    record += "industries: [crane-building]\n"
    text = TEXT.format("[[edition:2011]] [[place:port-lune]] [=2013#visitors] [=expo#visitors-after-2011] [@copy-2010]")
    found = backlinks(
        tmp_path,
        article=record,
        en=text,
        fr=None,
        other=TEXT.format("[[edition:2011]]"),
        others="topics: [cranes]\n",
    ).articles

    assert found == {
        ("topic", "cranes"): ("another", "first-crane"),
        ("edition", "2011"): ("another", "first-crane"),
        ("edition", "2009"): ("first-crane",),
        ("edition", "2010"): ("first-crane",),
        ("place", "port-lune"): ("first-crane",),
        ("industry", "crane-building"): ("first-crane",),
        ("edition", "2013"): ("first-crane",),
        ("edition", "expo"): ("first-crane",),
    }


def test_the_article_that_speaks_of_a_term_most_comes_first(tmp_path: Path) -> None:
    """By reference or by name; where two do alike, in the archive's order."""
    other = "Cranes, cranes! [[topic:cranes]]"
    record = "{topics: [cranes]}\n"
    alike = backlinks(tmp_path, article=record, en=TEXT.format(other), fr=None, others=record, other=TEXT.format(other))
    more = backlinks(
        tmp_path, article=record, en=TEXT.format(other), fr=None, others=record, other=TEXT.format("None.")
    )

    assert alike.articles["topic", "cranes"] == ("another", "first-crane")
    assert more.articles["topic", "cranes"] == ("first-crane", "another")
