"""How charts look, as the theme says and a site may say otherwise: colours, sizes, and a look for each state.

In pages colours are custom properties, so that they can be dark, with those of downloaded pictures as fallbacks.
"""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import PlainValidator

from expoarchive.config.model import Colour
from expoarchive.nodes import Model, Node, parse_yaml, read_model
from expoarchive.nodes.fields import Listed, Whole, fault, number_of
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Problem
from expoarchive.render.charts.model import RankState, State
from expoarchive.render.charts.svg import Element, shortest
from expoarchive.render.palette import Palette
from expoarchive.render.theme import Theme

STYLE = "partials/chart/drawing.yaml"
Ink = Literal["ink", "muted", "mark", "cell", "grid", "background"]
_FALLBACK = re.compile(r"var\(--[a-z-]+, (#[0-9a-fA-F]{6})\)")
_HATCH = "hatch"


def _within(least: int, most: int) -> PlainValidator:
    def read(value: Any) -> float:
        number = number_of(value if isinstance(value, str) else "")
        if not least <= number <= most:
            raise fault("number-outside", least=least, most=most)
        return float(number)

    return PlainValidator(read)


# In pixels. Within these bounds the words of a picture still find their places.
Size = Annotated[float, _within(8, 24)]
Width = Annotated[float, _within(0, 8)]


class Look(Model):
    """How one state is drawn. ``dash`` is empty for an unbroken line."""

    fill: Literal[Ink, "hatch", "none"]
    stroke: Literal[Ink, "none"]
    dash: Listed[Whole] = ()
    shape: Literal["circle", "square", "diamond", "triangle"] = "square"


class Colours(Model):
    """In pictures to download; in pages each is the custom property of its name: ``--chart-ink``."""

    ink: Colour
    muted: Colour
    mark: Colour
    cell: Colour
    grid: Colour
    background: Colour


class Sizes(Model):
    """Of text, by which room for it is found. ``small`` is that of charts among many."""

    title: Size
    unit: Size
    note: Size
    plot: Size
    small: Size


class Widths(Model):
    """Of lines: around areas, around points, and from point to point."""

    area: Width
    point: Width
    joined: Width


class ChartStyle(Model):
    """``partials/chart/drawing.yaml``."""

    colours: Colours
    text: Sizes
    lines: Widths
    columns: dict[State, Look]
    points: dict[State, Look]
    ranks: dict[RankState, Look]


def read_style(theme: Theme, palette: Palette) -> tuple[ChartStyle | None, list[Problem]]:
    """The theme's style, with what the site's own file says in its place, key by key.

    Colours that it does not say are those of pages, where these are the site's own.
    """
    merged: Node | None = None
    usual: Node | None = None
    problems: list[Problem] = []
    for layer in theme.each(STYLE):
        source, faults = layer.text(STYLE)
        usual, unread = parse_yaml(source) if source else (None, [])
        problems += [*faults, *unread]
        merged = _laid(merged, usual) if merged and usual else merged or usual
    if problems:
        return None, problems
    style, problems = read_model(merged, ChartStyle, theme.shown(STYLE))
    standard, _ = read_model(usual, ChartStyle, theme.shown(STYLE))
    if style and standard and palette.own_light:
        said = (name for name, colour in style.colours if colour == getattr(standard.colours, name))
        colours = style.colours.model_copy(update={name: palette.light[f"chart-{name}"] for name in said})
        style = style.model_copy(update={"colours": colours})
    return style, problems


def _laid(over: Node, under: Node) -> Node:
    """A mapping with the entries of another that it lacks; anything else as it is."""
    if not isinstance(over, MappingNode) or not isinstance(under, MappingNode):
        return over
    entries = {key.text: (key, value) for key, value in under.entries}
    for key, value in over.entries:
        beneath = entries.get(key.text)
        entries[key.text] = (key, _laid(value, beneath[1]) if beneath else value)
    return replace(over, entries=tuple(entries.values()))


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in a style. Ids of its picture begin with ``prefix``."""

    style: ChartStyle
    prefix: str

    def colour(self, ink: str) -> str:
        """A colour, hatching, or none, as the value of an attribute."""
        if ink == _HATCH:
            return f"url(#{self._hatch})"
        return f"var(--chart-{ink}, {getattr(self.style.colours, ink)})" if ink != "none" else ink

    @property
    def _hatch(self) -> str:
        return f"{self.prefix}-{_HATCH}"

    def area(self, look: Look, x: float, y: float, width: float, height: float, line: float) -> Element:
        """The look as an area."""
        place = {"x": x, "y": y, "width": width, "height": height}
        return Element("rect", {**{name: shortest(value) for name, value in place.items()}, **self._paint(look, line)})

    def symbol(self, look: Look, x: float, y: float, size: float, line: float) -> Element:
        """The look as a symbol centred on ``x``, ``y``."""
        half, paint = size / 2, self._paint(look, line)
        if look.shape == "circle":
            return Element("circle", {"cx": shortest(x), "cy": shortest(y), "r": shortest(half - 1), **paint})
        corners = {
            "square": [(-half, -half), (half, -half), (half, half), (-half, half)],
            "diamond": [(0, -half - 1), (half + 1, 0), (0, half + 1), (-half - 1, 0)],
            "triangle": [(0, -half), (half, half - 1), (-half, half - 1)],
        }[look.shape]
        points = "L".join(f"{shortest(x + dx)},{shortest(y + dy)}" for dx, dy in corners)
        return Element("path", {"d": f"M{points}Z", **paint})

    def _paint(self, look: Look, line: float) -> dict[str, str]:
        paint = {
            "fill": self.colour(look.fill),
            "stroke": self.colour(look.stroke),
            "stroke-width": shortest(line),
        }
        dashes = ",".join(str(length) for length in look.dash)
        return {**paint, "stroke-dasharray": dashes} if dashes else paint

    def patterns(self, drawn: str) -> tuple[Element, ...]:
        """The definition of the hatching, where ``drawn`` refers to it."""
        if self.colour(_HATCH) not in drawn:
            return ()
        frame = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
        ground = Element("rect", {"width": "5", "height": "5", "fill": self.colour("background")})
        stripe = Element("rect", {"width": "2.2", "height": "5", "fill": self.colour("mark")})
        given = {"id": self._hatch, "width": "5", "height": "5", **frame}
        return (Element("defs", children=(Element("pattern", given, (ground, stripe)),)),)


def light(svg: str) -> str:
    """The picture with the colours of files in place of custom properties."""
    return _FALLBACK.sub(r"\1", svg)
