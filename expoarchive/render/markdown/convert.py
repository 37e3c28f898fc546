"""Markdown to HTML by Python-Markdown, set for an archive of several languages. The HTML is not safe yet."""

import re
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
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from expoarchive.records.prose.mask import WIDE
from expoarchive.render.markdown.tokens import CLOSE, OPEN, without_tokens

SEPARATOR = "-"
_NAMELESS = "section"
# Signs that Chinese shares with other scripts: beside a Chinese character they are Chinese.
_SHARED = "\u2018\u2019\u201c\u201d\u2026\u2014"
# A line's end between Chinese characters is no space, whatever markup is between; nor is one before a note.
_SOFT_BREAK = re.compile(
    rf"(?<=[{WIDE}])\n[ ]*(?=[*_\[(<]*[{WIDE}{_SHARED}]|\[\^|{OPEN})"
    rf"|(?<=[{_SHARED}{CLOSE}\])*_])\n[ ]*(?=[*_\[(<]*[{WIDE}])"
)


def convert(text: str) -> str:
    """HTML of one text. Made anew each time, so that no result depends on what was converted before."""
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(
                SEPARATOR=SEPARATOR,
                USE_DEFINITION_ORDER=False,
                BACKLINK_TITLE="",
                # Notes stand at the end; no text an editor types moves them.
                PLACE_MARKER="\ue003",
            ),
            AttrListExtension(),
            TocExtension(marker="", slugify=_slug),
            DefListExtension(),
            FencedCodeExtension(),
            SaneListExtension(),
            _ArchiveExtension(),
        ],
        output_format="html",
    ).convert(text.replace("\ue003", "\ufffd"))


def _slug(text: str, separator: str) -> str:
    """An id for a heading without one. A heading of nothing but signs has one too."""
    return str(slugify_unicode(without_tokens(text), separator)) or _NAMELESS


class _ArchiveExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # Before inline patterns (20); notes without text after them, before the notes are put in order (19).
        md.treeprocessors.register(_SoftBreaks(md), "soft-breaks", 30)
        md.treeprocessors.register(_EmptyNotes(md), "empty-notes", 19.5)


class _SoftBreaks(Treeprocessor):
    """Joins lines of Chinese without a space."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text and not isinstance(text, AtomicString) and element.tag not in ("pre", "code"):
                    setattr(element, name, _SOFT_BREAK.sub("", text))


class _EmptyNotes(Treeprocessor):
    """Gives a note without text its way back, which Python-Markdown relies on when it orders the notes."""

    def run(self, root: ElementTree.Element) -> None:
        for notes in root.iterfind("./div[@class='footnote']/ol"):
            for note in notes:
                if note.find(".//a[@class='footnote-backref']") is None:
                    label = note.get("id", "").partition(SEPARATOR)[2]
                    way_back = {"class": "footnote-backref", "href": f"#fnref{SEPARATOR}{label}"}
                    ElementTree.SubElement(ElementTree.SubElement(note, "p"), "a", way_back).text = "\u21a9"
