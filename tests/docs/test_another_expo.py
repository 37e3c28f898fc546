"""The guide to another fair's archive, followed word by word from a wheel in an empty folder."""

import re
import shutil
from pathlib import Path

import pytest

from tests.archive.fair import words_of_the_fair
from tests.links import html_files
from tests.sites import ROOT
from tests.wheels import filled, run

# What the guide has from a network is here already: the packages that each new environment asks for. A Python without
# them starts the builds, as that of a machine would.
OFFLINE = """
python3() {{
  if [[ "$1 $2" == "-m venv" ]]; then
    "{python}" -m venv --without-pip "$3"
    echo "{packages}" > "$(echo "$3"/lib/python3*/site-packages)/packages.pth"
  else
    "{python}" -S -E "$@"
  fi
}}
"""


def commands(name: str) -> str:
    """All that a guide has to be typed."""
    guide = (ROOT / "docs" / name).read_text("utf-8")
    return "\n".join(re.findall(r"```sh\n(.*?)```", guide, re.DOTALL))


@pytest.mark.long
def test_the_guide_leads_to_a_working_archive(tmp_path: Path, wheel: Path) -> None:
    """Each command runs as it stands, and the site at the end is the other fair's alone."""
    shutil.copy(wheel, tmp_path)
    script = filled(OFFLINE) + commands("another-expo.md")
    ran = run("bash", "-euo", "pipefail", "-c", script, folder=tmp_path, PIP_NO_INDEX="1")

    assert ran.returncode == 0, ran.stderr + ran.stdout
    made = tmp_path / "lamp-fair"
    page = (made / "output" / "en" / "editions" / "2014" / "index.html").read_text("utf-8")
    assert "The Archive of the Lamp Fair" in page
    assert ">From lamp to lamp</a>" in page
    assert "more than 2,100" in page
    assert '<a href="../../prizes/golden-lamp/">Golden Lamp</a>' in page
    prize = (made / "output" / "ja" / "prizes" / "golden-lamp" / "index.html").read_text("utf-8")
    assert "金の灯</h1>" in prize
    assert ">開催一覧</a>" in prize
    assert '<bdi lang="en" dir="ltr">The Golden Lamp went to a maker of paper lamps.</bdi>' in prize
    assert '<html lang="ar" dir="rtl"' in (made / "output" / "ar" / "index.html").read_text("utf-8")
    words = words_of_the_fair()
    # Japan has been at the fair, and is part of its language's name.
    texts = {file: file.read_text("utf-8").replace("日本語", "") for file in html_files(made / "output")}
    assert [file for file, text in texts.items() if words.found_in(text)] == []


def test_both_languages_have_the_same_commands() -> None:
    """So that the test above follows both."""
    assert commands("another-expo.zh.md") == commands("another-expo.md")
