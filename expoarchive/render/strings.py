"""Every word of the interface, from ``templates/strings/<language>.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from expoarchive.config import Config
from expoarchive.nodes import Node, Scalar, parse_yaml, read_text
from expoarchive.nodes.node import Mapping as MappingNode
from expoarchive.problem import Place, Problem, nearest

FOLDER = "templates/strings/"


class UnknownString(LookupError):
    """A template or view asked for a string that the language does not have."""

    def __init__(self, key: str, close: str | None) -> None:
        self.key, self.near = key, close
        super().__init__(f"no string “{key}”" + (f"; did you mean “{close}”?" if close else ""))


@dataclass(frozen=True)
class Strings:
    """One language's strings by dotted key. What a page used is noted in ``used``."""

    texts: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def __call__(self, key: str, **values: object) -> str:
        """The string, its braces filled. UnknownString for a key that is not there."""
        text = self.texts.get(key)
        if text is None:
            raise UnknownString(key, nearest(key, self.texts))
        self.used.add(key)
        return text.format(**values) if values else text

    def for_page(self) -> "Strings":
        """The same strings with a note of their own."""
        return Strings(self.texts)


def read_strings(root: Path, config: Config) -> tuple[dict[str, Strings], list[Problem]]:
    """Strings of each language of the site.

    Reports a missing file, and ``string-missing`` or ``string-braces`` where a language lacks a key that
    the first one has or fills other braces.
    """
    problems: list[Problem] = []
    flat: dict[str, dict[str, Scalar]] = {}
    for language in config.language_ids:
        file = f"{FOLDER}{language}.yaml"
        source, found = read_text(root, file)
        problems += found
        if source is None:
            continue
        node, found = parse_yaml(source)
        problems += found
        flat[language] = dict(_flat(node, "")) if node is not None else {}
    if not problems:
        first = config.language_ids[0]
        for language, texts in flat.items():
            problems += _differences(flat[first], texts, first, f"{FOLDER}{language}.yaml", f"{FOLDER}{first}.yaml")
    return {
        language: Strings({key: scalar.text or "" for key, scalar in texts.items()}) for language, texts in flat.items()
    }, problems


def _flat(node: Node, prefix: str) -> list[tuple[str, Scalar]]:
    if isinstance(node, MappingNode):
        return [pair for key, value in node.entries for pair in _flat(value, f"{prefix}{key.text}.")]
    return [(prefix.removesuffix("."), node)] if isinstance(node, Scalar) else []


def _differences(
    model: Mapping[str, Scalar], texts: Mapping[str, Scalar], first: str, file: str, model_file: str
) -> list[Problem]:
    problems = []
    for key in model.keys() - texts.keys():
        problems.append(Problem("string-missing", Place(file), {"name": key, "other": model_file}, nearest(key, texts)))
    for key in texts.keys() - model.keys():
        problems.append(
            Problem("string-extra", texts[key].place, {"name": key, "other": model_file}, nearest(key, model))
        )
    for key in model.keys() & texts.keys():
        wanted, got = _braces(model[key].text or ""), _braces(texts[key].text or "")
        if got is None or got != wanted:
            problems.append(Problem("string-braces", texts[key].place, {"name": key, "other": model_file}))
    return problems


def _braces(text: str) -> set[str] | None:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
