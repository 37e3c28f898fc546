"""Which version of the original a translation was made from, and what has changed in the original since.

A translation has a stamp in its front matter: a digest of each part of the original as it was. Layout, comments and
Unicode forms do not count, so only changes that a reader would notice make a translation stale.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from expoarchive.nodes import SourceText
from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Article, Records, Translation
from expoarchive.records.article import FrontMatter, Stamp
from expoarchive.records.prose import Heading
from expoarchive.records.prose.front import FENCE

State = Literal["original", "current", "stale", "unstamped", "missing"]
# Keys of the parts before the first heading.
HEAD, LEAD = "head", "lead"
# Ids of headings that are keys too. Others could not be written into the line, or are keys of other parts.
_KEY = re.compile(rf"(?!(?:{HEAD}|{LEAD}|part-\d+)$)[\w-]+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Begins with the space, which is searched for faster than a place between two characters.
_BESIDE_WIDE = re.compile(r" (?:(?<=[^\x00-\x7f] )|(?=[^\x00-\x7f]))")
# Consonants only, so that every reader of YAML takes a digest for a word, never for a number, yes or no.
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs from the stamp. ``title`` is its heading in the original; empty for head, lead and gone."""

    key: str
    title: str
    how: Literal["changed", "new", "gone"]
    place: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an article's or page's text in one language; ``differences`` are those of a stale one, in order."""

    article: Article
    language: str
    original: str
    state: State
    differences: tuple[Difference, ...] = ()


def original_language(article: Article) -> str:
    """The language an article was first written in: the one its record names, or the first of the site's it has."""
    language = article.record.original
    return language if language and language in article.translations else next(iter(article.translations))


def standing(article: Article, language: str) -> Standing:
    """The state of an article's text in this language, compared with its original."""
    original = original_language(article)
    translation = article.translations.get(language)
    if language == original:
        return Standing(article, language, original, "original")
    if translation is None:
        return Standing(article, language, original, "missing")
    stamp = translation.front.original
    if stamp is None:
        return Standing(article, language, original, "unstamped")
    source = article.translations[original]
    differences = tuple(_differences(stamp if stamp.language == original else None, source))
    return Standing(article, language, original, "stale" if differences else "current", differences)


def standings(records: Records, languages: Iterable[str]) -> list[Standing]:
    """The state of every article and page in each language, in order."""
    texts = [*records.articles.values(), *records.pages.values()]
    languages = tuple(languages)
    return [standing(article, language) for article in texts for language in languages]


def stamp_line(article: Article) -> str:
    """The line of front matter for a translation made from the original as it is now."""
    return line_of_stamp(original_language(article), digests_of(article))


def digests_of(article: Article) -> dict[str, str]:
    """A digest of each part of the article's original, by the part's key."""
    return dict(article.translations[original_language(article)].digests)


def line_of_stamp(original: str, digests: Mapping[str, str]) -> str:
    """The line of front matter that gives the parts of the original these digests."""
    sections = dict(digests)
    first = ", ".join(f"{key}: {sections.pop(key)}" for key in (HEAD, LEAD) if key in sections)
    rest = ", ".join(f"{key}: {digest}" for key, digest in sections.items())
    return f"original: {{language: {original}, {first}, sections: {{{rest}}}}}"


def stamped_digests(stamp: Stamp) -> dict[str, str]:
    """The digests that a stamp has, by the parts' keys."""
    return {HEAD: stamp.head, **({LEAD: stamp.lead} if stamp.lead else {}), **stamp.sections}


def with_stamp(text: str, stamp: str) -> str:
    """The Markdown file's text with this line at the end of its front matter, in place of the one it had."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    close = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), len(lines))
    head: list[str] = []
    within = False
    for line in lines[1:close]:
        # A stamp that somebody has broken over lines goes with all of them.
        within = bool(re.match(r"original\s*:", line)) or (within and (not line or line[0] in " \t}"))
        if not within:
            head.append(line)
    return end.join([lines[0], *head, stamp, *lines[close:]])


def digests_in(front: FrontMatter, body: SourceText, headings: Sequence[Heading]) -> tuple[tuple[str, str], ...]:
    """Key and digest of each part: title and summary, the text before the first heading, each heading's section."""
    starts = [heading.place.line - body.first_line for heading in headings]
    lead, *sections = ["\n".join(body.lines[start:end]) for start, end in pairwise([0, *starts, len(body.lines)])]
    parts = [(HEAD, f"{front.title}\n{front.summary}")]
    if _normal(lead):
        parts.append((LEAD, lead))
    parts += zip(_keys(headings), sections, strict=True)
    return tuple((key, _digest(text)) for key, text in parts)


def _keys(headings: Iterable[Heading]) -> list[str]:
    return [
        heading.id if heading.id and _KEY.fullmatch(heading.id) else f"part-{number}"
        for number, heading in enumerate(headings, 1)
    ]


def is_whole(article: Article, faulty: Collection[str]) -> bool:
    """Whether none of an article's files is ``faulty``: of the others, one cannot say which is the original."""
    folder = article.file.rpartition("/")[0]
    return not any(file.startswith(f"{folder}/") for file in faulty)


def check_originals(records: Records, faulty: Collection[str] = ()) -> Iterator[Problem]:
    """Report ``original-without-text``, and ``original-stamped`` for an original marked as a translation.

    Where its stamp is of its own language, ``texts-swapped``. Articles with ``faulty`` files are left out.
    """
    for article in [*records.articles.values(), *records.pages.values()]:
        if not is_whole(article, faulty):
            continue
        language = article.record.original
        if language and language not in article.translations:
            details = {"language": language, "languages": ", ".join(article.translations)}
            yield Problem("original-without-text", article.record.found_at, details)
        original = original_language(article)
        stamp = article.translations[original].front.original
        if stamp is None:
            continue
        unstamped = [text for text in article.translations.values() if text.front.original is None]
        if stamp.language == original and unstamped:
            yield Problem("texts-swapped", stamp.found_at, {"language": original, "other": unstamped[0].file})
        else:
            yield Problem("original-stamped", stamp.found_at, {"language": original})


def _differences(stamp: Stamp | None, original: Translation) -> Iterator[Difference]:
    """The parts of the original that differ from the stamp; all of them if there is none."""
    stamped: Mapping[str, str] = {}
    if stamp is not None:
        stamped = stamped_digests(stamp)
    for key, digest in original.digests:
        if digest != stamped.get(key):
            title, place = _part(original, key)
            yield Difference(key, title, "changed" if key in stamped else "new", place)
    there = dict(original.digests)
    for key in stamped:
        if key not in there:
            yield Difference(key, "", "gone", original.body.place())


def _part(text: Translation, key: str) -> tuple[str, Place]:
    """The heading of a part, empty for head and lead, and where it begins."""
    for own, heading in zip(_keys(text.headings), text.headings, strict=True):
        if own == key:
            return heading.text, heading.place
    return "", text.front.found_at if key == HEAD else text.body.place()


def _normal(text: str) -> str:
    visible = _COMMENT.sub("", unicodedata.normalize("NFC", text))
    # A line break between Chinese characters is not a space.
    return _BESIDE_WIDE.sub("", " ".join(visible.split()))


def _digest(text: str) -> str:
    return hashlib.sha256(_normal(text).encode()).hexdigest()[:_LENGTH].translate(_LETTERS)
