"""The interface's strings, from ``strings/<language>.yaml``: the theme's, and in their places the site's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from expoarchive.cache import Memory
from expoarchive.cache.sources import TEMPLATES
from expoarchive.config import Config
from expoarchive.config.model import Language
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Place, Problem, nearest
from expoarchive.problem.pattern import fill, names_in
from expoarchive.render.format import ORDINAL_STRINGS, OVER_NUMBER, QUALIFIER_STRINGS
from expoarchive.render.theme import Theme

FOLDER = "strings"
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


def read_strings(
    theme: Theme, config: Config, memory: Memory | None = None
) -> tuple[dict[str, Strings], list[Problem]]:
    """The strings of each language of the site. Texts that ``memory`` has seen are not parsed again.

    Reports ``language-without-strings``, an empty file, ``string-pattern`` for wrong braces and for a missing string
    that ``format`` needs, ``string-braces`` and ``override-string`` where the site's own do not fit the theme's, and
    ``string-missing``, ``string-extra`` or ``string-braces`` where a language differs from the first.
    """
    sources: dict[str, tuple[SourceText, ...]] = {}
    unread: list[Problem] = []
    for language in config.languages:
        name = f"{FOLDER}/{language.id}.yaml"
        read = [layer.text(name) for layer in theme.each(name)]
        unread += [fault for _, faults in read for fault in faults] if read else [_wordless(language, theme)]
        if texts := tuple(source for source, _ in read if source is not None):
            sources[language.id] = texts
    own = "".join(_own_templates(theme))
    key = (own, tuple((language, source.file, source.text) for language, one in sources.items() for source in one))
    strings, problems = (memory or Memory()).recall("strings", key, partial(_read, sources, own))
    return strings, [*unread, *problems]


def _wordless(language: Language, theme: Theme) -> Problem:
    known = [name.removeprefix(f"{FOLDER}/").removesuffix(".yaml") for name in theme.names(FOLDER)]
    details = {"id": language.id, "file": f"{TEMPLATES}/{FOLDER}/{language.id}.yaml", "choices": ", ".join(known)}
    return Problem("language-without-strings", language.found_at, details, nearest(language.id, known))


def _own_templates(theme: Theme) -> Iterator[str]:
    """The texts of the site's own templates, which may ask for strings of its own."""
    if len(theme.layers) > 1:
        for name in theme.names():
            if name.endswith(".html") and theme.is_own(name):
                yield theme.read(name)[0].decode("utf-8", "replace")


def _read(sources: Mapping[str, tuple[SourceText, ...]], own: str) -> tuple[dict[str, Strings], list[Problem]]:
    problems: list[Problem] = []
    flat: dict[str, dict[str, Scalar]] = {}
    for language, layers in sources.items():
        texts = [dict(_flat(node, "")) for node in _nodes(layers, problems)]
        if len(texts) < len(layers):
            continue
        flat[language] = {key: scalar for layer in reversed(texts) for key, scalar in layer.items()}
        problems += _patterns(flat[language], layers[0].file)
        if len(layers) > 1:
            problems += _unfit(texts[0], texts[1], layers[1].file, own)
    files = {language: layers[0].file for language, layers in sources.items()}
    if flat and not problems:
        first = next(iter(flat))
        for language, merged in flat.items():
            problems += _differences(flat[first], merged, files[first], files[language])
    return {
        language: Strings(
            {key: scalar.text or "" for key, scalar in merged.items()},
            file=f"{TEMPLATES}/{FOLDER}/{language}.yaml",
            places={key: scalar.place for key, scalar in merged.items()},
        )
        for language, merged in flat.items()
    }, problems


def _nodes(layers: tuple[SourceText, ...], problems: list[Problem]) -> Iterator[MappingNode]:
    """The mapping in each file that has one; the others are reported."""
    for source in layers:
        node, faults = parse_yaml(source)
        problems += faults
        if isinstance(node, MappingNode):
            yield node
        elif not faults:
            problems.append(Problem("not-a-mapping", node.place) if node else Problem("empty-file", source.place()))


def _unfit(texts: Mapping[str, Scalar], theme: Mapping[str, Scalar], file: str, own: str) -> Iterator[Problem]:
    """Strings of the site's own with other braces than the theme's, or that nobody asks for.

    ``file`` holds the theme's, ``own`` are the templates of the site's own.
    """
    for key, scalar in texts.items():
        details = {"name": key, "other": file}
        if key in theme:
            if names_in(theme[key].text or "") != names_in(scalar.text or ""):
                yield Problem("string-braces", scalar.place, details)
        elif not any(f"{quote}{key}{quote}" in own for quote in "\"'"):
            yield Problem("override-string", scalar.place, details, nearest(key, theme))


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
