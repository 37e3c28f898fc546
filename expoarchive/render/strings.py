"""The interface's strings, from ``templates/strings/<language>.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from expoarchive.cache import Memory
from expoarchive.config import Config
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml, read_text
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Place, Problem, nearest
from expoarchive.problem.pattern import fill, names_in
from expoarchive.render.format import ORDINAL_STRINGS, OVER_NUMBER, QUALIFIER_STRINGS

FOLDER = "templates/strings/"
# The strings that ``format`` uses, with the name that it fills in.
_FORMATTED = dict.fromkeys(QUALIFIER_STRINGS, "amount") | dict.fromkeys((*ORDINAL_STRINGS, OVER_NUMBER), "number")
_DUE = (*QUALIFIER_STRINGS, OVER_NUMBER, "ordinal.other")


class StringFault(LookupError):
    """A template or view asked for a string that does not exist or cannot be filled in."""

    def __init__(self, problem: Problem, says: str) -> None:
        self.problem = problem
        super().__init__(says + (f"; did you mean “{problem.nearest}”?" if problem.nearest else ""))

    def at_page(self, page: str) -> Problem:
        """The problem on ``page`` (a permalink)."""
        return replace(self.problem, details={**self.problem.details, "page": page or "/"})


@dataclass(frozen=True)
class Strings:
    """One language's strings by dotted key. ``used`` notes those that a page asked for."""

    texts: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """The string, its braces filled in. StringFault for an unknown key or an unknown name in braces."""
        text = self.texts.get(key)
        if text is None:
            close = nearest(key, self.texts)
            raise StringFault(Problem("string-unknown", Place(self.file), {"name": key}, close), f"no string “{key}”")
        self.used.add(key)
        try:
            return fill(text, values) if values else text
        except KeyError as error:
            name = str(error.args[0])
            details = {"name": key, "brace": name, "choices": ", ".join(f"{{{known}}}" for known in sorted(values))}
            place = self.places.get(key, Place(self.file))
            says = f"the string “{key}” fills in {{{name}}}, which it is not given"
            raise StringFault(Problem("string-name-unknown", place, details, nearest(name, values)), says) from None

    def for_page(self) -> "Strings":
        """The same strings, none of them used yet."""
        return Strings(self.texts, file=self.file, places=self.places)


def read_strings(root: Path, config: Config, memory: Memory | None = None) -> tuple[dict[str, Strings], list[Problem]]:
    """The strings of each language of the site. Texts that ``memory`` has seen are not parsed again.

    Reports a missing or empty file, ``string-pattern`` for wrong braces and for a missing string that ``format`` needs,
    and ``string-missing``, ``string-extra`` or ``string-braces`` where a language differs from the first.
    """
    sources: dict[str, SourceText] = {}
    unread: list[Problem] = []
    for language in config.language_ids:
        source, faults = read_text(root, f"{FOLDER}{language}.yaml")
        unread += faults
        if source is not None:
            sources[language] = source
    texts = tuple((language, source.text) for language, source in sources.items())
    strings, problems = (memory or Memory()).recall("strings", texts, partial(_read, sources))
    return strings, [*unread, *problems]


def _read(sources: Mapping[str, SourceText]) -> tuple[dict[str, Strings], list[Problem]]:
    problems: list[Problem] = []
    flat: dict[str, dict[str, Scalar]] = {}
    for language, source in sources.items():
        file = f"{FOLDER}{language}.yaml"
        node, faults = parse_yaml(source)
        problems += faults
        if isinstance(node, MappingNode):
            flat[language] = dict(_flat(node, ""))
            problems += _patterns(flat[language], file)
        elif not faults:
            problems.append(Problem("not-a-mapping", node.place) if node else Problem("empty-file", source.place()))
    if flat and not problems:
        first = next(iter(flat))
        for language, texts in flat.items():
            problems += _differences(flat[first], texts, f"{FOLDER}{first}.yaml", f"{FOLDER}{language}.yaml")
    return {
        language: Strings(
            {key: scalar.text or "" for key, scalar in texts.items()},
            file=f"{FOLDER}{language}.yaml",
            places={key: scalar.place for key, scalar in texts.items()},
        )
        for language, texts in flat.items()
    }, problems


def _flat(node: Node, prefix: str) -> list[tuple[str, Scalar]]:
    if isinstance(node, MappingNode):
        return [pair for key, value in node.entries for pair in _flat(value, f"{prefix}{key.text}.")]
    return [(prefix.removesuffix("."), node)] if isinstance(node, Scalar) else []


def _patterns(texts: Mapping[str, Scalar], file: str) -> list[Problem]:
    """Problems with braces, and strings of ``format`` that are missing."""
    problems = [
        Problem("string-pattern", Place(file), {"name": key, "wanted": f"{{{_FORMATTED[key]}}}"}, nearest(key, texts))
        for key in _DUE
        if key not in texts
    ]
    for key, scalar in texts.items():
        names, wanted = names_in(scalar.text or ""), _FORMATTED.get(key)
        if names is None or (wanted and names != {wanted}):
            details = {"name": key, "wanted": f"{{{wanted or 'name'}}}"}
            problems.append(Problem("string-pattern", scalar.place, details))
    return problems


def _differences(model: Mapping[str, Scalar], texts: Mapping[str, Scalar], first: str, file: str) -> list[Problem]:
    """How the strings in ``file`` differ from those in the file ``first``."""
    problems = []
    for key in model.keys() - texts.keys():
        problems.append(Problem("string-missing", Place(file), {"name": key, "other": first}, nearest(key, texts)))
    for key, scalar in texts.items():
        details = {"name": key, "other": first}
        if key not in model:
            problems.append(Problem("string-extra", scalar.place, details, nearest(key, model)))
        elif names_in(model[key].text or "") != names_in(scalar.text or ""):
            problems.append(Problem("string-braces", scalar.place, details))
    return problems
