"""How commands write to the sources: one at a time, and nothing that the next build would stop at."""

import argparse
import errno
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from expoarchive.build import amend
from expoarchive.cli.terminal import Faulty, Terminal
from expoarchive.nodes import link_in
from expoarchive.write import Busy, hold, take_back

# Seconds until a command says that it waits.
QUIET = 1.0
_PLAIN = re.compile(r"(?!null\Z)[a-z0-9][a-z0-9/_-]*|https?://[A-Za-z0-9:/?&=._~%+,;@!$()*#-]+(?<!:)")
Run = Callable[[Path, argparse.Namespace, Terminal], int]


@contextmanager
def turn(root: Path, terminal: Terminal) -> Iterator[None]:
    """Keep other commands from writing to the sources inside the block; TimeoutError where another does not end."""
    began = time.monotonic()
    silent = True

    def waiting() -> None:
        nonlocal silent
        if silent and time.monotonic() - began > QUIET:
            silent = False
            terminal.complain("amend.waiting")

    try:
        with hold(root, waiting=waiting):
            put_back(root, terminal)
            yield
    except Busy:
        raise TimeoutError(errno.ETIMEDOUT, terminal.word("amend.busy"), str(root)) from None


def put_back(root: Path, terminal: Terminal) -> None:
    """Take back what a command had begun that was killed half-way, and say so."""
    back, other = take_back(root)
    if back or other:
        terminal.complain("amend.put-back", count=len(back))
    for file in other:
        terminal.complain("amend.changed-since", file=file)


def in_turn(run: Run) -> Run:
    """A command that reads the sources and writes to them, as one that has its turn first."""

    @wraps(run)
    def run_in_turn(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
        with turn(root, terminal):
            return run(root, options, terminal)

    return run_in_turn


def amend_whole(
    root: Path, texts: Mapping[str, str | bytes | None], before: Mapping[str, bytes | None], terminal: Terminal
) -> None:
    """Write texts of the sources, made from the bytes ``before``; none of them where the next build would stop.

    A file whose text is None is removed.
    """
    data = {file: text.encode("utf-8") if isinstance(text, str) else text for file, text in texts.items()}
    problems = amend(root, data, before)
    if problems:
        terminal.complain("amend.refused")
        raise Faulty(problems)


def refuse_links(root: Path, files: Iterable[str]) -> None:
    """Stop where one of the files is, or lies behind, a symbolic link: what is written may land elsewhere."""
    problems = [problem for file in files if (problem := link_in(root, file))]
    if problems:
        raise Faulty(problems)


def quoted(text: str) -> str:
    """A text that YAML reads back as it is, in quotes where it needs them."""
    if _PLAIN.fullmatch(text):
        return text
    # JSON leaves characters as they are at which YAML ends a line.
    literal = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in literal)
