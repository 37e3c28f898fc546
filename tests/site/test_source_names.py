"""What a page calls a source: in its own language, with the original beside it."""

import re

import pytest

from tests.sites import TINY_EXPO, Site, build_small

EDITION = (TINY_EXPO / "content/editions/2009.yaml").read_text("utf-8")
PLAIN = "published: 2009-06-02\nlanguage: de\ngrade: newspaper\nurl: https://zeitung.example/"
SOURCES = {
    "named": "publisher: {en: Harbour Gazette, fr: Gazette du port}\ntitle: {de: Die Messe beginnt}\n",
    "foreign": "publisher: {de: Hafenzeitung}\ntitle: {de: Der erste Kran}\n",
    "nameless": "title: {de: Am Kai}\n",
    "bare": "publisher: {de: Hafenblatt}\n",
    "own": "publisher: {de: Hafenbote}\ntitle: {en: The night market}\n",
}
FILES = {f"content/sources/{name}.yaml": f"{text}{PLAIN}{name}\n" for name, text in SOURCES.items()} | {
    "content/editions/2009.yaml": EDITION.replace(
        "about, sources: [gazette-2009]", f"about, sources: [{', '.join(SOURCES)}]"
    )
}
ARTICLE = (TINY_EXPO / "content/articles/first-crane/fr.md").read_text("utf-8")
FILES["content/articles/first-crane/fr.md"] = f"{ARTICLE}\nVu [@named, pp. 3-4] [@bare, paragraph 2] [@own, au dos].\n"
CALLED = {
    "named": ("Harbour Gazette, 2 June 2009", "Die Messe beginnt", ""),
    "foreign": ('<bdi lang="de">Hafenzeitung</bdi>, 2 June 2009', "Der erste Kran", ""),
    "nameless": ("Newspaper report, 2 June 2009", "Am Kai", ""),
    "bare": ('<bdi lang="de">Hafenblatt</bdi>, 2 June 2009', "", ""),
    "own": ("The night market", "", "Hafenbote"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented fair, with an edition that rests on those sources."""
    built = build_small(tmp_path_factory.mktemp("names") / "site", FILES)
    assert built.outcome.ok, built.problems
    return built


def entry(site: Site, name: str) -> str:
    """The source's entry in the list at the foot of the English edition."""
    found = re.search(rf'<li id="source-{name}".*?</li>', site.pages("en/editions/2009/"), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("name", SOURCES)
def test_a_list_says_first_what_a_reader_can_read(name: str, site: Site) -> None:
    """Its title, or its publisher and date, or what it is and its date; then title and publisher, as they are.

    A publisher that has no name in the page's language is called by its own.
    """
    called, title, publisher = CALLED[name]
    html = entry(site, name)

    assert f">{called}</a>" in html
    assert not re.search("Hafen|Messe|Kran|Kai", re.sub(r'<(\w+)[^>]* lang="de">.*?</\1>', "", html))
    for original in filter(None, (title, publisher)):
        assert re.search(rf'<(cite|span)[^>]* lang="de">{original}<', html)


def test_sources_of_one_name_are_told_apart_by_their_originals(site: Site) -> None:
    """Where nothing but a line can be shown, it has both."""
    assert "Hafenzeitung, 2 June 2009 (Der erste Kran)" in site.pages("en/sources/foreign/")
    assert "Newspaper report, 2 June 2009 (Am Kai)" in site.pages("en/sources/nameless/")


def test_a_place_in_a_source_is_in_the_pages_language(site: Site) -> None:
    """As a text may write it too: a page, or the steps of records; anything else is as it is written."""
    page = site.pages("fr/articles/first-crane/")

    assert {">page 3–4<", ">paragraphe 2<", ">au dos<"} <= set(re.findall(r">[^<]*<", page))
