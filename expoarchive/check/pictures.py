"""Pictures that are slow on a phone, and covers without words for readers who do not see them."""

import struct
from collections.abc import Iterator, Mapping

from expoarchive.load.content import MEDIA
from expoarchive.load.whole import FRAMES
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records import Records

# Half a second on a phone's slow connection; twice as wide as any page shows a picture.
MOST_BYTES = 400_000
MOST_PIXELS = 2_600


def check_pictures(records: Records, media: Mapping[str, bytes]) -> Iterator[Problem]:
    """Warn of ``picture-heavy``, ``picture-large`` and ``cover-without-alt``. ``media`` by name below media/."""
    for name, data in media.items():
        if name.lower().endswith((".pdf", ".ico")):
            continue
        place = Place(MEDIA + name)
        if len(data) > MOST_BYTES:
            details = {"size": f"{len(data) // 1000}", "most": f"{MOST_BYTES // 1000}"}
            yield Problem("picture-heavy", place, details, severity=WARNING)
        width, height = pixels(data)
        if max(width, height) > MOST_PIXELS:
            details = {"size": f"{width} × {height}", "most": str(MOST_PIXELS)}
            yield Problem("picture-large", place, details, severity=WARNING)
    for article in [*records.articles.values(), *records.pages.values()]:
        cover = article.record.cover
        if cover and not article.record.cover_alt:
            yield Problem("cover-without-alt", cover.place, {"name": str(cover)}, severity=WARNING)


def pixels(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF, WebP or JPEG, from its header; (0, 0) for anything else, or one cut short."""
    try:
        if data.startswith(b"\x89PNG"):
            return struct.unpack(">II", data[16:24])
        if data.startswith(b"GIF8"):
            return struct.unpack("<HH", data[6:10])
        if data[8:12] == b"WEBP":
            return _webp(data)
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
    except (struct.error, IndexError):
        pass
    return 0, 0


def _webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0
