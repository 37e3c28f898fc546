"""Where a reader points at: for each point of a chart, or run of missing ones, the part of the plot that is its own."""

from itertools import groupby, pairwise
from typing import Any

from expoarchive.render.charts.model import Chart
from expoarchive.render.charts.svg import Element, shortest


def hits(chart: Chart, values: dict[str, Any]) -> list[Element]:
    """Unseen rectangles in the plot's own pixels; ``values`` are the layout's.

    ``data-from`` and ``data-to`` are places in ``chart.points``, from 0, both included.
    """
    data, padding = values["data"], values["padding"]
    spans = _spans(chart, len(data))
    return [
        _rectangle(first, last, *box) for (first, last), box in zip(spans, _boxes(values, data, padding), strict=True)
    ]


def _spans(chart: Chart, wanted: int) -> list[tuple[int, int]]:
    if wanted == len(chart.points):
        return [(at, at) for at in range(wanted)]
    spans = []
    for known, run in groupby(enumerate(chart.points), key=lambda entry: entry[1].known):
        places = [at for at, _ in run]
        spans += [(at, at) for at in places] if known else [(places[0], places[-1])]
    return spans


Box = tuple[float, float, float, float]


def _boxes(values: dict[str, Any], data: list[dict[str, Any]], padding: dict[str, float]) -> list[Box]:
    """Left, top, width and height for each datum, as the four arrangements of ``layout`` place them."""
    whole = padding["left"] + values["width"] + padding["right"]
    height = padding["top"] + values["height"] + padding["bottom"]
    if "columns" in values:
        wide, step = values["width"] / len(values["columns"]), values["row_step"]
        return [
            (datum["column"] * wide, padding["top"] + values["rows"].index(datum["row"]) * step, wide, step)
            for datum in data
        ]
    if "row_step" in values:
        step = values["row_step"]
        return [(0, padding["top"] + at * step, whole, step) for at in range(len(data))]
    if "years" in values:
        first, last = values["years"]
        middles = [padding["left"] + (datum["year"] - first) / (last - first) * values["width"] for datum in data]
        edges = [0, *((one + other) / 2 for one, other in pairwise(middles)), whole]
        return [(left, 0, right - left, height) for left, right in pairwise(edges)]
    wide = values["width"] / max(1, len(data))
    return [(at * wide, 0, wide, height) for at in range(len(data))]


def _rectangle(first: int, last: int, x: float, y: float, width: float, height: float) -> Element:
    place = {"x": x, "y": y, "width": width, "height": height}
    attributes = {name: shortest(value) for name, value in place.items()}
    named = {"class": "chart-hit", "data-from": str(first), "data-to": str(last)}
    return Element("rect", {**attributes, **named, "fill": "none", "pointer-events": "all"})
