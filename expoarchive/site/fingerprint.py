"""A short digest of any value of the records, the same in every process and wherever the value is in its file."""

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from pydantic import BaseModel

from expoarchive.nodes import SourceText
from expoarchive.nodes.fields import LocalTexts
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place

# Gives what to write in place of a value of some class; None to write the value itself.
Rule = Callable[[Any], object] | None


class Rules(dict[type, Rule]):
    """A rule for each class: its own, else a base class's, else the fields of a dataclass, without what it caches."""

    def __init__(self, own: Mapping[type, Rule] | None = None) -> None:
        super().__init__(
            {
                Place: lambda place: (),
                PlacedStr: str.__str__,
                SourceText: lambda source: source.text,
                LocalTexts: lambda texts: [*texts.items()],
                BaseModel: lambda model: (type(model).__name__, *model.__dict__.values()),
                # Its order differs between processes, and pickle writes shared sets in another way.
                frozenset: lambda values: sorted(values, key=repr),
                **(own or {}),
            }
        )

    def __missing__(self, kind: type) -> Rule:
        rule = next((self[base] for base in kind.__mro__[1:] if base in self), None)
        if rule is None and is_dataclass(kind):
            parts = attrgetter(*(field.name for field in fields(kind)))
            rule = lambda value: (kind.__name__, parts(value))  # noqa: E731 (a class of values has no other name)
        self[kind] = rule
        return rule


_USUAL = Rules()


def fingerprint(value: object, rules: Rules = _USUAL) -> bytes:
    """Sixteen bytes that differ where the values do. The order of a dict counts."""
    written = io.BytesIO()
    writer = _Writer(written, 4)
    writer.rules = rules
    # Without pickle's memo, equal values are written alike whichever objects they share.
    writer.fast = True
    writer.dump(value)
    return hashlib.blake2b(written.getvalue(), digest_size=16).digest()


class _Writer(pickle.Pickler):
    rules: Rules

    def persistent_id(self, value: Any) -> object:
        rule = self.rules[type(value)]
        return rule and rule(value)
