"""Markdown that is shown otherwise than its editor meant, or that nobody could read: footnotes, lists, nesting.

Of what is nested too deeply or goes on too long, Python-Markdown takes minutes, or fails.
"""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem, nearest
from expoarchive.records.prose.mask import COVER, ITEM, WIDE, indent_of

DEEPEST = 20
# Lines without a blank one between them. For each heading among them, Python-Markdown goes through all that follow.
LONGEST_BLOCK = 2_000
_USED = re.compile(r"(?<!\\)\[\^([^\]\n]*)\]")
_DEFINED = re.compile(r"^[ \t>]*\[\^([^\]\n]*)\]:", re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^)\n]*\)|<[^>\n]*>|https?://\S+")
_UNDERSCORES = re.compile(r"(?<![_\\])(_{1,2})(?![\s_])[^_\n]*[^\s_\\](\1)(?!_)")
_WIDE_WORD = re.compile(rf"(?=\w)[{WIDE}]")
_BLANK = f" \t{COVER}"
_QUOTE = re.compile(r"[ ]*(?:>[ ]?)+")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*(?=\n)")


def structure_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``undefined-footnote``, ``footnote-twice``, ``nested-too-deep`` and ``block-too-long``.

    Warn of ``unused-footnote``, ``shallow-list`` and ``underscore-in-word``.
    """
    # Most texts have no sign of most faults, which is faster to see than any pattern is to try.
    if "[^" in masked:
        yield from _footnotes(source, masked)
    if "\n " in masked or "\n\t" in masked:
        yield from _shallow_lists(source, masked)
    if "_" in masked:
        yield from _underscores(source, masked)
    if _may_be_deep(masked) or masked.count("\n") >= LONGEST_BLOCK:
        yield from _deep_lines(source, masked)
    if masked.count("[") > DEEPEST:
        yield from _deep_brackets(source, masked)


def _may_be_deep(masked: str) -> bool:
    return masked.count(">") > DEEPEST or " " * (4 * DEEPEST) in masked or "\t" in masked


def _footnotes(source: SourceText, masked: str) -> Iterator[Problem]:
    """Each footnote ``[^x]`` in use must be defined once, and each definition be used."""
    definitions = list(_DEFINED.finditer(masked))
    defined: dict[str, int] = {}
    for match in definitions:
        label, offset = match.group(1), match.start(1) - 2
        if label in defined:
            details = {"name": label, "line": str(source.place_at(defined[label]).line)}
            yield Problem("footnote-twice", source.place_at(offset), details)
        defined.setdefault(label, offset)
    starts = {match.start(1) for match in definitions}
    used: set[str] = set()
    for match in _USED.finditer(masked):
        label = match.group(1)
        if match.start(1) in starts:
            continue
        used.add(label)
        if label not in defined:
            place = source.place_at(match.start())
            yield Problem("undefined-footnote", place, {"name": label}, nearest(label, defined))
    for label, offset in defined.items():
        if label not in used:
            yield Problem("unused-footnote", source.place_at(offset), {"name": label}, severity=WARNING)


def _shallow_lists(source: SourceText, masked: str) -> Iterator[Problem]:
    """An item indented by less than four below the item it belongs to is shown beside it."""
    above: list[int] = []
    after_blank = False
    for number, line in enumerate(masked.split("\n"), 1):
        if not line.strip():
            after_blank = True
            continue
        indent = indent_of(line)
        if ITEM.match(line):
            while above and above[-1] >= indent:
                above.pop()
            if above and indent - above[-1] < 4:
                place = source.place(number, len(line) - len(line.lstrip()) + 1)
                details = {"found": str(indent - above[-1]), "meant": "4"}
                yield Problem("shallow-list", place, details, severity=WARNING)
            above.append(indent)
        elif (after_blank and not indent) or line.startswith("#"):
            above.clear()
        after_blank = False


def _underscores(source: SourceText, masked: str) -> Iterator[Problem]:
    """``是_重点_的``: underscores next to a letter are shown as they are, and Chinese puts no space there."""
    text = _ADDRESS.sub(lambda match: COVER * len(match.group()), masked)
    for match in _UNDERSCORES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if _WIDE_WORD.match(before) or _WIDE_WORD.match(after):
            details = {"found": match.group(), "meant": match.group().replace("_", "*")}
            yield Problem("underscore-in-word", source.place_at(match.start()), details, severity=WARNING)


def _deep_lines(source: SourceText, masked: str) -> Iterator[Problem]:
    """Lists and quotations, of which the first line that is too deep is reported, and blocks that are too long."""
    deep, run = False, 0
    for number, line in enumerate(masked.split("\n"), 1):
        run = run + 1 if line.strip(_BLANK) else 0
        if run == LONGEST_BLOCK + 1:
            yield Problem("block-too-long", source.place(number), {"limit": str(LONGEST_BLOCK)})
        was_deep, deep = deep, _depth(line) > DEEPEST
        if deep and not was_deep:
            column = len(line) - len(line.lstrip()) + 1
            yield Problem("nested-too-deep", source.place(number, column), {"limit": str(DEEPEST)})


def _depth(line: str) -> int:
    quote = _QUOTE.match(line)
    if quote:
        return quote.group().count(">")
    return indent_of(line) // 4 + 1 if ITEM.match(line) else 0


def _deep_brackets(source: SourceText, masked: str) -> Iterator[Problem]:
    """Open brackets, once for each paragraph."""
    opened: list[int] = []
    reported = False
    for match in _BRACKET.finditer(masked):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]":
            del opened[-1:]
        elif match.group()[0] == "\n":
            opened, reported = [], False
        if len(opened) > DEEPEST and not reported:
            reported = True
            yield Problem("nested-too-deep", source.place_at(opened[0]), {"limit": str(DEEPEST)})
