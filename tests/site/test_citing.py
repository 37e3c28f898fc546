"""Every page says how to cite it, and every claim how to cite it alone, in forms that programs read."""

import json
import re
from html import unescape

import pytest

from tests.sites import ROOT, Site, build_small

FORM = re.compile(r'<pre [^>]*data-cite="(\w+)">(.*?)</pre>', re.DOTALL)
CLAIM = re.compile(
    r'<div class="claim[^>]* id="([^"]+)" tabindex="-1">(?:(?!<div class="claim).)*?'
    r'class="why-cite"[^>]*>(.*?)</p>',
    re.DOTALL,
)
# Characters that TeX or HTML takes for its own.
TITLE = r"Fish & chips: 100% {fresh} #1 <salt_and> ~ $2 \ more"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo, with an article whose title is hard to write down."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    assert "languages:" in config
    text = f"---\ntitle: '{TITLE}'\nsummary: A summary\n---\n\nA text.\n"
    files = {"content/articles/hard/article.yaml": "order: 1\n"}
    files |= {f"content/articles/hard/{language}.md": text for language in ("en", "fr")}
    return build_small(tmp_path_factory.mktemp("citing") / "site", files)


def forms(page: str) -> dict[str, str]:
    """The citations of a page by form, as a reader sees them."""
    return {name: unescape(text) for name, text in FORM.findall(page)}


def bibtex_fields(entry: str) -> dict[str, str]:
    """A strict reader of one entry: a line a field, braces balanced, nothing left over."""
    head, *lines, end = entry.split("\n")
    assert re.fullmatch(r"@online\{[a-z0-9-]+,", head)
    assert end == "}"
    fields = {}
    for line in lines:
        match = re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line)
        assert match, line
        bare = re.sub(r"\\[{}]", "", match[2])
        assert bare.count("{") == bare.count("}")
        fields[match[1]] = match[2]
    return fields


def test_a_page_is_cited_in_four_forms(site: Site) -> None:
    """Each form has the title, the site and the full address; those that need a day leave its place open."""
    page = site.pages("en/editions/2010/")
    found = forms(page)
    canonical = re.search(r'rel="canonical" href="([^"]+)"', page)

    assert list(found) == ["plain", "gbt", "bibtex", "csl"]
    assert canonical
    for text in found.values():
        assert canonical[1] in text
    for form in ("plain", "gbt", "bibtex"):
        assert "YYYY-MM-DD" in found[form]


def test_csl_json_is_an_item_with_what_it_must_have(site: Site) -> None:
    """A list of one item: an id, a type of CSL's, the title as it is."""
    (item,) = json.loads(forms(site.pages("en/articles/hard/"))["csl"])

    assert item["type"] == "webpage"
    assert item["id"] == "en-articles-hard"
    assert item["title"] == TITLE
    assert item["URL"].endswith("/en/articles/hard/")
    assert item["language"] == "en"


def test_bibtex_escapes_what_tex_takes_for_its_own(site: Site) -> None:
    """The title's signs are escaped, the address is not."""
    fields = bibtex_fields(forms(site.pages("en/articles/hard/"))["bibtex"])

    assert fields["title"] == (
        r"Fish \& chips: 100\% \{fresh\} \#1 <salt\_and> \textasciitilde{} \$2 \textbackslash{} more"
    )
    assert fields["url"].endswith("/en/articles/hard/")
    assert fields["langid"] == "english"


def test_gbt_7714_names_the_kind_of_resource(site: Site) -> None:
    """Title: other title information[EB/OL]. [date]. path."""
    found = forms(site.pages("fr/editions/2010/"))["gbt"]

    assert re.fullmatch(r".+: .+\[EB/OL\]\. \[YYYY-MM-DD\]\. https?://\S+/\.", found)


def test_a_claim_is_cited_by_its_own_address_with_its_sources(site: Site) -> None:
    """What stands in its details leads back to it, and says what it rests on."""
    page = site.pages("en/editions/2010/")
    cited = CLAIM.findall(page)

    assert cited
    for anchor, text in cited:
        assert f"/en/editions/2010/#{anchor} " in text
    assert any("Source:" in text for _, text in cited)


@pytest.mark.parametrize("permalink", ["404.html", "", "en/search/"])
def test_pages_that_say_nothing_of_their_own_are_not_cited(permalink: str, site: Site) -> None:
    """The chooser, the search and the page for what is not there."""
    assert "data-cite" not in site.pages(permalink)
