"""Tells prose from code and comments in Markdown, by covering the latter character for character.

Follows Python-Markdown: a fence begins its line; indented code follows a blank line and is indented by four, and by
four more for each list or footnote around it; in a quotation, this holds for what follows its marks.
"""

import re
from dataclasses import dataclass
from functools import cache

# Matched by none of our rules, and neither a space nor a word.
COVER = "\ue002"
# Chinese and Japanese characters and punctuation, for a class in a regular expression.
WIDE = "\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"

ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|[0-9]+\.)[ \t]+\S")
_INFO = r"[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*)"
_FENCED = re.compile(rf"^(?P<fence>`{{3,}}|~{{3,}}){_INFO}\n(?:.*?\n)??(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_INDENTING = re.compile(r"\s*(?:\[\^[^\]]*\]:|:[ ]{1,3}\S)")
_QUOTED = re.compile(r"[ ]*>[ ]?")
# Without such a line, nothing is indented code.
_INDENTED = re.compile(r"\n[ >]*(?:    |\t)")
_BLOCK_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)[\s>]")
_TICKS = re.compile(r"`+")
_ROW = re.compile(r"[ ]*\|")
# What may begin something to cover, by the signs that it needs.
_INLINE = {"\\": r"\\.", "`": "`+", "<!--": "<!--"}
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n\s*(?:[-*+]|[0-9]+\.)[ \t]|\n#")


@dataclass(frozen=True, slots=True)
class Mask:
    """``text`` is as long as the source. ``comments`` are the (start, end) offsets of HTML comments.

    The rest are offsets too: of fences and comments without an end, and of fences spoilt by the words after them.
    """

    text: str
    comments: tuple[tuple[int, int], ...]
    open_fences: tuple[int, ...]
    open_comments: tuple[int, ...]
    wordy_fences: tuple[int, ...]


def mask(text: str) -> Mask:
    """Cover fenced, indented and inline code and HTML comments."""
    fenced, remaining = text, []
    if "```" in text or "~~~" in text:
        fenced = _FENCED.sub(lambda match: covered(match.group()), text)
        remaining = [match for match in _FENCE.finditer(fenced) if match["fence"][0] not in match["rest"]]
    wordy = tuple(match.start() for match in remaining if not re.fullmatch(_INFO, match["rest"]))
    open_fences = tuple(match.start() for match in remaining if match.start() not in wordy)
    prose, comments, open_comments = _without_inline(fenced, _without_indented(fenced))
    return Mask(prose, tuple(comments), open_fences, tuple(open_comments), wordy)


def covered(text: str) -> str:
    """Cover in place of a text: of the same length, on as many lines."""
    return re.sub(r"[^\n]", COVER, text)


def indent_of(line: str) -> int:
    """The columns of white space at the start; a tab goes to the next multiple of four."""
    if not line.startswith((" ", "\t")):
        return 0
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


@dataclass
class _Level:
    """Where a line stands at one depth of quotation. ``depth`` is of the lists and footnotes around it."""

    depth: int = 0
    after_blank: bool = True
    in_code: bool = False
    quotation: "_Level | None" = None

    def is_code(self, line: str) -> bool:
        """Whether the next line, which is not blank, is indented code."""
        indent = indent_of(line)
        self.in_code = (self.after_blank or self.in_code) and indent >= 4 * (self.depth + 1)
        if not self.in_code:
            if ITEM.match(line) or _INDENTING.match(line):
                self.depth = indent // 4 + 1
            elif self.after_blank:
                self.depth = min(self.depth, indent // 4)
            # Code may follow a heading without a blank line.
            self.after_blank = line.startswith("#")
            if self.after_blank:
                self.depth = 0
        return self.in_code

    def quoted(self, line: str) -> tuple[int, "_Level"]:
        """How many characters of the next line are the marks of its quotations, and the level inside them."""
        marks = None if self.after_blank and indent_of(line) >= 4 * (self.depth + 1) else _QUOTED.match(line)
        if marks is None:
            if self.after_blank or self.quotation is None:
                self.quotation = None
                return 0, self
            return 0, self.quotation.quoted(line)[1]  # a quoted paragraph goes on without its marks
        self.quotation = self.quotation or _Level()
        self.after_blank = self.in_code = False
        rest, inner = self.quotation.quoted(line[marks.end() :])
        return marks.end() + rest, inner

    def blank(self) -> None:
        """Take note of a blank line."""
        self.after_blank = True
        if self.quotation is not None:
            self.quotation.blank()


def _without_indented(text: str) -> str:
    if not _INDENTED.search(f"\n{text}"):
        return text
    lines: list[str] = []
    level = _Level()
    html: str | None = None
    for line in text.split("\n"):
        if html is None and not indent_of(line) and (tag := _BLOCK_TAG.match(line)):
            html = tag.group(1).lower()
        if html is not None:
            if f"</{html}>" in line.lower():
                html = None
            level = _Level(after_blank=not line.strip())
        elif not line.strip():
            level.blank()
        else:
            start, inner = level.quoted(line)
            words = line[start:]
            if not words.strip():
                inner.blank()
            elif inner.is_code(words):
                line = line[:start] + covered(words)
        lines.append(line)
    return "\n".join(lines)


def _without_inline(fenced: str, text: str) -> tuple[str, list[tuple[int, int]], list[int]]:
    """The text with code spans and comments covered, the comments, and where one is left open.

    The end of a comment is looked for in ``fenced``, as it may be indented.
    """
    parts: list[str] = []
    comments: list[tuple[int, int]] = []
    at = 0
    beginning = _beginning(tuple(sign for sign in _INLINE if sign in text))
    while match := beginning.search(text, at):
        parts.append(text[at : match.start()])
        end = match.end()
        if match.group() == "<!--":
            closing = fenced.find("-->", end)
            if closing < 0:
                parts.append(covered(text[match.start() :]))
                return "".join(parts), comments, [match.start()]
            end = closing + 3
            comments.append((match.start(), end))
            parts.append(covered(text[match.start() : end]))
        elif match.group()[0] == "`":
            end = _code_end(text, match)
            parts.append(covered(text[match.start() : end]) if end > match.end() else match.group())
        else:
            parts.append(match.group())
        at = end
    parts.append(text[at:])
    return "".join(parts), comments, []


@cache
def _beginning(signs: tuple[str, ...]) -> re.Pattern[str]:
    """Finds what begins with one of these signs: a pattern of few is much faster than one of all."""
    return re.compile("|".join(_INLINE[sign] for sign in signs) or r"\A(?!)")


def _code_end(text: str, ticks: re.Match[str]) -> int:
    """The end of the code span that these backticks begin; the end of the backticks if they begin none."""
    line_start = text.rfind("\n", 0, ticks.start()) + 1
    block_end = _BLOCK_END.search(text, ticks.end())
    limit = block_end.start() if block_end else len(text)
    if _ROW.match(text, line_start):
        # In a table, code ends with its row.
        line_end = text.find("\n", ticks.end())
        limit = min(limit, line_end) if line_end >= 0 else limit
    # It is closed by as many backticks as open it, or else by the longest shorter run.
    most, end = 0, ticks.end()
    for closing in _TICKS.finditer(text, ticks.end(), limit):
        count = len(closing.group())
        if most < count <= len(ticks.group()):
            most, end = count, closing.end()
        if most == len(ticks.group()):
            break
    return end
