"""The forms of the repository in which readers report, one a language, for GitHub to show and to fill in by an address.

GitHub fills in fields of text alone, so what is chosen from a list elsewhere is a text here, with the list beside it.
"""

import json
from collections.abc import Iterator, Mapping

from expoarchive.records import Records
from expoarchive.records.claim import FACTS
from expoarchive.render.report import DUE, FIELDS, form_name
from expoarchive.render.strings import Strings

FOLDER = ".github/ISSUE_TEMPLATE"
# Fields that take more than a line, and those with a line of help.
_LONG = frozenset({"value", "source", "printed", "comment"})
_HELPED = frozenset({"edition", "item", "value", "source", "place", "printed"})
MADE = "# Made by `python build.py forms` from the strings and vocabularies: change those, not this file."


def report_forms(records: Records, strings: Mapping[str, Strings]) -> dict[str, str]:
    """The text of each form by its path."""
    return {
        f"{FOLDER}/{form_name(language)}": "\n".join([MADE, *_form(records, language, t)]) + "\n"
        for language, t in strings.items()
    }


def _form(records: Records, language: str, t: Strings) -> Iterator[str]:
    yield f"name: {_quoted(t('report.form'))}"
    yield f"description: {_quoted(t('report.about'))}"
    yield "body:"
    yield "  - type: markdown"
    yield f"    attributes: {{value: {_quoted(t('report.intro'))}}}"
    for field in FIELDS:
        yield f"  - type: {'textarea' if field in _LONG else 'input'}"
        yield f"    id: {field}"
        yield "    attributes:"
        yield f"      label: {_quoted(t(f'report.{field}'))}"
        if field == "item":
            yield f"      description: {_quoted(t('report.item_help', names=_names(records, language, t)))}"
        elif field in _HELPED:
            yield f"      description: {_quoted(t(f'report.{field}_help'))}"
        if field in DUE:
            yield "    validations: {required: true}"


def _names(records: Records, language: str, t: Strings) -> str:
    """What readers are asked for most: the facts of an edition, and the measures that tables have."""
    facts = [t(f"field.{field}") for field in FACTS]
    measures = [one.name[language] for one in records.vocabularies.measures.values() if one.in_table]
    return t("list.separator").join([*facts, *measures])


def _quoted(text: str) -> str:
    """A text as YAML, of which JSON is a part."""
    return json.dumps(text, ensure_ascii=False)
