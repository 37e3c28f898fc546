"""Marks of the language of words that stand in for others, which a text carries until it becomes HTML.

They are Unicode's own: U+E0001 and a character of the tag block for each of the language's tag; U+E0001 and U+E007F end
the innermost. Nobody sees them, they may stand anywhere, and a text that is made of others keeps theirs. What scripts
show, in ``data-`` attributes and in files of their own, keeps them until it is on the page (``js/borrowed/words.js``).
"""

import re
from dataclasses import dataclass, field
from functools import cache

from babel import Locale, UnknownLocaleError

from expoarchive.nodes.fields import TAG

_BEGIN, _CANCEL, _BLOCK = "\U000e0001", "\U000e007f", 0xE0000
_MARK = re.compile(f"{_BEGIN}([\U000e0020-\U000e007f]*)")
# What in HTML is words, and what is not: comments, elements whose text can hold no others, tags.
_PIECE = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|title|textarea|option|svg)\b.*?</(?P=raw)\s*>"
    r"|</?(?P<name>[a-zA-Z][\w-]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<![^>]*>",
    re.DOTALL,
)
# Elements that may stand within a sentence.
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|br|cite|code|data|dfn|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u", re.IGNORECASE
)
# What a pattern fills in: no word of its own.
_FILLED = re.compile(r"\{[a-z_]+\}")
# An attribute that only scripts read.
_OF_SCRIPTS = re.compile(r"""(\sdata-[\w-]+="[^"]*")""")
_TAGGED = re.compile(r' lang="([A-Za-z0-9-]+)"(?! dir=)')


def marked(text: str, tag: str) -> str:
    """The text, as one in the language of a BCP 47 tag; one without letters has no language."""
    if not any(char.isalpha() for char in _FILLED.sub("", text)):
        return text
    return f"{_BEGIN}{''.join(chr(_BLOCK + ord(char)) for char in tag)}{text}{_BEGIN}{_CANCEL}"


def unmarked(text: str) -> str:
    """The text without any marks."""
    return _MARK.sub("", text) if _BEGIN in text else text


def marks_as_html(html: str) -> str:
    """A page's HTML with an element around what each pair of marks holds.

    Where none can stand, marks are taken out; attributes for scripts keep theirs.
    """
    if _BEGIN not in html:
        return html
    page, at = _Page(), 0
    for piece in _PIECE.finditer(html):
        page.words(html[at : piece.start()])
        page.tag(piece)
        at = piece.end()
    page.words(html[at:])
    page.settle()
    return "".join(page.out)


@dataclass(slots=True)
class _Mark:
    """A mark that is open: its language, where in the output it stands, and within how many elements.

    ``first`` is where the words end that it stands in.
    """

    tag: str
    at: int
    depth: int
    first: int | None = None


@dataclass(slots=True)
class _Page:
    """What is written of a page so far, with a blank where an element may yet begin or end."""

    out: list[str] = field(default_factory=list)
    open: list[_Mark] = field(default_factory=list)
    depth: int = 0

    def words(self, text: str) -> None:
        """Words between two tags."""
        at = 0
        for mark in _MARK.finditer(text) if _BEGIN in text else ():
            self.out.append(text[at : mark.start()])
            at = mark.end()
            if mark[1] != _CANCEL:
                self.open.append(_Mark("".join(chr(ord(char) - _BLOCK) for char in mark[1]), len(self.out), self.depth))
                self.out.append("")
            elif self.open:
                self._close(self.open.pop())
        self.out.append(text[at:])
        for one in self.open:
            if one.first is None:
                one.first = len(self.out)
                self.out.append("")

    def tag(self, piece: re.Match[str]) -> None:
        """A tag, or an element that holds no words of the page's."""
        name = (piece["name"] or "").lower()
        if name and not _INLINE.fullmatch(name):
            # A sentence ends with its paragraph, and so does one that was cut and has lost its last mark.
            self.settle()
        elif name and name != "br":
            self.depth += -1 if piece[0].startswith("</") else 1
            while self.open and self.depth < self.open[-1].depth:
                self._settle(self.open.pop())
        parts = _OF_SCRIPTS.split(piece[0]) if _BEGIN in piece[0] else (piece[0],)
        self.out += (part if at % 2 else unmarked(part) for at, part in enumerate(parts))

    def settle(self) -> None:
        """End whatever is open."""
        while self.open:
            self._settle(self.open.pop())
        self.depth = 0

    def _close(self, mark: _Mark) -> None:
        if mark.depth != self.depth:
            self._settle(mark)
        elif TAG.fullmatch(mark.tag):
            self.out[mark.at] = f'<bdi lang="{mark.tag}">'
            self.out.append("</bdi>")

    def _settle(self, mark: _Mark) -> None:
        """A mark without a last one in the same element holds the words that it stands in."""
        if mark.first is not None and TAG.fullmatch(mark.tag):
            self.out[mark.at], self.out[mark.first] = f'<bdi lang="{mark.tag}">', "</bdi>"


@cache
def direction(tag: str) -> str:
    """Whether the language of a BCP 47 tag is written from right to left: ``rtl``, else ``ltr``."""
    try:
        return "rtl" if Locale.parse(tag, sep="-").character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


def directed(html: str) -> str:
    """A page's HTML in which every language has its direction, if any is written from right to left."""
    if all(direction(tag) == "ltr" for tag in set(_TAGGED.findall(html))):
        return html
    return _TAGGED.sub(lambda found: f'{found[0]} dir="{direction(found[1])}"', html)
