"""Numbers in prose without a source: an archive's figure has one, or is the text's own and marked as such."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem
from expoarchive.records.prose.scan import scan

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
# Besides citations and figures, links to these count as saying where a number comes from.
_SUPPORTING = frozenset({"claim", "source", "edition"})
# The mark of a paragraph whose numbers are its own: <!-- uncited: editions to date -->
_EXEMPTION = re.compile(r"<!--\s*uncited\b")
# Numbers that are not prose: in an address, an attribute or a tag, of a numbered list, in the name of a footnote.
_NO_PROSE = re.compile(
    r"\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>|https?://\S+|(?m:^[ \t]*[0-9]+\.[ \t])|\[\^[^\]\n]*\]:?", re.ASCII
)
# Years, days and ordinals say when or which, not how many.
_DATE = re.compile(
    rf"\b(?:1[0-9]|20|21)[0-9]{{2}}(?![0-9])|[0-9]+\s*(?:年|月|日|号|届|st\b|nd\b|rd\b|th\b)|第\s*[0-9]+"
    rf"|(?:{_MONTHS})\s+[0-9]{{1,2}}\b|[0-9]{{1,2}}(?:\s*(?:[–—-]|to|and)\s*[0-9]{{1,2}})?\s+(?:{_MONTHS})\b",
    re.ASCII,
)
# Where a number may begin. Blanking what the patterns above match never makes a new beginning.
_BEGINS = r"[0-9](?<![A-Za-z0-9_.#/-][0-9])"
_BEGINNING = re.compile(_BEGINS, re.ASCII)
_NUMBER = re.compile(rf"{_BEGINS}[0-9]*(?:[,.][0-9]+)*(?![0-9A-Za-z_/-])", re.ASCII)


def uncited(body: SourceText) -> list[Problem]:
    """Warn of ``number-uncited`` at the first number of each paragraph that gives no source for its numbers."""
    mentions = scan(body).mentions
    support = [
        mention.start
        for mention in mentions
        if any(reference.kind != "link" or reference.sort in _SUPPORTING for reference in mention.references)
    ]
    rest = scan(body).rest
    problems: list[Problem] = []
    for start, end in paragraphs(rest):
        if not _BEGINNING.search(rest, start, end):
            continue
        paragraph = body.text[start:end]
        if any(start <= at < end for at in support) or "[^" in paragraph or _EXEMPTION.search(paragraph):
            continue
        number = next(counts_in(rest[start:end]), None)
        if number is not None:
            place = body.place_at(start + number.start())
            problems.append(Problem("number-uncited", place, {"found": number.group()}, severity=WARNING))
    return problems


def counts_in(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text that say how many: no dates, ordinals, addresses or marks of lists and footnotes."""
    for pattern in (_NO_PROSE, _DATE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return _NUMBER.finditer(text)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each run of lines that is not a heading."""
    for match in _PARAGRAPH.finditer(text):
        if not match.group().lstrip().startswith("#"):
            yield match.span()
