"""The last pass over sanitized HTML: resolves references, addresses and ids for the page, and frames tables."""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from expoarchive.records.prose import Mention
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import TOKEN, Tokens

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = ("br", "col", "hr", "img", "wbr")
_EXTERNAL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALIGNED = ("left", "center", "right")
_ID = re.compile(r'\sid="([^"]*)"')
_NOTE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# Most tags have no attributes and no effect on what is around them: these are read with the text.
_PLAIN_TAGS = "b|blockquote|br|dd|dl|dt|em|i|ol|strong|tbody|td|tr|ul"
_OPENING = re.compile(r"<[a-z]")
# The sanitizer puts every value in double quotes, and a “<” always begins a tag.
_PIECE = re.compile(rf'((?:[^<]++|</?(?:{_PLAIN_TAGS})>)++)|<(/?)([a-z][a-z0-9]*+)((?:\s[^\s="]++="[^"]*+")*+)>')
# A paragraph of mentions alone.
_MENTIONS = re.compile(rf"<p>((?:\s*{TOKEN.pattern}(?:<br>)?)+)\s*</p>")
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading: its ``id`` as in the HTML, its ``text`` without markup and notes."""

    level: int
    id: str
    text: str


def finish(html: str, tokens: Tokens, resolver: Resolver, prefix: str) -> tuple[str, tuple[TocEntry, ...]]:
    """Finished HTML, and its headings. ``html`` must be exactly as the sanitizer writes it."""
    own_ids = frozenset(_as_id(unescape(text)) for text in _ID.findall(html))
    finisher = _Finisher(tokens, resolver, prefix, own_ids)
    finisher.read(html)
    return "".join(finisher.parts).strip(), tuple(finisher.headings)


def _as_id(text: str) -> str:
    """The text without white space, which a footnote's label may contain but an id may not."""
    return "-".join(text.split())


class _Finisher:
    """Reads HTML and writes it as it should be in the page. Text stays escaped."""

    def __init__(self, tokens: Tokens, resolver: Resolver, prefix: str, own_ids: frozenset[str]) -> None:
        self.tokens = tokens
        self.resolver = resolver
        self.prefix = prefix
        self.own_ids = own_ids
        self.parts: list[str] = []
        self.headings: list[TocEntry] = []
        self.open: Counter[str] = Counter()
        # A table's name is its caption, a paragraph of class "caption" right before it, or the heading above it.
        self.heading = ""
        self.caption = ""
        self.names: Counter[str] = Counter()
        self.frame = 0  # the index of the part that will open the current table's frame
        self.captioning = False
        self.text: list[str] = []  # HTML since the start of the last heading, caption or paragraph
        self.heading_id = ""
        self.in_notes = False
        self.note = 0

    def read(self, html: str) -> None:
        """Write all of ``html``."""
        at = 0
        while at < len(html):
            if pictures := self._pictures(html, at):
                at = pictures.end()
                continue
            piece = _PIECE.match(html, at)
            assert piece is not None, f"not as the sanitizer writes: {html[at : at + 40]!r}"
            data, closing, tag, written = piece.groups()
            if data:
                self._data(data)
            elif closing:
                self._end(tag)
            else:
                self._start(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)})
            at = piece.end()

    def _pictures(self, html: str, at: int) -> re.Match[str] | None:
        """Writes the pictures of a paragraph here that has nothing else; None if there is no such paragraph."""
        match = _MENTIONS.match(html, at)
        mentions = self.tokens.mentions_in(match[1]) if match else ()
        references = [reference for mention in mentions for reference in mention.references]
        if match is None or not references or any(one.sort != "picture" or one.text is not None for one in references):
            return None
        self._forget_caption()
        self._write(self.resolver.pictures([one.target for one in references]))
        return match

    # --- reading

    def _start(self, tag: str, written: Attributes) -> None:
        attributes = {name: self.tokens.restore(value) for name, value in written.items()}
        if tag != "table":
            self._forget_caption()
        self.captioning |= tag == "p" and "caption" in attributes.get("class", "").split()
        if tag in (*_HEADINGS, "caption", "p"):
            self.text = []
        if tag in _HEADINGS:
            self.heading_id = self._own(attributes.get("id", ""))
        if tag == "table" and not self.open["table"]:
            self.frame = len(self.parts)
            self.parts.append("")
        if tag == "div" and attributes.get("class") == "footnote":
            self.in_notes = True
            attributes |= {"role": "doc-endnotes", "aria-label": self.resolver.string("footnotes")}
        if tag == "li" and self.in_notes and not self.open["li"]:
            self.note += 1
        if tag not in _VOID:
            self.open[tag] += 1
        finished = self._attributes(tag, attributes).items()
        self._write(f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in finished) + ">")

    def _end(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag == "table" and self.open["table"] == 1:
            self._write("</table></div>")
            self._frame_table()
        else:
            self._write(f"</{tag}>")
        self.open[tag] -= 1
        if (tag == "caption" and self.open["table"] == 1) or (tag == "p" and self.captioning):
            self.caption = _text_of("".join(self.text))
            self.captioning = False
        elif tag in _HEADINGS:
            self.heading = _text_of("".join(self.text))
            if self.heading_id:
                self.headings.append(TocEntry(int(tag[1]), self.heading_id, self.heading))

    def _data(self, data: str) -> None:
        if _OPENING.search(data):
            self._forget_caption()
        if self.open["code"] or self.open["pre"]:
            self._write(self.tokens.replace(data, lambda _, source: escape(source, quote=False)))
        else:
            self._write(self.tokens.replace(data, self._resolved))

    def _forget_caption(self) -> None:
        """A caption paragraph only names a table that follows it directly."""
        if not self.open["table"] and not self.open["p"]:
            self.caption = ""

    # --- writing

    def _write(self, html: str) -> None:
        self.parts.append(html)
        self.text.append(html)

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
