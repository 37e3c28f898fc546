"""The last build in short: one with nothing to do is known by its sources, options, generator and output."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from expoarchive.cache import last
from expoarchive.cache.last import Snapshot, look, note, state_of, unchanged
from expoarchive.cache.location import cache_file
from expoarchive.cache.sources import THEME

SAID = {"pages": 3, "words": ["done"]}


class Project:
    """Some sources and an output, long since saved; notes are kept where the tests have their cache."""

    def __init__(self, root: Path) -> None:
        self.root, self.output = root / "project", root / "project" / "output"
        for name in (
            "site_config.yaml",
            "content/b.md",
            "content/a/z.md",
            "templates/base.html",
            "output/en/index.html",
        ):
            self.save(name, name)

    def save(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def note(self, sources: Snapshot | None = None, options: tuple[object, ...] = ("a", 1)) -> None:
        note(self.root, state_of(self.output), options, sources or look(self.root), SAID)

    def unchanged(self, *options: object) -> dict[str, Any] | None:
        return unchanged(self.output, options or ("a", 1), look(self.root))

    def pretend(self, name: str, after: int) -> Snapshot:
        """The sources as they were seen so many nanoseconds after this one was last changed, with a digest made up."""
        seen = {**look(self.root).seen}
        *marks, _ = seen[name]
        seen[name] = [*marks, "made up"]
        return Snapshot("digest", seen, max(marks[1:3]) + after)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Nothing was noted yet."""
    return Project(tmp_path)


def test_nothing_is_known_before_the_first_note(project: Project) -> None:
    """Then what was said comes back, for the same options whatever their type."""
    assert project.unchanged() is None
    project.note()
    assert project.unchanged() == SAID
    assert project.unchanged("a", "1") == SAID


CHANGES: dict[str, Callable[[Project], object]] = {
    "a text": lambda project: project.save("content/a/z.md", "content/a/Z.md"),
    "a new file": lambda project: project.save("templates/new.html", ""),
    "one less": lambda project: (project.root / "content/b.md").unlink(),
    "a renamed one": lambda project: (project.root / "content/b.md").rename(project.root / "content/c.md"),
    "the configuration": lambda project: project.save("site_config.yaml", "more"),
    "a page": lambda project: project.save("output/en/index.html", "more"),
    "another page": lambda project: project.save("output/fr/index.html", "more"),
    "a page that is gone": lambda project: (project.root / "output/en/index.html").unlink(),
    "what a killed build left": lambda project: (project.root / ".output-next-1").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_is_told(project: Project, change: Callable[[Project], object]) -> None:
    """A source or a page; what lies beside the sources is none of the build's."""
    project.note()
    project.save("notes.txt", "mine")
    project.save(".other-next", "mine")
    assert project.unchanged() == SAID
    change(project)
    assert project.unchanged() is None


def test_other_options_or_another_generator_are_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each makes another site of the same sources."""
    project.note()

    assert project.unchanged("a") is None
    assert project.unchanged("a", 2) is None
    monkeypatch.setattr(last, "code_version", lambda: "another")
    assert project.unchanged() is None


def test_sources_are_one_digest_and_one_line_each(project: Project) -> None:
    """By their paths from the root, in order; marks and the digest of the bytes."""
    sources = look(project.root)
    again = look(project.root)

    assert [name for name in sources.seen if not name.startswith(THEME)] == [
        "site_config.yaml",
        "content/b.md",
        "content/a/z.md",
        "templates/base.html",
    ]
    assert (again.digest, again.seen) == (sources.digest, sources.seen)
    found = (project.root / "content/b.md").stat()
    assert sources.seen["content/b.md"] == [
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
        found.st_mode,
        sha256(b"content/b.md").hexdigest(),
    ]


def test_the_order_of_files_is_that_of_their_names(project: Project) -> None:
    """Whatever order the system lists them in: a folder's own files first, then its folders."""
    for name in ("content/k/1", "content/d/1", "content/y", "content/m", "content/c/1"):
        project.save(name, "")
    names = [name for name in look(project.root).seen if name.startswith("content")]

    assert names == ["content/b.md", "content/m", "content/y"] + [
        f"content/{folder}" for folder in ("a/z.md", "c/1", "d/1", "k/1")
    ]


def test_a_file_that_looks_as_before_is_not_read(project: Project) -> None:
    """If it was old enough at the time: one saved twice within a tick of the disk's clock can look the same."""
    name = "content/b.md"
    project.note(project.pretend(name, 2_000_000_001))
    assert look(project.root).seen[name][-1] == "made up"
    project.note(project.pretend(name, 2_000_000_000))
    assert look(project.root).seen[name][-1] != "made up"


def test_a_file_that_only_its_entry_tells_apart_is_read(project: Project) -> None:
    """Size and time as before: the entry's own time, which nobody sets, is later."""
    name = "content/b.md"
    project.note(project.pretend(name, 2_000_000_001))
    before = (project.root / name).stat()
    project.save(name, "CONTENT/b.md")
    os.utime(project.root / name, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert look(project.root).seen[name][-1] != "made up"


def test_a_file_whose_time_was_set_ahead_is_read(project: Project) -> None:
    """However long ago it was put there: its next save may have the same time."""
    path = project.root / "content/b.md"
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_ctime_ns + 5_000_000_000))
    project.note(project.pretend("content/b.md", -2_000_000_000))

    assert look(project.root).seen["content/b.md"][-1] != "made up"


def test_a_file_that_may_not_be_read_is_told_from_one_that_may(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as one that is not there; no build ends here for it."""

    def refused(path: Path) -> bytes:
        raise PermissionError(path)

    before = look(project.root)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        seen = look(project.root).seen

    assert {name: marks[:-1] for name, marks in seen.items()} == {name: one[:-1] for name, one in before.seen.items()}
    assert {marks[-1] for marks in seen.values()} == {"none"}


def test_a_source_that_was_saved_meanwhile_leaves_no_note(project: Project) -> None:
    """Nobody can tell which of its states was built; an older note stays."""
    sources = look(project.root)
    project.save("content/b.md", "other")
    project.note(sources)

    assert project.unchanged() is None


def test_what_cannot_be_read_is_a_state_too(project: Project) -> None:
    """A link to nothing, a pipe, a name that is no UTF-8: none ends the look, and none is read for ever."""
    (project.root / "content" / "link.md").symlink_to("nowhere")
    os.mkfifo(project.root / "content" / "pipe")
    Path(os.fsdecode(os.fsencode(project.root / "content") + b"/\xff.md")).write_text("x")
    seen = look(project.root).seen
    project.note()

    assert seen["content/link.md"][-1] == seen["content/pipe"][-1] == "none"
    assert project.unchanged() == SAID


def test_a_cache_that_cannot_be_kept_costs_time_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """None, one that is no folder, and a note that is cut or another's."""
    monkeypatch.setenv("EXPOARCHIVE_CACHE", "")
    project.note()
    assert project.unchanged() is None
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(project.root / "site_config.yaml"))
    project.note()
    assert project.unchanged() is None


@pytest.mark.parametrize(
    "harm", ["", "[]", "{", '{"version": 1}', "\udcff"], ids=["empty", "list", "cut", "old", "bytes"]
)
def test_a_note_of_another_hand_is_passed_by(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    """Nothing is known then, until the next one."""
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(tmp_path / "deep" / "cache"))
    project.note()
    kept = cache_file(project.root)
    assert kept is not None
    (file,) = kept.parent.iterdir()
    file.write_bytes(harm.encode(errors="surrogateescape"))

    assert project.unchanged() is None
    project.note()
    assert project.unchanged() == SAID
    assert list(kept.parent.iterdir()) == [file]


def test_the_state_of_an_output_is_the_marks_of_all_that_is_in_it(project: Project) -> None:
    """Files and folders, itself too; and the names that only a killed build leaves beside it."""
    paths = {"/": project.output, "en/": project.output / "en", "en/index.html": project.output / "en" / "index.html"}
    found = {name: path.lstat() for name, path in paths.items()}
    tree = {
        name: [one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino, one.st_mode] for name, one in found.items()
    }
    before = state_of(project.output)

    assert before == state_of(project.output, dict(reversed(tree.items())))
    for name, marks in tree.items():
        for at in range(len(marks)):
            assert state_of(project.output, {**tree, name: [*marks[:at], marks[at] + 1, *marks[at + 1 :]]}) != before
    (project.root / ".output-last").mkdir()
    assert state_of(project.output) == state_of(project.output, tree) != before
    assert state_of(project.root / "none") == state_of(project.root / "no" / "such") == state_of(project.root, {})


def test_links_are_no_folders_to_look_into(project: Project, tmp_path: Path) -> None:
    """Wherever it leads, it is as a file that cannot be read."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "unseen.md").write_text("unseen", "utf-8")
    content = project.root / "content"
    for name, target in (("loop", content / "loop"), ("nowhere", tmp_path / "gone"), ("folder", elsewhere)):
        (content / name).symlink_to(target)

    found = look(project.root).seen

    assert [name for name in found if name.startswith("content/")] == [
        "content/b.md",
        "content/folder",
        "content/loop",
        "content/nowhere",
        "content/a/z.md",
    ]
    assert {found[f"content/{name}"][-1] for name in ("folder", "loop", "nowhere")} == {"none"}


@pytest.mark.parametrize("name", ["site_config.yaml", "content", "content/a", "content/a/z.md", "templates/base.html"])
def test_a_link_in_the_place_of_a_source_is_a_change(project: Project, name: str) -> None:
    """Though it leads to the very file or folder that was there."""
    project.note()
    moved = project.root / "moved"
    (project.root / name).rename(moved)
    (project.root / name).symlink_to(moved)

    assert project.unchanged() is None


def _put_back(page: Path) -> None:
    """Exchange a page's bytes for as many, with the time they had."""
    before = page.stat()
    while page.stat().st_ctime_ns == before.st_ctime_ns:
        page.write_text("EN/index.html", "utf-8")
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))


TAMPERED: dict[str, Callable[[Path], object]] = {
    "a file": lambda output: (output / "stray").write_text("x"),
    "a folder": lambda output: (output / "stray").mkdir(),
    "a link": lambda output: (output / "stray").symlink_to("en"),
    "a pipe": lambda output: os.mkfifo(output / "stray"),
    "a mode": lambda output: (output / "en/index.html").chmod(0),
    "a folder's mode": lambda output: (output / "en").chmod(0o700),
    "its own mode": lambda output: output.chmod(0o700),
    "bytes with size and time put back": lambda output: _put_back(output / "en/index.html"),
    "a folder that is a link now": lambda output: (output / "en").symlink_to(
        (output / "en").rename(output.parent / "en")
    ),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_whatever_was_done_to_the_output_is_a_change(project: Project, tamper: Callable[[Path], object]) -> None:
    """Something more in it, something closed, something exchanged."""
    project.note()
    tamper(project.output)

    assert project.unchanged() is None
