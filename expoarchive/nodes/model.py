"""Nodes into pydantic models; pydantic's complaints into problems that stand at their place."""

import re
from types import UnionType
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from expoarchive.nodes.node import Mapping, Node, Scalar, Sequence
from expoarchive.problem import Place, Problem, nearest


class PlacedStr(str):
    """A scalar's text with its place."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        made = super().__new__(cls, text)
        made.place = place
        return made


class PlacedDict(dict[PlacedStr, Any]):
    """A mapping's values with the mapping's place."""

    place: Place


class Model(BaseModel):
    """Base of every record and of the configuration: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
    _place: Place = PrivateAttr(default_factory=lambda: Place(""))

    @property
    def found_at(self) -> Place:
        """Where this model's mapping begins in its file, or the single value that is its short form."""
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, value: Any, handler: Any) -> Any:
        made = handler(value)
        if isinstance(value, PlacedDict | PlacedStr):
            made._place = value.place
        return made


M = TypeVar("M", bound=Model)


def plain(node: Node) -> Any:
    """The node as dicts, lists and placed strings, for pydantic."""
    match node:
        case Scalar(text=None):
            return None
        case Scalar(text=text, place=place):
            return PlacedStr(text or "", place)
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries, place=place):
            made = PlacedDict((PlacedStr(key.text or "", key.place), plain(value)) for key, value in entries)
            made.place = place
            return made


def read_model(node: Node | None, model: type[M], file: str, context: Any = None) -> tuple[M | None, list[Problem]]:
    """Read ``node`` into ``model``. ``context`` reaches the fields' validators (the site's languages).

    Reports each of pydantic's errors as a problem of its own kind at the value, or at the mapping for a
    missing key, or at the key for an unknown one, with the nearest key that exists. A missing key that stands
    in the file without a usable value is the problem that ``parse_yaml`` reported for it, once more.
    """
    if node is None:
        return None, [Problem("empty-file", Place(file))]
    if not isinstance(node, Mapping):
        return None, [Problem("not-a-mapping", node.place)]
    try:
        return model.model_validate(plain(node), context=context), []
    except ValidationError as error:
        return None, _problems(error, node, model)


# pydantic's own types of error, where one of ours says the same better. Any other one is a ``bad-value``.
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
_LONGEST_SHOWN = 60


def _problems(error: ValidationError, root: Mapping, model: type[BaseModel]) -> list[Problem]:
    """One problem for each error, but none for a missing key whose misspelling is reported beside it."""
    made = [(detail["loc"], _problem(detail, root, model)) for detail in error.errors(include_url=False)]
    meant = {(*location[:-1], problem.nearest) for location, problem in made if problem.kind == "unknown-key"}
    return [problem for location, problem in made if problem.kind != "missing-key" or location not in meant]


def _problem(detail: ErrorDetails, root: Mapping, model: type[BaseModel]) -> Problem:
    kind = _KINDS.get(detail["type"], "bad-value" if detail["type"] in _PYDANTIC_TYPES else detail["type"])
    context = detail.get("ctx", {})
    location = detail["loc"]
    found = _walk(root, location)
    if kind == "unknown-key":
        choices = _keys(model, location[:-1])
        details = {"name": found.name, "choices": ", ".join(sorted(choices))}
        return Problem(kind, found.key_place, details, nearest(found.name, choices))
    if kind == "missing-key":
        name = str(location[-1])
        dropped = dict(found.value.dropped) if isinstance(found.value, Mapping) else {}
        return dropped.get(name) or Problem(kind, found.value.place, {"name": name})
    slip = _keyboard_slip(found.value)
    if slip:
        return slip
    shown = _shown(found.value)
    # A validator that looked into its own value says where in it the fault stands.
    inner = context.get("place")
    place = inner if isinstance(inner, Place) else found.value.place
    said = {key: str(value) for key, value in context.items() if key not in ("place", "nearest", "error")}
    details = {"name": found.name, "found": shown, **said}
    if kind == "not-one-of":
        choices = [choice.strip(" '") for choice in said.get("expected", "").replace(" or ", ",").split(",")]
        return Problem(kind, place, {**details, "choices": ", ".join(choices)}, nearest(shown, choices))
    if kind == "bad-value":
        details["reason"] = detail["msg"]
    return Problem(kind, place, details, context.get("nearest") or None)


def _keyboard_slip(value: Node) -> Problem | None:
    """A full-width colon that turned an entry into plain text where anything but text was due."""
    if not isinstance(value, Scalar) or value.quoted:
        return None
    colon = _FULLWIDTH_KEY.match(value.text or "")
    if colon is None:
        return None
    at = value.place
    place = Place(at.file, at.line, at.column + colon.end() - 1, at.excerpt)
    return Problem("fullwidth-colon", place, {"name": colon.group(1)})


class _Found:
    def __init__(self, value: Node, key_place: Place, name: str) -> None:
        self.value = value
        self.key_place = key_place
        # The key it stands under; for an item, the key of its list.
        self.name = name


def _walk(root: Node, location: tuple[int | str, ...]) -> _Found:
    """The node at pydantic's location; steps that the file leaves out (a list's short form) are passed over."""
    found = _Found(root, root.place, "")
    for at, step in enumerate(location):
        node = found.value
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = _Found(node.items[step], node.items[step].place, found.name)
        elif isinstance(node, Mapping) and isinstance(step, str):
            key, value = node.key(step), node.get(step)
            if key is not None and value is not None:
                in_key = location[at + 1 :] == (_IN_KEY,)
                found = _Found(key if in_key else value, key.place, step)
    return found


def _shown(node: Node) -> str:
    match node:
        case Scalar(text=text):
            shown = " ".join((text or "").split())
            return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"
        case Sequence():
            return "[…]"
        case Mapping():
            return "{…}"


def _keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys that the model nested at ``location`` takes."""
    at: Any = model
    for step in location:
        at = _inside(at, step)
    at = _bare(at)
    return [field.alias or name for name, field in at.model_fields.items()] if _is_model(at) else []


def _inside(annotation: Any, step: int | str) -> Any:
    """The type of what stands at ``step`` in a value of this type."""
    kind = _bare(annotation)
    if _is_model(kind):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return fields.get(str(step))
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) in (tuple, list):
        return get_args(kind)[0]
    return None


def _bare(annotation: Any) -> Any:
    """A type without its metadata and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
