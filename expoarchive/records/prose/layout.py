"""What Python-Markdown reads otherwise than an editor sees it on the page: warnings, never errors."""

import re
from collections.abc import Iterator

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem
from expoarchive.records.prose.mask import COVER, ITEM, WIDE, indent_of

_ADDRESS = re.compile(r"\]\([^)\n]*\)|<[^>\n]*>|https?://\S+")
_UNDERSCORES = re.compile(r"(?<![_\\])(_{1,2})(?![\s_])[^_\n]*[^\s_\\](\1)(?!_)")
_WIDE_WORD = re.compile(rf"(?=\w)[{WIDE}]")


def layout_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Report ``shallow-list`` and ``underscore-in-word``."""
    yield from _shallow_lists(source, masked)
    yield from _underscores(source, masked)


def _shallow_lists(source: SourceText, masked: str) -> Iterator[Problem]:
    """An item indented by less than four below the one it belongs to becomes an item beside it."""
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
    """``是_重点_的``: underscores beside a letter are shown, and Chinese sets no space there."""
    text = _ADDRESS.sub(lambda match: COVER * len(match.group()), masked)
    for match in _UNDERSCORES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if _WIDE_WORD.match(before) or _WIDE_WORD.match(after):
            details = {"found": match.group(), "meant": match.group().replace("_", "*")}
            yield Problem("underscore-in-word", source.place_at(match.start()), details, severity=WARNING)
