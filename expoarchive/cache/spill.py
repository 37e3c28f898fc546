"""Bytes by name, kept in a nameless temporary file that vanishes with the process, however that ends."""

import contextlib
import os
import tempfile
from collections import UserDict
from typing import IO, Any


class Spill(UserDict[str, bytes]):
    """What a process makes but should not hold in memory. If the disk is full, memory holds it after all."""

    def __init__(self) -> None:
        # The offset in the file and the length; or the bytes themselves.
        self.data: dict[str, Any] = {}
        self._file: IO[bytes] | None = None
        self._end = 0

    def __setitem__(self, name: str, data: bytes) -> None:
        self.data[name] = data
        with contextlib.suppress(OSError):
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (open as long as this is)
            if os.pwrite(self._file.fileno(), data, self._end) == len(data):
                self.data[name] = (self._end, len(data))
                self._end += len(data)

    def __getitem__(self, name: str) -> bytes:
        entry = self.data[name]
        if isinstance(entry, bytes):
            return entry
        assert self._file is not None
        offset, length = entry
        return os.pread(self._file.fileno(), length, offset)

    def clear(self) -> None:
        """Forget everything, and free its room on the disk."""
        self.data.clear()
        self._end = 0
        if self._file is not None:
            self._file.truncate(0)
