"""Charts, drawn by the build: as SVG inside pages, and as files to download.

Text is measured and drawn with the font in ``font/``, so a picture has the same bytes on every machine.
"""

from expoarchive.render.charts.board import ChartBoard
from expoarchive.render.charts.draw import draw, drawing, png, small, undrawable
from expoarchive.render.charts.font import missing_glyphs
from expoarchive.render.charts.model import (
    NARROW,
    SMALL,
    WIDE,
    Chart,
    ChartPoint,
    Flow,
    FlowStep,
    RankMark,
    Ranks,
    RankState,
    Series,
    State,
)
from expoarchive.render.charts.style import ChartStyle, read_style

__all__ = [
    "NARROW",
    "SMALL",
    "WIDE",
    "Chart",
    "ChartBoard",
    "ChartPoint",
    "ChartStyle",
    "Flow",
    "FlowStep",
    "RankMark",
    "RankState",
    "Ranks",
    "Series",
    "State",
    "draw",
    "drawing",
    "missing_glyphs",
    "png",
    "read_style",
    "small",
    "undrawable",
]
