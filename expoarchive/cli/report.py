"""Problems as text: for a person at a terminal, for GitHub's annotations, for other programs."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from expoarchive.cli.terminal import Terminal, colour_wanted, complain, say
from expoarchive.cli.words import word
from expoarchive.problem import ERROR, WARNING, Place, Problem, in_order
from expoarchive.problem.catalogue import Wording, printable, wording

# Terminal cells of source shown of a long line, and how many of them stand before the fault at most.
WIDEST = 100
BEFORE = 60
# Characters looked at on each side of a fault: more than fit, as some take no cell of their own.
FAR = 4 * WIDEST
TAB = 4
_CUT = "…"
_BOLD, _RED, _YELLOW, _GREEN, _BLUE, _PLAIN = (f"\x1b[{code}m" for code in ("1", "1;31", "1;33", "32", "34", "0"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem as it is worded: where it stands, what it is called, its line, and what to do."""

    place: Place
    where: str
    severity: str
    label: str
    says: str
    quote: "Quote | None"
    advice: tuple[str, ...]


def show_problems(problems: list[Problem], terminal: Terminal, form: str = "text") -> None:
    """All problems at once, in the asked form: ``text``, ``json`` or ``github``."""
    if form == "json":
        say(as_json(problems, terminal.language))
    elif problems and form == "github":
        say(github(problems, terminal.language))
    elif problems:
        complain(report(problems, terminal.language, colour=colour_wanted()))


def entries(problems: Iterable[Problem], language: str) -> list[Entry]:
    """Every problem in order of place, in the editor's language."""
    return [_entry(problem, language) for problem in in_order(problems)]


def _entry(problem: Problem, language: str) -> Entry:
    place, words = problem.place, wording(problem, language)
    return Entry(
        place,
        _where(place, language),
        problem.severity,
        word(language, "report.warning" if problem.severity == WARNING else "report.error"),
        words.says,
        _quoted(place),
        tuple(_advice(words, language)),
    )


def _where(place: Place, language: str) -> str:
    """File, line and column, or the cell of a spreadsheet; empty for no place."""
    file = printable(place.file)
    if place.cell:
        return word(language, "report.cell", file=file, cell=printable(place.cell))
    return f"{file}:{place.line}:{place.column}" if file else ""


def _quoted(place: Place) -> "Quote | None":
    """The line of a place, or the text of a cell; None for one without."""
    if not place.excerpt.strip():
        return None
    return quote(place.at(1) if place.cell else place)


def report(problems: Iterable[Problem], language: str, *, colour: bool) -> str:
    """Every problem with its line, a caret under the fault and what to do, in order of place; then a count.

    Empty where there are none. ``language`` is the editor's. With ``colour``, ANSI escapes.
    """
    ordered = in_order(problems)
    if not ordered:
        return ""
    listed = entries(ordered, language)
    blocks: list[str] = []
    for entry, following in zip_longest(listed, listed[1:]):
        # Of many of one sort in a file, only the last says what to do.
        alike = following is not None and _alike(entry, following)
        blocks += [_block(replace(entry, advice=()) if alike else entry, colour), "\n" if alike else "\n\n"]
    return "".join([*blocks, count(ordered, language)])


def _alike(entry: Entry, other: Entry) -> bool:
    """Whether two entries without lines of their own to show are of one file, and have one cure."""
    shown = (entry.place.file, entry.severity, entry.quote, entry.advice)
    return entry.quote is None and shown == (other.place.file, other.severity, other.quote, other.advice)


def count(problems: Iterable[Problem], language: str) -> str:
    """How many errors and warnings there are, in how many files."""
    listed = list(problems)
    errors = sum(problem.severity == ERROR for problem in listed)
    numbers = [_counted(errors, "error", language)] if errors else []
    numbers += [warnings(listed, language)] if errors < len(listed) else []
    files = _counted(len({problem.place.file for problem in listed}), "file", language)
    return word(language, "report.count", numbers=word(language, "report.and").join(numbers), files=files)


def warnings(problems: Iterable[Problem], language: str) -> str:
    """How many warnings there are, none included."""
    number = sum(problem.severity == WARNING for problem in problems)
    return _counted(number, "warning", language) if number else word(language, "report.no-warnings")


def github(problems: Iterable[Problem], language: str) -> str:
    """Workflow commands that GitHub shows as annotations on the files: one line a problem."""
    lines = []
    for problem in in_order(problems):
        words = wording(problem, language)
        place = problem.place
        properties = {"file": place.file, "line": str(place.line), "col": str(place.column), "title": words.says}
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        message = "\n".join(_advice(words, language)) or words.says
        lines.append(f"::{problem.severity} {listed}::{_data(message)}")
    return "\n".join(lines)


def as_json(problems: Iterable[Problem], language: str) -> str:
    """A JSON object with the problems in order and their numbers."""
    ordered = in_order(problems)
    errors = sum(problem.severity == ERROR for problem in ordered)
    rows = [_row(problem, language) for problem in ordered]
    whole = {"problems": rows, "errors": errors, "warnings": len(ordered) - errors}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _row(problem: Problem, language: str) -> dict[str, object]:
    place, words = problem.place, wording(problem, language)
    return {
        "kind": problem.kind,
        "severity": problem.severity,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "says": words.says,
        "expected": words.expected,
        "cure": words.cure,
        "nearest": problem.nearest,
    }


def _counted(number: int, noun: str, language: str) -> str:
    return word(language, f"report.one-{noun}") if number == 1 else word(language, f"report.many-{noun}s", count=number)


def _block(entry: Entry, colour: bool) -> str:
    def paint(text: str, style: str) -> str:
        return f"{style}{text}{_PLAIN}" if colour else text

    where = paint(f"{entry.where}: ", _BOLD) if entry.where else ""
    lines = [f"{where}{paint(entry.label, _RED if entry.severity == ERROR else _YELLOW)}{entry.says}"]
    gutter = " " * len(str(entry.place.line))
    if entry.quote:
        lines.append(f"  {paint(f'{entry.place.line} |', _BLUE)} {entry.quote.text}")
        lines.append(f"  {paint(f'{gutter} |', _BLUE)} {' ' * entry.quote.cells_before}{paint('^', _GREEN)}")
    lines += [f"  {gutter}   {line}" for line in entry.advice]
    return "\n".join(lines)


def _advice(words: Wording, language: str) -> list[str]:
    """What is expected, then the nearest name or else what to do."""
    lines = [word(language, "report.expected") + words.expected] if words.expected else []
    if words.suggestion:
        return [*lines, words.suggestion]
    return [*lines, word(language, "report.cure") + words.cure] if words.cure else lines


@dataclass(frozen=True, slots=True)
class Quote:
    """A source line as a terminal shows it, and how many of its cells stand before the fault."""

    text: str
    cells_before: int


def quote(place: Place) -> Quote:
    """The line of ``place``, cut to a window around its column where it is longer than ``WIDEST`` cells."""
    line = place.excerpt.rstrip()
    at = min(place.column - 1, len(line))
    if len(line) <= WIDEST and line.isascii() and line.isprintable():
        # Most lines, each of whose characters takes one cell.
        return Quote(line, at)
    begin, end = max(0, at - FAR), min(len(line), at + FAR)
    at -= begin
    characters = [(_visible(char), cells(char)) for char in line[begin:end]]
    first, last = 0, len(characters)
    if sum(width for _, width in characters) > WIDEST:
        room = BEFORE
        first = at
        while first > 0 and characters[first - 1][1] <= room:
            first -= 1
            room -= characters[first][1]
        room += WIDEST - BEFORE
        last = at
        while last < len(characters) and characters[last][1] <= room:
            room -= characters[last][1]
            last += 1
    head, tail = _CUT if begin + first > 0 else "", _CUT if begin + last < len(line) else ""
    text = "".join(char for char, _ in characters[first:last])
    before = len(head) + sum(width for _, width in characters[first:at])
    # A column past the end of the line is that of its end.
    return Quote(head + text + tail, before)


# A file can have ten thousand faults, and some hundred characters are looked at around each.
@lru_cache(4096)
def cells(char: str) -> int:
    """How many cells of a terminal a character takes: 2 for wide ones, 0 for those that join the one before."""
    if char == "\t":
        return TAB
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


@lru_cache(4096)
def _visible(char: str) -> str:
    return " " * TAB if char == "\t" else printable(char)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
