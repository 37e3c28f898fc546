"""The archive as data: every form of file says what the pages say, and other programs can read it."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.expected import expect_none
from tests.sites import ROOT, Site

TABLES = ("claims", "claim_sources", "editions", "sources", "conflicts", "measures", "figures_by_edition")
CLAIM = re.compile(
    r'<div class="claim[^"]*" id="([^"]+)"[^>]*>\s*<p class="claim-line">\s*<(?:span|data)[^>]*>(?:<a [^>]*>)?(.*?)</'
)


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def value_of(text: str) -> Any:
    """A cell of a CSV file as JSON would have it."""
    if text in ("true", "false"):
        return text == "true"
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def comparable(value: Any) -> Any:
    """Numbers, whether written in words or not, as floats."""
    if isinstance(value, bool):
        return value
    return float(value) if isinstance(value, int | float) else value_of(value)


def test_all_forms_of_a_table_say_the_same(archive_output: Path) -> None:
    """CSV, JSON and the database have the same rows, cell by cell; what is not known is absent from each."""
    data = archive_output / "data"
    with closing(sqlite3.connect(f"file:{data / 'archive.db'}?mode=ro", uri=True)) as base:
        base.row_factory = sqlite3.Row
        for table in TABLES:
            rows = [
                {name: value_of(text) for name, text in row.items() if text}
                for row in rows_of((data / f"{table}.csv").read_bytes())
            ]
            objects = json.loads((data / f"{table}.json").read_text("utf-8"))
            stored = [
                {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
                for row in base.execute(f"SELECT * FROM {table} ORDER BY rowid")
            ]

            assert rows
            assert [{k: comparable(v) for k, v in one.items()} for one in objects] == rows
            assert [{k: comparable(v) for k, v in one.items()} for one in stored] == [
                {k: float(v) if isinstance(v, bool) else v for k, v in row.items()} for row in rows
            ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_and_data_say_the_same_of_every_claim(language: str, archive_output: Path) -> None:
    """What stands beside each claim's anchor is what its row shows, and no claim is on the one but not on the other."""
    rows = rows_of((archive_output / "data" / "claims.csv").read_bytes())
    shown: dict[str, str] = {}
    wrong = []
    for row in rows:
        link, _, anchor = row[f"url_{language}"].partition("/expo-archive/")[2].partition("#")
        if link not in shown:
            shown[link] = (archive_output / link / "index.html").read_text("utf-8")
        texts = [unescape(text) for name, text in CLAIM.findall(shown[link]) if name == anchor]
        if texts != [row[f"shown_{language}"]]:
            wrong.append(f"{row['claim']}: page {texts}, data {row[f'shown_{language}']}")
    anchors = sum(len(CLAIM.findall(text)) for text in shown.values())

    expect_none(wrong, "claims that the page says otherwise")
    assert anchors == len(rows)


def test_charts_draw_the_values_of_the_data(archive_output: Path) -> None:
    """Each row of a chart's own file has the value, unit and sources of its claim."""
    claims = {row["url_en"]: row for row in rows_of((archive_output / "data" / "claims.csv").read_bytes())}
    compared = 0
    for file in sorted((archive_output / "charts" / "en").glob("*.csv")):
        for row in rows_of(file.read_bytes()):
            if row["claim"]:
                claim = claims[row["claim"]]
                compared += 1

                assert [row[name] for name in ("value", "value_high", "unit", "measure", "sources")] == [
                    claim[name] for name in ("value", "value_high", "unit", "measure", "sources")
                ]
    assert compared > 20


def test_each_edition_has_its_own_file(archive_output: Path) -> None:
    """With the claims that the whole has of it, and the sources they name."""
    claims = json.loads((archive_output / "data" / "claims.json").read_text("utf-8"))
    for row in rows_of((archive_output / "data" / "editions.csv").read_bytes()):
        edition = json.loads((archive_output / "data" / "editions" / f"{row['edition']}.json").read_text("utf-8"))
        cited = {source for claim in edition["claims"] for source in claim.get("sources", "").split()}

        assert edition["claims"] == [claim for claim in claims if claim["record"] == row["edition"]]
        assert len(edition["claims"]) == int(row["claims"])
        assert {source["source"] for source in edition["sources"]} == cited


def test_json_fits_its_schema(archive_output: Path) -> None:
    """Each table's JSON, and a wrong cell does not."""
    for table in TABLES:
        schema = json.loads((archive_output / "data" / "schemas" / f"{table}.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        objects = json.loads((archive_output / "data" / f"{table}.json").read_text("utf-8"))

        assert list(Draft202012Validator(schema).iter_errors(objects)) == []
        assert list(Draft202012Validator(schema).iter_errors([*objects, {"wrong": 1}]))


def test_frictionless_finds_no_fault_in_the_package(archive_output: Path) -> None:
    """Types, keys, references between tables, sizes and hashes, as its own program checks them."""
    checked = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "data/datapackage.json", "--json"],
        cwd=archive_output,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(checked.stdout)

    assert report["valid"], checked.stdout
    assert report["stats"]["tasks"] == len(TABLES)


def test_the_version_is_that_of_the_data_and_of_nothing_else(build_site: Callable[..., Site], tiny_site: Site) -> None:
    """The same at another address, another one once a cell changes."""

    def version(site: Site) -> str:
        return str(json.loads(site.pages("data/datapackage.json"))["version"])

    edition = (ROOT / "tests" / "expo" / "content" / "editions" / "2009.yaml").read_text("utf-8")
    elsewhere = version(build_site(address="https://b.example"))
    changed = version(build_site({"content/editions/2009.yaml": edition.replace("1200", "1201")}))

    assert elsewhere == version(tiny_site) != changed


def test_the_database_has_the_same_bytes_each_time(build_site: Callable[..., Site]) -> None:
    """And no trace of the machine: not even of the SQLite that wrote it."""
    first, second = (build_site().file("data/archive.db").read_bytes() for _ in range(2))

    assert first == second
    assert first[96:100] == bytes(4)


def test_a_licence_is_one_edit(build_site: Callable[..., Site], tiny_site: Site) -> None:
    """Until it is chosen, page and package say so; then both name it."""
    page, package = "en/data/", "data/datapackage.json"
    assert "has not chosen a licence yet" in tiny_site.pages(page)
    assert "licenses" not in json.loads(tiny_site.pages(package))

    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    chosen = build_site({"site_config.yaml": config + "licence: {id: CC0-1.0, url: https://cc.example/zero}\n"})

    assert '<a href="https://cc.example/zero" rel="license">' in chosen.pages(page)
    assert json.loads(chosen.pages(package))["licenses"] == [{"name": "CC0-1.0", "path": "https://cc.example/zero"}]


def test_the_data_page_explains_every_column_of_every_table(tiny_site: Site) -> None:
    """The dictionary has a row for each column that the files have."""
    page = tiny_site.pages("fr/data/")
    for table in TABLES:
        head = tiny_site.pages(f"data/{table}.csv").partition("\n")[0].split(",")
        section = page.partition(f'id="table-{table}"')[2].partition("</table>")[0]

        assert re.findall(r'<th scope="row"><code>(.*?)</code>', section) == head


@pytest.mark.long
def test_the_guides_pandas_example_runs(archive_output: Path) -> None:
    """Word by word, in the folder of the site."""
    guide = (ROOT / "docs" / "data.md").read_text("utf-8")
    example = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[0]
    ran = subprocess.run(
        [sys.executable, "-c", example], cwd=archive_output, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("\n") > 4


def test_no_column_is_called_by_a_word_of_sql(archive_output: Path) -> None:
    """Programs ask for columns by their bare names: Datasette could not open a table with one called `nothing`."""
    with closing(sqlite3.connect(f"file:{archive_output / 'data' / 'archive.db'}?mode=ro", uri=True)) as base:
        for table in TABLES:
            for _, name, *_ in base.execute(f"PRAGMA table_info({table})").fetchall():
                found = base.execute(f"SELECT {name} FROM {table} LIMIT 1").fetchall()

                assert len(found) == 1, f"{table}.{name}"


def test_the_guides_query_runs(archive_output: Path) -> None:
    """On the database itself, which is what Datasette would ask."""
    guide = (ROOT / "docs" / "data.md").read_text("utf-8")
    query = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)[0]
    with closing(sqlite3.connect(f"file:{archive_output / 'data' / 'archive.db'}?mode=ro", uri=True)) as base:
        found = base.execute(query).fetchall()

    assert len(found) == len(rows_of((archive_output / "data" / "conflicts.csv").read_bytes()))


def test_the_flat_table_has_a_row_for_each_edition(tiny_site: Site) -> None:
    """A column for each measure and stage that some edition has as a whole, with the value of its claim."""
    flat = rows_of(tiny_site.pages("data/figures_by_edition.csv").encode())
    claims = json.loads(tiny_site.pages("data/claims.json"))
    package = json.loads(tiny_site.pages("data/datapackage.json"))
    fields = next(one for one in package["resources"] if one["name"] == "figures_by_edition")["schema"]["fields"]
    figures = [claim for claim in claims if claim["field"] == "figure" and "edition" in claim and "part" not in claim]
    due = {f"{claim['measure']}_{claim.get('stage', '')}".strip("_").replace("-", "_") for claim in figures}

    assert [row["edition"] for row in flat] == ["2009", "2010", "2011", "2012"]
    assert due == set(flat[0]) - {"edition", "status", "ordinal", "opened", "closed"}
    assert {row["edition"]: row["visitors"] for row in flat}["2009"] == "1200"
    assert any(not row["takings"] for row in flat)
    says = {field["name"]: field["description"] for field in fields}
    assert re.match(r"Visitors; unit: .+ / Visiteurs ; unité : .+", says["visitors"])
