"""How commands write to the sources: one at a time, and nothing that the next build would stop at."""

import argparse
import errno
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from expoarchive.build import amend
from expoarchive.cli.main import colour_wanted, complain
from expoarchive.cli.report import report
from expoarchive.write import Busy, hold

WAITING = {
    "en": "waiting for another command that writes to the sources",
    "zh": "正在等待另一个写入源文件的命令",
}
BUSY = {
    "en": "another command that writes to the sources did not end",
    "zh": "另一个写入源文件的命令一直没有结束",
}
REFUSED = {
    "en": "nothing was written: with it the next build would stop at",
    "zh": "未写入任何文件：否则下次生成会停在",
}
# Seconds until somebody is told that a command waits.
QUIET = 1.0
_PLAIN = re.compile(r"(?!null\Z)[a-z0-9][a-z0-9/_-]*|https?://[A-Za-z0-9:/?&=._~%+,;@!$()*#-]+(?<!:)")
Run = Callable[[Path, argparse.Namespace, str], int]


@contextmanager
def turn(root: Path, language: str) -> Iterator[None]:
    """Keep other commands from writing to the sources inside the block; TimeoutError where another does not end."""
    began = time.monotonic()
    told = False

    def waiting() -> None:
        nonlocal told
        if not told and time.monotonic() - began > QUIET:
            told = True
            complain(WAITING[language])

    try:
        with hold(root, waiting=waiting):
            yield
    except Busy:
        raise TimeoutError(errno.ETIMEDOUT, BUSY[language], str(root)) from None


def in_turn(run: Run) -> Run:
    """A command that reads the sources and writes to them, as one that has its turn first."""

    @wraps(run)
    def waited(root: Path, options: argparse.Namespace, language: str) -> int:
        with turn(root, language):
            return run(root, options, language)

    return waited


def whole_amended(root: Path, texts: Mapping[str, str], before: Mapping[str, bytes | None], language: str) -> bool:
    """Write texts of the content, made from the bytes ``before``; False, and said, where none was."""
    problems = amend(root, {file: text.encode("utf-8") for file, text in texts.items()}, before)
    if problems:
        complain(REFUSED[language])
        complain(report(problems, language, colour=colour_wanted()))
    return not problems


def quoted(text: str) -> str:
    """A text that YAML reads back as it is, in quotes where it needs them."""
    if _PLAIN.fullmatch(text):
        return text
    # JSON leaves signs as they are at which YAML ends a line.
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in shown)
