"""Text in CSV that no spreadsheet takes for a formula, and back."""

import re

# A spreadsheet runs what begins so. A text that already looks guarded gets one more apostrophe, so that all read back.
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")
# How offices keep a spreadsheet from making a number of 0012.
_LITERAL = re.compile(r'="([^"]*)"')


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it needs one."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text of a cell that ``guarded``, or an office, wrote."""
    if literal := _LITERAL.fullmatch(text):
        return literal[1]
    return text[1:] if _GUARDED.match(text) else text
