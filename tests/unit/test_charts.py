"""Charts: what they show, that every word fits, and that a page may hold them anywhere."""

import hashlib
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expoarchive.problem import Place
from expoarchive.records.vocabulary import Arrangement
from expoarchive.render.charts import (
    NARROW,
    WIDE,
    Chart,
    ChartPoint,
    State,
    draw,
    drawing,
    glyph_problems,
    missing_glyphs,
    png,
)
from expoarchive.render.charts.font import measure, room, wrap
from expoarchive.render.charts.plot import plot

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
HERE = Place("content/charts.yaml", 3, 9)


def point(year: int, value: str | None, state: State = "reported", shown: str = "", segment: int = 0) -> ChartPoint:
    """A point that is missing where it has no value."""
    if value is None:
        return ChartPoint(year, str(year), None, "", "missing", segment)
    return ChartPoint(year, str(year), Decimal(value), shown or value, state, segment)


def chart(*points: ChartPoint, arrangement: Arrangement = "columns", width: int = WIDE) -> Chart:
    """A chart of these points in English."""
    return Chart(
        id="area-en",
        arrangement=arrangement,
        title="Area of the exhibition",
        unit="Unit: m²",
        source_line="Source: the organiser’s reports",
        page_address="example.org/en/growth/#area",
        points=points,
        language_tag="en",
        missing_label="not known",
        width=width,
        state_labels=(("reported", "reported"), ("derived", "worked out"), ("weak", "weakly sourced")),
    )


MIXED = chart(point(2019, "300"), point(2020, None), point(2021, "210", "derived"), point(2022, "250", "weak"))


@pytest.fixture(scope="module", params=[WIDE, NARROW], ids=["wide", "narrow"])
def mixed(request: pytest.FixtureRequest) -> str:
    """Columns of every state, for one of the two widths."""
    return draw(replace(MIXED, width=request.param))


def elements(svg: str) -> Iterator[ElementTree.Element]:
    """Every element of a picture."""
    return ElementTree.fromstring(svg).iter()


def texts(svg: str) -> list[str]:
    """What is written in a picture, without its name and description."""
    return ["".join(found.itertext()) for found in elements(svg) if found.tag == f"{SVG}text"]


def lines_in(svg: str) -> int:
    """How many separate lines join the dots of a picture."""
    paths = [
        found for found in elements(svg) if found.tag == f"{SVG}path" and "--chart-mark" in found.get("stroke", "")
    ]
    return sum(found.get("stroke-width") == "2" and not found.get("fill") for found in paths)


def test_a_chart_says_all_that_is_needed_away_from_its_page(mixed: str) -> None:
    """Title, unit, source, address, each edition, each value and each gap are written in the picture."""
    written = texts(mixed)

    for wanted in ("Area of the exhibition", "Unit: m²", "example.org/en/growth/#area", "2020", "not known", "210"):
        assert wanted in written
    assert "Source: the organiser’s reports" in " ".join(written)


def test_a_key_names_each_state_that_occurs(mixed: str) -> None:
    """Where some value is not plainly reported, the key words every look."""
    assert {"reported", "worked out", "weakly sourced"} <= set(texts(mixed))


def test_states_differ_in_more_than_colour(mixed: str) -> None:
    """Derived columns are hatched, weak ones dotted and gaps dashed."""
    dashes = {found.get("stroke-dasharray", "").replace(" ", "") for found in elements(mixed)}

    assert {"2,2", "5,4"} <= dashes
    assert any(found.tag == f"{SVG}pattern" for found in elements(mixed))


def test_a_chart_has_a_name_and_a_description(mixed: str) -> None:
    """A screen reader hears the title, then every point with its state, in the page's language."""
    root = ElementTree.fromstring(mixed)
    by_id = {found.get("id"): found.text or "" for found in root.iter() if found.get("id")}
    described = by_id[root.get("aria-describedby")]

    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert by_id[root.get("aria-labelledby")] == "Area of the exhibition"
    assert "2020 — not known" in described
    assert "2021 — 210 (worked out)" in described


def test_a_chart_needs_nothing_and_runs_nothing(mixed: str) -> None:
    """No script, style, link or outer reference, so that the strictest security policy lets it be."""
    names = {name for found in elements(mixed) for name in found.attrib}
    tags = {found.tag.removeprefix(SVG) for found in elements(mixed)}

    assert not {name for name in names if name == "style" or "href" in name or name.startswith("on")}
    assert not tags & {"script", "style", "image", "a", "foreignObject", "use"}


def test_ids_belong_to_one_chart_at_one_width(mixed: str) -> None:
    """Each id begins with the chart's and its width; each reference meets one of them."""
    ids = [found.get("id", "") for found in elements(mixed) if found.get("id")]
    width = ElementTree.fromstring(mixed).get("width")

    assert ids
    assert all(found.startswith(f"area-en-{width}-") for found in ids)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", mixed)) <= set(ids)


def test_every_colour_can_be_changed_by_the_page(mixed: str) -> None:
    """Paint is a custom property with a light colour to fall back on, a pattern, or none."""
    paints = {found.get(name, "none") for found in elements(mixed) for name in ("fill", "stroke")}

    assert any(paint.startswith("var(") for paint in paints)
    assert all(re.fullmatch(r"none|url\(#[a-z0-9-]+\)|var\(--chart-[a-z]+, #[0-9a-f]{6}\)", paint) for paint in paints)


def test_markup_in_a_title_stays_text() -> None:
    """A title is never read as elements or entities."""
    svg = draw(replace(MIXED, title='A <script>alert(1)</script> & "b"'))

    assert "<script" not in svg
    assert 'A <script>alert(1)</script> & "b"' in texts(svg)


def test_a_line_breaks_where_counting_changed() -> None:
    """Points of two segments are joined within each, never across."""
    joined = chart(point(2018, "100"), point(2020, "200"), point(2022, "300"), point(2024, "400"), arrangement="steps")
    broken = replace(joined, points=tuple(replace(p, segment=int(p.year > 2020)) for p in joined.points))

    assert lines_in(draw(joined)) == 1
    assert lines_in(draw(broken)) == 2


HIDE_FONTS = "for folder in /usr/share/fonts /usr/local/share/fonts; do mount -t tmpfs none $folder || exit 1; done"
PROGRAM = """
import hashlib, pickle, sys
from expoarchive.render.charts import draw, drawing, png
chart = pickle.loads(sys.stdin.buffer.read())
print(hashlib.sha256(draw(chart).encode() + png(drawing(chart))).hexdigest())
"""


@pytest.fixture
def without_fonts(tmp_path: Path) -> list[str]:
    """The beginning of a command that runs where the folders of the system's fonts are empty."""
    command = ["unshare", "--mount", "--map-root-user", "env", f"HOME={tmp_path}", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*command, HIDE_FONTS], capture_output=True).returncode:
        pytest.skip("hiding the system's fonts needs the right to make a mount namespace")
    return [*command, f'{HIDE_FONTS}; exec "$@"', "sh"]


def test_pictures_are_the_same_bytes_without_any_font_of_the_system(without_fonts: list[str]) -> None:
    """The shipped font alone measures and draws, Chinese too, in the SVG and in the PNG."""
    chinese = replace(MIXED, title="展览面积：历届对比", language_tag="zh-Hans", missing_label="不详")
    here = hashlib.sha256(draw(chinese).encode() + png(drawing(chinese))).hexdigest()

    elsewhere = subprocess.run(
        [*without_fonts, sys.executable, "-c", PROGRAM],
        input=pickle.dumps(chinese),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )

    assert elsewhere.stdout.decode().strip() == here


def test_a_picture_file_has_no_custom_properties_left() -> None:
    """A PNG is drawn in light colours on a ground of its own, at the asked scale."""
    picture = png(drawing(MIXED))

    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == WIDE


def test_a_wide_chart_whose_words_do_not_fit_becomes_rows() -> None:
    """Long values make the wide picture use the narrow one's rows; short ones keep their columns."""
    long = replace(MIXED, points=tuple(replace(p, shown="over CNY 104.5 billion and more") for p in MIXED.points * 2))

    assert plot(MIXED).layout == "slots"
    assert plot(long).layout == "rows"


def test_a_run_of_unknown_editions_is_one_row_that_names_them_all() -> None:
    """Twenty gaps in a row are gathered, and known editions never are."""
    many = chart(*(point(year, None) for year in range(2000, 2019)), point(2019, "3"), point(2020, None), width=NARROW)

    assert [entry.label for entry in plot(many).runs] == ["2000–2018", "2019", "2020"]


def test_an_amount_that_is_a_range_is_neither_a_bar_nor_unknown() -> None:
    """A value without one number keeps its words, in a gap."""
    ranged = ChartPoint(2020, "2020", None, "5–6", "reported")

    made = plot(chart(point(2019, "3"), ranged))

    assert [entry.words for entry in made.runs if entry.value is None] == ["5–6"]
    assert [part.attributes["fill"] for part in made.parts if part.tag == "rect"][-1] == "none"


def test_values_that_would_meet_on_a_line_are_put_in_rows() -> None:
    """Two totals close in time and size have no room side by side."""
    apart = chart(point(2000, "100"), point(2012, "500"), point(2024, "1000"), arrangement="steps")
    close = chart(point(2000, "100"), point(2023, "990", shown="over 990 m²"), point(2024, "1000"), arrangement="steps")

    assert plot(apart).layout == "years"
    assert plot(close).layout == "rows"


def test_the_strip_keeps_decades_under_each_other() -> None:
    """Short words leave ten cells to a row, so that 2000, 2010 and 2020 share a column."""
    strip = chart(*(point(year, "4") for year in range(2000, 2027)), arrangement="strip")

    cells = plot(replace(strip, missing_label="–")).hits
    decades = [cell.attributes for cell in cells if int(cell.attributes["data-from"]) % 10 == 0]

    assert [cell["x"] for cell in decades] == ["0", "0", "0"]
    assert [float(cell["y"]) for cell in decades] == sorted({float(cell.attributes["y"]) for cell in cells})


@pytest.mark.parametrize("name", get_args(Arrangement))
def test_no_text_leaves_the_picture(name: Arrangement) -> None:
    """On a narrow screen each text, in the widest usual font, ends within the picture's edge."""
    drawn = draw(replace(MIXED, width=NARROW, arrangement=name, missing_label="not known to us"))
    root = ElementTree.fromstring(drawn)

    def ends(parent: ElementTree.Element, left: float) -> Iterator[tuple[float, float]]:
        for child in parent:
            moved = re.match(r"translate\(([-0-9.]+)", child.get("transform", ""))
            x = left + (float(moved[1]) if moved else 0)
            if child.tag == f"{SVG}text":
                start = x + float(child.get("x", "0"))
                width = room("".join(child.itertext()), float(child.get("font-size", "0")))
                start -= {"end": width, "middle": width / 2}.get(child.get("text-anchor", ""), 0)
                yield start, start + width
            yield from ends(child, x)

    found = list(ends(root, 0))

    assert len(found) > 8
    assert all(start >= 0 and end <= NARROW for start, end in found)


@given(st.text(alphabet="ab c，。（展览会）/12“”", max_size=60), st.integers(40, 300))
def test_wrapping_loses_no_letter_and_keeps_to_its_width(text: str, width: int) -> None:
    """Joined again, the lines are the text but for spaces; none is wider than asked."""
    lines = wrap(text, 13, width)

    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(room(line, 13) <= width for line in lines)


def test_no_line_begins_with_closing_punctuation() -> None:
    """Chinese lines break before an ideograph, not before its comma."""
    lines = wrap("展览面积，签约金额，参展企业，参会代表，" * 3, 13, 100)

    assert len(lines) > 3
    assert not [line for _, line in pairwise(lines) if line[0] == "，"]


def test_the_font_has_what_charts_write() -> None:
    """Both scripts, their punctuation, rarer hanzi such as that of lithium, and the locale data's thin spaces."""
    assert (
        missing_glyphs("Area – 24.5 m² × ‘a’ “b” … · é 锂 盐湖 《》（），。：；\N{THIN SPACE}\N{NO-BREAK SPACE}")
        == set()
    )


def test_text_measures_as_wide_as_its_glyphs() -> None:
    """Ideographs are one em; room for Latin allows for a wider font than ours."""
    assert measure("展览", 10) == 20
    assert room("展览", 10) == 20
    assert room("Area", 10) > measure("Area", 10)


def test_a_character_that_the_font_lacks_is_a_problem() -> None:
    """The problem names the character and its code where the chart is described."""
    [problem] = glyph_problems(replace(MIXED, title="Area 𠮷"), HERE)

    assert (problem.kind, problem.place) == ("chart-glyph-missing", HERE)
    assert problem.details["characters"] == "𠮷 (U+20BB7)"


def test_a_chart_within_the_font_has_no_problem() -> None:
    """Nothing is said of charts that can be drawn."""
    assert glyph_problems(MIXED, HERE) == []
