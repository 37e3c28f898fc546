"""Mentions as tokens, which Markdown and the sanitizer take for ordinary text.

A token is a private-use character, the number of its mention, and another. Were the mentions left to inline
processors, the bar of ``[=2022#value|bare]`` would divide a table's cell, and raw HTML would keep its brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from expoarchive.nodes import SourceText
from expoarchive.records.prose import Mention, scan
from expoarchive.records.prose.mask import COVER

OPEN, CLOSE = "\ue000", "\ue001"
# In addresses, the sanitizer percent-encodes a token.
_QUOTED = quote(OPEN)
TOKEN = re.compile(f"(?:{OPEN}|{_QUOTED})([0-9]{{1,6}})(?:{CLOSE}|{quote(CLOSE)})")
# Marks of ours and of Python-Markdown, none of which a text can contain itself.
_MARKS = (OPEN, CLOSE, STX, ETX, _QUOTED, quote(CLOSE))
# Characters of tokens and of Python-Markdown's own marks.
_RESERVED = (OPEN, CLOSE, COVER, STX, ETX)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Markdown with tokens for mentions and without comments, and the mentions, each with its source text."""

    text: str
    mentions: tuple[tuple[Mention, str], ...]

    def replace(self, text: str, by: Callable[[Mention, str], str]) -> str:
        """``text`` with what ``by`` makes of each mention and its source. A token without a mention is dropped."""
        if OPEN not in text and _QUOTED not in text:
            return text

        def one(match: re.Match[str]) -> str:
            number = int(match.group(1))
            return by(*self.mentions[number]) if number < len(self.mentions) else ""

        return TOKEN.sub(one, text)

    def mentions_in(self, text: str) -> list[Mention]:
        """The mentions whose tokens a text has, in order."""
        numbers = (int(match.group(1)) for match in TOKEN.finditer(text))
        return [self.mentions[number][0] for number in numbers if number < len(self.mentions)]

    def restore(self, text: str) -> str:
        """``text`` with its mentions as the editor typed them, for attributes."""
        return self.replace(text, lambda _, source: source)


def tokenize(source: SourceText) -> Tokens:
    """Replaces the mentions of a text by tokens, and drops its HTML comments, which are for editors."""
    body = scan(source)
    spans = [(mention.start, mention.end, f"{OPEN}{number}{CLOSE}") for number, mention in enumerate(body.mentions)]
    spans += [(start, end, "") for start, end in body.comments]
    text = source.text
    for sign in _RESERVED:
        text = text.replace(sign, "\ufffd")
    parts: list[str] = []
    at = 0
    for start, end, token in sorted(spans):
        parts += [text[at:start], token]
        at = end
    parts.append(text[at:])
    mentions = tuple((mention, source.text[mention.start : mention.end]) for mention in body.mentions)
    return Tokens("".join(parts), mentions)


def is_torn(tree: Element) -> bool:
    """Whether a sanitized tree has a broken mark, or a token twice in its text.

    Python-Markdown loses or repeats characters where its rules collide: where emphasis and tags cross, or a numeric
    entity has no number. The page would then show something else than what was checked.
    """
    texts = TOKEN.split("\0".join(tree.itertext()))
    # It may write a picture's description twice.
    values = "\0".join([value for element in tree.iter() for _, value in element.items()])
    rest = "".join([*texts[::2], "\0", without_tokens(values)])
    numbers = texts[1::2]
    return any(mark in rest for mark in _MARKS) or len(numbers) > len(set(numbers))


def without_tokens(text: str) -> str:
    """``text`` with its tokens removed."""
    return TOKEN.sub("", text) if OPEN in text or _QUOTED in text else text
