"""Drawing: the plot, and around it what makes a picture stand on its own."""

from dataclasses import replace

import resvg_py

from expoarchive.problem import Place, Problem
from expoarchive.render.charts.font import FAMILY, missing_glyphs, room, wrap
from expoarchive.render.charts.glyphs import outlined, shapes
from expoarchive.render.charts.model import NARROW, WIDE, Chart, State
from expoarchive.render.charts.plot import GAP, MARGIN, Plot, plot
from expoarchive.render.charts.style import BACKGROUND, INK, MUTED, light, patterns, symbol
from expoarchive.render.charts.svg import Element, shortest, written

_TITLE, _UNIT, _SMALL = 17, 13, 12
_SWATCH = 12


def glyph_problems(chart: Chart, place: Place) -> list[Problem]:
    """``chart-glyph-missing`` where a text of the chart has characters that the font lacks."""
    texts = [chart.title, chart.unit, chart.source_line, chart.page_address, chart.missing_label]
    texts += [text for point in chart.points for text in (point.label, point.shown)]
    texts += [label for _, label in chart.state_labels]
    missing = sorted(missing_glyphs("".join(texts)))
    if not missing:
        return []
    details = {"characters": " ".join(f"{one} (U+{ord(one):04X})" for one in missing), "title": chart.title}
    return [Problem("chart-glyph-missing", place, details)]


def draw(chart: Chart) -> str:
    """The chart as an SVG element for a page: no scripts, no styles, nothing fetched, the same bytes anywhere.

    Title, unit, key, source and address of the page are part of the picture.
    """
    return _drawn(chart, on_its_own=False)


def variants(chart: Chart) -> tuple[str, str]:
    """The chart for a column of text and for a narrow screen; a page has both and shows one."""
    return draw(replace(chart, width=WIDE)), draw(replace(chart, width=NARROW))


def png(svg: str, scale: float = 1) -> bytes:
    """A picture whose words are outlines, as a PNG of ``scale`` pixels to a CSS pixel."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, skip_system_fonts=True))


def drawing(chart: Chart) -> str:
    """The chart as an SVG file: light colours, a ground of its own, its words as outlines, so that it needs no font."""
    return light(_drawn(chart, on_its_own=True)) + "\n"


def _drawn(chart: Chart, *, on_its_own: bool) -> str:
    prefix = chart.picture_id
    made = plot(chart)
    inner = chart.width - 2 * MARGIN
    parts: list[Element] = []
    y: float = MARGIN

    def lines(text: str, size: int, fill: str, leading: float) -> None:
        nonlocal y
        for line in wrap(text, size, inner):
            y += leading
            place = {"x": str(MARGIN), "y": shortest(y - (leading - size) / 2 - size * 0.15)}
            parts.append(Element("text", {**place, "font-size": str(size), "fill": fill}, text=line))

    lines(chart.title, _TITLE, INK, 24)
    lines(chart.unit, _UNIT, MUTED, 20)
    key, y = _key(made, y)
    y += GAP
    parts += key
    shift = {"transform": f"translate({MARGIN},{shortest(y)})", "fill": "none"}
    pointed = () if on_its_own else made.hits
    parts.append(Element("g", shift, (*made.parts, *pointed)))
    y += made.height + GAP
    lines(chart.source_line, _SMALL, MUTED, 17)
    lines(chart.page_address, _SMALL, MUTED, 17)
    height = y + MARGIN
    if on_its_own:
        parts = [outlined(part) for part in parts]
    drawn = "".join(written(part) for part in parts)
    definitions = "".join(written(part) for part in patterns(drawn, prefix))
    if on_its_own:
        definitions += written(shapes(drawn))
    size = {"width": str(chart.width), "height": shortest(height)}
    ground = written(Element("rect", {**size, "fill": BACKGROUND})) if on_its_own else ""
    opening = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {chart.width} {shortest(height)}",
            **size,
            "class": f"chart chart-{'narrow' if chart.narrow else 'wide'}",
            "role": "img",
            "aria-labelledby": f"{prefix}-title",
            "aria-describedby": f"{prefix}-desc",
            "lang": chart.language_tag,
            "font-family": f"{FAMILY}, sans-serif",
        },
    )
    named = written(Element("title", {"id": f"{prefix}-title"}, text=chart.title))
    described = written(Element("desc", {"id": f"{prefix}-desc"}, text=_description(chart)))
    return f"{written(opening)[:-2]}>{named}{described}{definitions}{ground}{drawn}</svg>"


def _key(made: Plot, y: float) -> tuple[list[Element], float]:
    """What each look means, in as many lines as it needs, and where it ends.

    Without it, all values are reported and gaps say in words what they are.
    """
    chart = made.chart
    present = {point.state for point in chart.points}
    entries: list[tuple[State, str]] = []
    if present & {"derived", "weak"}:
        entries += [(state, label) for state, label in chart.state_labels if state in present and state != "missing"]
    if made.explains_missing and "missing" in present:
        entries.append(("missing", chart.missing_label))
    parts: list[Element] = []
    x: float = MARGIN
    if entries:
        y += 22
    for state, label in entries:
        needed = _SWATCH + 6 + room(label, _SMALL)
        if x > MARGIN and x + needed > chart.width - MARGIN:
            x, y = MARGIN, y + 20
        parts.append(symbol(made.looks[state], x + _SWATCH / 2, y - _SMALL / 2 + 1.5, _SWATCH - 2, chart.picture_id))
        place = {"x": shortest(x + _SWATCH + 6), "y": shortest(y)}
        parts.append(Element("text", {**place, "font-size": str(_SMALL), "fill": MUTED}, text=label))
        x += needed + 2 * GAP
    return parts, y


def _description(chart: Chart) -> str:
    """Every point in words, for those who do not see the picture."""
    words = dict(chart.state_labels)
    points = []
    for point in chart.points:
        text = f"{point.label} \N{EM DASH} {point.shown if point.known else chart.missing_label}"
        notable = point.state in ("derived", "weak") and point.state in words
        points.append(f"{text} ({words[point.state]})" if notable else text)
    return " \N{MIDDLE DOT} ".join([chart.unit, *points] if chart.unit else points)
