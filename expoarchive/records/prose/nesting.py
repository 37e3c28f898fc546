"""Markdown nested deeper or run on longer than anybody reads: Python-Markdown takes minutes over it, or fails."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem
from expoarchive.records.prose.mask import COVER, ITEM, indent_of

DEEPEST = 20
# Lines without a blank one between them. Python-Markdown goes through what is left of them once for each heading there.
LONGEST_BLOCK = 2_000
_BLANK = f" \t{COVER}"
_QUOTE = re.compile(r"[ ]*(?:>[ ]?)+")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*(?=\n)")


def nesting_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``nested-too-deep`` for lists, quotations and open brackets: the first of each paragraph or list.

    Reports ``block-too-long`` as well.
    """
    deep, run = False, 0
    for number, line in enumerate(masked.split("\n"), 1):
        run = run + 1 if line.strip(_BLANK) else 0
        if run == LONGEST_BLOCK + 1:
            yield Problem("block-too-long", source.place(number), {"limit": str(LONGEST_BLOCK)})
        was_deep, deep = deep, _depth(line) > DEEPEST
        if deep and not was_deep:
            column = len(line) - len(line.lstrip()) + 1
            yield Problem("nested-too-deep", source.place(number, column), {"limit": str(DEEPEST)})
    yield from _brackets(source, masked)


def _depth(line: str) -> int:
    quote = _QUOTE.match(line)
    if quote:
        return quote.group().count(">")
    return indent_of(line) // 4 + 1 if ITEM.match(line) else 0


def _brackets(source: SourceText, masked: str) -> Iterator[Problem]:
    opened: list[int] = []
    told = False
    for match in _BRACKET.finditer(masked):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]":
            del opened[-1:]
        elif match.group()[0] == "\n":
            opened, told = [], False
        if len(opened) > DEEPEST and not told:
            told = True
            yield Problem("nested-too-deep", source.place_at(opened[0]), {"limit": str(DEEPEST)})
