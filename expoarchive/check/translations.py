"""Texts that the archive does not have in every language, or has in an older state than their original."""

from collections.abc import Iterable, Iterator

from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records import Records
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings


def check_translations(records: Records, languages: Iterable[str]) -> Iterator[Problem]:
    """Warn of ``translation-missing``, ``translation-unstamped``, and of each section changed since a stamp.

    A section's warning stands at the translation's own heading, where there is work to do, and names the place
    in the original: ``head-stale``, ``lead-stale``, ``section-stale``, ``section-new`` or ``section-gone``.
    """
    for standing in standings(records, languages):
        article, language = standing.article, standing.language
        if standing.state == "missing":
            details = {"language": language, "file": article.translations[standing.original].file}
            yield Problem("translation-missing", article.record.found_at, details, severity=WARNING)
        elif standing.state == "unstamped":
            details = {"original": standing.original, "name": article.id, "language": language}
            place = article.translations[language].front.found_at
            yield Problem("translation-unstamped", place, details, severity=WARNING)
        for difference in standing.differences:
            yield _stale(standing, difference)


def _stale(standing: Standing, difference: Difference) -> Problem:
    text = standing.article.translations[standing.language]
    stamp = text.front.original
    here = stamp.found_at if stamp else text.front.found_at
    original = difference.place
    details = {
        "name": standing.article.id,
        "language": standing.language,
        "section": difference.title or difference.key,
        "original": f"{original.file}:{original.line}",
    }
    if difference.key in (HEAD, LEAD):
        place = text.front.found_at if difference.key == HEAD else text.body.place()
        return Problem("head-stale" if difference.key == HEAD else "lead-stale", place, details, severity=WARNING)
    kinds = {"changed": "section-stale", "new": "section-new", "gone": "section-gone"}
    place = _heading(standing, difference.key) or here
    return Problem(kinds[difference.how], place, details, severity=WARNING)


def _heading(standing: Standing, key: str) -> Place | None:
    """Where the translation has the section."""
    headings = standing.article.translations[standing.language].headings
    return next((heading.place for heading in headings if heading.id == key), None)
