"""What templates may do: the environment compiles them in a way of its own, and writes what Jinja's own would."""

from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from expoarchive.render.environment import digest_templates, make_templates
from expoarchive.render.theme import theme_of
from tests.sites import ROOT

VALUES = {
    "text": "<b> & \"c\" 'd'",
    "markup": Markup("<b>é</b>"),
    "number": 7,
    "none": None,
    "words": ["a", "<"],
    "named": {"sort": "x", "in": "y"},
    "join": lambda *parts, sep="-", **more: sep.join([*parts, *more]),
}
ESCAPED = "&lt;b&gt; &amp; &#34;c&#34; &#39;d&#39;"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return make_templates(theme_of(Path(tmp_path_factory.mktemp("site")))).environment


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{{ text }}|{{ markup }}|{{ number }}|{{ none }}", f"{ESCAPED}|<b>é</b>|7|None"),
        ("{{ text ~ markup }}|{{ '<i>'|upper }}|{{ '<i>'|safe }}", f"{ESCAPED}<b>é</b>|&lt;I&gt;|<i>"),
        ("{% for word in words %}{{ word }}{{ ', ' if not loop.last }}{% endfor %}", "a, &lt;"),
        ("a{{ 'b' if number > 7 }}c{{ text if none else markup }}", "ac<b>é</b>"),
        ("{{ join('a', text, sep='<') }}", f"a&lt;{ESCAPED}"),
        ("{{ join(*words, **named) }} {{ join('a', class='b') }}", "a-&lt;-sort-in a-class"),
        (
            "{% macro box(item, level=2) %}<h{{ level }}>{{ item }}</h>{% endmacro %}"
            "{% macro note(item) %}<p>{{ item }}{{ caller() }}</p>{% endmacro %}"
            "{{ box(text) }}{{ box(markup, level=3) }}{% call note('x') %}{{ number }}{% endcall %}",
            f"<h2>{ESCAPED}</h><h3><b>é</b></h><p>x7</p>",
        ),
    ],
)
def test_a_template_is_written_as_jinja_writes_it(environment: Environment, template: str, written: str) -> None:
    """Text is escaped and markup is not, an “if” without “else” is nothing, and calls get what they are given."""
    assert _written(environment, template) == written


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ nothing() }}", "{{ named.lacking }}", "{{ join(nothing) }}"])
def test_what_a_template_is_not_given_is_an_error(environment: Environment, template: str) -> None:
    """Nothing is written as a blank, in whatever place it is asked for."""
    with pytest.raises((UndefinedError, TypeError)):
        _written(environment, template)


def _written(environment: Environment, template: str) -> str:
    """A template's text for ``VALUES``, compiled under a name as those in files are."""
    code = environment.compile(template, "test.html", "test.html")
    return environment.template_class.from_code(environment, code, environment.make_globals(None)).render(VALUES)


def test_a_theme_has_the_same_digest_wherever_it_lies(tmp_path: Path) -> None:
    """What was made in a clone of the project is good for a state of its content that is laid elsewhere."""
    assert digest_templates(theme_of(ROOT)) == digest_templates(theme_of(tmp_path))
