"""What stands in the place of a source is a file of its own, or is told at its place and never opened."""

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from expoarchive.nodes.files import read_file
from tests import builds
from tests.sites import lay_site
from tests.sweep import swept

FILES = [
    "site_config.yaml",
    "content/sources/gazette-2009.yaml",
    "content/editions/2013.yaml",
    "content/articles/first-crane/en.md",
    "content/media/crane.svg",
    "templates/base.html",
    "templates/home.html",
    "templates/strings/en.yaml",
    "templates/charts/columns.yaml",
    "templates/partials/card/template.html",
    "templates/partials/card/style.css",
    "templates/partials/card/examples.yaml",
    "templates/static/css/40-layout.css",
    "templates/static/js/leak.js",
    "templates/static/new/picture.png",
]
TEXT = FILES[3]
FOLDERS = [
    "content",
    "content/sources",
    "content/editions",
    "content/articles/first-crane",
    "content/media",
    "templates",
    "templates/partials",
    "templates/partials/card",
    "templates/strings",
    "templates/charts",
    "templates/static",
    "templates/static/js",
    "templates/static/new",
]
# Long enough for a machine with other work; what is waited for at all is waited for without an end.
PATIENCE = 60


def lay_socket(path: Path) -> None:
    """A socket under this name."""
    with socket.socket(socket.AF_UNIX) as one, contextlib.chdir(path.parent):
        one.bind(path.name)


def aside(path: Path) -> Path:
    """Where what was there lies, as long as something else is in its place."""
    return next(parent for parent in path.parents if parent.name == "site").with_name("aside")


SHAPES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a pipe": ("not-a-file", os.mkfifo),
    "a socket": ("not-a-file", lay_socket),
    "a link to what was there": ("symbolic-link", lambda path: path.symlink_to(aside(path))),
    "a link to a file outside": ("symbolic-link", lambda path: path.symlink_to("/etc/hostname")),
    "a link to a link": ("symbolic-link", lambda path: path.symlink_to("/proc/self/exe")),
    "a link that leads nowhere": ("symbolic-link", lambda path: path.symlink_to("nowhere")),
    "a link to itself": ("symbolic-link", lambda path: path.symlink_to(path.name)),
    "a link to a device": ("symbolic-link", lambda path: path.symlink_to("/dev/zero")),
    "a link up": ("symbolic-link", lambda path: path.symlink_to("..")),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site."""
    root = tmp_path_factory.mktemp("sources") / "site"
    lay_site(root, {})
    return root


@pytest.fixture
def swapped(site: Path) -> Iterator[Callable[[str, Callable[[Path], object]], None]]:
    """Puts something in the place of a source; all is as before afterwards."""
    laid: list[Path] = []

    def swap(name: str, make: Callable[[Path], object]) -> None:
        path = site / name
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.rename(aside(path))
        laid.append(path)
        make(path)

    yield swap
    for path in laid:
        path.unlink()
        if aside(path).exists():
            aside(path).rename(path)


def tell(root: Path, tells: Connection) -> None:
    """Check the site as the command does, and tell what is wrong with it."""
    from expoarchive.build import check
    from expoarchive.cache.store import store_of

    tells.send([(problem.kind, problem.place.file) for problem in check(root, store=store_of(root)).problems])


def tell_listed(root: Path, tells: Connection) -> None:
    """Read a text as one that was listed before something else took its place, and tell what is wrong with it."""
    data, problems = read_file(root, TEXT, listed=True)
    tells.send([(problem.kind, problem.place.file) for problem in problems if not data])


def told(root: Path, tell: Callable[[Path, Connection], None] = tell) -> list[tuple[str, str]]:
    """What a check tells, within its time; a process of its own can be ended while it waits for a pipe."""
    receives, tells = builds.pipe()
    process = builds.start(tell, root, tells)
    try:
        assert receives.poll(PATIENCE), "it hangs"
        problems: list[tuple[str, str]] = receives.recv()
        return problems
    finally:
        process.kill()
        process.join()


# Each file with what could make each of its readers wait or follow, and some with everything.
EACH = [(name, shape) for name in FILES for shape in ("a pipe", "a link to what was there", "a link to a file outside")]
SOME = [(name, shape) for name in FILES[3:6] for shape in SHAPES if (name, shape) not in EACH]


# Each reader once with what would make it wait; each shape in the place of a record.
STANDING = [
    *((name, "a pipe") for name in FILES),
    *((name, shape) for name, shape in [*EACH, *SOME] if name == FILES[4] and shape != "a pipe"),
]


@pytest.mark.parametrize(("name", "shape"), swept([*EACH, *SOME], STANDING))
def test_a_source_is_a_file_of_its_own(
    site: Path, swapped: Callable[[str, Callable[[Path], object]], None], name: str, shape: str
) -> None:
    """Nothing is waited for, nor read from elsewhere; an edit behind a link would be no change."""
    kind, make = SHAPES[shape]
    swapped(name, make)

    assert (kind, name) in told(site)


@pytest.mark.parametrize("shape", ["a pipe", "a link to what was there", "a link to a device"])
def test_what_takes_the_place_of_a_listed_text_is_not_read(
    site: Path, swapped: Callable[[str, Callable[[Path], object]], None], shape: str
) -> None:
    """Its path is not looked at again before it is opened, but nothing is waited for nor followed."""
    kind, make = SHAPES[shape]
    swapped(TEXT, make)

    assert told(site, tell_listed) == [(kind, TEXT)]


@pytest.mark.parametrize("name", swept(FOLDERS, ["content", "content/media", "templates/partials/card"]))
def test_a_folder_of_sources_is_no_link(
    site: Path, swapped: Callable[[str, Callable[[Path], object]], None], name: str
) -> None:
    """Though it leads to the very folder that was there."""
    swapped(name, lambda path: path.symlink_to(aside(path)))

    assert ("symbolic-link", name) in told(site)


@pytest.mark.parametrize("name", swept(FILES, [FILES[0], FILES[1], FILES[4], FILES[6]]))
def test_a_file_without_an_end_is_not_read(
    site: Path, swapped: Callable[[str, Callable[[Path], object]], None], name: str
) -> None:
    """One that is large by its entry alone, as a slip of a disk leaves it."""

    def lay_sparse(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(50_000_000_000)

    swapped(name, lay_sparse)

    assert ("file-too-large", name) in told(site)


def test_folders_in_one_another_have_no_end_that_matters(site: Path) -> None:
    """Deeper than the system has names for, which is told, and than a function can call itself."""
    top = site / "content/media/deep"
    top.mkdir()
    for _ in range(2500):
        # A folder goes into a new one, as no name is long enough to reach the innermost.
        (site / "outer").mkdir()
        top.rename(site / "outer/d")
        (site / "outer").rename(top)
    try:
        assert [kind for kind, file in told(site) if file.startswith("content/media/deep")]
    finally:
        while top.exists():
            inner = site / "inner"
            if (top / "d").exists():
                (top / "d").rename(inner)
            top.rmdir()
            if inner.exists():
                inner.rename(top)
