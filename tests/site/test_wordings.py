"""Names and themes in several languages: which one a reader is shown, and when two of them disagree."""

import re
from collections.abc import Callable

import pytest

from tests.sites import Site

Build = Callable[..., Site]

EDITION = """\
year: 2011
figures: {visitors: {value: 1800, qualifier: over, sources: [port-office-2011]}}
names:
  - {text: {fr: Foire maritime}, sources: [port-office-2011]}
  - {id: name-en, text: {en: Sea Fair, fr: Foire de la mer}, translated: [fr], sources: [gazette-2009]}
  - {text: {fr: Foire}, form: short, sources: [port-office-2011]}
themes:
  - {text: {en: Trade winds}, sources: [gazette-2009]}
  - {id: theme-other, text: {en: The trade wind}, sources: [copy-2010]}
"""
SHORT_IN_BOTH = """\
year: 2012
names:
  - {text: {en: Sea Fair}, sources: [gazette-2009]}
  - {text: {en: The Fair, fr: La Foire}, form: short, translated: [fr], sources: [gazette-2009]}
"""


@pytest.fixture
def site(build_site: Build) -> Site:
    """Names in one language, ours beside a source's, and two themes that sources word differently."""
    site = build_site(
        {
            "content/editions/2011.yaml": EDITION,
            "content/editions/2012.yaml": SHORT_IN_BOTH,
            "content/exhibitors/2011.csv": None,
        }
    )
    assert not site.problems, site.problems
    return site


def called(html: str) -> str:
    """What the head of an edition's page calls it."""
    found = re.search(r'<p class="edition-called"([^>]*)>([^<]*)', html)
    assert found
    return found[1] + found[2]


def test_our_translation_contradicts_no_source(site: Site) -> None:
    """A source's French and our French of another's English differ, and no source disagrees: only the themes do."""
    tiny_expos_own = 1

    assert site.outcome.counts["conflicts"] == tiny_expos_own + 1
    assert "conflict-head" in site.pages("en/editions/2011/")


def test_each_page_shows_the_name_of_its_language(site: Site) -> None:
    """The English one is recorded second; a source's own French stands before our translation."""
    assert called(site.pages("en/editions/2011/")) == "Sea Fair"
    assert called(site.pages("fr/editions/2011/")) == "Foire maritime"


def test_a_short_name_of_the_language_stands_before_the_usual_one_of_another(site: Site) -> None:
    """And is said to be our translation, where the reader sees it."""
    html = site.pages("fr/editions/2012/")

    assert called(html) == "La Foire"
    assert "Traduction de ces archives" in html[: html.index("edition-body")]


def test_lists_show_the_same_name_as_the_page(site: Site) -> None:
    """The timeline and the page of an edition agree."""
    assert "Sea Fair" in site.pages("en/timeline/")
    assert "Foire maritime" in site.pages("fr/timeline/")
