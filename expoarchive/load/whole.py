"""Detects pictures and documents that are cut off, as after a failed copy or download.

Only the structure of each format is read, part by part to the last; nothing is decoded.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

# The JPEG markers that begin a frame and hold its size: SOF0 to SOF15 without DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PICTURES = {b"VP8 ", b"VP8L", b"ANMF"}


def is_whole(ending: str, data: bytes) -> bool:
    """Whether ``data``, which has the signature of this ending, has all its parts."""
    try:
        return FORMATS[ending].is_whole(data)
    except (struct.error, IndexError, ValueError):
        # A part lies beyond the end.
        return False


def _png(data: bytes) -> bool:
    """IHDR with a size, then IDAT, then IEND, each with the right checksum."""
    kinds: list[bytes] = []
    at = 8
    while kinds[-1:] != [b"IEND"]:
        length, kind = struct.unpack_from(">I4s", data, at)
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(data[at + 4 : at + 8 + length]) != check:
            return False
        kinds.append(kind)
        at += 12 + length
    return kinds[0] == b"IHDR" and b"IDAT" in kinds and 0 not in struct.unpack_from(">II", data, 16)


def _jpeg(data: bytes) -> bool:
    """A frame with a size, a scan, and the end marker."""
    at = 2
    framed = scanned = False
    while True:
        # Any number of 0xFF may precede a marker.
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xD9:
            return data[at] == 0xFF and framed and scanned
        if marker in _FRAMES:
            framed = 0 not in struct.unpack_from(">HH", data, at + 5)
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        if marker == 0xDA:
            scanned = True
            # Within a scan, 0xFF is followed by 0 or by a restart marker.
            at = data.index(b"\xff", at)
            while data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
                at = data.index(b"\xff", at + 2)


def _gif(data: bytes) -> bool:
    """Blocks, including a picture, up to the trailer."""
    at = 13 + _colours(data[10])
    drawn = False
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            drawn |= 0 not in struct.unpack_from("<HH", data, at + 5)
            at += 11 + _colours(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            return False
        while data[at]:
            at += 1 + data[at]
        at += 1
    return drawn


def _colours(flags: int) -> int:
    """The length of a colour table, whose size is a power of two."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _webp(data: bytes) -> bool:
    """Chunks, including a picture, that fill the length given in the header."""
    end = 8 + int(struct.unpack_from("<I", data, 4)[0])
    kinds = list(_chunks(data, end))
    return end <= len(data) and not _PICTURES.isdisjoint(kinds)


def _chunks(data: bytes, end: int) -> Iterator[bytes]:
    at = 12
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if length and at + 8 + length <= end:
            yield kind
        at += 8 + length + length % 2


def _avif(data: bytes) -> bool:
    """Boxes up to the end of the file, including those that describe and hold the pictures."""
    kinds: set[bytes] = set()
    at = 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
        length = length or len(data) - at
        if length < 8:
            return False
        kinds.add(kind)
        at += length
    return at == len(data) and b"mdat" in kinds and not kinds.isdisjoint({b"meta", b"moov"})


def _pdf(data: bytes) -> bool:
    """The offset of the cross-reference table, and the last line."""
    end = data[-1024:]
    return b"%%EOF" in end[end.rindex(b"startxref") :]


def _ico(data: bytes) -> bool:
    """Pictures, all of which lie within the file."""
    (count,) = struct.unpack_from("<H", data, 4)
    entries = [struct.unpack_from("<II", data, 6 + 16 * number + 8) for number in range(count)]
    return count > 0 and all(length and start + length <= len(data) for length, start in entries)


class Format(NamedTuple):
    """The bytes that identify a format, their offset, and what checks that a file with them is whole."""

    offset: int
    signature: bytes
    is_whole: Callable[[bytes], bool]


# By ending. SVG is text and is read as such.
FORMATS = {
    ".png": Format(0, b"\x89PNG\r\n\x1a\n", _png),
    ".jpg": Format(0, b"\xff\xd8\xff", _jpeg),
    ".jpeg": Format(0, b"\xff\xd8\xff", _jpeg),
    ".webp": Format(8, b"WEBP", _webp),
    ".avif": Format(4, b"ftypavi", _avif),
    ".gif": Format(0, b"GIF8", _gif),
    ".pdf": Format(0, b"%PDF-", _pdf),
    ".ico": Format(0, b"\0\0\1\0", _ico),
}
