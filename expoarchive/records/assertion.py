"""Sentences that say more than figures do: that something is not known, or is the first, the only, the last.

Which wordings say so is listed in ``content/wordings.yaml``, by language. An absence needs its reference, `[?…]`; a
sweeping statement needs a figure, a citation or an absence in the same sentence.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from expoarchive.cache import Memory
from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records, Translation
from expoarchive.records.prose import scan
from expoarchive.records.prose.mention import Mention
from expoarchive.records.statement import Statement

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)]*|\.(?=[”’)]*\s)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|>#]|[0-9]+\.))|\|")


def check_assertions(records: Records, memory: Memory) -> list[Problem]:
    """Warn of ``absence-unreferenced`` and ``sweep-unsupported`` in prose, and of ``absence-in-note`` in records."""
    problems: list[Problem] = []
    wordings = records.wordings
    patterns = {
        language: (pattern_of(wordings.absence.get(language, ())), pattern_of(wordings.sweeping.get(language, ())))
        for language in {*wordings.absence, *wordings.sweeping}
    }
    for article in [*records.articles.values(), *records.pages.values()]:
        for language, text in article.translations.items():
            if language in patterns:
                look = partial(_in_prose, text, patterns[language])
                problems += memory.recall(("assertions", text.file), (text, patterns[language]), look)
    for claim in records.claims.by_address.values():
        problems += _in_notes(claim.statement, {language: pair[0] for language, pair in patterns.items()})
    return problems


# A pattern is kept as text, so that it can be compared with that of the last look.
def pattern_of(wordings: Iterable[str]) -> str:
    """Any of the wordings; in scripts with word boundaries, as whole words."""
    bounds = (rf"\b{re.escape(wording)}\b" if wording.isascii() else re.escape(wording) for wording in wordings)
    return "|".join(bounds)


def _in_prose(translation: Translation, patterns: tuple[str, str]) -> list[Problem]:
    body, problems = translation.body, []
    rest, mentions = scan(body).rest, scan(body).mentions
    for start, end in sentences(rest):
        here = [mention for mention in mentions if start <= mention.start < end]
        for kind, pattern in zip(("absence-unreferenced", "sweep-unsupported"), patterns, strict=True):
            match = re.compile(pattern, re.IGNORECASE).search(rest, start, end) if pattern else None
            if match is not None and not _supported(kind, here):
                place = body.place_at(match.start())
                problems.append(Problem(kind, place, {"found": match.group()}, severity=WARNING))
    return problems


def _supported(kind: str, mentions: list[Mention]) -> bool:
    kinds = {reference.kind for mention in mentions for reference in mention.references}
    return "absence" in kinds or (kind == "sweep-unsupported" and bool(kinds & {"figure", "citation"}))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence; a reference behind the full stop belongs to the sentence before it."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _in_notes(statement: Statement, patterns: dict[str, str]) -> Iterator[Problem]:
    """Notes assert no absence: they are read with the one claim, and nobody looks there when it is filled."""
    for text in (statement.note, statement.scope):
        for language, words in (text or {}).items():
            pattern = patterns.get(language)
            if pattern and (match := re.search(pattern, words, re.IGNORECASE)):
                details = {"found": match.group(), "text": words}
                yield Problem("absence-in-note", statement.found_at, details, severity=WARNING)
