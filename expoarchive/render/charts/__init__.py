"""Charts, drawn when the site is built: Vega-Lite specs of templates/charts/ to SVG inside pages and to PNG.

Text is measured and drawn with the one font in ``font/``, so a picture has the same bytes on every machine.
"""

from expoarchive.render.charts.board import ChartBoard, make_board
from expoarchive.render.charts.draw import draw, drawing, glyph_problems, png, variants
from expoarchive.render.charts.font import missing_glyphs
from expoarchive.render.charts.model import NARROW, STATES, WIDE, Chart, ChartPoint, Spec, State
from expoarchive.render.charts.specs import read_spec

__all__ = [
    "NARROW",
    "STATES",
    "WIDE",
    "Chart",
    "ChartBoard",
    "ChartPoint",
    "Spec",
    "State",
    "draw",
    "drawing",
    "glyph_problems",
    "make_board",
    "missing_glyphs",
    "png",
    "read_spec",
    "variants",
]
