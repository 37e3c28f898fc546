"""The terminal: in which language it is spoken to, and what is printed on it."""

import locale
import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from expoarchive.cli.words import ENGLISH, languages, word

if TYPE_CHECKING:
    from expoarchive.problem import Problem


# How Windows names a locale's language: "Chinese (Simplified)_China".
_SPELLED_OUT = {"chinese": "zh"}


class Terminal:
    """Where a command prints, in the language of whoever sits there."""

    def __init__(self, language: str) -> None:
        self.language = language

    def word(self, key: str, /, **values: object) -> str:
        """A text of ``words/``."""
        return word(self.language, key, **values)

    def say(self, key: str, /, **values: object) -> None:
        """Print a text of ``words/``."""
        say(self.word(key, **values))

    def complain(self, key: str, /, **values: object) -> None:
        """Print a text of ``words/`` as an error."""
        complain(self.word(key, **values))


class Stop(Exception):
    """Ends a command with a text of ``words/``, and the nearest name if there is one."""

    code = 1

    def __init__(self, key: str, nearest: str | None = None, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest
        self.values = values


class Slip(Stop):
    """The same where the command line itself is wrong."""

    code = 2


class Faulty(Exception):
    """Ends a command with the problems of the sources."""

    def __init__(self, problems: "Iterable[Problem]") -> None:
        super().__init__()
        self.problems = list(problems)


def say(text: str) -> None:
    """Print to the person at the terminal."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print an error."""
    sys.stderr.write(text + "\n")


def colour_wanted() -> bool:
    """Colours on a terminal, unless NO_COLOR is set."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def terminals_language() -> str:
    """The language of the terminal's locale; English where there are no words in it."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    name = name or (locale.getlocale()[0] or "")
    language = re.split("[^a-z]", name.lower(), maxsplit=1)[0]
    language = _SPELLED_OUT.get(language, language)
    return language if language in languages() else ENGLISH
