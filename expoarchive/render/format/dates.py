"""Dates, as exact as their sources."""

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from expoarchive.config import Language
from expoarchive.nodes.fields import PartialDate
from expoarchive.render.format.numbers import locale_of


def day(value: PartialDate, language: Language) -> str:
    """A day, a month of a year or a year: ``22 July 2022``, ``July 2022``, ``2022``."""
    return _day(value, language.locale)


# A source's date stands on each page that cites it.
@lru_cache(maxsize=4096)
def _day(value: PartialDate, identifier: str) -> str:
    locale = locale_of(identifier)
    return _formatted(value.earliest, _pattern(value, locale), locale)


def span(first: PartialDate, last: PartialDate, language: Language) -> str:
    """From the first to the last day, with what they share written once: ``22–24 July 2022``.

    Two dates of different exactness are both written in full.
    """
    if first == last:
        return day(first, language)
    locale = locale_of(language.locale)
    skeleton, parts = _exactness(first)
    halves = None
    if _exactness(last) == (skeleton, parts):
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        halves = locale.interval_formats.get(skeleton, {}).get(differs)
    if halves is None:
        return str(locale.interval_formats[None]).format(day(first, language), day(last, language))
    return "".join(
        _formatted(value.earliest, _full_month(half), locale) for value, half in zip((first, last), halves, strict=True)
    )


def _exactness(value: PartialDate) -> tuple[str, int]:
    """CLDR's pattern name for the known parts of the date, and how many these are."""
    parts = 1 + (value.month is not None) + (value.day is not None)
    return ("y", "yMMM", "yMMMd")[parts - 1], parts


def _pattern(value: PartialDate, locale: Locale) -> str:
    if value.day is not None:
        return str(locale.date_formats["long"].pattern)
    skeleton = "y" if value.month is None else "yMMMM"
    form = locale.datetime_skeletons.get(skeleton) or locale.datetime_skeletons[_exactness(value)[0]]
    return str(form.pattern)


def _full_month(pattern: str) -> str:
    """The pattern with a long month. CLDR has intervals with short ones only, and allows the replacement."""
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern)


def _formatted(value: date, pattern: str, locale: Locale) -> str:
    return format_date(value, pattern, locale=locale) if pattern else ""
