"""The interface's strings, from ``strings/<language>.yaml``: the theme's, and in their places the site's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from expoarchive.cache import Memory
from expoarchive.cache.sources import TEMPLATES
from expoarchive.config import Config
from expoarchive.config.model import Language, OwnVocabulary
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml
from expoarchive.nodes.fields import LocalTexts
from expoarchive.nodes.model import PlacedStr
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Place, Problem, nearest
from expoarchive.problem.pattern import fill, names_in
from expoarchive.render.format import ORDINAL_STRINGS, OVER_NUMBER, QUALIFIER_STRINGS
from expoarchive.render.marks import marked
from expoarchive.render.theme import Theme

FOLDER = "strings"
# Whose strings stand in for those that no language of the site has.
LAST_RESORT = "en"
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
    """One language's strings by dotted key. ``used`` notes those that a page asked for.

    ``foreign`` are those that stand in for strings it lacks, with the BCP 47 tags of their languages; ``given`` are the
    keys of those that the configuration has.
    """

    texts: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    tag: str = ""
    foreign: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    marks: bool = False

    def __call__(self, key: str, **values: object) -> str:
        """The string, its braces filled in. StringFault for an unknown key or an unknown name in braces."""
        text = self.texts.get(key)
        if text is None:
            close = nearest(key, self.texts)
            raise StringFault(Problem("string-unknown", Place(self.file), {"name": key}, close), f"no string “{key}”")
        self.used.add(key)
        if values and self.marks and key in self.foreign:
            values = {name: self._own(value) for name, value in values.items()}
        try:
            return fill(text, values) if values else text
        except KeyError as error:
            name = str(error.args[0])
            details = {"name": key, "brace": name, "choices": ", ".join(f"{{{known}}}" for known in sorted(values))}
            place = self.places.get(key, Place(self.file))
            says = f"the string “{key}” fills in {{{name}}}, which it is not given"
            raise StringFault(Problem("string-name-unknown", place, details, nearest(name, values)), says) from None

    def _own(self, value: object) -> object:
        """A value in the strings' language, within a string of another one."""
        return marked(value, self.tag) if isinstance(value, str) else value

    @cached_property
    def _marked(self) -> Mapping[str, str]:
        return {**self.texts, **{key: marked(self.texts[key], tag) for key, tag in self.foreign.items()}}

    def for_page(self, *, marks: bool = False) -> "Strings":
        """The same strings, none of them used yet; with ``marks``, those of other languages say so to HTML."""
        if not self.foreign:
            return Strings(self.texts, file=self.file, places=self.places)
        texts = self._marked if marks else self.texts
        return replace(self, texts=texts, used=set(), marks=marks)


def read_strings(
    theme: Theme, config: Config, memory: Memory | None = None
) -> tuple[dict[str, Strings], list[Problem]]:
    """The strings of each language of the site. Texts that ``memory`` has seen are not parsed again.

    What a language lacks, it gets from the site's others in their order, else from the theme's English.

    Reports an empty file, ``string-pattern`` for wrong braces, ``override-string`` where the site's own do not fit the
    theme's, ``string-extra`` or ``string-braces`` where a language differs from that which the others are held against,
    and of languages that have to be complete ``language-without-strings`` and ``string-missing``. Besides
    ``vocabulary-taken``, where the words of a vocabulary of the site's own have the names of others.
    """
    sources: dict[str, tuple[SourceText, ...]] = {}
    unread: list[Problem] = []
    for language_id in dict.fromkeys((*config.language_ids, LAST_RESORT)):
        name = f"{FOLDER}/{language_id}.yaml"
        read = [layer.text(name) for layer in theme.each(name)]
        unread += [fault for _, faults in read for fault in faults]
        sources[language_id] = tuple(source for source, _ in read if source is not None)
    wordless = [language for language in config.languages if language.complete and not sources[language.id]]
    unread += [_wordless(language, theme) for language in wordless]
    own = "".join(_own_templates(theme))
    languages = tuple((one.id, one.tag, one.complete) for one in config.languages if one not in wordless)
    named = tuple((key, tuple(texts.items())) for own in config.vocabularies.items() for key, texts in _words_of(*own))
    key = (
        own,
        languages,
        named,
        tuple((name, text.file, text.text) for name, texts in sources.items() for text in texts),
    )
    strings, problems = (memory or Memory()).recall("strings", key, partial(_read, sources, languages, named, own))
    return strings, [*unread, *problems, *_taken(config, strings)]


def _wordless(language: Language, theme: Theme) -> Problem:
    known = [name.removeprefix(f"{FOLDER}/").removesuffix(".yaml") for name in theme.names(FOLDER)]
    details = {"id": language.id, "file": f"{TEMPLATES}/{FOLDER}/{language.id}.yaml", "choices": ", ".join(known)}
    return Problem("language-without-strings", language.found_at, details, nearest(language.id, known))


def _words_of(plural: str, one: OwnVocabulary) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The configuration's words for a vocabulary of the site's own, under the keys by which pages ask for them."""
    yield from ((key, one.title) for key in (f"nav.{plural}", f"{plural}.title"))
    yield from ((key, one.lead) for key in (f"{plural}.lead", f"home.way_{plural}"))
    # Unlike the others it is filled in, with the fair's name.
    escaped = {language: text.replace("{", "{{").replace("}", "}}") for language, text in one.lead.items()}
    yield f"{plural}.description", escaped
    yield f"{one.one}.kicker", one.name


def _taken(config: Config, strings: Mapping[str, Strings]) -> Iterator[Problem]:
    """``vocabulary-taken`` where the words of a vocabulary would stand in the place of others."""
    known = {key for one in strings.values() for key in one.places}
    for plural, one in config.vocabularies.items():
        if not known.isdisjoint(key for key, _ in _words_of(plural, one)):
            place = plural.place if isinstance(plural, PlacedStr) else one.found_at
            yield Problem("vocabulary-taken", place, {"name": str(plural)})


def _own_templates(theme: Theme) -> Iterator[str]:
    """The texts of the site's own templates, which may ask for strings of its own."""
    if len(theme.layers) > 1:
        for name in theme.names():
            if name.endswith(".html") and theme.is_own(name):
                yield theme.read(name)[0].decode("utf-8", "replace")


def _read(
    sources: Mapping[str, tuple[SourceText, ...]],
    languages: tuple[tuple[str, str, bool], ...],
    named: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
    own: str,
) -> tuple[dict[str, Strings], list[Problem]]:
    """The strings of each of ``languages``: its id, its tag, and whether it has to be complete.

    ``named`` are words of the configuration's, by key and language.
    """
    problems: list[Problem] = []
    flat: dict[str, dict[str, Scalar]] = {}
    for language, layers in sources.items():
        texts = [dict(_flat(node, "")) for node in _nodes(layers, problems)]
        flat[language] = {key: scalar for layer in reversed(texts) for key, scalar in layer.items()}
        problems += _patterns(flat[language])
        if len(texts) > 1:
            problems += _unfit(texts[0], texts[1], layers[1].file, own)
    files = {language: layers[0].file for language, layers in sources.items() if layers}
    # The others are held against a language that has to be complete, or else against the one that has most.
    held = [name for name, _, complete in languages if complete] or sorted(flat, key=lambda name: -len(flat[name]))
    if held and not problems:
        model, first = flat[held[0]], files.get(held[0], "")
        for language, _, complete in languages:
            problems += _differences(model, flat[language], first, files.get(language, ""), due=complete)
        problems += _due(model, first)
    tags = {LAST_RESORT: LAST_RESORT} | {name: tag for name, tag, _ in languages}
    chain = [*dict.fromkeys((*(name for name, _, _ in languages), LAST_RESORT))]
    given = {key: LocalTexts(texts) for key, texts in named}
    return {name: _strings(name, flat, given, tags, chain) for name, _, _ in languages}, problems


def _strings(
    language: str,
    flat: Mapping[str, Mapping[str, Scalar]],
    given: Mapping[str, LocalTexts],
    tags: Mapping[str, str],
    chain: Sequence[str],
) -> Strings:
    """A language's own strings, what it lacks from others in ``chain``, and those ``given`` by the configuration."""
    texts = {key: scalar.text or "" for key, scalar in flat[language].items()}
    if texts.keys().isdisjoint(ORDINAL_STRINGS):
        # How another language ends its ordinals, nobody would write after a number in this one.
        texts["ordinal.other"] = "{number}"
    foreign: dict[str, str] = {}
    for other in chain:
        for key, scalar in flat[other].items():
            if key not in texts and key not in ORDINAL_STRINGS:
                texts[key], foreign[key] = scalar.text or "", tags[other]
    for key, words in given.items():
        texts[key] = words[language]
        if language not in words:
            foreign[key] = tags[words.language_of(language)]
    return Strings(
        texts,
        file=f"{TEMPLATES}/{FOLDER}/{language}.yaml",
        places={key: scalar.place for key, scalar in flat[language].items()},
        tag=tags[language],
        foreign=foreign,
        given=frozenset(given),
    )


def _nodes(layers: tuple[SourceText, ...], problems: list[Problem]) -> Iterator[MappingNode]:
    """The mapping in each file that has one: a language may begin with an empty file. Others are reported."""
    for source in layers:
        node, faults = parse_yaml(source)
        problems += faults
        if isinstance(node, MappingNode):
            yield node
        elif node is not None and not faults:
            problems.append(Problem("not-a-mapping", node.place))


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


def _patterns(texts: Mapping[str, Scalar]) -> Iterator[Problem]:
    """Problems with braces."""
    for key, scalar in texts.items():
        names, wanted = names_in(scalar.text or ""), _FORMATTED.get(key)
        if names is None or (wanted and names != {wanted}):
            details = {"name": key, "wanted": f"{{{wanted or 'name'}}}"}
            yield Problem("string-pattern", scalar.place, details)


def _due(texts: Mapping[str, Scalar], file: str) -> Iterator[Problem]:
    """Strings that ``format`` needs, and no language has."""
    for key in _DUE:
        if key not in texts:
            yield Problem(
                "string-pattern", Place(file), {"name": key, "wanted": f"{{{_FORMATTED[key]}}}"}, nearest(key, texts)
            )


def _differences(
    model: Mapping[str, Scalar], texts: Mapping[str, Scalar], first: str, file: str, *, due: bool
) -> Iterator[Problem]:
    """How the strings in ``file`` differ from those in the file ``first``; with ``due``, also those that it lacks."""
    for key in sorted(model.keys() - texts.keys()) if due else ():
        yield Problem("string-missing", Place(file), {"name": key, "other": first}, nearest(key, texts))
    for key, scalar in texts.items():
        details = {"name": key, "other": first}
        if key not in model:
            yield Problem("string-extra", scalar.place, details, nearest(key, model))
        elif names_in(model[key].text or "") != names_in(scalar.text or ""):
            yield Problem("string-braces", scalar.place, details)
