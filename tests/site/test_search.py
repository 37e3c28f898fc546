"""What the search searches, and the list of everything that stands on its page."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from expoarchive.build import build
from tests.links import links_of
from tests.sites import ROOT, Site

Build = Callable[..., Site]
Index = dict[str, dict[str, Any]]
PACKAGE = ROOT / "node_modules" / "minisearch"
COPY = ROOT / "templates" / "static" / "js" / "search"
# A comment on lines of its own. They are more than half of the file, and every reader would load them.
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n?", re.DOTALL | re.MULTILINE)
ENGLISH_ONLY = {"content/articles/first-crane/fr.md": None}


def index_of(site: Site, language: str) -> Index:
    """The pages that a language's search page searches, by permalink."""
    head, _, pages = site.pages(f"search/{language}.js").partition(" = ")
    assert head == f'(globalThis.searchIndexes ??= {{}})["{language}"]'
    read: list[dict[str, Any]] = json.loads(pages.rstrip().removesuffix(";"))
    return {page["url"].replace("../", f"{language}/", 1): page for page in read}


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

    assert (found["kind"], found["years"], found["eras"], found["when"]) == (
        "editions",
        [2009],
        ["early-years"],
        "Early years",
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
        "sources",
        "pages",
    ]


def test_every_page_leads_to_the_search_and_only_it_loads_it(tiny_site: Site) -> None:
    """Other pages carry nothing of it but the key."""
    edition, search = (links_of(tiny_site.pages(path)) for path in ("en/editions/2009/", "en/search/"))

    assert "../../search/" in edition
    assert [link for link in edition if link.endswith(".js") and "search" in link] == [
        "../../../assets/js/search-key.js"
    ]
    assert [link for link in search if "/search/" in link and link.endswith(".js")] == [
        "../../assets/js/search/engine.js",
        "../../assets/js/search/fold.js",
        "../../assets/js/search/minisearch.js",
        "../../assets/js/search/page.js",
    ]
    assert 'data-index="../../search/en.js"' in tiny_site.pages("en/search/")


def test_the_copy_of_minisearch_is_the_packages() -> None:
    """Byte for byte but for its comments, at the version that package.json asks for, with its licence."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]["minisearch"]
    whole = (PACKAGE / "dist" / "umd" / "index.js").read_text("utf-8")

    assert json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"] == wanted
    assert (COPY / "minisearch.js").read_text("utf-8") == COMMENT.sub("", whole)
    assert (COPY / "minisearch.LICENSE.txt").read_bytes() == (PACKAGE / "LICENSE.txt").read_bytes()
