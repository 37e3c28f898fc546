"""Marks the first use of each of the glossary's terms in finished prose, as a link to what it means."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

_PIECE = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# What is a link already, is a heading, or is not the text's own words: code, notes, and what titles are set in.
_LEFT_ALONE = _HEADINGS | {"a", "code", "pre", "kbd", "samp", "sup", "cite", "em", "i", "q", "caption", "th"}
_BLOCKS = _HEADINGS | {"p", "li", "td", "th", "dd", "dt", "div", "blockquote", "figcaption", "summary"}
_VOID = frozenset(("br", "col", "hr", "img", "wbr"))
# Opening and closing marks, of quotations and, in Chinese, of titles.
_QUOTATIONS = {"“": "”", "«": "»", "「": "」"}
_CLOSING = {**_QUOTATIONS, "《": "》", "〈": "〉"}


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary's term as texts write it, in any of its ``wordings``; ``means`` is None where nothing explains it."""

    id: str
    wordings: tuple[str, ...]
    means: str | None = None


# The link of a term that stands in a text as this HTML.
TermLink = Callable[[Term, str], str]


def mark_terms(html: str, terms: tuple[Term, ...], link: TermLink, explained: set[str]) -> str:
    """``html`` with the first use of each explained term made a link.

    Longer wordings win over those inside them. Headings, links, code and quoted titles are left as they are, and so are
    terms whose ids are in ``explained``, which gets those that are marked here. ``html`` is as ``finish`` writes it.
    """
    by_wording = {wording.casefold(): term for term in terms for wording in term.wordings}
    if not by_wording:
        return html
    reader = _Reader(_pattern(tuple(by_wording)), by_wording, link, explained)
    return "".join(reader.piece(piece) for piece in _PIECE.split(html))


@lru_cache(maxsize=8)
def _pattern(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the wordings as HTML has them, the longest first; where a script has word boundaries, whole words."""
    longest = sorted(wordings, key=lambda wording: (-len(wording), wording))
    return re.compile("|".join(map(_bounded, longest)), re.IGNORECASE)


def _bounded(wording: str) -> str:
    text = re.escape(escape(wording, quote=False))
    first, last = _spaced(wording[0]), _spaced(wording[-1])
    return (r"(?<!\w)" if first else "") + text + (r"(?!\w)" if last else "")


def _spaced(letter: str) -> bool:
    """Whether a letter's script writes words apart: Han and kana, from U+2E80 on, do not."""
    return letter < "\u2e80"


@dataclass
class _Reader:
    pattern: re.Pattern[str]
    by_wording: dict[str, Term]
    link: TermLink
    explained: set[str]
    open: Counter[str] = field(default_factory=Counter)
    # The marks that will close the quotations and titles that are open in this block.
    quotes: list[str] = field(default_factory=list)

    def piece(self, piece: str) -> str:
        """A tag as it is, or a text with its terms marked."""
        if piece.startswith("<"):
            self._tag(piece)
            return piece
        return self._text(piece)

    def _tag(self, tag: str) -> None:
        found = _TAG.match(tag)
        name = found[1] if found else ""
        if name in _BLOCKS:
            self.quotes.clear()
        if name and name not in _VOID:
            self.open[name] += -1 if tag.startswith("</") else 1

    def _text(self, text: str) -> str:
        parts, at = [], 0
        for match in self.pattern.finditer(text):
            self._quote(text[at : match.start()])
            parts += [text[at : match.start()], self._marked(text, match)]
            self._quote(match[0])
            at = match.end()
        self._quote(text[at:])
        return "".join([*parts, text[at:]])

    def _quote(self, text: str) -> None:
        for sign in text:
            if sign in _CLOSING:
                self.quotes.append(_CLOSING[sign])
            elif self.quotes and sign == self.quotes[-1]:
                self.quotes.pop()

    def _marked(self, text: str, match: re.Match[str]) -> str:
        term = self.by_wording.get(unescape(match[0]).casefold())
        if term is None or term.means is None or term.id in self.explained or not self._is_prose(text, match):
            return match[0]
        self.explained.add(term.id)
        return self.link(term, match[0])

    def _is_prose(self, text: str, match: re.Match[str]) -> bool:
        """Whether the text speaks here in its own words: a term alone in quotation marks is named, not quoted."""
        if any(self.open[name] > 0 for name in _LEFT_ALONE):
            return False
        if not self.quotes:
            return True
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return len(self.quotes) == 1 and _QUOTATIONS.get(before) == after == self.quotes[0]
