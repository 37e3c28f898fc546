"""A list of exhibitors: data of its edition, on a page that stays light however long the list is."""

import csv
import gzip
import io
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import survey
from tests.sites import Site, build_small, lay_sources

MOST = 5000
SHOWN = 100
LIMIT = 60_000
PAGE = "en/editions/2011/exhibitors/"
LIST = "content/exhibitors/2011.csv"


def many(count: int) -> str:
    """A list of so many: every third with a place of the archive, every fifth with a page of its own."""
    rows = [
        f"Harbour Company number {at} of the coast,,{'grues-du-port' if at % 5 == 0 else ''},"
        f"{'port-lune' if at % 3 == 0 else f'Town {at % 400}'},Hall {at % 12},B{at:04},Trade {at % 60}"
        for at in range(count)
    ]
    return "\n".join(["name_en,name_fr,company,place,hall,booth,industry", *rows]) + "\n"


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented fair with 5,000 exhibitors in one edition."""
    return build_small(tmp_path_factory.mktemp("long") / "site", {LIST: many(MOST)})


def test_thousands_of_rows_make_one_light_page_a_language(long_list: Site) -> None:
    """The page has the first rows; the rest comes from a file when scripts run, and is a file for who has none."""
    pages = [page for page in long_list.output.rglob("index.html") if "exhibitors" in page.parts]
    text = long_list.pages(PAGE)
    weight = len(gzip.compress(text.encode()))
    rows = list(csv.DictReader(io.StringIO(long_list.file("exhibitors/en-2011.csv").read_text("utf-8-sig"))))

    assert long_list.outcome.ok, long_list.problems
    assert len(pages) == 2
    assert weight <= LIMIT
    assert text.count('<th scope="row">') == SHOWN
    assert "5,000 exhibitors are in this list." in text
    assert "These are the first 100 of 5,000." in text
    assert re.search(r'href="[./]*exhibitors/en-2011\.csv" download', text)
    assert len(rows) == MOST
    assert rows[3] == {
        "Exhibitor": "Harbour Company number 3 of the coast",
        "From": "Port Lune",
        "Hall": "Hall 3",
        "Stand": "B0003",
        "Industry": "Trade 3",
    }


def test_the_search_and_the_editions_page_do_not_grow_with_it(long_list: Site) -> None:
    """The search knows the page; the names in the list are found there."""
    index = long_list.file("search/en.js").read_text("utf-8")

    assert "Exhibitors: 2011" in index
    assert "Harbour Company number" not in index
    assert "Harbour Company number" not in long_list.pages("en/editions/2011/")
    assert "List of exhibitors (5,000)" in long_list.pages("en/editions/2011/")


def test_the_list_is_in_the_data(long_list: Site) -> None:
    """As CSV, JSON and in the database, with its sources; the data package describes it."""
    rows = list(csv.DictReader(io.StringIO(long_list.pages("data/exhibitors.csv"))))
    package = json.loads(long_list.pages("data/datapackage.json"))
    with sqlite3.connect(long_list.file("data/archive.db")) as database:
        (count,) = database.execute("SELECT count(*) FROM exhibitors WHERE edition = 2011").fetchone()

    assert len(rows) == len(json.loads(long_list.pages("data/exhibitors.json"))) == count == MOST
    assert rows[0]["exhibitor"] == "Harbour Company number 0 of the coast"
    assert (rows[0]["company"], rows[0]["place"], rows[0]["sources"]) == (
        "grues-du-port",
        "port-lune",
        "port-office-2011",
    )
    assert "exhibitors" in [resource["name"] for resource in package["resources"]]


def test_names_lead_to_what_the_archive_knows(tiny_site: Site) -> None:
    """Companies, places and industries by id to their pages, the list's own words in their language."""
    page = tiny_site.pages(PAGE)

    assert 'href="../../../companies/grues-du-port/" lang="fr">Grues du Port</a>' in page
    assert '<a href="../../../places/port-lune/">Port Lune</a>' in page
    assert '<span lang="fr">Filets de pêche</span>' in page
    assert "It covers: Halls A and B." in page
    assert "page 4" in page
    assert '<span lang="fr">' not in tiny_site.pages("fr/editions/2011/exhibitors/")


def test_an_archive_without_a_list_has_no_page_and_no_table_of_it(archive_output: Path) -> None:
    """Nothing is promised that is not there."""
    found = archive_output.rglob("exhibitors*")
    # A script lies among the others, whatever an archive has.
    assert [file for file in found if "assets" not in file.parts] == []


def test_slips_in_the_table_are_told_at_their_place(build_site: Callable[..., Site]) -> None:
    """Ids that do not exist, a row of too many cells, a column that is none, a list without a source."""
    head = "name_en,place,hall,booth,company"
    site = build_site(
        {
            LIST: f"{head}\nRopes,port-lun,A,A1,grues-du-pot\nNets,Port Lune,A,A2,,x\n,port-lune,,,\n",
            "content/exhibitors/2010.csv": "name_en,stand\nRopes,A1\n",
            "content/exhibitors/2012.csv": "name_en,booth\nRopes,A1\n",
            "content/exhibitors/2031.csv": "name_en\nRopes\n",
        }
    )
    told = {(one.kind, one.place.file.rpartition("/")[2], one.place.line, one.place.column) for one in site.problems}

    assert ("table-cells", "2011.csv", 3, 22) in told
    assert ("missing-key", "2011.csv", 4, 1) in told
    assert ("table-heading", "2010.csv", 1, 9) in told
    assert ("exhibitors-unsourced", "2012.csv", 1, 1) in told
    assert ("unknown-edition", "2031.csv", 1, 1) in told

    found = {(one.kind, one.place.column, one.nearest) for one in site.problems}
    assert ("unknown-id", 7, "port-lune") in found
    assert ("unknown-id", 21, "grues-du-port") in found


def test_words_without_an_entry_and_rows_that_stand_twice_are_warned_of(tmp_path: Path) -> None:
    """Once a list with their number, the first three and what they resemble; each row with the line of the other."""
    rows = "Ropes,Port-Lun市,A1,\nNets,Far Away,B2,Cranes\nROPES,port-lune,A1,\nSails,Port-Lun市,A1,Ropes\n"
    lay_sources(tmp_path, {LIST: f"name_en,place,booth,industry\n{rows}"})
    edition = tmp_path / "content/editions/2011.yaml"
    edition.write_text(re.sub(r", note: \{en: Places[^}]*\}", "", edition.read_text("utf-8")), "utf-8")
    unmatched, twice = survey(tmp_path)[1]

    assert (unmatched.kind, unmatched.place.line, unmatched.place.column) == ("exhibitors-unmatched", 2, 7)
    assert unmatched.details == {
        "count": "5",
        "first": "2: “Port-Lun市” → port-lune; 3: “Far Away”; 3: “Cranes”",
    }
    assert (twice.kind, twice.place.line, twice.details["other"]) == ("exhibitor-twice", 4, "2")
    assert (unmatched.severity, twice.severity) == ("warning", "warning")


def test_a_list_that_is_promised_is_there(build_site: Callable[..., Site]) -> None:
    """An edition that says where its list is from has one; and a draft's is not published."""
    lacking = build_site({LIST: None})

    assert [(one.kind, one.place.file) for one in lacking.problems] == [
        ("exhibitors-missing", "content/editions/2011.yaml")
    ]
