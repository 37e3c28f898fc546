"""Numbers in prose that lead nowhere: an archive's figure has a source, or it is the text's own and says so."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem
from expoarchive.records.prose.scan import scan

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
# Links to what has the figures, beside citations and figures themselves.
_ANSWERING = frozenset({"claim", "source", "edition"})
# What an editor writes into a paragraph whose numbers are its own: <!-- uncited: editions to date -->
_MEANT = re.compile(r"<!--\s*uncited\b")
# Where a number is none of the text's: an address, an attribute, a tag, a list's own numbers, a footnote's name.
_NO_PROSE = re.compile(
    r"\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>|https?://\S+|(?m:^[ \t]*[0-9]+\.[ \t])|\[\^[^\]\n]*\]:?", re.ASCII
)
# Years, days and ordinals say when or which, not how many.
_DATE = re.compile(
    rf"\b(?:1[0-9]|20|21)[0-9]{{2}}(?![0-9])|[0-9]+\s*(?:年|月|日|号|届|st\b|nd\b|rd\b|th\b)|第\s*[0-9]+"
    rf"|(?:{_MONTHS})\s+[0-9]{{1,2}}\b|[0-9]{{1,2}}(?:\s*(?:[–—-]|to|and)\s*[0-9]{{1,2}})?\s+(?:{_MONTHS})\b",
    re.ASCII,
)
# Where a number may begin. To leave out what the patterns above match makes no new beginning.
_BEGINS = r"(?<![A-Za-z0-9_.#/-])[0-9]"
_BEGINNING = re.compile(_BEGINS, re.ASCII)
_NUMBER = re.compile(rf"{_BEGINS}[0-9]*(?:[,.][0-9]+)*(?![0-9A-Za-z_/-])", re.ASCII)


def uncited(body: SourceText) -> list[Problem]:
    """Warn of ``number-uncited``: a paragraph with a number, and nothing that answers for it. The first is named."""
    found = scan(body)
    answered = [
        mention.start
        for mention in found.mentions
        if any(one.kind != "link" or one.sort in _ANSWERING for one in mention.references)
    ]
    rest = found.rest
    problems: list[Problem] = []
    for start, end in _paragraphs(rest):
        if not _BEGINNING.search(rest, start, end):
            continue
        paragraph = body.text[start:end]
        if any(start <= at < end for at in answered) or "[^" in paragraph or _MEANT.search(paragraph):
            continue
        words = rest[start:end]
        for other in (_NO_PROSE, _DATE):
            words = other.sub(lambda match: " " * len(match.group()), words)
        number = _NUMBER.search(words)
        if number is not None:
            place = body.place_at(start + number.start())
            problems.append(Problem("number-uncited", place, {"found": number.group()}, severity=WARNING))
    return problems


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each run of lines begins and ends that is no heading."""
    for match in _PARAGRAPH.finditer(text):
        if not match.group().lstrip().startswith("#"):
            yield match.span()
