"""The preview: what it takes for a change, and that none is lost."""

import os
from pathlib import Path

import pytest

from expoarchive.cli.watch import SourceWatcher


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two sources."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "en.md").write_text("one", "utf-8")
    (tmp_path / "site_config.yaml").write_text("one", "utf-8")
    return tmp_path


def watch(root: Path, builds: list[int]) -> SourceWatcher:
    """A watcher that notes each build."""
    return SourceWatcher(root, ("site_config.yaml", "content"), lambda: builds.append(1))


def test_many_files_saved_together_make_one_build(root: Path) -> None:
    """Five changed files are one change."""
    builds: list[int] = []
    watcher = watch(root, builds)
    for number in range(5):
        (root / "content" / f"{number}.yaml").write_text("x", "utf-8")
    changed = watcher.examine()

    assert len(builds) == 1
    assert changed == ("__livereload__", None)
    assert watcher.examine() == (None, None)
    assert len(builds) == 1


def test_a_save_during_a_build_is_seen_by_the_next_look(root: Path) -> None:
    """What is saved while the site is built is built next."""
    builds: list[int] = []

    def rebuild() -> None:
        builds.append(1)
        if len(builds) == 1:
            (root / "content" / "articles" / "en.md").write_text("saved meanwhile", "utf-8")

    watcher = SourceWatcher(root, ("content",), rebuild)
    (root / "content" / "articles" / "en.md").write_text("first save", "utf-8")
    watcher.examine()
    watcher.examine()

    assert len(builds) == 2


def test_a_new_file_with_an_old_time_is_noticed(root: Path) -> None:
    """A picture copied from a camera is new, whatever its clock said."""
    builds: list[int] = []
    watcher = watch(root, builds)
    picture = root / "content" / "old.svg"
    picture.write_text("<svg/>", "utf-8")
    os.utime(picture, (0, 0))
    watcher.examine()

    assert len(builds) == 1


def test_a_removed_file_is_noticed(root: Path) -> None:
    """What is gone changes the site too."""
    builds: list[int] = []
    watcher = watch(root, builds)
    (root / "content" / "articles" / "en.md").unlink()
    watcher.examine()

    assert len(builds) == 1


@pytest.mark.parametrize("litter", ["en.md~", ".en.md.swp", "4913", ".#en.md", "en.md.tmp"])
def test_what_editors_leave_beside_a_file_is_no_change(root: Path, litter: str) -> None:
    """Swap and backup files build nothing."""
    builds: list[int] = []
    watcher = watch(root, builds)
    (root / "content" / "articles" / litter).write_text("x", "utf-8")
    watcher.examine()

    assert builds == []
