"""Where in a source: ``title``, ``paragraph 3``, ``page A3, paragraphs 2-4``. Pages word it in their own language."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema

from expoarchive.nodes.fields import JsonSchema, text_that

# From the whole document down. Those of the first row stand alone; the others need a number.
SINGLE = ("title", "subtitle", "lead", "byline", "footer")
NUMBERED = ("page", "section", "heading", "paragraph", "caption", "table", "row", "line", "item", "minute")
_NAME = "|".join(NUMBERED)
_STEP = rf"(?:{'|'.join(SINGLE)}|(?:{_NAME})s? [A-Z]?[1-9][0-9]*(?:-[1-9][0-9]*)?)"
_LOCATOR = re.compile(rf"{_STEP}(?:, {_STEP})*")
# Pages of newspapers: A3.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PARTS = re.compile(rf"(?P<name>{'|'.join(SINGLE)}|{_NAME})s?(?: (?P<first>[A-Z]?[0-9]+)(?:-(?P<last>[0-9]+))?)?")

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


LocatorText = Annotated[str, text_that(is_locator, "not-a-locator"), WithJsonSchema(LOCATOR)]
