"""Reach: a cell for each edition and region, which says what is known and leads to who it was."""

import re

import pytest
import yaml

from tests.sites import ROOT, Site, build_small

ROW = re.compile(r'<tr><th scope="row"><a [^>]*>(\d{4})</a></th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(
    r'<(?:a|span) class="reach-tile is-([a-z]+)"(?: href="#([^"]+)")?>([≤\d+]*)<span class="hidden">([^<]+)<'
)
# Two regions. In 2013 somebody from one takes part and from the other is only expected; in 2014 a place is only spoken
# of; of 2015 nobody is known. In 2016 one of five from abroad is named, and of those from the hills or the coast none.
EDITIONS = {
    2013: """\
year: 2013
participants:
  - {role: exhibitor, places: [far-haven, near-haven], sources: [SOURCE]}
  - {id: guests-due, role: exhibitor, stage: planned, places: [high-pass], sources: [SOURCE]}
""",
    2014: """\
year: 2014
remarks: {id: envied, what: {en: High Pass envied it., fr: Haut-Col l’enviait.}, places: [high-pass], sources: [SOURCE]}
""",
    2015: "year: 2015\nstatus: held\n",
    2016: """\
year: 2016
participants: {role: exhibitor, places: [far-haven], sources: [SOURCE]}
figures:
  envoys: {value: 5, sources: [SOURCE]}
  parties: {value: 7, sources: [SOURCE]}
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo with these editions and regions."""
    vocabularies = ROOT / "tests" / "expo" / "content" / "vocabularies"
    role = next(iter(yaml.safe_load((vocabularies / "roles.yaml").read_text("utf-8"))))
    source = next((vocabularies.parent / "sources").iterdir()).stem
    places = (vocabularies / "places.yaml").read_text("utf-8")
    for place, region in (("far-haven", "abroad"), ("near-haven", "abroad"), ("high-pass", "hills")):
        places += f"{place}: {{name: {{en: {place.title()}, fr: {place.title()}}}, region: {region}}}\n"
    regions = (vocabularies / "regions.yaml").read_text("utf-8")
    regions += "abroad: {name: {en: Abroad, fr: Ailleurs}}\nhills: {name: {en: The hills, fr: Les collines}}\n"
    files = {
        f"content/editions/{year}.yaml": text.replace("exhibitor", role).replace("SOURCE", source)
        for year, text in EDITIONS.items()
    }
    measures = (vocabularies / "measures.yaml").read_text("utf-8")
    for measure, where in (("envoys", "abroad"), ("parties", "[hills, coast]")):
        names = f"{{en: {measure.title()}, fr: {measure.title()}}}"
        counted = f'{{en: "{{amount}} {measure}", fr: "{{amount}} {measure}"}}'
        measures += f"{measure}: {{name: {names}, counted: {counted}, unit: count, regions: {where}}}\n"
    files |= {
        "content/vocabularies/places.yaml": places,
        "content/vocabularies/regions.yaml": regions,
        "content/vocabularies/measures.yaml": measures,
    }
    return build_small(tmp_path_factory.mktemp("reach") / "site", files)


def cells(site: Site) -> dict[str, list[tuple[str, str, str, str]]]:
    """State, target, number and words of the cells of each edition, in the order of the regions."""
    return {year: CELL.findall(row) for year, row in ROW.findall(site.pages("en/reach/"))}


def test_every_edition_says_something_of_every_region(site: Site) -> None:
    """Known or not, in words too: who took part, was only expected, was only named, and where there is silence."""
    assert site.problems == []
    found = cells(site)
    regions = re.findall(r'<th scope="col">([^<]+)</th>', site.pages("en/reach/"))

    assert regions[1:] == ["The coast", "Abroad", "The hills"]
    assert [state for state, *_ in found["2013"]] == ["none", "named", "planned"]
    assert [state for state, *_ in found["2014"]] == ["unknown", "unknown", "mentioned"]
    assert [state for state, *_ in found["2015"]] == ["unknown"] * 3
    assert all(said.strip(" :") for row in found.values() for *_, said in row)


def test_a_cell_leads_to_who_it_was_and_to_the_claim(site: Site) -> None:
    """Its number is that of the names; the role leads to the edition's claim, each name to the place's page."""
    page = site.pages("en/reach/")
    _, target, number, _ = cells(site)["2013"][1]
    who = re.search(rf'<div id="{target}".*?</div>', page, re.DOTALL)

    assert who
    assert number == "2"
    assert re.findall(r'href="\.\./places/([^/]+)/"', who[0]) == ["far-haven", "near-haven"]
    claim = re.search(r'class="reach-role" href="\.\./editions/2013/#([^"]+)"', who[0])
    assert claim
    assert f'id="{claim[1]}"' in site.pages("en/editions/2013/")
    assert 'href="#source-' in who[0]


def test_what_was_planned_or_only_named_is_said_so(site: Site) -> None:
    """A plan is marked as one; a place that is named otherwise leads to the claim that names it."""
    page = site.pages("en/reach/")
    planned, mentioned = (re.search(rf'<div id="{year}-hills".*?</div>', page, re.DOTALL) for year in ("2013", "2014"))

    assert planned
    assert ">planned<" in planned[0]
    assert mentioned
    assert 'href="../editions/2014/#envied"' in mentioned[0]


def test_who_came_in_numbers_only_is_counted_where_they_came_from(site: Site) -> None:
    """The number stands in the cell, with a plus to those that are named, and leads to the claim that gives it."""
    page = site.pages("en/reach/")
    coast, abroad, hills = cells(site)["2016"]
    figures = {
        region: re.search(rf'<div id="2016-{region}".*?</div>', page, re.DOTALL)[0]  # type: ignore[index]
        for region in ("coast", "abroad", "hills")
    }

    assert [(state, number) for state, _, number, _ in (coast, abroad, hills)] == [
        ("counted", "≤7"),
        ("named", "1+"),
        ("counted", "≤7"),
    ]
    assert 'href="../editions/2016/#envoys">5 envoys</a>' in figures["abroad"]
    assert "not all of them named" in figures["abroad"]
    assert 'href="../editions/2016/#parties">7 parties</a>' in figures["hills"]
    assert "The hills, The coast together; by number only, not named" in figures["hills"]


def test_the_latest_edition_of_which_somebody_is_known_comes_first(site: Site) -> None:
    """Before the table, under a heading that names it, and only there."""
    page = site.pages("en/reach/")
    first, _, rest = page.partition('<table class="reach-matrix">')

    assert '<h2 id="latest">Who came in 2016</h2>' in first
    assert 'id="2016-abroad"' in first
    assert 'id="2016-abroad"' not in rest
    assert 'id="2013-abroad"' in rest


def test_a_place_where_the_fair_is_held_counts_only_if_it_took_part(tiny_site: Site) -> None:
    """Port Lune has the venue: that it is spoken of is no reach, that it was a guest is."""
    found = {year: [state for state, *_ in row] for year, row in cells(tiny_site).items()}

    assert found["2011"] == ["named"]
    assert "mentioned" not in {state for row in found.values() for state in row}
