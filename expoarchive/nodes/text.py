"""Source files as text: UTF-8 only, split into lines that places can quote."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from expoarchive.nodes.files import read_file
from expoarchive.problem import Place, Problem

# Records and articles are words and figures: a larger file is a mistake, and would stall every stage.
LARGEST_BYTES = 5_000_000
# What git leaves where two people changed the same lines. The line between the two sides may also underline a heading.
_SIDE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
# Of the characters beyond ASCII of a text in GBK, how many stand in the tables of everyday characters.
_MOSTLY = 0.9


@dataclass(frozen=True)
class SourceText:
    """The text of one file, or a part of it that begins on line ``first_line`` (a Markdown body)."""

    file: str
    text: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of the start of each line."""
        return [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]

    def place(self, line: int = 1, column: int = 1) -> Place:
        """The place in the file of a 1-based line and column of this text."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.file, line + self.first_line - 1, column, excerpt)

    def place_at(self, offset: int) -> Place:
        """The place of the character at ``offset`` of this text."""
        line = bisect_right(self._starts, offset)
        return self.place(line, offset - self._starts[line - 1] + 1)

    def offset_of(self, line: int) -> int:
        """Where a line of the file begins in this text; ``line`` is that of a place."""
        return self._starts[line - self.first_line]


def read_text(root: Path, file: str, *, listed: bool = False) -> tuple[SourceText | None, list[Problem]]:
    """The text of ``root / file``. Reports what ``read_file`` and ``text_of`` do."""
    data, problems = read_file(root, file, LARGEST_BYTES, listed=listed)
    return (None, problems) if problems else text_of(file, data)


def text_of(file: str, data: bytes) -> tuple[SourceText | None, list[Problem]]:
    """The bytes of ``file`` as text, without a byte order mark and with Unix line ends.

    Reports ``other-encoding`` or ``not-utf8``, at the first bad byte, ``nul-character``, and ``conflict-marker``.
    """
    # Some editors write a second mark before the first.
    while data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if encoding := _encoding_of(data):
            return None, [_in_other_encoding(file, data, encoding)]
        # Decoded with the bad bytes marked, so that the place can quote its line.
        source = SourceText(file, _unix(data.decode("utf-8", "replace")))
        good = _unix(data[: error.start].decode("utf-8"))
        return None, [Problem("not-utf8", source.place_at(len(good)), {"byte": f"0x{data[error.start]:02x}"})]
    source = SourceText(file, _unix(text))
    if "\0" in source.text:
        return None, [Problem("nul-character", source.place_at(source.text.index("\0")))]
    if marker := conflict_in(source):
        return None, [marker]
    return source, []


def conflict_in(source: SourceText) -> Problem | None:
    """``conflict-marker`` at the first of the lines that git leaves in a file with two versions of the same lines."""
    if "<<<<<<<" not in source.text and ">>>>>>>" not in source.text:
        return None
    first = _SIDE.search(source.text)
    if first is None:
        return None
    lines = [str(source.place_at(match.start()).line) for match in _MARKER.finditer(source.text)]
    return Problem("conflict-marker", source.place_at(first.start()), {"found": first[0], "lines": ", ".join(lines)})


def _encoding_of(data: bytes) -> str | None:
    """The encoding that Chinese programs save in, where the bytes read well in it."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    try:
        beyond = [char for char in data.decode("gb18030") if char > "\x7f"]
    except UnicodeDecodeError:
        return None
    everyday = len("".join(beyond).encode("gb2312", "ignore")) // 2
    return "GBK" if everyday >= _MOSTLY * len(beyond) else None


def _in_other_encoding(file: str, data: bytes, encoding: str) -> Problem:
    """At the first character that UTF-8 writes otherwise, its line as it was meant."""
    text = data.decode("gb18030" if encoding == "GBK" else encoding, "replace")
    source = SourceText(file, _unix(text))
    at = next((at for at, char in enumerate(source.text) if char > "\x7f"), 0)
    return Problem("other-encoding", source.place_at(at), {"encoding": encoding})


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
