"""A fingerprint tells values apart and nothing else: not where they stand in a file, nor how they lie in memory."""

import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property

import pytest

from expoarchive.nodes import Model, SourceText
from expoarchive.nodes.fields import Ref
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place
from expoarchive.site.fingerprint import fingerprint
from tests.sites import ROOT


class Word(Model):
    """A record of the least."""

    text: str
    number: int = 0


class Phrase(Model):
    """Another sort of record with the same in it."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Words:
    """A value that remembers what it was asked."""

    text: str

    @cached_property
    def count(self) -> int:
        """How many words."""
        return len(self.text.split())


def counted(words: Words) -> Words:
    """The same, asked already."""
    assert words.count
    return words


def copied(text: str) -> str:
    """The same text as an object of its own."""
    return "".join(list(text))


def looked_at(text: SourceText) -> SourceText:
    """A text of which something was asked, and is remembered."""
    assert text.lines
    return text


HERE, THERE = Place("a.yaml", 1, 1, "a: b"), Place("b.yaml", 2, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([HERE], [THERE]),
        ([PlacedStr("a", HERE)], [PlacedStr("a", THERE)]),
        ([Ref("a", HERE, "source")], [PlacedStr("a", THERE)]),
        (SourceText("a.md", "text"), SourceText("b.md", "text", 4)),
        ([SourceText("a.md", "text")], [looked_at(SourceText("b.md", "text", 4))]),
        (Word(text="a"), Word(text="a", number=0)),
        (["word"] * 2, ["word", copied("word")]),
        (Words("a b"), counted(Words("a b"))),
        ([frozenset([0, 8])], [frozenset([8, 0])]),
        ([frozenset([n]) for n in range(99)], [frozenset([n]) for n in range(99)]),
        ([frozenset([None, "a", 1])], [frozenset([1, "a", None])]),
    ],
    ids=[
        "places",
        "words with a place",
        "what a word refers to",
        "a text",
        "texts among others",
        "a default that is given",
        "what is shared",
        "what is remembered",
        "sets",
        "many sets",
        "a set of several sorts",
    ],
)
def test_what_is_the_same_has_the_same(one: object, other: object) -> None:
    """Wherever it stands, and however it came about."""
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([PlacedStr("a", HERE)], [PlacedStr("b", HERE)]),
        (SourceText("a.md", "text"), SourceText("a.md", "texts")),
        ([SourceText("a.md", "text")], [SourceText("a.md", "texts")]),
        (Word(text="a"), Word(text="b")),
        (Word(text="a"), Word(text="a", number=1)),
        (Word(text="a"), Phrase(text="a")),
        (Words("a"), Words("b")),
        (frozenset("a"), frozenset("b")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (1, "1"),
        (None, ()),
    ],
)
def test_what_differs_has_another(one: object, other: object) -> None:
    """In a value, in its sort, or in the order of its parts; sixteen bytes each."""
    assert fingerprint(one) != fingerprint(other)
    assert (len(fingerprint(one)), len(fingerprint(other))) == (16, 16)


def test_it_is_the_same_in_every_process() -> None:
    """What a process made is of use to another."""
    code = (
        "from tests.unit.test_fingerprint import Word, fingerprint\n"
        "print(fingerprint((Word(text='a', number=3), 'b', 1.5)).hex())"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == fingerprint((Word(text="a", number=3), "b", 1.5)).hex()
