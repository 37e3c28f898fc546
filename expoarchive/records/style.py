"""How a text reads, in counts: its length and sentences, how many of these hedge or negate, and its figures.

A figure stands alone where its paragraph has no other number, and its sentence no wording that compares: a reader
cannot tell whether it is much. A percentage says so itself. Dates and ordinals are no such numbers. A table or a list
is one paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records, Translation
from expoarchive.records.assertion import pattern_of, sentences
from expoarchive.records.prose import counts_in, paragraphs, scan
from expoarchive.records.prose.mask import WIDE
from expoarchive.records.vocabulary import Wordings

# The heading whose section may doubt as it likes.
BOX = "doubts"
# The share of hedging sentences above which a text audits instead of telling, if it has this many sentences at least.
MOST_CAVEATS = 0.10
_FEWEST_SENTENCES = 10
# The share of figures that may stand alone, in a text that has this many at least.
MOST_ALONE = 0.25
_FEWEST_FIGURES = 6
_NO_WORDS = re.compile(r"(?m)^#.*$|\[\^[^\]\n]*\]:?|[*_>|#-]")
_WORD = re.compile(rf"(?=\w)[{WIDE}]|[^\W{WIDE}]+(?:[’'-][^\W{WIDE}]+)*")


@dataclass(frozen=True, slots=True)
class Style:
    """Counts of one text outside its box of doubts. ``length`` is in words, of which a Chinese character is one."""

    length: int
    sentences: int
    longest: int
    caveats: int
    negations: int
    figures: int
    alone: int

    @property
    def hedging(self) -> float:
        """The share of sentences that hedge."""
        return self.caveats / self.sentences if self.sentences else 0.0

    @property
    def negating(self) -> float:
        """The share of sentences that say what is not so."""
        return self.negations / self.sentences if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class _Wordings:
    """What to look for in one language."""

    hedging: re.Pattern[str]
    negating: re.Pattern[str]
    comparing: re.Pattern[str]


def styles(records: Records) -> Iterator[tuple[Translation, Style]]:
    """Each text of the archive with its counts."""
    known = _known(records)
    for language, translation in records.texts():
        yield translation, _style_of(translation, known[language], records)


def _known(records: Records) -> dict[str, _Wordings]:
    """What to look for, by the languages of texts."""
    languages = dict.fromkeys(language for language, _ in records.texts())
    return {language: _wordings_of(records.wordings, language) for language in languages}


def _wordings_of(wordings: Wordings, language: str) -> _Wordings:
    hedging = (*wordings.absence.get(language, ()), *wordings.caveat.get(language, ()))
    lists = (hedging, wordings.negation.get(language, ()), wordings.comparison.get(language, ()))
    # No text has a NUL, which is looked for in a twentieth of the time of a pattern that never fits.
    return _Wordings(*(re.compile(pattern_of(found) or r"\0", re.IGNORECASE) for found in lists))


def _style_of(translation: Translation, wordings: _Wordings, records: Records) -> Style:
    rest = scan(translation.body).rest
    start, end = _box(translation)
    spans = [span for span in sentences(rest) if not start <= span[0] < end]
    lengths, caveats, negations = [], 0, 0
    for first, last in spans:
        words = len(_WORD.findall(_NO_WORDS.sub("", rest[first:last])))
        if words:
            lengths.append(words)
            caveats += wordings.hedging.search(rest, first, last) is not None
            negations += wordings.negating.search(rest, first, last) is not None
    figures = {at: share for at, share in _figures(translation, records) if not start <= at < end}
    alone = _alone(rest, figures, spans, wordings.comparing)
    return Style(sum(lengths), len(lengths), max(lengths, default=0), caveats, negations, len(figures), alone)


def _figures(translation: Translation, records: Records) -> Iterator[tuple[int, bool]]:
    """Where the text's live figures stand, and whether they are shares. A name or a date from a claim is none."""
    for mention in scan(translation.body).mentions:
        for reference in mention.references:
            claim = records.claims.by_address.get(reference.target) if reference.kind == "figure" else None
            if claim is not None and claim.field == "figure":
                yield mention.start, records.vocabularies.unit_of(claim.measure).base == "percent"


def _alone(text: str, figures: dict[int, bool], spans: list[tuple[int, int]], comparing: re.Pattern[str]) -> int:
    """How many of the figures, of which some are shares, stand alone."""
    alone = 0
    for start, end in paragraphs(text):
        here = [at for at in figures if start <= at < end]
        if len(here) != 1 or figures[here[0]] or any(counts_in(text[start:end])):
            continue
        sentence = next(((first, last) for first, last in spans if first <= here[0] < last), (start, end))
        alone += comparing.search(text, *sentence) is None
    return alone


def check_styles(records: Records) -> Iterator[Problem]:
    """Warn of ``caveats-many`` and ``figures-alone`` in articles whose shares of these are above the limits.

    Pages are exempt: the one on what is known and what is not can speak of nothing else.
    """
    known = _known(records)
    texts = (text for article in records.articles.values() for text in article.translations.items())
    for language, translation in texts:
        wordings = known[language]
        if not _may_warn(translation, wordings):
            continue
        style, place = _style_of(translation, wordings, records), translation.body.place()
        if style.sentences >= _FEWEST_SENTENCES and style.hedging > MOST_CAVEATS:
            details = {"count": str(style.caveats), "total": str(style.sentences), "limit": f"{MOST_CAVEATS:.0%}"}
            yield Problem("caveats-many", place, details, severity=WARNING)
        if style.figures >= _FEWEST_FIGURES and style.alone > MOST_ALONE * style.figures:
            details = {"count": str(style.alone), "total": str(style.figures), "limit": f"{MOST_ALONE:.0%}"}
            yield Problem("figures-alone", place, details, severity=WARNING)


def _may_warn(translation: Translation, wordings: _Wordings) -> bool:
    """Whether a text has as many hedges, or figures, as the least that is warned of; most have not, at a glance."""
    figures = sum(reference.kind == "figure" for reference in translation.references)
    hedges = wordings.hedging.findall(translation.body.text)
    return figures >= _FEWEST_FIGURES or len(hedges) > MOST_CAVEATS * _FEWEST_SENTENCES


def _box(translation: Translation) -> tuple[int, int]:
    """Where the section of doubts begins and ends; nowhere if there is none."""
    body = translation.body
    starts = [body.offset_of(heading.place.line) for heading in translation.headings]
    for heading, (start, end) in zip(translation.headings, pairwise([*starts, len(body.text)]), strict=True):
        if heading.id == BOX:
            return start, end
    return -1, -1
