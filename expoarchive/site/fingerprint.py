"""A short digest of any value of the records, the same in every process; where it stands in its file is left out."""

import hashlib
import io
import pickle
from typing import Any

from pydantic import BaseModel

from expoarchive.nodes import SourceText
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place
from expoarchive.records.kept import digest_of


def fingerprint(value: object) -> bytes:
    """Sixteen bytes that differ where the values do. The order of a dict counts."""
    if isinstance(value, SourceText):
        return digest_of(value)
    written = io.BytesIO()
    writer = _Writer(written, 4)
    # Without its memory of objects seen, equal values are written alike however they share their parts.
    writer.fast = True
    writer.dump(value)
    return hashlib.blake2b(written.getvalue(), digest_size=16).digest()


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        match value:
            case Place():
                return _nothing, ()
            case PlacedStr():
                return str, (str.__str__(value),)
            case SourceText():
                return str, (value.text,)
            case BaseModel():
                return _of_kind, (type(value).__name__, *value.__dict__.values())
        return NotImplemented


def _nothing() -> None:
    """Stands for a place."""


def _of_kind(*parts: object) -> tuple[object, ...]:
    return parts
