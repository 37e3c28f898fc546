"""What is kept between builds: plain values in a file, objects in memory, and nothing that could run."""

import io
import pickle
import sqlite3
from hashlib import blake2b
from pathlib import Path

import pytest

from expoarchive.cache import Memory, Store, cache_file, store_of
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

    assert named - {"livereload", "rich", "watchfiles"} <= set(PACKAGES)
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


def test_two_stores_at_once_harm_nothing(tmp_path: Path) -> None:
    """The one that cannot write keeps its values to itself."""
    file = tmp_path / "kept.db"
    saved(file, name="value")
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    store = Store(file, "1")
    store.put("name", "other")
    store.save()
    busy.execute("ROLLBACK")
    busy.close()

    assert Store(file, "1").get("name") == "value"


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
        memory.recall_of("thing", one, make)
    assert len(made) == 4


def test_what_is_fetched_at_once_is_what_one_by_one_gives(tmp_path: Path) -> None:
    """Under names that begin so; released or not, it stays kept."""
    file = tmp_path / "kept.db"
    saved(file, page1="1", page2="2", other="3")
    with sqlite3.connect(file) as base:
        base.execute("UPDATE kept SET value = ? WHERE name = 'page2'", (b"spoilt",))
    store = Store(file, "1")
    store.put("page3", "4")
    store.fetch("page")
    found = [store.get(name) for name in ("page1", "page2", "page3", "other")]
    store.release("page")

    assert found == ["1", None, "4", "3"]
    assert [store.get(name) for name in ("page1", "page2", "page3", "other")] == found


def test_a_copy_of_the_process_hands_over_what_it_made(tmp_path: Path) -> None:
    """What it put, lent and used, and a value beside; half of it is as good as none."""
    file = tmp_path / "kept.db"
    saved(file, used="1", unused="2")
    first, copy = Store(file, "1"), Store(file, "1")
    copy.apart()
    copy.get("used")
    copy.put("made", "3")
    copy.lent["page"] = b"4"
    passing = io.BytesIO()
    copy.hand_over(passing, ("beside",))
    half = Store(file, "1")

    assert half.take_over(io.BytesIO(passing.getvalue()[:-5])) is None
    assert first.take_over(io.BytesIO(passing.getvalue())) == ("beside",)
    assert (first.get("made"), first.lent["page"]) == ("3", b"4")
    first.save()
    first.close()
    later = Store(file, "1")
    assert [later.get(name) for name in ("used", "made", "unused")] == ["1", "3", None]
