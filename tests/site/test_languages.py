"""Languages mirror each other, and a missing translation is said."""

import re
from collections.abc import Callable

from tests.sites import Site

Build = Callable[..., Site]


def links(html: str, relation: str) -> list[tuple[str, str]]:
    """(hreflang, href) of the head's links with this relation."""
    found = re.findall(rf'<link rel="{relation}"(?: hreflang="([^"]*)")? href="([^"]*)"', html)
    return [(tag, href) for tag, href in found]


def test_every_page_has_its_pair_in_each_language(tiny_site: Site) -> None:
    """`/en/…` and `/fr/…` hold the same pages."""
    pages = {page.page.permalink for page in tiny_site.outcome.pages}
    english = {page.removeprefix("en/") for page in pages if page.startswith("en/")}
    french = {page.removeprefix("fr/") for page in pages if page.startswith("fr/")}
    assert english == french
    assert "editions/2009/" in english


def test_the_switcher_leads_to_the_same_page(tiny_site: Site) -> None:
    """Changing the language does not lose the page."""
    html = tiny_site.pages("en/editions/2009/")

    assert 'href="../../../fr/editions/2009/"' in html


def test_alternates_name_each_other_and_a_default(tiny_site: Site) -> None:
    """hreflang is absolute, reciprocal, includes the page itself and x-default."""
    expected = [
        ("en", "https://fair.example/harbour/en/editions/2009/"),
        ("fr", "https://fair.example/harbour/fr/editions/2009/"),
        ("x-default", "https://fair.example/harbour/en/editions/2009/"),
    ]
    assert links(tiny_site.pages("en/editions/2009/"), "alternate") == expected
    assert links(tiny_site.pages("fr/editions/2009/"), "alternate") == expected


def test_a_borrowed_text_is_said_marked_and_points_to_the_real_page(tiny_site: Site) -> None:
    """A page without a translation shows the other language's text with its lang, and no hreflang."""
    html = tiny_site.pages("fr/about/")

    assert '<html lang="fr"' in html
    assert '<article lang="en">' in html
    assert "Everything here is invented" in html
    assert links(html, "canonical") == [("", "https://fair.example/harbour/en/about/")]
    assert links(html, "alternate") == []


def test_one_language_is_enough(build_site: Build) -> None:
    """A site with a single language builds, and its pages have no alternates."""
    one = """\
        title: {en: A}
        expo: {en: A}
        description: {en: A}
        languages: [{id: en, tag: en, locale: en_GB, name: English}]
        address: https://fair.example
        """
    site = build_site({"site_config.yaml": one, **dict.fromkeys(FRENCH), **ENGLISH_ONLY})

    assert site.problems == []
    assert links(site.pages("en/editions/2009/"), "alternate") == []


FRENCH = ("content/articles/first-crane/fr.md", "content/pages/home/fr.md")
# The records of the tiny expo have French texts, which a site without French has no place for.
ENGLISH_ONLY: dict[str, str | None] = {
    "content/synonyms.yaml": None,
    "content/sources/s.yaml": "{title: {en: S}, language: en, grade: official}\n",
    "content/sources/copy-2010.yaml": None,
    "content/sources/gazette-2009.yaml": None,
    "content/sources/port-office-2011.yaml": None,
    "content/vocabularies/units.yaml": 'count: {name: {en: n}, base: count, shown: {en: "{number}"}}\n',
    "content/vocabularies/measures.yaml": "visitors: {name: {en: V}, unit: count}\n",
    "content/vocabularies/regions.yaml": None,
    "content/vocabularies/places.yaml": None,
    "content/vocabularies/venues.yaml": None,
    "content/vocabularies/roles.yaml": None,
    "content/vocabularies/topics.yaml": None,
    "content/vocabularies/companies.yaml": None,
    "content/vocabularies/industries.yaml": None,
    "content/vocabularies/people.yaml": None,
    "content/vocabularies/parts.yaml": None,
    "content/editions/2009.yaml": "year: 2009\nordinal: {value: 1, sources: [s]}\n",
    "content/editions/2010.yaml": None,
    "content/editions/2011.yaml": None,
    "content/exhibitors/2011.csv": None,
    "content/expo.yaml": None,
    "content/absences.yaml": None,
    "content/wordings.yaml": None,
    "content/eras.yaml": None,
    "content/changes.yaml": None,
    "content/charts.yaml": None,
    "content/glossary.yaml": None,
    "content/pictures/quay-crane.yaml": None,
    "content/pictures/quay-crowd.yaml": None,
    "content/recordings/harbour-radio.yaml": None,
    "content/media/quay-crane.jpg": None,
    "content/media/quay-crowd.jpg": None,
    "content/articles/first-crane/en.md": "---\ntitle: T\nsummary: S\n---\nText.\n",
    "content/articles/first-crane/article.yaml": "order: 1\n",
}


def test_a_word_of_a_source_in_another_language_is_marked(tiny_site: Site) -> None:
    """A title that only exists in French is shown on the English page with its lang."""
    html = tiny_site.pages("en/sources/port-office-2011/")

    assert re.search(r'lang="fr"[^>]*>\s*Bilan de la foire', html)


def test_the_first_page_offers_every_language_without_scripts(tiny_site: Site) -> None:
    """`/` links each language's home."""
    html = tiny_site.pages("")

    assert 'href="en/"' in html
    assert 'href="fr/"' in html
