"""What became of a whole, as a flow: each step as tall as its part of the whole, each chain below the last."""

from collections.abc import Sequence
from itertools import pairwise

from expoarchive.render.charts.canvas import GAP, Box, Canvas
from expoarchive.render.charts.font import room, wrap
from expoarchive.render.charts.model import Flow, FlowStep
from expoarchive.render.charts.svg import Element, shortest

# How tall a whole is, how wide the bar of a step, and the largest share of its column for words.
_TALL, _NARROW_TALL = 120, 96
_BAR = 14
_BETWEEN = 28


def plot_flow(canvas: Canvas, flow: Flow) -> None:
    """Chains from left to right, their steps in the same columns; what does not reach the next step ends on the way."""
    columns = max(map(len, flow.chains), default=1)
    column = canvas.width / columns
    for chain in flow.chains:
        words = [
            [*wrap(step.label, canvas.text_size, column - 2 * GAP), *_value(canvas, step, column - 2 * GAP)]
            for step in chain
        ]
        head = max(map(len, words)) * canvas.line_height + GAP
        top = canvas.height + head
        for at, (step, lines) in enumerate(zip(chain, words, strict=True)):
            x = at * column
            canvas.text(x, top - GAP - len(lines) * canvas.line_height / 2, lines, "ink", "start")
            canvas.box(
                canvas.style.columns[step.state], Box(x, top, x + _BAR, top + _length(canvas, chain, step)), step.year
            )
            canvas.hit(Box(x, canvas.height, x + column, top + _tall(canvas)))
        for at, (one, other) in enumerate(pairwise(chain)):
            start, end = at * column + _BAR, (at + 1) * column
            whole, part = _length(canvas, chain, one), _length(canvas, chain, other)
            _ribbon(canvas, (start, end), (top, part))
            _ending(canvas, (start, end), (top + part, whole - part))
        canvas.height = top + _tall(canvas) + _BETWEEN
    canvas.height = max(canvas.height - _BETWEEN, 0)
    present = {step.state for chain in flow.chains for step in chain}
    if present & {"derived", "weak"}:
        canvas.key = [
            (canvas.style.columns[state], label) for state, label in canvas.chart.state_labels if state in present
        ]


def _value(canvas: Canvas, step: FlowStep, width: float) -> list[str]:
    """The value with its share of the whole, on a line of its own where both have no room on one."""
    text = f"{step.shown} \N{MIDDLE DOT} {step.share}"
    if step.share and room(text, canvas.text_size) <= width:
        return [text]
    return [line for part in (step.shown, step.share) for line in wrap(part, canvas.text_size, width)]


def _tall(canvas: Canvas) -> int:
    return _NARROW_TALL if canvas.chart.narrow else _TALL


def _length(canvas: Canvas, chain: Sequence[FlowStep], step: FlowStep) -> float:
    return _tall(canvas) * float(step.value / chain[0].value)


def _ribbon(canvas: Canvas, ends: tuple[float, float], down: tuple[float, float]) -> None:
    """What goes on from one step to the next."""
    (start, end), (top, tall) = ends, down
    path = f"M{shortest(start)},{shortest(top)}H{shortest(end)}v{shortest(tall)}H{shortest(start)}Z"
    canvas.parts.append(Element("path", {"d": path, "fill": canvas.pen.colour("cell")}))


def _ending(canvas: Canvas, ends: tuple[float, float], down: tuple[float, float]) -> None:
    """What does not: it bends down and narrows, and ends before the next step."""
    (start, end), (top, tall) = ends, down
    if tall < 0.5:
        return
    x, far = start + (end - start) * 0.45, top + tall
    curve = f"C{shortest(x)},{shortest(top)} {shortest(x)},{shortest(far)} {shortest(x)},{shortest(far)}"
    path = f"M{shortest(start)},{shortest(top)}{curve}H{shortest(start)}Z"
    canvas.parts.append(
        Element("path", {"d": path, "fill": "none", "stroke": canvas.pen.colour("muted"), "stroke-dasharray": "2,3"})
    )
