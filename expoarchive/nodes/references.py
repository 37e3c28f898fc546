"""Finds what a value of the records refers to."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from expoarchive.nodes.fields import PartialDate, Quantity, Ref

# Types of values that neither are references nor contain any.
_PLAIN = frozenset({str, int, bool, Decimal, PartialDate, Quantity, type(None), ...})


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
        for name in _referring(type(value)):
            _find(getattr(value, name), found)


@cache
def _referring(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may contain a reference."""
    return tuple(name for name, field in model.model_fields.items() if _may_refer(field.annotation))


def _may_refer(annotation: Any) -> bool:
    """Whether a value of this type may be or contain a reference; every type may that is not known to be plain."""
    if get_origin(annotation) is Annotated:
        return _may_refer(get_args(annotation)[0])
    if inside := get_args(annotation):
        return get_origin(annotation) is not Literal and any(_may_refer(part) for part in inside)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_referring(annotation))
    return annotation not in _PLAIN
