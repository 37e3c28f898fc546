"""Every partial has examples, and each of them can be drawn."""

import pytest

from expoarchive.config import read_config
from expoarchive.render.environment import make_templates
from expoarchive.render.examples import Example, Partial, read_partials
from expoarchive.render.outline import outline
from expoarchive.render.strings import Strings, read_strings
from expoarchive.render.theme import theme_of
from tests.sites import ROOT, TINY_EXPO

PARTIALS = ROOT / "templates" / "partials"
# (partial, example) for each example of each partial.
EXAMPLES = [
    pytest.param(partial, example, id=f"{partial.name}-{example.name}")
    for partial in read_partials(theme_of(ROOT))
    for example in partial.examples
]


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Strings]:
    """The strings of both sites' languages."""
    made: dict[str, Strings] = {}
    for site in (ROOT, TINY_EXPO):
        config, _ = read_config(site)
        assert config is not None
        made |= read_strings(theme_of(ROOT), config)[0]
    return made


@pytest.mark.parametrize(("partial", "example"), EXAMPLES)
def test_an_example_can_be_drawn(partial: Partial, example: Example, strings: dict[str, Strings]) -> None:
    """The macro takes what the example gives, and nothing drawn has an id twice or anything of Python's in it."""
    html = partial.draw(example, make_templates(theme_of(ROOT)), strings[example.language])

    ids = outline(html).ids
    assert len(ids) == len(set(ids))
    # Only an example of what is missing may draw nothing.
    assert html.strip() or "missing" in example.name
    assert "None" not in html
    assert "object at 0x" not in html


def test_every_partial_has_its_files() -> None:
    """A folder for each: template, styles, examples."""
    for folder in (path.parent for path in PARTIALS.glob("*/template.html")):
        files = {path.name for path in folder.iterdir()}

        assert {"style.css", "examples.yaml"} <= files, folder.name
