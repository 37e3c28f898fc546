"""SVG of ``content/media/``: a document of its own when it is opened, so it holds nothing that runs, leads or fetches.

What it may have is listed: elements, attributes, and the functions of its styles. Whatever makes a browser read other
elements than are checked here has no place in it: a document type with its entities, another encoding, a style sheet
that makes elements, a namespace that browsers act on.
"""

import re
from xml.parsers import expat

from expoarchive.load.svg_weight import DEEPEST, MOST, Weight
from expoarchive.nodes import SourceText
from expoarchive.problem import Place, Problem, nearest

_SVG = "http://www.w3.org/2000/svg"
# No links: a page shows the picture alone. No script, frame or animation, and nothing of XHTML's.
_DRAWN = """
svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon image text tspan
textPath linearGradient radialGradient stop pattern clipPath mask filter feBlend feColorMatrix feComponentTransfer
feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
feTile feTurbulence
"""
# Attributes that say something of an element; nothing is drawn by them.
_NAMING = """
id class role lang version baseProfile focusable
"""
# Attributes that draw: numbers, words and colours, as a style sheet writes them.
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
# What drawing programs note for themselves: to a browser, elements and attributes of these are words without a meaning.
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
# What in styles may have one of these signs. Where one is left over it begins something else: a function or a rule that
# may fetch, or a character written by its number.
_SIGN = re.compile(r"[(@\\]")
_LISTED = re.compile(
    rf"""(?<![\w-])(?:url\(\s*(["']?)\#(?P<target>[^\s"'()\\]+)\1\s*\)|(?:{"|".join(_FUNCTIONS.split())})?\(|@media\b)""",
    re.IGNORECASE,
)
_LEFT = re.compile(r"[\w-]*[(@\\]\S*")
_LONGEST_SHOWN = 40


class _Stop(Exception):
    """What comes after need not be read."""


def svg_problems(source: SourceText) -> list[Problem]:
    """Report ``svg-syntax``, ``svg-encoding``, ``svg-doctype``, ``svg-unlisted``, ``svg-heavy``, and
    ``not-that-media`` for what is no SVG.
    """
    return _Reader(source).problems


class _Reader:
    """Reads the whole of one, and notes what it finds."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.weight = Weight()
        # The elements that are open, and the text since the last of them began: it comes in pieces, one for each line
        # and reference, which are looked at together and placed at the first.
        self.open: list[str] = []
        self.written: list[str] = []
        self.begun = source.place()
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

    def unlisted(self, found: str, near: str | None = None) -> None:
        self.problems.append(Problem("svg-unlisted", self.here(), {"found": found}, near))

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if version != "1.0":
            self.problems.append(Problem("svg-syntax", self.here(), {"reason": f"XML {version}"}))
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
            self.problems.append(Problem("svg-encoding", self.here(), {"found": encoding}))

    def doctype(self, name: str, *_: object) -> None:
        place = self.source.place_at(self.source.text.index("<!DOCTYPE"))
        self.problems.append(Problem("svg-doctype", place, {"name": name}))
        # A few entities, each made of the one before, are more text than any memory holds.
        raise _Stop

    def instruction(self, target: str, data: str) -> None:
        self.unlisted(f"<?{target}?>")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.look()
        namespace, _, local = tag.rpartition(" ")
        if not self.open and tag != f"{_SVG} svg":
            self.problems.append(Problem("not-that-media", self.here(), {"ending": ".svg"}))
            raise _Stop
        noted = namespace in _NOTES
        # An element between two pieces of a style sheet is no part of it: they are one.
        if (not noted and (namespace != _SVG or local not in ELEMENTS)) or self.open[-1:] == [f"{_SVG} style"]:
            self.unlisted(f"<{local}>", nearest(local, ELEMENTS))
        self.open.append(tag)
        self.weight.start(self.position(), local, attributes.get("id"), attributes.get("class", ""))
        for name, value in attributes.items():
            if not noted:
                self.attribute(local, name, value)

    def attribute(self, element: str, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace in _NOTES or name.startswith(("aria-", "data-")):
            return
        if name not in _ATTRIBUTES:
            self.unlisted(f"{local}=", nearest(local, _ATTRIBUTES))
        elif name in _HREFS:
            if not (_RASTER if element == "image" else _INWARD).fullmatch(value):
                self.unlisted(_short(f"{local}={value}"))
            self.weight.refers([value.removeprefix("#")])
        elif name in _STYLED:
            self.weight.refers(self.styles(value))

    def end(self, tag: str) -> None:
        self.look()
        self.open.pop()
        self.weight.end()

    def text(self, data: str) -> None:
        self.begun = self.begun if self.written else self.here()
        self.written.append(data)

    def look(self) -> None:
        """At the text that has ended here: of a style sheet it counts."""
        if self.written and self.open[-1] == f"{_SVG} style":
            sheet = "".join(self.written)
            self.styles(sheet, self.begun)
            self.weight.sheet(sheet)
        self.written.clear()

    def styles(self, text: str, begun: Place | None = None) -> list[str]:
        """The ids that styles refer to. What is not listed is noted: where they have begun, if not here."""
        if not _SIGN.search(text):
            return []
        left = _LEFT.search(_LISTED.sub(" ", text))
        if left:
            self.problems.append(Problem("svg-unlisted", begun or self.here(), {"found": _short(left.group())}))
        return [match["target"] for match in _LISTED.finditer(text) if match["target"]]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
