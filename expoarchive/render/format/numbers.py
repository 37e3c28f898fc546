"""Numbers and ordinals."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal

from expoarchive.config import Language
from expoarchive.problem.pattern import fill

# Patterns with {number}, one for each plural form of ordinals that the locale tells apart.
ORDINAL_STRINGS = ("ordinal.zero", "ordinal.one", "ordinal.two", "ordinal.few", "ordinal.many", "ordinal.other")


@cache
def locale_of(identifier: str) -> Locale:
    """The CLDR data of a configured locale, which the configuration has checked."""
    return Locale.parse(identifier)


@cache
def counts_in_ten_thousands(identifier: str) -> bool:
    """Whether the locale's words for large numbers step at 10 000, so that it shortens 10 000 to "1" and a word."""
    formats = locale_of(identifier).compact_decimal_formats
    by_form = formats["long" if "long" in formats else "short"]
    pattern = str(by_form["other"]["10000"].pattern)
    return pattern.count("0") == 1 and pattern.strip("0") != ""


def number(value: Decimal, language: Language) -> str:
    """``value`` with all the digits that were recorded (12.50 keeps its zero), never rounded.

    Groups of three are a help where the language's words for large numbers step in thousands too. One that
    counts in ten thousands is misled by them: its statistics are printed without, and so they are here.
    """
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = "." + "0" * decimals if decimals else ""
    return format_decimal(
        value,
        format=f"#,##0{digits}",
        locale=locale_of(language.locale),
        decimal_quantization=False,
        group_separator=not counts_in_ten_thousands(language.locale),
    )


def ordinal(value: int, language: Language, strings: Mapping[str, str]) -> str:
    """The edition's number in words: 23rd. The locale picks the form, ``ordinal.<form>`` has its pattern."""
    form = locale_of(language.locale).ordinal_form(value)
    pattern = strings.get(f"ordinal.{form}") or strings["ordinal.other"]
    return fill(pattern, {"number": number(Decimal(value), language)})


def language_name(tag: str, language: Language) -> str:
    """What ``language`` calls the language of a BCP 47 tag; the tag itself where CLDR has no name."""
    name: str = locale_of(language.locale).languages.get(tag.split("-")[0].lower(), tag)
    return name
