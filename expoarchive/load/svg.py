"""SVG of ``content/media/``: a document of its own when it is opened, so nothing in it may run, change or fetch.

Also not for a browser that reads it otherwise than we do: in another encoding, by a style sheet that makes other
elements of it, or as a page that only has the ending of a picture.
"""

import re
from xml.parsers import expat

from expoarchive.nodes import SourceText
from expoarchive.problem import Place, Problem

_SVG = "http://www.w3.org/2000/svg svg"
_HTML = "http://www.w3.org/1999/xhtml "
_BASE = "http://www.w3.org/XML/1998/namespace base"
# These elements and addresses bring in what is not drawn in it.
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "embed", "object", "handler", "set", "animate"})
_ADDRESS = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_FETCHING = re.compile(r"@import|(?:image-set|src)\(|url\(\s*['\"]?(?!['\"#]|data:image/)", re.IGNORECASE)
# A browser leaves these out of an address before it looks for the scheme.
_LEFT_OUT = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINKED = ("http", "https", "mailto", "tel")
# As style sheets write a character by its number, or any sign as itself.
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")


class _Stop(Exception):
    """What comes after need not be read."""


def svg_problems(source: SourceText) -> list[Problem]:
    """Report ``svg-syntax``, ``svg-encoding``, ``svg-active``, and ``not-that-media`` for what is no SVG."""
    return _Reader(source).problems


class _Reader:
    """Reads the whole of one, and notes what it finds."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        # The elements that are open, and the text since the last of them began: it comes in pieces, one for each line
        # and reference, which are looked at together and placed at the first.
        self.open: list[str] = []
        self.written: list[str] = []
        self.begun = source.place()
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self.declaration
        parser.ProcessingInstructionHandler = self.instruction
        parser.EntityDeclHandler = self.entity
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(source.text, True)
        except expat.ExpatError as error:
            place = source.place(error.lineno, error.offset + 1)
            self.problems.append(Problem("svg-syntax", place, {"reason": expat.ErrorString(error.code)}))
        except _Stop:
            pass

    def here(self) -> Place:
        return self.source.place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def active(self, found: str) -> None:
        self.problems.append(Problem("svg-active", self.here(), {"found": found}))

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
            self.problems.append(Problem("svg-encoding", self.here(), {"found": encoding}))

    def instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self.active(f"<?{target}?>")

    def entity(self, name: str, *_: object) -> None:
        self.active(f"<!ENTITY {name}>")
        # A few of them, each made of the one before, are more text than any memory holds.
        raise _Stop

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.look()
        local = tag.rpartition(" ")[2]
        if not self.open and tag != _SVG:
            self.problems.append(Problem("not-that-media", self.here(), {"ending": ".svg"}))
        # An element between two pieces of a style sheet is no part of it: they are one.
        if local in _ACTIVE or tag.startswith(_HTML) or self.open[-1:] == ["style"]:
            self.active(f"<{local}>")
        self.open.append(local)
        for attribute, value in attributes.items():
            short = attribute.rpartition(" ")[2]
            fetches = short in ("href", "src") and not (_leads(value) if local == "a" else _ADDRESS.match(value))
            if short.lower().startswith("on") or fetches or attribute == _BASE or _fetching(value):
                self.active(f"{short}=")

    def end(self, tag: str) -> None:
        self.look()
        self.open.pop()

    def text(self, data: str) -> None:
        self.begun = self.begun if self.written else self.here()
        self.written.append(data)

    def look(self) -> None:
        """At the text that has ended here."""
        if _fetching("".join(self.written)):
            self.problems.append(Problem("svg-active", self.begun, {"found": "url()"}))
        self.written.clear()


def _leads(address: str) -> bool:
    """Whether a link leads to a page, an address or a number, or stays here."""
    scheme = _SCHEME.match(address.translate(_LEFT_OUT))
    return scheme is None or scheme[1].lower() in _LINKED


def _fetching(styles: str) -> bool:
    if "\\" in styles:
        styles = _ESCAPE.sub(lambda found: found[2] or chr(min(int(found[1], 16), 0x10FFFF)), styles)
    return _FETCHING.search(styles) is not None
