"""The output folder holds exactly the files of a site, whatever stood in it or lay beside it before."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from expoarchive.cache.last import tree_of
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.write import (
    MANIFEST,
    Files,
    Written,
    bag,
    check_place,
    put_file,
    read_manifest,
    replace_file,
    write_site,
)


class Place:
    """A project with an output folder, and what is kept between its builds."""

    def __init__(self, root: Path) -> None:
        self.root = root / "project"
        (self.root / "content").mkdir(parents=True)
        self.output = self.root / "public" / "site"
        self.store = Store()

    def write(self, **files: str) -> tuple[Written | None, list[str]]:
        """Write ``a__b="text"`` as ``a/b``; the kinds of what is wrong, with where."""
        made = Files()
        made.add({name.replace("__", "/"): text.encode() for name, text in files.items()})
        written, problems = write_site(self.root, self.output, made, self.store)
        return written, [f"{problem.kind} {problem.place.file}" for problem in problems]

    def standing(self) -> dict[str, str]:
        """What a visitor gets."""
        found = {path.relative_to(self.output).as_posix(): path for path in self.output.rglob("*") if path.is_file()}
        return {name: path.read_text("utf-8") for name, path in found.items() if name != MANIFEST}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Nothing was written yet."""
    return Place(tmp_path)


def test_each_write_leaves_exactly_its_files(place: Place) -> None:
    """Three in a row, for the third is made of the first: what is new, changed and gone is counted."""
    first = place.write(index="1", en__page="same", en__old__page="gone")
    second = place.write(index="2", en__page="same")
    third = place.write(index="3", en__page="same", fr__page="new")

    assert [first, second, third] == [(Written(3, 3, 0), []), (Written(2, 1, 1), []), (Written(3, 2, 0), [])]
    assert place.standing() == {"index": "3", "en/page": "same", "fr/page": "new"}
    assert not (place.output / "en" / "old").exists()
    assert place.output.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in place.output.parent.iterdir()] == ["site"]


def test_what_did_not_change_is_not_touched(place: Place) -> None:
    """An unchanged file is the same file still; without a change the folder itself is."""
    place.write(index="1", page="same")
    page, folder = (place.output / "page").stat(), place.output.stat()

    assert place.write(index="1", page="same") == (Written(2, 0, 0), [])
    assert place.output.stat().st_ino == folder.st_ino
    place.write(index="2", page="same")
    assert (place.output / "page").stat().st_ino == page.st_ino


def test_what_somebody_edited_in_the_output_is_written_again(place: Place) -> None:
    """Edited, or removed."""
    place.write(index="1", page="2", third="3")
    (place.output / "index").write_text("spoilt", "utf-8")
    (place.output / "page").unlink()

    assert place.write(index="1", page="2", third="3") == (Written(3, 2, 0), [])
    assert place.standing() == {"index": "1", "page": "2", "third": "3"}


def test_the_manifest_says_what_was_written(place: Place) -> None:
    """SHA-256 by file. One that cannot be read is as none."""
    place.write(index="1")

    assert read_manifest(place.output) == {"index": hashlib.sha256(b"1").hexdigest()}
    (place.output / MANIFEST).write_text("[]", "utf-8")
    assert read_manifest(place.output) == {}
    (place.output / MANIFEST).write_text("{", "utf-8")
    assert read_manifest(place.output) == {}


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (".", "output-is-source ."),
        ("content/site", "output-is-source content/site"),
        ("templates", "output-is-source templates"),
        ("mine", "output-not-ours mine"),
        ("letter", "output-not-ours letter"),
        ("link", "output-not-ours link"),
    ],
)
def test_a_folder_that_is_not_the_generators_is_left_alone(place: Place, output: str, says: str) -> None:
    """The sources, a folder with something in it, a file, a link."""
    (place.root / "mine").mkdir()
    (place.root / "mine" / "letter").write_text("mine", "utf-8")
    (place.root / "letter").write_text("mine", "utf-8")
    (place.root / "empty").mkdir()
    (place.root / "link").symlink_to("empty")
    before = sorted(place.root.rglob("*"))
    place.output = place.root / output

    assert place.write(index="1") == (None, [says])
    assert sorted(place.root.rglob("*")) == before


def test_an_empty_folder_is_taken(place: Place) -> None:
    """As a server's web root is at first; it lies outside the project."""
    place.output = place.root.parent / "www"
    place.output.mkdir()

    assert place.write(index="1") == (Written(1, 1, 0), [])
    assert place.standing() == {"index": "1"}


def test_what_a_killed_build_left_goes_and_nothing_else(place: Place) -> None:
    """Its half-made trees, and the site that it had moved aside, unless that is the only one."""
    place.write(index="1")
    half, other = place.output.with_name(".site-next-abc"), place.output.with_name(".sites-next-abc")
    for folder in (half, other):
        folder.mkdir()
    place.output.rename(place.output.with_name(".site-last"))

    assert place.write(index="1") == (Written(1, 0, 0), [])
    assert sorted(path.name for path in place.output.parent.iterdir()) == [".sites-next-abc", "site"]


def test_one_file_of_the_site_is_replaced(place: Place) -> None:
    """With its line in the manifest, so that the next build knows it for what it is."""
    place.write(index="1", css__style="old")

    assert replace_file(place.output, "css/style", b"new")
    assert place.standing() == {"index": "1", "css/style": "new"}
    assert read_manifest(place.output)["css/style"] == hashlib.sha256(b"new").hexdigest()
    assert [path.name for path in place.output.parent.iterdir()] == ["site"]
    assert place.write(index="1", css__style="new") == (Written(2, 0, 0), [])


def test_no_file_is_replaced_that_the_site_does_not_have(place: Place) -> None:
    """Nor one of a site behind a link, which may be anybody's."""
    place.write(index="1")
    (place.output / "stray").write_text("stray", "utf-8")
    link = place.output.with_name("link")
    link.symlink_to(place.output)

    assert not replace_file(place.output, "stray", b"new")
    assert not replace_file(link, "index", b"new")
    assert not replace_file(place.root / "nowhere", "index", b"new")
    assert place.standing() == {"index": "1", "stray": "stray"}
    assert json.loads((place.output / MANIFEST).read_text("utf-8")).keys() == {"index"}


def test_a_file_is_put_in_one_step(tmp_path: Path) -> None:
    """Nothing of the step is left beside it."""
    put_file(tmp_path / "file", b"1")
    put_file(tmp_path / "file", b"2")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"2"}


# --- the site and nothing else ---------------------------------------------------------------------------------------

SITE = {"index": "1", "en__page": "2", "en__old__page": "3"}


def tree(place: Place) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of all that is in the output; no folder is entered through a link."""
    return {
        name: (marks[-1], b"" if name.endswith("/") else (place.output / name).read_bytes())
        for name, marks in tree_of(place.output).items()
    }


def outside(place: Place) -> Path:
    """A folder of somebody else's, with a letter in it."""
    folder = place.root / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "letter").write_text("mine", "utf-8")
    return folder


def lay_socket(path: Path) -> None:
    """A socket under this name."""
    with socket.socket(socket.AF_UNIX) as one, contextlib.chdir(path.parent):
        one.bind(path.name)


STRAYS: dict[str, Callable[[Place], object]] = {
    "z.html": lambda place: (place.output / "z.html").write_text("x"),
    ".git": lambda place: shutil.copytree(outside(place), place.output / ".git"),
    "en/empty": lambda place: (place.output / "en/empty").mkdir(),
    "link": lambda place: (place.output / "link").symlink_to(outside(place)),
    "dangling": lambda place: (place.output / "dangling").symlink_to("nowhere"),
    "loop": lambda place: (place.output / "loop").symlink_to("."),
    "pipe": lambda place: os.mkfifo(place.output / "pipe"),
    "socket": lambda place: lay_socket(place.output / "socket"),
    "x" * 250: lambda place: (place.output / ("x" * 250)).write_text("x"),
    "a\nb": lambda place: (place.output / "a\nb").write_text("x"),
    "\udcff": lambda place: (place.output / "\udcff").write_text("x"),
    "Index": lambda place: (place.output / "Index").write_text("x"),
}


@pytest.mark.parametrize(("name", "put"), STRAYS.items(), ids=map(ascii, STRAYS))
def test_what_does_not_belong_to_the_site_goes(place: Place, name: str, put: Callable[[Place], object]) -> None:
    """It is named once; what a link leads to stays; what is there is what a first build makes, also the time after."""
    place.write(**SITE)
    clean = tree(place)
    put(place)
    written, problems = place.write(**SITE)

    assert problems == ["output-strays public/site"]
    assert written is not None
    assert written.warnings[0].details["names"].rstrip("/") == name
    assert tree(place) == clean
    assert place.write(**SITE) == (Written(3, 0, 0), [])
    assert place.write(**SITE | {"index": "2"}) == (Written(3, 1, 0), [])
    assert tree(place).keys() == clean.keys()
    assert (outside(place) / "letter").read_text("utf-8") == "mine"


def put_back(path: Path, data: bytes) -> None:
    """Exchange bytes for as many, with the time that they had."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_bytes(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap(path: Path, make: Callable[[Path], object]) -> None:
    """Put something else in the place of a file or folder; it is moved beside the output."""
    path.rename(path.parents[2] / "moved")
    make(path)


HARM: dict[str, Callable[[Path], object]] = {
    "bytes, size and time put back": lambda output: put_back(output / "index", b"X"),
    "a mode of nothing": lambda output: (output / "index").chmod(0),
    "a mode for all": lambda output: (output / "index").chmod(0o666),
    "a mode to run": lambda output: (output / "en/page").chmod(0o4755),
    "a closed folder": lambda output: (output / "en").chmod(0o700),
    "a closed output": lambda output: output.chmod(0o700),
    "a folder for all": lambda output: (output / "en/old").chmod(0o1777),
    "a folder that is a link": lambda output: swap(
        output / "en", lambda it: it.symlink_to(output.parents[1] / "moved")
    ),
    "a page that is a link": lambda output: swap(
        output / "en/page", lambda it: it.symlink_to(output.parents[0] / "moved")
    ),
    "a page that is a pipe": lambda output: swap(output / "en/page", os.mkfifo),
    "a page that is a folder": lambda output: swap(output / "en/page", Path.mkdir),
    "a folder that is a file": lambda output: swap(output / "en/old", lambda it: it.write_text("x")),
    "a manifest in another form": lambda output: (output / MANIFEST).write_text(
        json.dumps(json.loads((output / MANIFEST).read_text("utf-8")))
    ),
    "a manifest of less": lambda output: (output / MANIFEST).write_text("{}"),
    "a manifest that lies": lambda output: (output / MANIFEST).write_text(
        json.dumps({"index": hashlib.sha256(b"2").hexdigest()})
    ),
    "a page without an end": lambda output: os.truncate(output / "index", 50_000_000_000),
    "a manifest without an end": lambda output: os.truncate(output / MANIFEST, 50_000_000_000),
    "a closed manifest": lambda output: (output / MANIFEST).chmod(0),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
@pytest.mark.parametrize("edited", [False, True], ids=["no edit", "an edit"])
def test_whatever_was_done_to_the_output_is_put_right(
    place: Place, harm: Callable[[Path], object], edited: bool
) -> None:
    """With or without an edit of the sources, and by the builds after it, which begin with the spoilt tree's files."""
    wanted = {number: SITE | ({"index": str(number)} if edited else {}) for number in range(1, 6)}
    clean = []
    for number in range(1, 6):
        if number < 3:
            place.write(**wanted[number])
        fresh = Place(place.root / f"fresh{number}")
        fresh.write(**wanted[number])
        clean.append(tree(fresh))
    harm(place.output)
    for number in (3, 4, 5):
        written, _ = place.write(**wanted[number])

        assert written is not None
        assert tree(place) == clean[number - 1]


@pytest.fixture(params=[0o077, 0o000, 0o027, 0o777], ids="{:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """That of whoever builds."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("links", [True, False], ids=["links", "copies"])
def test_a_web_server_can_read_the_site_whatever_the_umask(
    place: Place, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fresh, after edits, and where one file was renewed alone; on a disk without hard links, and in an archive."""
    if not links:

        def refused(old: str, new: str) -> None:
            raise OSError("no hard links here")

        monkeypatch.setattr("expoarchive.write.switch.os.link", refused)
    for number in range(4):
        place.write(index=str(number), en__page="2", **{f"en__deep__er__{number}": "new"})
    replace_file(place.output, "en/page", b"3")
    with zipfile.ZipFile(io.BytesIO(bag("site", {"index": b"1"}, "1", {}))) as whole:
        assert {entry.external_attr >> 16 for entry in whole.infolist()} == {0o644}
    modes = {name: marks[-1] & 0o7777 for name, marks in tree_of(place.output).items()}

    assert modes == {name: 0o755 if name.endswith("/") else 0o644 for name in modes}
    assert place.output.parent.stat().st_mode & 0o7777 == 0o755


def test_another_disk_in_the_output_is_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files would be removed with the old tree."""
    place.write(**SITE)
    (place.output / "en/disk").mkdir()
    (place.output / "en/disk/letter").write_text("mine", "utf-8")
    monkeypatch.setattr("os.path.ismount", lambda path: str(path).endswith("disk"))

    assert place.write(**SITE) == (None, ["output-not-ours public/site/en/disk/"])
    assert (place.output / "en/disk/letter").read_text("utf-8") == "mine"


def test_an_output_whose_manifest_is_a_pipe_is_not_waited_for(place: Place) -> None:
    """It is no site of the generator's."""
    place.write(**SITE)
    (place.output / MANIFEST).unlink()
    os.mkfifo(place.output / MANIFEST)

    assert read_manifest(place.output) == {}
    assert place.write(**SITE) == (None, ["output-not-ours public/site"])


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_folder_can_be_compared_with_its_own_list(
    place: Place, harm: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    """``check --live FOLDER`` reads every byte, and changes nothing."""
    place.write(**SITE)
    command = ["check", "--live", str(place.output), "--messages", "en"]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("3 files compared")
    harm(place.output)

    assert main(command) == 1
    assert str(place.output) in capsys.readouterr().err


def test_what_is_too_much_in_a_folder_is_told(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """A file, a link, a folder: each at its place."""
    place.write(**SITE)
    (place.output / "z.html").write_text("x")
    (place.output / "link").symlink_to(outside(place))
    status = main(["check", "--live", str(place.output), "--messages", "en", "--format", "json"])
    found = {(one["kind"], one["file"]) for one in json.loads(capsys.readouterr().out)["problems"]}

    assert status == 1
    assert found == {("output-stray", f"{place.output}/{name}") for name in ("z.html", "link")}


def test_a_file_is_not_put_through_a_link(tmp_path: Path) -> None:
    """Neither through one in its place nor one where it is written first; what a kill left there goes."""
    (tmp_path / "letter").write_bytes(b"mine")
    (tmp_path / "file").symlink_to("letter")
    (tmp_path / ".file-next").symlink_to("letter")
    put_file(tmp_path / "file", b"1")
    (tmp_path / ".file-next").write_bytes(b"half")
    put_file(tmp_path / "file", b"2")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"letter": b"mine", "file": b"2"}


# --- where an archive may be written ---------------------------------------------------------------------------------


def lay_zip(path: Path) -> None:
    """Somebody's own."""
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("letter", "mine")


PLACES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "site_config.yaml": ("archive-in-site", lambda path: path.write_text("title: x")),
    "content/site.zip": ("archive-in-site", lambda path: None),
    "content": ("archive-in-site", lambda path: None),
    "templates/static/site.zip": ("archive-in-site", lambda path: None),
    "public/site/site.zip": ("archive-in-site", lambda path: None),
    "public/site": ("archive-in-site", lambda path: None),
    "way/site.zip": ("archive-in-site", lambda path: path.parent.symlink_to("content")),
    ".": ("archive-not-ours", lambda path: None),
    "letter": ("archive-not-ours", lambda path: path.write_text("mine")),
    "empty": ("archive-not-ours", lambda path: path.write_text("")),
    "own.zip": ("archive-not-ours", lay_zip),
    "cut.zip": ("archive-not-ours", lambda path: path.write_bytes(bag("a", {"b": b"c"}, "1", {})[:-40])),
    "link.zip": ("archive-not-ours", lambda path: path.symlink_to("bag.zip")),
    "dangling.zip": ("archive-not-ours", lambda path: path.symlink_to("nowhere")),
    "pipe": ("archive-not-ours", os.mkfifo),
    "bag.zip": ("", lambda path: None),
    "new/site.zip": ("", lambda path: None),
}


@pytest.mark.parametrize(("name", "kind", "lay"), [(name, *rest) for name, rest in PLACES.items()], ids=PLACES)
def test_an_archive_is_written_over_an_earlier_one_alone(
    place: Place, name: str, kind: str, lay: Callable[[Path], object]
) -> None:
    """Never over anything else, and never into the sources or the output."""
    place.write(**SITE)
    (place.root / "bag.zip").write_bytes(bag("site", {"index.html": b"1"}, "0.1", {}))
    lay(place.root / name)
    problems = check_place(place.root, place.output, place.root / name)

    assert [problem.kind for problem in problems] == ([kind] if kind else [])
