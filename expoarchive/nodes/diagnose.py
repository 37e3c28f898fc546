"""Finds the slip behind an error of the YAML parser, which notices it late and words it for programmers."""

import re
from dataclasses import dataclass

import yaml

from expoarchive.nodes.text import SourceText
from expoarchive.problem import Place, Problem

# Both patterns require a key, because Chinese prose has wide spaces and full-width colons of its own.
_FULLWIDTH_KEY = re.compile(r"\s*(?:- )*([A-Za-z][A-Za-z0-9_-]*)：")
_WIDE_INDENT = re.compile(r"[ ]*([\u3000\u00a0])\s*(?:- |[A-Za-z0-9_-]+[:：])")
_TAB_INDENT = re.compile(r"[ ]*(\t)")
_COLON_WITHOUT_SPACE = re.compile(r"\s*(?:- )*([A-Za-z0-9_-]+):(?=[^\s:/])")
# A key that begins its line, up to its colon.
_KEY = re.compile(r"\s*(?:- +)*(?:[^\s:#\"'{\[][^:#]*|\"[^\"]*\"|'[^']*')\s*")
# A value that begins with a curly quote, which YAML takes for a letter.
_CURLY_VALUE = re.compile(r":[ ]+([“”‘’])[^“”‘’]*\Z")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
# The length of each escape that has digits.
_ESCAPES = {"x": 4, "u": 6, "U": 10}


@dataclass(frozen=True, slots=True)
class _Fault:
    """An error of the parser: the problem and its offset, what it was parsing and the offset where that began."""

    source: SourceText
    problem: str
    at: int
    context: str
    since: int | None

    @property
    def place(self) -> Place:
        return self.source.place_at(self.at)

    @property
    def start(self) -> Place:
        """Where the construct that the parser was in began."""
        return self.place if self.since is None else self.source.place_at(self.since)

    def line(self, place: Place) -> int:
        """The 1-based line of ``place`` in this text, which may be a part of its file."""
        return place.line - self.source.first_line + 1

    @property
    def before(self) -> str:
        """The part of the line before the fault."""
        return self.place.excerpt[: self.place.column - 1]


def keyboard_slip(source: SourceText, first: int, last: int) -> Problem | None:
    """The first full-width colon after a key, or wide space as indent, in these 1-based lines of ``source``."""
    for number in range(max(first, 1), min(last, len(source.lines)) + 1):
        line = source.lines[number - 1]
        if colon := _FULLWIDTH_KEY.match(line):
            return Problem("fullwidth-colon", source.place(number, colon.end()), {"name": colon.group(1)})
        if indent := _WIDE_INDENT.match(line):
            return Problem("wide-indent", source.place(number, indent.start(1) + 1))
    return None


def syntax_problem(source: SourceText, error: yaml.YAMLError) -> Problem:
    """The problem behind an error of libyaml, placed at the slip and not where the parser noticed it.

    Reports ``fullwidth-colon``, ``wide-indent``, ``fullwidth-comma``, ``tab-indent``, ``control-character``,
    ``bad-escape``, ``unclosed-quote``, ``unclosed-bracket``, ``curly-quotes``, ``colon-in-value``,
    ``colon-without-space``, ``needs-quotes``, ``text-after-value``, ``line-without-colon``, ``bad-indent``, and
    ``yaml-syntax`` if none of these fits.
    """
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if mark is None:
        return _unreadable(source, error)
    fault = _Fault(
        source,
        str(getattr(error, "problem", None) or "unreadable"),
        mark.index,
        str(getattr(error, "context", None) or ""),
        context.index if context is not None else None,
    )
    return _typed_slip(fault) or _unclosed(fault) or _misread(fault) or _general(fault)


def _unreadable(source: SourceText, error: yaml.YAMLError) -> Problem:
    """A character that YAML forbids. libyaml gives its position in bytes of UTF-8."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Problem("yaml-syntax", source.place(), {"reason": str(error)})
    offset = len(source.text.encode("utf-8")[:position].decode("utf-8", "ignore"))
    char = source.text[offset : offset + 1]
    return Problem("control-character", source.place_at(offset), {"found": f"U+{ord(char):04X}" if char else "?"})


def _typed_slip(fault: _Fault) -> Problem | None:
    """A slip with a Chinese keyboard or the tab key, on the line of the fault or next to it."""
    line = fault.line(fault.place)
    above = line - 1
    while above > 1 and not fault.source.lines[above - 1].strip():
        above -= 1
    # A line without a colon is read on until a colon comes, so the slip is where that line began.
    first = fault.line(fault.start) if "simple key" in fault.context else above
    slip = keyboard_slip(fault.source, first, line + 1)
    if slip:
        return slip
    if "," in fault.problem:
        comma = _last_comma(fault)
        if comma is not None:
            return Problem("fullwidth-comma", fault.source.place_at(comma))
    tab = _TAB_INDENT.match(fault.place.excerpt)
    if tab and tab.end() <= fault.place.column:
        return Problem("tab-indent", fault.source.place(fault.line(fault.place), tab.end()))
    return None


def _last_comma(fault: _Fault) -> int | None:
    """The offset of the last full-width comma before the fault, outside quotes and inside the same bracket."""
    start = fault.at if fault.since is None else fault.since
    text = _QUOTED.sub(lambda match: " " * len(match.group()), fault.source.text[start : fault.at + 1])
    return start + text.rindex("，") if "，" in text else None


def _unclosed(fault: _Fault) -> Problem | None:
    if "parsing a quoted scalar" in fault.context:
        # The parser is at the backslash, or where the digits should begin.
        text = fault.source.text
        at = fault.at if text[fault.at : fault.at + 1] == "\\" else fault.at - 2
        escape = text[at : at + _ESCAPES.get(text[at + 1 : at + 2], 2)]
        return Problem("bad-escape", fault.source.place_at(at), {"found": escape})
    if "quoted scalar" in fault.context:
        return Problem("unclosed-quote", fault.start, {"found": fault.start.excerpt[fault.start.column - 1]})
    bracket = fault.start.excerpt[fault.start.column - 1 : fault.start.column]
    wrong = {"[": "}", "{": "]"}.get(bracket)
    char = fault.source.text[fault.at : fault.at + 1]
    if "flow" in fault.context and wrong and (char == wrong or fault.place.line > fault.start.line):
        return Problem("unclosed-bracket", fault.start, {"found": bracket, "closing": "]" if bracket == "[" else "}"})
    return None


def _misread(fault: _Fault) -> Problem | None:
    """An unquoted value that YAML does not read as text."""
    if fault.problem.startswith("mapping values are not allowed"):
        above = fault.line(fault.place) - 1
        colon = _COLON_WITHOUT_SPACE.match(fault.source.lines[above - 1]) if above >= 1 else None
        if curly := _CURLY_VALUE.search(fault.before):
            details = {"found": curly[1], "meant": fault.place.excerpt[curly.start(1) :].strip("“”‘’,} ")}
            return Problem("curly-quotes", fault.place.at(curly.start(1) + 1), details)
        if not _KEY.fullmatch(fault.before):
            return Problem("colon-in-value", fault.place)
        if colon:
            return Problem("colon-without-space", fault.source.place(above, colon.end()), {"name": colon.group(1)})
        column = len(fault.before) - len(fault.before.lstrip()) + 1
        return Problem("bad-indent", fault.source.place(above + 1, column))
    char = fault.place.excerpt[fault.place.column - 1 : fault.place.column]
    if fault.problem.startswith("did not find expected ','") and char == ":":
        return Problem("colon-in-value", fault.place)
    if "cannot start any token" in fault.problem or "sequence entries are not allowed" in fault.problem:
        return Problem("needs-quotes", fault.place, {"found": char})
    if fault.context in ("while scanning an alias", "while scanning an anchor", "while scanning a tag"):
        sign = fault.start.excerpt[fault.start.column - 1 : fault.start.column]
        return Problem("needs-quotes", fault.start, {"found": sign})
    return None


def _general(fault: _Fault) -> Problem:
    if fault.problem.startswith("could not find expected ':'"):
        return Problem("line-without-colon", fault.start, {"found": fault.start.excerpt.strip()})
    if fault.problem.startswith(("did not find expected key", "did not find expected '-' indicator")):
        if fault.before.strip(" -"):
            rest = fault.place.excerpt[fault.place.column - 1 :].strip()
            return Problem("text-after-value", fault.place, {"found": rest})
        return Problem("bad-indent", fault.place)
    return Problem("yaml-syntax", fault.place, {"reason": fault.problem})
