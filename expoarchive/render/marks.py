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
# What in HTML is no words of the page's: comments, and elements whose text can hold no others.
_HELD = re.compile(r"<(?:!--.*?-->|(script|style|title|textarea|option|svg)\b.*?</\1\s*>)", re.DOTALL)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<![^>]*>")
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
    """The text, as one in the language of a BCP 47 tag; one without letters, but for marked ones, has no language."""
    if not any(char.isalpha() for char in _FILLED.sub("", _bare(text))):
        return text
    begin, end = marks_of(tag)
    return f"{begin}{text}{end}"


def marks_of(tag: str) -> tuple[str, str]:
    """The marks before and after words in the language of a tag."""
    return _BEGIN + "".join(chr(_BLOCK + ord(char)) for char in tag), _BEGIN + _CANCEL


def merged(text: str) -> str:
    """The text without marks of a language directly within others of the same."""
    if text.count(_BEGIN) < 4:
        return text
    kept: list[str] = []
    open_: list[tuple[str, bool]] = []
    at = 0
    for mark in _MARK.finditer(text):
        kept.append(text[at : mark.start()])
        at = mark.end()
        if mark[1] != _CANCEL:
            needed = not open_ or open_[-1][0] != mark[1]
            open_.append((mark[1], needed))
        else:
            needed = open_.pop()[1] if open_ else True
        kept.append(mark[0] if needed else "")
    return "".join([*kept, text[at:]])


def _bare(text: str) -> str:
    """What no mark holds of a text, which may be cut within some."""
    if _BEGIN not in text:
        return text
    bare, depth, at = [""], 0, 0
    for mark in _MARK.finditer(text):
        if not depth:
            bare.append(text[at : mark.start()])
        at = mark.end()
        if mark[1] != _CANCEL:
            depth += 1
        elif depth:
            depth -= 1
        else:
            bare.clear()
    return "".join(bare) if depth else "".join(bare) + text[at:]


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
    for held in _HELD.finditer(html):
        page.read(html[at : held.start()])
        page.without_words(held[0])
        at = held.end()
    page.read(html[at:])
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

    def read(self, html: str) -> None:
        """Words and tags. Where no mark is open, all up to the words or the tag that has the next one is passed on.

        Templates escape and prose is sanitized, so the last “<” before a mark begins the tag that is nearest to it.
        """
        at = 0
        while at < len(html):
            if not self.open:
                mark = html.find(_BEGIN, at)
                begin = max(at, html.rfind("<", at, mark)) if mark >= 0 else len(html)
                self.out.append(html[at:begin])
                at = begin
            tag = _TAG.search(html, at)
            begin, end = tag.span() if tag else (len(html), len(html))
            self.words(html[at:begin])
            if tag:
                self.tag(tag)
            at = end

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

    def tag(self, tag: re.Match[str]) -> None:
        """A tag."""
        name = (tag["name"] or "").lower()
        if name and not _INLINE.fullmatch(name):
            # A sentence ends with its paragraph, and so does one that was cut and has lost its last mark.
            self.settle()
        elif name and name != "br":
            self.depth += -1 if tag[0].startswith("</") else 1
            while self.open and self.depth < self.open[-1].depth:
                self._settle(self.open.pop())
        self.without_words(tag[0])

    def without_words(self, html: str) -> None:
        """A tag, a comment, or an element that holds no words of the page's."""
        parts = _OF_SCRIPTS.split(html) if _BEGIN in html else (html,)
        self.out += (part if at % 2 else unmarked(part) for at, part in enumerate(parts))

    def settle(self) -> None:
        """End whatever is open."""
        while self.open:
            self._settle(self.open.pop())
        self.depth = 0

    def _close(self, mark: _Mark) -> None:
        if mark.depth != self.depth:
            self._settle(mark)
        elif TAG.fullmatch(mark.tag) and not (self.open and self.open[-1].tag == mark.tag):
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
