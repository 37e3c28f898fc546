"""The interface's strings, from ``strings/<language>.yaml``: the theme's, and in their places the site's own."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from expoarchive.cache.memory import Memory
from expoarchive.cache.sources import TEMPLATES
from expoarchive.config import Config
from expoarchive.config.model import Language, OwnVocabulary
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml
from expoarchive.nodes.fields import LocalTexts
from expoarchive.nodes.model import PlacedStr
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Place, Problem, nearest
from expoarchive.problem.pattern import fill, names_in
from expoarchive.render.format import ORDINAL_STRINGS, OVER_NUMBER, QUALIFIER_STRINGS, ordinal
from expoarchive.render.marks import marked, marks_of, merged
from expoarchive.render.theme import Theme

FOLDER = "strings"
# Whose strings stand in for those that no language of the site has.
LAST_RESORT = "en"
# The strings that ``format`` uses, with the name that it fills in.
_FORMATTED = dict.fromkeys(QUALIFIER_STRINGS, "amount") | dict.fromkeys((*ORDINAL_STRINGS, OVER_NUMBER), "number")
# What an ordinal stands in. A language takes both from one other: “8th edition”, and no “第8th”.
_NUMBERED = "edition.numbered"
# A string in a file that is still to be filled in.
_NOTED = re.compile(r"# ?([a-z][\w.-]*): ")
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
    keys of those that the configuration has. ``ordinals`` is the locale of the language whose ordinals these are.
    """

    texts: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    tag: str = ""
    foreign: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    ordinals: str = ""
    marks: bool = False

    def __call__(self, key: str, **values: object) -> str:
        """The string, its braces filled in. StringFault for an unknown key or an unknown name in braces."""
        text = self.texts.get(key)
        if text is None:
            close = nearest(key, self.texts)
            raise StringFault(Problem("string-unknown", Place(self.file), {"name": key}, close), f"no string “{key}”")
        self.used.add(key)
        if not values:
            return text
        if self.marks and key in self.foreign:
            values = {
                name: marked(value, self.tag) if isinstance(value, str) else value for name, value in values.items()
            }
        try:
            filled = fill(text, values)
            begin, end = self.frame(key, filled)
            return merged(f"{begin}{filled}{end}")
        except KeyError as error:
            name = str(error.args[0])
            details = {"name": key, "brace": name, "choices": ", ".join(f"{{{known}}}" for known in sorted(values))}
            place = self.places.get(key, Place(self.file))
            says = f"the string “{key}” fills in {{{name}}}, which it is not given"
            raise StringFault(Problem("string-name-unknown", place, details, nearest(name, values)), says) from None

    def frame(self, key: str, filled: str) -> tuple[str, str]:
        """The marks around a string of another language that has words in it, and none of its own; else nothing.

        Such words stand in the order of that language, and in its direction.
        """
        if not self.marks or key not in self.foreign:
            return "", ""
        marks = marks_of(self.foreign[key])
        return marks if marks[0] in filled and marks[0] not in self.texts[key] else ("", "")

    def ordinal(self, value: int) -> str:
        """An edition's number in words, by the rules of the language that they are in."""
        return ordinal(value, self.ordinals, self.texts)

    @cached_property
    def _marked(self) -> Mapping[str, str]:
        return {**self.texts, **{key: marked(self.texts[key], tag) for key, tag in self.foreign.items()}}

    def for_page(self, *, marks: bool = False) -> "Strings":
        """The same strings, none of them used yet; with ``marks``, those of other languages say so to HTML."""
        texts = self._marked if marks and self.foreign else self.texts
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
    sources, unread = _sources(theme, dict.fromkeys((*config.language_ids, LAST_RESORT)))
    wordless = [language for language in config.languages if language.complete and not sources[language.id]]
    unread += [_wordless(language, theme) for language in wordless]
    own = "".join(theme.own_texts()) if len(theme.layers) > 1 else ""
    languages = tuple((one.id, one.tag, one.locale, one.complete) for one in config.languages if one not in wordless)
    named = tuple(
        (key, tuple(texts.items())) for each in config.vocabularies.items() for key, texts in _words_of(*each)
    )
    key = (
        own,
        languages,
        named,
        tuple((name, text.file, text.text) for name, texts in sources.items() for text in texts),
    )
    strings, problems = (memory or Memory()).recall("strings", key, partial(_read, sources, languages, named, own))
    return strings, [*unread, *problems, *_taken(config, strings)]


def _sources(theme: Theme, languages: Iterable[str]) -> tuple[dict[str, tuple[SourceText, ...]], list[Problem]]:
    """The files of each language's strings, in the order of the theme's layers."""
    sources: dict[str, tuple[SourceText, ...]] = {}
    problems: list[Problem] = []
    for language_id in languages:
        name = f"{FOLDER}/{language_id}.yaml"
        read = [layer.text(name) for layer in theme.each(name)]
        problems += [fault for _, faults in read for fault in faults]
        sources[language_id] = tuple(source for source, _ in read if source is not None)
    return sources, problems


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


def _read(
    sources: Mapping[str, tuple[SourceText, ...]],
    languages: tuple[tuple[str, str, str, bool], ...],
    named: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
    own: str,
) -> tuple[dict[str, Strings], list[Problem]]:
    """The strings of each of ``languages``: its id, tag and locale, and whether it has to be complete.

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
    # The others are held against the language that has most.
    held = max(flat, key=lambda name: len(flat[name]))
    if not problems:
        first = sources[held][0].file if sources[held] else ""
        for language, _, _, complete in languages:
            problems += _differences(flat[held], flat[language], first)
            problems += _lacking(language, flat[held], flat[language], sources[language]) if complete else ()
        problems += _due(flat[held], first)
    tags = {LAST_RESORT: (LAST_RESORT, LAST_RESORT)} | {name: (tag, locale) for name, tag, locale, _ in languages}
    chain = [*dict.fromkeys((*(name for name, *_ in languages), LAST_RESORT))]
    given = {key: LocalTexts(texts) for key, texts in named}
    return {name: _strings(name, flat, given, tags, chain) for name, *_ in languages}, problems


def _strings(
    language: str,
    flat: Mapping[str, Mapping[str, Scalar]],
    given: Mapping[str, LocalTexts],
    tags: Mapping[str, tuple[str, str]],
    chain: Sequence[str],
) -> Strings:
    """A language's own strings, what it lacks from others in ``chain``, and those ``given`` by the configuration.

    ``tags`` are the languages' tags and locales.
    """
    numbered = next((one for one in (language, *chain) if not flat[one].keys().isdisjoint(ORDINAL_STRINGS)), language)
    whole = {*ORDINAL_STRINGS, _NUMBERED} if numbered != language else {*ORDINAL_STRINGS}
    texts: dict[str, str] = {}
    foreign: dict[str, str] = {}
    for other in (language, *chain):
        for key, scalar in flat[other].items():
            if key not in texts and (key not in whole or other == numbered):
                texts[key] = scalar.text or ""
                if other != language:
                    foreign[key] = tags[other][0]
    for key, words in given.items():
        texts[key] = words[language]
        if language not in words:
            foreign[key] = tags[words.language_of(language)][0]
    return Strings(
        texts,
        file=f"{TEMPLATES}/{FOLDER}/{language}.yaml",
        places={key: scalar.place for key, scalar in flat[language].items()},
        tag=tags[language][0],
        foreign=foreign,
        given=frozenset(given),
        ordinals=tags[numbered][1],
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


def _lacking(
    language: str, model: Mapping[str, Scalar], texts: Mapping[str, Scalar], layers: tuple[SourceText, ...]
) -> Iterator[Problem]:
    """``string-missing`` for each string that a complete language lacks, at the comment that stands for it if one does.

    A string that the language has beside the model's may be one of these, misspelt.
    """
    file = f"{TEMPLATES}/{FOLDER}/{language}.yaml"
    lines = layers[0].text.splitlines() if layers and layers[0].file == file else []
    noted = {found[1]: number for number, line in enumerate(lines, 1) if (found := _NOTED.match(line))}
    extra = texts.keys() - model.keys()
    for key in model.keys() - texts.keys():
        details = {"name": key, "text": model[key].text or ""}
        yield Problem("string-missing", Place(file, noted.get(key, 1)), details, nearest(key, extra))


def _differences(model: Mapping[str, Scalar], texts: Mapping[str, Scalar], first: str) -> Iterator[Problem]:
    """How strings differ from those in the file ``first``."""
    for key, scalar in texts.items():
        details = {"name": key, "other": first}
        if key not in model:
            yield Problem("string-extra", scalar.place, details, nearest(key, model))
        elif names_in(model[key].text or "") != names_in(scalar.text or ""):
            yield Problem("string-braces", scalar.place, details)
