"""The examples of each partial, from its ``examples.yaml``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import PurePosixPath
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml
from markupsafe import Markup

from expoarchive.problem import Place, Problem
from expoarchive.render import values
from expoarchive.render.environment import RAISED, Templates
from expoarchive.render.strings import StringFault, Strings
from expoarchive.render.theme import Theme

PARTIALS = "partials"
# Kinds of parameters that are not views.
PLAIN = ("flag", "number", "text", "counts", "strings")
_COMMENT = re.compile(r"\{#(.*?)#\}", re.DOTALL)


class Undrawn(Exception):
    """A partial cannot be drawn with an example."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


@dataclass(frozen=True)
class Example:
    """Arguments for a partial, in the language with the id ``language``."""

    name: str
    language: str
    given: Mapping[str, Any]
    place: Place


@dataclass(frozen=True)
class Partial:
    """A partial: its template's description, its macro with its parameters, and its examples.

    A partial that ``speaks`` takes the strings too.
    """

    name: str
    says: str
    macro: str
    takes: Mapping[str, Any]
    speaks: bool
    examples: tuple[Example, ...]

    def draw(self, example: Example, templates: Templates, strings: Strings) -> str:
        """The HTML of an example. Raises ``Undrawn`` if the macro does not accept its arguments."""
        try:
            template = templates.environment.get_template(f"{PARTIALS}/{self.name}/template.html")
            words = [strings] if self.speaks else []
            given = {name: _parameter(self.takes[name], data) for name, data in example.given.items()}
            return str(getattr(template.module, self.macro)(*words, **given))
        except StringFault:
            raise
        except RAISED as error:
            raise Undrawn(_problem(example.place, error)) from None


def read_partials(theme: Theme) -> Iterator[Partial]:
    """The partials, by name. Raises ``Undrawn`` for one whose examples cannot be read."""
    for template in theme.names(PARTIALS):
        if not PurePosixPath(template).match(f"{PARTIALS}/*/template.html"):
            continue
        source, problems = theme.text(template.replace("template.html", "examples.yaml"))
        if source is None:
            raise Undrawn(problems[0])
        file, text = source.file, source.text
        try:
            data = yaml.load(text, yaml.CSafeLoader)
            examples = [
                Example(name, example["lang"], example["with"], _place(file, text, name))
                for name, example in data["examples"].items()
            ]
            macro, takes, speaks = data["macro"], data["takes"], not data.get("without_strings")
        except (*RAISED, yaml.YAMLError) as error:
            raise Undrawn(_problem(Place(file), error)) from None
        html, _ = theme.text(template)
        comment = _COMMENT.search(html.text) if html else None
        says = " ".join(comment.group(1).split()) if comment else ""
        yield Partial(PurePosixPath(template).parent.name, says, macro, takes, speaks, tuple(examples))


def _place(file: str, text: str, name: str) -> Place:
    """Where an example begins."""
    match = re.search(rf"^ +{re.escape(name)}:", text, re.MULTILINE)
    if match is None:
        return Place(file)
    line = text.count("\n", 0, match.start()) + 1
    return Place(file, line, match.group().index(name) + 1, text.split("\n")[line - 1])


def _problem(place: Place, error: BaseException) -> Problem:
    return Problem("example-undrawn", place, {"reason": f"{type(error).__name__}: {error}"})


def _parameter(kind: Any, data: Any) -> Any:
    """Plain data as an argument of the macro."""
    if isinstance(kind, list):
        return [_parameter(kind[0], item) for item in data]
    return data if kind in PLAIN else _view(vars(values)[kind], data)


def _view(hint: Any, data: Any) -> Any:
    """Plain data as a value of the type ``hint``: nested views, tuples of them, HTML."""
    origin, inner = get_origin(hint), get_args(hint)
    if data is None:
        return None
    if origin in (Union, UnionType):
        return _view(next(kind for kind in inner if kind is not NoneType), data)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(_view(inner[0], item) for item in data)
    if origin is tuple:
        return tuple(_view(kind, item) for kind, item in zip(inner, data, strict=True))
    if is_dataclass(hint):
        hints = get_type_hints(hint, vars(values))
        return hint(**{name: _view(hints[name], value) for name, value in data.items()})  # type: ignore[operator]
    return Markup(data) if hint is Markup else data
