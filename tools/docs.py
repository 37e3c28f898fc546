"""Writes the documents that are generated from the code: ``make docs``, that is ``python -m tools.docs``.

``docs/errors.md`` comes from the wordings of problems, ``docs/reference/records*.md`` from the models. A test fails
while one of them is stale.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expoarchive.nodes.fields import ID
from expoarchive.problem.catalogue import Kind, kinds
from expoarchive.problem.pattern import fill
from expoarchive.records.locator import LOCATOR, NUMBERED, SINGLE
from expoarchive.records.schema import FILES, TABLES, Described, key_in_chinese, schema_of
from expoarchive.render.palette import FOLLOWERS, tokens
from expoarchive.render.theme import theme_of

ROOT = Path(__file__).resolve().parent.parent
_MADE = "<!-- Made by `make docs`: change the code or the wordings, not this file. -->"
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
    "report": "Readers' reports",
    "sheets": "Spreadsheets",
}


def documents() -> dict[str, str]:
    """Every generated document's text, by its path from the project's root."""
    return {
        "docs/errors.md": errors_md(kinds()),
        "docs/reference/records.md": Reference("en").text(),
        "docs/reference/records.zh.md": Reference("zh").text(),
    }


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
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("](", "]\\(")


# --- docs/reference/records.md and records.zh.md

# What the reference says around the models' own descriptions. Braces are filled in.
_SAID = {
    "en": {
        "title": "Records: files and keys",
        "lead": "A key whose value is not known is left out.\nIds are small letters, digits and single hyphens. The"
        " schemas that `build.py schemas` writes into `content/.schemas/` say the same to an editor's program.",
        "file": "file",
        "holds": "holds",
        "by_id": "{link} by id",
        "by_row": "{link} by row",
        "one": "one {link}",
        "short": "Short form: a value alone stands for `{key}`.",
        "head": "| key | value | required | |",
        "yes": "yes",
        "default": " Default: `{value}`.",
        "term": "`SORT:ID`",
        "id": "id of {article} {sort}",
        "every": "text in every language",
        "some": "text by language",
        "or": " or ",
        "many": "{one}, or a list of them",
        "date": "date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`",
        "list": "list: {one}",
        "name": "name",
        "by": "by {key}: {value}",
        "pattern": "text of the form `{pattern}`",
        "integer": "whole number",
        "boolean": "`true` or `false`",
        "text": "text",
        "plain-id": "id",
        "locator": f"steps down, by comma: {', '.join(SINGLE)}; with a number: {', '.join(NUMBERED)}",
        "url": "web address",
        "colour": 'colour: `"#rrggbb"`',
        "colours": "Names, with what the theme gives them in the light and in the dark: {names}. Where only `accent` is"
        " set, {followers} follow it.",
        "alias": "as `{other}`",
    },
    "zh": {
        "title": "记录：文件与键",
        "lead": "不知道的，整个键不写。\nid 用小写字母、数字和单个连字符。`build.py schemas` 写入"
        " `content/.schemas/` 的清单与此相同，供编辑器补全和检查。",
        "file": "文件",
        "holds": "内容",
        "by_id": "多个 {link}，以 id 为键",
        "by_row": "每行一个 {link}",
        "one": "一个 {link}",
        "short": "简写：只写一个值，即 `{key}`。",
        "head": "| 键 | 值 | 必填 | 含义 |",
        "yes": "是",
        "default": " 默认：`{value}`。",
        "term": "`类别:id`",
        "id": "{sort} 的 id",
        "every": "文字，各语言都要写",
        "some": "文字，按语言写",
        "or": " 或 ",
        "many": "{one}，或由其组成的列表",
        "date": "日期：`YYYY`、`YYYY-MM` 或 `YYYY-MM-DD`",
        "list": "列表：{one}",
        "name": "名称",
        "by": "以{key}为键：{value}",
        "pattern": "形如 `{pattern}` 的文字",
        "integer": "整数",
        "boolean": "`true` 或 `false`",
        "text": "文字",
        "plain-id": "id",
        "locator": f"由大到小，用逗号隔开：{'、'.join(SINGLE)}；带数字：{'、'.join(NUMBERED)}",
        "url": "网址",
        "colour": '颜色：`"#rrggbb"`',
        "colours": "可用的名称，及主题里浅色、深色的值：{names}。只设 `accent` 时，{followers} 随之而变。",
        "alias": "同 `{other}`",
    },
}
# What texts of these forms are called.
_PATTERNS = {
    ID["pattern"]: "plain-id",
    LOCATOR["pattern"]: "locator",
    "^https?://": "url",
    "^#[0-9a-fA-F]{6}$": "colour",
}


@dataclass(frozen=True)
class Reference:
    """Every file of a site, then every model with its keys, in one of the editors' languages."""

    language: str

    def say(self, name: str, **values: str) -> str:
        """One of the texts of ``_SAID``."""
        return fill(_SAID[self.language][name], values) if values else _SAID[self.language][name]

    def text(self) -> str:
        """The whole document."""
        schemas = {described.path: schema_of(described) for described in (*FILES, *TABLES)}
        lines = [f"# {self.say('title')}", "", _MADE, "", self.say("lead"), ""]
        lines += [f"| {self.say('file')} | {self.say('holds')} |", "|---|---|", *map(self._file_row, (*FILES, *TABLES))]
        for name, schema in _models(schemas).items():
            lines += ["", *self._model_lines(name, schema)]
        return "\n".join(lines) + "\n"

    def _file_row(self, described: Described) -> str:
        form = "by_row" if described in TABLES else "by_id" if described.by_id else "one"
        holds = self.say(form, link=_link(described.name))
        return f"| `{described.path}` | {holds} |"

    def _model_lines(self, name: str, schema: Mapping[str, Any]) -> Iterator[str]:
        whole = next((form for form in schema.get("anyOf", [schema]) if "properties" in form), schema)
        yield f"## {name}"
        yield ""
        # What a model is called for is said by the keys that hold it; Chinese has the meaning of each key.
        if schema.get("description") and self.language == "en":
            yield schema["description"]
            yield ""
        if "x-short" in schema:
            yield self.say("short", key=schema["x-short"])
            yield ""
        if name == "Colours":
            yield self._colours()
            yield ""
        yield self.say("head")
        yield "|---|---|---|---|"
        required = whole.get("required", ())
        for key, field in whole.get("properties", {}).items():
            default = self.say("default", value=json.dumps(field["default"])) if "default" in field else ""
            says = _cell(self._meaning(name, key, field)) + default
            yield f"| `{key}` | {self._type(field)} | {self.say('yes') if key in required else ''} | {says.strip()} |"

    def _colours(self) -> str:
        """The names that the theme's style sheets have for colours."""
        light, dark = tokens(theme_of(ROOT))
        shown = []
        for name in sorted(light):
            values = [light[name], *([dark[name]] if name in dark else [])]
            said = (f"`{value}`" if value.startswith("#") else self.say("alias", other=value) for value in values)
            shown.append(f"`{name}` ({', '.join(said)})")
        followers = ", ".join(f"`{name}`" for name in FOLLOWERS)
        return self.say("colours", names="; ".join(shown), followers=followers)

    def _meaning(self, model: str, key: str, field: Mapping[str, Any]) -> str:
        return str(field.get("description", "")) if self.language == "en" else key_in_chinese(model, key)

    def _type(self, schema: Mapping[str, Any]) -> str:
        """A schema in words."""
        inner = (part["$ref"] for part in schema.get("allOf", ()) if "$ref" in part)
        reference = schema.get("$ref") or next(inner, None)
        if reference:
            return _link(reference.rpartition("/")[2])
        if "x-ref" in schema:
            target = schema["x-ref"]
            article = "an" if target[0] in "aeio" else "a"
            named = kinds()["unknown-id"].words["sort"].get(target, {}).get(self.language, target)
            return self.say("term") if target == "term" else self.say("id", article=article, sort=named)
        if "x-languages" in schema:
            return self.say("every" if schema["x-languages"] == "all" else "some")
        if "enum" in schema or "const" in schema:
            return self.say("or").join(f"`{choice}`" for choice in schema.get("enum", [schema.get("const")]))
        if "anyOf" in schema:
            return self._either(schema["anyOf"])
        return self._simple(schema)

    def _either(self, forms: list[Mapping[str, Any]]) -> str:
        if any(form.get("type") == "array" for form in forms):
            return self.say("many", one=self._type(forms[0]))
        if any("[0-9]{4}" in form.get("pattern", "") for form in forms):
            return self.say("date")
        return self.say("or").join(self._type(form) for form in forms)

    def _simple(self, schema: Mapping[str, Any]) -> str:
        match schema:
            case {"type": "array", "items": items}:
                return self.say("list", one=self._type(items))
            case {"type": "object", "properties": properties}:
                return "`{" + ", ".join(properties) + "}`"
            case {"type": "object", "additionalProperties": dict(values)}:
                key = self._type(schema["propertyNames"]) if "propertyNames" in schema else self.say("name")
                return self.say("by", key=key, value=self._type(values))
            case {"type": "string", "pattern": pattern}:
                return self.say(_PATTERNS[pattern]) if pattern in _PATTERNS else self.say("pattern", pattern=pattern)
            case {"type": "integer" | "boolean" as form}:
                return self.say(form)
            case {"type": ["string", *_]} | {"type": "string"}:
                return self.say("text")
        return str(schema.get("type", "anything"))


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
