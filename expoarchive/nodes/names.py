"""Names of files: what one was meant to be called, and a name that fits into an address."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

# Endings that programs give to, or put behind, the two that the archive reads.
_MEANT = (
    (re.compile(r"\.(?:ya?ml(?:\.(?:txt|ya?ml|bak))?|YA?ML)\Z", re.IGNORECASE), ".yaml"),
    (re.compile(r"\.(?:md|markdown|mdown|mkd)(?:\.(?:txt|md))?\Z", re.IGNORECASE), ".md"),
    (re.compile(r"\.txt\Z", re.IGNORECASE), ".md"),
)
_UNFIT = re.compile(r"[^a-z0-9]+")


def counted(name: str) -> Iterator[str]:
    """The name, then ``name-2``, ``name-3`` and so on, for the first that is free to be taken."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def meant_name(file: str) -> str | None:
    """The name that a file of YAML or Markdown should have; None for one that has it, or is of another kind."""
    for ending, meant in _MEANT:
        if match := ending.search(file):
            named = f"{file[: match.start()]}{meant}"
            return named if named != file else None
    return None


def plain_name(name: str) -> str:
    """A name of a file in lower-case ASCII letters, digits and hyphens, with its ending; Chinese becomes pinyin.

    ``照片 1.JPG`` is ``zhaopian-1.jpg``.
    """
    # Imported where a name is in want of it: its tables take longer to load than most archives to read.
    from pypinyin import lazy_pinyin

    path = PurePosixPath(name)
    words = "".join(lazy_pinyin(unicodedata.normalize("NFKC", path.stem)))
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return f"{_UNFIT.sub('-', ascii_only).strip('-') or 'file'}{path.suffix.lower()}"
