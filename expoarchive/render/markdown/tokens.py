"""Mentions as tokens that Markdown and the sanitizer pass by: text that neither of them reads.

A token is a private-use character, the number of its mention, and another. Were the mentions left to inline
processors, the bar of ``[=2022#value|bare]`` would divide a table's cell, and raw HTML would keep its brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from expoarchive.nodes import SourceText
from expoarchive.records.prose import Mention, scan

OPEN, CLOSE = "\ue000", "\ue001"
# For an address, a sanitizer may have written the token in percent-encoding.
_QUOTED = quote(OPEN)
_TOKEN = re.compile(f"(?:{OPEN}|{_QUOTED})([0-9]{{1,6}})(?:{CLOSE}|{quote(CLOSE)})")
# Marks of ours and of Python-Markdown, none of which a text can hold itself.
_MARKS = re.compile(f"[{OPEN}{CLOSE}\x02\x03]|{_QUOTED}|{quote(CLOSE)}")
# An attribute's: a picture's description may well be written twice.
_VALUE = re.compile(r'="[^"]*"')
# What would be taken for a token, or for one of the marks that Python-Markdown leaves in its text.
_RESERVED = re.compile("[\ue000\ue001\ue002\x02\x03]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Markdown with a token for each mention and no comments; and the mentions, each with its source text."""

    text: str
    mentions: tuple[tuple[Mention, str], ...]

    def replace(self, text: str, by: Callable[[Mention, str], str]) -> str:
        """``text`` with what ``by`` makes of each mention and its source; a number that none has leaves nothing."""

        if OPEN not in text and _QUOTED not in text:
            return text

        def one(match: re.Match[str]) -> str:
            number = int(match.group(1))
            return by(*self.mentions[number]) if number < len(self.mentions) else ""

        return _TOKEN.sub(one, text)

    def restore(self, text: str) -> str:
        """``text`` as its editor typed it: where a mention stands in code or in an attribute."""
        return self.replace(text, lambda _, source: source)


def tokenize(source: SourceText) -> Tokens:
    """Put tokens for the mentions of a body. HTML comments are left out: they are for editors."""
    found = scan(source)
    spans = [(mention.start, mention.end, f"{OPEN}{number}{CLOSE}") for number, mention in enumerate(found.mentions)]
    spans += [(start, end, "") for start, end in found.comments]
    parts: list[str] = []
    at = 0
    for start, end, token in sorted(spans):
        parts += [_RESERVED.sub("\ufffd", source.text[at:start]), token]
        at = end
    parts.append(_RESERVED.sub("\ufffd", source.text[at:]))
    mentions = tuple((mention, source.text[mention.start : mention.end]) for mention in found.mentions)
    return Tokens("".join(parts), mentions)


def is_torn(html: str) -> bool:
    """Whether a mark in cleaned HTML is not whole, or a token stands twice in what is read.

    Python-Markdown loses signs, or writes them twice, where its rules get in each other's way: where emphasis and tags
    cross, or a numeric entity has no number. What was checked would not be what is shown.
    """
    if not _MARKS.search(html):
        return False
    if _MARKS.search(without_tokens(html)):
        return True
    shown = _TOKEN.findall(_VALUE.sub("", html))
    return len(shown) > len(set(shown))


def without_tokens(text: str) -> str:
    """``text`` with nothing in place of its tokens."""
    return _TOKEN.sub("", text)
