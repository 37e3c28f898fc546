"""Writes the documents that are generated from the code: ``make docs``, that is ``python -m tools.docs``.

``docs/errors.md`` comes from the wordings of problems, ``docs/reference/records.md`` from the models. A test fails
while one of them is stale.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from expoarchive.nodes.fields import ID
from expoarchive.problem.catalogue import Kind, kinds
from expoarchive.records.locator import LOCATOR, NUMBERED, SINGLE
from expoarchive.records.schema import FILES, TABLES, Described, schema_of

ROOT = Path(__file__).resolve().parent.parent
_MADE = "<!-- Made by `make docs`: change the code or the wordings, not this file. -->"
# What texts of these forms are called.
_PATTERNS = {
    ID["pattern"]: "id",
    LOCATOR["pattern"]: f"steps down, by comma: {', '.join(SINGLE)}; with a number: {', '.join(NUMBERED)}",
    "^https?://": "web address",
    "^#[0-9a-fA-F]{6}$": 'colour: `"#rrggbb"`',
}
_STAGES = {
    "nodes": "Files, YAML and single values",
    "config": "The configuration",
    "load": "The files of `content/`",
    "records": "Records",
    "prose": "Articles and pages: Markdown",
    "site": "Pages and addresses",
    "render": "Templates and strings",
    "charts": "Charts",
    "check": "The pages that were made",
    "write": "The output folder",
    "sheets": "Spreadsheets",
}


def documents() -> dict[str, str]:
    """Every generated document's text, by its path from the project's root."""
    return {"docs/errors.md": errors_md(kinds()), "docs/reference/records.md": records_md()}


def stale(root: Path) -> list[str]:
    """Paths of documents that are missing or differ from the code."""
    return [path for path, text in documents().items() if not _same(root / path, text)]


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


# --- docs/errors.md


def errors_md(catalogue: Mapping[str, Kind]) -> str:
    """Every kind of problem, by stage, with its words in both languages of editors."""
    lines = [
        "# Errors and what to do about them · 错误及其改法",
        "",
        _MADE,
        "",
        "Each message names the file, the line and the column. The words in {braces} differ from case to case.",
        "",
        "每条消息都给出文件、行和列。{花括号}中的内容视情况而定。",
    ]
    stages = {kind.stage for kind in catalogue.values()}
    ordered = [stage for stage in _STAGES if stage in stages] + sorted(stages - _STAGES.keys())
    for stage in ordered:
        lines += ["", f"## {_STAGES.get(stage, stage.capitalize())}"]
        for name, kind in sorted(catalogue.items()):
            if kind.stage == stage:
                lines += ["", *_kind_lines(name, kind)]
    return "\n".join(lines) + "\n"


def _kind_lines(name: str, kind: Kind) -> list[str]:
    parts = (("says", "消息", kind.says), ("expected", "应为", kind.expected), ("cure", "改法", kind.cure))
    rows = [
        f"| **{en}** | {_pattern(words.get('en', ''))} | **{zh}** | {_pattern(words.get('zh', ''))} |"
        for en, zh, words in parts
    ]
    table = [f"### {name}", "", "| | English | | 中文 |", "|---|---|---|---|", *rows]
    for detail, words in kind.words.items():
        table += ["", f"{{{detail}}}: " + ", ".join(f"{one['en']} {one['zh']}" for one in words.values())]
    return table


def _pattern(text: str) -> str:
    return _cell(text.replace("{{", "{").replace("}}", "}"))


def _cell(text: str) -> str:
    """Text fit for a cell of a Markdown table: nothing in it may end the cell or begin HTML."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


# --- docs/reference/records.md


def records_md() -> str:
    """Every file of a site, then every model with its keys."""
    schemas = {described.path: schema_of(described) for described in (*FILES, *TABLES)}
    models = _models(schemas)
    lines = [
        "# Records: files and keys",
        "",
        _MADE,
        "",
        "A key whose value is not known is left out.",
        "Ids are small letters, digits and single hyphens. The schemas that `build.py schemas` writes into"
        " `content/.schemas/` say the same to an editor's program.",
        "",
        "| file | holds |",
        "|---|---|",
        *(_file_row(described) for described in (*FILES, *TABLES)),
    ]
    for name, schema in models.items():
        lines += ["", *_model_lines(name, schema)]
    return "\n".join(lines) + "\n"


def _file_row(described: Described) -> str:
    link = _link(described.name)
    holds = f"{link} by id" if described.by_id else f"one {link}"
    if described in TABLES:
        holds = f"{link} by row"
    return f"| `{described.path}` | {holds} |"


def _models(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The models of all files: first those of whole files and entries, then those inside them."""
    outer: dict[str, Mapping[str, Any]] = {}
    inner: dict[str, Mapping[str, Any]] = {}
    for described in (*FILES, *TABLES):
        schema = schemas[described.path]
        name = described.name
        outer.setdefault(name, schema["$defs"][name] if described.by_id else schema)
        for other, definition in schema.get("$defs", {}).items():
            inner.setdefault(other, definition)
    return {**outer, **{name: inner[name] for name in sorted(inner) if name not in outer}}


def _model_lines(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    whole = next((form for form in schema.get("anyOf", [schema]) if "properties" in form), schema)
    yield f"## {name}"
    yield ""
    if schema.get("description"):
        yield schema["description"]
        yield ""
    if "x-short" in schema:
        yield f"Short form: a value alone stands for `{schema['x-short']}`."
        yield ""
    yield "| key | value | required | |"
    yield "|---|---|---|---|"
    required = whole.get("required", ())
    for key, field in whole.get("properties", {}).items():
        default = f" Default: `{json.dumps(field['default'])}`." if "default" in field else ""
        says = _cell(field.get("description", "")) + default
        yield f"| `{key}` | {_type(field)} | {'yes' if key in required else ''} | {says.strip()} |"


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in words."""
    reference = schema.get("$ref") or next((part["$ref"] for part in schema.get("allOf", ()) if "$ref" in part), None)
    if reference:
        return _link(reference.rpartition("/")[2])
    if "x-ref" in schema:
        target = schema["x-ref"]
        return "`SORT:ID`" if target == "term" else f"id of {'an' if target[0] in 'aeio' else 'a'} {target}"
    if "x-languages" in schema:
        return "text in every language" if schema["x-languages"] == "all" else "text by language"
    if "enum" in schema or "const" in schema:
        return " or ".join(f"`{choice}`" for choice in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return _either(schema["anyOf"])
    return _simple(schema)


def _either(forms: list[Mapping[str, Any]]) -> str:
    if any(form.get("type") == "array" for form in forms):
        return f"{_type(forms[0])}, or a list of them"
    if any("[0-9]{4}" in form.get("pattern", "") for form in forms):
        return "date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`"
    return " or ".join(_type(form) for form in forms)


def _simple(schema: Mapping[str, Any]) -> str:
    match schema:
        case {"type": "array", "items": items}:
            return f"list: {_type(items)}"
        case {"type": "object", "properties": properties}:
            return "`{" + ", ".join(properties) + "}`"
        case {"type": "object", "additionalProperties": dict(values)}:
            key = _type(schema["propertyNames"]) if "propertyNames" in schema else "name"
            return f"by {key}: {_type(values)}"
        case {"type": "string", "pattern": pattern}:
            return _PATTERNS.get(pattern, f"text of the form `{pattern}`")
        case {"type": "integer"}:
            return "whole number"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"type": ["string", *_]} | {"type": "string"}:
            return "text"
    return str(schema.get("type", "anything"))


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def main() -> int:
    """Write what is stale, and print it."""
    texts = documents()
    changed = stale(ROOT)
    for path in changed:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(texts[path], "utf-8")
    print("\n".join(changed) if changed else "nothing to do: the documents are those of the code")
    return 0


if __name__ == "__main__":
    sys.exit(main())
