"""Bytes by name in a file that has none itself: it is gone with the process, however that ends."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, MutableMapping
from typing import IO


class Spill(MutableMapping[str, bytes]):
    """What a process makes and is not to hold in memory. On a full disk, memory holds it."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._end = 0
        # Where in the file, and how many bytes; or the bytes.
        self._places: dict[str, tuple[int, int] | bytes] = {}

    def __setitem__(self, name: str, data: bytes) -> None:
        self._places[name] = data
        with contextlib.suppress(OSError):
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (open as long as this is)
            if os.pwrite(self._file.fileno(), data, self._end) == len(data):
                self._places[name] = (self._end, len(data))
                self._end += len(data)

    def __getitem__(self, name: str) -> bytes:
        place = self._places[name]
        if isinstance(place, bytes):
            return place
        assert self._file is not None
        start, length = place
        return os.pread(self._file.fileno(), length, start)

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def clear(self) -> None:
        """Forget everything, and give the room back."""
        self._places.clear()
        self._end = 0
        if self._file is not None:
            self._file.truncate(0)
