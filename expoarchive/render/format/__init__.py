"""Numbers, amounts, dates and ordinals in words of a language.

They follow CLDR's locale data, which Babel has, and the interface's strings: no module here knows any language. Of the
``strings``, they use ``OVER_NUMBER`` and those in ``QUALIFIER_STRINGS`` and ``ORDINAL_STRINGS``.
"""

from expoarchive.render.format.amounts import OVER_NUMBER, QUALIFIER_STRINGS, amount, brief, qualified
from expoarchive.render.format.dates import day, span
from expoarchive.render.format.numbers import ORDINAL_STRINGS, language_name, number, ordinal

__all__ = [
    "ORDINAL_STRINGS",
    "OVER_NUMBER",
    "QUALIFIER_STRINGS",
    "amount",
    "brief",
    "day",
    "language_name",
    "number",
    "ordinal",
    "qualified",
    "span",
]
