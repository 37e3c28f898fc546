"""Which texts of the archive's own a language does not have yet, so that pages show those of another."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from pydantic import BaseModel

from expoarchive.config import CONFIG_FILE, Config
from expoarchive.nodes.fields import LocalTexts
from expoarchive.nodes.model import Model
from expoarchive.nodes.references import fields_for
from expoarchive.problem import Place
from expoarchive.records.archive import Article, Records, Vocabularies


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A text of a record: the key that it stands under, where its mapping begins, and the text by language."""

    key: str
    place: Place
    texts: LocalTexts


def local_texts(config: Config, records: Records) -> list[LocalPlace]:
    """Every text of the configuration and the records, as each of the site's languages should have it."""
    return [*_texts_in(config), *_texts_in([getattr(records, field.name) for field in fields(records)])]


def _texts_in(value: Any, key: str = "", place: Place | None = None) -> Iterator[LocalPlace]:
    match value:
        case None | str() | int():
            return
        case LocalTexts():
            yield LocalPlace(key, place or Place(CONFIG_FILE), value)
        case Vocabularies():
            yield from _texts_in(value.by_sort)
        case Article():
            yield from _texts_in(value.record)
        case dict():
            for inner in value.values():
                yield from _texts_in(inner, key, place)
        case list() | tuple():
            for inner in value:
                yield from _texts_in(inner, key, place)
        case BaseModel():
            # Last, as to ask for a model takes long.
            here = value.found_at if isinstance(value, Model) else place
            for name in fields_for(LocalTexts, type(value)):
                yield from _texts_in(getattr(value, name), name, here)
