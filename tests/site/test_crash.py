"""Whatever ends a build, the output folder is the old site or the new one, whole, and the next build is right."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from expoarchive.build import Outcome, build, restyle
from expoarchive.cache import last
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.cli.project import CHANGES, FOLDER
from expoarchive.config.generator import LOCK
from expoarchive.nodes import text as texts
from expoarchive.problem import Problem
from expoarchive.write import MANIFEST, spare_tree
from tests import builds
from tests.sites import ROOT, TINY_EXPO, lay_site
from tests.sweep import swept

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

ARTICLE = "content/articles/first-crane/en.md"
GAZETTE = "content/sources/gazette-2009.yaml"
# All that a clone asks for to begin another archive.
WHEEL = "expoarchive-0.3.0-py3-none-any.whl"
NEW_SOURCE = "content/sources/gazette-2013.yaml"
STYLE = "templates/static/css/40-layout.css"
# A translation that is older than its original.
STALE = "---\ntitle: T\nsummary: S\n---\n## Afterwards {#afterwards}\n"
MORE = "\nOne more sentence.\n"
SOURCE = """publisher: {en: Lune Gazette, fr: La Gazette de Lune}
title: {en: The fair goes on}
url: https://gazette.example/2013/fair
published: 2013-06-02
language: en
grade: newspaper
read: {extent: whole, date: 2013-07-01}
"""
Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file below the folder, the manifest too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def is_whole(found: Tree) -> bool:
    """Whether the files are those of the manifest, byte for byte."""
    manifest: dict[str, str] = json.loads(found[MANIFEST])
    return {name: sha256(data).hexdigest() for name, data in found.items() if name != MANIFEST} == manifest


class Bench:
    """A small site with three states of its sources, built over what the builds before kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "site"
        self.output = folder / "public" / "site"
        self.cache = folder / "cache"
        self.kept = folder / "kept.db"
        # Fewer files to write at each step, of every sort that a page has.
        config = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
        lay_site(self.root, {"site_config.yaml": f"{config}without: [cards, search, data]\n"})
        self.article = (self.root / ARTICLE).read_text("utf-8")
        self.style = (self.root / STYLE).read_text("utf-8")
        self.first = folder / "first"
        self.wanted: list[Tree] = []
        for state in (0, 1, 2):
            self.lay(state)
            assert self.build().ok
            self.wanted.append(tree(self.output))
            if state == 0:
                shutil.copytree(self.output, self.first)
        assert self.wanted[0] != self.wanted[1] != self.wanted[2]
        assert all(is_whole(found) for found in self.wanted)

    def lay(self, state: int) -> None:
        """The sources as they are in this state: a source more than the first has, and a sentence in each.

        No picture differs.
        """
        (self.root / ARTICLE).write_text(self.article + MORE * state, "utf-8")
        (self.root / NEW_SOURCE).unlink(missing_ok=True)
        if state:
            (self.root / NEW_SOURCE).write_text(SOURCE, "utf-8")
        (self.root / STYLE).write_text(self.style, "utf-8")

    def stand(self) -> None:
        """The first state, laid from what its build made, which spares another; nothing beside it or in its spare."""
        if (spare := spare_tree(self.output)) is not None:
            shutil.rmtree(spare, ignore_errors=True)
        shutil.rmtree(self.output.parent)
        self.lay(0)
        shutil.copytree(self.first, self.output)

    def build(self) -> Outcome:
        """A build in this process."""
        store = Store(self.kept, "test")
        try:
            return build(self.root, self.output, store=store)
        finally:
            store.close()

    def command(self, *options: str) -> int:
        """``build`` as the command line runs it, in this process; its exit code."""
        return builds.command(self.root, self.output, self.cache, *options)

    def start(self) -> "subprocess.Popen[str]":
        """The command in a process of its own, from its first import."""
        command = [sys.executable, str(ROOT / "build.py"), "build", "--output", str(self.output)]
        environment = {**os.environ, "EXPOARCHIVE_CACHE": str(self.cache), "CI": "1", "LC_ALL": "C"}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.root, env=environment, stdout=pipe, stderr=pipe, text=True)

    def standing(self) -> int | None:
        """Which state the output shows; None where there is no site. Fails where it is neither."""
        if not self.output.exists():
            return None
        found = tree(self.output)
        assert is_whole(found)
        assert found in self.wanted
        return self.wanted.index(found)

    def beside(self) -> list[str]:
        """All that lies where the site is."""
        return sorted(path.name for path in self.output.parent.iterdir())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Both states were built."""
    return Bench(tmp_path_factory.mktemp("crash"))


@pytest.fixture
def bench(made: Bench) -> Iterator[Bench]:
    """The first state stands; its sources too."""
    output = made.output
    made.stand()
    yield made
    made.output = output


# --- killed ----------------------------------------------------------------------------------------------------------


def kill_at_random_moments(bench: Bench, times: int, seed: int, forget: float = 0.0) -> int:
    """Kill builds, some from nothing, most of an edit, at any moment of their time. How many did not get through."""
    chance = random.Random(seed)
    bench.lay(1)
    began = time.monotonic()
    bench.command()
    usual = time.monotonic() - began
    killed = 0
    for number in range(times):
        if chance.random() < 0.1:
            shutil.rmtree(bench.output)
        if chance.random() < forget:
            shutil.rmtree(bench.cache)
        before, state = bench.standing(), number % 2
        bench.lay(state)
        # What others help with is left to them by a kill, for as long as they notice.
        shared = ("--jobs", "3") if chance.random() < 0.3 else ()
        process = builds.start(builds.command, bench.root, bench.output, bench.cache, *shared)
        time.sleep(usual * chance.random())
        process.kill()
        killed += builds.killed(process)

        assert bench.standing() in (before, state)
        began = time.monotonic()
        assert bench.command() == 0
        # What a machine with other work needs today is not what it needed at first.
        usual = (3 * usual + time.monotonic() - began) / 4
        assert bench.standing() == state
        assert bench.beside() == [bench.output.name]
    return killed


def test_a_killed_build_leaves_the_old_site_or_the_new(bench: Bench) -> None:
    """Killed at a few moments; the build after it is a clean one's, and nothing is left beside it."""
    # Where the moment came too late, another one is tried.
    assert any(kill_at_random_moments(bench, 2, seed=seed) for seed in range(1, 9))


@pytest.mark.long
def test_a_build_killed_at_two_hundred_moments(bench: Bench, record_property: Callable[[str, object], None]) -> None:
    """As above, until two hundred builds were ended before they were done."""
    killed = rounds = 0
    while killed < 200:
        killed += kill_at_random_moments(bench, 50, seed=2 + rounds, forget=0.1)
        rounds += 1
    said = f"{killed} of {50 * rounds} builds killed at random moments: each time the old site or the new, whole"
    record_property("summary", f"crash: {said}")


def assert_a_site_stands(bench: Bench, exchange: bool) -> None:
    """The output is one of the sites, whole."""
    if exchange or bench.output.exists():
        assert bench.standing() is not None
    else:
        # Without an exchange of names there is one moment at which the old site has its other name.
        assert tree(bench.output.with_name(".site-last")) in bench.wanted


def kill_at_steps(bench: Bench, first: int, stride: int, *, exchange: bool, spare: bool = False) -> int:
    """Kill builds at every n-th step of the writing; how many were killed.

    They lay a whole tree, or bring the ``spare`` one forward.
    """
    killed, step, state = 0, first, 1
    tree_to_spare = spare_tree(bench.output)
    assert tree_to_spare is not None
    while True:
        bench.lay(state)
        if not spare:
            shutil.rmtree(tree_to_spare, ignore_errors=True)
        arguments = (step, bench.root, bench.output, bench.kept, exchange)
        if not builds.killed(builds.start(builds.build_until, *arguments)):
            return killed
        killed += 1
        step += stride
        assert_a_site_stands(bench, exchange)
        assert bench.build().ok
        assert bench.standing() == state
        assert bench.beside() == [bench.output.name]
        # Of two states the spare tree would always be the one that is wanted.
        state = (state + 1) % 3


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that cannot exchange two names."""
    monkeypatch.setattr("expoarchive.write.switch._exchange_names", lambda one, other: False)


@pytest.fixture(params=[True, False], ids=["names exchanged", "no exchange"])
def exchange(request: pytest.FixtureRequest) -> bool:
    """On a system that can exchange two names, and on one that cannot."""
    if not request.param:
        request.getfixturevalue("without_exchange")
    return bool(request.param)


def test_a_build_killed_between_two_steps_of_the_writing(bench: Bench) -> None:
    """Whichever file or folder came last."""
    assert kill_at_steps(bench, 20, 150, exchange=True) >= 2


@pytest.mark.usefixtures("without_exchange")
def test_a_build_killed_where_names_cannot_be_exchanged(bench: Bench) -> None:
    """The old site is there, or right beside under the name from where the next build brings it back."""
    assert kill_at_steps(bench, 40, 150, exchange=False) >= 2


def kill_at_steps_with_a_spare_tree(bench: Bench, first: int, stride: int, *, exchange: bool) -> int:
    """Kill builds that bring forward a tree two builds left; how many were killed."""
    for state in (2, 0):
        bench.lay(state)
        bench.build()
    return kill_at_steps(bench, first, stride, exchange=exchange, spare=True)


def test_a_build_killed_while_it_brings_the_spare_tree_forward(bench: Bench) -> None:
    """The site stands, and the half of a tree that is left is nothing the next build goes on from."""
    assert kill_at_steps_with_a_spare_tree(bench, 1, 40, exchange=True) >= 2


def test_the_spare_tree_is_nothing_but_time_saved(bench: Bench) -> None:
    """Whatever somebody did to it, and to files it shares with the output, the next site is whole."""
    spare = spare_tree(bench.output)
    assert spare is not None
    for state in (1, 2):
        bench.lay(state)
        bench.build()
    assert is_whole(tree(spare))

    # The same file as the output's own, and one of its own.
    (spare / "en" / "index.html").write_text("mine", "utf-8")
    (spare / "en" / "articles" / "first-crane" / "index.html").write_text("mine", "utf-8")
    (spare / "letter.txt").write_text("mine", "utf-8")
    (bench.output / "mine.txt").write_text("mine", "utf-8")
    bench.lay(0)
    bench.build()
    assert bench.standing() == 0
    shutil.rmtree(spare / "en")
    for state in (1, 2, 0):
        bench.lay(state)
        bench.build()
        assert bench.standing() == state


def test_a_tree_of_which_most_differs_is_laid_anew(bench: Bench) -> None:
    """A file added after thousands were removed is slow to make: the spare tree goes after the new one is laid."""
    spare = spare_tree(bench.output)
    assert spare is not None
    for state in (1, 2):
        bench.lay(state)
        bench.build()
    before = tree(spare)
    footer = bench.root / "templates/partials/footer/template.html"
    text = footer.read_text("utf-8")
    footer.write_text(text.replace("</footer>", "<p>Of all pages.</p></footer>"), "utf-8")

    killed = builds.killed(builds.start(builds.build_until, 40, bench.root, bench.output, bench.kept, True))
    footer.write_text(text, "utf-8")
    assert killed
    assert bench.standing() == 2
    assert tree(spare) == before


@pytest.mark.long
def test_a_build_killed_at_each_step_of_the_writing(bench: Bench) -> None:
    """As above, every step."""
    assert kill_at_steps(bench, 0, 1, exchange=True) > 200


@pytest.mark.long
@pytest.mark.usefixtures("without_exchange")
def test_a_build_killed_at_each_step_where_names_cannot_be_exchanged(bench: Bench) -> None:
    """As above, every step."""
    assert kill_at_steps(bench, 0, 1, exchange=False) > 200


@pytest.mark.long
def test_a_build_killed_at_each_step_with_a_spare_tree(bench: Bench, exchange: bool) -> None:
    """As above, every step."""
    assert kill_at_steps_with_a_spare_tree(bench, 0, 1, exchange=exchange) > 20


def test_what_a_kill_left_beside_the_site_goes_though_nothing_changed(bench: Bench, exchange: bool) -> None:
    """Killed right after the switch: the next build has nothing to write and clears away the old site."""
    bench.command()
    shutil.copytree(bench.output, bench.output.with_name(".site-next-abcdefgh"))
    shutil.copytree(bench.output, bench.output.with_name(".site-last"))
    bench.command()

    assert bench.beside() == ["site"]
    bench.lay(1)
    assert bench.build().ok
    assert bench.standing() == 1


def leave(bench: Bench, what: str) -> None:
    """The first site, as a kill left it or with what a kill left beside it."""
    bench.stand()
    last, half = bench.output.with_name(".site-last"), bench.output.with_name(".site-next-abcdefgh")
    if what == "under its other name":
        bench.output.rename(last)
    elif what == "and the one before":
        shutil.copytree(bench.output, last)
    else:
        shutil.copytree(bench.output, half)
        (half / MANIFEST).unlink()


LEFT = ("under its other name", "and the one before", "and half of a new one")
# The steps are shared out, so that no worker is left alone with all of them at the end.
CLEARINGS = 4


def kill_at_steps_of_the_clearing(bench: Bench, what: str, first: int, stride: int, *, exchange: bool) -> int:
    """Kill, at every n-th step, the build that comes after a killed one; how many were killed."""
    killed = 0
    while True:
        leave(bench, what)
        bench.lay(1)
        arguments = (first + stride * killed, bench.root, bench.output, bench.kept, exchange)
        if not builds.killed(builds.start(builds.build_until, *arguments)):
            return killed
        killed += 1
        assert_a_site_stands(bench, exchange=False)
        assert bench.build().ok
        assert bench.standing() == 1
        assert bench.beside() == [bench.output.name]


@pytest.mark.long
@pytest.mark.parametrize("what", LEFT[-1:])
@pytest.mark.usefixtures("without_exchange")
def test_a_build_killed_while_it_clears_up_after_a_killed_one(bench: Bench, what: str) -> None:
    """Where names cannot be exchanged: what stands is whole all the while, and the third build is right."""
    assert kill_at_steps_of_the_clearing(bench, what, 0, 170, exchange=False) >= 2


@pytest.mark.long
@pytest.mark.parametrize("first", range(CLEARINGS))
@pytest.mark.parametrize("what", LEFT)
def test_a_build_killed_at_each_step_of_clearing_up(bench: Bench, what: str, first: int, exchange: bool) -> None:
    """As above, every step."""
    assert kill_at_steps_of_the_clearing(bench, what, first, CLEARINGS, exchange=exchange) > 200 // CLEARINGS


def kill_one_after_another(bench: Bench, times: int, seed: int, *, exchange: bool) -> None:
    """Each at any step over what all before it left, no build getting through in between."""
    chance = random.Random(seed)
    killed = 0
    while killed < times:
        bench.lay(chance.randrange(3))
        # A tree that is brought forward takes few steps, one that is laid anew hundreds.
        arguments = (chance.randrange(chance.choice([4, 40, 400])), bench.root, bench.output, bench.kept)
        killed += builds.killed(builds.start(builds.build_until, *arguments, exchange))
        assert_a_site_stands(bench, exchange)
    bench.lay(2)
    assert bench.build().ok
    assert bench.standing() == 2
    assert bench.beside() == [bench.output.name]


@pytest.mark.long
@pytest.mark.usefixtures("without_exchange")
def test_builds_killed_one_after_another(bench: Bench) -> None:
    """What one leaves is nothing that the next could be misled by."""
    kill_one_after_another(bench, 3, seed=3, exchange=False)


@pytest.mark.long
def test_a_hundred_builds_killed_one_after_another(bench: Bench, exchange: bool) -> None:
    """As above, a hundred times."""
    kill_one_after_another(bench, 100, seed=4, exchange=exchange)


@pytest.mark.usefixtures("without_exchange")
@pytest.mark.parametrize(
    "end", [PermissionError(13, "Permission denied"), KeyboardInterrupt()], ids=["fault", "Ctrl-C"]
)
def test_a_switch_that_is_broken_off_puts_the_old_site_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    """Where names cannot be exchanged: as Windows does while somebody reads a file of it, or by Ctrl-C."""
    rename = Path.rename
    bench.lay(1)

    def refuse(path: Path, target: Path) -> Path:
        if target == bench.output and path.name != ".site-last":
            raise end
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        if isinstance(end, OSError):
            assert reasons(bench.build().problems) == [("output-unwritable", "Permission denied")]
        else:
            with pytest.raises(KeyboardInterrupt):
                bench.build()

    assert bench.standing() == 0
    assert bench.build().ok
    assert (bench.standing(), bench.beside()) == (1, ["site"])


def test_an_old_site_beside_comes_back_only_if_the_generator_made_it(bench: Bench) -> None:
    """Somebody's own folder of that name stays what and where it is."""
    theirs = bench.output.with_name(".site-last")
    theirs.mkdir()
    (theirs / "letter.txt").write_text("mine", "utf-8")
    shutil.rmtree(bench.output)
    bench.build()

    assert bench.standing() == 0
    assert [path.name for path in theirs.iterdir()] == ["letter.txt"]


@pytest.mark.long
def test_a_preview_killed_while_it_renews_the_styles_leaves_a_site_to_build_on(bench: Bench) -> None:
    """At each step every file is the old or the new one, and the next build is right, whichever styles it finds."""
    step, there = 0, True
    while there:
        bench.lay(0)
        (bench.root / STYLE).write_text(f"{bench.style}\n.more {{ color: red }}\n", "utf-8")
        there = builds.killed(builds.start(builds.restyle_until, step, bench.root, bench.output))
        found = tree(bench.output)
        other = {name for name, data in found.items() if data != bench.wanted[0][name]}

        assert other <= {MANIFEST, *(name for name in found if name.endswith(".css"))}
        bench.lay(0)
        assert bench.build().ok
        assert (bench.standing(), bench.beside()) == (0, ["site"])
        step += 1
    assert step > 4


def test_a_disk_without_hard_links_has_copies(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a memory stick is."""

    def refuse(*names: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("expoarchive.write.switch.os.link", refuse)
    bench.lay(1)
    assert bench.build().ok

    assert bench.standing() == 1


# --- interrupted -----------------------------------------------------------------------------------------------------


@pytest.fixture
def heard_interrupt() -> Iterator[None]:
    """Processes that start hear Ctrl-C, though the tests themselves may run where a shell told them not to."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_interrupt")
def test_interrupting_a_build_says_nothing_and_leaves_the_site(bench: Bench) -> None:
    """Ctrl-C at some moments of a build from nothing: exit code 130 (or done), no traceback."""
    codes = set()
    for number, seconds in enumerate((0.0, 0.4)):
        shutil.rmtree(bench.cache, ignore_errors=True)
        bench.lay(1)
        process = bench.start()
        wait_for_the_lock(bench)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        codes.add(process.returncode)
        assert "Traceback" not in said, number
        assert bench.standing() in (0, 1)

    assert codes <= {130, 0}
    assert 130 in codes


def wait_for_the_lock(bench: Bench) -> None:
    """Until a build that began with an empty cache holds the output."""
    until = time.monotonic() + 60
    while not list(bench.cache.glob("*.lock")) and time.monotonic() < until:
        time.sleep(0.01)


# --- what the disk may do --------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system of its own with these options, if the machine lets us."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk-{len(mounted)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"this machine mounts nothing for us: {done.stderr.strip()}")
        mounted.append(place)
        return place

    if not shutil.which("mount"):
        pytest.skip("no mount on this machine")
    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=False)


def reasons(problems: list[Problem]) -> list[tuple[str, str]]:
    """Kinds with what the system said."""
    return [(problem.kind, problem.details.get("reason", "")) for problem in problems]


def fill(disk: Path) -> Path:
    """A file that takes all the room there is."""
    filling = disk / "filling"
    with contextlib.suppress(OSError), filling.open("wb", buffering=0) as file:
        while file.write(b"x" * 65536):
            pass
    return filling


def test_a_full_disk_leaves_the_old_site(bench: Bench, small_disk: Callable[[str], Path]) -> None:
    """Too full for the new site: said, the old one whole; with room again the new one."""
    disk = small_disk("size=16m")
    bench.output = disk / "site"
    bench.build()
    filling = fill(disk)
    bench.lay(1)

    assert reasons(bench.build().problems) == [("output-unwritable", "No space left on device")]
    assert (bench.standing(), bench.beside()) == (0, ["filling", "site"])
    filling.unlink()
    assert bench.build().ok
    assert (bench.standing(), bench.beside()) == (1, ["site"])


def test_an_output_that_became_read_only_is_said(bench: Bench, small_disk: Callable[[str], Path]) -> None:
    """The old site stays; nothing breaks off."""
    disk = small_disk("size=16m")
    bench.output = disk / "site"
    bench.build()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    bench.lay(1)

    assert reasons(bench.build().problems) == [("output-unwritable", "Read-only file system")]
    assert restyle(bench.root, bench.output) is None
    assert bench.standing() == 0


def test_a_cache_on_a_full_disk_costs_time_alone(bench: Bench, small_disk: Callable[[str], Path]) -> None:
    """What cannot be kept is made again."""
    cache, bench.cache = bench.cache, small_disk("size=64k")
    bench.lay(1)
    assert bench.command() == 0
    bench.cache = cache

    assert bench.standing() == 1


def run(root: Path, *words: str) -> int:
    """A command as somebody types it in the folder of a site; its exit code."""
    with contextlib.chdir(root):
        return main(words)


WRITING = [
    ("new", "edition", "2030"),
    ("new", "article", "second-crane"),
    ("new", "source", "https://gazette.example/2030"),
    ("new", "site", "another", "--generator", WHEEL),
    ("restamp", "--all"),
    ("release", "1.0"),
    ("schemas",),
    ("clean",),
    ("build", "--output", "other"),
    ("build", "--archive", "kept.zip"),
]


def test_a_command_that_cannot_write_says_so(
    small_disk: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """On a disk that can be read alone: where, why, exit code 1, and no traceback."""
    disk = small_disk("size=30m")
    lay_site(disk, {"content/articles/first-crane/fr.md": STALE})
    with zipfile.ZipFile(disk / WHEEL, "w") as wheel:
        for name in (LOCK, CHANGES):
            wheel.write(ROOT / name, f"{FOLDER}/{name}")
    assert run(disk, "build") == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    capsys.readouterr()

    for words in WRITING:
        assert run(disk, *words, "--messages", "en") == 1, words
        said = capsys.readouterr().err
        assert "Read-only file system" in said, words
        assert "Traceback" not in said, words


@pytest.mark.parametrize(
    ("words", "file"),
    swept(
        [
            (("new", "source", "https://gazette.example/2030"), GAZETTE),
            (("restamp", "--all"), "content/articles/first-crane/fr.md"),
            (("release", "2.0"), "content/published.yaml"),
        ],
        [(("restamp", "--all"), "content/articles/first-crane/fr.md")],
    ),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_command_that_has_no_room_leaves_the_source_as_it_was(
    small_disk: Callable[[str], Path], words: tuple[str, ...], file: str
) -> None:
    """An editor's own words are never cut short; nothing is left beside them."""
    disk = small_disk("size=30m")
    lay_site(disk, {"content/articles/first-crane/fr.md": STALE})
    assert run(disk, "release", "1.0") == 0
    before = (disk / file).read_bytes()
    fill(disk)
    around = sorted((disk / file).parent.iterdir())

    assert run(disk, *words) == 1
    assert (disk / file).read_bytes() == before
    assert sorted((disk / file).parent.iterdir()) == around


def test_an_output_that_is_a_disk_of_its_own_is_refused(bench: Bench, small_disk: Callable[[str], Path]) -> None:
    """Its name cannot be another folder's: a folder in it can be the output."""
    bench.output = small_disk("size=16m")
    bench.lay(1)

    assert reasons(bench.build().problems) == [("output-unwritable", "Device or resource busy")]
    assert list(bench.output.iterdir()) == []
    bench.output /= "site"
    assert bench.build().ok
    assert bench.standing() == 1


@pytest.mark.long
def test_a_disk_that_is_gone_is_no_site(bench: Bench, small_disk: Callable[[str], Path]) -> None:
    """What was kept of the output that stood there misleads no build: it makes the whole in what is there now."""
    disk = small_disk("size=16m")
    bench.output = disk / "site"
    bench.build()
    subprocess.run(["umount", "-l", str(disk)], check=True)
    bench.lay(1)

    assert bench.build().ok
    assert bench.standing() == 1


def test_an_output_that_vanishes_during_the_writing_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody removes the folder after the build looked at it; the next build makes it anew."""
    bench.lay(1)
    with monkeypatch.context() as patch:
        link = os.link

        def vanish(*names: Path) -> None:
            shutil.rmtree(bench.output, ignore_errors=True)
            link(*names)

        patch.setattr("expoarchive.write.switch.os.link", vanish)
        outcome = bench.build()

    assert reasons(outcome.problems) == [("output-unwritable", "No such file or directory")]
    assert bench.beside() == []
    assert bench.build().ok
    assert bench.standing() == 1


@pytest.mark.parametrize("place", ["loop", "loop/site"])
def test_an_output_behind_a_link_that_leads_to_itself_is_said(bench: Bench, place: str) -> None:
    """Told, not broken off."""
    loop = bench.output.with_name("loop")
    loop.symlink_to(loop.name)
    bench.output = bench.output.parent / place

    assert [problem.kind for problem in bench.build().problems] in (["output-not-ours"], ["output-unwritable"])


# --- two builds at once ----------------------------------------------------------------------------------------------


def test_two_builds_at_once_take_turns(bench: Bench) -> None:
    """Begun together, both succeed; the site is whole, and nothing is left beside it."""
    bench.lay(1)
    processes = [builds.start(builds.command, bench.root, bench.output, bench.cache) for _ in range(2)]
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0]
    assert (bench.standing(), bench.beside()) == (1, ["site"])


@pytest.fixture
def other_build(bench: Bench) -> "Iterator[ForkServerProcess]":
    """A process that holds the output and does not let go of it."""
    told, tells = builds.pipe()
    process = builds.start(builds.hold, bench.output, tells)
    builds.heard(told)
    yield process
    process.kill()
    process.join()


@pytest.mark.usefixtures("other_build")
def test_a_build_that_does_not_end_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited long enough is told that another build holds the folder; the folder is not touched."""
    monkeypatch.setattr("expoarchive.write.lock.PATIENCE", 0.2)
    told = set()
    bench.lay(1)
    outcome = build(bench.root, bench.output, tell=lambda stage, done, of: told.add(stage))

    assert [(problem.kind, problem.place.file) for problem in outcome.problems] == [("output-busy", str(bench.output))]
    assert told == {"wait"}
    assert bench.standing() == 0


@pytest.mark.usefixtures("other_build")
def test_a_preview_leaves_the_styles_to_the_build_that_is_at_work(bench: Bench) -> None:
    """It builds the whole site after it."""
    assert restyle(bench.root, bench.output) is None


def test_a_build_that_was_killed_holds_nothing(
    bench: Bench, other_build: "ForkServerProcess", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lock ends with it: the next build has not to wait."""
    monkeypatch.setattr("expoarchive.write.lock.PATIENCE", 0.0)
    bench.lay(1)
    other_build.kill()
    other_build.join()

    assert bench.build().ok
    assert bench.standing() == 1


def test_a_child_of_a_killed_build_holds_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that helped it may live a moment longer."""
    monkeypatch.setattr("expoarchive.write.lock.PATIENCE", 0.0)
    told, tells = builds.pipe()
    process = builds.start(builds.hold, bench.output, tells, True)
    child = builds.heard(told)
    process.kill()
    process.join()

    assert bench.build().ok
    os.kill(child, signal.SIGKILL)


# --- sources that move -----------------------------------------------------------------------------------------------


def test_a_file_that_changes_while_it_is_read_is_read_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build makes the site of one state of each file, and the next build sees what was saved meanwhile."""
    read = texts.read_text

    def saved_meanwhile(root: Path, file: str, **how: Any) -> Any:
        found = read(root, file, **how)
        if file == ARTICLE:
            bench.lay(1)
        return found

    with monkeypatch.context() as patch:
        for module in [module for module in list(sys.modules.values()) if getattr(module, "read_text", None) is read]:
            patch.setattr(module, "read_text", saved_meanwhile)
        first = bench.build()
    again = bench.build()

    assert first.ok
    assert again.ok
    assert bench.standing() == 1


def test_a_source_that_was_saved_and_put_back_during_a_build_is_built_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell which of its states the site shows: "nothing has changed" is not said."""
    with monkeypatch.context() as patch:
        look = last.look

        def saved_meanwhile(root: Path) -> Any:
            found = look(root)
            bench.lay(1)
            return found

        patch.setattr(last, "look", saved_meanwhile)
        bench.command("--verbose")
    assert bench.standing() == 1
    bench.lay(0)
    bench.command()

    assert bench.standing() == 0
