"""Charts, drawn by the build: as SVG inside pages, and as files to download.

Text is measured and drawn with the font in ``font/``, so a picture has the same bytes on every machine.
"""

from expoarchive.render.charts.board import ChartBoard
from expoarchive.render.charts.draw import draw, drawing, glyph_problems, png
from expoarchive.render.charts.font import missing_glyphs
from expoarchive.render.charts.model import NARROW, WIDE, Chart, ChartPoint, State

__all__ = [
    "NARROW",
    "WIDE",
    "Chart",
    "ChartBoard",
    "ChartPoint",
    "State",
    "draw",
    "drawing",
    "glyph_problems",
    "missing_glyphs",
    "png",
]
