"""Holds what a source is said to print against its claim: a slip of digits, or of 万 and 亿, is an error."""

import re
from collections.abc import Iterator
from decimal import Decimal

from expoarchive.nodes.fields import Quantity
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.archive import Records
from expoarchive.records.claim import Claim
from expoarchive.records.numerals import LANGUAGES, Amount, amounts, days, ordinals
from expoarchive.records.statement import DateClaim, Deal, Figure, Ordinal, Qualifier, SideEvent
from expoarchive.records.vocabulary import Unit

# What Chinese counts by, and what it calls the bases of units.
_MYRIADS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_CHINESE = {"CNY": "元", "USD": "美元", "m2": "平方米", "km": "公里", "percent": "%"}


def check_prints(records: Records) -> list[Problem]:
    """Compare every print with its claim in value and unit; a rounded print agrees. One of a claim's has its qualifier.

    Reports ``print-differs``, ``print-qualifier``, ``print-unreadable`` and ``misprint-of-nothing``. Warns of
    ``print-language`` where a print in a language not known here cannot be read, and of ``misprint-needless``.
    """
    problems: list[Problem] = []
    for claim in records.claims.by_address.values():
        for citation in claim.statement.sources:
            if citation.printed is None and citation.misprint is not None:
                problems.append(Problem("misprint-of-nothing", citation.found_at))
        if claim.statement.derived is None:
            problems += _of_claim(records, claim)
    return problems


def _of_claim(records: Records, claim: Claim) -> list[Problem]:
    problems: list[Problem] = []
    qualifiers: list[Problem] = []
    prints = 0
    for citation in claim.statement.sources:
        source = records.sources.get(citation.source)
        if citation.printed is None or source is None:
            continue
        place = getattr(citation.printed, "place", citation.found_at)
        faults = list(_faults(records, claim, citation.printed, source.language.split("-")[0], place))
        if citation.misprint is not None:
            if not faults and isinstance(claim.statement, Figure | DateClaim | Ordinal):
                problems.append(Problem("misprint-needless", place, {"found": citation.printed}, severity=WARNING))
            continue
        prints += 1
        qualifiers += [fault for fault in faults if fault.kind == "print-qualifier"]
        problems += [fault for fault in faults if fault.kind != "print-qualifier"]
    # Where one source says about 981 and another 981, the claim may say about.
    return problems + (qualifiers[:1] if len(qualifiers) == prints else [])


def _faults(records: Records, claim: Claim, printed: str, language: str, place: Place) -> Iterator[Problem]:
    match claim.statement:
        case Figure(value=value, qualifier=qualifier) | Deal(value=value, qualifier=qualifier) if value is not None:
            if (unit := _unit(records, claim)) is None:
                return
            found = amounts(printed, language)
            if language not in LANGUAGES and not any(one.agrees(value, unit.factor, unit.base) for one in found):
                details = {"found": printed, "language": language}
                yield Problem("print-language", place, details, severity=WARNING)
                return
            if isinstance(claim.statement, Deal):
                # Its print may be of the parties, or of a size in another unit.
                found = tuple(amount for amount in found if amount.base == unit.base)
                if not found:
                    return
            yield from _amount_faults(found, value, unit, qualifier, printed, place)
        case DateClaim(date=date):
            dates = days(printed)
            if not any(day.agrees(date) for day in dates):
                yield _differs(place, printed, ", ".join(map(str, dates)), str(date))
        case Ordinal(value=number):
            yield from _ordinal_faults(printed, number, place)
        case SideEvent(round=int() as number) if ordinals(printed):
            yield from _ordinal_faults(printed, number, place)


def _unit(records: Records, claim: Claim) -> Unit | None:
    """What a figure or the worth of a deal is counted in; None where its measure or the unit is not known."""
    measure = records.vocabularies.measures.get(getattr(claim.statement, "measure", None) or claim.measure)
    return records.vocabularies.units.get(measure.unit) if measure else None


def _ordinal_faults(printed: str, number: int, place: Place) -> Iterator[Problem]:
    found = ordinals(printed)
    if number not in found:
        yield _differs(place, printed, ", ".join(map(str, found)), str(number))


def _amount_faults(
    found: tuple[Amount, ...], value: Quantity, unit: Unit, qualifier: Qualifier, printed: str, place: Place
) -> Iterator[Problem]:
    agreeing = [amount for amount in found if amount.agrees(value, unit.factor, unit.base, loose=qualifier == "about")]
    if not agreeing:
        yield _differs(place, printed, ", ".join(_plain(amount) for amount in found), _claimed(value, unit))
    elif all(amount.qualifier != qualifier for amount in agreeing):
        details = {"found": printed, "print": agreeing[0].qualifier, "claim": qualifier}
        yield Problem("print-qualifier", place, details)


def _differs(place: Place, printed: str, read: str, claimed: str) -> Problem:
    if not read:
        return Problem("print-unreadable", place, {"found": printed, "claim": claimed})
    chinese = {"print.zh": _in_chinese(read), "claim.zh": _in_chinese(claimed)}
    return Problem("print-differs", place, {"found": printed, "print": read, "claim": claimed, **chinese})


def _in_chinese(values: str) -> str:
    """The values as Chinese has them: 1045亿元 for 104,500,000,000 CNY."""

    def counted(match: re.Match[str]) -> str:
        number = Decimal(match[0].replace(",", ""))
        size, word = next((one for one in _MYRIADS if number >= one[0]), (Decimal(1), ""))
        return _digits(number / size).replace(",", "") + word if word else match[0]

    return re.sub(
        r" (\w+)\b", lambda match: _CHINESE.get(match[1], match[0]), re.sub(r"[0-9][0-9,.]*", counted, values)
    )


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
