"""A filled form as GitHub writes it, or as a letter has it, taken apart into its answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from expoarchive.nodes import SourceText, read_file, text_of
from expoarchive.problem import Place, Problem
from expoarchive.render.report import DUE, FIELDS
from expoarchive.render.strings import Strings

# Far more than GitHub lets anybody write.
LARGEST_BYTES = 300_000
# Characters of an answer.
LONGEST = {
    "edition": 20,
    "item": 400,
    "value": 500,
    "source": 1000,
    "published": 50,
    "place": 100,
    "printed": 500,
    "comment": 5000,
}
_NO_ANSWER = "_No response_"
# A letter that somebody passed on has its lines marked.
_QUOTED = r"[>\s]*"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was written into a field, and where it begins."""

    text: str
    place: Place

    @property
    def line(self) -> str:
        """In one line, of characters that can be printed."""
        shown = "".join(char if char.isprintable() else " " for char in self.text)
        return " ".join(shown.split())


@dataclass(frozen=True, slots=True)
class Report:
    """The answers of a form, by field; ``language`` is that of its words, ``labels`` are the fields' names in it."""

    answers: Mapping[str, Answer]
    language: str
    labels: Mapping[str, str]

    def get(self, field: str) -> Answer | None:
        """The answer in a field; None where nothing was written."""
        return self.answers.get(field)


def read_form(file: Path, strings: Mapping[str, Strings]) -> tuple[Report | None, list[Problem]]:
    """The report in a file. Reports what ``read_file`` and ``text_of`` do, and all that is wrong with its answers."""
    data, problems = read_file(file.parent, file.name, LARGEST_BYTES)
    source, more = text_of(file.name, data) if not problems else (None, [])
    if source is None:
        return None, [*problems, *more]
    labels = {language: {field: t(f"report.{field}") for field in FIELDS} for language, t in strings.items()}
    # GitHub's headings first: in an answer there, a line such as “Source: …” is the reader's own.
    for marks in (_HEADINGS, _LINES):
        found = {language: list(marks(source, names)) for language, names in labels.items()}
        language = max(found, key=lambda one: len(found[one]))
        if found[language]:
            report = Report(_answers(source, found[language]), language, labels[language])
            faults = _faults(source, report)
            return (None if faults else report), faults
    return None, [Problem("report-unread", source.place(), {"label": next(iter(labels.values()))["edition"]})]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a field begins: the line of its name, and what stands on that line after it."""

    field: str
    line: int
    rest: str


def _marks(pattern: str, source: SourceText, labels: Mapping[str, str]) -> Iterator[_Mark]:
    """The fields in the order of the form. A name that comes again, or too late, is part of an answer."""
    field_of = {label: field for field, label in labels.items()}
    names = "|".join(re.escape(label) for label in sorted(field_of, key=len, reverse=True))
    due = list(FIELDS)
    for number, line in enumerate(source.lines, 1):
        match = re.fullmatch(pattern.format(names=names), line)
        if match and (field := field_of[match["name"]]) in due:
            del due[: due.index(field) + 1]
            yield _Mark(field, number, match["rest"] or "")


_HEADINGS = partial(_marks, r"### (?P<name>{names})\s*(?P<rest>)")
_LINES = partial(_marks, _QUOTED + r"(?P<name>{names})\s*[:：]\s*(?P<rest>.*)")


def _answers(source: SourceText, marks: Sequence[_Mark]) -> dict[str, Answer]:
    ends = [mark.line - 1 for mark in marks[1:]] + [len(source.lines)]
    answers = {}
    for mark, end in zip(marks, ends, strict=True):
        lines = [mark.rest, *(re.sub(rf"^{_QUOTED}", "", line) for line in source.lines[mark.line : end])]
        first = next((at for at, line in enumerate(lines) if line.strip()), None)
        text = "\n".join(lines).strip()
        if first is not None and text != _NO_ANSWER:
            answers[mark.field] = Answer(text, source.place(mark.line + first))
    return answers


def _faults(source: SourceText, report: Report) -> list[Problem]:
    due = ", ".join(report.labels[field] for field in FIELDS if field in DUE)
    problems = [
        Problem("report-lacks", source.place(), {"label": report.labels[field], "due": due})
        for field in FIELDS
        if field in DUE and report.get(field) is None
    ]
    for field, answer in report.answers.items():
        if len(answer.text) > LONGEST[field]:
            details = {"label": report.labels[field], "length": str(len(answer.text)), "limit": str(LONGEST[field])}
            problems.append(Problem("report-long", answer.place, details))
    return problems
