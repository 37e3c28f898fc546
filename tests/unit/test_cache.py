"""What is kept between builds: plain values in a file, objects in memory, and nothing that could run."""

import contextlib
import pickle
import re
import sqlite3
from errno import ENOSPC
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from expoarchive.cache.location import cache_file
from expoarchive.cache.memory import Memory
from expoarchive.cache.store import Store, pack, store_of, unpack
from expoarchive.cache.version import PACKAGES
from tests.sites import ROOT


def saved(file: Path, **values: object) -> None:
    """A store with these values, as an earlier build left it."""
    store = Store(file, "1")
    for name, value in values.items():
        store.put(name, value)
    store.save()
    store.close()


def test_a_later_store_gives_what_was_saved(tmp_path: Path) -> None:
    """Text, bytes, numbers, and nested ones."""
    value = ("text", b"bytes", {"a": [1, 2.5, None]}, frozenset({"x"}))
    saved(tmp_path / "kept.db", name=value)

    assert Store(tmp_path / "kept.db", "1").get("name") == value


def test_another_version_of_the_generator_knows_nothing(tmp_path: Path) -> None:
    """Values are made anew by the code that will use them."""
    saved(tmp_path / "kept.db", name="value")

    assert Store(tmp_path / "kept.db", "2").get("name") is None


def test_every_package_that_makes_the_site_is_part_of_the_version() -> None:
    """Another release of one may write other bytes. What only shows, watches or serves is none of them."""
    named = {line for line in (ROOT / "requirements.in").read_text("utf-8").split("\n") if line and line[0] != "#"}

    assert named - {"livereload", "openpyxl", "rich", "watchfiles"} <= set(PACKAGES)
    assert set(PACKAGES) <= {line.partition("==")[0] for line in (ROOT / "requirements.lock").read_text().split("\n")}


def test_what_a_build_did_not_use_goes(tmp_path: Path) -> None:
    """A cache does not grow for ever; what was touched without being read stays."""
    saved(tmp_path / "kept.db", used="1", touched="2", unused="3")
    store = Store(tmp_path / "kept.db", "1")
    store.get("used")
    store.touch(["touched"])
    store.save()
    later = Store(tmp_path / "kept.db", "1")

    assert [later.get(name) for name in ("used", "touched", "unused")] == ["1", "2", None]


def test_a_value_that_would_run_code_is_not_read(tmp_path: Path) -> None:
    """The file may come from anywhere; a class or function named in it is never looked up."""
    file, marker = tmp_path / "kept.db", tmp_path / "ran"
    saved(file, name="value")

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return Path.touch, (marker,)

    harm = pickle.dumps(Evil())
    with sqlite3.connect(file) as base:
        base.execute("UPDATE kept SET sum = ?, value = ?", (blake2b(harm, digest_size=16).digest(), harm))

    assert Store(file, "1").get("name") is None
    assert not marker.exists()


def test_a_value_that_somebody_else_put_there_is_not_believed(tmp_path: Path) -> None:
    """However plain: each has its sum beside it."""
    file = tmp_path / "kept.db"
    saved(file, name="value", other="value")
    with sqlite3.connect(file) as base:
        base.execute("UPDATE kept SET value = ? WHERE name = 'name'", (pack("another"),))
    store = Store(file, "1")

    assert [store.get(name) for name in ("name", "other")] == [None, "value"]


def test_two_stores_at_once_harm_nothing(tmp_path: Path) -> None:
    """The one that cannot write reads, and keeps its values to itself."""
    file = tmp_path / "kept.db"
    saved(file, name="value")
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    store = Store(file, "1")
    assert store.get("name") == "value"
    store.put("name", "other")
    store.save()
    busy.execute("ROLLBACK")
    busy.close()

    assert Store(file, "1").get("name") == "value"


def test_a_file_that_another_build_is_just_beginning_is_not_damaged(tmp_path: Path) -> None:
    """It is left to that build; this one keeps its values to itself."""
    file = tmp_path / "kept.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = Store(file, "1")
    store.put("name", "value")
    store.save()
    other.execute("CREATE TABLE theirs (name)")
    other.execute("COMMIT")
    other.close()

    assert store.get("name") == "value"
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_the_cache_is_never_among_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From there it would be committed, and a stranger's pull request could bring pages of its own."""
    for name, value in {"EXPOARCHIVE_CACHE": None, "XDG_CACHE_HOME": str(tmp_path / "caches")}.items():
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    root = tmp_path / "archive"
    root.mkdir()

    assert cache_file(root) is not None
    assert cache_file(root).parent == tmp_path / "caches" / "expoarchive"  # type: ignore[union-attr]
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    assert cache_file(root).parent == Path.home() / ".cache" / "expoarchive"  # type: ignore[union-attr]
    monkeypatch.setenv("EXPOARCHIVE_CACHE", "")
    assert store_of(root).get("anything") is None
    assert cache_file(root) is None


def test_memory_makes_again_only_what_changed() -> None:
    """Equal by value for texts, by identity for things."""
    memory = Memory()
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "value"

    for text in ("a", "a", "b"):
        memory.recall("text", text, make)
    assert len(made) == 2
    thing: list[int] = []
    for one in (thing, thing, []):
        memory.recall("thing", one, make, by_identity=True)
    assert len(made) == 4


def test_what_is_put_again_takes_the_place_of_what_was(tmp_path: Path) -> None:
    """At once, and in the file."""
    file = tmp_path / "kept.db"
    saved(file, name="1")
    store = Store(file, "1")
    assert store.get("name") == "1"
    store.put("name", "2")
    assert store.get("name") == "2"
    store.save()
    store.close()

    assert Store(file, "1").get("name") == "2"


@pytest.mark.parametrize("fault", ["no file can be had", "the disk is full", "a part fits"])
def test_what_the_disk_does_not_take_is_held_in_memory(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Until it is saved; what is taken later goes to the disk again."""

    def refused(*_: object, **__: object) -> int:
        raise OSError(ENOSPC, "no space left on device")

    store = Store()
    with monkeypatch.context() as patch:
        if fault == "no file can be had":
            patch.setattr("tempfile.TemporaryFile", refused)
        else:
            patch.setattr("os.pwrite", refused if fault == "the disk is full" else lambda *_: 1)
        store.put("first", "1")
        page = store.lend(b"bytes")
    store.put("second", "2")

    assert [store.get("first"), store.get("second"), store.lent[page]] == ["1", "2", b"bytes"]


def test_what_is_watched_is_read_put_or_touched(tmp_path: Path) -> None:
    """In order, each name once, in as many blocks as are open; what is not there is not read."""
    saved(tmp_path / "kept.db", kept="1", later="2")
    store = Store(tmp_path / "kept.db", "1")
    with store.watched() as outer:
        store.put("put", "1")
        with contextlib.suppress(KeyError), store.watched() as inner:
            store.get("kept")
            store.get("kept")
            store.get("nothing")
            raise KeyError
        store.touch(["a", "b"])
    store.get("later")

    assert list(outer) == ["put", "kept", "a", "b"]
    assert list(inner) == ["kept"]


def test_a_save_ends_what_was_lent_and_begins_to_count_anew(tmp_path: Path) -> None:
    """What a running preview had no use for since the last save goes with the next."""
    file = tmp_path / "deep" / "folder" / "kept.db"
    store = Store(file, "1")
    store.put("a", "1")
    store.put("b", "2")
    store.lend(b"bytes")
    store.save()
    assert dict(store.lent) == {}
    assert store.get("a") == "1"
    store.save()
    assert [store.get("a"), store.get("b")] == ["1", None]
    store.close()

    assert [Store(file, "1").get(name) for name in ("a", "b")] == ["1", None]


def test_a_save_without_anything_new_writes_nothing(tmp_path: Path) -> None:
    """A build with nothing to do leaves the file as it is."""
    file = tmp_path / "kept.db"
    saved(file, name="1")
    before = file.read_bytes()
    store = Store(file, "1")
    store.get("name")
    store.save()
    store.close()

    assert file.read_bytes() == before


def test_a_file_that_an_older_generator_has_open_is_begun_anew(tmp_path: Path) -> None:
    """With its log, which would bring the old values back."""
    file = tmp_path / "kept.db"
    older = Store(file, "1")
    older.put("name", "old")
    older.save()
    saved_by_newer = Store(file, "2")
    saved_by_newer.put("name", "new")
    saved_by_newer.save()
    saved_by_newer.close()

    assert Store(file, "2").get("name") == "new"
    assert older.get("name") == "old"


@pytest.mark.parametrize("where", ["a file in its way", "a folder of that name", "no file"])
def test_a_cache_that_cannot_be_had_is_kept_in_memory(tmp_path: Path, where: str) -> None:
    """For as long as the process runs; in a copy of it too."""
    file = {
        "a file in its way": tmp_path / "file" / "kept.db",
        "a folder of that name": tmp_path / "folder",
        "no file": None,
    }[where]
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder" / "mine").mkdir(parents=True)
    store = Store(file, "1")
    store.put("name", "value")
    store.save()
    assert store.get("name") == "value"
    store.apart()
    store.put("more", "value")
    assert [store.get("name"), store.get("more")] == ["value", "value"]
    assert (tmp_path / "file").read_text() == "mine"
    assert (tmp_path / "folder" / "mine").is_dir()


def test_a_file_that_breaks_while_it_is_used_costs_time_alone(tmp_path: Path) -> None:
    """Nothing is found in it then, nothing is written, and nobody else is kept from writing."""
    file = tmp_path / "kept.db"
    saved(file, name="1", other="2")
    store = Store(file, "1")
    with sqlite3.connect(file) as base:
        base.execute("DROP TABLE kept")
    store.put("more", "3")

    assert [store.get(name) for name in ("name", "more")] == [None, "3"]
    store.save()
    assert store.get("more") == "3"
    with sqlite3.connect(file, timeout=0) as base:
        base.execute("CREATE TABLE others (name)")


def test_a_doubt_forgets_all_that_was_kept(tmp_path: Path) -> None:
    """In the file and in memory, and says whether there was anything; from then on it keeps as before."""
    file = tmp_path / "kept.db"
    saved(file, name="1")
    store = Store(file, "1")
    store.put("more", "2")
    store.lend(b"bytes")
    store.memory.recall("thing", 1, lambda: "old")

    assert store.doubt()
    assert [store.get(name) for name in ("name", "more")] == [None, None]
    assert dict(store.lent) == {}
    assert store.memory.recall("thing", 1, lambda: "new") == "new"
    assert not store.doubt()
    store.put("name", "3")
    store.save()
    store.close()
    assert Store(file, "1").get("name") == "3"


def test_what_is_kept_of_an_archive_is_for_this_generator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its place on the machine; to another version it is as if there were none."""
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(tmp_path / "cache"))
    file = cache_file(tmp_path / "site")
    assert file is not None
    for kept in (None, "value"):
        store = store_of(tmp_path / "site")
        assert store.get("name") == kept
        store.put("name", "value")
        store.save()
        store.close()

    assert file.is_file()
    assert Store(file, "").get("name") is None


def test_bytes_of_another_hand_are_not_plain() -> None:
    """Whoever reads them is told by what name."""
    assert unpack(pack({"a": (1, b"2")})) == {"a": (1, b"2")}
    with pytest.raises(pickle.UnpicklingError, match=re.escape("builtins.print is not plain")):
        unpack(pickle.dumps(print))


def test_a_copy_of_the_process_gives_what_it_made(tmp_path: Path) -> None:
    """What it put, lent and used since it began or gave the last time; the file it only reads."""
    file = tmp_path / "kept.db"
    saved(file, used="1", mine="5", unused="2", unread="6")
    first, copy = Store(file, "1"), Store(file, "1")
    first.put("made", "old")
    assert first.get("mine") == "5"
    copy.put("before", "old")
    copy.lend(b"old")
    assert [copy.get("used"), copy.get("unused")] == ["1", "2"]
    copy.apart()
    assert copy.get("unread") == "6"
    copy.get("used")
    copy.put("made", "3")
    page = copy.lend(b"4")
    given = copy.given()

    assert copy.given() == ({}, {}, ())
    assert [*first.take(given)] == ["made"]
    assert (first.get("made"), dict(first.lent)) == ("3", {page: b"4"})
    assert first.get("before") is None
    first.save()
    first.close()
    later = Store(file, "1")
    assert [later.get(name) for name in ("used", "made", "mine", "unused")] == ["1", "3", "5", None]
    assert later.get("unread") == "6"


@pytest.mark.parametrize("given", [None, (), ({}, {}), ({"a": 1}, {}, ()), ({}, {"a": "text"}, ()), ({}, {}, [1])])
def test_what_no_store_gives_is_not_taken(given: object) -> None:
    """Whoever sent it, nothing of it is kept."""
    store = Store()

    with pytest.raises(ValueError, match=r"^not what a store gives$"):
        store.take(given)
    assert (dict(store.lent), store.get("a")) == ({}, None)


def test_what_another_process_gave_is_looked_at_like_what_a_file_has() -> None:
    """Bytes have their own digest, whatever they were called; a value of another type is as if there were none."""
    store = Store()
    store.put("number", 1)
    assert store.get("number", int) == 1

    store.take(({"number": pack("one"), "text": pack("two")}, {"0" * 64: b"bytes"}, ("used",)))

    assert (store.get("number", int), store.get("text", str)) == (None, "two")
    assert dict(store.lent) == {sha256(b"bytes").hexdigest(): b"bytes"}


def test_a_cache_without_a_file_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it keeps ends with it."""
    monkeypatch.chdir(tmp_path)
    store = Store()
    store.put("name", "value")
    store.save()
    store.close()

    assert list(tmp_path.iterdir()) == []
    assert Store().get("name") is None
