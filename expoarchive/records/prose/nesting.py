"""Markdown nested deeper than anybody reads, which Python-Markdown takes minutes over or does not survive."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem
from expoarchive.records.prose.mask import ITEM, indent_of

DEEPEST = 20
_QUOTE = re.compile(r"[ ]*(?:>[ ]?)+")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*(?=\n)")


def nesting_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``nested-too-deep`` for lists, quotations and open brackets: the first of each paragraph or list."""
    deep = False
    for number, line in enumerate(masked.split("\n"), 1):
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
