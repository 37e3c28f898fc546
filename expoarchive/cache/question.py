"""Marks the methods that count as questions: a tracer notes each one with its arguments and can ask it again."""

from collections.abc import Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_MARK = "_question"


def question(member: T) -> T:
    """Mark a method or cached property whose answer depends only on its arguments and its object.

    Arguments are plain values, passed by position.
    """
    vars(member)[_MARK] = True
    return member


def questions(kind: type) -> Iterator[tuple[str, Any]]:
    """The marked members of a class: the name of each, and its method or property."""
    for name in dir(kind):
        member = getattr(kind, name, None)
        if getattr(getattr(member, "func", member), _MARK, False):
            yield name, member
