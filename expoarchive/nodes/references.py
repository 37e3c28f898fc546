"""Finds what a value of the records refers to, and which fields of a model may hold values of a type at all."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from expoarchive.nodes.fields import LocalTexts, PartialDate, Quantity, Ref

# Types of values that hold none of another of our types.
_PLAIN = frozenset({str, int, bool, Decimal, PartialDate, Quantity, LocalTexts, Ref, type(None), ...})


def references_in(value: Any) -> list[Ref]:
    """Every reference in a model, dict, list or tuple, at any depth and in order."""
    found: list[Ref] = []
    _find(value, found)
    return found


def _find(value: Any, found: list[Ref]) -> None:
    """Not a generator, which passes each on from depth to depth: there are tens of thousands of values."""
    if isinstance(value, str):
        if isinstance(value, Ref):
            found.append(value)
    elif isinstance(value, list | tuple):
        for inner in value:
            _find(inner, found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _find(key, found)
            _find(inner, found)
    elif value is not None and isinstance(value, BaseModel):
        for name in fields_for(Ref, type(value)):
            _find(getattr(value, name), found)


@cache
def fields_for(kind: type, model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may be or contain a value of the type ``kind``."""
    return tuple(name for name, field in model.model_fields.items() if _may_hold(kind, field.annotation))


def _may_hold(kind: type, annotation: Any) -> bool:
    """Whether a value of this type may be or contain one of ``kind``; every type may of which that is not known."""
    if get_origin(annotation) is Annotated:
        return _may_hold(kind, get_args(annotation)[0])
    if inside := get_args(annotation):
        return get_origin(annotation) is not Literal and any(_may_hold(kind, part) for part in inside)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(fields_for(kind, annotation))
    return annotation is kind or annotation not in _PLAIN
