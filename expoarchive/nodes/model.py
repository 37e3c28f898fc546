"""Reads nodes into pydantic models, and turns pydantic's errors into problems with places."""

import re
from types import UnionType
from typing import Annotated, Any, NamedTuple, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from expoarchive.nodes.node import MappingNode, Node, Scalar, SequenceNode
from expoarchive.problem import Place, Problem, nearest, shortened


class PlacedStr(str):
    """A scalar's text with its place."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        placed = super().__new__(cls, text)
        placed.place = place
        return placed

    def __getnewargs__(self) -> tuple[Any, ...]:
        # So that it can be copied and sent to another process, as part of a problem.
        return str(self), self.place


class PlacedDict(dict[PlacedStr, Any]):
    """A mapping's values with the mapping's place."""

    place: Place


class Model(BaseModel):
    """The base of every record and of the configuration: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)
    _place: Place = PrivateAttr(default_factory=lambda: Place(""))

    @property
    def found_at(self) -> Place:
        """Where this model's mapping begins in its file, or the single value where the short form was used."""
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, value: Any, handler: Any) -> Any:
        model = handler(value)
        if isinstance(value, PlacedDict | PlacedStr):
            model._place = value.place
        return model


M = TypeVar("M", bound=Model)


def _data(node: Node) -> Any:
    """The node as dicts, lists and placed strings, for pydantic."""
    match node:
        case Scalar(text=None):
            return None
        case Scalar(text=text, place=place):
            return PlacedStr(text or "", place)
        case SequenceNode(items=items):
            return [_data(item) for item in items]
        case MappingNode(entries=entries, place=place):
            data = PlacedDict((PlacedStr(key.text or "", key.place), _data(value)) for key, value in entries)
            data.place = place
            return data


def read_model(node: Node | None, model: type[M], file: str, context: Any = None) -> tuple[M | None, list[Problem]]:
    """Read ``node`` into ``model``. The validators of fields get ``context`` (the site's languages).

    Reports each of pydantic's errors as a problem of its own kind: at the value, for a missing key at the mapping,
    and for an unknown key at the key, with the nearest key that exists. If a missing key does stand in the file but
    has no usable value, the problem that ``parse_yaml`` reported for it is repeated instead.
    """
    if node is None:
        return None, [Problem("empty-file", Place(file))]
    if not isinstance(node, MappingNode):
        return None, [Problem("not-a-mapping", node.place)]
    try:
        return model.model_validate(_data(node), context=context), []
    except ValidationError as error:
        return None, _problems(error, node, model)


# pydantic's error types for which we have better words. Any other becomes a ``bad-value``.
_KINDS = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "not-one-of",
    "enum": "not-one-of",
    "model_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "string_type": "not-text",
    "too_short": "too-few",
}
_PYDANTIC_TYPES = frozenset(get_args(ErrorType))
# pydantic's mark for an error in a mapping's key.
_IN_KEY = "[key]"
_FULLWIDTH_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)：")
_LONGEST_EXCERPT = 60


def _problems(error: ValidationError, root: MappingNode, model: type[BaseModel]) -> list[Problem]:
    """One problem for each error, except for a missing key whose misspelling is reported beside it.

    A fault of several keys, of which one is due, names them in its detail ``lacks``.
    """
    located = [(detail["loc"], _problem(detail, root, model)) for detail in error.errors(include_url=False)]
    meant = {"unknown-key": lambda one: one.nearest, "curly-quotes": lambda one: one.details["meant"]}
    misspelt = {
        (*location[:-1], meant[problem.kind](problem)) for location, problem in located if problem.kind in meant
    }

    def follows(location: tuple[int | str, ...], problem: Problem) -> bool:
        keys = [location[-1]] if problem.kind == "missing-key" else problem.details.get("lacks", "").split()
        return any((*location[:-1], key) in misspelt for key in keys)

    return [problem for location, problem in located if not follows(location, problem)]


def _problem(detail: ErrorDetails, root: MappingNode, model: type[BaseModel]) -> Problem:
    kind = _KINDS.get(detail["type"], "bad-value" if detail["type"] in _PYDANTIC_TYPES else detail["type"])
    context = detail.get("ctx", {})
    location = detail["loc"]
    entry = _entry_at(root, location)
    if kind == "unknown-key":
        choices = _keys(model, location[:-1])
        if (meant := uncurled(entry.name)) in choices:
            return Problem("curly-quotes", entry.key_place, {"found": entry.name, "meant": meant})
        details = {"name": entry.name, "choices": ", ".join(sorted(choices))}
        return Problem(kind, entry.key_place, details, nearest(entry.name, choices))
    if kind == "missing-key":
        name = str(location[-1])
        dropped = dict(entry.value.dropped) if isinstance(entry.value, MappingNode) else {}
        return dropped.get(name) or Problem(kind, entry.value.place, {"name": name})
    slip = _keyboard_slip(entry.value)
    if slip:
        return slip
    excerpt = _excerpt(entry.value)
    # A validator that looks inside its value says where in it the fault is.
    inner = context.get("place")
    place = inner if isinstance(inner, Place) else entry.value.place
    own = {key: str(value) for key, value in context.items() if key not in ("place", "nearest", "error")}
    details = {"name": entry.name, "found": excerpt, **own}
    if kind == "not-one-of":
        choices = [choice.strip(" '") for choice in own.get("expected", "").replace(" or ", ",").split(",")]
        return Problem(kind, place, {**details, "choices": ", ".join(choices)}, nearest(excerpt, choices))
    if kind == "bad-value":
        details["reason"] = detail["msg"]
    return Problem(kind, place, details, context.get("nearest") or None)


# What word processors and Chinese keyboards put in the place of straight quotes.
_CURLY = re.compile(r"[“”„‟＂](.*)[“”‟＂]|[‘’‚＇](.*)[‘’＇]")


def uncurled(text: str) -> str:
    """What stands within a text's curly quotes; empty where it is not within such."""
    match = _CURLY.fullmatch(text)
    return (match[1] or match[2] or "") if match else ""


def _keyboard_slip(value: Node) -> Problem | None:
    """A full-width colon that turned an entry into text, where text is not allowed; curly quotes that are no quotes."""
    if not isinstance(value, Scalar) or value.quoted:
        return None
    if inner := uncurled(value.text or ""):
        return Problem("curly-quotes", value.place, {"found": value.text or "", "meant": inner})
    colon = _FULLWIDTH_KEY.match(value.text or "")
    if colon is None:
        return None
    return Problem("fullwidth-colon", value.place.at(value.place.column + colon.end() - 1), {"name": colon.group(1)})


class _Entry(NamedTuple):
    """A value, and the key it stands under; for an item of a list, the key of the list."""

    value: Node
    key_place: Place
    name: str


def _entry_at(root: Node, location: tuple[int | str, ...]) -> _Entry:
    """The entry at pydantic's location; steps that the file leaves out (a list's short form) are skipped."""
    entry = _Entry(root, root.place, "")
    for at, step in enumerate(location):
        node = entry.value
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            entry = _Entry(node.items[step], node.items[step].place, entry.name)
        elif isinstance(node, MappingNode) and isinstance(step, str):
            key, value = node.key(step), node.get(step)
            if key is not None and value is not None:
                in_key = location[at + 1 :] == (_IN_KEY,)
                entry = _Entry(key if in_key else value, key.place, step)
    return entry


def _excerpt(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return shortened(" ".join((text or "").split()), _LONGEST_EXCERPT)
        case SequenceNode():
            return "[…]"
        case MappingNode():
            return "{…}"


def _keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys that the model nested at ``location`` takes."""
    kind: Any = model
    for step in location:
        kind = _fields(kind).get(str(step)) if _fields(kind) else _item(kind)
    return list(_fields(kind))


def _fields(annotation: Any) -> dict[str, Any]:
    """The types of a model's fields, by key; none for any other type."""
    kind = _bare(annotation)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    return {field.alias or name: field.annotation for name, field in kind.model_fields.items()}


def _item(annotation: Any) -> Any:
    """The type of the items of a list, a tuple of any length, or a dict."""
    kind = _bare(annotation)
    return get_args(kind)[-1 if get_origin(kind) is dict else 0] if get_origin(kind) in (dict, list, tuple) else None


def _bare(annotation: Any) -> Any:
    """A type without its metadata and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation
