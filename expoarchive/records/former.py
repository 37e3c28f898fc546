"""Former ids: references by an id that an entry had before mean the entry, wherever they stand.

They are put right once, when everything has been read, so that no later stage knows of them. Only prose keeps the
former id in its text, which the render stage reads again; ``Records.former`` says there what it means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar

from pydantic import BaseModel

from expoarchive.nodes.fields import Ref
from expoarchive.records.archive import Article
from expoarchive.records.prose import Reference

# What an id was an id of, and the id: ("place", "port-lune").
Named = tuple[str, str]
Former = Mapping[Named, Named]
T = TypeVar("T")
_SORT_OF = {"citation": "source", "figure": "claim", "absence": "absence"}
# What references may name that are of no one sort.
_OTHER_TARGETS = ("section", "part")


def former_ids(parts: Mapping[str, Any]) -> dict[Named, Named]:
    """What each former id means now, of the ``parts`` that records are made of. An id that exists means what has it."""
    tables: dict[str, Mapping[str, Any]] = {
        **{name: parts[f"{name}s"] for name in ("source", "article", "page", "picture", "recording")},
        **parts["vocabularies"].by_sort,
    }
    former: dict[Named, Named] = {}
    for sort, entries in tables.items():
        for entry_id, entry in entries.items():
            record = entry.record if isinstance(entry, Article) else entry
            for alias in getattr(record, "aliases", ()):
                before, _, old = str(alias).rpartition(":")
                if old not in tables.get(before or sort, {}):
                    former.setdefault((before or sort, old), (sort, entry_id))
    others = {"page": "section", **{sort.name: "part" for sort in parts["vocabularies"].sorts.parts}}
    for (before, old), (sort, entry_id) in [*former.items()]:
        if before in others and others[before] == others.get(sort):
            former.setdefault((others[before], old), (sort, entry_id))
    return former


def renewed(value: T, former: Former) -> T:
    """The value with every former id in it replaced; the same object where there is none."""
    return _renewed(value, former)  # type: ignore[no-any-return]


def _renewed(value: Any, former: Former) -> Any:
    match value:
        case Ref():
            return _renewed_ref(value, former)
        case Reference():
            return _renewed_reference(value, former)
        case BaseModel():
            return value.model_copy(update=changes) if (changes := _changes(value, former)) else value
        case Mapping():
            keys, inner = _renewed((*value,), former), _renewed((*value.values(),), former)
            return value if _same(keys, value) and _same(inner, value.values()) else dict(zip(keys, inner, strict=True))
        case tuple():
            items = tuple(_renewed(item, former) for item in value)
            return value if _same(items, value) else items
    if is_dataclass(value) and not isinstance(value, type) and (changes := _changes(value, former)):
        return replace(value, **changes)
    return value


def _same(new: Iterable[Any], old: Iterable[Any]) -> bool:
    """Whether the objects are the same ones."""
    return all(map(is_, new, old))


def _renewed_ref(ref: Ref, former: Former) -> Ref:
    sort, new = former.get((ref.target, str(ref)), (ref.target, ""))
    # The key that it stands under says what it may name: what has become another sort is not at home there.
    fits = new and ref.target in (sort, *_OTHER_TARGETS)
    return Ref(new, ref.place, ref.target) if fits else ref


def _renewed_reference(reference: Reference, former: Former) -> Reference:
    now = former.get((_SORT_OF.get(reference.kind, reference.sort), reference.target))
    if now is None:
        return reference
    return replace(reference, target=now[1], sort=now[0] if reference.kind == "link" else reference.sort)


def _changes(value: Any, former: Former) -> dict[str, Any]:
    """Those parts of a model or a dataclass that are others without their former ids."""
    if isinstance(value, BaseModel):
        names = [*type(value).model_fields]
    else:
        names = [field.name for field in fields(value) if field.init]
    pairs = ((name, part := getattr(value, name), _renewed(part, former)) for name in names)
    return {name: new for name, part, new in pairs if new is not part}
