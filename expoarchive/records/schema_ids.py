"""Schemas of one archive: those of its kinds of files, with the ids and languages that it has.

An editor's program then completes ids while somebody types, and marks those that do not exist.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from expoarchive.config import Config
from expoarchive.load import CONTENT
from expoarchive.records.archive import Records
from expoarchive.records.reference import Ids, known_ids
from expoarchive.records.schema import FILES, schema_of

FOLDER = f"{CONTENT}/.schemas/"
SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"
_TEXT = {"type": "string"}


def schemas_with_ids(records: Records, config: Config, beside: Ids) -> dict[str, str]:
    """Every schema's text, by its path from the site's root."""
    known = known_ids(records, beside)
    made = {}
    for described in FILES:
        schema = schema_of(described)
        used: set[str] = set()
        filled = _filled(schema, config.language_ids, used)
        filled.setdefault("$defs", {}).update({f"id-{target}": _ids(target, known) for target in sorted(used)})
        made[FOLDER + described.schema] = _text(filled)
    return made


def editor_settings(before: str | None) -> str:
    """VS Code's settings that say which schema is for which files; other settings of ``before`` stay.

    Raises ValueError where ``before`` is not JSON: a file with comments is its owner's to change.
    """
    settings = json.loads(before) if before else {}
    if not isinstance(settings, dict):
        raise ValueError(before)
    ours = {key: value for key, value in settings.get("yaml.schemas", {}).items() if not key.startswith(f"./{FOLDER}")}
    files: dict[str, list[str]] = {}
    for described in FILES:
        pattern = described.path.replace("YYYY", "*").replace("ID", "*")
        files.setdefault(f"./{FOLDER}{described.schema}", []).append(pattern)
    settings["yaml.schemas"] = {**ours, **files}
    return _text(settings)


def editor_extensions() -> str:
    """What VS Code offers to install."""
    return _text({"recommendations": ["redhat.vscode-yaml"]})


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _ids(target: str, known: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    ids = sorted(known[target])
    # A year alone is a number to every other reader of YAML.
    return {"enum": [int(year) for year in ids] if target == "edition" else ids}


def _filled(schema: Any, languages: tuple[str, ...], used: set[str]) -> Any:
    """The schema with references to lists of ids, and languages as properties."""
    if isinstance(schema, list):
        return [_filled(inner, languages, used) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _filled(inner, languages, used) for key, inner in schema.items()}
    if isinstance(target := made.get("x-ref"), str):
        used.add(target)
        return dict(_without(made, ("x-ref", "type"))) | {"$ref": f"#/$defs/id-{target}"}
    if isinstance(due := made.get("x-languages"), str):
        made = dict(_without(made, ("x-languages",)))
        made["properties"] = dict.fromkeys(languages, _TEXT)
        if due == "all":
            made |= {"required": list(languages), "additionalProperties": False}
    return made


def _without(schema: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in schema.items() if key not in keys)
