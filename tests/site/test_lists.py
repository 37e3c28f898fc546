"""Ways through the archive that cross editions: terms, firsts, coverage, glossary."""

import re
from collections.abc import Callable

from tests.site.test_claims import text_of
from tests.sites import Site

Build = Callable[..., Site]


def test_a_place_lists_every_claim_and_article_that_names_it(tiny_site: Site) -> None:
    """A place is reached by a guest of honour, and by the venue that stands in it."""
    html = tiny_site.pages("en/places/port-lune/")

    assert 'href="../../editions/2011/#guest"' in html
    assert 'href="../../editions/2009/#venue-quay-hall"' in html


def test_places_stand_under_their_regions(tiny_site: Site) -> None:
    """The list of places is grouped by region."""
    words = text_of(tiny_site.pages("en/places/"))

    assert words.index("The coast") < words.index("Port Lune")


def test_a_place_that_nothing_names_says_what_does(build_site: Build) -> None:
    """It has no count of nothing, but the way to the place that lies in it; so has its page."""
    places = """\
        port-lune: {name: {en: Port Lune, fr: Port-Lune}, region: coast}
        north-shore: {name: {en: North Shore, fr: Rive nord}, region: coast}
        fishery: {name: {en: Fishery, fr: Pêcherie}, region: coast, within: north-shore}
        """
    held = "year: 2013\nheld: {opened: {stage: planned, date: 2013-05, sources: [gazette-2009]}}\n"
    site = build_site({"content/vocabularies/places.yaml": places, "content/editions/2013.yaml": held})

    assert "North Shore Only by way of: Fishery Fishery" in text_of(site.pages("en/places/"))
    assert 'href="../fishery/">Fishery</a>' in site.pages("en/places/north-shore/")
    # In the same site: what was announced is said as a plan.
    assert "announced to open in May 2013" in text_of(site.pages("en/timeline/"))
    assert "ouverture annoncée pour mai 2013" in text_of(site.pages("fr/timeline/"))


def test_a_venue_shows_the_name_of_its_year(build_site: Build) -> None:
    """A hall that changed its name is called on each edition what it was called then."""
    venues = """\
        quay-hall:
          name: {en: Quay Hall, fr: Halle du quai}
          names:
            - {text: {en: Old Custom House, fr: Ancienne douane}, until: 2009, sources: [gazette-2009]}
        """
    site = build_site({"content/vocabularies/venues.yaml": venues})

    assert "Old Custom House" in text_of(site.pages("en/editions/2009/"))
    assert "<h1>Quay Hall" in site.pages("en/venues/quay-hall/")


def test_firsts_are_listed_with_their_edition(tiny_site: Site) -> None:
    """What was done for the first time stands on one page, linked to its edition."""
    html = tiny_site.pages("en/firsts/")

    assert "The first crane was shown." in html
    assert 'href="../editions/2009/"' in html


def test_coverage_counts_every_cell(tiny_site: Site) -> None:
    """Each cell of the table is in one state, and their number is the table's size."""
    html = tiny_site.pages("en/coverage/")
    cells = re.findall(r'<td class="cell cell-(\w+)">', html)
    totals = re.findall(r'class="cell cell-(\w+)" aria-hidden="true"></span>[^<]*<b>(\d+)</b>', html)

    assert {state: int(count) for state, count in totals} == {
        state: cells.count(state) for state in ("reported", "derived", "weak", "conflicting", "missing")
    }
    assert cells.count("conflicting") == 1
    assert tiny_site.outcome.counts["missing"] == cells.count("missing")


def test_an_edition_not_known_to_be_held_is_not_counted_as_a_gap(tiny_site: Site) -> None:
    """Coverage speaks of editions that took place."""
    html = tiny_site.pages("en/coverage/")

    assert "../editions/2012/" not in html


def test_a_wording_that_the_glossary_avoids_is_warned_of_and_published(build_site: Build) -> None:
    """A departure is a warning with its place; it never stops a build."""
    article = "---\ntitle: T\nsummary: S\n---\nThe revenue rose. Revenues too.\n"
    site = build_site({"content/articles/first-crane/en.md": article, "content/articles/first-crane/fr.md": None})

    warnings = [(p.kind, p.severity, p.place.line, p.place.column, p.nearest) for p in site.problems]
    assert warnings == [("glossary-departure", "warning", 5, 5, "takings")]
    assert site.exists("en/articles/first-crane/")


def test_a_chart_marks_each_edition_it_has_no_figure_for(build_site: Build) -> None:
    """A gap is told in the picture's words and below it; it is never drawn as zero."""
    edition = "year: 2010\nordinal: {value: 2, sources: [gazette-2009]}\n"
    html = build_site({"content/editions/2010.yaml": edition}).pages("en/growth/")

    assert "Known: 2. Not known: 1, in 2010." in html


def test_a_change_in_counting_breaks_the_charts_line(build_site: Build) -> None:
    """The reader is told where figures stop being comparable."""
    edition = """\
        year: 2011
        figures:
          visitors:
            value: 1800
            sources: [port-office-2011]
            break: {en: Counted by turnstile from here on., fr: Compté au tourniquet dès lors.}
        """
    html = build_site({"content/editions/2011.yaml": edition, "content/exhibitors/2011.csv": None}).pages(
        "en/editions/2011/"
    )

    assert "Counted by turnstile from here on." in html
