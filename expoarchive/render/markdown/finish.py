"""Writes a sanitized tree for the page: with its references, addresses and ids resolved, and its tables framed."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown.serializers import RE_AMP

from expoarchive.records.prose import Mention, Reference
from expoarchive.render.markdown.clean import HEADINGS, VOID
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import OPEN, TOKEN, Tokens

_EXTERNAL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALIGNED = ("left", "center", "right")
_NOTE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# A paragraph of mentions alone.
_MENTIONS = re.compile(rf"(?:\s*{TOKEN.pattern}(?:<br>)?)+\s*")
_FIRST_OF_TOKEN = (OPEN, "%")
# Text without these is written as it is.
_SPECIAL = re.compile(rf"[&<>\xa0%{OPEN}]")
# Elements that neither change what is in them nor are told of.
_NEUTRAL = frozenset({"b", "blockquote", "dd", "dl", "dt", "em", "i", "ol", "strong", "tbody", "td", "tr", "ul"})

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading: its ``id`` as in the HTML, its ``text`` without markup and notes."""

    level: int
    id: str
    text: str


def finish(tree: Element, tokens: Tokens, resolver: Resolver, prefix: str) -> tuple[str, tuple[TocEntry, ...]]:
    """Finished HTML, and its headings. ``tree`` is sanitized, and its texts are escaped as far as they must be."""
    own_ids = frozenset(_as_id(element.attrib["id"]) for element in tree.iter() if "id" in element.attrib)
    finisher = _Finisher(tokens, resolver, prefix, own_ids)
    finisher.write(tree)
    return "".join(finisher.parts).strip(), tuple(finisher.headings)


def _as_id(text: str) -> str:
    """The text without white space, which a footnote's label may contain but an id may not."""
    return "-".join(text.split())


class _Finisher:
    """Writes the elements of a tree as they should be in the page."""

    def __init__(self, tokens: Tokens, resolver: Resolver, prefix: str, own_ids: frozenset[str]) -> None:
        self.tokens = tokens
        self.resolver = resolver
        self.prefix = prefix
        self.own_ids = own_ids
        self.parts: list[str] = []
        self.headings: list[TocEntry] = []
        # How many of each are open here, of those that matter for what is in them.
        self.open = dict.fromkeys(("a", "code", "li", "p", "pre", "table", "thead"), 0)
        # A table's name is its caption, a paragraph of class "caption" right before it, or the heading above it.
        self.heading = ""
        self.caption = ""
        self.names: Counter[str] = Counter()
        self.frame = 0  # the index of the part that will open the current table's frame
        self.captioning = False
        self.begun = 0  # the index of the part that begins the last heading, caption or paragraph
        self.heading_id = ""
        self.in_notes = False
        self.note = 0

    def write(self, tree: Element) -> None:
        """Write all that is in ``tree``."""
        self._text(tree.text)
        # However deep a tree is, it must not end the build. An element comes up twice, the second time as its own end.
        todo = [*reversed(tree)]
        opened: list[Element] = []
        while todo:
            element = todo.pop()
            if opened and element is opened[-1]:
                opened.pop()
                self._end(element.tag)
            elif not self._pictures(element):
                self._start(element)
                if element.text:
                    self._text(element.text)
                if len(element):
                    opened.append(element)
                    todo.append(element)
                    todo += reversed(element)
                    continue
                self._end(element.tag)
            if element.tail:
                self._text(element.tail)

    def _pictures(self, paragraph: Element) -> bool:
        """Writes the pictures of a paragraph that has nothing else; False if this is no such paragraph."""
        if paragraph.tag != "p" or paragraph.attrib or any(child.tag != "br" for child in paragraph):
            return False
        # Most paragraphs begin with a word.
        if (paragraph.text or "").lstrip()[:1] not in _FIRST_OF_TOKEN:
            return False
        references = self._references("<br>".join([paragraph.text or "", *(line.tail or "" for line in paragraph)]))
        if not references or any(one.sort != "picture" or one.text is not None for one in references):
            return False
        self._forget_caption()
        self.parts.append(self.resolver.pictures([one.target for one in references]))
        return True

    def _references(self, text: str) -> list[Reference]:
        """The references of a text that has nothing else."""
        mentions = self.tokens.mentions_in(text) if _MENTIONS.fullmatch(text) else ()
        return [reference for mention in mentions for reference in mention.references]

    def _start(self, element: Element) -> None:
        tag = element.tag
        if tag != "table":
            self._forget_caption()
        written = element.items()
        if not written and (tag in _NEUTRAL or tag == "p"):
            self.parts.append(f"<{tag}>")
            if tag == "p":
                self.open[tag] += 1
                self.begun = len(self.parts)
            return
        attributes = {name: self.tokens.restore(value) for name, value in written}
        self._enter(tag, attributes)
        if tag == "div" and attributes.get("class") == "footnote":
            self.in_notes = True
            attributes |= {"role": "doc-endnotes", "aria-label": self.resolver.string("footnotes")}
        finished = self._attributes(tag, attributes).items()
        self.parts.append(f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in finished) + ">")
        if tag in HEADINGS or tag in ("caption", "p"):
            self.begun = len(self.parts)

    def _enter(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note where a caption, a heading, a table or a note begins."""
        self.captioning |= tag == "p" and "caption" in attributes.get("class", "").split()
        if tag in HEADINGS:
            self.heading_id = self._own(attributes.get("id", ""))
        if tag == "table" and not self.open["table"]:
            self.frame = len(self.parts)
            self.parts.append("")
        if tag == "li" and self.in_notes and not self.open["li"]:
            self.note += 1
        if tag in self.open:
            self.open[tag] += 1

    def _end(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in _NEUTRAL:
            self.parts.append(f"</{tag}>")
            return
        if tag == "table" and self.open["table"] == 1:
            self.parts.append("</table></div>")
            self._frame_table()
        else:
            self.parts.append(f"</{tag}>")
        if tag in self.open:
            self.open[tag] -= 1
        if (tag == "caption" and self.open["table"] == 1) or (tag == "p" and self.captioning):
            self.caption = _text_of("".join(self.parts[self.begun :]))
            self.captioning = False
        elif tag in HEADINGS:
            self.heading = _text_of("".join(self.parts[self.begun :]))
            if self.heading_id:
                self.headings.append(TocEntry(int(tag[1]), self.heading_id, self.heading))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if _SPECIAL.search(text):
            in_code = self.open["code"] or self.open["pre"]
            text = self.tokens.replace(_escaped(text), _typed if in_code else self._resolved)
        self.parts.append(text)

    def _forget_caption(self) -> None:
        """A caption paragraph only names a table that follows it directly."""
        if self.caption and not self.open["table"] and not self.open["p"]:
            self.caption = ""

    def _resolved(self, mention: Mention, source: str) -> str:
        html = ""
        for reference in mention.references:
            if reference.kind == "citation":
                html += self.resolver.citation(reference.target, reference.locator)
            elif reference.kind == "figure":
                html += self.resolver.figure(reference.target, reference.options)
            elif reference.kind == "absence":
                html += self.resolver.absence(reference.target)
            else:
                html += self.resolver.link(reference.sort, reference.target, reference.text)
        # An inner link would end the outer one.
        return _ANCHOR_TAG.sub("", html) if self.open["a"] else html

    def _own(self, text: str) -> str:
        """An id of this text, as it is in the page."""
        return f"{self.prefix}{_as_id(text)}" if text.strip() else ""

    def _attributes(self, tag: str, attributes: Attributes) -> Attributes:
        finished = dict(attributes)
        if "id" in finished:
            finished["id"] = self._own(finished["id"])
            if not finished["id"]:
                del finished["id"]
        if "headers" in finished:
            finished["headers"] = " ".join(self._own(name) for name in finished["headers"].split())
        if tag == "a" and "href" in finished:
            finished |= self._link(finished)
        elif "cite" in finished:
            finished["cite"] = self._address(finished["cite"])
        elif tag == "img" and "src" in finished:
            finished["src"] = self._address(finished["src"])
            finished.setdefault("alt", "")
        elif tag in ("td", "th"):
            alignment = finished.pop("align", "").lower()
            if alignment in _ALIGNED:
                finished["class"] = f"{finished.get('class', '')} align-{alignment}".strip()
            if tag == "th" and "scope" not in finished and self.open["thead"]:
                finished["scope"] = "col"
        return finished

    def _address(self, href: str) -> str:
        return href if _SCHEME.match(href) else self.resolver.address(href)

    def _link(self, attributes: Attributes) -> Attributes:
        href = attributes["href"]
        classes = attributes.get("class", "").split()
        changed: Attributes = {}
        if "footnote-ref" in classes:
            changed["role"] = "doc-noteref"
        elif "footnote-backref" in classes and self.in_notes:
            words = self.resolver.string("footnote_back").replace("{number}", str(self.note))
            changed |= {"role": "doc-backlink", "title": words, "aria-label": words}
        if href.startswith("#"):
            ids = (_as_id(href[1:]), _as_id(unquote(href[1:])))
            own = next((name for name in ids if name in self.own_ids), None)
            changed["href"] = f"#{self.prefix}{own}" if own else href
        else:
            changed["href"] = self._address(href)
            if _EXTERNAL.match(changed["href"]):
                changed["rel"] = "external noopener"
        return changed

    def _frame_table(self) -> None:
        """Puts the table into a region of its own, in which a wide one scrolls and which keyboards can reach."""
        name = self.caption or self.heading or self.resolver.string("table")
        self.names[name] += 1
        if self.names[name] > 1:
            name = f"{name} {self.names[name]}"
        self.caption = ""
        label = escape(name, quote=True)
        self.parts[self.frame] = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'


def _text_of(html: str) -> str:
    """The text of inline HTML, without notes."""
    return " ".join(unescape(_TAG.sub("", _NOTE.sub("", html))).split())


def _escaped(text: str) -> str:
    """Text of a tree as HTML: what is an entity already stays one."""
    return RE_AMP.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def _typed(_: Mention, source: str) -> str:
    """A mention as its editor typed it, escaped."""
    return escape(source, quote=False)
