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
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expoarchive.render import charts
from expoarchive.render.charts import (
    NARROW,
    SMALL,
    WIDE,
    Chart,
    ChartPoint,
    ChartStyle,
    Flow,
    FlowStep,
    RankMark,
    Ranks,
    Series,
    State,
    missing_glyphs,
    png,
    read_style,
    undrawable,
)
from expoarchive.render.charts.canvas import Box, Canvas
from expoarchive.render.charts.font import measure, room, wrap
from expoarchive.render.charts.plot import plot_series
from expoarchive.render.charts.svg import Element
from expoarchive.render.theme import theme_of

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
STYLE = cast(ChartStyle, read_style(theme_of(ROOT))[0])
draw, drawing, small = (partial(make, style=STYLE) for make in (charts.draw, charts.drawing, charts.small))


def point(year: int, value: str | None, state: State = "reported", shown: str = "", segment: int = 0) -> ChartPoint:
    """A point that is missing where it has no value."""
    if value is None:
        return ChartPoint(year, None, "", "missing", segment)
    return ChartPoint(year, Decimal(value), shown or value, state, segment)


def of(drawn: Series | Ranks | Flow, width: int = WIDE, span: tuple[int, int] = (2000, 2026)) -> Chart:
    """A chart in English."""
    return Chart(
        id="area-en",
        drawn=drawn,
        span=span,
        step=1,
        title="Area of the exhibition",
        unit="Unit: m²",
        source_line="Source: the organiser’s reports",
        page_address="example.org/en/growth/#area",
        language_tag="en",
        missing_label="not known",
        width=width,
        state_labels=(("reported", "reported"), ("derived", "worked out"), ("weak", "weakly sourced")),
    )


def chart(*points: ChartPoint, joined: bool = False, width: int = WIDE) -> Chart:
    """A series of these points."""
    return of(Series(points, joined), width)


MIXED = chart(point(2019, "300"), point(2020, None), point(2021, "210", "derived"), point(2022, "250", "weak"))
RANKS = of(
    Ranks(
        rows=("National", "Province"),
        marks=(RankMark(2010, 0, 1, "reported"), RankMark(2010, 1, 3, "second"), RankMark(2022, 0, 1, "weak")),
        silent=(2011, 2015),
        labels=(("reported", "opened it"), ("second", "was there"), ("weak", "weakly sourced")),
    )
)
FLOW = of(
    Flow(
        (
            (
                FlowStep(2019, "Projects signed", Decimal(200), "200", "", "reported"),
                FlowStep(2019, "Projects begun", Decimal(50), "50", "25%", "reported"),
            ),
            (
                FlowStep(2019, "Value signed", Decimal(1000), "CNY 100 billion", "", "derived"),
                FlowStep(2019, "Money in place", Decimal(200), "CNY 20 billion", "20%", "reported"),
            ),
        )
    )
)
EVERY = {
    "columns": MIXED,
    "totals": chart(point(2019, "1"), point(2020, None), point(2021, "2"), point(2022, "3", "weak"), joined=True),
    "ranks": RANKS,
    "flow": FLOW,
}


@pytest.fixture(scope="module", params=[WIDE, NARROW], ids=["wide", "narrow"])
def mixed(request: pytest.FixtureRequest) -> str:
    """Columns of every state, for one of the two widths."""
    return draw(replace(MIXED, width=request.param))


def elements(svg: str) -> Iterator[ElementTree.Element]:
    """Every element of a picture."""
    return ElementTree.fromstring(svg).iter()


def lines_of(svg: ElementTree.Element) -> list[ElementTree.Element]:
    """Every line of text in a picture, without its name and description."""
    written = [found for found in svg.iter() if found.tag == f"{SVG}text"]
    return [line for text in written for line in (list(text) or [text])]


def texts(svg: str) -> list[str]:
    """What is written in a picture, line by line."""
    return [line.text or "" for line in lines_of(ElementTree.fromstring(svg))]


def lines_in(svg: str) -> int:
    """How many separate lines join the dots of a picture."""
    paths = [
        found for found in elements(svg) if found.tag == f"{SVG}path" and "--chart-mark" in found.get("stroke", "")
    ]
    return sum(found.get("stroke-width") == "2" and not found.get("fill") for found in paths)


def marks(svg: str) -> dict[int, list[ElementTree.Element]]:
    """The marks of each year in a picture, in their order."""
    found: dict[int, list[ElementTree.Element]] = {}
    for mark in elements(svg):
        if year := mark.get("data-year"):
            found.setdefault(int(year), []).append(mark)
    return found


def middle(mark: ElementTree.Element) -> float:
    """Where a column or a dot stands."""
    return (
        float(mark.get("x", "0")) + float(mark.get("width", "0")) / 2 if mark.get("x") else float(mark.get("cx", "0"))
    )


def lettering(svg: str) -> str:
    """What a picture file says in outlines, without spaces."""
    return "".join(chr(int(found.get("href", "")[7:], 16)) for found in elements(svg) if found.tag == f"{SVG}use")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_file_says_all_that_is_needed_away_from_its_page(width: int) -> None:
    """Title, unit, source, address, each known edition and its value are written in the picture."""
    written = lettering(drawing(replace(MIXED, width=width)))

    for wanted in (MIXED.title, MIXED.unit, MIXED.source_line, MIXED.page_address, "2019", "210", "worked out"):
        assert wanted.replace(" ", "") in written


@pytest.mark.parametrize("width", [SMALL, NARROW, WIDE])
@pytest.mark.parametrize("name", ["columns", "totals", "ranks"])
def test_every_year_has_its_place_on_the_shared_axis(name: str, width: int) -> None:
    """Marks and ticks of a year stand in the middle of its slot, whatever is drawn; unknown editions are ticks."""
    made = replace(EVERY[name], width=width)
    svg = small(made) if made.small else draw(made)
    inner = SMALL if width == SMALL else width - 24
    found = marks(svg)
    [ticks] = [element for element in elements(svg) if element.get("class") == "chart-ticks"]
    unknown = dict(
        zip(map(int, ticks.get("data-years", "").split()), re.findall(r"M([\d.]+),", ticks.get("d", "")), strict=True)
    )

    assert sorted(found) == ([2010, 2022] if name == "ranks" else [2019, 2021, 2022])
    assert sorted(unknown) == ([2011, 2015] if name == "ranks" else [2020])
    for year, x in [
        *unknown.items(),
        *((year, middle(mark)) for year, all_of in found.items() for mark in all_of if mark.tag != f"{SVG}path"),
    ]:
        assert float(x) == pytest.approx((year - 2000 + 0.5) * inner / 27, abs=0.02)


def test_columns_are_as_tall_as_their_values() -> None:
    """From the axis up, in the proportion of the values, however many pixels a chart has."""
    for svg in (draw(MIXED), small(replace(MIXED, width=SMALL))):
        tall = {year: float(mark.get("height", "0")) for year, [mark] in marks(svg).items()}

        assert tall[2021] / tall[2019] == pytest.approx(0.7, abs=0.001)
        assert tall[2022] / tall[2019] == pytest.approx(250 / 300, abs=0.001)


def test_a_flow_is_as_tall_as_the_share_of_the_whole() -> None:
    """Each chain to the scale of its own whole; what goes on to a step is as tall as the step."""
    svg = draw(FLOW)
    whole, begun, value, money = (float(mark.get("height", "0")) for mark in marks(svg)[2019])
    going_on = [float(tall) for tall in re.findall(r'd="M[^"]*H[\d.]+v([\d.]+)H', svg)]

    assert whole == value
    assert begun / whole == pytest.approx(0.25)
    assert money / value == pytest.approx(0.2)
    assert going_on == [begun, money]


def test_who_opened_it_looks_otherwise_than_who_was_there() -> None:
    """And what only weak sources say looks otherwise than both; a rank that occurs more than once is counted."""
    found = marks(draw(RANKS))
    looks = [(mark.get("fill"), mark.get("stroke-dasharray")) for year in (2010, 2022) for mark in found[year]]

    assert len(set(looks)) == 3
    assert looks[2][1]
    assert "3" in texts(draw(RANKS))


def test_small_charts_name_the_greatest_the_latest_and_what_has_room() -> None:
    """In its brief form, straight above its mark and no other; the whole chart has all values in full."""
    values = {2000: 11, 2008: 12, 2016: 19, 2017: 13, 2020: 14}
    points = [
        replace(point(year, str(value), shown=f"EUR {value} million"), brief=f"{value}M")
        for year, value in values.items()
    ]
    five = chart(*points, width=SMALL)

    assert {text for text in texts(small(five)) if text.endswith("M")} == {"11M", "12M", "19M", "14M"}
    assert " ".join(texts(draw(replace(five, width=WIDE)))).count("million") == 5


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(2000, 2026), st.integers(0, 1000)), min_size=1, max_size=12, unique_by=lambda one: one[0]
    ),
    st.sampled_from(["7", "CNY 104.5 billion", "a value in a great many words that nobody would print"]),
    st.sampled_from([SMALL, NARROW, WIDE]),
    st.booleans(),
)
def test_words_never_meet_one_another_or_a_mark(
    values: list[tuple[int, int]], words: str, width: int, joined: bool
) -> None:
    """However close the years and long the words, all of them stand in the picture and apart."""
    points = [point(year, str(value), shown=words) for year, value in sorted(values)]
    canvas = Canvas(chart(*points, joined=joined, width=width), STYLE)
    plot_series(canvas, canvas.chart.drawn)  # type: ignore[arg-type]
    boxes = [
        box_of(canvas, part)
        for part in canvas.parts
        if part.tag == "text" and part.attributes["fill"] == canvas.pen.colour("ink")
    ]
    columns = [box_of(canvas, part) for part in canvas.parts if part.tag == "rect"]

    assert 1 <= len(boxes) <= len(points) if width == SMALL else len(boxes) == len(points)
    assert all(box.top >= -0.1 and box.bottom <= canvas.height for box in boxes)
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]
    assert not [(one, other) for one in boxes for other in columns if one.meets(other)]


def box_of(canvas: Canvas, part: Element) -> Box:
    """What a mark or words take up, a little less than is kept clear."""
    given = part.attributes
    if part.tag == "rect":
        x, y = float(given["x"]), float(given["y"])
        return Box(x + 0.1, y + 0.1, x + float(given["width"]) - 0.1, y + float(given["height"]))
    lines = part.children or (part,)
    wide = max(room(line.text, canvas.text_size) for line in lines) / 2 - 0.1
    x, first = float(lines[0].attributes["x"]), float(lines[0].attributes["y"])
    last = float(lines[-1].attributes["y"])
    return Box(x - wide, first - canvas.text_size * 0.7, x + wide, last)


def test_a_key_names_each_state_that_occurs(mixed: str) -> None:
    """Where some value is not plainly reported, the key words every look."""
    assert {"reported", "worked out", "weakly sourced"} <= set(texts(mixed))


def test_states_differ_in_more_than_colour(mixed: str) -> None:
    """Derived columns are hatched and weak ones dotted."""
    dashes = {found.get("stroke-dasharray", "").replace(" ", "") for found in elements(mixed)}

    assert "2,2" in dashes
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
    assert 'A <script>alert(1)</script> & "b"' in {found.text for found in elements(svg)}


def test_a_line_breaks_where_counting_changed() -> None:
    """Points of two segments are joined within each, never across."""
    joined = chart(point(2018, "100"), point(2020, "200"), point(2022, "300"), point(2024, "400"), joined=True)
    points = joined.drawn.points  # type: ignore[union-attr]
    broken = chart(*(replace(p, segment=int(p.year > 2020)) for p in points), joined=True)

    assert lines_in(draw(joined)) == 1
    assert lines_in(draw(broken)) == 2


HIDE_FONTS = "for folder in /usr/share/fonts /usr/local/share/fonts; do mount -t tmpfs none $folder || exit 1; done"
PROGRAM = """
import hashlib, pickle, sys
from expoarchive.render.charts import draw, drawing, png
given = pickle.loads(sys.stdin.buffer.read())
print(hashlib.sha256(draw(*given).encode() + png(drawing(*given))).hexdigest())
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
        input=pickle.dumps((chinese, STYLE)),
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


def test_an_amount_that_is_a_range_is_neither_a_bar_nor_unknown() -> None:
    """A value without one number keeps its words, over a dashed gap."""
    svg = draw(chart(point(2019, "3"), ChartPoint(2020, None, "5–6", "reported")))
    [gap] = marks(svg)[2020]

    assert "5–6" in texts(svg)
    assert (gap.get("fill"), gap.get("stroke-dasharray")) == ("none", "5,4")


@pytest.mark.parametrize("name", EVERY)
def test_no_text_leaves_the_picture(name: str) -> None:
    """On a narrow screen each text, in the widest usual font, ends within the picture's edge."""
    drawn = draw(replace(EVERY[name], width=NARROW))
    root = ElementTree.fromstring(drawn)

    def ends(parent: ElementTree.Element, left: float, size: float, anchor: str) -> Iterator[tuple[float, float]]:
        for child in parent:
            moved = re.match(r"translate\(([-0-9.]+)", child.get("transform", ""))
            x = left + (float(moved[1]) if moved else 0)
            here = float(child.get("font-size", size)), child.get("text-anchor", anchor)
            if child.text and child.get("x"):
                wide = room(child.text, here[0])
                start = x + float(child.get("x", "0")) - {"end": wide, "middle": wide / 2}.get(here[1], 0)
                yield start, start + wide
            yield from ends(child, x, *here)

    found = list(ends(root, 0, 0, "start"))

    assert len(found) > 5
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


def test_names_and_other_scripts_have_glyphs() -> None:
    """Rare letters of names, traditional forms, kana, hangul and Vietnamese are in the second font."""
    assert missing_glyphs("镕喆堃 灣區貿易 おちゃまつり──ティー 차 축제 Chợ trà Чай") == set()
    assert measure("镕茶", 10) == 20


def test_a_file_replaces_a_character_that_no_font_has() -> None:
    """A line that has little else is left out. The page's own picture has text, which the reader's fonts draw."""
    rare = replace(MIXED, title="Area 𠮷", unit="שטח")

    assert undrawable(rare) == "חטש𠮷"
    assert '#glyph-3013"' in drawing(rare)
    assert drawing(rare) != drawing(replace(rare, unit="m²"))
    assert drawing(rare).count("<use") == drawing(replace(rare, unit="")).count("<use")
    assert undrawable(MIXED) == ""
