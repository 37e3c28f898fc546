"""Marks what can be asked of a value, so that whoever watches it can note each question and ask it again."""

from collections.abc import Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_MARK = "_question"


def question(asked: T) -> T:
    """Mark a method or a cached property whose answer depends on its arguments and on what it belongs to alone.

    Its arguments are plain values, by position.
    """
    vars(asked)[_MARK] = True
    return asked


def questions(kind: type) -> Iterator[tuple[str, Any]]:
    """The names of what is marked in a class, each with its method or property."""
    for name in dir(kind):
        member = getattr(kind, name, None)
        if getattr(getattr(member, "func", member), _MARK, False):
            yield name, member
