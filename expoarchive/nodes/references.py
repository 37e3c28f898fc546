"""Finds what a value of the records refers to."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from expoarchive.nodes.fields import PartialDate, Quantity, Ref

# Types of values that neither are references nor contain any.
_PLAIN = frozenset({str, int, bool, Decimal, PartialDate, Quantity, type(None), ...})


def references_in(value: Any) -> Iterator[Ref]:
    """Every reference in a model, dict, list or tuple, at any depth and in order."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, BaseModel):
        for name in _referring(type(value)):
            yield from references_in(getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from references_in(key)
            yield from references_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from references_in(inner)


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
