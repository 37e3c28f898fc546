"""Whether a kept value has the type it should have: anybody may have put another in its place."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import repeat
from operator import call
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Check = Callable[[Any], bool]
# Text read from a file never has one, and text that has one cannot be written.
_SURROGATE = re.compile("[\ud800-\udfff]")
# None of our numbers is as large, and Python refuses to print much larger ones.
_LARGEST = 2**63
_OURS = "expoarchive."


def shaped(value: object, kind: type[T]) -> T | None:
    """The value, or None where it, or anything in it, is not what the type ``kind`` says."""
    try:
        return cast(T, value) if _check(cast(Any, kind))(value) else None
    except RecursionError:
        return None


def shaped_json(data: bytes, kind: type[T]) -> T | None:
    """The value that these bytes of JSON hold; None where they hold anything but a value of the type ``kind``."""
    try:
        return shaped(json.loads(data.decode()), kind)
    except (ValueError, RecursionError):
        return None


def parts_of(kind: type) -> Any:
    """The type of a tuple of all fields of a class, in order."""
    return tuple[tuple(get_type_hints(kind).values())]  # type: ignore[misc]


@cache
def _check(kind: Any) -> Check:
    """The check for a type. Built once per type, as there are thousands of values."""
    origin, parts = get_origin(kind), get_args(kind)
    if plain := _PLAIN.get(kind):
        return plain
    if origin is Annotated:
        return _check(parts[0])
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in parts
    if origin in (Union, UnionType):
        checks = [_check(part) for part in parts]
        return lambda value: any(map(call, checks, repeat(value)))
    if origin is tuple:
        return _of_tuple(parts)
    if origin in (dict, Mapping):
        keys, values = map(_each, map(_check, parts))
        return lambda value: isinstance(value, dict) and keys(value) and values(value.values())
    if origin in (list, set, frozenset):
        items = _each(_check(parts[0]))
        return lambda value: isinstance(value, origin) and items(value)
    return _of_class(kind)


def _of_tuple(parts: tuple[Any, ...]) -> Check:
    if parts[-1:] == (...,):
        items = _each(_check(parts[0]))
        return lambda value: isinstance(value, tuple) and items(value)
    checks = [_check(part) for part in parts]
    return lambda value: isinstance(value, tuple) and len(value) == len(checks) and all(map(call, checks, value))


def _each(check: Check) -> Check:
    """The check for each of some values."""
    return _are_texts if check is _is_text else lambda values: all(map(check, values))


def _are_texts(values: Iterable[Any]) -> bool:
    """All at once: a large site has two million of them."""
    try:
        return _is_text("".join(values))
    except TypeError:
        return False


def _of_class(kind: type) -> Check:
    """A class: for one of the generator's own, every annotated attribute is checked too; texts in a kind of dict."""
    if issubclass(kind, dict):
        return lambda value: isinstance(value, kind) and _are_texts((*value, *value.values()))
    hints = get_type_hints(kind, include_extras=True) if kind.__module__.startswith(_OURS) else {}
    checks = {
        name: _check(hint)
        for name, hint in hints.items()
        if not name.startswith("__") and get_origin(hint) is not ClassVar and hint is not ClassVar
    }
    missing = object()
    return lambda value: (
        isinstance(value, kind)
        and all(map(call, checks.values(), map(getattr, repeat(value), checks, repeat(missing))))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or not _SURROGATE.search(value))


_PLAIN: dict[Any, Check] = {
    Any: lambda value: True,
    object: lambda value: True,
    str: _is_text,
    bytes: lambda value: isinstance(value, bytes),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST,
    Decimal: lambda value: isinstance(value, Decimal) and value.is_finite(),
    NoneType: lambda value: value is None,
    None: lambda value: value is None,
}
