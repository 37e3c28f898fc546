"""JSON Schemas made from the models: an editor's program completes ids with them, and marks those that do not exist.

They describe what ``expoarchive`` reads, including short forms, in the terms in which a JSON Schema sees YAML.
``x-ref`` says what a value is an id of, ``x-languages`` whether a text is needed in all of the site's languages or in
some.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from expoarchive.config import Config
from expoarchive.load import CONTENT
from expoarchive.nodes import Model
from expoarchive.nodes.fields import ID, one_or_many
from expoarchive.records.archive import Records
from expoarchive.records.article import ArticleRecord
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.exhibitor import Exhibitor
from expoarchive.records.ledger import Correction
from expoarchive.records.picture import Picture, Recording
from expoarchive.records.reference import Ids, known_ids
from expoarchive.records.sorts import SORTS, Sort, sorts_of
from expoarchive.records.source import Source
from expoarchive.records.synonyms import SYNONYMS, Synonyms
from expoarchive.records.vocabulary import Absence, Change, ChartRecord, Era, GlossaryEntry, Wordings

FOLDER = f"{CONTENT}/.schemas/"
SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"
_TEXT = {"type": "string"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What a property says about itself apart from its form; `markdownDescription` is in both editor languages.
ABOUT = ("title", "description", "markdownDescription", "default")


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of YAML file: its path in a site, the path of its schema, and its model (``by_id``: that of an entry)."""

    path: str
    schema: str
    model: type[Model]
    by_id: bool = False

    @property
    def name(self) -> str:
        """What the schema calls the model."""
        return str(self.model.model_config.get("title", self.model.__name__))


def _of_vocabulary(sort: Sort) -> Described:
    return Described(sort.file, f"vocabularies/{sort.plural}.json", sort.model, by_id=True)


# Those of every site.
FILES = (
    Described("site_config.yaml", "site_config.json", Config),
    Described("content/editions/YYYY.yaml", "edition.json", Edition),
    Described("content/expo.yaml", "expo.json", ExpoRecord),
    Described("content/sources/ID.yaml", "source.json", Source),
    Described("content/pictures/ID.yaml", "picture.json", Picture),
    Described("content/recordings/ID.yaml", "recording.json", Recording),
    Described("content/eras.yaml", "eras.json", Era, by_id=True),
    Described("content/changes.yaml", "changes.json", Change, by_id=True),
    Described("content/glossary.yaml", "glossary.json", GlossaryEntry, by_id=True),
    Described("content/absences.yaml", "absences.json", Absence, by_id=True),
    Described(SYNONYMS, "synonyms.json", Synonyms, by_id=True),
    Described("content/wordings.yaml", "wordings.json", Wordings),
    Described("content/charts.yaml", "charts.json", ChartRecord, by_id=True),
    Described("content/corrections.yaml", "corrections.json", Correction, by_id=True),
    Described("content/articles/ID/article.yaml", "article.json", ArticleRecord),
    Described("content/pages/ID/page.yaml", "article.json", ArticleRecord),
    *map(_of_vocabulary, SORTS),
)

# Tables of CSV: their columns are described with the rest, but no editor's program reads a schema of theirs.
TABLES = (Described("content/exhibitors/YYYY.csv", "", Exhibitor),)


def files_of(config: Config) -> tuple[Described, ...]:
    """The kinds of files of a site, those of its own vocabularies included."""
    return (*FILES, *map(_of_vocabulary, sorts_of(config).rows[len(SORTS) :]))


def schema_of(described: Described) -> JsonSchemaValue:
    """The schema of a whole file."""
    entry = described.model.model_json_schema(schema_generator=EditorSchema)
    if not described.by_id:
        return {"$schema": DIALECT, **entry}
    defs = entry.pop("$defs", {})
    # A model that refers to itself is in the definitions already.
    name = described.name
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
        """A value with its default, unless that only says that the key is left out."""
        json_schema = super().default_schema(schema)
        if json_schema.get("default") in (None, [], {}):
            json_schema.pop("default", None)
        if json_schema.get("type") == "number" and "default" in json_schema:
            number = float(json_schema["default"])
            json_schema["default"] = int(number) if number.is_integer() else number
        return json_schema

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A list, or a single item without brackets."""
        json_schema = super().function_before_schema(schema)
        if schema["function"]["function"] is one_or_many and "items" in json_schema:
            return {"anyOf": [json_schema["items"], json_schema]}
        return json_schema

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping whose keys keep their own schema, including ``x-ref``."""
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        json_schema: JsonSchemaValue = {"type": "object", "additionalProperties": values or True}
        return {**json_schema, "propertyNames": keys} if keys.keys() - {"type"} else json_schema

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model, or its short form: a single value in the place of one of its keys."""
        json_schema = super().model_schema(schema)
        name = schema["cls"].__name__
        for key, field in json_schema.get("properties", {}).items():
            meanings = [field.get("description", ""), key_in_chinese(name, key)]
            field["markdownDescription"] = "\n\n".join(filter(None, meanings))
        if "description" in json_schema:
            json_schema["description"] = prose(json_schema["description"])
        short = getattr(schema["cls"], "_short", None)
        if short is None:
            return json_schema
        (key,) = short("")
        about: JsonSchemaValue = {
            name: json_schema.pop(name) for name in ("title", "description") if name in json_schema
        }
        single = bare(json_schema["properties"][key])
        forms = single["anyOf"] if single.keys() == {"anyOf"} else [single]
        # `x-short` tells the reference which key the single value stands for.
        return {**about, "anyOf": [*forms, json_schema], "x-short": key}


@cache
def _keys_in_chinese() -> Mapping[str, str]:
    meanings: dict[str, str] = yaml.load(Path(__file__).with_name("keys.zh.yaml").read_bytes(), Loader=yaml.CBaseLoader)
    return meanings


def key_in_chinese(model: str, key: str) -> str:
    """The meaning of a model's key, for editors who read Chinese; KeyError if ``keys.zh.yaml`` lacks it."""
    meanings = _keys_in_chinese()
    return meanings.get(f"{model}.{key}") or meanings[key]


def bare(schema: Mapping[str, Any]) -> JsonSchemaValue:
    """A property's schema without what the property says about itself."""
    return {name: value for name, value in schema.items() if name not in ABOUT}


def prose(text: str) -> str:
    """A docstring as Markdown on one line."""
    return " ".join(text.replace("``", "`").split())


def schemas_with_ids(records: Records, config: Config, beside: Ids) -> dict[str, str]:
    """The text of every schema, by its path from the site's root."""
    ids = known_ids(records, beside)
    texts = {}
    for described in files_of(config):
        targets: set[str] = set()
        schema = _filled(schema_of(described), config, targets)
        schema.setdefault("$defs", {}).update({f"id-{target}": _id_list(target, ids) for target in sorted(targets)})
        texts[FOLDER + described.schema] = _json(schema)
    return texts


def editor_settings(before: str | None, config: Config) -> str:
    """VS Code's settings with the schemas for each kind of file; the other settings of ``before`` are kept.

    Raises ValueError if ``before`` is not JSON: a file with comments is left for its owner to change.
    """
    settings = json.loads(before) if before else {}
    if not isinstance(settings, dict):
        raise ValueError(before)
    schemas = settings.get("yaml.schemas", {})
    others = {schema: pattern for schema, pattern in schemas.items() if not schema.startswith(f"./{FOLDER}")}
    ours: dict[str, list[str]] = {}
    for described in files_of(config):
        pattern = described.path.replace("YYYY", "*").replace("ID", "*")
        ours.setdefault(f"./{FOLDER}{described.schema}", []).append(pattern)
    settings["yaml.schemas"] = {**others, **ours}
    return _json(settings)


def editor_extensions() -> str:
    """The extensions that VS Code offers to install."""
    return _json({"recommendations": ["redhat.vscode-yaml"]})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _id_list(target: str, ids: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    # Years as integers, because every other reader of YAML takes them for numbers.
    return {"enum": [int(name) if target == "edition" else name for name in sorted(ids[target])]}


def _filled(schema: Any, config: Config, targets: set[str]) -> Any:
    """The schema with references to lists of ids, whose names it adds to ``targets``, and languages as properties."""
    if isinstance(schema, list):
        return [_filled(item, config, targets) for item in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: _filled(value, config, targets) for key, value in schema.items()}
    # A value that is not a text belongs to a property of this name.
    if isinstance(target := filled.get("x-ref"), str):
        targets.add(target)
        del filled["x-ref"]
        filled.pop("type", None)
        filled["$ref"] = f"#/$defs/id-{target}"
    if isinstance(due := filled.get("x-languages"), str):
        del filled["x-languages"]
        filled["properties"] = dict.fromkeys(config.language_ids, _TEXT)
        if due == "all":
            filled |= {"required": list(config.complete_ids), "additionalProperties": False}
    return filled
