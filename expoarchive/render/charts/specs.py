"""Reading templates/charts/*.yaml and filling their placeholders."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from expoarchive.nodes import SourceText, list_files, read_text
from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.charts.layout import PLACEHOLDERS
from expoarchive.render.charts.model import Arrangement, Marks, Spec

FOLDER = "templates/charts"
_KEYS = {"arrangement", "marks", "gather_missing", "wide", "narrow", "both"}


def read_spec(root: Path, name: str, place: Place) -> tuple[Spec | None, list[Problem]]:
    """The spec ``name`` of the site at ``root``; ``place`` is where it was asked for.

    Reports ``chart-spec-unknown`` (at ``place``), ``chart-spec-broken`` and ``chart-spec-placeholder``.
    """
    file = f"{FOLDER}/{name}.yaml"
    there = [Path(other).stem for other in list_files(root, FOLDER)[0] if other.endswith(".yaml")]
    if name not in there:
        details = {"name": name, "choices": ", ".join(there)}
        return None, [Problem("chart-spec-unknown", place, details, nearest(name, there))]
    source, problems = read_text(root, file)
    if source is None:
        return None, problems
    try:
        read = yaml.load(source.text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = source.place(mark.line + 1, mark.column + 1) if mark else source.place()
        return None, [Problem("chart-spec-broken", at, {"reason": str(error.problem)})]
    reason = _broken(read)
    if reason:
        return None, [Problem("chart-spec-broken", source.place(), {"reason": reason})]
    problems = [_unknown(source, name) for name in sorted(set(_placeholders(read)) - PLACEHOLDERS)]
    if problems:
        return None, problems
    both = read.get("both")
    spec = Spec(
        name=name,
        arrangement=cast(Arrangement, read["arrangement"]),
        marks=cast(Marks, read["marks"]),
        gather_missing=read.get("gather_missing", False),
        wide=read.get("wide", both),
        narrow=read.get("narrow", both),
    )
    return spec, []


def _broken(read: Any) -> str | None:
    """What keeps a file's content from being a spec."""
    if not isinstance(read, dict):
        return "not a mapping"
    unknown = read.keys() - _KEYS
    if unknown:
        return f"unknown key {sorted(map(str, unknown))[0]}"
    for key, choices in (("arrangement", get_args(Arrangement)), ("marks", get_args(Marks))):
        if read.get(key) not in choices:
            return f"{key}: {' / '.join(choices)}"
    for key in ("wide", "narrow"):
        if not isinstance(read.get(key, read.get("both")), dict):
            return f"no {key}"
    return None


def _placeholders(node: Any) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("$"):
        yield node[1:]
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _placeholders(value)
    elif isinstance(node, list):
        for value in node:
            yield from _placeholders(value)


def _unknown(source: SourceText, name: str) -> Problem:
    place = source.place_at(source.text.index(f"${name}"))
    return Problem("chart-spec-placeholder", place, {"name": f"${name}"}, nearest(name, PLACEHOLDERS))


def filled(node: Any, values: Mapping[str, Any]) -> Any:
    """``node`` with each text that is a placeholder replaced by its value. KeyError for one without."""
    if isinstance(node, str) and node.startswith("$"):
        return values[node[1:]]
    if isinstance(node, Mapping):
        return {key: filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, values) for value in node]
    return node
