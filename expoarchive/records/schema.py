"""JSON Schemas from the models, for the programs that editors write records in.

They describe what ``expoarchive`` reads, short forms too, as YAML shows it to a JSON Schema. ``x-ref`` says of
which things a value is the id, ``x-languages`` that a text is due in all of the site's languages or in some.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from expoarchive.config import Config
from expoarchive.nodes import Model
from expoarchive.nodes.fields import LONGEST_ID, SLUG, one_or_many
from expoarchive.records.article import ArticleRecord
from expoarchive.records.correction import Correction
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.sorts import SORTS
from expoarchive.records.source import Source
from expoarchive.records.vocabulary import Change, ChartRecord, Era, GlossaryEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What a property says of itself beside its form; `markdownDescription` is in both languages of editors.
ABOUT = ("title", "description", "markdownDescription", "default")
ID = {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": LONGEST_ID}


@dataclass(frozen=True, slots=True)
class Described:
    """A sort of YAML file: its path in a site, its schema's, and its model; with ``by_id`` that of each entry."""

    path: str
    schema: str
    model: type[Model]
    by_id: bool = False


FILES = (
    Described("site_config.yaml", "site_config.json", Config),
    Described("content/editions/YYYY.yaml", "edition.json", Edition),
    Described("content/expo.yaml", "expo.json", ExpoRecord),
    Described("content/sources.yaml", "sources.json", Source, by_id=True),
    Described("content/eras.yaml", "eras.json", Era, by_id=True),
    Described("content/changes.yaml", "changes.json", Change, by_id=True),
    Described("content/glossary.yaml", "glossary.json", GlossaryEntry, by_id=True),
    Described("content/charts.yaml", "charts.json", ChartRecord, by_id=True),
    Described("content/corrections.yaml", "corrections.json", Correction, by_id=True),
    Described("content/articles/ID/article.yaml", "article.json", ArticleRecord),
    Described("content/pages/ID/page.yaml", "article.json", ArticleRecord),
    *(Described(sort.file, f"vocabularies/{sort.plural}.json", sort.model, by_id=True) for sort in SORTS),
)


def schema_of(described: Described) -> JsonSchemaValue:
    """The schema of a whole file."""
    entry = described.model.model_json_schema(schema_generator=EditorSchema)
    if not described.by_id:
        return {"$schema": DIALECT, **entry}
    defs = entry.pop("$defs", {})
    # A model that refers to itself is in the definitions already.
    name = described.model.__name__
    defs.setdefault(name, entry)
    return {
        "$schema": DIALECT,
        "title": described.path.removesuffix(".yaml").rpartition("/")[2],
        "description": f"Entries by id. {defs[name].get('description', '')}".strip(),
        "type": "object",
        "propertyNames": ID,
        "additionalProperties": {"$ref": f"#/$defs/{name}"},
        "$defs": dict(sorted(defs.items())),
    }


class EditorSchema(GenerateJsonSchema):
    """pydantic's generator, with the forms that only our reader knows."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A value or nothing: nothing is a key left out, never a null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without the defaults that only say that a key is left out."""
        made = super().default_schema(schema)
        if made.get("default") in (None, [], {}):
            made.pop("default", None)
        if made.get("type") == "number" and "default" in made:
            number = float(made["default"])
            made["default"] = int(number) if number.is_integer() else number
        return made

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A list of one may stand without its brackets."""
        made = super().function_before_schema(schema)
        if schema["function"]["function"] is one_or_many and "items" in made:
            return {"anyOf": [made["items"], made]}
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping whose keys keep what is known of them, ``x-ref`` too."""
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        made: JsonSchemaValue = {"type": "object", "additionalProperties": values or True}
        return {**made, "propertyNames": keys} if keys.keys() - {"type"} else made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model, or its short form: one value that stands for one of its keys."""
        made = super().model_schema(schema)
        name = schema["cls"].__name__
        for key, field in made.get("properties", {}).items():
            says = [field.get("description", ""), key_in_chinese(name, key)]
            field["markdownDescription"] = "\n\n".join(filter(None, says))
        if "description" in made:
            made["description"] = prose(made["description"])
        short = getattr(schema["cls"], "_short", None)
        if short is None:
            return made
        (key,) = short("")
        about: JsonSchemaValue = {name: made.pop(name) for name in ("title", "description") if name in made}
        single = bare(made["properties"][key])
        forms = single["anyOf"] if single.keys() == {"anyOf"} else [single]
        # `x-short` says to the reference which key the single value stands for.
        return {**about, "anyOf": [*forms, made], "x-short": key}


@cache
def _keys_in_chinese() -> Mapping[str, str]:
    with Path(__file__).with_name("keys.zh.yaml").open("rb") as handle:
        read: dict[str, str] = yaml.load(handle, Loader=yaml.CBaseLoader)
    return read


def key_in_chinese(model: str, key: str) -> str:
    """What a key of a model means, for editors who read Chinese; KeyError where nobody has said it."""
    known = _keys_in_chinese()
    return known[f"{model}.{key}"] if f"{model}.{key}" in known else known[key]


def bare(schema: Mapping[str, Any]) -> JsonSchemaValue:
    """A property's schema without what belongs to the property alone."""
    return {name: value for name, value in schema.items() if name not in ABOUT}


def prose(text: str) -> str:
    """A docstring as Markdown on one line."""
    return " ".join(text.replace("``", "`").split())
