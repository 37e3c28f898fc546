"""Reach: places as the records name them, edition by edition, and silence shown as silence."""

import re

import pytest
import yaml

from tests.sites import ROOT, Site, build_small

TILE = re.compile(r'<li class="reach-tile is-([a-z-]+)">(.*?)</li>', re.DOTALL)
# An edition of the tiny expo at which one place takes part, and another is only expected.
EDITION = """\
year: 2013
participants:
  - {role: exhibitor, places: [PLACE], sources: [SOURCE]}
  - {role: exhibitor, stage: planned, places: [OTHER], sources: [SOURCE]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo with that edition."""
    content = ROOT / "tests" / "expo" / "content"
    places = (content / "vocabularies" / "places.yaml").read_text("utf-8")
    known = next(iter(yaml.safe_load(places)))
    region = yaml.safe_load(places)[known]["region"]
    places += f"far-haven: {{name: {{en: Far Haven, fr: Havre-Loin}}, region: {region}}}\n"
    roles = list(yaml.safe_load((content / "vocabularies" / "roles.yaml").read_text("utf-8")))
    source = next((content / "sources").iterdir()).stem
    text = EDITION.replace("PLACE", known).replace("OTHER", "far-haven").replace("SOURCE", source)
    text = text.replace("exhibitor", roles[0])
    files = {"content/editions/2013.yaml": text, "content/editions/2014.yaml": "year: 2014\nstatus: held\n"}
    files |= {"content/vocabularies/places.yaml": places}
    return build_small(tmp_path_factory.mktemp("reach") / "site", files)


def test_a_place_that_took_part_leads_to_the_claim(site: Site) -> None:
    """Its tile says so in words, and its year is a link to the edition's claim."""
    assert site.problems == []
    tiles = TILE.findall(site.pages("en/reach/"))
    found = [text for state, text in tiles if state == "took-part" and ">2013</a>" in text]

    assert len(found) == 1
    target = re.search(r'href="\.\./editions/2013/#([^"]+)"', found[0])
    assert target
    assert f'id="{target[1]}"' in site.pages("en/editions/2013/")


def test_what_was_only_planned_is_not_said_to_have_taken_part(site: Site) -> None:
    """A plan is a mention."""
    tiles = TILE.findall(site.pages("en/reach/"))

    assert any(state == "named" and ">2013</a>" in text for state, text in tiles)


def test_editions_that_say_nothing_are_listed(site: Site) -> None:
    """Every edition held is either among those that name somebody or among the silent ones, never in both."""
    page = site.pages("en/reach/")
    silent = set(re.findall(r">(\d{4})</a></li>", page.split('class="reach-silent"')[1].split("</ul>")[0]))
    telling = set(re.findall(r'class="record-name"><a href="\.\./editions/(\d{4})/"', page))

    assert silent
    assert telling
    assert not silent & telling
