"""Bytes by name, kept in a nameless temporary file that vanishes with the process, however that ends."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, MutableMapping
from typing import IO


class Spill(MutableMapping[str, bytes]):
    """What a process makes but should not hold in memory. If the disk is full, memory holds it after all."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._end = 0
        # The offset in the file and the length; or the bytes themselves.
        self._entries: dict[str, tuple[int, int] | bytes] = {}

    def __setitem__(self, name: str, data: bytes) -> None:
        self._entries[name] = data
        with contextlib.suppress(OSError):
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (open as long as this is)
            if os.pwrite(self._file.fileno(), data, self._end) == len(data):
                self._entries[name] = (self._end, len(data))
                self._end += len(data)

    def __getitem__(self, name: str) -> bytes:
        entry = self._entries[name]
        if isinstance(entry, bytes):
            return entry
        assert self._file is not None
        offset, length = entry
        return os.pread(self._file.fileno(), length, offset)

    def __delitem__(self, name: str) -> None:
        del self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything, and free its room on the disk."""
        self._entries.clear()
        self._end = 0
        if self._file is not None:
            self._file.truncate(0)
