"""Warns of what is well formed and hardly true: a figure far from its neighbours, an ordinal out of its order.

Most are slips: a digit too many, a number in another unit than the measure's. What is true all the same is answered by
a ``note`` at the claim, which tells readers as well, and is not warned of again.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records
from expoarchive.records.claim import Claim, Series
from expoarchive.records.statement import Figure, Ordinal, Statement

# How many times its neighbours a figure may be, or they it.
FAR = 100
# What no fair counts or earns, in the base of a unit: more people than there are, more money than the world makes.
_MOST = {"count": Decimal(10) ** 10, "m2": Decimal(10) ** 12, "km": Decimal(10) ** 7}
_MOST_MONEY = Decimal(10) ** 15
_CURRENCY = re.compile(r"[A-Z]{3}")


def check_plausible(records: Records) -> list[Problem]:
    """Warn of ``figure-implausible``, ``figure-far`` and ``ordinal-out-of-order``; a claim with a note is answered."""
    series: dict[Series, list[Claim]] = {}
    for claim in records.claims.by_address.values():
        # A total as of one day or over some editions is no neighbour of another.
        if claim.year is not None and not claim.key.as_of and not claim.key.last and _size(claim):
            series.setdefault(claim.key.series, []).append(claim)
    return [
        *_implausible(records),
        *(problem for claims in series.values() for problem in _far(records, claims)),
        *_ordinals(records),
    ]


def _is_answered(statement: Statement) -> bool:
    """Whether a note tells readers why it is so, or a sum does, which is redone at each build."""
    return statement.note is not None or (statement.derived is not None and statement.derived.formula is not None)


def _size(claim: Claim) -> Decimal:
    """A figure's number, the upper end of a range; 0 for any other claim."""
    figure = claim.statement
    return abs(figure.value.high) if isinstance(figure, Figure) and figure.value is not None else Decimal(0)


def _amount(records: Records, claim: Claim) -> str:
    """The number with its unit, in the site's first language."""
    unit = records.vocabularies.unit_of(claim.measure)
    return next(iter(unit.shown.values())).replace("{number}", f"{_size(claim):f}")


def _implausible(records: Records) -> Iterator[Problem]:
    vocabularies = records.vocabularies
    for claim in records.claims.by_address.values():
        measure = vocabularies.measures.get(claim.measure)
        unit = vocabularies.units.get(measure.unit) if measure else None
        if unit is None or _is_answered(claim.statement):
            continue
        most = _MOST_MONEY if _CURRENCY.fullmatch(unit.base) else _MOST.get(unit.base)
        if most is not None and _size(claim) * unit.factor > most:
            details = {"amount": _amount(records, claim)}
            yield Problem("figure-implausible", claim.statement.found_at, details, severity=WARNING)


def _far(records: Records, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Figures of one series that are far from both of the two nearest in time; of only two, the greater."""
    if claims[0].measure not in records.vocabularies.measures or len(claims) < 2:
        return
    by_year = {year: list(alike) for year, alike in groupby(claims, key=_year)}
    years = list(by_year)
    for claim in claims:
        at = bisect(years, _year(claim))
        # The nearest two are of its year, or of one of the two before or after it.
        around = [one for year in years[max(0, at - 3) : at + 2] for one in by_year[year] if one is not claim]
        others = sorted(around, key=lambda one: _apart(one, claim))[:2]
        far = all(_size(claim) >= FAR * _size(one) for one in others)
        near_nothing = len(others) > 1 and all(_size(claim) * FAR <= _size(one) for one in others)
        if (far or near_nothing) and not _is_answered(claim.statement):
            details = {
                "amount": _amount(records, claim),
                "others": ", ".join(f"{one.record}: {_amount(records, one)}" for one in others),
                "times": str(FAR),
            }
            yield Problem("figure-far", claim.statement.found_at, details, severity=WARNING)


def _year(claim: Claim) -> int:
    return claim.year or 0


def _apart(one: Claim, other: Claim) -> int:
    return abs(_year(one) - _year(other))


def _ordinals(records: Records) -> Iterator[Problem]:
    """Ordinals that do not fit into the longest row in which each edition counts on from those before it."""
    counted = [(year, ordinal) for year, edition in records.editions.items() for ordinal in edition.ordinal]
    row = _longest_row(counted)
    values = {one.value for one in row}
    for year, ordinal in counted:
        # What is in the row is among its values.
        if ordinal.value in values or _is_answered(ordinal):
            continue
        beside = sorted((abs(other - year), other, one.value) for other, one in counted if one in row)[:2]
        others = ", ".join(f"{other}: {value}" for _, other, value in sorted(beside, key=lambda one: one[1]))
        details = {"ordinal": str(ordinal.value), "year": str(year), "others": others}
        yield Problem("ordinal-out-of-order", ordinal.found_at, details, severity=WARNING)


def _longest_row(counted: Sequence[tuple[int, Ordinal]]) -> list[Ordinal]:
    # Nearly always all of them, which takes no comparison of each with each.
    if all(_follows(year - last, one.value - before.value) for (last, before), (year, one) in pairwise(counted)):
        return [ordinal for _, ordinal in counted]
    rows: list[tuple[int, list[Ordinal]]] = []
    for year, ordinal in counted:
        before = [row for last, row in rows if _follows(year - last, ordinal.value - row[-1].value)]
        rows.append((year, [*max(before, key=len, default=[]), ordinal]))
    return max((row for _, row in rows), key=len, default=[])


def _follows(years: int, editions: int) -> bool:
    """Whether an edition so many years later can be so many editions on: one a year at most."""
    return 0 < editions <= years or years == editions == 0
