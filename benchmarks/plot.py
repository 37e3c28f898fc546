"""The growth of every tool as one picture: Vega-Lite, drawn without a browser as the site's charts are."""

from collections.abc import Sequence
from typing import Any

# Told apart by shape and dash as well as by colour.
_COLOURS = ("#14694a", "#93450c", "#23708a", "#6b4fa0")
_SECONDS = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000)


def growth(points: Sequence[tuple[str, int, float]], titles: Sequence[str]) -> str:
    """An SVG of seconds by texts, both on logarithmic scales: tenfold pages, tenfold seconds is linear."""
    # Here alone: starting it takes most of a second, and its memory would be counted to the builds.
    import vl_convert

    rows = [{"tool": tool, "texts": texts, "seconds": seconds} for tool, texts, seconds in points]
    colour = {"field": "tool", "type": "nominal", "sort": list(titles), "title": None}
    axis: dict[str, Any] = {"grid": True, "gridColor": "#dddddd"}
    sizes = sorted({texts for _, texts, _ in points})
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "title": {"text": "A cold build, seconds by articles' pages", "anchor": "start"},
        "width": 560,
        "height": 360,
        "data": {"values": rows},
        "mark": {"type": "line", "point": {"size": 70, "filled": True, "strokeWidth": 0}, "strokeWidth": 2},
        "encoding": {
            "x": {
                "field": "texts",
                "type": "quantitative",
                "scale": {"type": "log", "nice": False},
                "axis": {**axis, "values": sizes, "title": "pages of articles (logarithmic)", "format": ","},
            },
            "y": {
                "field": "seconds",
                "type": "quantitative",
                "scale": {"type": "log"},
                "axis": {**axis, "values": _SECONDS, "title": "seconds (logarithmic)", "format": "~r"},
            },
            "color": {**colour, "scale": {"domain": list(titles), "range": list(_COLOURS[: len(titles)])}},
            "shape": {**colour, "scale": {"domain": list(titles)}},
            "strokeDash": {**colour, "scale": {"domain": list(titles)}},
        },
        "config": {"font": "sans-serif", "axis": {"labelFontSize": 12, "titleFontSize": 12}},
    }
    return str(vl_convert.vegalite_to_svg(spec, vl_version="5.20"))
