"""Whether a picture or a document is there to its end: what a copy that was cut off or a failed download lacks.

Only how each format is built is read, not what is drawn: its parts, one after the other, to the last.
"""

import struct
import zlib
from collections.abc import Callable, Iterator

# The markers of JPEG that begin a frame, and so have its size: SOF0 to SOF15 without DHT, JPG and DAC.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PICTURES = {b"VP8 ", b"VP8L", b"ANMF"}


def is_whole(ending: str, data: bytes) -> bool:
    """Whether ``data``, which begins as files with this ending do, has all its parts."""
    try:
        return _READERS[ending](data)
    except (struct.error, IndexError, ValueError):
        # Something was to be read or found beyond its end.
        return False


def _png(data: bytes) -> bool:
    """IHDR with a size, then IDAT, then IEND; each part with its right sum."""
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
    """A frame with a size, a scan, and the marker that ends it all."""
    at = 2
    framed = scanned = False
    while True:
        # Any number of 0xFF may stand before a marker.
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xD9:
            return data[at] == 0xFF and framed and scanned
        if marker in FRAMES:
            framed = 0 not in struct.unpack_from(">HH", data, at + 5)
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        if marker == 0xDA:
            scanned = True
            # In what is scanned, 0xFF is followed by 0, or by one of the marks from which to begin again.
            at = data.index(b"\xff", at)
            while data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
                at = data.index(b"\xff", at + 2)


def _gif(data: bytes) -> bool:
    """Blocks, among them a picture, to the one that ends it."""
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
    """The bytes of a table of colours, of which there are a power of two."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _webp(data: bytes) -> bool:
    """Chunks that fill the length that its head names, among them a picture."""
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
    """Boxes to the end of the file, among them what describes the pictures and what holds them."""
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
    """Where its table of contents begins, and its last line."""
    end = data[-1024:]
    return b"%%EOF" in end[end.rindex(b"startxref") :]


def _ico(data: bytes) -> bool:
    """Pictures, each of which lies in the file."""
    (count,) = struct.unpack_from("<H", data, 4)
    entries = [struct.unpack_from("<II", data, 6 + 16 * number + 8) for number in range(count)]
    return count > 0 and all(length and start + length <= len(data) for length, start in entries)


_READERS: dict[str, Callable[[bytes], bool]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".gif": _gif,
    ".webp": _webp,
    ".avif": _avif,
    ".pdf": _pdf,
    ".ico": _ico,
}
