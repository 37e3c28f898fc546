"""The last pass over cleaned HTML: references resolved, addresses and ids made the page's own, tables framed."""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from expoarchive.records.prose import Mention
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import Tokens

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = ("br", "col", "hr", "img", "wbr")
_EXTERNAL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALIGNED = ("left", "center", "right")
_ID = re.compile(r'\sid="([^"]*)"')
_NOTE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# Tags without attributes that change nothing of what is around them, most of all that a text has: read with the text.
_PLAIN_TAGS = "b|blockquote|br|dd|dl|dt|em|i|ol|strong|tbody|td|tr|ul"
_OPENING = re.compile(r"<[a-z]")
# As the sanitizer writes: every value in double quotes, and no “<” but those of tags.
_PIECE = re.compile(rf'((?:[^<]++|</?(?:{_PLAIN_TAGS})>)++)|<(/?)([a-z][a-z0-9]*+)((?:\s[^\s="]++="[^"]*+")*+)>')
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the body: ``id`` as in the HTML, ``text`` plain, without notes."""

    level: int
    id: str
    text: str


def finish(html: str, tokens: Tokens, resolver: Resolver, prefix: str) -> tuple[str, tuple[TocEntry, ...]]:
    """Finished HTML of a cleaned body, and its headings.

    ``html`` must come from the sanitizer: well formed, entities for what is not markup.
    """
    own_ids = frozenset(_as_id(unescape(found)) for found in _ID.findall(html))
    finisher = _Finisher(tokens, resolver, prefix, own_ids)
    finisher.read(html)
    return "".join(finisher.parts).strip(), tuple(finisher.headings)


def _as_id(text: str) -> str:
    """An id may hold anything but white space; a footnote's label may hold that."""
    return "-".join(text.split())


class _Finisher:
    """Writes what it reads, changed. Text stays escaped as it came."""

    def __init__(self, tokens: Tokens, resolver: Resolver, prefix: str, own_ids: frozenset[str]) -> None:
        self.tokens = tokens
        self.resolver = resolver
        self.prefix = prefix
        self.own_ids = own_ids
        self.parts: list[str] = []
        self.headings: list[TocEntry] = []
        self.open: Counter[str] = Counter()
        # What names a table: its caption, a paragraph of class "caption" right before it, or the heading it is under.
        self.heading = ""
        self.caption = ""
        self.names: Counter[str] = Counter()
        self.frame = 0  # the part that opens the frame of the table being read
        self.captioning = False
        self.text: list[str] = []  # HTML since the last heading, caption or paragraph began
        self.heading_id = ""
        self.in_notes = False
        self.note = 0

    def read(self, html: str) -> None:
        """Write all of ``html``."""
        at = 0
        while piece := _PIECE.match(html, at):
            data, closing, tag, written = piece.groups()
            if data:
                self._data(data)
            elif closing:
                self._end(tag)
            else:
                self._start(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)})
            at = piece.end()
        assert at == len(html), f"not as the sanitizer writes: {html[at : at + 40]!r}"

    # --- what is found ---

    def _start(self, tag: str, found: Attributes) -> None:
        attributes = {name: self.tokens.restore(value) for name, value in found.items()}
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
        written = "".join(
            f' {name}="{escape(value, quote=True)}"' for name, value in self._attributes(tag, attributes).items()
        )
        self._write(f"<{tag}{written}>")

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
            self.caption = _plain("".join(self.text))
            self.captioning = False
        elif tag in _HEADINGS:
            self.heading = _plain("".join(self.text))
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
        """What stands between a paragraph and a table parts them."""
        if not self.open["table"] and not self.open["p"]:
            self.caption = ""

    # --- what is made of it ---

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
            else:
                html += self.resolver.link(reference.sort, reference.target, reference.text)
        # A link within a link would end the outer one.
        return _ANCHOR_TAG.sub("", html) if self.open["a"] else html

    def _own(self, text: str) -> str:
        """An id of this body as it is in the page."""
        return f"{self.prefix}{_as_id(text)}" if text.strip() else ""

    def _attributes(self, tag: str, attributes: Attributes) -> Attributes:
        made = dict(attributes)
        if "id" in made:
            made["id"] = self._own(made["id"])
            if not made["id"]:
                del made["id"]
        if "headers" in made:
            made["headers"] = " ".join(self._own(name) for name in made["headers"].split())
        if tag == "a" and "href" in made:
            made |= self._link(made)
        elif "cite" in made:
            made["cite"] = self._address(made["cite"])
        elif tag == "img" and "src" in made:
            made["src"] = self._address(made["src"])
            made.setdefault("alt", "")
        elif tag in ("td", "th"):
            aligned = made.pop("align", "").lower()
            if aligned in _ALIGNED:
                made["class"] = f"{made.get('class', '')} align-{aligned}".strip()
            if tag == "th" and "scope" not in made and self.open["thead"]:
                made["scope"] = "col"
        return made

    def _address(self, href: str) -> str:
        return href if _SCHEME.match(href) else self.resolver.address(href)

    def _link(self, attributes: Attributes) -> Attributes:
        href = attributes["href"]
        classes = attributes.get("class", "").split()
        made: Attributes = {}
        if "footnote-ref" in classes:
            made["role"] = "doc-noteref"
        elif "footnote-backref" in classes and self.in_notes:
            words = self.resolver.string("footnote_back").replace("{number}", str(self.note))
            made |= {"role": "doc-backlink", "title": words, "aria-label": words}
        if href.startswith("#"):
            target = _as_id(unquote(href[1:]))
            known = next((name for name in (_as_id(href[1:]), target) if name in self.own_ids), None)
            made["href"] = f"#{self.prefix}{known}" if known else href
        else:
            made["href"] = self._address(href)
            if _EXTERNAL.match(made["href"]):
                made["rel"] = "external noopener"
        return made

    def _frame_table(self) -> None:
        """A wide table scrolls in a region of its own, which keyboards reach and which has a name."""
        name = self.caption or self.heading or self.resolver.string("table")
        self.names[name] += 1
        if self.names[name] > 1:
            name = f"{name} {self.names[name]}"
        self.caption = ""
        label = escape(name, quote=True)
        self.parts[self.frame] = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'


def _plain(html: str) -> str:
    """The text of inline HTML, without notes."""
    return " ".join(unescape(_TAG.sub("", _NOTE.sub("", html))).split())
