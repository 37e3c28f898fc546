"""How far a build is: on a terminal, and nowhere else."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import RawIOBase
from pathlib import Path

from tests.builds import run
from tests.sites import ROOT, lay_files

SLOW = """
import time
from expoarchive.cli.progress import Progress, is_watched
from expoarchive.cli.terminal import Terminal

with Progress(Terminal("en"), shown=is_watched()) as progress:
    progress.tell("pages", 0, 8)
    time.sleep(1.1)
    progress.tell("pages", 3, 8)
print("done")
"""


def on_a_terminal(**variables: str) -> str:
    """What a terminal is sent by a build of more than a second."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    environment = {**inherited, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables}
    subprocess.run([sys.executable, "-c", SLOW], env=environment, stdout=theirs, stderr=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        return b"".join(pieces(terminal)).decode()


def pieces(terminal: RawIOBase) -> Iterator[bytes]:
    """What comes of it, to the end: one read gives what the kernel has passed on by then, be it a single write."""
    # Once all is read of a terminal that nobody has open any more, Linux gives an error for an end.
    with suppress(OSError):
        while piece := terminal.read(65536):
            yield piece


def test_a_build_of_more_than_a_second_shows_how_far_it_is() -> None:
    """On a terminal; it is gone when the summary comes."""
    sent = on_a_terminal()

    assert "pages" in sent
    assert "3/8" in sent
    assert sent.rstrip().endswith("done")


def test_no_colour_is_shown_where_none_is_wanted() -> None:
    """NO_COLOR holds for the progress too."""
    sent = on_a_terminal(NO_COLOR="1")

    assert "3/8" in sent
    assert not re.search(r"\x1b\[[0-9;]*m", sent)


def test_on_ci_nothing_but_plain_lines_is_printed() -> None:
    """Its log would keep every step."""
    assert on_a_terminal(CI="true") == "done\r\n"


def test_stage_times_are_told_when_asked(tmp_path: Path) -> None:
    """One line, beside the summary; of a build from nothing, which has every stage."""
    lay_files(tmp_path / "site", {})
    done = run(tmp_path / "site", "build", "--verbose")

    assert "1 warning" in done.stdout
    assert re.search(
        r"^reading \d+\.\d\d s; pictures \d+\.\d\d s; pages \d+\.\d\d s; .*writing \d+\.\d\d s$",
        done.stderr,
        re.MULTILINE,
    )


def test_help_answers_at_once() -> None:
    """What a command needs is imported when it runs: nothing heavy before."""
    listing = "import sys; from expoarchive.cli import main; main(['--help'])"
    script = f"import sys\ntry:\n    {listing}\nfinally:\n    sys.stderr.write(' '.join(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert "usage:" in done.stdout
    assert not {"pydantic", "yaml", "jinja2", "rich", "tornado", "babel", "watchfiles"} & set(done.stderr.split())


def test_a_slip_is_told_without_looking_for_garbage(tmp_path: Path) -> None:
    """What a process imports it keeps, and it ends with it: going through it all takes as long as the report."""
    lay_files(tmp_path, {"site_config.yaml": "titel: A\n"})
    script = (
        "import gc, sys\nfrom expoarchive.cli import start\nlooks = []\n"
        "gc.callbacks.append(lambda phase, info: looks.append(phase))\ncode = start()\n"
        "sys.exit(f'{code} {looks} {gc.get_freeze_count() > len(gc.get_objects())}')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, "build", "--messages", "en"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert "did you mean “title”?" in done.stderr
    assert done.stderr.endswith("1 [] True\n")
