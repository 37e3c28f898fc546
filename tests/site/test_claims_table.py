"""The page of all claims: the rows its script loads, and the tables of the records for readers without scripts."""

import json
import re
from html import unescape
from typing import Any

import pytest

from tests.sites import Site

ROW = re.compile(r'<tr>\s*<td class="row-about".*?</tr>', re.DOTALL)


def table_of(site: Site, language: str) -> dict[str, Any]:
    """What the script of a language puts beside the page."""
    script = site.pages(f"claims/{language}.js")
    table: dict[str, Any] = json.loads(script.partition("] = ")[2].rstrip().removesuffix(";"))
    return table


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_script_has_every_claim_as_the_data_has_it(tiny_site: Site, language: str) -> None:
    """Address, label, value in words and number, sources, part, moment and marks, in the order of the data."""
    table = table_of(tiny_site, language)
    claims = json.loads(tiny_site.pages("data/claims.json"))
    rows = []
    for record, anchor, about, text, more in table["rows"]:
        marks = {table["marks"][mark] for mark in more.get("m", ())}
        rows.append(
            {
                "claim": f"{table['records'][record][0]}#{anchor}",
                f"label_{language}": table["abouts"][about][1],
                f"shown_{language}": text,
                "value": float(more["v"]) if "v" in more else None,
                "sources": " ".join(table["sources"][source][0] for source in more.get("s", ())) or None,
                "part": (table["parts"][more["p"] - 1] if "p" in more else "*").replace("*", "") or None,
                "as_of": more.get("a"),
                "basis": "derived" if "derived" in marks else "reported",
                "weak": "weak" in marks,
                "conflict": "conflict" in marks,
            }
        )

    assert rows == [{name: claim.get(name) for name in row} for row, claim in zip(rows, claims, strict=True)]
    assert any(row["conflict"] for row in rows)
    assert any(row["basis"] == "derived" for row in rows)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_tables_of_the_records_are_the_whole_table(tiny_site: Site, language: str) -> None:
    """Every claim has one row, which leads to it on the page that shows its evidence; each table is linked."""
    listed = tiny_site.pages(f"{language}/claims/")
    shown = []
    for record in ("2009", "2010", "2011", "expo"):
        page = tiny_site.pages(f"{language}/claims/{record}/")
        assert f'<a href="{record}/">' in listed
        for row in ROW.findall(page):
            href, text = re.findall(r'<td class="row-value"><a href="([^"]+)"[^>]*>(.*?)</a>', row)[0]
            shown.append((f"{record}#{href.partition('#')[2]}", unescape(text)))
            assert tiny_site.exists(f"{language}/{href.partition('#')[0].removeprefix('../../')}")
    claims = json.loads(tiny_site.pages("data/claims.json"))

    assert sorted(shown) == sorted((claim["claim"], claim[f"shown_{language}"]) for claim in claims)


def test_a_row_names_its_limits_marks_and_sources(tiny_site: Site) -> None:
    """The part that a figure is of, that sources disagree, and who published it, with the way there."""
    market = next(row for row in ROW.findall(tiny_site.pages("en/claims/2009/")) if "night-market" in row)
    copied = next(row for row in ROW.findall(tiny_site.pages("en/claims/2010/")) if "visitors-copy" in row)

    assert re.search(r'class="row-limits">\w', market)
    assert re.search(r'<a href="../../sources/gazette-2009/"[^>]*>\w', market)
    assert 'class="chip chip-conflict">Sources disagree' in copied
    assert 'class="chip chip-weak">' in copied


def test_an_option_is_there_only_where_a_claim_has_it(tiny_site: Site) -> None:
    """Editions, measures, places and grades that some claim names; no stage that none has."""
    page = tiny_site.pages("en/claims/")
    values = {
        name: re.findall(r'<option value="([^"]+)"', options)
        for name, options in re.findall(r'<select id="filter-\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL)
    }

    assert values["edition"] == ["expo", "2011", "2010", "2009"]
    assert {"figure", "figure.visitors", "figure.takings", "opened", "deal"} <= set(values["about"])
    assert values["stage"] == ["signed"]
    assert values["part"] == ["*", "night-market"]
    assert "port-lune" in values["place"]
    assert values["industry"] == ["crane-building"]
    assert values["conflict"] == ["yes", "no"]


def test_the_tables_follow_their_records(tiny_site: Site) -> None:
    """Their neighbours are the editions beside them, and the explorer opens narrowed to the same claims."""
    page = tiny_site.pages("en/claims/2010/")

    assert re.search(r'rel="prev" href="\.\./2009/"', page)
    assert re.search(r'rel="next" href="\.\./2011/"', page)
    assert 'href="../?edition=2010"' in page
    assert 'href="../../editions/2010/"' in page
