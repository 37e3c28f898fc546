"""Pictures and documents that are cut off, empty or damaged are told; whole ones are taken.

``media/`` has one of each way to write each format, as small as it gets.
"""

import struct
import zlib
from pathlib import Path

import pytest

from expoarchive.load import load_content
from tests.sites import check_small, lay_sources

SAMPLES = {path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "media").iterdir())}
TOLD = {"media-incomplete", "not-that-media"}


def judged(root: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What loading says of these media, by name."""
    lay_sources(root, {})
    folder = root / "content" / "media"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {Path(problem.place.file).name: problem.kind for problem in load_content(root)[1]}


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG, with its sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def changed(name: str, at: int, by: bytes) -> bytes:
    """A sample with other bytes in one place."""
    data = SAMPLES[name]
    return data[:at] + by + data[at + len(by) :]


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    """A sample with other bytes for some that it has."""
    assert old in SAMPLES[name]
    return SAMPLES[name].replace(old, new)


PNG, GIF, AVIF = SAMPLES["plain.png"], SAMPLES["still.gif"], SAMPLES["still.avif"]
DAMAGED = {
    "empty.png": b"",
    "signature.png": PNG[:8],
    "bit.png": changed("plain.png", 45, bytes([PNG[45] ^ 1])),
    "narrow.png": PNG[:8] + chunk(b"IHDR", bytes(4) + PNG[20:29]) + PNG[33:],
    "undrawn.png": PNG[:33] + chunk(b"IEND", b""),
    "headless.png": PNG[:8] + PNG[33:],
    "endless.png": PNG[:-12],
    "long.png": changed("plain.png", 33, b"\xff\xff\xff\xff"),
    "pointer.png": b"version https://git-lfs.github.com/spec/v1\n",
    "page.png": b"<!DOCTYPE html><title>404</title>",
    "signature.jpg": b"\xff\xd8\xff",
    "nothing.jpg": b"\xff\xd8\xff\xd9",
    "unframed.jpg": replaced("baseline.jpg", b"\xff\xc0", b"\xff\xe3"),
    "flat.jpg": b"\xff\xd8\xff\xc0\0\x0b\x08\0\0\0\x09\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9",
    "endless.jpg": SAMPLES["baseline.jpg"][:-2],
    "filled.jpg": SAMPLES["baseline.jpg"][:300] + bytes(300),
    "zero.jpg": b"\xff\xd8" + b"\xff\xe0\0\0" * 9,
    "signature.gif": b"GIF89a",
    "headed.gif": GIF[:13],
    "undrawn.gif": GIF[: GIF.index(b",")] + b";",
    "unknown.gif": GIF[: GIF.index(b",")] + b"\x99" + GIF[GIF.index(b",") :],
    "endless.gif": GIF[:-1],
    "signature.webp": b"RIFF\0\0\0\0WEBP",
    "long.webp": changed("lossy.webp", 4, struct.pack("<I", 9999)),
    "undrawn.webp": replaced("lossy.webp", b"VP8 ", b"EXIF"),
    "empty.webp": b"RIFF" + struct.pack("<I", 12) + b"WEBPVP8 " + bytes(4),
    "signature.avif": AVIF[:12],
    "undescribed.avif": replaced("still.avif", b"meta", b"free"),
    "unfilled.avif": replaced("still.avif", b"mdat", b"free"),
    "long.avif": changed("still.avif", 0, b"\0\0\xff\xff"),
    "longer.avif": AVIF + b"\0\0\0\1mdat" + b"\xff" * 8,
    "short.avif": AVIF + b"\0\0\0\2mdat",
    "tail.avif": AVIF + b"\0\0\0",
    "signature.pdf": b"%PDF-1.7",
    "endless.pdf": SAMPLES["document.pdf"].replace(b"%%EOF", b""),
    "tableless.pdf": SAMPLES["document.pdf"].replace(b"startxref", b""),
    "early.pdf": b"%PDF-1.7\n%%EOF\n" + bytes(2000),
    "none.ico": b"\0\0\1\0\0\0",
    "far.ico": changed("icon.ico", 18, b"\xff\xff"),
    "large.ico": changed("icon.ico", 14, b"\xff\xff\xff"),
    "void.ico": changed("icon.ico", 14, bytes(4)),
}


def test_whole_files_are_taken(tmp_path: Path) -> None:
    """Still and moving, in one scan or several, with and without loss; also with something behind their end."""
    behind = {f"behind-{name}": SAMPLES[name] + b"\0\0" for name in SAMPLES if not name.endswith("avif")}

    assert judged(tmp_path, {**SAMPLES, **behind}) == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_told(tmp_path: Path, name: str) -> None:
    """However little is missing."""
    data = SAMPLES[name]
    cut = {f"at-{length}-{name}": data[:length] for length in range(len(data))}
    found = judged(tmp_path, cut)

    assert found.keys() == cut.keys()
    assert set(found.values()) <= TOLD


def test_damaged_files_are_told(tmp_path: Path) -> None:
    """Empty ones, those that are a beginning alone, and those whose parts do not add up."""
    found = judged(tmp_path, DAMAGED)

    assert found.keys() == DAMAGED.keys()
    assert set(found.values()) <= TOLD


def test_a_damaged_picture_stops_the_build_at_the_file(tmp_path: Path) -> None:
    """It is an error, and says which format it was to be."""
    lay_sources(tmp_path, {})
    (tmp_path / "content/media/a.png").write_bytes(PNG[:-1])
    told = [
        (p.kind, p.place.file, p.severity, p.details["ending"])
        for p in check_small(tmp_path).problems
        if p.place.file == "content/media/a.png"
    ]

    assert told == [("media-incomplete", "content/media/a.png", "error", ".png")]
