"""Source files as text: UTF-8 only, with lines that places can quote."""

import os
import stat
from bisect import bisect_right
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from expoarchive.problem import Place, Problem

# A record or an article is prose and figures; a file beyond this is a mistake, and would stall every stage.
LARGEST_BYTES = 5_000_000


@dataclass(frozen=True)
class SourceText:
    """The text of one file, or the part of it that starts ``first_line`` lines in (a Markdown body)."""

    file: str
    text: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]

    def place(self, line: int = 1, column: int = 1) -> Place:
        """The place of a 1-based line and column of this text, counted from the top of the file."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.file, line + self.first_line - 1, column, excerpt)

    def place_at(self, offset: int) -> Place:
        """The place of the character at ``offset`` of this text."""
        line = bisect_right(self._starts, offset)
        return self.place(line, offset - self._starts[line - 1] + 1)


def read_text(root: Path, file: str) -> tuple[SourceText | None, list[Problem]]:
    """Read ``root / file`` as UTF-8. A byte order mark and CR LF are accepted and dropped.

    Reports ``unreadable-file``, ``file-too-large``, ``not-utf8`` (at the first bad byte) and ``nul-character``.
    """
    try:
        # Strings and no buffer: an archive has thousands of files, and this is a third of the time.
        with open(f"{root}/{file}", "rb", buffering=0) as handle:  # noqa: PTH123
            found = os.fstat(handle.fileno())
            # What is no file of its own may have no end.
            whole = stat.S_ISREG(found.st_mode) and found.st_size <= LARGEST_BYTES
            data = handle.read() if whole else handle.read(LARGEST_BYTES + 1)
    except OSError as error:
        return None, [Problem("unreadable-file", Place(file), {"reason": error.strerror or str(error)})]
    return text_of(file, data)


def text_of(file: str, data: bytes) -> tuple[SourceText | None, list[Problem]]:
    """The text that bytes are, or would be as ``file``. Reports what ``read_text`` does."""
    if len(data) > LARGEST_BYTES:
        return None, [Problem("file-too-large", Place(file), {"limit": str(LARGEST_BYTES)})]
    # Some editors write a second mark before the first.
    while data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The whole text, with what cannot be read marked, so that the place can quote its line.
        source = SourceText(file, _unix(data.decode("utf-8", "replace")))
        good = _unix(data[: error.start].decode("utf-8"))
        return None, [Problem("not-utf8", source.place_at(len(good)), {"byte": f"0x{data[error.start]:02x}"})]
    source = SourceText(file, _unix(text))
    if "\0" in source.text:
        return None, [Problem("nul-character", source.place_at(source.text.index("\0")))]
    return source, []


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
