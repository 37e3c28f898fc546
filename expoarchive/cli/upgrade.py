"""``upgrade``: make the site with another generator, and say what has changed for it."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from expoarchive import __version__
from expoarchive.cli.amend import in_turn
from expoarchive.cli.generator import WHEELS, generator_of
from expoarchive.cli.grammar import Parser
from expoarchive.cli.new_site import lay_generator
from expoarchive.cli.project import CHANGES
from expoarchive.cli.terminal import Slip, Terminal, say
from expoarchive.config.generator import LOCK, named_generator


def declare(command: Parser) -> None:
    """Which generator."""
    command.add_argument("generator", help="help.upgrade-generator")


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Name the wheel in the site's lock, install what the lock says, and print what its changelog tells sites."""
    before = named_generator(root)
    if before is None:
        raise Slip("upgrade.no-site", file=LOCK)
    generator = generator_of(root, options.generator)
    lay_generator(root, generator)
    if before.wheel.startswith(f"{WHEELS}/") and before.wheel != generator.file:
        (root / before.wheel).unlink(missing_ok=True)
    if not any((root / WHEELS).glob("*")) and (root / WHEELS).is_dir():
        (root / WHEELS).rmdir()
    # Said before pip takes this generator away from under us.
    told = [terminal.word("upgrade.done", version=generator.version, before=__version__)]
    told += changes(generator.text(CHANGES), __version__)
    failed = terminal.word("upgrade.not-installed", file=LOCK)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", LOCK]
    installed = subprocess.run(pip, cwd=root, check=False).returncode == 0
    say("\n".join(told if installed else [failed]))
    return 0 if installed else 1


def changes(text: str, version: str) -> Iterator[str]:
    """What a changelog tells those who keep a site, since the version: its paragraphs “For other archives”."""
    newer = re.split(rf"^## {re.escape(version)}\b", text, maxsplit=1, flags=re.MULTILINE)[0]
    for paragraph in re.findall(r"^For other archives:\n\n(.*?)(?=^\S(?!\s)|\Z)", newer, re.MULTILINE | re.DOTALL):
        yield from paragraph.strip("\n").removesuffix("\n").split("\n")
