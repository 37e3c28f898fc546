"""Plain values by name, kept from one build to the next: in memory while a preview runs, in a file between commands.

Plain means strings, bytes, numbers, None, and tuples, lists, dicts and sets of them. A file that somebody else put in
the cache's place can therefore make a build slow, but not run code.
"""

import contextlib
import hashlib
import io
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from expoarchive.cache.memory import Memory

# A change of how values are written makes an older file worthless.
_FORMAT = "1"
_SCHEMA = "CREATE TABLE kept (name TEXT PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"
_BROKEN = (
    sqlite3.Error,
    pickle.PickleError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OSError,
)


class Store:
    """Kept values; without a file they end with the process. ``version`` says which generator may read them.

    What is neither read nor put during a build is dropped by ``save``. A file that is of another version or damaged
    is begun anew; one that another build writes to is left to it. ``memory`` is for objects and never written.
    """

    def __init__(self, file: Path | None = None, version: str = "") -> None:
        self._file = file
        self._stamp = f"{_FORMAT} {version}"
        self.memory = Memory()
        self._live: dict[str, Any] = {}
        self._used: set[str] = set()
        self._new: set[str] = set()
        self._watchers: list[dict[str, None]] = []
        self._base = self._open() if file is not None else None
        self._others: sqlite3.Connection | None = None

    def get(self, name: str) -> Any:
        """The value kept under ``name``, or None."""
        if name not in self._live:
            found = self._read(name)
            if found is None:
                return None
            self._live[name] = found
        self.touch((name,))
        return self._live[name]

    def put(self, name: str, value: Any) -> None:
        """Keep a plain value, which nobody changes later."""
        self._live[name] = value
        self._new.add(name)
        self.touch((name,))

    def touch(self, names: Iterable[str]) -> None:
        """Note that these are still of use, without reading them."""
        for watcher in self._watchers:
            watcher.update(dict.fromkeys(names))
        self._used.update(names)

    @contextlib.contextmanager
    def watched(self) -> Iterator[dict[str, None]]:
        """The names, in order, that are read, put or touched inside the block."""
        names: dict[str, None] = {}
        self._watchers.append(names)
        try:
            yield names
        finally:
            self._watchers.remove(names)

    def save(self) -> None:
        """Write what is new to the file, and forget what this build had no use for."""
        gone = self._stored() - self._used
        for name in self._live.keys() - self._used:
            del self._live[name]
        if self._base is not None and (self._new or gone):
            with contextlib.suppress(*_BROKEN):
                self._write(gone)
        self._new.clear()
        self._used.clear()

    def forget(self) -> None:
        """Keep nothing that was put since the last ``save``."""
        for name in self._new:
            del self._live[name]
        self._new.clear()

    def apart(self) -> None:
        """In a copy of the process: read the file by a connection of its own, and never write to it."""
        # The other's must not be closed here, as that would write.
        self._others = self._base
        self._base = None
        if self._others is not None:
            assert self._file is not None
            with contextlib.suppress(*_BROKEN):
                self._base = sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True)
        self._new.clear()
        self._used.clear()

    def packed(self, beside: object) -> bytes:
        """What was put and used since ``apart``, and a plain value beside it."""
        return pickle.dumps(
            ({name: self._live[name] for name in self._new}, self._used, beside), pickle.HIGHEST_PROTOCOL
        )

    def unpack(self, packed: bytes) -> Any:
        """Keep what another process packed. The value beside it, or None where the bytes are not whole."""
        try:
            put, used, beside = _Plain(io.BytesIO(packed)).load()
        except _BROKEN:
            return None
        self._live |= put
        self._new |= put.keys()
        self._used |= used
        return beside

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            base = self._connected()
            if base is not None:
                return base
            # Damaged or old: begun anew.
            for path in self._files():
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return None

    def _connected(self) -> sqlite3.Connection | None:
        assert self._file is not None
        base = None
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(self._file, timeout=0, isolation_level=None)
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():
                base.execute(_SCHEMA)
                base.execute("CREATE TABLE version (stamp TEXT)")
                base.execute("INSERT INTO version VALUES (?)", (self._stamp,))
            if base.execute("SELECT stamp FROM version").fetchone() == (self._stamp,):
                return base
        except _BROKEN:
            pass
        if base is not None:
            base.close()
        return None

    def _files(self) -> Iterator[Path]:
        assert self._file is not None
        yield from (self._file.with_name(self._file.name + end) for end in ("", "-wal", "-shm"))

    def _read(self, name: str) -> Any:
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT sum, value FROM kept WHERE name = ?", (name,)).fetchone()
            if row is None or _sum(row[1]) != row[0]:
                return None
            return _Plain(io.BytesIO(row[1])).load()
        except _BROKEN:
            return None

    def _stored(self) -> set[str]:
        if self._base is None:
            return set()
        try:
            return {name for (name,) in self._base.execute("SELECT name FROM kept")}
        except _BROKEN:
            return set()

    def _write(self, gone: set[str]) -> None:
        assert self._base is not None
        rows = []
        for name in sorted(self._new & self._live.keys()):
            value = pickle.dumps(self._live[name], pickle.HIGHEST_PROTOCOL)
            rows.append((name, _sum(value), value))
        try:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._base.executemany("DELETE FROM kept WHERE name = ?", [(name,) for name in gone])
            self._base.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain")


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16).digest()
