"""Whatever lies where a build kept something: the next one makes the same bytes and never breaks off."""

import json
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from expoarchive.build import build
from expoarchive.cache.location import cache_file
from expoarchive.cache.store import Store, _sum
from expoarchive.cli.main import main
from expoarchive.write import MANIFEST
from tests.sites import lay_site
from tests.sweep import swept


def deep(levels: int) -> Any:
    """A list in a list, and so on."""
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


# Values of every plain type, of which none is what belongs anywhere but now and then one.
SHAPES: dict[str, Any] = {
    "nothing": None,
    "a flag": True,
    "a number": 7,
    "a huge number": 10**6000,
    "a fraction": float("nan"),
    "a text": "x",
    "half a character": "\ud800",
    "bytes": b"x",
    "no bytes": b"",
    "an empty tuple": (),
    "an empty list": [],
    "an empty dict": {},
    "a list of nothing": [None],
    "a set": frozenset({1}),
    "a dict of anything": {None: {"a": b"b"}, 3: ()},
    "a dict of paths": {"../outside": b"x", "data/../../outside": "x"},
    "five of nothing": (None,) * 5,
    "five of bytes": (b"",) * 5,
    "two of texts": ("x", "x"),
    "a key and no reading": ((b"", ("en", "fr"), ("en", "fr"), ("topic",)), b""),
    "hundreds deep": deep(300),
}
RAW: dict[str, bytes] = {
    "no pickle": b"x",
    "half a pickle": pickle.dumps(("x" * 300,))[:-200],
    "an endless text": b"\x8d" + b"\xff" * 8,
    "a class": pickle.dumps(Path("x")),
    "a hundred thousand deep": b"]" * 100_000 + b"a" * 99_999 + b".",
    "in itself": b"]\x94h\x00a.",
}


def digests(folder: Path) -> dict[str, bytes]:
    """Every file below."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Kept:
    """A site that was built once, and what that build kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.output, self.file = folder, folder / "site", folder / "out", folder / "kept.db"
        lay_site(self.root, {})
        self.build()
        with sqlite3.connect(self.file) as base:
            self.rows = dict(base.execute("SELECT name, value FROM kept"))
        self.clean = digests(self.output)

    def build(self) -> None:
        store = Store(self.file)
        outcome = build(self.root, self.output, store=store)
        store.close()
        assert outcome.ok, outcome.problems

    def plant(self, values: dict[str, bytes]) -> None:
        """The same entries with these in place of some, each with its right sum; and nothing else of the last build."""
        with sqlite3.connect(self.file) as base:
            base.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                [(name, _sum(value), value) for name, value in (self.rows | values).items()],
            )

    def is_same_after(self, values: dict[str, bytes]) -> bool:
        """Whether a build with these comes to the site that a clean one makes."""
        self.plant(values)
        self.build()
        return digests(self.output) == self.clean

    def kinds(self) -> dict[str, list[str]]:
        """The names of what is kept, by the first of their words."""
        kinds: dict[str, list[str]] = {}
        for name in self.rows:
            kinds.setdefault(" ".join(name.split()[:2]) if name.startswith("made") else name.split()[0], []).append(
                name
            )
        return kinds


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Built once."""
    return Kept(tmp_path_factory.mktemp("kept"))


def test_every_kind_of_entry_is_tried(kept: Kept) -> None:
    """Readings, pages, pictures, entries of the search, data, drawings, and what was written."""
    assert set(kept.kinds()) >= {
        *("beside", "read", "drawn", "files", "written"),
        *("made page", "made card", "made search", "made chart-files", "made data"),
    }


PLANTED = {name: pickle.dumps(value) for name, value in SHAPES.items()} | RAW


@pytest.mark.parametrize("turn", swept(range(4), [0]))
def test_entries_of_all_shapes_are_made_anew(kept: Kept, turn: int) -> None:
    """Each entry in another one, and in another at each turn: a kind of entry that there are many of meets them all."""
    values = {}
    for at, names in enumerate(kept.kinds().values()):
        for number, name in enumerate(names):
            values[name] = [*PLANTED.values()][(at + number + 7 * turn) % len(PLANTED)]

    assert kept.is_same_after(values)


@pytest.mark.long
@pytest.mark.parametrize("shape", PLANTED)
def test_an_entry_of_any_shape_is_made_anew(kept: Kept, shape: str) -> None:
    """In the place of all of them at once."""
    assert kept.is_same_after(dict.fromkeys(kept.rows, PLANTED[shape]))


@pytest.mark.parametrize("seed", swept(range(300), range(2)))
def test_a_part_of_an_entry_of_any_shape_is_made_anew(kept: Kept, seed: int) -> None:
    """Somewhere within one entry of each kind, however deep; the outer ones are as they were."""
    random = Random(seed)
    values = {}
    for names in kept.kinds().values():
        name = random.choice(names)
        values[name] = pickle.dumps(spoilt(pickle.loads(kept.rows[name]), random))

    assert kept.is_same_after(values)


def spoilt(value: Any, random: Random) -> Any:
    """The value with one part of another type."""
    if isinstance(value, tuple | list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        return type(value)([*value[:at], spoilt(value[at], random), *value[at + 1 :]])
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice([*value])
        return value | {key: spoilt(value[key], random)}
    others = [other for other in SHAPES.values() if type(other) is not type(value)]
    return random.choice(others)


# Stands for a number larger than Python writes.
HUGE = 10**200

# --- notes -----------------------------------------------------------------------------------------------------------

NOTES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff",
    "null": b"null",
    "a number": b"7",
    "a huge number": b"1" + b"0" * 6000,
    "NaN": b"NaN",
    "a list": b"[]",
    "an empty object": b"{}",
    "a thousand deep": b"[" * 1000 + b"]" * 1000,
    "a million deep": b"[" * 1_000_000,
    "values of any type": b'{"a": [], "b": 1, "index.html": {"x": null}}',
    "keys twice": b'{"index.html": "a", "index.html": 5}',
    "paths": b'{"../outside": "x", "/etc/passwd": "x"}',
}
LONG_VALUES: tuple[Any, ...] = (None, [None], True, HUGE, float("nan"), [], {}, [{}], {"a": [None]})


class Commanded:
    """A site that commands build, with its note of the last build."""

    def __init__(self, folder: Path) -> None:
        self.root, self.output = folder / "site", folder / "site" / "output"
        lay_site(self.root, {})
        self.build()
        file = cache_file(self.root)
        assert file is not None
        self.places = {
            "the last build": file.with_name(f"{file.name}.last.json"),
            "the manifest": self.output / MANIFEST,
            "the cache": file,
        }
        self.good = {name: path.read_bytes() for name, path in self.places.items() if name != "the cache"}
        self.clean = digests(self.output)

    def build(self) -> None:
        before = Path.cwd()
        os.chdir(self.root)
        try:
            assert main(["build", "--messages", "en"]) == 0
        finally:
            os.chdir(before)

    def is_same_after(self) -> bool:
        self.build()
        return digests(self.output) == self.clean


@pytest.fixture(scope="module")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> Commanded:
    """Built once."""
    return Commanded(tmp_path_factory.mktemp("commanded"))


@pytest.fixture
def place(commanded: Commanded) -> Iterator[Callable[[str], Path]]:
    """Where something is kept, which is gone afterwards if it is no file."""
    asked: list[Path] = []

    def at(name: str) -> Path:
        asked.append(commanded.places[name])
        return asked[-1]

    yield at
    for path in asked:
        if path.is_symlink() or not path.is_file():
            path.unlink() if path.is_symlink() or not path.is_dir() else shutil.rmtree(path)


def of_two_places() -> Iterator[Any]:
    """Every fourth note at one of the two in turn; at the other one it is a matter of the long tests."""
    for at, note in enumerate(NOTES):
        for turn, name in enumerate(("the last build", "the manifest")):
            yield pytest.param(name, note, marks=() if (at + 4 * turn) % 8 == 0 else pytest.mark.long)


@pytest.mark.parametrize(("name", "note"), list(of_two_places()))
def test_a_note_of_any_shape_is_as_if_there_were_none(
    commanded: Commanded, place: Callable[[str], Path], name: str, note: str
) -> None:
    """Of the last build, and of what stands in the output."""
    place(name).write_bytes(NOTES[note])

    assert commanded.is_same_after()


@pytest.mark.parametrize("value", ["x", *(pytest.param(value, marks=pytest.mark.long) for value in LONG_VALUES)])
@pytest.mark.parametrize(
    "part",
    swept(
        ["form", "version", "options", "digest", "seen", "at", "output", "said", "pages", "warned"],
        ["form", "options", "seen", "output", "warned"],
    ),
)
def test_a_part_of_the_last_builds_note_of_any_shape_is_as_if_there_were_none(
    commanded: Commanded, place: Callable[[str], Path], part: str, value: Any
) -> None:
    """The others being as they were written."""
    commanded.build()
    file = place("the last build")
    good = json.loads(file.read_text("utf-8"))
    changed = good | ({"said": good["said"] | {part: value}} if part in good["said"] else {part: value})
    file.write_text(json.dumps(changed).replace(str(HUGE), "1" + "0" * 6000), "utf-8")

    assert commanded.is_same_after()


@pytest.mark.parametrize(
    "what",
    swept(
        ["a folder", "a full folder", "a pipe", "a link to nowhere", "a link to itself", "a link"],
        ["a full folder", "a pipe", "a link"],
    ),
)
@pytest.mark.parametrize("name", ["the last build", "the cache"])
def test_what_is_no_file_of_its_own_is_not_waited_for(
    commanded: Commanded, place: Callable[[str], Path], name: str, what: str
) -> None:
    """In the place of the note of the last build or the cache."""
    path = place(name)
    path.unlink(missing_ok=True)
    match what:
        case "a folder":
            path.mkdir()
        case "a full folder":
            (path / "x").mkdir(parents=True)
        case "a pipe":
            os.mkfifo(path)
        case "a link to nowhere":
            path.symlink_to("nowhere")
        case "a link to itself":
            path.symlink_to(path.name)
        case "a link":
            path.symlink_to(commanded.root / "site_config.yaml")
    before = (commanded.root / "site_config.yaml").read_bytes()

    assert commanded.is_same_after()
    assert (commanded.root / "site_config.yaml").read_bytes() == before
