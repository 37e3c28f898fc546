"""References in prose: ``[@source, p. 3]``, ``[=2022#anchor|bare]``, ``[[edition:2022|text]]``, ``[?2014#area]``."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from expoarchive.nodes import SourceText
from expoarchive.nodes.fields import SLUG
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.prose.mask import COVER
from expoarchive.records.sorts import SORTS, Sorts

Kind = Literal["citation", "figure", "link", "absence"]
OPTIONS = ("bare", "words", "nocite")
NO_OPTIONS: frozenset[str] = frozenset()


def linked_sorts(sorts: Sorts) -> tuple[str, ...]:
    """What links of a site's prose can lead to."""
    return ("edition", "article", "page", *sorts.paged, "source", "claim", "picture", "recording")


# Of a site without vocabularies of its own.
LINKED = linked_sorts(Sorts(SORTS))
CLAIM = re.compile(rf"(?:[0-9]{{4}}|expo)#{SLUG.pattern}")
# The id of an absence, or an address: one edition, a span, all (*), the fair as a whole; then what is not known.
ABSENCE = re.compile(
    rf"(?P<years>\*|expo|[0-9]{{4}}(?:-[0-9]{{4}})?)#(?P<subject>{SLUG.pattern})(?:\.(?P<among>{SLUG.pattern}))?"
)
_ABSENT = re.compile(rf"{SLUG.pattern}|{ABSENCE.pattern}")
_YEAR = re.compile(r"[0-9]{4}")
_OPENING = re.compile(r"\[\[|\[@|\[=|\[\?")
# The same, as typed with a Chinese input method.
_WIDE_SIGN = "［【＠＝？"
_WIDE_OPENING = re.compile(r"[［【][@＠=＝?？［【\[]|\[[＠＝？［【]")
_WIDE_SIGNS = re.compile(r"[：｜＃＝＠；，０-９ａ-ｚＡ-Ｚ－\u3000]")
_AS_ASCII = {"【": "[", "】": "]", "\u3000": " "}
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")
_CITED = re.compile(rf"@(?P<id>{SLUG.pattern})(?:\s*[,，]\s*(?P<locator>.*\S))?\s*", re.DOTALL)
_BRACKETS = re.compile(r"\[+")
_LONGEST_EXCERPT = 300
_BETWEEN = re.compile(r"[;；](?=\s*@)")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference; ``place`` is where the name of its target stands.

    ``target`` is a source's id, a claim's address, what an absence is of, or the id of something of this ``sort``.
    ``sort`` is set for links, ``locator`` for citations, ``options`` (``OPTIONS``) for figures, ``text`` for links
    with a text of their own.
    """

    kind: Kind
    target: str
    sort: str
    locator: str | None
    options: frozenset[str]
    text: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A bracket of the source, from ``start`` to ``end``; one with citations may hold several references."""

    start: int
    end: int
    references: tuple[Reference, ...]


class _Malformed(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


class _Span(NamedTuple):
    """Where a bracket begins, where its inside does, where the whole ends (None if it is not closed), and how."""

    start: int
    inner: int
    end: int | None
    closing: str


def find_mentions(source: SourceText, masked: str) -> tuple[list[Mention], list[Problem]]:
    """Every reference of the prose, in order. ``masked`` is the source with its code and comments covered.

    Reports ``unclosed-reference``, ``citation-syntax``, ``figure-syntax``, ``absence-syntax``, ``link-syntax``,
    ``unknown-option``, ``fullwidth-in-reference`` and ``code-in-reference``.
    """
    mentions: list[Mention] = []
    problems: list[Problem] = []
    for span in _spans(masked):
        try:
            mentions.append(_mention(source, masked, span))
        except _Malformed as malformed:
            problems.append(malformed.problem)
    for match in _WIDE_OPENING.finditer(masked) if any(sign in masked for sign in _WIDE_SIGN) else ():
        if not _escaped(masked, match.start()):
            wide = next(char for char in match.group() if char not in "[@=?")
            problems.append(_wide(source, match.start() + match.group().index(wide), wide))
    return mentions, problems


def _spans(masked: str) -> Iterator[_Span]:
    """Every bracket that begins like a reference."""
    at = limit = 0
    while match := _OPENING.search(masked, at):
        start, at = match.span()
        if _escaped(masked, start):
            at = start + 1
            continue
        if at > limit:
            paragraph = _PARAGRAPH_END.search(masked, at)
            limit = paragraph.start() if paragraph else len(masked)
        closing = "]]" if match.group() == "[[" else "]"
        end = _end(masked, at, limit, closing)
        span = _Span(start, at, end, closing)
        if end is None:
            # If several brackets stand in a row, only the first is reported.
            brackets = _BRACKETS.match(masked, start)
            at = max(at, brackets.end()) if brackets else at
        elif masked[start - 1 : start] == "!" and masked[end : end + 1] == "(" and not _escaped(masked, start - 1):
            continue  # an image whose description begins like a reference
        else:
            at = end
        yield span


def _mention(source: SourceText, masked: str, span: _Span) -> Mention:
    start, inner, end, closing = span
    if end is None:
        excerpt = masked[start : start + _LONGEST_EXCERPT].split("\n", 1)[0]
        details = {"found": excerpt, "closing": closing}
        raise _Malformed(Problem("unclosed-reference", source.place_at(start), details))
    bracket = _Bracket(source, start, inner, end - len(closing), end)
    if COVER in masked[start:end]:
        raise bracket.malformed("code-in-reference")
    return Mention(start, end, tuple(bracket.read()))


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes precedes ``at``."""
    backslashes = 0
    while at > backslashes and text[at - backslashes - 1] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _end(text: str, at: int, limit: int, closing: str) -> int | None:
    """The end of the bracket opened before ``at``; None if its paragraph (``limit``) ends first or another opens."""
    end = text.find(closing, at, limit)
    return None if end < 0 or "[" in text[at:end] else end + len(closing)


def _ascii(char: str) -> str:
    return _AS_ASCII.get(char) or unicodedata.normalize("NFKC", char)


def _wide(source: SourceText, offset: int, sign: str) -> Problem:
    return Problem("fullwidth-in-reference", source.place_at(offset), {"found": sign, "meant": _ascii(sign)})


class _Bracket:
    """Reads one bracket: the whole is ``start`` to ``end``, the inside ``inner`` to ``close``."""

    def __init__(self, source: SourceText, start: int, inner: int, close: int, end: int) -> None:
        self.source = source
        self.start = start
        self.inner = inner
        self.whole = source.text[start:end]
        self.body = source.text[inner:close]

    def read(self) -> Iterator[Reference]:
        if self.whole.startswith("[@"):
            return self.citations()
        if self.whole.startswith("[?"):
            return iter([self.absence()])
        return iter([self.link() if self.whole.startswith("[[") else self.figure()])

    def malformed(self, kind: str, correction: str | None = None) -> _Malformed:
        details = {"found": " ".join(self.whole.split())}
        return _Malformed(Problem(kind, self.source.place_at(self.start), details, correction))

    def citations(self) -> Iterator[Reference]:
        body = self.source.text[self.inner - 1 : self.inner] + self.body  # with its @
        at = self.inner - 1
        for part in _BETWEEN.split(body):
            offset = at + len(part) - len(part.lstrip())
            match = _CITED.fullmatch(part.lstrip())
            if not match:
                self.no_wide_signs(re.split(r"[,，]", part)[0], at)
                tidy = re.sub(r"@\s+", "@", part.strip()).rstrip("; ；,，")
                raise self.malformed("citation-syntax", f"[{tidy}]" if _CITED.fullmatch(tidy) else None)
            locator = " ".join(match["locator"].split()) if match["locator"] else None
            place = self.source.place_at(offset + 1)
            yield Reference("citation", match["id"], "", locator, NO_OPTIONS, None, place)
            at += len(part) + 1

    def figure(self) -> Reference:
        target, bar, text = self.body.partition("|")
        if not CLAIM.fullmatch(target):
            self.no_wide_signs(self.body, self.inner)
            tidy = "".join(target.split())
            raise self.malformed("figure-syntax", f"[={tidy}{bar}{text.strip()}]" if CLAIM.fullmatch(tidy) else None)
        options = self.options(text, self.inner + len(target) + 1) if bar else NO_OPTIONS
        return Reference("figure", target, "", None, options, None, self.source.place_at(self.inner))

    def absence(self) -> Reference:
        """What it is of is looked up with the records; here, it only must not be a sentence."""
        if not _ABSENT.fullmatch(self.body):
            self.no_wide_signs(self.body, self.inner)
            tidy = "".join(self.body.split())
            raise self.malformed("absence-syntax", f"[?{tidy}]" if _ABSENT.fullmatch(tidy) else None)
        return Reference("absence", self.body, "", None, NO_OPTIONS, None, self.source.place_at(self.inner))

    def options(self, text: str, at: int) -> frozenset[str]:
        """The options in ``text``, which begins at ``at`` and has commas between them."""
        for part in text.split(","):
            option = part.strip()
            if option not in OPTIONS:
                self.no_wide_signs(part, at)
                place = self.source.place_at(at + len(part) - len(part.lstrip()))
                details = {"found": option, "choices": ", ".join(OPTIONS)}
                raise _Malformed(Problem("unknown-option", place, details, nearest(option, OPTIONS)))
            at += len(part) + 1
        return frozenset(part.strip() for part in text.split(","))

    def link(self) -> Reference:
        name, bar, text = self.body.partition("|")
        sort, colon, target = name.partition(":")
        if not colon or not _fits(sort, target) or (bar and not text.strip()):
            self.no_wide_signs(name, self.inner)
            tidy_sort, tidy_target = sort.strip(), target.strip()
            fits = colon and _fits(tidy_sort, tidy_target)
            tidy_text = f"|{text.strip()}" if text.strip() else ""
            raise self.malformed("link-syntax", f"[[{tidy_sort}:{tidy_target}{tidy_text}]]" if fits else None)
        place = self.source.place_at(self.inner + len(sort) + 1)
        return Reference("link", target, sort, None, NO_OPTIONS, " ".join(text.split()) or None, place)

    def no_wide_signs(self, text: str, offset: int) -> None:
        """Raise for the first full-width sign in ``text``, which is malformed and begins at ``offset``."""
        match = _WIDE_SIGNS.search(text)
        if match:
            raise _Malformed(_wide(self.source, offset + match.start(), match.group()))


def _fits(sort: str, target: str) -> bool:
    """Whether ``target`` has the form of an id of ``sort``, whatever sorts the site has."""
    if not SLUG.fullmatch(sort):
        return False
    pattern = {"edition": _YEAR, "claim": CLAIM}.get(sort, SLUG)
    return pattern.fullmatch(target) is not None
