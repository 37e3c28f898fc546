"""Each chart can be taken away: its data and its picture, which stands by itself."""

import csv
import io
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

LANGUAGES = ("zh", "en")
YEAR_ROW = re.compile(r'<th scope="row"><a href="[^"]*">(\d{4})</a></th>(.*?)</tr>', re.DOTALL)


def charts(output: Path, language: str) -> list[str]:
    """The ids of the charts on the page of growth."""
    page = (output / language / "growth" / "index.html").read_text("utf-8")
    return re.findall(r'<figure class="chart-figure" id="([^"]+)"', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_has_its_files_and_links_to_them(language: str, archive_output: Path) -> None:
    """CSV, SVG and PNG, in the language of the page, and an address of its own."""
    page = (archive_output / language / "growth" / "index.html").read_text("utf-8")
    found = charts(archive_output, language)

    assert found
    for chart in found:
        for form in ("csv", "svg", "png"):
            assert (archive_output / "charts" / language / f"{chart}.{form}").is_file()
            assert f'href="../../charts/{language}/{chart}.{form}"' in page
        assert f'href="./#{chart}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charts_data_is_what_its_table_shows(language: str, archive_output: Path) -> None:
    """A row for each edition or step, as many with a claim as the caption says; each claim is where its row leads."""
    page = (archive_output / language / "growth" / "index.html").read_text("utf-8")
    for chart in charts(archive_output, language):
        figure = re.search(rf'<figure class="chart-figure" id="{chart}".*?</figure>', page, re.DOTALL)
        assert figure
        data = (archive_output / "charts" / language / f"{chart}.csv").read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(data)))
        known = [row for row in rows if row["claim"]]
        if said := re.search(r'class="chart-gaps">(.*?)</p>', figure[0]):
            points, gaps, *years = (int(text) for text in re.findall(r"\d+", said[1]))
            unknown = {int(row["edition"]) for row in rows if not row["claim"]}

            assert (len({row["edition"] for row in known}), len(unknown)) == (points, gaps)
            assert set(years) <= unknown
        assert len(re.findall(r'class="chart-value', figure[0])) == len(known)
        for row in known:
            target = row["claim"].split("/expo-archive/")[1]
            permalink, _, anchor = target.partition("#")
            assert f'id="{anchor}"' in (archive_output / permalink / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charts_picture_needs_no_font_and_no_page(language: str, archive_output: Path) -> None:
    """Its words are outlines, its colours fixed, and it says its title and address in words for programs too."""
    for chart in charts(archive_output, language):
        svg = (archive_output / "charts" / language / f"{chart}.svg").read_text("utf-8")
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}

        assert not tags & {"text", "tspan", "style", "script", "image"}
        assert "var(--" not in svg
        assert "<title" in svg
        png = (archive_output / "charts" / language / f"{chart}.png").read_bytes()
        assert png.startswith(b"\x89PNG")


def test_charts_of_one_archive_share_one_axis(archive_output: Path) -> None:
    """A year stands at the same place in every small chart: with a mark where its table knows it, else as a tick."""
    page = (archive_output / "en" / "growth" / "index.html").read_text("utf-8")
    multiples = re.findall(r'<details class="multiple">(.*?)</summary>(.*?)</figure>', page, re.DOTALL)
    places: dict[str, list[float]] = {}
    for head, figure in multiples:
        small = re.search(r"<svg[^>]*chart-small.*?</svg>", head, re.DOTALL)
        assert small
        known = {row[0] for row in YEAR_ROW.findall(figure)}
        ticks = re.search(r'd="([^"]+)"[^>]*class="chart-ticks" data-years="([^"]+)"', small[0])
        assert ticks
        unknown = dict(zip(ticks[2].split(), re.findall(r"M([\d.]+),", ticks[1]), strict=True))
        columns = re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"[^>]*data-year="(\d+)"', small[0])
        for year, x in unknown.items():
            places.setdefault(year, []).append(float(x))
        for left, wide, year in columns:
            places.setdefault(year, []).append(float(left) + float(wide) / 2)
        if columns:
            assert known == {year for *_, year in columns}
            assert not known & set(unknown)

    assert len(multiples) > 5
    assert len(places) > 20
    assert {year: found for year, found in places.items() if max(found) - min(found) > 0.1} == {}


def test_weak_and_computed_values_look_it(archive_output: Path) -> None:
    """In the small chart as in the table: dotted where the table says weak, hatched where it says computed."""
    page = (archive_output / "en" / "growth" / "index.html").read_text("utf-8")
    seen = Counter[str]()
    for head, figure in re.findall(r'<details class="multiple">(.*?)</summary>(.*?)</figure>', page, re.DOTALL):
        marks = dict(re.findall(r'<rect [^>]*?(fill="[^>]*?)data-year="(\d+)"', head))
        looks = {year: look for look, year in marks.items()} if "chart-ranks" not in figure else {}
        for year, row in YEAR_ROW.findall(figure) if looks else ():
            weak, derived = "is-weak" in row, "is-derived" in row
            if year in looks:
                seen["weak" if weak else "derived" if derived else "reported"] += 1

                assert ("stroke-dasharray" in looks[year]) == weak
                assert ("url(#" in looks[year]) == (derived and not weak)
    assert min(seen["weak"], seen["derived"], seen["reported"]) > 0
