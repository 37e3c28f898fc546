"""Markdown to HTML by Python-Markdown, set up for Chinese and other languages. The HTML is not safe yet."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import DelimiterProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from expoarchive.records.prose.mask import COVER, WIDE
from expoarchive.render.markdown.tokens import CLOSE, OPEN, without_tokens

SEPARATOR = "-"
_NAMELESS = "section"
# Punctuation that Chinese shares with other scripts. Next to a Chinese character, it is Chinese.
_SHARED = "\u2018\u2019\u201c\u201d\u2026\u2014"
# A line break between Chinese characters is not a space, whatever markup is between them; nor is one before a note.
_SOFT_BREAK = re.compile(
    rf"(?<=[{WIDE}])\n[ ]*(?=[*_\[(<]*[{WIDE}{_SHARED}]|\[\^|{OPEN})"
    rf"|(?<=[{_SHARED}{CLOSE}\])*_])\n[ ]*(?=[*_\[(<]*[{WIDE}])"
)


# These two characters begin no entity, as in R&#D, and make html.parser ignore all tags after them.
_NO_ENTITY = re.compile(r"&#(?![0-9]|[xX][0-9a-fA-F])")


class _Footnotes(FootnoteExtension):
    """Finds notes that are defined within other notes too, which Python-Markdown fails on."""

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 (theirs)
        if self.footnotes.get(id) != text:
            super().setFootnote(id, text)
            if "]:" in text:
                self.parser.parseChunk(ElementTree.Element("div"), text)


# Extensions by a string that any use of them contains. Most texts need few.
_EXTENSIONS: dict[str, Callable[[], Extension]] = {
    "|": lambda: TableExtension(use_align_attribute=True),
    "[^": lambda: _Footnotes(
        SEPARATOR=SEPARATOR,
        USE_DEFINITION_ORDER=False,
        BACKLINK_TITLE="",
        # A character that no text contains, so that notes are always at the end.
        PLACE_MARKER="\ue003",
    ),
    "{": AttrListExtension,
    ":": DefListExtension,
    "```": FencedCodeExtension,
    "~~~": FencedCodeExtension,
}
# The same for Python-Markdown's own patterns, which it would try on every piece of text. A reference needs a definition
# of its address.
_PATTERNS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "]:",
    "link": "[",
    "image_link": "![",
    "image_reference": "]:",
    "short_reference": "]:",
    "short_image_ref": "]:",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
}


def convert(text: str) -> str:
    """HTML of one text, by a converter of its own so that no text affects the next.

    Extensions and patterns that the text cannot use are left out, which saves a third of the time.
    """
    text = _NO_ENTITY.sub(f"&{COVER}#", text.replace("\ue003", "\ufffd"))
    wanted = dict.fromkeys(extension for sign, extension in _EXTENSIONS.items() if sign in text)
    markdown = Markdown(
        extensions=[
            *(extension() for extension in wanted),
            TocExtension(marker="", slugify=_slug),
            SaneListExtension(),
            _ArchiveExtension(),
        ],
        output_format="html",
    )
    for name, sign in _PATTERNS.items():
        if sign not in text:
            markdown.inlinePatterns.deregister(name)
    if "<" not in text and "&" not in text:
        markdown.preprocessors.deregister("html_block")
    return markdown.convert(text).replace(COVER, "")


def _slug(text: str, separator: str) -> str:
    """An id for a heading, even if it has neither letters nor digits."""
    return str(slugify_unicode(without_tokens(text), separator)) or _NAMELESS


class _ArchiveExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # Soft breaks before inline patterns (20); empty notes after them, but before the notes are sorted (19).
        emphasis = _Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        md.treeprocessors.register(_SoftBreaks(md), "soft-breaks", 30)
        md.treeprocessors.register(_EmptyNotes(md), "empty-notes", 19.5)
        md.treeprocessors.register(_UnusedNotes(md), "unused-notes", 18.5)


class _Emphasis(DelimiterProcessor):
    """Python-Markdown's emphasis, except where that would lose letters: of ``*a**b*c``, the last."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        element, start, end = super().handleMatch(m, data)
        if element is not None and _unsigned("".join(element.itertext())) != _unsigned(data[start:end]):
            self.reset()
            return None, m.start(), m.end()
        return element, start, end


def _unsigned(text: str) -> str:
    return text.replace("*", "").replace("_", "")


class _SoftBreaks(Treeprocessor):
    """Joins lines of Chinese without a space."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text and "\n" in text and not isinstance(text, AtomicString) and element.tag not in ("pre", "code"):
                    setattr(element, name, _SOFT_BREAK.sub("", text))


class _EmptyNotes(Treeprocessor):
    """Gives a note without text its link back, which Python-Markdown needs to sort the notes."""

    def run(self, root: ElementTree.Element) -> None:
        for notes in root.iterfind("./div[@class='footnote']/ol"):
            for note in notes:
                if note.find(".//a[@class='footnote-backref']") is None:
                    label = note.get("id", "").partition(SEPARATOR)[2]
                    link = {"class": "footnote-backref", "href": f"#fnref{SEPARATOR}{label}"}
                    ElementTree.SubElement(ElementTree.SubElement(note, "p"), "a", link).text = "\u21a9"


class _UnusedNotes(Treeprocessor):
    """Takes the link back from a note that nothing refers to: it would lead nowhere."""

    def run(self, root: ElementTree.Element) -> None:
        references = {f"#{element.get('id')}" for element in root.iter("sup")}
        for parent in root.iterfind("./div[@class='footnote']//*[a]"):
            for link in parent.findall("./a[@class='footnote-backref']"):
                if link.get("href") not in references:
                    parent.remove(link)
