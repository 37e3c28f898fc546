"""Former ids: references by an id that an entry had before mean the entry, wherever they stand.

They are put right once, when everything has been read, so that no later stage knows of them. Only prose keeps the
former id in its text, which the render stage reads again; ``Records.former`` says there what it means.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
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
            sort, new = former.get((value.target, str(value)), (value.target, ""))
            # The key that it stands under says what it may name: what has become another sort is not at home there.
            fits = new and value.target in (sort, *_OTHER_TARGETS)
            return Ref(new, value.place, value.target) if fits else value
        case Reference():
            sort = _SORT_OF.get(value.kind, value.sort)
            now = former.get((sort, value.target))
            if now is None:
                return value
            return replace(value, target=now[1], sort=now[0] if value.kind == "link" else value.sort)
        case BaseModel():
            parts = {name: getattr(value, name) for name in type(value).model_fields}
            changes = _changes(parts, former)
            return value.model_copy(update=changes) if changes else value
        case Mapping():
            pairs = [(_renewed(key, former), _renewed(inner, former)) for key, inner in value.items()]
            same = all(new is old and inner is value[old] for (new, inner), old in zip(pairs, value, strict=True))
            return value if same else dict(pairs)
        case tuple():
            items = tuple(_renewed(item, former) for item in value)
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    if is_dataclass(value) and not isinstance(value, type):
        changes = _changes({field.name: getattr(value, field.name) for field in fields(value) if field.init}, former)
        return replace(value, **changes) if changes else value
    return value


def _changes(parts: Mapping[str, Any], former: Former) -> dict[str, Any]:
    """Those of the parts that are others without their former ids."""
    pairs = ((name, part, _renewed(part, former)) for name, part in parts.items())
    return {name: new for name, part, new in pairs if new is not part}
