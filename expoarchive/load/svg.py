"""SVG of ``content/media/``. Opened by itself it is a document, so nothing in it may run, link or fetch.

Elements, attributes and the functions of styles are allowed only if they are listed here. Anything that would make a
browser read other elements than the ones checked is refused: a document type with its entities, another encoding, a
style sheet that contains elements, a namespace that browsers act on.
"""

import re
from xml.parsers import expat

from expoarchive.load.svg_weight import DEEPEST, MOST, Weight
from expoarchive.nodes import SourceText
from expoarchive.problem import Place, Problem, nearest, shortened

_SVG = "http://www.w3.org/2000/svg"
# No links, as a page only shows the picture. No script, frame or animation, and nothing from XHTML.
_DRAWN = """
svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon image text tspan
textPath linearGradient radialGradient stop pattern clipPath mask filter feBlend feColorMatrix feComponentTransfer
feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
feTile feTurbulence
"""
# Attributes that describe an element and draw nothing.
_NAMING = "id class role lang version baseProfile focusable"
# Attributes that draw: numbers, words and colours, in the syntax of style sheets.
_DRAWING = """
alignment-baseline amplitude azimuth baseFrequency baseline-shift bias clip clip-path clip-rule clipPathUnits color
color-interpolation color-interpolation-filters color-rendering cx cy d diffuseConstant direction display divisor
dominant-baseline dx dy edgeMode elevation enable-background exponent fill fill-opacity fill-rule filter filterUnits
flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
fr fx fy gradientTransform gradientUnits height image-rendering in in2 intercept isolation k1 k2 k3 k4 kernelMatrix
kernelUnitLength kerning lengthAdjust letter-spacing lighting-color limitingConeAngle mask mask-type maskContentUnits
maskUnits media method mix-blend-mode mode numOctaves offset opacity operator order overflow paint-order pathLength
patternContentUnits patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha
preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry scale seed shape-rendering side slope
spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity
stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
style surfaceScale tableValues targetX targetY text-anchor text-decoration text-rendering textLength transform
transform-origin type unicode-bidi values vector-effect viewBox visibility white-space width word-spacing writing-mode
x x1 x2 xChannelSelector y y1 y2 yChannelSelector z
"""
_XML = "http://www.w3.org/XML/1998/namespace"
_HREFS = frozenset({"href", "http://www.w3.org/1999/xlink href"})
_STYLED = frozenset(_DRAWING.split())
_ATTRIBUTES = frozenset(_NAMING.split()) | _STYLED | _HREFS | {f"{_XML} space", f"{_XML} lang"}
ELEMENTS = frozenset(_DRAWN.split())
# Namespaces of what drawing programs note for themselves. Browsers ignore these elements and attributes.
_NOTES = frozenset(
    {
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://www.serif.com/",
        "http://www.bohemiancoding.com/sketch/ns",
    }
)
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*")
_INWARD = re.compile(r"#\S+")
_FUNCTIONS = """
    rgb rgba hsl hsla calc matrix translate translatex translatey scale scalex scaley rotate skewx skewy
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    not is where nth-child nth-of-type
"""
# Every use of these signs in styles must be listed. Any other may be a function or rule that fetches, or a character
# escaped by its number.
_SIGN = re.compile(r"[(@\\]")
_LISTED = re.compile(
    rf"""(?<![\w-])(?:url\(\s*(["']?)\#(?P<target>[^\s"'()\\]+)\1\s*\)|(?:{"|".join(_FUNCTIONS.split())})?\(|@media\b)""",
    re.IGNORECASE,
)
_UNLISTED = re.compile(r"[\w-]*[(@\\]\S*")
_LONGEST_EXCERPT = 40


class _Stop(Exception):
    """The rest need not be read."""


def svg_problems(source: SourceText) -> list[Problem]:
    """Report ``svg-syntax``, ``svg-encoding``, ``svg-doctype``, ``svg-unlisted``, ``svg-heavy``, and
    ``not-that-media`` for a file that is not SVG.
    """
    return _Inspector(source).problems


class _Inspector:
    """Reads a whole file and collects its problems."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.weight = Weight()
        # The open elements, and the text since the last of them began. The parser gives it in pieces, one for each line
        # and reference; they are checked together, and placed at the first.
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.text_place = source.place()
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(source.text, True)
            heavy = self.weight.fault()
            if heavy:
                details = {"most": str(MOST), "deepest": str(DEEPEST)}
                self.problems.append(Problem("svg-heavy", source.place(*heavy), details))
        except expat.ExpatError as error:
            place = source.place(error.lineno, error.offset + 1)
            self.problems.append(Problem("svg-syntax", place, {"reason": expat.ErrorString(error.code)}))
        except _Stop:
            pass

    def position(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def here(self) -> Place:
        return self.source.place(*self.position())

    def unlisted(self, name: str, near: str | None = None) -> None:
        self.problems.append(Problem("svg-unlisted", self.here(), {"found": name}, near))

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if version != "1.0":
            self.problems.append(Problem("svg-syntax", self.here(), {"reason": f"XML {version}"}))
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
            self.problems.append(Problem("svg-encoding", self.here(), {"found": encoding}))

    def doctype(self, name: str, *_: object) -> None:
        place = self.source.place_at(self.source.text.index("<!DOCTYPE"))
        self.problems.append(Problem("svg-doctype", place, {"name": name}))
        # A few entities, each made of the one before, expand to more text than fits into memory.
        raise _Stop

    def instruction(self, target: str, data: str) -> None:
        self.unlisted(f"<?{target}?>")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.flush_text()
        namespace, _, local = tag.rpartition(" ")
        if not self.open and tag != f"{_SVG} svg":
            self.problems.append(Problem("not-that-media", self.here(), {"ending": ".svg"}))
            raise _Stop
        is_note = namespace in _NOTES
        # No element may stand inside a style sheet: browsers join the text before and after it.
        if (not is_note and (namespace != _SVG or local not in ELEMENTS)) or self.open[-1:] == [f"{_SVG} style"]:
            self.unlisted(f"<{local}>", nearest(local, ELEMENTS))
        self.open.append(tag)
        self.weight.start(self.position(), local, attributes.get("id"), attributes.get("class", ""))
        for name, value in attributes.items():
            if not is_note:
                self.attribute(local, name, value)

    def attribute(self, element: str, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace in _NOTES or name.startswith(("aria-", "data-")):
            return
        if name not in _ATTRIBUTES:
            self.unlisted(f"{local}=", nearest(local, _ATTRIBUTES))
        elif name in _HREFS:
            if not (_RASTER if element == "image" else _INWARD).fullmatch(value):
                self.unlisted(shortened(f"{local}={value}", _LONGEST_EXCERPT))
            self.weight.refers([value.removeprefix("#")])
        elif name in _STYLED:
            self.weight.refers(self.styles(value))

    def end(self, tag: str) -> None:
        self.flush_text()
        self.open.pop()
        self.weight.end()

    def text(self, data: str) -> None:
        self.text_place = self.text_place if self.pieces else self.here()
        self.pieces.append(data)

    def flush_text(self) -> None:
        """Check the text that ends here, if it is a style sheet."""
        if self.pieces and self.open[-1] == f"{_SVG} style":
            sheet = "".join(self.pieces)
            self.styles(sheet, self.text_place)
            self.weight.sheet(sheet)
        self.pieces.clear()

    def styles(self, text: str, place: Place | None = None) -> list[str]:
        """The ids that styles refer to. Reports the first thing that is not listed, at ``place`` or else here."""
        if not _SIGN.search(text):
            return []
        rest = _UNLISTED.search(_LISTED.sub(" ", text))
        if rest:
            excerpt = shortened(rest.group(), _LONGEST_EXCERPT)
            self.problems.append(Problem("svg-unlisted", place or self.here(), {"found": excerpt}))
        return [match["target"] for match in _LISTED.finditer(text) if match["target"]]
