"""Charts, drawn when the site is built: SVG inside pages, and pictures to take away.

Text is measured and drawn with the one font in ``font/``, so a picture has the same bytes on every machine.
"""

from expoarchive.render.charts.board import ChartBoard
from expoarchive.render.charts.draw import draw, drawing, glyph_problems, png, variants
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
    "variants",
]
