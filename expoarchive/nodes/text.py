"""Source files as text: UTF-8 only, split into lines that places can quote."""

from bisect import bisect_right
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from expoarchive.nodes.files import read_file
from expoarchive.problem import Place, Problem

# Records and articles are words and figures: a larger file is a mistake, and would stall every stage.
LARGEST_BYTES = 5_000_000


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


def read_text(root: Path, file: str) -> tuple[SourceText | None, list[Problem]]:
    """The text of ``root / file``. Reports what ``read_file`` and ``text_of`` do."""
    data, problems = read_file(root, file, LARGEST_BYTES)
    return (None, problems) if problems else text_of(file, data)


def text_of(file: str, data: bytes) -> tuple[SourceText | None, list[Problem]]:
    """The bytes of ``file`` as text, without a byte order mark and with Unix line ends.

    Reports ``not-utf8``, at the first bad byte, and ``nul-character``.
    """
    # Some editors write a second mark before the first.
    while data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Decoded with the bad bytes marked, so that the place can quote its line.
        source = SourceText(file, _unix(data.decode("utf-8", "replace")))
        good = _unix(data[: error.start].decode("utf-8"))
        return None, [Problem("not-utf8", source.place_at(len(good)), {"byte": f"0x{data[error.start]:02x}"})]
    source = SourceText(file, _unix(text))
    if "\0" in source.text:
        return None, [Problem("nul-character", source.place_at(source.text.index("\0")))]
    return source, []


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
