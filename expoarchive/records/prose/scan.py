"""Reads one Markdown body: its references and headings, and the faults of its writing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem, in_order, nearest
from expoarchive.records.prose.heading import Heading, find_headings, heading_problems
from expoarchive.records.prose.html import html_problems
from expoarchive.records.prose.mask import Mask, covered, mask
from expoarchive.records.prose.mention import LINKED, Mention, Reference, find_mentions
from expoarchive.records.prose.pasted import pasted_problems
from expoarchive.records.prose.structure import structure_problems

_LINK_TEXT = re.compile(r"(?<!\\)\[(?:[^\[\]\\]|\\.)*\]\(")


@dataclass(frozen=True)
class Scan:
    """The mentions and HTML comments of a body, as offsets and in order. ``problems`` are those of the mentions.

    ``masked`` is the body with everything but prose covered, character for character.
    """

    mentions: tuple[Mention, ...]
    comments: tuple[tuple[int, int], ...]
    masked: Mask
    problems: tuple[Problem, ...]

    @cached_property
    def rest(self) -> str:
        """The prose with its mentions covered too, so that none of their brackets is taken for something else."""
        return _without(self.masked.text, self.mentions)


# A text is read, checked and converted in turn, and each of these steps scans it.
@lru_cache(maxsize=64)
def scan(source: SourceText) -> Scan:
    """Read a Markdown body once."""
    masked = mask(source.text)
    mentions, problems = find_mentions(source, masked.text)
    return Scan(tuple(mentions), masked.comments, masked, tuple(problems))


def references(source: SourceText, linked: Collection[str] = LINKED) -> tuple[list[Reference], list[Problem]]:
    """What the prose refers to, in order, whether or not it exists; links to other sorts than ``linked`` excepted.

    Reports the faults of the writing: of references, headings, footnotes, lists, unclosed code and comments, HTML that
    is dropped, what was pasted, ``unknown-sort`` and ``reference-in-link``.
    """
    body = scan(source)
    every = [reference for mention in body.mentions for reference in mention.references]
    known = [reference for reference in every if reference.kind != "link" or reference.sort in linked]
    rest = body.rest
    problems = [
        *body.problems,
        *(_of_unknown_sort(one, linked) for one in every if one.kind == "link" and one.sort not in linked),
        *_unclosed(source, body.masked),
        *heading_problems(source, body.masked.text),
        *structure_problems(source, rest),
        *html_problems(source, rest),
        *pasted_problems(source, rest),
        *_in_links(source, rest, body.mentions),
    ]
    return known, in_order(problems)


def _of_unknown_sort(link: Reference, linked: Collection[str]) -> Problem:
    # The sort stands before the target, with a colon between the two.
    place = link.place.at(link.place.column - len(link.sort) - 1)
    details = {"found": link.sort, "choices": ", ".join(linked)}
    return Problem("unknown-sort", place, details, nearest(link.sort, linked))


def headings(source: SourceText) -> tuple[Heading, ...]:
    """The headings that begin with ``#``, in order, outside code and comments."""
    return find_headings(source, scan(source).masked.text)


def _unclosed(source: SourceText, masked: Mask) -> Iterator[Problem]:
    """Report ``unclosed-fence``, ``unclosed-comment`` and ``fence-words``."""
    for offset in masked.open_fences:
        yield Problem("unclosed-fence", source.place_at(offset))
    for offset in masked.open_comments:
        yield Problem("unclosed-comment", source.place_at(offset))
    for offset in masked.wordy_fences:
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
    """Report ``reference-in-link``: a reference becomes a link, which cannot stand in a link or in an image's text."""
    if "](" not in rest:
        return
    starts = [mention.start for mention in mentions]
    for match in _LINK_TEXT.finditer(rest):
        for mention in mentions[bisect_right(starts, match.start()) : bisect_left(starts, match.end())]:
            if mention.end < match.end():
                details = {"found": " ".join(source.text[mention.start : mention.end].split())}
                yield Problem("reference-in-link", source.place_at(mention.start), details)
