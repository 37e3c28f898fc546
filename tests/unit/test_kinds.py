"""The table of kinds of pages, held against what else a kind is made of: a view, a template, words."""

import string

import pytest
import yaml

from expoarchive.render import views
from expoarchive.render.pages import template_of
from expoarchive.render.search_entry import list_entry
from expoarchive.render.studio import PAGE_VIEWS, list_title
from expoarchive.site.address import permalink
from expoarchive.site.kinds import KINDS
from tests.sites import ROOT

ALONE = [kind.name for kind in KINDS.values() if kind.records is None and not kind.neutral]


def test_every_kind_has_a_view_and_every_view_a_kind() -> None:
    """A row of the table without a registered view cannot be drawn; a view without a row is never asked for."""
    assert views.__doc__

    # A site's own vocabularies are drawn by the names of two templates.
    assert sorted(PAGE_VIEWS) == sorted([*KINDS, "term", "terms"])


def test_every_kind_has_a_template() -> None:
    """The file is named for the kind, unless the row names another."""
    lacking = [name for name in KINDS if not (ROOT / "templates" / template_of(name, KINDS)).is_file()]

    assert lacking == []


def test_every_kind_that_a_text_can_open_shows_it() -> None:
    """What an editor writes into content/pages/ under the name of a list is on the list's page."""
    texts = {
        name: (ROOT / "templates" / template_of(name, KINDS)).read_text("utf-8")
        for name, kind in KINDS.items()
        if kind.opened
    }

    assert [name for name, text in texts.items() if "lead.html" not in text] == []


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_kind_has_its_words(language: str) -> None:
    """What is named in navigation has a name there; what is called by its kind's title has one, and a description."""
    strings = yaml.safe_load((ROOT / "templates" / "strings" / f"{language}.yaml").read_text("utf-8"))
    named = [name for name, kind in KINDS.items() if kind.named or kind.footer]
    titled = [name for name in ALONE if PAGE_VIEWS[name].title is list_title]
    described = [name for name in ALONE if PAGE_VIEWS[name].entry is list_entry]

    assert [name for name in named if name not in strings["nav"]] == []
    assert [name for name in titled if "title" not in strings[name]] == []
    assert [name for name in described if "description" not in strings[name]] == []


def test_addresses_of_kinds_never_meet() -> None:
    """Two pages of different kinds cannot have one address, whatever their ids are."""
    patterns = [kind.address for kind in KINDS.values() if not kind.neutral]
    fields = {name for pattern in patterns for _, name, _, _ in string.Formatter().parse(pattern) if name}

    assert len(set(patterns)) == len(patterns)
    assert fields == {"id"}
    assert permalink("en", "edition", "2011") == "en/editions/2011/"
    assert permalink("", "404") == "404.html"
    assert {"editions", "growth", "search"} <= KINDS.reserved


def test_a_section_is_a_kind_of_its_own() -> None:
    """Pages that stand in a list lead back to it."""
    assert [name for name in KINDS.sections if name not in KINDS or KINDS[name].records is not None] == []


def test_a_kind_that_there_is_none_of_is_an_error() -> None:
    """Nothing falls through to another kind's address."""
    with pytest.raises(KeyError):
        permalink("en", "edtion", "2011")
