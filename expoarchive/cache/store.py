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
from typing import IO, Any

from expoarchive.cache.memory import Memory

# A change of how values are written makes an older file worthless.
_FORMAT = "2"
_COLUMNS = "(name TEXT PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"
# Bytes of a value that is worth reading again where it is asked for twice: a page's HTML, a picture.
_LARGE = 12_000
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

    What is put waits on disk, in a table of this process's own, until ``save``. What is neither read nor put during a
    build is dropped by it. A file that is of another version or damaged is begun anew; one that another build writes to
    is left to it. ``memory`` is for objects and never written.
    """

    def __init__(self, file: Path | None = None, version: str = "") -> None:
        self._file = file
        self._stamp = f"{_FORMAT} {version}"
        self.memory = Memory()
        # Values at hand, but for the large ones.
        self._live: dict[str, Any] = {}
        self._used: set[str] = set()
        self._new: set[str] = set()
        self._watchers: list[dict[str, None]] = []
        self._base = self._open()
        self._others: sqlite3.Connection | None = None

    def get(self, name: str) -> Any:
        """The value kept under ``name``, or None."""
        if name not in self._live:
            table = "fresh" if name in self._new else "kept"
            row = self._row(f"SELECT sum, value FROM {table} WHERE name = ?", (name,))
            found = _unpacked(*row) if row else None
            if found is not None:
                self.touch((name,))
                self._remember(name, found, len(row[1]))
            return found
        self.touch((name,))
        return self._live[name]

    def fetch(self, prefix: str) -> None:
        """Bring to hand at once what earlier builds kept under names that begin so, but for large values."""
        try:
            # No name goes on with the last character there is.
            rows = self._base.execute(
                "SELECT name, sum, value FROM kept WHERE name >= ? AND name < ? AND length(value) <= ?",
                (prefix, f"{prefix}\U0010ffff", _LARGE),
            )
            for name, checked, value in rows:
                if (
                    name not in self._live
                    and name not in self._new
                    and (found := _unpacked(checked, value)) is not None
                ):
                    self._remember(name, found, len(value))
        except _BROKEN:
            return

    def release(self, prefix: str) -> None:
        """Have nothing at hand under names that begin so; it stays kept."""
        for name in [name for name in self._live if name.startswith(prefix)]:
            del self._live[name]

    def put(self, name: str, value: Any) -> None:
        """Keep a plain value, which nobody changes later."""
        packed = pack(value)
        self._live.pop(name, None)
        # On a disk that is full, the memory keeps it.
        on_disk = self._put(name, _sum(packed), packed)
        self._remember(name, value, len(packed) if on_disk else 0)
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
        if self._new or gone:
            with contextlib.suppress(*_BROKEN):
                self._write(gone)
        self._used.clear()

    def forget(self) -> None:
        """Keep nothing that was put since the last ``save``."""
        for name in self._new:
            self._live.pop(name, None)
        self._clear()

    def apart(self) -> None:
        """In a copy of the process: keep what is put from here on apart, and read the file by another connection."""
        # The other's must not be closed here, as that would write.
        self._others = self._base
        self._base = (self._connected("ro") if self._file else None) or self._in_memory()
        self._new.clear()
        self._used.clear()

    def hand_over(self, to: IO[bytes], beside: object) -> None:
        """Write what was put and used since ``apart``, and a plain value beside it, for ``take_over``."""
        for row in self._base.execute("SELECT name, sum, value FROM fresh"):
            pickle.dump(row, to, pickle.HIGHEST_PROTOCOL)
        pickle.dump((None, self._used, beside), to, pickle.HIGHEST_PROTOCOL)

    def take_over(self, source: IO[bytes]) -> Any:
        """Keep what another process hands over. The value beside it, or None where not all of it came."""
        try:
            while True:
                name, first, second = _Plain(source).load()
                if name is None:
                    self._used |= first
                    return second
                self._live.pop(name, None)
                self._put(name, first, second)
        except _BROKEN:
            return None

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _remember(self, name: str, value: Any, size: int) -> None:
        if size <= _LARGE:
            self._live[name] = value

    def _put(self, name: str, checked: bytes, packed: bytes) -> bool:
        self._new.discard(name)
        with contextlib.suppress(sqlite3.Error):
            self._base.execute("INSERT OR REPLACE INTO fresh VALUES (?, ?, ?)", (name, checked, packed))
            self._new.add(name)
        return name in self._new

    def _clear(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._base.execute("DELETE FROM fresh")
        self._new.clear()

    def _open(self) -> sqlite3.Connection:
        for _ in range(2 if self._file else 0):
            base = self._connected("rwc")
            if base is not None:
                return base
            # Damaged or old: begun anew.
            for path in self._files():
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return self._in_memory()

    def _connected(self, mode: str) -> sqlite3.Connection | None:
        """A connection to the file; None where it cannot be had or is of another version."""
        assert self._file is not None
        base = None
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            address = f"{self._file.resolve().as_uri()}?mode={mode}"
            base = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
            if mode == "rwc":
                base.execute("PRAGMA journal_mode=WAL")
                base.execute("PRAGMA synchronous=NORMAL")
            if self._fits(base):
                return base
        except _BROKEN:
            pass
        if base is not None:
            base.close()
        return None

    def _in_memory(self) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:", isolation_level=None)
        self._fits(base)
        return base

    def _fits(self, base: sqlite3.Connection) -> bool:
        """Whether what is kept there is of this version; tables are made where there are none."""
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():
            base.execute(f"CREATE TABLE kept {_COLUMNS}")
            base.execute("CREATE TABLE version (stamp TEXT)")
            base.execute("INSERT INTO version VALUES (?)", (self._stamp,))
        base.execute(f"CREATE TEMP TABLE fresh {_COLUMNS}")
        return bool(base.execute("SELECT stamp FROM version").fetchone() == (self._stamp,))

    def _files(self) -> Iterator[Path]:
        assert self._file is not None
        yield from (self._file.with_name(self._file.name + end) for end in ("", "-wal", "-shm"))

    def _row(self, query: str, values: tuple[object, ...] = ()) -> Any:
        try:
            return self._base.execute(query, values).fetchone()
        except _BROKEN:
            return None

    def _stored(self) -> set[str]:
        try:
            return {name for (name,) in self._base.execute("SELECT name FROM kept")}
        except _BROKEN:
            return set()

    def _write(self, gone: set[str]) -> None:
        """Raises sqlite3.Error, and leaves everything as it was, where another process writes at this moment."""
        try:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute("INSERT OR REPLACE INTO kept SELECT name, sum, value FROM fresh")
            self._base.executemany("DELETE FROM kept WHERE name = ?", [(name,) for name in gone])
            self._base.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise
        self._clear()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain")


def pack(value: Any) -> bytes:
    """A plain value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> Any:
    """What was packed. Raises as ``pickle`` does for bytes that are none of ``pack``, or not plain."""
    return _Plain(io.BytesIO(packed)).load()


def _unpacked(checked: bytes, value: bytes) -> Any:
    """The value of a row; None where it is damaged or not plain."""
    try:
        return unpack(value) if _sum(value) == checked else None
    except _BROKEN:
        return None


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16).digest()
