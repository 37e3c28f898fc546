"""What a reader sees of a claim: its source, its conflicts, its derivation, and what is not known."""

import re
from collections.abc import Callable

from tests.sites import TINY_EXPO, Site

Build = Callable[..., Site]


def text_of(html: str) -> str:
    """The page's visible words, with single spaces."""
    body = html[html.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_a_claim_has_an_anchor_and_leads_to_its_source(tiny_site: Site) -> None:
    """Each value can be linked, and its note leads to an entry of the page's sources."""
    html = tiny_site.pages("en/editions/2009/")

    assert 'id="visitors"' in html
    assert 'href="#source-gazette-2009"' in html
    assert 'id="source-gazette-2009"' in html


def test_conflicting_claims_stand_together_the_preferred_first(tiny_site: Site) -> None:
    """Two values under one key are both shown, with the reason for the order."""
    words = text_of(tiny_site.pages("en/editions/2010/"))

    assert words.index("1,500") < words.index("2,000")
    assert "The port counted tickets." in words


def test_a_derived_value_shows_its_formula_and_inputs(tiny_site: Site) -> None:
    """What the archive computed can be followed."""
    html = tiny_site.pages("en/editions/2010/")

    assert "1 + 1 = 2" in html
    assert 'href="../2009/#ordinal"' in html


def test_a_part_is_no_conflict_with_the_whole(tiny_site: Site) -> None:
    """The night market's takings stand beside the fair's, named for what they are."""
    words = text_of(tiny_site.pages("en/editions/2009/"))

    assert "The night market" in words
    assert tiny_site.outcome.counts["conflicts"] == 1


def test_what_is_left_out_is_said_to_be_unknown_and_never_zero(tiny_site: Site) -> None:
    """2010 has no takings: the page says so."""
    words = text_of(tiny_site.pages("en/editions/2010/"))
    told, _, unknown = words.partition("Not known does not mean none, and never means zero.")

    assert "Takings" not in told
    assert "Takings" in unknown
    assert "LUC" not in words


def test_an_edition_lacks_those_facts_that_the_table_of_what_is_known_lacks(build_site: Build) -> None:
    """Its number too, and a day that was only planned."""
    planned = "held: {opened: {date: 2013-06-01, stage: planned, sources: [gazette-2009]}}"
    site = build_site({"content/editions/2013.yaml": f"year: 2013\n{planned}\n"})
    gaps = re.findall(r"<li>([^<]+)</li>", site.pages("en/editions/2013/").partition('class="gap-list"')[2])
    facts = ["Edition", "Name", "Theme", "Opened", "Closed", "Main venue"]

    assert gaps[: len(facts)] == facts
    assert [f"<span>{fact}</span>" in site.pages("en/coverage/") for fact in facts] == [True] * len(facts)


def test_an_edition_that_may_not_have_been_held_says_so(tiny_site: Site) -> None:
    """Not known is a state of its own."""
    words = text_of(tiny_site.pages("en/editions/2012/"))

    assert "not known whether it was held" in words


def test_amounts_and_dates_are_written_as_each_language_does(tiny_site: Site) -> None:
    """The same claim in two languages."""
    assert "1–3 June 2009" in tiny_site.pages("en/editions/2009/")
    assert "1–3 juin 2009" in tiny_site.pages("fr/editions/2009/")
    assert "LUC 45,500" in tiny_site.pages("en/editions/2009/")


def test_an_article_shows_a_records_figure_and_links_its_claim(tiny_site: Site) -> None:
    """A live figure is formatted, linked and noted; the article never typed it."""
    html = tiny_site.pages("en/articles/first-crane/")

    assert re.search(r'href="../../editions/2009/#visitors"[^>]*>about 1,200 visitors</a>', html)


def test_a_corrected_record_corrects_the_article(build_site: Build) -> None:
    """One number, one home."""
    edition = (
        (TINY_EXPO / "content" / "editions" / "2009.yaml").read_text("utf-8").replace("value: 1200", "value: 1300")
    )
    html = build_site({"content/editions/2009.yaml": edition}).pages("en/articles/first-crane/")

    assert "1,300 visitors" in html


def test_an_article_must_say_which_of_two_conflicting_figures_it_means(build_site: Build) -> None:
    """A figure that conflicts, with none preferred, stops the build at its place in the prose."""
    site = build_site(
        {
            "content/editions/2010.yaml": """\
                year: 2010
                figures:
                  visitors:
                    - {value: 1500, sources: [port-office-2011]}
                    - {id: visitors-copy, value: 2000, sources: [copy-2010]}
                """,
            "content/editions/2011.yaml": "year: 2011\nfigures: {visitors: {value: 1, sources: [copy-2010]}}\n",
            "content/exhibitors/2011.csv": None,
            "content/articles/first-crane/en.md": "---\ntitle: T\nsummary: S\n---\n[=2010#visitors]\n",
            "content/articles/first-crane/fr.md": None,
        }
    )

    assert [(p.kind, p.place.line, p.place.column) for p in site.problems] == [("figure-in-conflict", 5, 3)]


def test_a_source_lists_everything_that_cites_it(tiny_site: Site) -> None:
    """From a source back to the claims and articles that rest on it."""
    html = tiny_site.pages("en/sources/gazette-2009/")

    assert 'href="../../editions/2009/#crane"' in html
    assert 'href="../../articles/first-crane/"' in html


def test_the_address_of_a_reprint_is_given_nowhere(tiny_site: Site) -> None:
    """Its page says why in its place; no other page leads there, nor do data, search or feeds."""
    files = [path for path in tiny_site.output.rglob("*") if path.is_file()]

    assert "on a reprint site, not linked" in tiny_site.pages("en/sources/copy-2010/")
    assert [path.name for path in files if b"copies.example" in path.read_bytes()] == []


def test_what_became_of_a_deal_stands_below_it(build_site: Build) -> None:
    """As the claim that tells it, wherever the deal is shown."""
    edition = (TINY_EXPO / "content/editions/2011.yaml").read_text("utf-8")
    remark = "remarks: {id: no-cranes, what: {en: They never came., fr: Rien.}, sources: [port-office-2011]}\n"
    told = edition.replace("    measure: takings\n", "    measure: takings\n    outcome: 2011#no-cranes\n") + remark
    site = build_site({"content/editions/2011.yaml": told})

    for page, href in (
        ("editions/2011", "./#no-cranes"),
        ("companies/grues-du-port", "../../editions/2011/#no-cranes"),
    ):
        shown = re.search(r"What became of it:</strong> <a href=\"([^\"]+)\">([^<]+)", site.pages(f"en/{page}/"))
        assert shown
        assert (shown[1], shown[2]) == (href, "They never came.")
