"""The schemas of one archive: those of its kinds of files, with its own ids and languages.

With these an editor's program completes ids as one types, and marks those that do not exist.
"""

import json
from collections.abc import Mapping
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
    """The text of every schema, by its path from the site's root."""
    known = known_ids(records, beside)
    texts = {}
    for described in FILES:
        targets: set[str] = set()
        schema = _filled(schema_of(described), config.language_ids, targets)
        schema.setdefault("$defs", {}).update({f"id-{target}": _ids(target, known) for target in sorted(targets)})
        texts[FOLDER + described.schema] = _json(schema)
    return texts


def editor_settings(before: str | None) -> str:
    """VS Code's settings with the schemas for each kind of file; the other settings of ``before`` are kept.

    Raises ValueError if ``before`` is not JSON: a file with comments is left for its owner to change.
    """
    settings = json.loads(before) if before else {}
    if not isinstance(settings, dict):
        raise ValueError(before)
    schemas = settings.get("yaml.schemas", {})
    others = {schema: pattern for schema, pattern in schemas.items() if not schema.startswith(f"./{FOLDER}")}
    ours: dict[str, list[str]] = {}
    for described in FILES:
        pattern = described.path.replace("YYYY", "*").replace("ID", "*")
        ours.setdefault(f"./{FOLDER}{described.schema}", []).append(pattern)
    settings["yaml.schemas"] = {**others, **ours}
    return _json(settings)


def editor_extensions() -> str:
    """The extensions that VS Code offers to install."""
    return _json({"recommendations": ["redhat.vscode-yaml"]})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _ids(target: str, known: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    ids = sorted(known[target])
    # Integers, because every other reader of YAML takes a year for a number.
    return {"enum": [int(year) for year in ids] if target == "edition" else ids}


def _filled(schema: Any, languages: tuple[str, ...], targets: set[str]) -> Any:
    """The schema with references to lists of ids, whose names it adds to ``targets``, and languages as properties."""
    if isinstance(schema, list):
        return [_filled(item, languages, targets) for item in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: _filled(value, languages, targets) for key, value in schema.items()}
    # A value that is not a text belongs to a property of this name.
    if isinstance(target := filled.get("x-ref"), str):
        targets.add(target)
        del filled["x-ref"]
        filled.pop("type", None)
        filled["$ref"] = f"#/$defs/id-{target}"
    if isinstance(due := filled.get("x-languages"), str):
        del filled["x-languages"]
        filled["properties"] = dict.fromkeys(languages, _TEXT)
        if due == "all":
            filled |= {"required": list(languages), "additionalProperties": False}
    return filled
