"""Nothing is left behind: each class of the styles, each string and each custom property is asked for somewhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import yaml

from expoarchive.render.charts.style import Ink
from tests.expected import expect_none
from tests.sites import ROOT

TEMPLATES = ROOT / "templates"
# What makes pages: a name must stand in one of these, whole or as a beginning or an end that a value completes.
MAKERS = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.js"), *(ROOT / "expoarchive").rglob("*.py")]
BEGUN = re.compile(r"""(?<![\w.-])([\w.-]+[._-])(?:\{|["']\s*[~+])""")
ENDED = re.compile(r"""(?:\}|[~+]\s*["'])(\.[\w.]+)["']""")


def makers() -> str:
    """All of their text."""
    return "\n".join(path.read_text("utf-8") for path in MAKERS)


def styles() -> str:
    """All style sheets, without their comments."""
    sheets = [*TEMPLATES.glob("static/css/*.css"), *TEMPLATES.glob("partials/*/style.css")]
    return re.sub(r"/\*.*?\*/", "", "\n".join(sheet.read_text("utf-8") for sheet in sheets), flags=re.DOTALL)


def unasked(names: set[str], text: str) -> list[str]:
    """The names that stand nowhere in the text."""
    whole = set(re.findall(r"[\w-]+(?:\.[\w-]+)*", text))
    begun, ended = tuple(set(BEGUN.findall(text))), tuple(set(ENDED.findall(text)))
    return sorted(name for name in names - whole if not name.startswith(begun) and not name.endswith(ended))


def keys(node: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The strings' keys, with dots between levels."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from keys(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def test_every_class_of_the_styles_is_given_to_something() -> None:
    """By a template, a script, or what makes HTML of prose."""
    selectors = re.sub(r"\{[^{}]*\}", "{}", styles())

    expect_none(unasked(set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", selectors)), makers()), "classes that nothing has")


def test_every_string_is_asked_for() -> None:
    """By a template, a script or a view."""
    strings = yaml.safe_load((TEMPLATES / "strings" / "en.yaml").read_text("utf-8"))

    expect_none(unasked(set(keys(strings)), makers()), "strings that nothing asks for")


def test_every_custom_property_is_used() -> None:
    """By a style sheet or a chart, and none is used that is not set."""
    text = styles()
    made = set(re.findall(r"(?<![\w-])--([a-z][\w-]*):", text))
    used = {*re.findall(r"var\(--([a-z][\w-]*)[,)]", text + makers()), *(f"chart-{ink}" for ink in get_args(Ink))}

    expect_none(sorted(used - made - {"name"}), "custom properties that nothing sets")
    expect_none(sorted(made - used), "left over")


def test_a_leftover_is_found() -> None:
    """A search that always finds something would pass everything."""
    text = """<p class="era is-{{ state }}">{{ t('grade.' ~ grade) }} t(f"nav.{name}") t('home.title')"""

    assert unasked({"era", "is-held", "grade.agency", "nav.home", "home.title"}, text) == []
    assert unasked({"eras", "was-held", "home.lead"}, text) == ["eras", "home.lead", "was-held"]
