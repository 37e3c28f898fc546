"""The columns of a sheet, from the models of the records: whatever a single cell can hold of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from expoarchive.nodes import Model
from expoarchive.nodes.edit import Plain
from expoarchive.records.schema import EditorSchema
from expoarchive.sheets import form
from expoarchive.sheets.form import Form
from expoarchive.sheets.heading import words_of_choices

Path = tuple[str, ...]
_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_WEB = "^https?://"
# The ends of a range have a column each; a single number stands in the first.
LOW, HIGH = "from", "to"


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the same for all records with such a field; ``path`` leads to the value in the record.

    ``language`` is that of a text in several; ``end`` is one end of a range.
    """

    name: str
    path: Path
    form: Form
    language: str = ""
    end: str = ""

    def shown(self, record: Plain) -> str:
        """The text of the cell."""
        value = at_path(record, self.path)
        if self.end and isinstance(value, dict):
            value = value.get(self.end)
        elif self.end == HIGH:
            value = None
        return "" if value is None else self.form.shown(value)


def at_path(record: Plain, path: Path) -> Plain | None:
    """The value in a record, None where it has none."""
    for step in path:
        record = record.get(step) if isinstance(record, dict) else None
    return record


def with_value(record: dict[str, Plain], path: Path, value: Plain | None) -> dict[str, Plain]:
    """The record with another value there; None takes it away, and what is empty then."""
    name, *rest = path
    inner = value
    if rest:
        held = record.get(name)
        inner = with_value(held if isinstance(held, dict) else {}, tuple(rest), value) or None
    if inner is None:
        return {other: kept for other, kept in record.items() if other != name}
    return {**record, name: inner}


def with_end(record: dict[str, Plain], path: Path, end: str, value: str | None) -> dict[str, Plain]:
    """The record with one end of a range set; one end alone is a single number."""
    held = at_path(record, path)
    ends = dict(held) if isinstance(held, dict) else {LOW: held} if held is not None else {}
    ends = {name: number for name, number in {**ends, end: value}.items() if number is not None}
    single = next(iter(ends.values()), None) if len(ends) < 2 else {LOW: ends[LOW], HIGH: ends[HIGH]}
    return with_value(record, path, single)


@cache
def columns_of(model: type[Model], languages: tuple[str, ...]) -> tuple[Column, ...]:
    """What a sheet shows of records of a model; ``languages`` are those of its texts."""
    schema = model.model_json_schema(schema_generator=EditorSchema)
    return tuple(_columns(schema["properties"], schema.get("$defs", {}), languages, ()))


def _columns(
    properties: Mapping[str, Any], defs: Mapping[str, Any], languages: Sequence[str], above: Path
) -> Iterator[Column]:
    for name, schema in properties.items():
        path = (*above, name)
        full = ".".join(path)
        if "x-languages" in schema:
            yield from (Column(f"{full}.{one}", (*path, one), form.TEXT, language=one) for one in languages)
        elif _is_range(schema):
            yield Column(full, path, form.NUMBER, end=LOW)
            yield Column(f"{full}.{HIGH}", path, form.NUMBER, end=HIGH)
        elif (found := _form(name, schema, defs)) is not None:
            yield Column(full, path, found)
        elif not above and (inner := _inner(schema, defs)):
            nested = [*_columns(inner, defs, languages, path)]
            # A thing of which a sheet could show a part only is left to its file.
            if {column.path[1] for column in nested} == inner.keys():
                yield from nested


def _is_range(schema: Mapping[str, Any]) -> bool:
    return any(HIGH in one.get("properties", {}) for one in schema.get("anyOf", ()))


def _inner(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    named = schema.get("$ref", "").rpartition("/")[2]
    properties: Mapping[str, Any] = defs.get(named, {}).get("properties", {})
    return properties


def _form(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Form | None:
    """The form of a single value or of a list of such values; None for anything of several parts."""
    if "$ref" in schema:
        return form.MOMENT if schema["$ref"].endswith("/AsOf") else None
    forms = schema.get("anyOf", ())
    listed = next((one["items"] for one in forms if one.get("type") == "array"), None) or schema.get("items")
    if listed is not None:
        if listed.get("$ref", "").endswith("/Citation"):
            return form.CITATIONS
        one = _form(name, listed, defs)
        return form.several(one) if one is not None else None
    if any(one.get("pattern") == _DATE for one in (schema, *forms)):
        return form.DATE
    return _single(name, schema)


def _single(name: str, schema: Mapping[str, Any]) -> Form | None:
    if "x-ref" in schema:
        return form.reference(schema["x-ref"])
    if "enum" in schema or "const" in schema:
        choices = schema.get("enum") or [schema["const"]]
        return form.choice(choices, words_of_choices(name))
    simple = {"boolean": form.FLAG, "integer": form.WHOLE, "number": form.NUMBER}
    if (kind := schema.get("type")) != "string":
        return simple.get(str(kind))
    if schema.get("pattern") == _WEB:
        return form.ADDRESS
    return form.ID if "maxLength" in schema else form.TEXT
