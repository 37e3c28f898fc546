"""The output folder is switched as a whole, and holds the same bytes whoever builds it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import build
from tests.sites import ROOT, Site, lay_site

Build = Callable[..., Site]


def digest(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


FAULTS = {
    "nodes": ("content/editions/2009.yaml", "year: 2009\nyear: 2009\n"),
    "records": ("content/editions/2009.yaml", "year: 2009\nordinal: {value: 1, sources: [nobody]}\n"),
    "config": ("site_config.yaml", "title: x\n"),
    "strings": ("templates/strings/en.yaml", "nav: {}\n"),
    "render": ("templates/edition.html", "{{ nothing.here }}\n"),
    "check": ("content/articles/first-crane/en.md", "---\ntitle: T\nsummary: S\n---\n[x](nowhere/)\n"),
}


@pytest.mark.parametrize("stage", FAULTS)
def test_a_build_that_fails_in_any_stage_leaves_the_last_good_site(build_site: Build, stage: str) -> None:
    """The old tree stays byte for byte, and nothing is left beside it."""
    site = build_site()
    before = digest(site.output)
    file, text = FAULTS[stage]
    (site.root / file).write_text(text, "utf-8")
    outcome = build(site.root, site.output)

    assert not outcome.ok
    assert digest(site.output) == before
    assert sorted(path.name for path in site.output.parent.iterdir()) == ["site", "site-output"]


def test_a_second_build_of_the_same_sources_writes_nothing(build_site: Build) -> None:
    """No file is new, changed or touched."""
    site = build_site()
    times = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    outcome = build(site.root, site.output)

    assert outcome.written is not None
    assert (outcome.written.changed, outcome.written.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == times


def test_the_page_of_removed_content_goes(build_site: Build) -> None:
    """A page whose record is gone is not served for ever."""
    site = build_site()
    assert site.exists("en/editions/2012/")
    (site.root / "content/editions/2012.yaml").unlink()
    build(site.root, site.output)

    assert not site.exists("en/editions/2012/")


def test_a_file_changed_by_hand_in_the_output_is_put_right(build_site: Build) -> None:
    """The output is what the sources say, not what somebody typed into it."""
    site = build_site()
    good = site.pages("en/")
    site.file("en/").write_text("spoilt", "utf-8")
    build(site.root, site.output)

    assert site.pages("en/") == good


def test_a_folder_that_the_generator_did_not_make_is_refused(tmp_path: Path) -> None:
    """Somebody's own files are never replaced."""
    lay_site(tmp_path / "site", {})
    output = tmp_path / "theirs"
    output.mkdir()
    (output / "letter.txt").write_text("mine", "utf-8")
    outcome = build(tmp_path / "site", output)

    assert [problem.kind for problem in outcome.problems] == ["output-not-ours"]
    assert [path.name for path in output.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("folder", [".", "content", "templates/static"])
def test_the_sources_are_refused_as_output(tmp_path: Path, folder: str) -> None:
    """The site is never written over what it is made from."""
    lay_site(tmp_path, {})
    outcome = build(tmp_path, tmp_path / folder)

    assert [problem.kind for problem in outcome.problems] == ["output-is-source"]


def test_the_same_sources_make_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale and hash seed change nothing."""
    made = []
    for number, (zone, seed, language) in enumerate([("UTC", "1", "C"), ("Asia/Shanghai", "7", "zh_CN.UTF-8")]):
        root = tmp_path / f"place-{number}"
        lay_site(root, {})
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(ROOT / "build.py"), "build", "--output", "made"]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        made.append(digest(root / "made"))

    assert made[0] == made[1]


def test_one_build_works_below_any_base_path(build_site: Build) -> None:
    """Between pages all addresses are relative: only canonical and alternates know where the site lives."""
    site = build_site()
    here = site.pages("en/editions/2009/")
    build(site.root, site.output, address="https://other.example", base_path="/deep/er/")
    there = site.pages("en/editions/2009/")

    assert there.replace("https://other.example/deep/er/", "https://fair.example/harbour/") == here


def test_the_404_page_uses_absolute_addresses_below_the_base_path(build_site: Build) -> None:
    """It is shown at any address, so relative ones would break."""
    html = build_site().pages("404.html")

    assert 'href="/harbour/en/"' in html
    assert 'href="/harbour/fr/"' in html
    assert 'href="/harbour/assets/site.css"' in html


def test_a_domain_of_its_own_is_written_where_it_is_configured(build_site: Callable[..., Site]) -> None:
    """As GitHub Pages reads it; a site without one has no such file, and a whole address is refused."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    assert not build_site().exists("CNAME")
    assert build_site({"site_config.yaml": config + "domain: fair.example\n"}).pages("CNAME") == "fair.example\n"

    assert build_site({"site_config.yaml": config + "domain: https://fair.example\n"}).kinds() == ["not-a-domain"]
