"""Every partial has examples, and each of them can be drawn."""

from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
import yaml
from markupsafe import Markup

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
    """(partial, example's name, how to call it, its parameters) for each example of each partial."""
    found = []
    for folder in sorted(path.parent for path in PARTIALS.glob("*/template.html")):
        read = yaml.safe_load((folder / "examples.yaml").read_text("utf-8"))
        for name, example in read["examples"].items():
            found.append(pytest.param(folder.name, name, read, example, id=f"{folder.name}-{name}"))
    return found


def view(hint: Any, data: Any) -> Any:
    """Plain data as what the type hint of a view says: nested views, tuples of them, HTML."""
    origin, inner = get_origin(hint), get_args(hint)
    if data is None:
        return None
    if origin in (Union, UnionType):
        return view(next(kind for kind in inner if kind is not NoneType), data)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(view(inner[0], item) for item in data)
    if origin is tuple:
        return tuple(view(kind, item) for kind, item in zip(inner, data, strict=True))
    if is_dataclass(hint):
        hints = get_type_hints(hint, vars(model))
        return hint(**{name: view(hints[name], value) for name, value in data.items()})  # type: ignore[operator]
    return Markup(data) if hint is Markup else data


def parameter(kind: Any, data: Any) -> Any:
    """The plain data of an example as what the macro takes."""
    if isinstance(kind, list):
        return [parameter(kind[0], item) for item in data]
    return data if kind in PLAIN else view(vars(model)[kind], data)


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Strings]:
    """The strings of both sites' languages."""
    made: dict[str, Strings] = {}
    for site in (ROOT, TINY_EXPO):
        config, _ = read_config(site)
        assert config is not None
        made |= read_strings(ROOT, config)[0]
    return made


@pytest.mark.parametrize(("partial", "example_name", "how", "example"), examples())
def test_an_example_can_be_drawn(
    partial: str, example_name: str, how: dict[str, Any], example: dict[str, Any], strings: dict[str, Strings]
) -> None:
    """The macro takes what the example gives, and nothing drawn has an id twice or anything of Python's in it."""
    template = make_templates(ROOT).environment.get_template(f"partials/{partial}/template.html")
    words = [] if how.get("without_strings") else [strings[example["lang"]]]
    given = {name: parameter(how["takes"][name], data) for name, data in example["with"].items()}
    html = str(getattr(template.module, how["macro"])(*words, **given))

    ids = outline(html).ids
    assert len(ids) == len(set(ids))
    # Only an example of what is missing may draw nothing.
    assert html.strip() or "missing" in example_name
    assert "None" not in html
    assert "object at 0x" not in html


def test_every_partial_has_its_files() -> None:
    """A folder for each: template, styles, examples."""
    for folder in (path.parent for path in PARTIALS.glob("*/template.html")):
        files = {path.name for path in folder.iterdir()}

        assert {"style.css", "examples.yaml"} <= files, folder.name
