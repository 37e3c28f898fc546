"""Words for values: the numbers, amounts, dates and ordinals of records, written for one language.

Only the locale data (CLDR, by Babel) and the strings of the interface decide: no language is known here.
Pure functions, which report no problems. ``strings`` are the words of one language by name; those that are
used here are listed in ``QUALIFIER_STRINGS`` and ``ORDINAL_STRINGS``.
"""

from expoarchive.render.format.amounts import QUALIFIER_STRINGS, amount, qualified
from expoarchive.render.format.dates import day, span
from expoarchive.render.format.numbers import ORDINAL_STRINGS, language_name, number, ordinal

__all__ = [
    "ORDINAL_STRINGS",
    "QUALIFIER_STRINGS",
    "amount",
    "day",
    "language_name",
    "number",
    "ordinal",
    "qualified",
    "span",
]
