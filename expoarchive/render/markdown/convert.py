"""Markdown to a safe tree by Python-Markdown, set up for Chinese and other languages."""

import html
import re
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify_unicode, strip_tags, unique
from markdown.inlinepatterns import DelimiterProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import STX, AtomicString

from expoarchive.records.prose.mask import COVER, WIDE
from expoarchive.render.markdown.clean import HEADINGS, clean, is_harmless
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
                self.parser.parseChunk(Element("div"), text)


_LINE_BREAK = "  \n"
# Processors of texts, blocks, pieces of text and trees, by name, which do nothing where none of these signs is. Most
# texts have few of the signs.
_SIGNS: dict[str, tuple[str, ...]] = {
    "html_block": ("<", "&"),
    "fenced_code_block": ("```", "~~~"),
    "indent": ("    ",),
    "code": ("    ",),
    "defindent": ("    ",),
    "deflist": (":",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "table": ("|",),
    "quote": (">",),
    "footnote": ("[^",),
    "footnote-reorder": ("[^",),
    "footnote-duplicate": ("[^",),
    "empty-notes": ("[^",),
    "unused-notes": ("[^",),
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("]:",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("]:",),
    "short_reference": ("]:",),
    "short_image_ref": ("]:",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": (_LINE_BREAK,),
    "html": ("<",),
    "entity": ("&",),
    "attr_list": ("{",),
    "unescape": ("\\",),
}
_EVERY_SIGN = frozenset(sign for signs in _SIGNS.values() for sign in signs)
# A piece of text with neither these nor a line break has no markup but emphasis in asterisks.
_MARKUP = ("\\", "`", "[", "<", "&", "_", _LINE_BREAK)
# Emphasis that can be read in one way only, if no asterisk is left beside it.
_PLAIN_EMPHASIS = re.compile(r"(\*{1,2})(?=[^*\s])([^*]*(?<!\s))\1(?!\*)")


def convert(text: str) -> Element:
    """The sanitized tree of one text. Its texts are HTML, in which only signs of no entity are yet to be escaped.

    Only a tree that may hold more than Python-Markdown's own elements is written and read by the sanitizer.
    """
    text = _NO_ENTITY.sub(f"&{COVER}#", text.replace("\ue003", "\ufffd"))
    converter = _converter()
    try:
        root = converter.reset().tree(text)
        if converter.is_plain(root) and is_harmless(root):
            return root
        return clean(converter.html(root).replace(COVER, ""))
    except Exception:
        # Its parser may be left in the middle of that text.
        _converter.cache_clear()
        raise


@cache
def _converter() -> "_Converter":
    """A converter, which is used again: making one takes as long as converting a short text."""
    extensions = [
        TableExtension(use_align_attribute=True),
        _Footnotes(
            SEPARATOR=SEPARATOR,
            USE_DEFINITION_ORDER=False,
            BACKLINK_TITLE="",
            # A character that no text contains, so that notes are always at the end.
            PLACE_MARKER="\ue003",
        ),
        AttrListExtension(),
        DefListExtension(),
        FencedCodeExtension(),
        SaneListExtension(),
        _ArchiveExtension(),
    ]
    return _Converter(extensions=extensions, output_format="html")


class _Converter(Markdown):
    """Python-Markdown's, which stops at the tree, and tries on a text only what the text has signs of."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # It looks through a list, and is asked about each element of each text, more than once.
        self.is_block_level = lru_cache(maxsize=256)(self.is_block_level)  # type: ignore[method-assign]
        self._inline: Any = self.treeprocessors["inline"]
        self._whitespace, *self._every_preprocessor = _with_signs(self.preprocessors)
        # Each processor with a sign that it needs; one with several is there with each of them.
        self._tried: list[tuple[str, Any]] = []
        self.parser.parseBlocks = self._parse_blocks  # type: ignore[method-assign]
        self._every_block = _with_signs(self.parser.blockprocessors)
        self._every_pattern = _with_signs(self.inlinePatterns)
        self._every_treeprocessor = _with_signs(self.treeprocessors)

    def tree(self, text: str) -> Element:
        """The tree of a text, with marks where Python-Markdown puts HTML as it is."""
        lines = self._whitespace[0].run(text.split("\n"))
        found = _signs_in(lines)
        for preprocessor in _usable(self._every_preprocessor, found):
            lines = preprocessor.run(lines)
            # Where it takes something out, the rest may lose a sign, or gain one.
            found = _signs_in(lines)
        self._tried = [
            (sign, processor)
            for processor, signs in self._every_block
            for sign in signs or ("",)
            if not sign or sign in found
        ]
        self._inline.inlinePatterns = _usable(self._every_pattern, found)
        root = self.parser.parseDocument(lines).getroot()
        assert root is not None
        for processor in _usable(self._every_treeprocessor, found):
            new = processor.run(root)
            root = root if new is None else new
        root.tail = None
        for element in root.iter():
            if len(attributes := element.items()) > 1:
                # In the order in which it writes them.
                element.attrib = dict(sorted(attributes))
        return root

    def _parse_blocks(self, parent: Element, blocks: list[str]) -> None:
        """Python-Markdown's, which tries on a block only what the block has signs of."""
        while blocks:
            for sign, processor in self._tried:
                if sign not in blocks[0] or not processor.test(parent, blocks[0]):
                    continue
                # False from one that has left the blocks to the others.
                if processor.run(parent, blocks) is not False:
                    break

    def is_plain(self, root: Element) -> bool:
        """Whether a tree has none of these marks."""
        text = "".join(root.itertext())
        return not self.htmlStash.html_counter and STX not in text and COVER not in text

    def html(self, root: Element) -> str:
        """The HTML of a tree, which is not safe yet."""
        text = self.serializer(root).removeprefix(f"<{self.doc_tag}>").removesuffix(f"</{self.doc_tag}>").strip()
        for postprocessor in self.postprocessors:
            text = postprocessor.run(text)
        return text.strip()


def _with_signs(registry: Any) -> list[tuple[Any, tuple[str, ...]]]:
    """The processors of a registry in order, each with its signs; without any, it may do something to every text."""
    signs = {registry[name]: signs for name, signs in _SIGNS.items() if name in registry}
    return [(processor, signs.get(processor, ())) for processor in registry]


def _signs_in(lines: Iterable[str]) -> Set[str]:
    text = "\n".join(lines)
    return {sign for sign in _EVERY_SIGN if sign in text}


def _usable(processors: Iterable[tuple[Any, tuple[str, ...]]], found: Set[str]) -> Any:
    """Those that can do something to a text in which these signs are found."""
    return [processor for processor, signs in processors if not signs or not found.isdisjoint(signs)]


def _slug(text: str) -> str:
    """An id for a heading, even if it has neither letters nor digits."""
    return str(slugify_unicode(without_tokens(text), "-")) or _NAMELESS


class _ArchiveExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # Soft breaks before inline patterns (20); empty notes after them, but before the notes are sorted (19).
        emphasis = _Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        md.treeprocessors.register(_SoftBreaks(md), "soft-breaks", 30)
        md.treeprocessors.register(_Inline(md), "inline", 20)
        md.treeprocessors.register(_EmptyNotes(md), "empty-notes", 19.5)
        md.treeprocessors.register(_UnusedNotes(md), "unused-notes", 18.5)
        md.treeprocessors.register(_HeadingIds(md), "heading-ids", 5)


class _Inline(InlineProcessor):
    """Python-Markdown's, for all but texts of letters and plain emphasis."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        plain: list[tuple[Element, list[str]]] = []
        is_plain = True
        for element in tree.iter():
            text = element.text
            if text and not isinstance(text, AtomicString):
                pieces = _pieces(text)
                if pieces:
                    plain.append((element, pieces))
                    element.text = None
                else:
                    is_plain = False
            is_plain = is_plain and not element.tail
        if not is_plain:
            super().run(tree, ancestors)
        for element, pieces in plain:
            element.text = pieces[0]
            for at in range(1, len(pieces), 3):
                emphasized = Element("strong" if pieces[at] == "**" else "em")
                emphasized.text, emphasized.tail = pieces[at + 1], pieces[at + 2]
                element.insert(at // 3, emphasized)
        return tree


def _pieces(text: str) -> list[str]:
    """A text of letters and plain emphasis: some letters, then the sign, the words and what follows of each emphasis.

    Of any other text, nothing.
    """
    # A pattern of all would take five times as long.
    for sign in _MARKUP:
        if sign in text:
            return []
    pieces = _PLAIN_EMPHASIS.split(text) if "*" in text else [text]
    return [] if any("*" in piece for piece in pieces[::3]) else pieces


class _HeadingIds(Treeprocessor):
    """Gives headings without an id one of their words, as Python-Markdown's table of contents does."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in HEADINGS]
        if any(heading.get("id", "") is None for heading in headings):
            raise ValueError("an id without a value")
        nameless = [heading for heading in headings if "id" not in heading.attrib]
        if not nameless:
            return
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        for heading in nameless:
            name = strip_tags(render_inner_html(remove_fnrefs(heading), self.md))
            heading.set("id", unique(_slug(html.unescape(name)), used, counters))


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

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text and "\n" in text and not isinstance(text, AtomicString) and element.tag not in ("pre", "code"):
                    setattr(element, name, _SOFT_BREAK.sub("", text))


class _EmptyNotes(Treeprocessor):
    """Gives a note without text its link back, which Python-Markdown needs to sort the notes."""

    def run(self, root: Element) -> None:
        for notes in root.iterfind("./div[@class='footnote']/ol"):
            for note in notes:
                if note.find(".//a[@class='footnote-backref']") is None:
                    label = note.get("id", "").partition(SEPARATOR)[2]
                    link = {"class": "footnote-backref", "href": f"#fnref{SEPARATOR}{label}"}
                    SubElement(SubElement(note, "p"), "a", link).text = "\u21a9"


class _UnusedNotes(Treeprocessor):
    """Takes the link back from a note that nothing refers to: it would lead nowhere."""

    def run(self, root: Element) -> None:
        references = {f"#{element.get('id')}" for element in root.iter("sup")}
        for parent in root.iterfind("./div[@class='footnote']//*[a]"):
            for link in parent.findall("./a[@class='footnote-backref']"):
                if link.get("href") not in references:
                    parent.remove(link)
