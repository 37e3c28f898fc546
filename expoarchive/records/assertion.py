"""Sentences that say more than figures do: that something is not known, or is the first, the only, the last.

Which wordings say so is listed in ``content/wordings.yaml``, by language. An absence needs its reference, `[?…]`; a
sweeping statement needs a figure, a citation or an absence in the same sentence.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from expoarchive.cache.memory import Memory
from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records, Translation
from expoarchive.records.prose import scan
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
    for language, text in records.texts():
        if language in patterns:
            look = partial(_in_prose, text, patterns[language])
            problems += memory.recall(("assertions", text.file), (text, patterns[language]), look)
    absences = {language: absence for language, (absence, _) in patterns.items()}
    for claim in records.claims.by_address.values():
        problems += _in_notes(claim.statement, absences)
    return problems


# A pattern is kept as text, so that it can be compared with that of the last look.
def pattern_of(wordings: Iterable[str]) -> str:
    """Any of the wordings; in scripts with word boundaries, as whole words."""
    bounds = (rf"\b{re.escape(wording)}\b" if wording.isascii() else re.escape(wording) for wording in wordings)
    return "|".join(bounds)


def _in_prose(translation: Translation, patterns: tuple[str, str]) -> list[Problem]:
    body, (absence, sweeping) = translation.body, patterns
    rest, mentions = scan(body).rest, scan(body).mentions
    problems: list[Problem] = []
    for start, end in sentences(rest):
        here = [mention for mention in mentions if start <= mention.start < end]
        kinds = {reference.kind for mention in here for reference in mention.references}
        if "absence" not in kinds and (match := _first(absence, rest, start, end)):
            problems.append(_unsupported("absence-unreferenced", body, match))
        if not kinds & {"absence", "figure", "citation"} and (match := _first(sweeping, rest, start, end)):
            problems.append(_unsupported("sweep-unsupported", body, match))
    return problems


def _first(pattern: str, text: str, start: int, end: int) -> re.Match[str] | None:
    return re.compile(pattern, re.IGNORECASE).search(text, start, end) if pattern else None


def _unsupported(kind: str, body: SourceText, match: re.Match[str]) -> Problem:
    return Problem(kind, body.place_at(match.start()), {"found": match.group()}, severity=WARNING)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence."""
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
