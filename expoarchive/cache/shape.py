"""Whether a kept value has the type it should have: anybody may have put another in its place."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Check = Callable[[Any], bool]
# None of our numbers is as large, and Python refuses to print much larger ones.
_LARGEST = 2**63
_OURS = "expoarchive."


def shaped(value: object, kind: type[T]) -> T | None:
    """The value, or None where it, or anything in it, is not what the type ``kind`` says."""
    try:
        return cast(T, value) if _check(cast(Any, kind))(value) else None
    except (AttributeError, RecursionError):
        # An object of a class of ours may lack what every other has.
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
        return _of_union([_check(part) for part in parts if part is not NoneType], optional=NoneType in parts)
    if origin is tuple:
        return _of_tuple(parts)
    if origin in (dict, Mapping):
        keys, values = map(_each, map(_check, parts))
        return lambda value: isinstance(value, dict) and keys(value) and values(value.values())
    if origin in (list, set, frozenset):
        items = _each(_check(parts[0]))
        return lambda value: isinstance(value, origin) and items(value)
    return _of_class(kind)


def _of_union(checks: Sequence[Check], *, optional: bool) -> Check:
    if optional and len(checks) == 1:
        check = checks[0]
        return lambda value: value is None or check(value)
    return lambda value: (optional and value is None) or any(map(call, checks, repeat(value)))


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
    if not checks:
        return lambda value: isinstance(value, kind)
    # Texts first, to be checked all at once. The class before them, as of one name there would be no tuple.
    names = sorted(checks, key=lambda name: checks[name] is not _is_text)
    texts = sum(check is _is_text for check in checks.values())
    others = [checks[name] for name in names[texts:]]
    values_of: Callable[[Any], Any] = attrgetter("__class__", *names)

    def check(value: Any) -> bool:
        if not isinstance(value, kind):
            return False
        values = values_of(value)
        return _are_texts(values[1 : 1 + texts]) and all(map(call, others, values[1 + texts :]))

    return check


def _is_text(value: Any) -> bool:
    """Text without a surrogate: text read from a file never has one, and text that has one cannot be written."""
    try:
        return isinstance(value, str) and (value.isascii() or bool(value.encode()))
    except UnicodeEncodeError:
        return False


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
