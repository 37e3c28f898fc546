"""What an editor's program is told while somebody types: the ids and languages of this archive."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from expoarchive.build import review, survey
from expoarchive.build.ids import site_ids
from expoarchive.build.review import media_of
from expoarchive.cli.main import main
from expoarchive.config import read_config
from expoarchive.records.schema import FILES, FOLDER, editor_settings, schemas_with_ids
from tests.docs.test_reference import PlainLoader
from tests.sites import ROOT, TINY_EXPO, check_small, lay_site


@cache
def schemas(root: Path) -> dict[str, Any]:
    """The schemas of a site with its ids, by the paths of the files that they are for."""
    site, problems = survey(root)
    assert site is not None, problems
    made = schemas_with_ids(site.records, site.config, {"media": media_of(root), **site_ids(site.config, site.records)})
    return {described.path: json.loads(made[FOLDER + described.schema]) for described in FILES}


@pytest.mark.parametrize(
    "root", [pytest.param(ROOT, id="archive", marks=pytest.mark.long), pytest.param(TINY_EXPO, id="tiny")]
)
def test_what_the_archive_has_is_never_marked_wrong(root: Path) -> None:
    """Every file of records, by the schema that VS Code takes for it."""
    wrong = []
    looked_at = 0
    for path, schema in schemas(root).items():
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for file in sorted(root.glob(re.sub("YYYY|ID", "*", path))):
            looked_at += 1
            read = yaml.load(file.read_text("utf-8"), Loader=PlainLoader)
            wrong += [f"{file.name} {error.json_path}: {error.message}"[:200] for error in validator.iter_errors(read)]

    assert looked_at > 10
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("figures: {visitors: {value: 1, sources: [gazette-2099]}}", "$.figures.visitors"),
        ("figures: {visiters: {value: 1, sources: [gazette-2009]}}", "$.figures"),
        ("figures: {visitors: {value: 1, part: moon, sources: gazette-2009}}", "$.figures.visitors"),
        (
            "figures: {visitors: {value: 1, terms: [venue:quay-hall, venue:x], sources: gazette-2009}}",
            "$.figures.visitors",
        ),
        ("figures: {visitors: {value: 1, note: {en: Only English.}, sources: gazette-2009}}", "$.figures.visitors"),
    ],
)
def test_an_id_or_a_language_that_is_not_there_is_marked(text: str, at: str) -> None:
    """A source, a measure, a part, a term; a text that lacks a language."""
    validator = Draft202012Validator(schemas(TINY_EXPO)["content/editions/YYYY.yaml"])
    found = validator.iter_errors(yaml.load(f"year: 2013\n{text}", Loader=PlainLoader))

    assert [error.json_path for error in found] == [at]


def test_the_settings_name_a_schema_for_every_file_and_keep_what_else_they_say() -> None:
    """Ours of before go, somebody's own stay."""
    before = {"editor.rulers": [120], "yaml.schemas": {"./content/.schemas/gone.json": "x", "./own.json": "y"}}
    config, _ = read_config(TINY_EXPO)
    assert config is not None
    settings = json.loads(editor_settings(json.dumps(before), config))

    assert settings["editor.rulers"] == [120]
    assert "./content/.schemas/gone.json" not in settings["yaml.schemas"]
    assert settings["yaml.schemas"]["./own.json"] == "y"
    assert settings["yaml.schemas"]["./content/.schemas/edition.json"] == ["content/editions/*.yaml"]
    assert len(settings["yaml.schemas"]) == len({described.schema for described in FILES}) + 1


def test_schemas_are_renewed_by_a_command_and_stale_ones_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A warning: no publication waits for them. An archive without any is not told of it."""
    root = tmp_path / "site"
    lay_site(root, {})
    monkeypatch.chdir(root)

    def told() -> list[str]:
        return [problem.kind for problem in review(root, check_small(root)).problems if problem.kind == "schemas-stale"]

    without = told()
    first = main(["schemas"])
    fresh = told()
    source = "{title: {en: New}, language: en, grade: official}\n"
    (root / "content/sources/new-one.yaml").write_text(source, "utf-8")
    (root / FOLDER / "gone.json").write_text("{}")
    stale = told()
    main(["schemas"])

    assert (without, first, fresh, stale, told()) == ([], 0, [], ["schemas-stale"], [])
    assert "new-one" in (root / FOLDER / "edition.json").read_text("utf-8")
    assert not (root / FOLDER / "gone.json").exists()


def test_settings_that_are_not_plain_json_are_left_to_their_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments are not thrown away."""
    lay_site(tmp_path, {".vscode/settings.json": '// mine\n{"a": 1}\n'})
    monkeypatch.chdir(tmp_path)
    code = main(["schemas", "--messages", "en"])

    assert code == 0
    assert (tmp_path / ".vscode/settings.json").read_text("utf-8") == '// mine\n{"a": 1}\n'
    assert ".vscode/settings.json is not plain JSON" in capsys.readouterr().err
