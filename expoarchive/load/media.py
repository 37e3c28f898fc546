"""The pictures and documents of ``content/media/``: each must be what its name says, and contain nothing that runs."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from expoarchive.load.svg import svg_problems
from expoarchive.load.whole import FORMATS, is_whole
from expoarchive.nodes import read_file, text_of
from expoarchive.nodes.fields import is_device
from expoarchive.nodes.names import plain_name
from expoarchive.nodes.text import LARGEST_BYTES as LARGEST_TEXT_BYTES
from expoarchive.problem import Place, Problem

DOCUMENT = ".pdf"
# Pictures that are made of pixels.
PHOTOGRAPHS = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
IMAGES = (".svg", *PHOTOGRAPHS)
MEDIA = "content/media/"
# Anything else in media/ is a mistake.
MEDIA_ENDINGS = (".svg", *FORMATS)
LARGEST_BYTES = 25_000_000
# What telephones save where nobody tells them otherwise, and only some browsers show.
_HEIC = (".heic", ".heif")
_HEIC_BRANDS = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")
_RECORDINGS = (".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".wmv", ".mp3", ".m4a", ".wav", ".aac", ".ogg", ".flac")
# A name becomes part of an address and is written in articles, so only characters that need no quoting in either.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class Media(Mapping[str, bytes]):
    """The bytes of files by their path below media/.

    Those of photographs are read again where they are asked for: some hundreds of them would fill the memory.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._held: dict[str, bytes | None] = {}
        self._digests: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """A file that has been read."""
        self._held[name] = None if is_photograph(name) else data
        if is_photograph(name):
            self._digests[name] = sha256(data).hexdigest()

    def digest(self, name: str) -> str:
        """The SHA-256 in hex of a photograph. KeyError for any other file."""
        return self._digests[name]

    def __getitem__(self, name: str) -> bytes:
        held = self._held[name]
        return read_file(self._root, MEDIA + name, LARGEST_BYTES)[0] if held is None else held

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def is_media_name(name: str) -> bool:
    """Whether a path below media/ is fit for addresses, and for every system."""
    return _NAME.fullmatch(name) is not None and not any(is_device(part) for part in name.split("/"))


def read_media(root: Path, file: str, name: str, data: bytes | None = None) -> tuple[bytes | None, list[Problem]]:
    """The bytes of ``root / file``, or the ``data`` that it would have; ``name`` is its path below media/.

    Reports ``unknown-media``, ``media-heic``, ``media-recording``, ``media-name``, ``media-too-large``, what
    ``read_file`` does, ``not-that-media`` for a file that is not of the kind its ending says, ``media-incomplete``, and
    whatever an SVG must not contain (``load/svg.py``).
    """
    if not name.lower().endswith(MEDIA_ENDINGS):
        return None, [_unknown(file)]
    if not is_media_name(name):
        *folders, last = name.split("/")
        wanted = "/".join([*folders, plain_name(last)])
        return None, [Problem("media-name", Place(file), {"name": name, "wanted": wanted})]
    ending = Path(name).suffix.lower()
    problems: list[Problem] = []
    if data is None:
        data, problems = read_file(root, file, LARGEST_TEXT_BYTES if ending == ".svg" else LARGEST_BYTES)
    if any(problem.kind == "file-too-large" for problem in problems) and ending != ".svg":
        return None, [Problem("media-too-large", Place(file), {"limit": str(LARGEST_BYTES // 1_000_000)})]
    if problems:
        return None, problems
    if ending == ".svg":
        # Checked in the bytes that are published, even if the file changes meanwhile.
        source, problems = text_of(file, data)
        return data, svg_problems(source) if source is not None else problems
    if not data.startswith(FORMATS[ending].signature, FORMATS[ending].offset):
        return data, [_other_format(file, data)]
    if not is_whole(ending, data):
        return data, [Problem("media-incomplete", Place(file), {"ending": ending})]
    return data, []


def _other_format(file: str, data: bytes) -> Problem:
    """What is wrong with a file that does not begin as its ending says."""
    if data.startswith(_HEIC_BRANDS, 4):
        return Problem("media-heic", Place(file))
    ending = Path(file).suffix
    meant = next((other for other, form in FORMATS.items() if data.startswith(form.signature, form.offset)), None)
    named = f"{file.removesuffix(ending)}{meant}" if meant else None
    return Problem("not-that-media", Place(file), {"ending": ending.lower()}, named)


def _unknown(file: str) -> Problem:
    """What is wrong with a file whose ending is none of ``MEDIA_ENDINGS``."""
    if file.lower().endswith(_HEIC):
        return Problem("media-heic", Place(file))
    if file.lower().endswith(_RECORDINGS):
        return Problem("media-recording", Place(file))
    return Problem("unknown-media", Place(file), {"endings": " ".join(MEDIA_ENDINGS)})


def is_photograph(name: str) -> bool:
    """Whether a file of content/media/ is made of pixels, so that the build makes lighter pictures of it."""
    return name.lower().endswith(PHOTOGRAPHS)


def is_medium(file: str) -> bool:
    """Whether a file is one for content/media/, or would be if it were converted."""
    return file.lower().endswith((*MEDIA_ENDINGS, *_HEIC, *_RECORDINGS))
