"""Texts that lack a language, or whose original has changed since they were translated."""

from collections.abc import Iterable, Iterator

from expoarchive.problem import WARNING, Problem
from expoarchive.records import Records
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings


def check_translations(records: Records, languages: Iterable[str]) -> Iterator[Problem]:
    """Warn of ``translation-missing``, ``translation-unstamped``, and of each section changed since a stamp.

    A section's warning (``head-stale``, ``lead-stale``, ``section-stale``, ``section-new``, ``section-gone``) is at the
    translation's own heading, where there is work to do, and names the place in the original.
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
    details = {
        "name": standing.article.id,
        "language": standing.language,
        "section": difference.title or difference.key,
        "original": f"{difference.place.file}:{difference.place.line}",
    }
    if difference.key == HEAD:
        return Problem("head-stale", text.front.found_at, details, severity=WARNING)
    if difference.key == LEAD:
        return Problem("lead-stale", text.body.place(), details, severity=WARNING)
    stamp = text.front.original or text.front
    place = next((heading.place for heading in text.headings if heading.id == difference.key), stamp.found_at)
    kinds = {"changed": "section-stale", "new": "section-new", "gone": "section-gone"}
    return Problem(kinds[difference.how], place, details, severity=WARNING)
