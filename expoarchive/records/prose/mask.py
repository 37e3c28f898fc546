"""Tells prose from code and comments in Markdown, by covering the latter character for character.

Follows Python-Markdown: a fence begins its line; indented code follows a blank line and is indented by four, and by
four more for each list or footnote around it.
"""

import re
from dataclasses import dataclass

# Matched by none of our rules, and neither a space nor a word.
COVER = "\ue002"
# Chinese and Japanese characters and punctuation, for a class in a regular expression.
WIDE = "\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"

ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|[0-9]+\.)[ \t]+\S")
_INFO = r"[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*)"
_FENCED = re.compile(rf"^(?P<fence>`{{3,}}|~{{3,}}){_INFO}\n(?:.*?\n)??(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_INDENTING = re.compile(r"\s*(?:\[\^[^\]]*\]:|:[ ]{1,3}\S)")
_BLOCK_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)[\s>]")
_TICKS = re.compile(r"`+")
_ROW = re.compile(r"[ ]*\|")
_INLINE = re.compile(r"\\.|`+|<!--")
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
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def _without_indented(text: str) -> str:
    lines: list[str] = []
    depth = 0  # of the lists and footnotes around the line
    after_blank = True
    in_code = False
    html: str | None = None
    for line in text.split("\n"):
        if not line.strip():
            lines.append(line)
            after_blank = True
            continue
        indent = indent_of(line)
        if html is None and not indent and (tag := _BLOCK_TAG.match(line)):
            html = tag.group(1).lower()
        if html is not None:
            if f"</{html}>" in line.lower():
                html = None
            in_code, depth = False, 0
        elif (after_blank or in_code) and indent >= 4 * (depth + 1):
            in_code = True
            line = covered(line)
        else:
            in_code = False
            if ITEM.match(line) or _INDENTING.match(line):
                depth = indent // 4 + 1
            elif after_blank:
                depth = min(depth, indent // 4)
        lines.append(line)
        # Code may follow a heading without a blank line.
        after_blank = line.startswith("#")
        if after_blank:
            depth = 0
    return "\n".join(lines)


def _without_inline(fenced: str, text: str) -> tuple[str, list[tuple[int, int]], list[int]]:
    """The text with code spans and comments covered, the comments, and where one is left open.

    The end of a comment is looked for in ``fenced``, as it may be indented.
    """
    parts: list[str] = []
    comments: list[tuple[int, int]] = []
    at = 0
    while match := _INLINE.search(text, at):
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
