"""What the search searches, and the list of everything that stands on its page."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expoarchive.build import build
from tests.links import links_of
from tests.sites import ROOT, Site

Build = Callable[..., Site]
Index = dict[str, dict[str, Any]]
PACKAGE = ROOT / "node_modules" / "minisearch"
COPY = ROOT / "templates" / "static" / "js" / "search" / "lib"
# A comment on lines of its own. They are more than half of the file, and every reader would load them.
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n?", re.DOTALL | re.MULTILINE)
ENGLISH_ONLY = {"content/articles/first-crane/fr.md": None}


def loaded(site: Site, file: str, name: str, language: str) -> dict[str, Any]:
    """What a script of the search puts under a name, for a language."""
    head, _, text = site.pages(f"search/{file}.js").partition(" = ")
    assert head == f'(globalThis.{name} ??= {{}})["{language}"]'
    value: dict[str, Any] = json.loads(text.rstrip().removesuffix(";"))
    return value


def index_of(site: Site, language: str) -> Index:
    """The pages that a language's search page searches, by permalink."""
    pages = loaded(site, language, "searchIndexes", language)["pages"]
    return {page["url"].replace("../", f"{language}/", 1): page for page in pages}


def words_of(site: Site, language: str) -> dict[str, Any]:
    """What a language's search knows of words."""
    words: dict[str, Any] = loaded(site, language, "searchIndexes", language)["words"]
    return words


def answers_of(site: Site, language: str) -> dict[str, Any]:
    """What a language's search answers without a page."""
    return loaded(site, f"answers-{language}", "searchAnswers", language)


def test_every_page_of_a_language_is_searched(tiny_site: Site) -> None:
    """Each once, in each language, and nothing that is not published; the search page leads only to others.

    Tables of a record's claims repeat what is found on the page of the record.
    """
    for language in ("en", "fr"):
        files = (tiny_site.output / language).rglob("index.html")
        pages = {file.relative_to(tiny_site.output).as_posix().removesuffix("index.html") for file in files}

        tables = {page for page in pages if page.startswith(f"{language}/claims/")} - {f"{language}/claims/"}

        assert tables
        assert set(index_of(tiny_site, language)) == pages - tables - {f"{language}/search/"}


def test_an_edition_is_found_by_its_names_claims_year_and_era(tiny_site: Site) -> None:
    """The name in every language that has one, the claims in words of the page's own."""
    found = index_of(tiny_site, "en")["en/editions/2009/"]

    # The era's name, which says when, stands on the search page.
    assert (found["kind"], found["years"], found["eras"], "when" in found) == (
        "editions",
        [2009],
        ["early-years"],
        False,
    )
    assert ["Foire du port", "fr"] in found["names"]
    assert "The first crane was shown." in found["text"]
    assert "La première grue" not in found["text"]


def test_a_venue_is_found_by_every_name_it_had(build_site: Build) -> None:
    """Its names of other times and other languages."""
    venues = """\
        quay-hall:
          name: {en: Quay Hall, fr: Halle du quai}
          names:
            - {text: {en: Old Custom House, fr: Ancienne douane}, until: 2009, sources: [gazette-2009]}
        """
    found = index_of(build_site({"content/vocabularies/venues.yaml": venues}), "en")["en/venues/quay-hall/"]

    assert found["title"] == "Quay Hall"
    assert found["names"] == [["Halle du quai", "fr"], ["Old Custom House", "en"], ["Ancienne douane", "fr"]]


def test_an_article_is_searched_as_it_is_read(build_site: Build) -> None:
    """Live figures filled in; no markup, no number of a note, nothing that editors keep to themselves."""
    text = (
        "---\ntitle: T\nsummary: S\n---\n*It* drew [=2009#visitors] [@gazette-2009].\n\n<!-- not yet -->\nEnd & all.\n"
    )
    found = index_of(build_site({"content/articles/first-crane/en.md": text, **ENGLISH_ONLY}), "en")

    assert found["en/articles/first-crane/"]["text"] == "S\nIt drew about 1,200 visitors.\nEnd & all."
    assert found["en/articles/first-crane/"]["years"] == [2009]


def test_a_borrowed_text_is_searched_and_says_its_language(build_site: Build) -> None:
    """The reader of another language finds the page, and hears it in the language it is in."""
    found = index_of(build_site(ENGLISH_ONLY), "fr")["fr/articles/first-crane/"]

    assert (found["title"], found["lang"], found["textLang"]) == ("The first crane", "en", "en")


def test_the_same_sources_give_the_same_index(tiny_site: Site, tmp_path: Path) -> None:
    """Byte for byte, one page a line."""
    made = tiny_site.file("search/en.js").read_bytes()
    again = build(tiny_site.root, tmp_path / "again")

    assert again.files["search/en.js"] == made
    assert len(made.splitlines()) == len(index_of(tiny_site, "en")) + 2


def test_the_search_page_lists_every_page_by_kind(tiny_site: Site) -> None:
    """What is searched can be gone through by hand, in a section for each kind."""
    html = tiny_site.pages("en/search/")
    main = html[html.index("<main") : html.index("</main>")]
    listed = {link.replace("../", "en/", 1) for link in links_of(main)}

    assert set(index_of(tiny_site, "en")) <= listed
    assert re.findall(r'<section class="part" id="kind-(\w+)"', main) == [
        "editions",
        "articles",
        "topics",
        "industries",
        "places",
        "venues",
        "companies",
        "people",
        "pictures",
        "sources",
        "pages",
    ]


def test_every_page_leads_to_the_search_and_only_it_loads_it(tiny_site: Site) -> None:
    """Other pages carry nothing of it but the key, in the script of every page."""
    edition, search = (links_of(tiny_site.pages(path)) for path in ("en/editions/2009/", "en/search/"))

    assert "../../search/" in edition
    assert [link for link in edition if link.endswith(".js")] == ["../../../assets/js/site.js"]
    assert [link for link in search if link.endswith(".js")] == [
        f"../../assets/js/{name}.js" for name in ("site", "search")
    ]
    assert 'data-finder="../../assets/js/search/lib/minisearch.js"' in tiny_site.pages("en/search/")
    assert 'data-index="../../search/en.js"' in tiny_site.pages("en/search/")
    assert 'data-answers="../../search/answers-en.js"' in tiny_site.pages("en/search/")


def test_an_edition_answers_with_its_claims_their_limits_and_their_sources(tiny_site: Site) -> None:
    """A claim by its address on the edition's page, with its numbers in its unit and in the base one."""
    edition = answers_of(tiny_site, "en")["records"]["2009"]

    assert (edition["title"], edition["url"]) == ("2009 · 1st edition", "../editions/2009/")
    assert edition["claims"]["takings"] == {
        "label": "Takings",
        "text": "LUC 45,500",
        "numbers": ["45.5", "45500"],
        "sources": ["../sources/gazette-2009/"],
    }
    assert edition["claims"]["takings-night-market"]["limits"] == "The night market"


def test_of_claims_that_differ_the_preferred_comes_first(tiny_site: Site) -> None:
    """And each says that sources disagree."""
    edition = answers_of(tiny_site, "en")["records"]["2010"]

    assert edition["of"]["visitors"] == ["visitors", "visitors-copy"]
    assert edition["claims"]["visitors"]["marks"] == ["conflicting"]
    assert "conflicting" in edition["claims"]["visitors-copy"]["marks"]


def test_a_derived_claim_answers_with_the_sources_of_its_inputs(build_site: Build) -> None:
    """It has none of its own, and says that it is derived."""
    edition = """\
        year: 2010
        figures:
          takings: {value: 91, derived: {formula: known * 2, inputs: {known: 2009#takings}}}
        """
    files = {"content/editions/2010.yaml": edition}
    claim = answers_of(build_site(files), "en")["records"]["2010"]["claims"]["takings"]

    assert (claim["sources"], claim["marks"]) == (["../sources/gazette-2009/"], ["derived"])


def test_what_is_not_known_says_where_that_stands(tiny_site: Site) -> None:
    """An absence by its id; an edition of which nothing is known by its state."""
    records = answers_of(tiny_site, "en")["records"]

    assert records["2010"]["unknown"]["opened"] == "ticket-office"
    assert records["2012"]["state"]


def test_readers_words_are_those_of_the_editors_in_every_language(tiny_site: Site) -> None:
    """What they ask, what they mean, and the pages they lead to."""
    words, answers = words_of(tiny_site, "fr"), answers_of(tiny_site, "fr")

    assert ["crowd", "turnout", "foule", "affluence"] in words["same"]
    assert answers["phrases"]["foule"] == answers["phrases"]["turnout"] == ["visitors"]
    assert "derrick" in words["leads"]["../topics/cranes/"]
    assert "palan" in words["leads"]["../articles/first-crane/"]
    assert "comment elle a grandi" in words["leads"]["../growth/"]


def test_an_archive_without_synonyms_is_searched_by_the_generators_words(build_site: Build) -> None:
    """The names of measures and the words that templates/strings have."""
    site = build_site({"content/synonyms.yaml": None})

    assert words_of(site, "en")["same"] == []
    assert answers_of(site, "en")["phrases"]["Visiteurs"] == ["visitors"]
    assert "download" in words_of(site, "fr")["leads"]["../data/"]


def test_characters_are_known_by_their_old_forms_and_sounds(build_site: Build) -> None:
    """Those of the archive alone: a fair without any has neither."""
    assert (words_of(build_site(), "en")["folded"], words_of(build_site(), "en")["sounds"]) == ("", "")

    industries = "crane-building: {name: {en: Crane building 盐湖, fr: Construction de grues}}\n"
    words = words_of(build_site({"content/vocabularies/industries.yaml": industries}), "en")

    assert "鹽盐" in words["folded"]
    assert words["sounds"] == "hu湖 yan盐"


SYNONYMS = [
    ("asks: visiters", "asks-unknown", "visitors"),
    ("asks: guest.others", "asks-unknown", None),
    ("articles: first-crain", "unknown-article", "first-crane"),
    ("pages: grwth", "unknown-page", "growth"),
    ('terms: "topic:crane"', "unknown-id", "cranes"),
    ("leads: growth", "unknown-key", None),
]


@pytest.mark.parametrize(("line", "kind", "nearest"), SYNONYMS)
def test_a_slip_in_the_synonyms_is_told_with_its_place(
    build_site: Build, line: str, kind: str, nearest: str | None
) -> None:
    """The line and what was meant."""
    site = build_site({"content/synonyms.yaml": f"crowd:\n  words: {{en: [crowd]}}\n  {line}\n"})

    assert site.kinds() == [kind]
    assert (site.problems[0].place.file, site.problems[0].place.line) == ("content/synonyms.yaml", 3)
    assert nearest is None or site.problems[0].nearest == nearest


def test_words_of_a_language_that_the_site_has_not_are_refused(build_site: Build) -> None:
    """Nobody would find anything by them."""
    site = build_site({"content/synonyms.yaml": "crowd: {words: {de: [Andrang]}}\n"})

    assert site.kinds() == ["unknown-language"]


def test_a_scale_without_its_power_is_told(build_site: Build) -> None:
    """In the strings of the search, with the line."""
    strings = (ROOT / "templates" / "strings" / "fr.yaml").read_text("utf-8")
    site = build_site({"templates/strings/fr.yaml": strings.replace("scales: mille 3", "scales: mille trois")})

    assert site.kinds() == ["string-scale"]
    assert site.problems[0].place.file == "templates/strings/fr.yaml"
    assert site.problems[0].details["found"] == "mille trois"


def test_the_copy_of_minisearch_is_the_packages() -> None:
    """Byte for byte but for its comments, at the version that package.json asks for, with its licence."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]["minisearch"]
    whole = (PACKAGE / "dist" / "umd" / "index.js").read_text("utf-8")

    assert json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"] == wanted
    assert (COPY / "minisearch.js").read_text("utf-8") == COMMENT.sub("", whole)
    assert (COPY / "minisearch.LICENSE.txt").read_bytes() == (PACKAGE / "LICENSE.txt").read_bytes()
