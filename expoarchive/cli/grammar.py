"""The command line's grammar: argparse, with its own words, those of help and the nearest name in every language."""

import argparse
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, Never

from expoarchive.cli.words import ENGLISH, hint, languages, word, words

# Characters of an argument, and octets of a name in a path on any system.
LONGEST_ARGUMENT = 2000
LONGEST_NAME = 255
# By the name before an executor's address: the package that it needs, which an extra of that name installs.
EXECUTORS = {"dask": "distributed"}
_SCHEDULER = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?(?:\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/@]+):[0-9]{1,5}")
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Parser(argparse.ArgumentParser):
    """The grammar of all commands, or of one. Each ``help`` is a key of ``words/``, which are read when it is shown."""

    def __init__(self, *, language: str, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Formatter, language=language), **options)
        self.language = language
        self.add_argument("-h", "--help", action="help", help="help.help")
        self.add_argument("--messages", choices=languages(), help="help.messages")

    def value(self, read: Callable[[str], Any], key: str) -> Callable[[str], Any]:
        """The type of an argument that ``read`` gives a value of; None or ValueError is an error, worded by ``key``."""

        def typed(text: str) -> Any:
            try:
                value = read(text)
            except ValueError:
                value = None
            if value is None:
                raise argparse.ArgumentTypeError(word(self.language, key, text=repr(text)))
            return value

        return typed

    def executor(self, text: str) -> tuple[str, str]:
        """The type of an argument that names an executor: its sort, and its address."""
        sort, _, address = text.partition("=")
        if sort not in EXECUTORS:
            hint = self.hint(sort, EXECUTORS)
            raise argparse.ArgumentTypeError(word(self.language, "grammar.executor", text=repr(text), hint=hint))
        if not _SCHEDULER.fullmatch(address):
            raise argparse.ArgumentTypeError(word(self.language, "grammar.scheduler", text=repr(address)))
        return sort, address

    def refuse(self, key: str, /, **values: object) -> Never:
        """End with exit code 2 and a text of ``words/``."""
        self.error(word(self.language, key, **values))

    def hint(self, text: str, names: Iterable[str]) -> str:
        """The nearest of the names, in words; empty where none is near."""
        from expoarchive.problem import nearest

        return hint(self.language, nearest(text, names))

    def readable(self, arguments: Sequence[str]) -> None:
        """End with exit code 2 where an argument holds what no text does: half a character, a control, too much."""
        for text in arguments:
            if _UNREADABLE.search(text) or len(text) > LONGEST_ARGUMENT:
                excerpt = text if len(text) <= 60 else f"{text[:59]}…"
                self.refuse("grammar.text", text=repr(excerpt), longest=LONGEST_ARGUMENT)
            # Argparse reads it as an empty list, whatever the option's type.
            if text.startswith("--") and text.endswith("=--"):
                self.refuse("grammar.value", text=repr(text))

    def unrecognized(self, rest: Sequence[str]) -> None:
        """End with exit code 2 where anything is left that the grammar does not know."""
        if rest:
            option = next((text.partition("=")[0] for text in rest if text.startswith("-")), "")
            options = self._option_string_actions if option else ()
            self.refuse("grammar.unrecognized", words=" ".join(rest), hint=self.hint(option, options))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = [*map(str, action.choices)]
            details = {"value": repr(value), "choices": ", ".join(choices), "hint": self.hint(str(value), choices)}
            if isinstance(action, argparse._SubParsersAction):
                self.refuse("grammar.command", **details)
            raise argparse.ArgumentError(action, word(self.language, "grammar.choice", **details))


class _Formatter(argparse.HelpFormatter):
    """Help in the editor's language, its lines broken where a terminal's end, also between Chinese characters."""

    def __init__(self, prog: str, *, language: str) -> None:
        super().__init__(prog)
        self._language = language

    def _get_help_string(self, action: argparse.Action) -> str:
        return word(self._language, action.help or "")

    def _format_text(self, text: str) -> str:
        return super()._format_text(words(self._language).get(text, text))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many cells, where a Chinese character takes two; no line begins with a closing mark."""
    lines = [""]
    for piece in re.findall(r"\s+|[^\s\u2e80-\uffef]+[\u3000-\u303f\uff01-\uff1b]*|.[、，。；：！？”）]*", text):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Inside the block argparse speaks the language. It would ask gettext, which searches the disk for each word."""
    texts: Mapping[str, str] = {}
    if language != ENGLISH:
        english = words(ENGLISH).items()
        texts = {text: word(language, key) for key, text in english if key.startswith("argparse.")}
    gettext = argparse._  # type: ignore[attr-defined]
    argparse._ = lambda text: texts.get(text) or text  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._ = gettext  # type: ignore[attr-defined]


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that ``--messages`` names, wherever it stands: errors of the command line are in it too."""
    for text, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, _, value = text.partition("=")
        if len(name) > 2 and "--messages".startswith(name) and (value or following) in languages():
            return value or following
    return None


def a_path(text: str) -> Path | None:
    """A path that a file or folder can have."""
    return Path(text) if text and all(len(os.fsencode(part)) <= LONGEST_NAME for part in Path(text).parts) else None


# The readers of the sources know what is valid; importing them is left to the commands that are given such a value.
def an_address(rest: str) -> Callable[[str], str | None]:
    """Of web addresses, those with this pattern after the host."""

    def read(text: str) -> str | None:
        from expoarchive.nodes.host import parts_of

        parts = parts_of(text)
        return text if parts and re.fullmatch(rf"https?://{re.escape(parts.netloc)}{rest}", text) else None

    return read


def a_base_path(text: str) -> str | None:
    """A folder on a host."""
    from expoarchive.config.model import is_base_path

    inner = text.strip("/")
    return text if not inner or is_base_path(f"/{inner}/") else None
