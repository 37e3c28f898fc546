"""Pictures and documents of ``content/media/``: that each is what its name says, and nothing that runs."""

import re
from pathlib import Path

from expoarchive.load.svg import svg_problems
from expoarchive.load.whole import is_whole
from expoarchive.nodes import read_file, text_of
from expoarchive.nodes.fields import is_device
from expoarchive.nodes.text import LARGEST_BYTES as LARGEST_TEXT_BYTES
from expoarchive.problem import Place, Problem

# What the bytes of a file begin with, from its 0-based offset, by ending; SVG is text and is read as such.
_SIGNATURES: dict[str, tuple[int, bytes]] = {
    ".png": (0, b"\x89PNG\r\n\x1a\n"),
    ".jpg": (0, b"\xff\xd8\xff"),
    ".jpeg": (0, b"\xff\xd8\xff"),
    ".webp": (8, b"WEBP"),
    ".avif": (4, b"ftypavi"),
    ".gif": (0, b"GIF8"),
    ".pdf": (0, b"%PDF-"),
    ".ico": (0, b"\0\0\1\0"),
}
# Anything else in media/ is a mistake.
MEDIA_ENDINGS = (".svg", *_SIGNATURES)
LARGEST_BYTES = 20_000_000
# A name is part of an address, and is written in articles: what needs no quoting in either.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def read_media(root: Path, file: str, name: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of ``root / file``; ``name`` is its path below media/.

    Reports ``unknown-media``, ``media-name``, what ``read_file`` does, ``not-that-media`` for a file that is another
    kind than its ending says, ``media-incomplete``, and what an SVG may not be (``load/svg.py``).
    """
    if not name.lower().endswith(MEDIA_ENDINGS):
        return None, [Problem("unknown-media", Place(file), {"endings": " ".join(MEDIA_ENDINGS)})]
    if not _NAME.fullmatch(name) or any(is_device(part) for part in name.split("/")):
        return None, [Problem("media-name", Place(file), {"name": name})]
    ending = Path(name).suffix.lower()
    data, problems = read_file(root, file, LARGEST_TEXT_BYTES if ending == ".svg" else LARGEST_BYTES)
    if problems:
        return None, problems
    if ending == ".svg":
        # Of the same bytes: a file that changes meanwhile is published as it was looked at.
        source, problems = text_of(file, data)
        return data, svg_problems(source) if source is not None else problems
    offset, signature = _SIGNATURES[ending]
    if data[offset : offset + len(signature)] != signature:
        return data, [Problem("not-that-media", Place(file), {"ending": ending})]
    if not is_whole(ending, data):
        return data, [Problem("media-incomplete", Place(file), {"ending": ending})]
    return data, []
