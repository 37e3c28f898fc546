"""build.py says what lacks before it can run, to any Python, and uses the environment that is there."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT

CURE = r"  \S+ -m venv \.venv && \.venv/bin/python -m pip install -r requirements\.lock\n"


def start(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """``python build.py check`` there, with a Python that has nothing but its own library."""
    command = (sys.executable, "-S", "-E", *before, "build.py", "check")
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("clone", [True, False], ids=["a clone", "another archive"])
def test_without_packages_it_says_how_to_get_them(tmp_path: Path, clone: bool) -> None:
    """In both languages, in one line to be typed as it stands; never a traceback."""
    shutil.copy2(ROOT / "build.py", tmp_path)
    if clone:
        (tmp_path / "expoarchive").symlink_to(ROOT / "expoarchive")
    ran = start(tmp_path)

    assert ran.returncode == 1
    assert re.fullmatch(f"The packages .+\n生成器.+\n{CURE}", ran.stderr), ran.stderr


def test_a_python_that_is_too_old_is_told_so(tmp_path: Path) -> None:
    """By a file that each Python 3 can read, and that runs on Python 2 as well."""
    text = (ROOT / "build.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 4))
    (tmp_path / "build.py").write_text(text, "utf-8")
    (tmp_path / "old.py").write_text(
        "import runpy, sys\nsys.version_info = (3, 8, 1)\nrunpy.run_path(sys.argv.pop(1), run_name='__main__')\n"
    )
    ran = start(tmp_path, "old.py")

    assert ran.returncode == 1
    assert re.fullmatch(f"Python 3.11 or newer is needed, this is 3.8.+\n需要 Python 3.11.+3.8.+\n{CURE}", ran.stderr)


def test_the_environment_that_is_there_is_used(tmp_path: Path) -> None:
    """Whichever Python was typed; with the same words, and its exit code."""
    shutil.copy2(ROOT / "build.py", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$0 $*"\nexit 7\n')
    python.chmod(0o755)
    ran = start(tmp_path)

    assert (ran.returncode, ran.stdout) == (7, f"{python} {tmp_path / 'build.py'} check\n")


def test_a_fault_of_the_generators_own_is_not_taken_for_a_missing_package(tmp_path: Path) -> None:
    """It would send people looking in the wrong place."""
    shutil.copy2(ROOT / "build.py", tmp_path)
    (tmp_path / "expoarchive" / "cli").mkdir(parents=True)
    (tmp_path / "expoarchive" / "__init__.py").touch()
    (tmp_path / "expoarchive" / "cli" / "__init__.py").write_text("import expoarchive.gone\n")

    assert "expoarchive.gone" in start(tmp_path).stderr
