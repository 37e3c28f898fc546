"""Finds records that are well formed but contradict one another: dates out of order, an ordinal used twice."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records
from expoarchive.records.claim import EXPO, Claim
from expoarchive.records.edition import Edition
from expoarchive.records.reference import CLAIM_FILES
from expoarchive.records.statement import Activity, DateClaim, Figure
from expoarchive.records.translation import is_whole, original_language
from expoarchive.records.vocabulary import ChartRecord, FlowPart

# The counts that prose may write as words. One is left out: it takes another noun, and in some languages a gender.
IN_WORDS = range(2, 20)
# The base of units that count things.
COUNT = "count"


def check_sense(records: Records, faulty: Collection[str] = ()) -> list[Problem]:
    """Report contradictions within the records. The claims of ``faulty`` files, which have errors, are missing."""
    return [
        *_dates(records),
        *_ordinals(records),
        *_parts(records),
        *_eras(records),
        *_charts(records, faulty),
        *_ambiguous_figures(records),
        *_figures_in_words(records),
        *_headings(records, faulty),
    ]


def _dates(records: Records) -> Iterator[Problem]:
    for edition in records.editions.values():
        days: list[DateClaim | Activity] = [*edition.held.opened, *edition.held.closed, *edition.activities]
        for day in days:
            # An edition that was put off may have kept its year: a note says so, and answers the warning.
            if day.date is not None and day.date.year != edition.year and not day.note:
                details = {"date": str(day.date), "year": str(edition.year)}
                yield Problem("date-outside-year", day.found_at, details, severity=WARNING)
        yield from _reversed(edition)


def _reversed(edition: Edition) -> Iterator[Problem]:
    for closed in edition.held.closed:
        for opened in edition.held.opened:
            same = (opened.stage, opened.part) == (closed.stage, closed.part)
            if same and closed.date.earliest < opened.date.earliest and closed.date.day and opened.date.day:
                details = {"opened": str(opened.date), "closed": str(closed.date)}
                yield Problem("dates-out-of-order", closed.found_at, details)


def _ordinals(records: Records) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    for year, edition in records.editions.items():
        for ordinal in edition.ordinal:
            if seen.setdefault(ordinal.value, year) != year:
                details = {"ordinal": str(ordinal.value), "year": str(seen[ordinal.value])}
                yield Problem("ordinal-twice", ordinal.found_at, details)


def _parts(records: Records) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    parts = records.vocabularies.sorts.parts
    files = ", ".join(sort.file for sort in parts)
    for sort in parts:
        for part_id, term in records.vocabularies.terms(sort.name).items():
            if part_id in seen:
                yield Problem("part-id-twice", term.found_at, {"name": part_id, "other": seen[part_id], "files": files})
            seen.setdefault(part_id, term.found_at.file)


def _eras(records: Records) -> Iterator[Problem]:
    for era in records.eras.values():
        if era.end is not None and era.end < era.start:
            yield Problem("era-reversed", era.found_at, {"start": str(era.start), "end": str(era.end)})
    in_order = sorted(records.eras.values(), key=lambda era: era.start)
    for earlier, later in pairwise(in_order):
        if earlier.end is None or earlier.end >= later.start:
            details = {"start": str(later.start), "line": str(earlier.found_at.line)}
            yield Problem("eras-overlap", later.found_at, details)


def _charts(records: Records, faulty: Collection[str]) -> Iterator[Problem]:
    if any(file.startswith(CLAIM_FILES) for file in faulty):
        return
    for chart in records.charts.values():
        if chart.measure and chart.measure in records.vocabularies.measures and not _has_figures(records, chart):
            yield Problem("chart-empty", chart.found_at, {"name": str(chart.measure)})
        for chain in chart.flows:
            yield from _flow(records, chain)


def _has_figures(records: Records, chart: ChartRecord) -> bool:
    """An empty chart comes from a slip in its measure, stage or part."""
    return any(
        claim.key.series == chart.series and (claim.record == EXPO) == (chart.record == EXPO)
        for claim in records.claims.by_address.values()
        if claim.field == "figure"
    )


def _flow(records: Records, chain: Sequence[FlowPart]) -> Iterator[Problem]:
    """Each step of a flow is a number in the unit of the first, and no greater than the step before."""
    before: Claim | None = None
    for part in chain:
        for address in filter(None, (part.claim, part.share)):
            claim = records.claims.by_address.get(address)
            if claim is not None and _number(claim) is None:
                yield Problem("flow-not-a-number", address.place, {"claim": str(address)})
        step = records.claims.by_address.get(part.claim)
        if step is None or _number(step) is None:
            return
        if before is not None:
            yield from _step(records, part, before, step)
        before = step


def _step(records: Records, part: FlowPart, before: Claim, step: Claim) -> Iterator[Problem]:
    measures = records.vocabularies.measures
    details = {"claim": step.address, "before": before.address}
    if any(claim.measure not in measures for claim in (before, step)):
        return
    if measures[before.measure].unit != measures[step.measure].unit:
        yield Problem("flow-units-differ", part.claim.place, details)
    elif (_number(step) or 0) > (_number(before) or 0):
        yield Problem("flow-grows", part.claim.place, details)


def _number(claim: Claim) -> Decimal | None:
    return claim.statement.number if isinstance(claim.statement, Figure) else None


def _ambiguous_figures(records: Records) -> Iterator[Problem]:
    """A figure in prose whose key has conflicting values must say which of them it means."""
    for article in [*records.articles.values(), *records.pages.values()]:
        for translation in article.translations.values():
            for mention in translation.references:
                if mention.kind != "figure":
                    continue
                claim = records.claims.by_address.get(mention.target)
                if claim is None:
                    continue
                group = records.claims.group_of(claim)
                in_conflict = len({other.value for other in group}) > 1
                is_explicit = claim.statement.id is not None or claim.statement.preferred is not None
                if in_conflict and not is_explicit:
                    others = ", ".join(other.address for other in group if other is not claim)
                    details = {"name": mention.target, "others": others, "anchor": claim.anchor}
                    yield Problem("figure-in-conflict", mention.place, details)


def _figures_in_words(records: Records) -> Iterator[Problem]:
    """Only a small count can be written as a word: not an amount of money, a range, or twenty and more."""
    for article in [*records.articles.values(), *records.pages.values()]:
        for translation in article.translations.values():
            for mention in translation.references:
                claim = records.claims.by_address.get(mention.target) if "words" in mention.options else None
                if claim is not None and not _has_word(records, claim):
                    yield Problem("figure-not-in-words", mention.place, {"name": mention.target})


def _has_word(records: Records, claim: Claim) -> bool:
    figure = claim.statement
    if not isinstance(figure, Figure) or figure.value is None or claim.measure not in records.vocabularies.measures:
        return False
    return figure.value.single in IN_WORDS and records.vocabularies.unit_of(claim.measure).base == COUNT


def _headings(records: Records, faulty: Collection[str]) -> Iterator[Problem]:
    """Headings have the same ids in every language, so that a link to one still works after switching.

    Headings that the original gained or lost after a translation was made are exempt: the translator follows later.
    """
    for article in [*records.articles.values(), *records.pages.values()]:
        if len(article.translations) < 2 or not is_whole(article, faulty):
            continue
        original = article.translations[original_language(article)]
        expected = {heading.id for heading in original.headings if heading.id}
        for translation in article.translations.values():
            stamp = translation.front.original
            gained = expected - stamp.sections.keys() if stamp else set()
            lost = stamp.sections.keys() - expected if stamp else set()
            for heading in translation.headings:
                if not heading.id:
                    yield Problem("heading-without-id", heading.place, {"heading": heading.text})
                elif heading.id not in expected | lost:
                    details = {"name": heading.id, "other": original.file}
                    yield Problem("heading-ids-differ", heading.place, details)
            for missing in sorted(expected - gained - {heading.id for heading in translation.headings if heading.id}):
                details = {"name": missing, "other": original.file}
                yield Problem("heading-ids-differ", translation.body.place(), details)
