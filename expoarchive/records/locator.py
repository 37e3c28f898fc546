"""Where in a source: ``title``, ``paragraph 3``, ``page A3, paragraphs 2-4``. Pages word it in their own language."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema

from expoarchive.nodes.fields import JsonSchema, PlacedText, must

# From the whole document down. Those of the first row stand alone; the others need a number.
SINGLE = ("title", "subtitle", "lead", "byline", "footer")
NUMBERED = ("page", "section", "heading", "paragraph", "caption", "table", "row", "line", "item", "minute")
_NAME = "|".join(NUMBERED)
_STEP = rf"(?:{'|'.join(SINGLE)}|(?:{_NAME})s? [A-Z]?[1-9][0-9]*(?:-[1-9][0-9]*)?)"
_LOCATOR = re.compile(rf"{_STEP}(?:, {_STEP})*")
# Pages of newspapers: A3.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PARTS = re.compile(rf"(?P<name>{'|'.join(SINGLE)}|{_NAME})s?(?: (?P<first>[A-Z]?[0-9]+)(?:-(?P<last>[0-9]+))?)?")

# How texts write a page: p. 3, pp. 3-4, page 3, 第3版.
_PAGE = re.compile(r"\bp(?:p?\.|ages?)\s*([0-9]{1,5})|第\s*([0-9]{1,5})\s*[页頁版]", re.IGNORECASE)

# As JSON Schema has it.
LOCATOR: JsonSchema = {"type": "string", "pattern": f"^{_LOCATOR.pattern}$"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step down into a source. ``first`` and ``last`` are its numbers; ``last`` is empty for a single one."""

    name: str
    first: str = ""
    last: str = ""


def steps(locator: str) -> tuple[Step, ...]:
    """The steps of a locator, from the outermost in."""
    found = (_PARTS.fullmatch(step) for step in locator.split(", "))
    return tuple(Step(match["name"], match["first"] or "", match["last"] or "") for match in found if match)


def is_locator(text: str) -> bool:
    """Whether a text is one, and its spans go forward."""
    if not _LOCATOR.fullmatch(text):
        return False
    return all(int(step.first.lstrip(_LETTERS)) < int(step.last) for step in steps(text) if step.last)


def page_in(locator: str) -> int:
    """The page that a locator names, as records or as texts write it; 0 for none, and for one that is no number."""
    named = next((step for step in steps(locator) if step.name == "page"), None) if is_locator(locator) else None
    if named is not None:
        return int(named.first) if named.first.isdecimal() else 0
    match = _PAGE.search(locator)
    return int(match[1] or match[2]) if match else 0


LocatorText = Annotated[PlacedText, must(is_locator, "not-a-locator"), WithJsonSchema(LOCATOR)]
