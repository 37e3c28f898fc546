"""Every partial has examples, and each of them can be drawn."""

from typing import Any

import pytest
import yaml
from pydantic import ConfigDict, TypeAdapter

from expoarchive.config import read_config
from expoarchive.render.environment import make_templates
from expoarchive.render.outline import outline
from expoarchive.render.strings import Strings, read_strings
from expoarchive.render.views import model
from tests.sites import ROOT, TINY_EXPO

PARTIALS = ROOT / "templates" / "partials"
# Kinds of parameters that are no view of their own.
PLAIN = {"flag", "number", "text", "counts", "strings"}


def examples() -> list[Any]:
    """(partial, example's name, how to call it) for each example of each partial."""
    found = []
    for folder in sorted(path.parent for path in PARTIALS.glob("*/template.html")):
        read = yaml.safe_load((folder / "examples.yaml").read_text("utf-8"))
        for name, example in read["examples"].items():
            found.append(pytest.param(folder.name, read, example, id=f"{folder.name}-{name}"))
    return found


def parameter(kind: Any, data: Any) -> Any:
    """The plain data of an example as the view that the macro takes."""
    if isinstance(kind, list):
        return [parameter(kind[0], item) for item in data]
    if kind in PLAIN:
        return data
    config = ConfigDict(arbitrary_types_allowed=True)
    views = vars(model)[kind]
    made = TypeAdapter(views, config=None if hasattr(views, "__dataclass_fields__") else config)
    return made.validate_python(data)


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Strings]:
    """The strings of both sites' languages."""
    made: dict[str, Strings] = {}
    for site in (ROOT, TINY_EXPO):
        config, _ = read_config(site)
        assert config is not None
        made |= read_strings(ROOT, config)[0]
    return made


@pytest.mark.parametrize(("partial", "how", "example"), examples())
def test_an_example_can_be_drawn(
    partial: str, how: dict[str, Any], example: dict[str, Any], strings: dict[str, Strings]
) -> None:
    """The macro takes what the example gives, and draws something with no id twice and nothing of Python's in it."""
    template = make_templates(ROOT).environment.get_template(f"partials/{partial}/template.html")
    words = [] if how.get("without_strings") else [strings[example["lang"]]]
    given = {name: parameter(how["takes"][name], data) for name, data in example["with"].items()}
    html = str(getattr(template.module, how["macro"])(*words, **given))

    ids = outline(html).ids
    assert html.strip()
    assert len(ids) == len(set(ids))
    assert "None" not in html
    assert "object at 0x" not in html


def test_every_partial_has_its_files() -> None:
    """A folder for each: template, styles, examples."""
    for folder in (path.parent for path in PARTIALS.glob("*/template.html")):
        files = {path.name for path in folder.iterdir()}

        assert {"style.css", "examples.yaml"} <= files, folder.name
