"""The documents that are made from the code say what the code says."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from expoarchive.problem.catalogue import kinds
from expoarchive.records.schema import FILES, TABLES, Described, schema_of
from tests.sites import ROOT, TINY_EXPO
from tools.docs import documents, stale


class PlainLoader(yaml.SafeLoader):
    """YAML as an editor's program shows it to a JSON Schema: no dates, `no` and `on` are words."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@cache
def validator(described: Described) -> Draft202012Validator:
    """The schema of this sort of file, ready to be asked."""
    return Draft202012Validator(schema_of(described))


def faults(described: Described, text: str) -> list[str]:
    """What the schema of this sort of file says against a YAML text."""
    errors = validator(described).iter_errors(yaml.load(text, Loader=PlainLoader))
    return [f"{error.json_path}: {error.message}"[:200] for error in errors]


def sort(path: str) -> Described:
    """The sort of file with this path."""
    return next(described for described in FILES if described.path == path)


def files_of(described: Described, root: Path) -> list[Path]:
    """The files of this sort that a site has."""
    return sorted(root.glob(re.sub("YYYY|ID", "*", described.path)))


def test_the_documents_are_those_of_the_code() -> None:
    """Stale ones are made anew by `make docs`."""
    assert stale(ROOT) == []


def test_a_stale_and_a_missing_document_are_told(tmp_path: Path) -> None:
    """Each by its path."""
    for path, text in documents().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "docs/errors.md").write_text("old", "utf-8")
    (tmp_path / "docs/reference/records.md").unlink()

    assert stale(tmp_path) == ["docs/errors.md", "docs/reference/records.md"]


def test_every_kind_of_problem_is_in_the_reference_of_errors() -> None:
    """With its words in both languages."""
    text = documents()["docs/errors.md"]

    assert [kind for kind in kinds() if f"\n### {kind}\n" not in text] == []
    assert "| **says** | the file has no data | **消息** | 文件中没有数据 |" in text


def test_the_reference_of_records_has_no_value_without_a_type() -> None:
    """And every link in it leads to a heading of it."""
    text = documents()["docs/reference/records.md"]
    headings = {heading.lower() for heading in re.findall(r"^## (\w+)$", text, re.MULTILINE)}

    assert "anything" not in re.findall(r"^\| `[^`]+` \| ([^|]+) \|", text, re.MULTILINE)
    assert set(re.findall(r"\]\(#(\w+)\)", text)) <= headings


@pytest.mark.parametrize("described", FILES, ids=lambda described: described.path)
def test_schemas_are_schemas(described: Described) -> None:
    """Of the dialect that they name, with a title and a description."""
    schema = schema_of(described)
    Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("described", FILES, ids=lambda described: described.path)
@pytest.mark.parametrize("root", [ROOT, TINY_EXPO], ids=["archive", "tiny"])
def test_schemas_accept_the_records_that_there_are(described: Described, root: Path) -> None:
    """What the generator reads is never marked wrong in an editor's program."""
    found = {
        path.relative_to(root).as_posix(): faults(described, path.read_text("utf-8"))
        for path in files_of(described, root)
    }

    assert {path: said for path, said in found.items() if said} == {}


def test_schemas_are_tried_on_real_records() -> None:
    """The test above has something to look at."""
    assert len([path for described in FILES for path in files_of(described, TINY_EXPO)]) > 10


@pytest.mark.parametrize(
    "text",
    [
        "ordinal: {value: 23, sources: a}",
        "ordinal: [{value: 23, sources: [a, {source: b, locator: page 2}]}]",
        "figures: {value: {value: {from: 1, to: 2.5}, sources: a, as_of: 2022-07-01, break: {zh: 甲}}}",
        "figures: {value: [{nothing: not_held, sources: a, as_of: {after: 2021}}]}",
        "held: {opened: {date: 2022-07-22, sources: a}, closed: {date: 2022, sources: a}}",
    ],
)
def test_the_schema_of_an_edition_knows_every_short_form(text: str) -> None:
    """A list without brackets, a source by its id, a moment by its date, a year alone."""
    assert faults(sort("content/editions/YYYY.yaml"), f"year: 2022\n{text}") == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("status: held", "$"),
        ("year: 2022\nyaer: 1", "$"),
        ("year: 2022\nstatus: hold", "$.status"),
        ("year: 2022\nstatus: ~", "$.status"),
        ("year: 2022\nheld: {opend: 1}", "$.held"),
        ("year: 2022\nfigures: {value: {vaule: 1}}", "$.figures.value"),
    ],
)
def test_the_schema_of_an_edition_refuses_what_the_generator_refuses(text: str, path: str) -> None:
    """Missing and unknown keys, other words than those of a choice, nothing at all."""
    assert {fault.partition(":")[0] for fault in faults(sort("content/editions/YYYY.yaml"), text)} == {path}


def test_schemas_keep_where_ids_and_languages_go() -> None:
    """What a program needs to complete them."""
    edition: dict[str, Any] = schema_of(sort("content/editions/YYYY.yaml"))

    assert edition["properties"]["figures"]["propertyNames"]["x-ref"] == "measure"
    assert edition["$defs"]["Citation"]["anyOf"][0]["x-ref"] == "source"
    assert edition["$defs"]["Figure"]["properties"]["note"]["x-languages"] == "all"
    assert edition["$defs"]["Wording"]["properties"]["text"]["x-languages"] == "some"


def test_every_key_explains_itself_in_both_languages_of_editors() -> None:
    """Under the pointer, in an editor's program; and nothing is explained that is no key."""
    explained = yaml.safe_load((ROOT / "expoarchive" / "records" / "keys.zh.yaml").read_text("utf-8"))
    asked: set[str] = set()
    for described in (*FILES, *TABLES):
        schema = schema_of(described)
        for name, model in [(described.model.__name__, schema), *schema.get("$defs", {}).items()]:
            whole = next((form for form in model.get("anyOf", [model]) if "properties" in form), model)
            for key, field in whole.get("properties", {}).items():
                own = f"{name}.{key}" if f"{name}.{key}" in explained else key
                asked.add(own)
                assert field["markdownDescription"].endswith(explained[own])

    assert sorted(explained.keys() - asked) == []
