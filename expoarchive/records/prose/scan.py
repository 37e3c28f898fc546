"""Everything that one Markdown body says to the archive, and what is wrong with how it is written."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem, in_order
from expoarchive.records.prose.footnote import footnote_problems
from expoarchive.records.prose.heading import Heading, find_headings, heading_problems
from expoarchive.records.prose.layout import layout_problems
from expoarchive.records.prose.mask import Mask, covered, mask
from expoarchive.records.prose.mention import Mention, Reference, find_mentions
from expoarchive.records.prose.nesting import nesting_problems

_LINK_TEXT = re.compile(r"(?<!\\)\[(?:[^\[\]\\]|\\.)*\]\(")


@dataclass(frozen=True, slots=True)
class Scan:
    """Mentions and HTML comments, as offsets into the body, in order; ``masked`` is the body with all else than prose
    covered character for character. ``problems`` are those of the mentions.
    """

    mentions: tuple[Mention, ...]
    comments: tuple[tuple[int, int], ...]
    masked: Mask
    problems: tuple[Problem, ...]

    @property
    def rest(self) -> str:
        """The prose with its mentions covered too: no bracket of one is to be taken for another thing's."""
        return _without(self.masked.text, self.mentions)


# Reading a text, checking it and converting it follow one another.
@lru_cache(maxsize=64)
def scan(source: SourceText) -> Scan:
    """Read a Markdown body once."""
    found = mask(source.text)
    mentions, problems = find_mentions(source, found.text)
    return Scan(tuple(mentions), found.comments, found, tuple(problems))


def references(source: SourceText) -> tuple[list[Reference], list[Problem]]:
    """What the prose refers to, in order; whether it exists is not looked at.

    Problems are those of how the text is written: references, footnotes, headings, lists, code and comments
    left open, and ``reference-in-link``.
    """
    found = scan(source)
    rest = found.rest
    problems = [
        *found.problems,
        *_unread(source, found.masked),
        *footnote_problems(source, rest),
        *heading_problems(source, found.masked.text),
        *layout_problems(source, rest),
        *nesting_problems(source, rest),
        *_in_links(source, rest, found.mentions),
    ]
    return [reference for mention in found.mentions for reference in mention.references], in_order(problems)


def headings(source: SourceText) -> list[Heading]:
    """The headings that begin with ``#``, in order; those in code or comments are none."""
    return list(find_headings(source, scan(source).masked.text))


def _unread(source: SourceText, found: Mask) -> Iterator[Problem]:
    """Report ``unclosed-fence``, ``unclosed-comment`` and ``fence-words``."""
    for offset in found.open_fences:
        yield Problem("unclosed-fence", source.place_at(offset))
    for offset in found.open_comments:
        yield Problem("unclosed-comment", source.place_at(offset))
    for offset in found.wordy_fences:
        yield Problem("fence-words", source.place_at(offset))


def _without(text: str, mentions: Iterable[Mention]) -> str:
    """``text`` with its mentions covered."""
    parts: list[str] = []
    at = 0
    for mention in mentions:
        parts += [text[at : mention.start], covered(text[mention.start : mention.end])]
        at = mention.end
    return "".join([*parts, text[at:]])


def _in_links(source: SourceText, rest: str, mentions: Sequence[Mention]) -> Iterator[Problem]:
    """A reference is shown as a link or holds one; a link cannot stand in a link, nor in a picture's description."""
    starts = [mention.start for mention in mentions]
    for match in _LINK_TEXT.finditer(rest):
        for mention in mentions[bisect_right(starts, match.start()) : bisect_left(starts, match.end())]:
            if mention.end < match.end():
                details = {"found": " ".join(source.text[mention.start : mention.end].split())}
                yield Problem("reference-in-link", source.place_at(mention.start), details)
