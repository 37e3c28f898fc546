"""Which original a translation was made from, and what of it has changed since.

A translation carries a stamp in its front matter: a digest of each section of the original as it was. Layout,
comments and Unicode forms do not count, so that only what a reader would notice makes a translation old.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Article, Records, Translation
from expoarchive.records.article import Stamp

State = Literal["original", "current", "stale", "unstamped", "missing"]
# Keys of the parts before the first heading; a heading's key is its id.
HEAD, LEAD = "head", "lead"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BESIDE_WIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
# Consonants alone: a digest is then a word to every reader of YAML, never a number, a yes or a no.
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text. ``title`` is its heading; empty for its head (title, summary) and its lead."""

    key: str
    title: str
    digest: str
    place: Place


@dataclass(frozen=True, slots=True)
class Difference:
    """A section that is not what the stamp says. ``title`` is the original's heading, empty for head, lead and gone."""

    key: str
    title: str
    how: Literal["changed", "new", "gone"]
    place: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """How the text of an article or page stands in one language; ``differences`` for a stale one, in order."""

    article: Article
    language: str
    original: str
    state: State
    differences: tuple[Difference, ...] = ()


def original_language(article: Article) -> str:
    """The language an article was first written in: as its record says, else the first of the site's that it has."""
    said = article.record.original
    return said if said and said in article.translations else next(iter(article.translations))


def standing(article: Article, language: str) -> Standing:
    """How an article's text in this language stands to its original."""
    original = original_language(article)
    made = article.translations.get(language)
    if language == original:
        return Standing(article, language, original, "original")
    if made is None:
        return Standing(article, language, original, "missing")
    stamp = made.front.original
    if stamp is None:
        return Standing(article, language, original, "unstamped")
    source = article.translations[original]
    differences = tuple(_differences(stamp if stamp.language == original else None, source))
    return Standing(article, language, original, "stale" if differences else "current", differences)


def standings(records: Records, languages: Iterable[str]) -> list[Standing]:
    """Every article's and page's text in each language, in order."""
    texts = [*records.articles.values(), *records.pages.values()]
    languages = tuple(languages)
    return [standing(article, language) for article in texts for language in languages]


def stamp_line(article: Article) -> str:
    """The front matter's line for a translation made from the original as it is now."""
    original = original_language(article)
    parts = {section.key: section.digest for section in sections(article.translations[original])}
    first = ", ".join(f"{key}: {parts.pop(key)}" for key in (HEAD, LEAD) if key in parts)
    rest = ", ".join(f"{key}: {digest}" for key, digest in parts.items())
    return f"original: {{language: {original}, {first}, sections: {{{rest}}}}}"


def sections(text: Translation) -> list[Section]:
    """The parts of a text: its title and summary, what stands before the first heading, and each heading's part."""
    body = text.body
    head = Section(HEAD, "", _digest(f"{text.front.title}\n{text.front.summary}"), text.front.found_at)
    starts = [heading.place.line - body.first_line for heading in text.headings]
    bounds = [0, *starts, len(body.lines)]
    parts = ["\n".join(body.lines[start:end]) for start, end in pairwise(bounds)]
    found = [head]
    if _normal(parts[0]):
        found.append(Section(LEAD, "", _digest(parts[0]), body.place()))
    for number, (heading, part) in enumerate(zip(text.headings, parts[1:], strict=True), 1):
        # An id that is not a plain word could not stand in the line as it is; its place in the text can.
        key = heading.id if heading.id and re.fullmatch(r"[\w-]+", heading.id) else f"part-{number}"
        found.append(Section(key, heading.text, _digest(part), heading.place))
    return found


def check_originals(records: Records) -> Iterator[Problem]:
    """Report ``original-without-text``, and ``original-stamped`` for an original that calls itself a translation."""
    for article in [*records.articles.values(), *records.pages.values()]:
        said = article.record.original
        if said and said not in article.translations:
            details = {"language": said, "languages": ", ".join(article.translations)}
            yield Problem("original-without-text", article.record.found_at, details)
        text = article.translations[original_language(article)]
        if text.front.original is not None:
            yield Problem("original-stamped", text.front.original.found_at, {"language": original_language(article)})


def _differences(stamp: Stamp | None, original: Translation) -> Iterator[Difference]:
    """What of the original is not as the stamp says; all of it where the stamp is of another language."""
    stamped: Mapping[str, str] = {}
    if stamp is not None:
        stamped = {HEAD: stamp.head, **({LEAD: stamp.lead} if stamp.lead else {}), **stamp.sections}
    now = sections(original)
    for section in now:
        if section.digest != stamped.get(section.key):
            how: Literal["changed", "new"] = "changed" if section.key in stamped else "new"
            yield Difference(section.key, section.title, how, section.place)
    there = {section.key for section in now}
    for key in stamped:
        if key not in there:
            yield Difference(key, "", "gone", original.body.place())


def _normal(text: str) -> str:
    shown = _COMMENT.sub("", unicodedata.normalize("NFC", text))
    # A line's end between Chinese characters is no space.
    return _BESIDE_WIDE.sub("", " ".join(shown.split()))


def _digest(text: str) -> str:
    return hashlib.sha256(_normal(text).encode()).hexdigest()[:_LENGTH].translate(_LETTERS)
