"""Draws a chart: its plot, and the title, key and source that let the picture stand alone."""

from collections.abc import Iterable, Iterator

import resvg_py

from expoarchive.render.charts.canvas import GAP, MARGIN, Canvas
from expoarchive.render.charts.flow import plot_flow
from expoarchive.render.charts.font import FAMILY, missing_glyphs, room, wrap
from expoarchive.render.charts.glyphs import outlined, shapes
from expoarchive.render.charts.model import Chart, Flow, Ranks, Series
from expoarchive.render.charts.plot import plot_series
from expoarchive.render.charts.ranks import plot_ranks
from expoarchive.render.charts.style import ChartStyle, Ink, light
from expoarchive.render.charts.svg import Element, serialized, shortest

_SWATCH = 12


def undrawable(chart: Chart) -> str:
    """The characters of the chart's texts that no font has, which its files can only replace."""
    texts = [chart.title, chart.unit, chart.source_line, chart.page_address, chart.missing_label]
    texts += _texts(chart)
    texts += [label for _, label in chart.state_labels]
    return "".join(sorted(missing_glyphs("".join(texts))))


def draw(chart: Chart, style: ChartStyle) -> str:
    """The chart as an SVG element for a page, without scripts, styles or anything to fetch.

    Title, unit and sources stand beside it.
    """
    return _svg(chart, style, is_file=False)


def png(svg: str, scale: float = 1) -> bytes:
    """A picture whose text is outlines, as a PNG with ``scale`` pixels to a CSS pixel."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, skip_system_fonts=True))


def drawing(chart: Chart, style: ChartStyle) -> str:
    """The chart as an SVG file: in the style's colours, on a background, its text as outlines so that it needs no font.

    It stands by itself: title, unit, source and the page's address are part of the picture.
    """
    return light(_svg(chart, style, is_file=True)) + "\n"


def small(chart: Chart, style: ChartStyle) -> str:
    """The chart's plot alone, to stand below its title. Programs that read pages aloud pass it by."""
    canvas = _plotted(chart, style)
    inner = "".join(map(serialized, canvas.parts))
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {chart.width} {shortest(canvas.height)}",
        "class": "chart chart-small",
        "aria-hidden": "true",
        "lang": chart.language_tag,
        "font-family": f"{FAMILY}, sans-serif",
        "fill": "none",
    }
    return _around(attributes, canvas.pen.patterns(inner), inner)


def _around(attributes: dict[str, str], head: Iterable[Element], inner: str) -> str:
    return f"{serialized(Element('svg', attributes))[:-2]}>{''.join(map(serialized, head))}{inner}</svg>"


def _plotted(chart: Chart, style: ChartStyle) -> Canvas:
    canvas = Canvas(chart, style)
    match chart.drawn:
        case Series():
            plot_series(canvas, chart.drawn)
        case Ranks():
            plot_ranks(canvas, chart.drawn)
        case Flow():
            plot_flow(canvas, chart.drawn)
    return canvas


def _texts(chart: Chart) -> Iterator[str]:
    """Everything written in the plot."""
    match chart.drawn:
        case Series(points=points):
            yield from (text for point in points for text in (point.shown, point.brief))
        case Ranks(rows=rows, labels=labels):
            yield from (*rows, *(label for _, label in labels))
        case Flow(chains=chains):
            yield from (text for chain in chains for step in chain for text in (step.label, step.shown, step.share))


def _svg(chart: Chart, style: ChartStyle, *, is_file: bool) -> str:
    canvas = _plotted(chart, style)
    parts, height = _parts(canvas, is_file=is_file)
    inner = "".join(map(serialized, parts))
    size = {"width": str(chart.width), "height": shortest(height)}
    title_id, description_id = f"{chart.picture_id}-title", f"{chart.picture_id}-desc"
    head = [
        Element("title", {"id": title_id}, text=chart.title),
        Element("desc", {"id": description_id}, text=_description(chart)),
        *canvas.pen.patterns(inner),
    ]
    if is_file:
        head += [shapes(inner), Element("rect", {**size, "fill": canvas.pen.colour("background")})]
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
    return _around(attributes, head, inner)


def _parts(canvas: Canvas, *, is_file: bool) -> tuple[list[Element], float]:
    """What the picture shows, from top to bottom, and its height.

    What says all that is needed away from a page is for files, what reacts to a pointer is for pages.
    """
    chart, sizes = canvas.chart, canvas.style.text
    inner = chart.width - 2 * MARGIN
    parts: list[Element] = []
    y: float = MARGIN

    def lines(text: str, size: float, fill: Ink, apart: float) -> None:
        nonlocal y
        leading = size + apart
        for line in wrap(text, size, inner):
            y += leading
            place = {"x": str(MARGIN), "y": shortest(y - (leading - size) / 2 - size * 0.15)}
            parts.append(
                outlined(
                    Element("text", {**place, "font-size": shortest(size), "fill": canvas.pen.colour(fill)}, text=line)
                )
            )

    if is_file:
        lines(chart.title, sizes.title, "ink", 7)
        lines(chart.unit, sizes.unit, "muted", 7)
    key, y = _key(canvas, y)
    y += GAP
    shift = {"transform": f"translate({MARGIN},{shortest(y)})", "fill": "none"}
    drawn = [*key, Element("g", shift, tuple(canvas.parts))]
    y += canvas.height + GAP
    if not is_file:
        hits = Element("g", {**shift, "class": "chart-hits", "pointer-events": "all"}, tuple(canvas.hits))
        return [*drawn, hits], y + MARGIN
    parts += map(outlined, drawn)
    lines(chart.source_line, sizes.note, "muted", 5)
    lines(chart.page_address, sizes.note, "muted", 5)
    return parts, y + MARGIN


def _key(canvas: Canvas, y: float) -> tuple[list[Element], float]:
    """What each look means, in as many lines as that takes, and where the key ends."""
    chart, pen, size = canvas.chart, canvas.pen, canvas.style.text.note
    parts: list[Element] = []
    x: float = MARGIN
    if canvas.key:
        y += size + 10
    for look, label in canvas.key:
        needed = _SWATCH + 6 + room(label, size)
        if x > MARGIN and x + needed > chart.width - MARGIN:
            x, y = MARGIN, y + size + 8
        parts.append(pen.symbol(look, x + _SWATCH / 2, y - size / 2 + 1.5, _SWATCH - 2, canvas.style.lines.area))
        place = {"x": shortest(x + _SWATCH + 6), "y": shortest(y)}
        parts.append(Element("text", {**place, "font-size": shortest(size), "fill": pen.colour("muted")}, text=label))
        x += needed + 2 * GAP
    return parts, y


def _description(chart: Chart) -> str:
    """Everything drawn, in words, for readers who cannot see the picture."""
    told = list(_told(chart))
    return " \N{MIDDLE DOT} ".join([chart.unit, *told] if chart.unit else told)


def _told(chart: Chart) -> Iterator[str]:
    words = dict(chart.state_labels)
    match chart.drawn:
        case Series(points=points):
            for point in points:
                notable = words.get(point.state) if point.state in ("derived", "weak") else None
                yield _said(str(point.year), point.shown if point.known else chart.missing_label, notable)
        case Flow(chains=chains):
            for step in (step for chain in chains for step in chain):
                yield _said(str(step.year), step.shown, f"{step.label}, {step.share}" if step.share else step.label)
        case Ranks(rows=rows, marks=marks, silent=silent, labels=labels):
            meant = dict(labels)
            for mark in marks:
                yield _said(str(mark.year), rows[mark.row], meant[mark.state])
            for year in silent:
                yield _said(str(year), chart.missing_label, None)


def _said(what: str, value: str, limit: str | None) -> str:
    text = f"{what} \N{EM DASH} {value}"
    return f"{text} ({limit})" if limit else text
