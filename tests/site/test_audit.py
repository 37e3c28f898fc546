"""The archive looks itself over: what the page of the audit says was counted in the pages and files as built."""

import gzip
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.links import html_files
from tests.sites import ROOT, Site

CLAIM = "templates/partials/claim/template.html"


@pytest.fixture(scope="module")
def audit(archive_output: Path) -> str:
    """The archive's audit in English."""
    return (archive_output / "en" / "audit" / "index.html").read_text("utf-8")


def rows(page: str, table: str) -> dict[str, list[str]]:
    """The rows of the table below a heading: the name of each with its cells."""
    found = re.search(rf'aria-labelledby="{table}">\s*<table>.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert found
    named = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', found[1], re.DOTALL)
    return {
        unescape(re.sub(r"<[^>]+>", "", name)): [cell.replace(",", "") for cell in re.findall(r">([^<]*)</td>", cells)]
        for name, cells in named
    }


def others(output: Path) -> list[Path]:
    """Every page but the audits."""
    return [page for page in html_files(output) if page.parent.name != "audit"]


def test_every_figure_was_compared_in_every_place(audit: str, archive_output: Path) -> None:
    """All that have a number, on pages and in both forms of the data; those of charts in their files and pictures."""
    claims = json.loads((archive_output / "data" / "claims.json").read_text("utf-8"))
    figures = [claim for claim in claims if claim["field"] == "figure" and "value" in claim]
    found = rows(audit, "equality")

    assert [found[name][0] for name in ("Pages, in every language", "claims.csv", "claims.json")] == (
        [str(len(figures))] * 3
    )
    assert int(found["Data files of the charts"][0]) == int(found["Pictures of the charts"][0]) > 20
    assert {cells[2] for cells in found.values()} == {"0"}


def test_pages_are_counted_by_language(audit: str, archive_output: Path) -> None:
    """As many as there are files, and as many in each language."""
    in_each = [str(len(list(html_files(archive_output / language)))) for language in ("zh", "en")]

    assert rows(audit, "pages")["All"] == in_each


def test_weights_are_those_of_the_files(audit: str, archive_output: Path) -> None:
    """The heaviest first, each as it lies on the disk and as gzip sends it."""
    sizes = {page: len(page.read_bytes()) for page in others(archive_output)}
    heaviest = max(sizes, key=lambda page: sizes[page])
    name, (plain, packed) = next(iter(rows(audit, "weights").items()))

    assert name == f"/{heaviest.parent.relative_to(archive_output).as_posix()}/"
    assert plain == f"{sizes[heaviest] / 1000:.1f}"
    assert int(packed) == round(len(gzip.compress(heaviest.read_bytes(), 6)) / 1000)


def test_links_and_pictures_are_those_of_the_pages(audit: str, archive_output: Path) -> None:
    """Links once a page, as the check follows them; pictures with the words for those who do not see them."""
    counted = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", audit))
    texts = [page.read_text("utf-8") for page in others(archive_output)]
    links = sum(len(set(re.findall(r'<a [^>]*?href="([^"]*)"', text))) for text in texts)
    pictures = [image for text in texts for image in re.findall(r"<img [^>]*>", text)]

    assert counted["Links, each counted once a page"] == f"{links:,}"
    assert counted["Pictures"] == f"{len(pictures):,}"


def test_the_version_is_that_of_the_data(audit: str, archive_output: Path) -> None:
    """Word for word what the data package says."""
    version = json.loads((archive_output / "data" / "datapackage.json").read_text("utf-8"))["version"]

    assert f"<code>{version}</code>" in audit


def test_a_source_without_claims_is_named(build_site: Callable[..., Site]) -> None:
    """With its page, and whether a text names it at least."""
    lone = "title: {en: A lone letter}\nlanguage: en\ngrade: personal\n"
    page = build_site({"content/sources/lone-letter.yaml": lone}).pages("en/audit/")

    assert re.search(r'href="\.\./sources/lone-letter/">A lone letter</a> <span[^>]*>named nowhere', page)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("{{ item.text }}</data>", "{{ item.text }}.</data>", id="words"),
        pytest.param('value="{{ item.value }}"', 'value="{{ item.value }}1"', id="number", marks=pytest.mark.long),
        pytest.param(
            '{% if anchored %} id="{{ item.anchor }}"',
            '{% if anchored %} id="c-{{ item.anchor }}"',
            id="not there",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_figure_that_differs_on_its_page_stops_the_build(
    build_site: Callable[..., Site], right: str, wrong: str
) -> None:
    """In its words or its number, or where it is not found at all: at its claim; nothing is written."""
    template = (ROOT / CLAIM).read_text("utf-8")
    assert right in template
    site = build_site({CLAIM: template.replace(right, wrong)})

    assert "figure-differs" in site.kinds()
    assert next(one for one in site.problems if one.kind == "figure-differs").place.file.startswith("content/")
    assert not site.output.exists()


@pytest.mark.parametrize(
    ("module", "name", "place"),
    [
        pytest.param("expoarchive.render.data.files", "_csv", "data/claims.csv", id="csv"),
        pytest.param("expoarchive.render.data.files", "_json", "data/claims.json", id="json", marks=pytest.mark.long),
        pytest.param(
            "expoarchive.render.downloads", "_csv", "charts/en/visitors.csv", id="chart", marks=pytest.mark.long
        ),
    ],
)
def test_a_figure_that_differs_in_a_file_stops_the_build(
    build_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, module: str, name: str, place: str
) -> None:
    """Whichever of the writers slips: what they wrote is read again."""
    import importlib

    writer = importlib.import_module(module)
    right = getattr(writer, name)
    monkeypatch.setattr(writer, name, lambda *values: right(*values).replace(b"1200", b"1201"))
    site = build_site()

    assert {one.details["file"] for one in site.problems if one.kind == "figure-differs"} >= {place}
    assert not site.output.exists()
