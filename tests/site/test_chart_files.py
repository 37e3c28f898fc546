"""Each chart can be taken away: its data and its picture, which stands by itself."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

LANGUAGES = ("zh", "en")


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
    """A row a point, as many with a value as the caption says; each known one leads to its claim."""
    page = (archive_output / language / "growth" / "index.html").read_text("utf-8")
    for chart in charts(archive_output, language):
        figure = re.search(rf'<figure class="chart-figure" id="{chart}".*?</figure>', page, re.DOTALL)
        assert figure
        points, gaps = (int(text) for text in re.findall(r"\d+", figure[0].split("chart-gaps")[1].split("</p>")[0]))
        data = (archive_output / "charts" / language / f"{chart}.csv").read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(data)))
        known = [row for row in rows if row["value"]]

        assert (len(known), len(rows)) == (points, points + gaps)
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
