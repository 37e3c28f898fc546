"""The output folder is switched as a whole, and holds the same bytes whoever builds it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import build
from tests.sites import ROOT, Site, kept_of_tiny, lay_site

Build = Callable[..., Site]


def digest(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


FAULTS = {
    "nodes": ("content/editions/2009.yaml", "year: 2009\nyear: 2009\n"),
    "records": ("content/editions/2009.yaml", "year: 2009\nordinal: {value: 1, sources: [nobody]}\n"),
    "config": ("site_config.yaml", "title: x\n"),
    "strings": ("templates/strings/en.yaml", "nav: [\n"),
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
    outcome = site.build_again()

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
    site.build_again()

    assert not site.exists("en/editions/2012/")


def test_a_file_changed_by_hand_in_the_output_is_put_right(build_site: Build) -> None:
    """The output is what the sources say, not what somebody typed into it."""
    site = build_site()
    good = site.pages("en/")
    site.file("en/").write_text("spoilt", "utf-8")
    site.build_again()

    assert site.pages("en/") == good


def test_a_folder_that_the_generator_did_not_make_is_refused(tmp_path: Path) -> None:
    """Somebody's own files are never replaced."""
    lay_site(tmp_path / "site", {})
    output = tmp_path / "theirs"
    output.mkdir()
    (output / "letter.txt").write_text("mine", "utf-8")
    outcome = build(tmp_path / "site", output, store=kept_of_tiny().copy())

    assert [problem.kind for problem in outcome.problems] == ["output-not-ours"]
    assert [path.name for path in output.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("folder", [".", "content", "templates/static"])
def test_the_sources_are_refused_as_output(tmp_path: Path, folder: str) -> None:
    """The site is never written over what it is made from."""
    lay_site(tmp_path, {})
    outcome = build(tmp_path, tmp_path / folder, store=kept_of_tiny().copy())

    assert [problem.kind for problem in outcome.problems] == ["output-is-source"]


# Read by every interpreter that begins beside it: its clock goes on from another day.
OTHER_DAY = """
import datetime, time

SHIFT = 86_400 * 20_000
_time, _time_ns = time.time, time.time_ns
time.time = lambda: _time() + SHIFT
time.time_ns = lambda: _time_ns() + SHIFT * 10**9
for name in ("localtime", "gmtime"):
    setattr(time, name, lambda at=None, ask=getattr(time, name): ask(time.time() if at is None else at))


class date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    today = utcnow = now


datetime.date, datetime.datetime = date, moment
"""


def build_elsewhere(root: Path, *, day: str, umask: int, **environment: str) -> dict[str, str]:
    """Digests of what the command makes of the tiny expo in a folder, the site as one file too."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    # Of what is drawn, the charts of pages are enough.
    lay_site(root, {"site_config.yaml": f"{config}without: [cards, chart-files]\n"})
    (root.parent / "sitecustomize.py").write_text(day, "utf-8")
    environment = {**os.environ, **environment, "PYTHONPATH": f"{root.parent}{os.pathsep}{ROOT}"}
    environment["EXPOARCHIVE_CACHE"] = str(root.parent / "cache")
    command = [sys.executable, str(ROOT / "build.py"), "build", "--output", "made", "--archive", "made/../kept.zip"]
    command += ["--jobs", environment["JOBS"]]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, umask=umask)
    return digest(root / "made") | {"kept.zip": hashlib.sha256((root / "kept.zip").read_bytes()).hexdigest()}


def test_the_same_sources_make_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, day, time zone, locale, hash seed, umask, and number of processes change nothing."""
    here = build_elsewhere(
        tmp_path / "here" / "site", day="", umask=0o022, TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C", JOBS="1"
    )
    elsewhere = {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "LC_ALL": "zh_CN.UTF-8", "JOBS": "3"}
    there = build_elsewhere(tmp_path / "else where" / "d\u00e9p\u00f4t", day=OTHER_DAY, umask=0o077, **elsewhere)

    assert here == there
    assert len(here) > 100


def test_the_other_day_is_one_for_whatever_asks_the_clock(tmp_path: Path) -> None:
    """Else the test above would pass for nothing."""
    (tmp_path / "sitecustomize.py").write_text(OTHER_DAY, "utf-8")
    script = (
        "import time, datetime; print(datetime.date.today().year, datetime.datetime.now().year, time.localtime()[0])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)

    assert all(int(year) > 2070 for year in said.stdout.split())


def test_one_build_works_below_any_base_path(build_site: Build) -> None:
    """Between pages all addresses are relative: only canonical and alternates know where the site lives."""
    site = build_site()
    here = site.pages("en/editions/2009/")
    site.build_again(address="https://other.example", base_path="/deep/er/")
    there = site.pages("en/editions/2009/")

    assert there.replace("https://other.example/deep/er/", "https://fair.example/harbour/") == here


def test_the_404_page_uses_absolute_addresses_below_the_base_path(tiny_site: Site) -> None:
    """It is shown at any address, so relative ones would break."""
    html = tiny_site.pages("404.html")

    assert 'href="/harbour/en/"' in html
    assert 'href="/harbour/fr/"' in html
    assert 'href="/harbour/assets/site.css"' in html


def test_a_domain_of_its_own_is_written_where_it_is_configured(
    build_site: Callable[..., Site], tiny_site: Site
) -> None:
    """As GitHub Pages reads it; a site without one has no such file, and a whole address is refused."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    assert not tiny_site.exists("CNAME")
    assert build_site({"site_config.yaml": config + "domain: fair.example\n"}).pages("CNAME") == "fair.example\n"

    assert build_site({"site_config.yaml": config + "domain: https://fair.example\n"}).kinds() == ["not-a-domain"]
