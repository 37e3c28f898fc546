"""The wording of every kind of problem in each editor language: ``kinds/*.yaml``, read on first use.

There is one file per stage. Each entry stands for itself and has ``says``, ``expected`` and ``cure``, by language.
``{name}`` stands for a detail of the problem, ``{{`` and ``}}`` for braces. ``words`` translates the values of a
detail, where the problem has no detail ``name.zh`` of its own that does.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from expoarchive.problem.pattern import fill
from expoarchive.problem.problem import Problem, shortened

EDITOR_LANGUAGES = ("en", "zh")
KINDS = Path(__file__).with_name("kinds")
# Shown for a detail that the problem lacks: a message with a gap beats a crash.
_GAP = "…"
# Longest detail shown, in characters: a message must stay readable whatever the file holds.
_LONGEST = 300
_DID_YOU_MEAN = {"en": "did you mean “{nearest}”?", "zh": "您是不是想写“{nearest}”？"}
# Categories of characters that a terminal would act on instead of showing: controls, bidirectional marks, line ends.
_UNSHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of ``kinds/<stage>.yaml``: patterns by editor language.

    ``words`` translates the values of details: by detail, by value, by language.
    """

    stage: str
    says: Mapping[str, str]
    expected: Mapping[str, str]
    cure: Mapping[str, str]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A problem in words. ``suggestion`` is empty where no name is near."""

    says: str
    expected: str
    cure: str
    suggestion: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every worded kind, by name."""
    return {name: kind for file in KINDS.glob("*.yaml") for name, kind in _kinds(file.stem, file.read_text("utf-8"))}


def _kinds(stage: str, text: str) -> Iterator[tuple[str, Kind]]:
    parts = ("says", "expected", "cure", "words")
    for name, entry in yaml.load(text, Loader=yaml.CSafeLoader).items():
        yield name, Kind(stage, **{part: entry.get(part, {}) for part in parts})


@cache
def _kind(name: str) -> Kind | None:
    """The worded kind of this name. Only its entry is parsed, to the next line that is not indented."""
    its = re.compile(rf"^{re.escape(name)}:.*\n(?: .*\n)*", re.MULTILINE)
    found = ((file.stem, its.search(file.read_text("utf-8"))) for file in KINDS.glob("*.yaml"))
    return next((kind for stage, entry in found if entry for _, kind in _kinds(stage, entry[0])), None)


def wording(problem: Problem, editor_language: str) -> Wording:
    """The problem in an editor's language, or in English where we lack that language.

    Never fails: a missing detail leaves a gap, and a kind without wording is shown by its name.
    """
    kind = _kind(problem.kind)
    if kind is None:
        return Wording(problem.kind, "", "")

    def own(texts: Mapping[str, str], otherwise: str = "") -> str:
        return texts.get(editor_language) or texts.get("en", otherwise)

    details = _Details()
    for name, value in problem.details.items():
        text = problem.details.get(f"{name}.{editor_language}")
        text = text or own(kind.words.get(name, {}).get(value, {}), str(value))
        details[name] = printable(shortened(text, _LONGEST))
    suggestion = fill(own(_DID_YOU_MEAN), {"nearest": printable(problem.nearest)}) if problem.nearest else ""
    says, expected, cure = (fill(own(part), details) for part in (kind.says, kind.expected, kind.cure))
    return Wording(says, expected, cure, suggestion)


class _Details(dict[str, str]):
    """What a problem's braces hold, with a gap for each detail that the problem lacks."""

    def __missing__(self, name: str) -> str:
        return _GAP


def printable(text: str) -> str:
    """A source file's text on one line, with a mark in place of each character that a terminal would act on."""
    if text.isprintable():
        return text
    joined = re.sub(r"[\t\r\n]+", " ", text)
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _UNSHOWN else char for char in joined)
