"""A new edition's samples are in the words of the archive: each works as soon as its # is taken away."""

import io
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expoarchive.build import survey
from expoarchive.cli.main import main
from tests.sites import ROOT
from tests.sweep import swept

# The archive of the project, the tiny expo and the one of three years.
ARCHIVES = {"archive": ROOT, "expo": ROOT / "tests/expo", "triennial": ROOT / "tests/triennial"}
SAMPLE = re.compile(r"^# (?=(?:ordinal|names|themes|held|figures|  ))", re.MULTILINE)


@pytest.mark.parametrize("name", swept(ARCHIVES, ["expo", "triennial"]))
def test_every_sample_works_when_it_is_uncommented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """All at once: no key twice, no address twice, no source or measure that the archive lacks."""
    shutil.copytree(ARCHIVES[name] / "content", tmp_path / "content", ignore=shutil.ignore_patterns(".schemas"))
    shutil.copy2(ARCHIVES[name] / "site_config.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    year = "2031"
    assert main(["new", "edition", year]) == 0
    file = tmp_path / f"content/editions/{year}.yaml"
    commented = file.read_text("utf-8")
    file.write_text(SAMPLE.sub("", commented), "utf-8")

    site, problems = survey(tmp_path)

    assert [one.kind for one in problems if one.severity == "error"] == []
    assert site is not None
    claims = {claim.field for claim in site.records.claims.of_record(year)}
    assert claims == {"ordinal", "name", "theme", "opened", "closed", "figure"}
    assert len(site.records.editions[int(year)].figures) == 2


def test_an_archive_without_anything_gets_names_to_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first edition of all: it is valid as it is, and its samples say what they want."""
    shutil.copy2(ROOT / "tests/expo/site_config.yaml", tmp_path)
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)

    assert main(["new", "edition", "2031"]) == 0
    assert "# ordinal: {value: 1, sources: [source-id]}" in (tmp_path / "content/editions/2031.yaml").read_text("utf-8")


def test_what_lacks_is_asked_for_on_a_terminal_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script must not wait for an answer that nobody gives."""
    shutil.copytree(ROOT / "tests/expo", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["new", "article", "--messages", "en"]) == 2
    assert "an argument lacks: the edition’s year, the article’s id" in capsys.readouterr().err.replace("'", "’")

    ours, theirs = pty.openpty()
    os.write(ours, b"two-cranes\n")
    command = [sys.executable, str(ROOT / "build.py"), "new", "article"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, stdin=theirs, capture_output=True, env=environment, check=False)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "content/articles/two-cranes/article.yaml").is_file()
