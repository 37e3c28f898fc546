"""Packs what was read from a file into bytes that a later build reads back.

Parsing and checking a text takes ten times as long as reading back the result. The bytes can name only classes of
``nodes``, ``problem`` and ``records`` that hold values and do nothing. Forged bytes can therefore produce a wrong
record, as a wrong file could, but they cannot run code.
"""

import io
import pickle
import sys
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any

from expoarchive.nodes import Model, SourceText
from expoarchive.nodes.fields import LocalTexts, Ref
from expoarchive.nodes.model import PlacedStr

_OURS = tuple(f"expoarchive.{name}" for name in ("nodes", "problem", "records"))


def digest_of(source: SourceText) -> bytes:
    """A digest of the text, in sixteen bytes."""
    return blake2b(source.text.encode(), digest_size=16).digest()


def pack(value: object, source: SourceText) -> bytes:
    """``value``, which was read from ``source``, as bytes without the text itself."""
    buffer = io.BytesIO()
    _Pickler(buffer, source).dump(value)
    return buffer.getvalue()


def unpack(packed: bytes, source: SourceText) -> Any:
    """The value packed with the same ``source``. Raises ``pickle.UnpicklingError`` for classes that are not ours."""
    return _Unpickler(packed, source).load()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, source: SourceText) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self.source = source

    def persistent_id(self, value: Any) -> tuple[int, int] | None:
        """The first line and the length of an end of the text, such as a Markdown body, instead of a copy."""
        if isinstance(value, SourceText) and self.source.text.endswith(value.text):
            return value.first_line, len(value.text)
        return None

    def reducer_override(self, value: Any) -> Any:
        match value:
            case Ref():
                return Ref, (str.__str__(value), value.place, value.target)
            case PlacedStr():
                return PlacedStr, (str.__str__(value), value.place)
            case LocalTexts():
                return LocalTexts, (dict(value),)
            case _ if is_dataclass(value) and not isinstance(value, type):
                kind: Any = type(value)
                return kind, tuple([getattr(value, name) for name in kind.__match_args__])
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, packed: bytes, source: SourceText) -> None:
        super().__init__(io.BytesIO(packed))
        self.source = source

    def persistent_load(self, pid: Any) -> SourceText:
        first_line, length = pid
        return SourceText(self.source.file, self.source.text[len(self.source.text) - length :], first_line)

    def find_class(self, module: str, name: str) -> Any:
        return _kind(module, name)


@cache
def _kind(module: str, name: str) -> Any:
    """The class of a value. Raises ``pickle.UnpicklingError`` unless it is one of the classes described above."""
    if (module, name) == (Decimal.__module__, Decimal.__name__):
        return Decimal
    # Only in modules that are loaded already, because unpacking must not import any.
    kind = getattr(sys.modules.get(module), name, None) if module.startswith(_OURS) else None
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Model | PlacedStr | LocalTexts)):
        return kind
    raise pickle.UnpicklingError(f"{module}.{name} is not a class of values")
