"""The designers' gallery: every partial with its examples, where the configuration asks for it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.render.examples import read_partials
from expoarchive.render.outline import outline
from expoarchive.render.theme import theme_of
from tests.expected import expect_none
from tests.links import html_files
from tests.site.test_html import let_be, remarks_on, summary
from tests.sites import ROOT, TINY_EXPO, Site, build_gallery

Build = Callable[..., Site]
CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
SHOWN = {"site_config.yaml": CONFIG + "show_gallery: true\n"}


def test_the_gallery_is_not_published_by_default(tiny_site: Site) -> None:
    """No page, no way to it."""
    assert not tiny_site.exists("en/gallery/")
    assert "gallery/" not in tiny_site.pages("en/")


def test_the_gallery_shows_every_example_in_a_language_of_the_site(build_site: Build) -> None:
    """In each language's frame, with a way there from the foot of every page."""
    site = build_site(SHOWN)
    cases = {
        f"{partial.name}-{example.name}"
        for partial in read_partials(theme_of(ROOT))
        for example in partial.examples
        if example.language in ("en", "fr")
    }
    assert len(cases) > 40
    for language in ("en", "fr"):
        drawn = re.findall(r'<figure class="gallery-case" id="([^"]+)"', site.pages(f"{language}/gallery/"))

        assert sorted(drawn) == sorted(cases)
        assert 'href="../gallery/"' in site.pages(f"{language}/editions/")


def test_the_gallery_is_kept_from_search_engines_and_the_search(build_site: Build) -> None:
    """It says nothing of the fair."""
    site = build_site(SHOWN)
    html = site.pages("en/gallery/")

    assert '<meta name="robots" content="noindex">' in html
    assert outline(html).canonical is None
    assert "gallery" not in site.pages("search/en.js")
    assert "gallery" not in site.pages("en/search/").partition("<footer")[0]


def test_an_example_that_cannot_be_drawn_is_told_at_its_place(build_site: Build) -> None:
    """The file of examples, the line, and what was wrong with it; nobody is troubled who does not ask for a gallery."""
    examples = (ROOT / "templates/partials/notice/examples.yaml").read_text("utf-8")
    wrong = {"templates/partials/notice/examples.yaml": examples.replace("with: {", "with: {txet: x, ", 1)}
    site = build_site({**SHOWN, **wrong})

    assert set(site.kinds()) == {"example-undrawn"}
    place = site.problems[0].place
    assert place.file == "templates/partials/notice/examples.yaml"
    assert "txet" in site.problems[0].details["reason"]
    assert examples.split("\n")[place.line - 1][place.column - 1 :].startswith("usual:")


@pytest.mark.long
def test_the_gallery_is_valid_html(tmp_path: Path) -> None:
    """Every partial, and no remark of the Nu checker."""
    output = build_gallery(tmp_path / "gallery")
    for page in html_files(output):
        if page.parent.name != "gallery":
            page.unlink()
    shutil.rmtree(output / "assets")

    assert len(list(html_files(output))) == 2
    expect_none(summary([remark for remark in remarks_on(output) if not let_be(remark)]), "kinds of remarks")
