"""Holds what a source is said to print against its claim: a slip of digits, or of 万 and 亿, is an error."""

from collections.abc import Iterator
from decimal import Decimal

from expoarchive.nodes.fields import Quantity
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.archive import Records
from expoarchive.records.claim import Claim
from expoarchive.records.numerals import LANGUAGES, Amount, amounts, days, ordinals
from expoarchive.records.statement import Citation, DateClaim, Deal, Figure, Ordinal, Qualifier, SideEvent
from expoarchive.records.vocabulary import Unit


def check_prints(records: Records) -> list[Problem]:
    """Compare every print with its claim, in value, unit and qualifier; a rounded print agrees.

    Reports ``print-differs``, ``print-qualifier`` and ``print-unreadable``. Warns of ``print-language`` where the
    numerals of the source's language are not known here, and of ``misprint-needless``.
    """
    problems: list[Problem] = []
    for claim in records.claims.by_address.values():
        for citation in claim.statement.sources:
            source = records.sources.get(citation.source)
            if citation.printed is None:
                if citation.misprint is not None:
                    problems.append(Problem("misprint-of-nothing", citation.found_at))
            elif source is not None and claim.statement.derived is None:
                problems += _judged(records, claim, citation, source.language.split("-")[0])
    return problems


def _judged(records: Records, claim: Claim, citation: Citation, language: str) -> Iterator[Problem]:
    """The faults of one print, unless the record explains them as the source's own slip."""
    assert citation.printed is not None
    place = getattr(citation.printed, "place", citation.found_at)
    faults = list(_faults(records, claim, citation.printed, language, place))
    if citation.misprint is None:
        yield from faults
    elif not faults:
        yield Problem("misprint-needless", place, {"found": citation.printed}, severity=WARNING)


def _faults(records: Records, claim: Claim, printed: str, language: str, place: Place) -> Iterator[Problem]:
    match claim.statement:
        case Figure(value=value, qualifier=qualifier) | Deal(value=value, qualifier=qualifier) if value is not None:
            measures, units = records.vocabularies.measures, records.vocabularies.units
            measure = measures.get(getattr(claim.statement, "measure", None) or claim.measure)
            unit = units.get(measure.unit) if measure else None
            if unit is None:
                return
            if language not in LANGUAGES:
                details = {"found": printed, "language": language}
                yield Problem("print-language", place, details, severity=WARNING)
                return
            yield from _amount_faults(amounts(printed, language), value, unit, qualifier, printed, place)
        case DateClaim(date=date):
            found = days(printed)
            if not any(day.agrees(date) for day in found):
                yield _differs(place, printed, ", ".join(map(str, found)), str(date))
        case Ordinal(value=number):
            yield from _ordinal_faults(printed, number, place)
        case SideEvent(round=int() as number) if ordinals(printed):
            yield from _ordinal_faults(printed, number, place)


def _ordinal_faults(printed: str, number: int, place: Place) -> Iterator[Problem]:
    found = ordinals(printed)
    if number not in found:
        yield _differs(place, printed, ", ".join(map(str, found)), str(number))


def _amount_faults(
    found: tuple[Amount, ...], value: Quantity, unit: Unit, qualifier: Qualifier, printed: str, place: Place
) -> Iterator[Problem]:
    agreeing = [amount for amount in found if amount.agrees(value, unit.factor, unit.base)]
    if not agreeing:
        yield _differs(place, printed, ", ".join(_plain(amount) for amount in found), _claimed(value, unit))
    elif all(amount.qualifier != qualifier for amount in agreeing):
        details = {"found": printed, "print": agreeing[0].qualifier, "claim": qualifier}
        yield Problem("print-qualifier", place, details)


def _differs(place: Place, printed: str, read: str, claimed: str) -> Problem:
    if not read:
        return Problem("print-unreadable", place, {"found": printed, "claim": claimed})
    return Problem("print-differs", place, {"found": printed, "print": read, "claim": claimed})


def _plain(amount: Amount) -> str:
    number = _digits(amount.low) if amount.low == amount.high else f"{_digits(amount.low)}–{_digits(amount.high)}"
    return f"{number} {amount.base}".strip()


def _claimed(value: Quantity, unit: Unit) -> str:
    number = _digits(value.low * unit.factor)
    if value.high != value.low:
        number = f"{number}–{_digits(value.high * unit.factor)}"
    return number if unit.base == "count" else f"{number} {unit.base}"


def _digits(number: Decimal) -> str:
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"
