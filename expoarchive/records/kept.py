"""What was read of a file, as bytes that a later build reads back: values of the archive's own kinds and of no others.

Reading a text means parsing and checking it; reading the result back is a tenth of the work. The bytes name classes of
``nodes``, ``problem`` and ``records`` alone, which hold values and do nothing, so that bytes which somebody else put in
their place can make a wrong record, as a wrong file could, but not run code.
"""

import io
import pickle
import sys
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any

from expoarchive.nodes import Model, SourceText
from expoarchive.nodes.fields import Ref
from expoarchive.nodes.model import PlacedStr

_OURS = tuple(f"expoarchive.{name}" for name in ("nodes", "problem", "records"))


def digest_of(source: SourceText) -> bytes:
    """Sixteen bytes that differ where the texts do."""
    return blake2b(source.text.encode(), digest_size=16).digest()


def pack(value: object, source: SourceText) -> bytes:
    """``value``, which was read of ``source``, as bytes. Parts of the text itself are not among them."""
    written = io.BytesIO()
    _Writer(written, source).dump(value)
    return written.getvalue()


def unpack(packed: bytes, source: SourceText) -> Any:
    """What was packed of the same ``source``. Raises ``pickle.UnpicklingError`` for what is none of ours."""
    return _Reader(packed, source).load()


class _Writer(pickle.Pickler):
    def __init__(self, written: io.BytesIO, source: SourceText) -> None:
        super().__init__(written, pickle.HIGHEST_PROTOCOL)
        self.source = source

    def persistent_id(self, value: Any) -> tuple[int, int] | None:
        """The end of the text, as a Markdown body is, by its first line and its length."""
        if isinstance(value, SourceText) and self.source.text.endswith(value.text):
            return value.first_line, len(value.text)
        return None

    def reducer_override(self, value: Any) -> Any:
        match value:
            case Ref():
                return Ref, (str.__str__(value), value.place, value.target)
            case PlacedStr():
                return PlacedStr, (str.__str__(value), value.place)
            case _ if is_dataclass(value) and not isinstance(value, type):
                return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Reader(pickle.Unpickler):
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
    """One of the classes that values are made of. Raises ``pickle.UnpicklingError`` for anything else."""
    if (module, name) == (Decimal.__module__, Decimal.__name__):
        return Decimal
    # Only what is loaded anyway: looking a name up must not import a module.
    found = getattr(sys.modules.get(module), name, None) if module.startswith(_OURS) else None
    if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Model | PlacedStr)):
        return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value of an archive")
