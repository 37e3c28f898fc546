"""How many pages a PDF has, by its page tree: all that a link to one of its pages has to know."""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"\b([0-9]{1,9})\s{1,9}[0-9]{1,9}\s{1,9}obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_ROOT, _PAGES = (re.compile(rb"/%s\s{1,9}([0-9]{1,9})\s{1,9}[0-9]{1,9}\s{1,9}R" % name) for name in (b"Root", b"Pages"))
_COUNT, _FIRST = (
    re.compile(rb"/%s\s{1,9}([0-9]{1,9})\b(?!\s{1,9}[0-9]{1,9}\s{1,9}R)" % name) for name in (b"Count", b"First")
)
# Bytes of one stream of objects, which hold some hundred of them; a larger one is no work of a program for documents.
_LARGEST = 4_000_000


def count_pages(data: bytes) -> int | None:
    """The number of pages; None where the file does not say it plainly, as an encrypted one may not."""
    # What was changed stands behind what it was before, in a file that was added to.
    objects = dict(_objects(data))
    roots = _ROOT.findall(data)
    catalogue = objects.get(int(roots[-1]), b"") if roots else b""
    pages = _PAGES.search(catalogue)
    count = _COUNT.search(objects.get(int(pages[1]), b"")) if pages else None
    return int(count[1]) if count else None


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects by their numbers, each without its stream."""
    for part in data.split(b"endobj")[:-1]:
        match = _OBJECT.search(part)
        if match is None:
            continue
        head, *stream = _STREAM.split(part[match.end() :], maxsplit=1)
        yield int(match[1]), head
        if stream and b"/ObjStm" in head and (first := _FIRST.search(head)):
            yield from _packed(stream[0], int(first[1]))


def _packed(stream: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    """Those within a stream: pairs of numbers and offsets, and from ``first`` on the objects themselves."""
    try:
        text = zlib.decompressobj().decompress(stream, _LARGEST)
        numbers = [int(word) for word in text[:first].split()]
    except (zlib.error, ValueError):
        return
    starts = numbers[1::2]
    for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(text)], strict=False):
        yield number, text[first + start : first + end]
