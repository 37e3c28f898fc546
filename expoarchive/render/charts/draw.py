"""Draws a chart: its plot, and the title, key and source that let the picture stand alone."""

import resvg_py

from expoarchive.problem import Place, Problem
from expoarchive.render.charts.font import FAMILY, missing_glyphs, room, wrap
from expoarchive.render.charts.glyphs import outlined, shapes
from expoarchive.render.charts.model import Chart, State
from expoarchive.render.charts.plot import GAP, MARGIN, Plot, plot
from expoarchive.render.charts.style import BACKGROUND, INK, MUTED, light, patterns, symbol
from expoarchive.render.charts.svg import Element, serialized, shortest

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
    """The chart as an SVG element for a page, without scripts, styles or anything to fetch.

    Title, unit, key, source and the page's address are part of the picture.
    """
    return _svg(chart, is_file=False)


def png(svg: str, scale: float = 1) -> bytes:
    """A picture whose text is outlines, as a PNG with ``scale`` pixels to a CSS pixel."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, skip_system_fonts=True))


def drawing(chart: Chart) -> str:
    """The chart as an SVG file: in light colours, on a background, its text as outlines so that it needs no font."""
    return light(_svg(chart, is_file=True)) + "\n"


def _svg(chart: Chart, *, is_file: bool) -> str:
    parts, height = _parts(chart, is_file=is_file)
    inner = "".join(map(serialized, parts))
    size = {"width": str(chart.width), "height": shortest(height)}
    title_id, description_id = f"{chart.picture_id}-title", f"{chart.picture_id}-desc"
    head = [
        Element("title", {"id": title_id}, text=chart.title),
        Element("desc", {"id": description_id}, text=_description(chart)),
        *patterns(inner, chart.picture_id),
    ]
    if is_file:
        head += [shapes(inner), Element("rect", {**size, "fill": BACKGROUND})]
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {chart.width} {shortest(height)}",
        **size,
        "class": f"chart chart-{'narrow' if chart.narrow else 'wide'}",
        "role": "img",
        "aria-labelledby": title_id,
        "aria-describedby": description_id,
        "lang": chart.language_tag,
        "font-family": f"{FAMILY}, sans-serif",
    }
    return f"{serialized(Element('svg', attributes))[:-2]}>{''.join(map(serialized, head))}{inner}</svg>"


def _parts(chart: Chart, *, is_file: bool) -> tuple[list[Element], float]:
    """What the picture shows, from top to bottom, and its height. Only a page's picture reacts to a pointer."""
    canvas = plot(chart)
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
    key, y = _key(canvas, y)
    y += GAP
    parts += key
    shift = {"transform": f"translate({MARGIN},{shortest(y)})", "fill": "none"}
    parts.append(Element("g", shift, (*canvas.parts, *(() if is_file else canvas.hits))))
    y += canvas.height + GAP
    lines(chart.source_line, _SMALL, MUTED, 17)
    lines(chart.page_address, _SMALL, MUTED, 17)
    return [outlined(part) for part in parts] if is_file else parts, y + MARGIN


def _key(canvas: Plot, y: float) -> tuple[list[Element], float]:
    """What each look means, in as many lines as that takes, and where the key ends.

    A chart needs no key if all its values are reported and its gaps say in words what they are.
    """
    chart = canvas.chart
    present = {point.state for point in chart.points}
    entries: list[tuple[State, str]] = []
    if present & {"derived", "weak"}:
        entries += [(state, label) for state, label in chart.state_labels if state in present and state != "missing"]
    if canvas.explains_missing and "missing" in present:
        entries.append(("missing", chart.missing_label))
    parts: list[Element] = []
    x: float = MARGIN
    if entries:
        y += 22
    for state, label in entries:
        needed = _SWATCH + 6 + room(label, _SMALL)
        if x > MARGIN and x + needed > chart.width - MARGIN:
            x, y = MARGIN, y + 20
        parts.append(symbol(canvas.looks[state], x + _SWATCH / 2, y - _SMALL / 2 + 1.5, _SWATCH - 2, chart.picture_id))
        place = {"x": shortest(x + _SWATCH + 6), "y": shortest(y)}
        parts.append(Element("text", {**place, "font-size": str(_SMALL), "fill": MUTED}, text=label))
        x += needed + 2 * GAP
    return parts, y


def _description(chart: Chart) -> str:
    """Every point in words, for readers who cannot see the picture."""
    words = dict(chart.state_labels)
    points = []
    for point in chart.points:
        text = f"{point.label} \N{EM DASH} {point.shown if point.known else chart.missing_label}"
        notable = point.state in ("derived", "weak") and point.state in words
        points.append(f"{text} ({words[point.state]})" if notable else text)
    return " \N{MIDDLE DOT} ".join([chart.unit, *points] if chart.unit else points)
