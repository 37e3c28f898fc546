"""The words of every kind of problem, in each editor's language: ``kinds/*.yaml``, read when first needed.

Entries are in files by stage; each has ``says``, ``expected`` and ``cure``, each of them by language. ``{name}``
stands for a detail of the problem, ``{{`` and ``}}`` for braces. ``words`` say what a detail's values are called.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from expoarchive.problem.pattern import fill
from expoarchive.problem.problem import Problem

EDITOR_LANGUAGES = ("en", "zh")
KINDS = Path(__file__).with_name("kinds")
# Stands for a detail that the problem does not have: a message with a gap beats a crash.
_GAP = "…"
# Characters shown of a detail: a message is to be read, whatever the file holds.
_LONGEST = 300
_DID_YOU_MEAN = {"en": "did you mean “{nearest}”?", "zh": "您是不是想写“{nearest}”？"}
# Categories of characters that a terminal would act on, not show: controls, bidirectional marks, line ends.
_UNSHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry as it stands in ``kinds/<stage>.yaml``: patterns by editor's language.

    ``words`` are what values of a detail are called: by detail, by value, by language.
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
    found: dict[str, Kind] = {}
    for file in sorted(KINDS.glob("*.yaml")):
        with file.open("rb") as handle:
            entries = yaml.load(handle, Loader=yaml.CSafeLoader) or {}
        for name, entry in entries.items():
            words = {part: MappingProxyType(entry.get(part, {})) for part in ("says", "expected", "cure", "words")}
            found.setdefault(name, Kind(file.stem, **words))
    return MappingProxyType(found)


def wording(problem: Problem, editor_language: str) -> Wording:
    """The problem in an editor's language, English for one we do not speak.

    Never fails: a detail that is missing leaves a gap, and a kind without words is named as it is.
    """
    kind = kinds().get(problem.kind)
    if kind is None:
        return Wording(problem.kind, "", "")

    def own(texts: Mapping[str, str], otherwise: str = "") -> str:
        return texts.get(editor_language) or texts.get("en", otherwise)

    details = _Details()
    for name, value in problem.details.items():
        text = own(kind.words.get(name, {}).get(value, {}), str(value))
        details[name] = shown(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
    suggestion = fill(own(_DID_YOU_MEAN), {"nearest": shown(problem.nearest)}) if problem.nearest else ""
    says, expected, cure = (fill(own(part), details) for part in (kind.says, kind.expected, kind.cure))
    return Wording(says, expected, cure, suggestion)


class _Details(dict[str, str]):
    """What a problem's braces hold, with a gap for each detail that the problem lacks."""

    def __missing__(self, name: str) -> str:
        return _GAP


def shown(text: str) -> str:
    """Text of a source file on one line, with a mark for each character that a terminal would obey."""
    joined = re.sub(r"[\t\r\n]+", " ", text)
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _UNSHOWN else char for char in joined)
