"""Plain values by name, kept from one build to the next: in memory while a preview runs, in a file between commands.

Plain means strings, bytes, numbers, None, and tuples, lists, dicts and sets of them. A forged cache file can therefore
slow a build down, but it cannot run code.
"""

import contextlib
import hashlib
import io
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, cast

from expoarchive.cache.location import cache_file
from expoarchive.cache.memory import Memory
from expoarchive.cache.shape import shaped
from expoarchive.cache.spill import Spill
from expoarchive.cache.version import code_version

# Changes with the way values are written, which makes older files worthless.
_FORMAT = "2"
_SCHEMA = "CREATE TABLE kept (name TEXT PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"
_BROKEN = (sqlite3.Error, TypeError, ValueError, OSError)
# What another process put by name, the bytes it lent by their SHA-256 in hex, and the names of what it used.
Given = tuple[Mapping[str, bytes], Mapping[str, bytes], tuple[str, ...]]


class Store:
    """Kept values; without a file they end with the process. ``version`` says which generator may read them.

    ``save`` writes what was put to the file, and drops what was neither read nor put since the save before. A damaged
    file, or one of another version, is replaced by a new one; one that another build is writing to is left alone.
    ``memory`` holds objects and is never written; ``lent`` holds bytes by their SHA-256 in hex until the next ``save``.
    """

    def __init__(self, file: Path | None = None, version: str = "") -> None:
        self._file = file
        self._stamp = f"{_FORMAT} {version}"
        self.memory = Memory()
        self.lent: MutableMapping[str, bytes] = Spill()
        # Names used since the last ``save``, in order; inside ``watched``, since that block began.
        self._used: dict[str, None] = {}
        self._new: MutableMapping[str, bytes] = Spill()
        self._base = self._open()

    def get(self, name: str, kind: Any = object) -> Any:
        """The value kept under ``name``; None where there is none, or where its type is not ``kind``."""
        value = None
        with contextlib.suppress(Exception):
            # Anybody may have written to the file: what is not there, cannot be read or is not plain counts as missing.
            value = shaped(unpack(self._new.get(name) or self._read(name)), kind)
        if value is not None:
            self.touch((name,))
        return value

    def put(self, name: str, value: Any) -> None:
        """Keep a plain value."""
        self._new[name] = pack(value)
        self.touch((name,))

    def lend(self, data: bytes) -> str:
        """Hold bytes until the next ``save``; their SHA-256 in hex, by which ``lent`` has them."""
        digest = hashlib.sha256(data).hexdigest()
        self.lent[digest] = data
        return digest

    def touch(self, names: Iterable[str]) -> None:
        """Note that these are still in use, without reading them."""
        self._used.update(dict.fromkeys(names))

    @contextlib.contextmanager
    def watched(self) -> Iterator[dict[str, None]]:
        """The names, in order, that are read, put or touched inside the block."""
        outside, inside = self._used, dict[str, None]()
        self._used = inside
        try:
            yield inside
        finally:
            self._used = outside
            self.touch(inside)

    def save(self) -> None:
        """Write what is new to the file, and forget what this build did not use."""
        unused = self._stored() - self._used.keys()
        if self._new or unused:
            with contextlib.suppress(*_BROKEN):
                self._write(unused)
                self._new.clear()
        self.lent.clear()
        self._used.clear()

    def apart(self) -> None:
        """In a forked process: collect what is put from now on for ``given``, and only read the file."""
        # The parent's connection is kept open here, as closing it would write to the file.
        self._parents = self._base
        if self._file:
            self._base = self._in_memory()
            with contextlib.suppress(*_BROKEN):
                # The parent's locks are not ours. Without any, a value may be read half written, which its sum tells.
                base = sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
                self._base = base if self._fits(base) else self._base
        # A part's results are few, and go on at once.
        self._new, self.lent, self._used = {}, {}, {}

    def given(self) -> Given:
        """What was put, lent and used since ``apart`` or the last call, for ``take`` in the parent process."""
        given = dict(self._new), dict(self.lent), tuple(self._used)
        for part in (self._new, self.lent, self._used):
            part.clear()
        return given

    def take(self, given: object) -> Iterable[str]:
        """Keep what another process gave; the names that it put. Raises ValueError where that is nothing of the kind.

        Like what a file has, a value is looked at when somebody asks for it; bytes under a false digest are nobody's.
        """
        taken: Given | None = shaped(given, cast(type[Given], Given))
        if taken is None:
            raise ValueError("not what a store gives")
        new, lent, used = taken
        self._new.update(new)
        for data in lent.values():
            self.lend(data)
        self.touch(used)
        return new.keys()

    def doubt(self) -> bool:
        """Forget everything kept, because some of it may be corrupt; whether there was anything."""
        if not self._stored():
            return False
        self.close()
        if self._file:
            self._remove()
        self.memory, self._base = Memory(), self._open()
        for values in (self._used, self._new, self.lent):
            values.clear()
        return True

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _open(self) -> sqlite3.Connection:
        for _ in range(2 if self._file else 0):
            base, locked = self._connected()
            if base is not None:
                return base
            if locked:
                break
            # Damaged, or of another version.
            self._remove()
        self._file = None
        return self._in_memory()

    def _remove(self) -> None:
        assert self._file is not None
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + end).unlink(missing_ok=True)

    def _connected(self) -> tuple[sqlite3.Connection | None, bool]:
        """A connection to the file, or None where it cannot be opened or is of another version.

        And whether that is because another build, which is only beginning it, has it to itself.
        """
        assert self._file is not None
        base, locked = None, False
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(self._file, timeout=0, isolation_level=None)
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            if self._fits(base):
                return base, False
        except _BROKEN as fault:
            locked = getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        if base is not None:
            base.close()
        return None, locked

    def _in_memory(self) -> sqlite3.Connection:
        # A worker of another system may do each of its parts in another thread, one after the other.
        base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._fits(base)
        return base

    def _fits(self, base: sqlite3.Connection) -> bool:
        """Whether the database is of this version; creates the tables in an empty one."""
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():
            base.execute(_SCHEMA)
            base.execute("CREATE TABLE version (stamp TEXT)")
            base.execute("INSERT INTO version VALUES (?)", (self._stamp,))
        return bool(base.execute("SELECT stamp FROM version").fetchone() == (self._stamp,))

    def _read(self, name: str) -> bytes:
        """The bytes in the file; none where there are none, or others than were written. Raises sqlite3.Error."""
        row = self._base.execute("SELECT sum, value FROM kept WHERE name = ?", (name,)).fetchone()
        return row[1] if row and _sum(row[1]) == row[0] else b""

    def _stored(self) -> set[str]:
        try:
            return {name for (name,) in self._base.execute("SELECT name FROM kept")}
        except _BROKEN:
            return set()

    def _write(self, unused: set[str]) -> None:
        """Raises sqlite3.Error, and changes nothing, while another process is writing."""
        try:
            self._base.execute("BEGIN IMMEDIATE")
            rows = ((name, _sum(self._new[name]), self._new[name]) for name in sorted(self._new))
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._base.executemany("DELETE FROM kept WHERE name = ?", [(name,) for name in unused])
            self._base.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise


def store_of(root: Path) -> Store:
    """What earlier builds of the archive at ``root`` kept, if this version of the generator made it."""
    return Store(cache_file(root), code_version())


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain")


def pack(value: Any) -> bytes:
    """A plain value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> Any:
    """The value that ``pack`` packed. Raises as ``pickle`` does for other bytes, and for values that are not plain."""
    return _PlainUnpickler(io.BytesIO(packed)).load()


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16).digest()
