"""Amounts with units."""

from collections.abc import Mapping
from decimal import Context, Decimal

from expoarchive.config import Language
from expoarchive.nodes.fields import Quantity
from expoarchive.problem.pattern import fill
from expoarchive.records.vocabulary import Unit
from expoarchive.render.format.numbers import locale_of, number, scaled_number

# Patterns with {amount}. An exact amount needs none.
QUALIFIER_STRINGS = ("qualifier.about", "qualifier.nearly", "qualifier.over")
# A pattern with {number} for over a round number, said inside the amount: 30多个. The plain pattern says it outside.
OVER_NUMBER = "qualifier.over_number"

# How a hedge is written where only a number has room.
_SIGNS = {"about": "≈", "nearly": "≈", "over": ">"}
RANGE_DASH = "\N{EN DASH}"
# Smaller amounts are in figures: CNY 450,000 reads better than 450 thousand.
_LEAST_WORDED = Decimal(1_000_000)
# Exact for any sum of money, whatever precision the process has set.
_EXACT = Context(prec=60)


def amount(quantity: Quantity, unit: Unit, language: Language, counter: str = "", within: str = "{number}") -> str:
    """The quantity in ``unit`` as the language writes it: 1045亿元, CNY 104.5 billion, 1.6万亿元, a range as 5–6.

    Languages in ``unit.worded`` write the amount in the unit's base, with their own word for millions and up. Every
    recorded digit is kept. ``counter`` is the word that a language has between number and noun, ``within`` a pattern
    for the number itself.
    """
    ends = [quantity.low] if quantity.low == quantity.high else [quantity.low, quantity.high]
    pattern = unit.shown[language.id]
    # A language without a pattern of its own borrows what its number is in, too.
    if unit.shown.language_of(language.id) in unit.worded:
        return fill(pattern, {"number": _worded([_in_base(end, unit) for end in ends], language, "long")})
    texts = [scaled_number(end, language) for end in ends]
    if len({text[-1].isdigit() for text in texts}) > 1:
        texts = [number(end, language) for end in ends]  # 8000–16000, for 8000–1.6万 is no range
    text = RANGE_DASH.join(texts)
    return fill(pattern, {"number": fill(within, {"number": text}) + counter})


def qualified(
    quantity: Quantity, unit: Unit, language: Language, qualifier: str, strings: Mapping[str, str], counter: str = ""
) -> str:
    """An amount as the source hedges it: over, about, nearly; ``exact`` adds nothing."""
    within = strings[OVER_NUMBER]
    if qualifier == "over" and within != "{number}" and _is_round(quantity, language):
        return amount(quantity, unit, language, counter, within)
    text = amount(quantity, unit, language, counter)
    return text if qualifier == "exact" else fill(strings[f"qualifier.{qualifier}"], {"amount": text})


def brief(quantity: Quantity, unit: Unit, language: Language, qualifier: str) -> str:
    """The amount where its unit is said beside it, as short as it goes: 1045, 104.5B, >8400."""
    ends = [quantity.low] if quantity.low == quantity.high else [quantity.low, quantity.high]
    if unit.shown.language_of(language.id) in unit.worded:
        text = _worded([_in_base(end, unit) for end in ends], language, "short")
    else:
        text = RANGE_DASH.join(scaled_number(end, language) for end in ends)
    return _SIGNS.get(qualifier, "") + text


def _is_round(quantity: Quantity, language: Language) -> bool:
    """Whether the number as it is written ends in a zero or in a word, and has no decimals: 30, 5万."""
    text = scaled_number(quantity.low, language)
    return quantity.single is not None and "." not in text and (text[-1] == "0" or not text[-1].isdigit())


def _in_base(value: Decimal, unit: Unit) -> Decimal:
    """The amount in the unit's base, with the zeros that were recorded, but without those that multiplying adds."""
    product = _EXACT.multiply(value, unit.factor).normalize(_EXACT)
    recorded = value.as_tuple()
    decimals = -recorded.exponent if isinstance(recorded.exponent, int) else 0
    missing = len(recorded.digits) - len(product.as_tuple().digits)
    if product == 0 or decimals <= 0 or missing <= 0:
        return product
    return product.quantize(Decimal(1).scaleb(product.adjusted() - len(recorded.digits) + 1), context=_EXACT)


def _worded(values: list[Decimal], language: Language, words: str) -> str:
    """The values in figures, then one word for their scale, which is that of the greater one; ``words``: long or short.

    Languages that have no long words get the short ones.
    """
    locale = locale_of(language.locale)
    formats = locale.compact_decimal_formats
    by_form = formats[words if words in formats else "short"]
    greatest = max(abs(value) for value in values)
    fitting = [int(key) for key in by_form["other"] if _LEAST_WORDED <= int(key) <= greatest]
    if not fitting:
        return RANGE_DASH.join(number(_without_exponent(value), language) for value in values)
    key = max(fitting)
    # The pattern has a zero for each digit before the point: "000 million" for 10 to the 8th.
    zeros = str(by_form["other"][str(key)].pattern).count("0")
    power = len(str(key)) - zeros
    scaled = [_without_exponent(value.scaleb(-power, context=_EXACT)) for value in values]
    form = locale.plural_form(scaled[-1])
    pattern = str(by_form.get(form, by_form["other"])[str(key)].pattern).replace("'", "")
    return pattern.replace("0" * zeros, RANGE_DASH.join(number(value, language) for value in scaled))


def _without_exponent(value: Decimal) -> Decimal:
    """The same number without a positive exponent, which would hide its zeros."""
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1), context=_EXACT) if isinstance(exponent, int) and exponent > 0 else value
