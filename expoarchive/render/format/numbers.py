"""Numbers and ordinals."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import format_decimal

from expoarchive.config import Language
from expoarchive.problem.pattern import fill

# Patterns with {number}, one for each plural form of ordinals that the locale tells apart.
ORDINAL_STRINGS = ("ordinal.zero", "ordinal.one", "ordinal.two", "ordinal.few", "ordinal.many", "ordinal.other")

# A newspaper writes 2.88万, and 13630.
_MOST_DECIMALS = 2


@cache
def locale_of(identifier: str) -> Locale:
    """The CLDR data of a configured locale, which is known to exist."""
    return Locale.parse(identifier)


@cache
def counts_in_ten_thousands(identifier: str) -> bool:
    """Whether the locale has a word for 10 000, and so counts large numbers in steps of it."""
    formats = locale_of(identifier).compact_decimal_formats
    by_form = formats["long" if "long" in formats else "short"]
    pattern = str(by_form["other"]["10000"].pattern)
    return pattern.count("0") == 1 and pattern.strip("0") != ""


def number(value: Decimal, language: Language) -> str:
    """``value`` with all its recorded digits (12.50 keeps its zero), never rounded.

    Digits are grouped in threes only if the language counts in thousands. Readers of one that counts in ten thousands
    would be misled, and its own statistics are printed without groups.
    """
    return _grouped(str(value), language.locale)


# The numbers of editions stand on most pages. By their digits, as 12.50 and 12.5 are equal.
@lru_cache(maxsize=4096)
def _grouped(digits: str, identifier: str) -> str:
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return format_decimal(
        value,
        format="#,##0" + ("." + "0" * decimals if decimals else ""),
        locale=locale_of(identifier),
        decimal_quantization=False,
        group_separator=not counts_in_ten_thousands(identifier),
    )


def scaled_number(value: Decimal, language: Language) -> str:
    """The number in ten thousands or more, as such languages write it, where that is shorter: 1.6万, but 20428.6.

    Other languages write it in figures.
    """
    if not counts_in_ten_thousands(language.locale):
        return number(value, language)
    formats = locale_of(language.locale).compact_decimal_formats
    by_form = formats["long" if "long" in formats else "short"]["other"]
    for power in (8, 4):
        scaled = value.scaleb(-power).normalize()
        exponent = scaled.as_tuple().exponent
        if abs(scaled) >= 1 and isinstance(exponent, int) and exponent >= -_MOST_DECIMALS:
            digits = number(scaled.quantize(Decimal(1)) if exponent > 0 else scaled, language)
            return str(by_form[str(10**power)].pattern).replace("0", digits)
    return number(value, language)


def ordinal(value: int, locale: str, strings: Mapping[str, str]) -> str:
    """An edition's number: 23rd. The locale picks the form, and the string ``ordinal.<form>`` has its pattern."""
    pattern = strings.get(f"ordinal.{_ordinal_form(value, locale)}") or strings["ordinal.other"]
    return fill(pattern, {"number": _grouped(str(value), locale)})


@lru_cache(maxsize=4096)
def _ordinal_form(value: int, identifier: str) -> str:
    return locale_of(identifier).ordinal_form(value)


def language_name(tag: str, language: Language) -> str:
    """The name in ``language`` for the language of a BCP 47 tag, or the tag if CLDR has no name for it."""
    return _language_name(tag, language.locale)


@cache
def _language_name(tag: str, identifier: str) -> str:
    return str(locale_of(identifier).languages.get(tag.split("-")[0].lower(), tag))
