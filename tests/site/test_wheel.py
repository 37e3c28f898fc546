"""The generator installed as a package: all that a clone has is in it, and it builds a site that has only content."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive import __version__
from tests.sites import Site, lay_sources, project_files
from tests.wheels import Environment, run, succeed


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory, installed: Environment) -> Path:
    """The invented fair without templates, built by the command."""
    folder = tmp_path_factory.mktemp("fair") / "fair"
    lay_sources(folder, {})
    assert "1 warning" in succeed(installed.command, "build", folder=folder)
    return folder


def test_a_wheel_has_every_file_of_the_package_and_of_the_theme(wheel: Path) -> None:
    """And none besides but what new sites are given; nothing of this archive."""
    listed = zipfile.ZipFile(wheel).namelist()
    names = {name for name in listed if ".dist-info/" not in name}
    held = {name for name in names if not name.startswith("expoarchive/project/")}
    expected = {name for name in project_files() if name.startswith("expoarchive/")}
    expected |= {
        name.replace("templates/", "expoarchive/theme/") for name in project_files() if name.startswith("templates/")
    }

    assert held == expected
    assert {name for name in names if "/content/" in name and "/tests/expo/" not in name} == set()
    assert len(listed) == len(set(listed))


def test_a_wheel_is_small(wheel: Path, record_property: Callable[[str, object], None]) -> None:
    """The two fonts of charts and cards are most of it."""
    size = wheel.stat().st_size
    record_property("summary", f"wheel: {size / 1e6:.1f} MB")

    assert size < 7_000_000


def test_the_command_builds_what_a_clone_builds(fair: Path, tiny_site: Site) -> None:
    """The same site, with the theme's templates, words, charts and scripts, though none is in its folder."""
    assert not (fair / "templates").exists()
    made = {path.relative_to(fair / "output"): path for path in (fair / "output").rglob("*") if path.is_file()}
    usual = {path.relative_to(tiny_site.output): path for path in tiny_site.output.rglob("*") if path.is_file()}

    assert made.keys() == usual.keys()
    assert [name for name, path in made.items() if path.read_bytes() != usual[name].read_bytes()] == []


@pytest.mark.long
def test_the_command_has_the_words_and_exits_of_a_clones(installed: Environment, fair: Path) -> None:
    """Its own name in what it says of its use."""
    assert succeed(installed.command, "--version", folder=fair) == f"expoarchive {__version__}\n"
    assert succeed(installed.command, "--help", folder=fair).startswith("usage: expoarchive [")
    assert succeed(installed.python, "-m", "expoarchive", "build", folder=fair).startswith("nothing has changed")
    slip = run(installed.command, "biuld", folder=fair)
    assert (slip.returncode, "did you mean “build”" in slip.stderr) == (2, True), slip.stderr
    said = succeed(installed.command, "explain", "/en/", "--messages", "zh", folder=fair)
    assert "expoarchive/theme/ 按原路径复制到 templates/：\n  base.html\n  home.html\n" in said


@pytest.mark.long
@pytest.mark.parametrize("command", ["check", "schemas", "status"])
def test_a_command_finds_all_it_needs(installed: Environment, fair: Path, command: str) -> None:
    """Though nothing but the package is there."""
    succeed(installed.command, command, folder=fair)


@pytest.mark.long
def test_an_error_of_a_site_is_told_with_its_place(installed: Environment, tmp_path: Path) -> None:
    """In both languages; what takes the wrong file's place is told with both files."""
    lay_sources(
        tmp_path, {"templates/home.html": "{% extends 'base.html' %}{% block content %}{{ view.x }}{% endblock %}"}
    )
    ran = run(installed.command, "build", "--messages", "zh", folder=tmp_path)

    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "templates/home.html 取代了 expoarchive/theme/home.html" in ran.stderr + ran.stdout
