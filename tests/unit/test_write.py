"""The output folder holds exactly the files of a site, whatever stood in it or lay beside it before."""

import hashlib
import json
from pathlib import Path

import pytest

from expoarchive.cache import Store
from expoarchive.write import MANIFEST, Files, Written, put_file, read_manifest, replace_file, write_site


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
    """Edited, removed, or added."""
    place.write(index="1", page="2", third="3")
    (place.output / "index").write_text("spoilt", "utf-8")
    (place.output / "page").unlink()
    (place.output / "stray").write_text("stray", "utf-8")

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
