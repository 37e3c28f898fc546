"""Whether a kept value has the type it should have: anybody may have put another in its place."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
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
    if kind is Any or kind is object:
        return lambda value: True
    if origin is Annotated:
        return _check(parts[0])
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in parts
    if origin in (Union, UnionType):
        checks = [_check(part) for part in parts]
        return lambda value: any(check(value) for check in checks)
    if origin is tuple:
        return _of_tuple(parts)
    if origin in (list, set, frozenset):
        item = _check(parts[0])
        return lambda value: isinstance(value, origin) and all(map(item, value))
    if origin in (dict, Mapping):
        return _of_dict(_check(parts[0]), _check(parts[1]))
    if isinstance(kind, type) and issubclass(kind, dict):
        return lambda value: isinstance(value, kind) and all(map(_is_text, (*value, *value.values())))
    return _PLAIN.get(kind) or _of_class(kind)


def _of_tuple(parts: tuple[Any, ...]) -> Check:
    if parts[-1:] == (...,):
        item = _check(parts[0])
        return lambda value: isinstance(value, tuple) and all(map(item, value))
    items = [_check(part) for part in parts]
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(items)
        and all(item(one) for item, one in zip(items, value, strict=True))
    )


def _of_dict(key: Check, item: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(map(key, value)) and all(map(item, value.values()))


def _of_class(kind: type) -> Check:
    """A class: for one of the generator's own, every annotated attribute is checked too."""
    hints = get_type_hints(kind, include_extras=True) if kind.__module__.startswith(_OURS) else {}
    checks = [
        (name, _check(hint))
        for name, hint in hints.items()
        if not name.startswith("__") and get_origin(hint) is not ClassVar and hint is not ClassVar
    ]
    missing = object()
    return lambda value: isinstance(value, kind) and all(check(getattr(value, name, missing)) for name, check in checks)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or not _SURROGATE.search(value))


_PLAIN: dict[Any, Check] = {
    str: _is_text,
    bytes: lambda value: isinstance(value, bytes),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST,
    Decimal: lambda value: isinstance(value, Decimal) and value.is_finite(),
    NoneType: lambda value: value is None,
    None: lambda value: value is None,
}
