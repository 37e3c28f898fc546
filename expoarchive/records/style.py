"""How a text reads, in counts: its length, its sentences, its figures, and how many sentences hedge."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records, Translation
from expoarchive.records.assertion import pattern_of, sentences
from expoarchive.records.prose import scan
from expoarchive.records.prose.mask import WIDE

# The heading whose section may doubt as it likes.
BOX = "doubts"
# The share of hedging sentences above which a text audits instead of telling, if it has this many sentences at least.
MOST_CAVEATS = 0.10
_FEWEST_SENTENCES = 10
_NO_WORDS = re.compile(r"(?m)^#.*$|\[\^[^\]\n]*\]:?|[*_>|#-]")
_WORD = re.compile(rf"(?=\w)[{WIDE}]|[^\W{WIDE}]+(?:[’'-][^\W{WIDE}]+)*")


@dataclass(frozen=True, slots=True)
class Style:
    """Counts of one text outside its box of doubts. ``length`` is in words, of which a Chinese character is one."""

    length: int
    sentences: int
    longest: int
    figures: int
    caveats: int

    @property
    def share(self) -> float:
        """The share of sentences that hedge."""
        return self.caveats / self.sentences if self.sentences else 0.0


def style_of(translation: Translation, wordings: Iterable[str]) -> Style:
    """Count a text. ``wordings`` are those that hedge, in its language."""
    pattern = re.compile(pattern_of(wordings) or r"(?!)", re.IGNORECASE)
    body = translation.body
    rest = scan(body).rest
    start, end = _box(translation)
    spans = [span for span in sentences(rest) if not start <= span[0] < end]
    lengths, caveats = [], 0
    for first, last in spans:
        words = len(_WORD.findall(_NO_WORDS.sub("", rest[first:last])))
        if words:
            lengths.append(words)
            caveats += pattern.search(rest, first, last) is not None
    figures = sum(reference.kind == "figure" for reference in translation.references)
    return Style(sum(lengths), len(lengths), max(lengths, default=0), figures, caveats)


def styles(records: Records) -> Iterator[tuple[Translation, Style]]:
    """Each text of the archive with its counts."""
    hedging = {
        language: (*records.wordings.absence.get(language, ()), *records.wordings.caveat.get(language, ()))
        for language in {*records.wordings.absence, *records.wordings.caveat}
    }
    for language, translation in records.texts():
        yield translation, style_of(translation, hedging.get(language, ()))


def check_styles(records: Records) -> list[Problem]:
    """Warn of ``caveats-many`` where an article hedges in more than ``MOST_CAVEATS`` of its sentences.

    Pages are exempt: the one on what is known and what is not can speak of nothing else.
    """
    articles = {text.file for article in records.articles.values() for text in article.translations.values()}
    return [
        Problem("caveats-many", translation.body.place(), _details(style), severity=WARNING)
        for translation, style in styles(records)
        if translation.file in articles and style.sentences >= _FEWEST_SENTENCES and style.share > MOST_CAVEATS
    ]


def _details(style: Style) -> dict[str, str]:
    return {"count": str(style.caveats), "total": str(style.sentences), "limit": f"{MOST_CAVEATS:.0%}"}


def _box(translation: Translation) -> tuple[int, int]:
    """Where the section of doubts begins and ends; nowhere if there is none."""
    body = translation.body
    starts = [body.offset_of(heading.place.line) for heading in translation.headings]
    for heading, (start, end) in zip(translation.headings, pairwise([*starts, len(body.text)]), strict=True):
        if heading.id == BOX:
            return start, end
    return -1, -1
