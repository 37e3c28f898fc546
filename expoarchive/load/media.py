"""The pictures and documents of ``content/media/``: each must be what its name says, and contain nothing that runs."""

import re
from pathlib import Path

from expoarchive.load.svg import svg_problems
from expoarchive.load.whole import FORMATS, is_whole
from expoarchive.nodes import read_file, text_of
from expoarchive.nodes.fields import is_device
from expoarchive.nodes.names import plain_name
from expoarchive.nodes.text import LARGEST_BYTES as LARGEST_TEXT_BYTES
from expoarchive.problem import Place, Problem

# Anything else in media/ is a mistake.
MEDIA_ENDINGS = (".svg", *FORMATS)
LARGEST_BYTES = 20_000_000
# A name becomes part of an address and is written in articles, so only characters that need no quoting in either.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def read_media(root: Path, file: str, name: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of ``root / file``; ``name`` is its path below media/.

    Reports ``unknown-media``, ``media-name``, what ``read_file`` does, ``not-that-media`` for a file that is not of the
    kind its ending says, ``media-incomplete``, and whatever an SVG must not contain (``load/svg.py``).
    """
    if not name.lower().endswith(MEDIA_ENDINGS):
        return None, [Problem("unknown-media", Place(file), {"endings": " ".join(MEDIA_ENDINGS)})]
    if not _NAME.fullmatch(name) or any(is_device(part) for part in name.split("/")):
        *folders, last = name.split("/")
        wanted = "/".join([*folders, plain_name(last)])
        return None, [Problem("media-name", Place(file), {"name": name, "wanted": wanted})]
    ending = Path(name).suffix.lower()
    data, problems = read_file(root, file, LARGEST_TEXT_BYTES if ending == ".svg" else LARGEST_BYTES)
    if problems:
        return None, problems
    if ending == ".svg":
        # Checked in the bytes that are published, even if the file changes meanwhile.
        source, problems = text_of(file, data)
        return data, svg_problems(source) if source is not None else problems
    if not data.startswith(FORMATS[ending].signature, FORMATS[ending].offset):
        return data, [Problem("not-that-media", Place(file), {"ending": ending})]
    if not is_whole(ending, data):
        return data, [Problem("media-incomplete", Place(file), {"ending": ending})]
    return data, []
