"""A filled form as GitHub writes it, or as a letter has it, taken apart into its answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from expoarchive.nodes import SourceText, read_file, text_of
from expoarchive.problem import WARNING, Place, Problem, nearest
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
    """The report in a file as far as it goes; None for a file that is no filled form.

    Reports what ``read_file`` and ``text_of`` do, all that is wrong with its answers, and fields that the form lacks.
    """
    data, problems = read_file(file.parent, file.name, LARGEST_BYTES)
    source, more = text_of(file.name, data) if not problems else (None, [])
    if source is None:
        return None, [*problems, *more]
    labels = {language: {field: t(f"report.{field}") for field in FIELDS} for language, t in strings.items()}
    # GitHub's headings first: in an answer there, a line such as “Source: …” is the reader's own.
    for pattern, other in ((_HEADING, _OTHER_HEADING), (_LINE, _OTHER_LINE)):
        found = {language: list(_marks(pattern, other, source, names)) for language, names in labels.items()}
        language = max(found, key=lambda one: sum(mark.field != "" for mark in found[one]))
        if any(mark.field for mark in found[language]):
            report = Report(_answers(source, found[language]), language, labels[language])
            return report, [*_faults(source, report), *_unknown(source, found[language], report)]
    return None, [Problem("report-unread", source.place(), {"label": next(iter(labels.values()))["edition"]})]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a field begins: the line of its name, and what stands on that line after it.

    ``field`` is empty for one that the form does not have.
    """

    field: str
    line: int
    name: str
    rest: str


_HEADING = r"### (?P<name>{names})\s*(?P<rest>)"
_LINE = _QUOTED + r"(?P<name>{names})\s*[:：]\s*(?P<rest>.*)"
_OTHER_HEADING = re.compile(r"### (?P<name>.{1,60}?)\s*(?P<rest>)")
# A few words without digits, and no address.
_OTHER_LINE = re.compile(_QUOTED + r"(?P<name>[^\W\d]+(?: [^\W\d]+){0,3})\s*[:：](?!//)\s*(?P<rest>.*)")


def _marks(pattern: str, other: re.Pattern[str], source: SourceText, labels: Mapping[str, str]) -> Iterator[_Mark]:
    """The fields in the order of the form. A name that comes again, or too late, is part of an answer.

    A line that looks like a field which the form lacks counts as one, with two exceptions. In a comment, only one much
    like a field that is due does; above a form that begins with its first field, none: letters have heads of their own.
    """
    field_of = {label: field for field, label in labels.items()}
    names = "|".join(re.escape(label) for label in sorted(field_of, key=len, reverse=True))
    due, last = list(FIELDS), ""
    head: list[_Mark] = []
    for number, line in enumerate(source.lines, 1):
        if match := re.fullmatch(pattern.format(names=names), line):
            if (field := field_of[match["name"]]) in due:
                yield from head if field != FIELDS[0] else ()
                head.clear()
                del due[: due.index(field) + 1]
                last = field
                yield _Mark(field, number, match["name"], match["rest"] or "")
        elif match := other.fullmatch(line):
            mark = _Mark("", number, match["name"], match["rest"] or "")
            if not last:
                head.append(mark)
            elif last != FIELDS[-1] or field_of.get(nearest(mark.name, field_of) or "") in due:
                yield mark


def _answers(source: SourceText, marks: Sequence[_Mark]) -> dict[str, Answer]:
    """What stands in each field; what stands in those that the form lacks is part of the comment."""
    ends = [mark.line - 1 for mark in marks[1:]] + [len(source.lines)]
    answers, others = {}, []
    for mark, end in zip(marks, ends, strict=True):
        lines = [mark.rest, *(re.sub(rf"^{_QUOTED}", "", line) for line in source.lines[mark.line : end])]
        first = next((at for at, line in enumerate(lines) if line.strip()), None)
        text = "\n".join(lines).strip()
        if first is None or text == _NO_ANSWER:
            continue
        answer = Answer(text, source.place(mark.line + first))
        if mark.field:
            answers[mark.field] = answer
        else:
            others.append(replace(answer, text=f"{mark.name}: {text}"))
    if said := [*filter(None, [answers.get("comment")]), *others]:
        answers["comment"] = Answer("\n".join(one.text for one in said), said[0].place)
    return answers


def _unknown(source: SourceText, marks: Sequence[_Mark], report: Report) -> Iterator[Problem]:
    """Name each field that the form does not have, with the one that may be meant."""
    labels = [*report.labels.values()]
    for mark in marks:
        if not mark.field:
            details = {"label": mark.name, "fields": ", ".join(labels)}
            near = nearest(mark.name, labels)
            yield Problem("report-field", source.place(mark.line), details, near, severity=WARNING)


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
