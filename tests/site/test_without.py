"""What a site leaves out is left out whole: its files, its page, and all that leads there."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from expoarchive.build import build
from expoarchive.cache.store import Store
from expoarchive.problem.catalogue import wording
from expoarchive.render.outputs import PARTS
from tests.links import html_files
from tests.sites import ROOT, TINY_EXPO, Site, build_small

CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8").replace("sources, about]", "sources, about, data]")
# A claim that was withdrawn: something for the feed of corrections.
WITHDRAWN = {
    "content/published.yaml": 'releases:\n  "1.0": 2024-01-01\nclaims:\n  "2009#crowd": "900"\n',
    "content/corrections.yaml": """\
        crowd:
          date: 2024-05-01
          claim: 2009#crowd
          was: "900"
          why: {en: The count was of one day., fr: Le compte était d’un jour.}
        """,
}
# How a part's files begin, by permalink, or end.
FILES = {
    "search": r"search/|(en|fr)/search/|assets/js/search",
    "cards": r"cards/",
    "data": r"data/|(en|fr)/data/",
    "chart-files": r"charts/",
    "feeds": r".*/feed\.xml$",
    "sitemaps": r"sitemap|robots\.txt$",
}
# What in a page tells of a part, be it only half there.
TRACES = {
    "search": r'search/|search-key|role="search"|data-search|SearchAction',
    "cards": r'og:image|"image":|summary_large_image|cards/',
    "data": r'[./]data/[^"]*"|Dataset|place_csv|claims\.json|datapackage',
    "chart-files": r'[./]charts/(en|fr)/|charts/[^"]*" download|Data files of the charts',
    "feeds": r"application/atom\+xml|feed\.xml|class=\"feed\"",
    "sitemaps": r"sitemap",
}


def config_without(*parts: str) -> str:
    """The tiny expo's configuration, with the data in its menu, and without these."""
    return CONFIG + (f"without: [{', '.join(parts)}]\n" if parts else "")


def files_of(site: Site) -> set[str]:
    """The permalinks of all files, pages by their file."""
    return {path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file()}


def traces_of(site: Site, part: str) -> list[str]:
    """Pages that still tell of a part, each with the first that it says."""
    found = ((page, re.search(TRACES[part], page.read_text("utf-8"))) for page in html_files(site.output))
    return [f"{page.relative_to(site.output)}: {match.group()}" for page, match in found if match]


# What a site leaves out from build to build: a part for itself, and all at once.
TURNS = [((), PARTS, ()), ((), PARTS, ("search",), ("data",), ())]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, ...], Site]:
    """The tiny expo with everything, without each part, and without any."""
    choices = [(), *((part,) for part in PARTS), PARTS]
    made = {}
    for parts in choices:
        root = tmp_path_factory.mktemp("without") / "site"
        files = {"site_config.yaml": config_without(*parts), **WITHDRAWN}
        made[parts] = build_small(root, files, from_nothing=parts in TURNS[1])
    return made


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_there_unless_it_is_left_out(sites: Mapping[tuple[str, ...], Site], part: str) -> None:
    """Everything is on by default; so what the next tests miss would be seen if it were there."""
    whole = sites[()]

    assert whole.problems == []
    assert any(re.match(FILES[part], file) for file in files_of(whole))
    assert whole.exists("en/corrections/feed.xml")
    assert part == "sitemaps" or traces_of(whole, part)


@pytest.mark.parametrize("part", PARTS)
def test_a_site_without_a_part_loses_its_files_and_no_other(sites: Mapping[tuple[str, ...], Site], part: str) -> None:
    """Every link of what remains is checked by the build, which has nothing to tell."""
    site = sites[part,]

    assert site.problems == []
    assert files_of(site) == {file for file in files_of(sites[()]) if not re.match(FILES[part], file)}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with the others"])
def test_nothing_leads_to_what_is_left_out(sites: Mapping[tuple[str, ...], Site], part: str, alone: bool) -> None:
    """No link, menu entry, form, script, line of the head or entry of the linked data."""
    assert traces_of(sites[(part,) if alone else PARTS], part) == []


def test_a_site_without_any_part_is_whole(sites: Mapping[tuple[str, ...], Site]) -> None:
    """No problem, no empty list or section, and in the audit one place for figures: the pages."""
    site = sites[PARTS]
    empty = re.compile(r"<(ul|ol|dl|section|nav|form|p|h[1-6])\b[^>]*>\s*</\1>")
    hollow, before = (
        {str(page.relative_to(one.output)) for page in html_files(one.output) if empty.search(page.read_text("utf-8"))}
        for one in (site, sites[()])
    )
    audit = site.pages("en/audit/")

    assert site.problems == []
    assert hollow <= before
    assert re.findall(r'<th scope="row">([^<]*)', audit.partition('id="pages"')[0]) == ["Pages, in every language"]
    assert "Version of the data" not in audit


def test_a_page_that_is_shared_without_a_picture_says_so(sites: Mapping[tuple[str, ...], Site]) -> None:
    """Its title and description stay."""
    head = sites["cards",].pages("en/").partition("</head>")[0]

    assert '<meta name="twitter:card" content="summary">' in head
    assert '<meta property="og:title" content="The Port Lune Archive">' in head


def test_the_first_page_tells_engines_of_the_site_alone(sites: Mapping[tuple[str, ...], Site]) -> None:
    """The linked data of a site without a search has no action."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', sites[PARTS].pages("en/"))
    assert found is not None
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]

    assert [(node["@type"], "potentialAction" in node) for node in graph] == [("WebSite", False)]


def test_a_text_that_leads_to_what_is_left_out_is_told(build_site: Callable[..., Site]) -> None:
    """A sentence cannot be left out with the page that it names."""
    text = (TINY_EXPO / "content/pages/about/en.md").read_text("utf-8")
    line = text.count("\n") + 2
    site = build_site(
        {"site_config.yaml": config_without("data"), "content/pages/about/en.md": f"{text}\n[[page:data|Take it]].\n"}
    )

    told = [(problem.kind, problem.place.file, problem.place.line) for problem in site.problems]
    assert ("leads-to-left-out", "content/pages/about/en.md", line) in told


def test_a_published_page_may_be_left_out(build_site: Callable[..., Site]) -> None:
    """The configuration says so in so many words; any other page that goes is an error still."""
    ledger = 'releases:\n  "1.0": "2024-01-01"\npermalinks:\n  en/search/: "1.0"\n  en/serach/: "1.0"\n'
    site = build_site({"site_config.yaml": config_without("search"), "content/published.yaml": ledger})

    assert [(problem.kind, problem.details["name"]) for problem in site.problems] == [
        ("published-page-gone", "en/serach/")
    ]


@pytest.mark.parametrize(("written", "likely"), [("serach", "search"), ("chart_files", "chart-files"), ("RSS", None)])
def test_a_part_that_there_is_not_is_told_at_its_place(
    build_site: Callable[..., Site], written: str, likely: str | None
) -> None:
    """With the nearest that there is, and the handbook that lists all of them."""
    handbook = (ROOT / "docs/editors.en.md").read_text("utf-8")
    [problem] = build_site({"site_config.yaml": config_without("feeds", written)}).problems

    assert (problem.kind, problem.place.file, problem.nearest) == ("unknown-output", "site_config.yaml", likely)
    assert (problem.place.line, problem.place.column) == (CONFIG.count("\n") + 1, len("without: [feeds, ") + 1)
    assert "docs/editors.en.md" in wording(problem, "en").expected
    assert [part for part in PARTS if f"`{part}`" not in handbook] == []


@pytest.mark.long
@pytest.mark.parametrize("turns", TURNS)
def test_a_part_that_comes_back_comes_back_whole(
    tmp_path: Path, sites: Mapping[tuple[str, ...], Site], turns: tuple[tuple[str, ...], ...]
) -> None:
    """Left out and taken back over what earlier builds kept: each time the bytes of a build from nothing."""
    site = build_small(tmp_path / "site", {"site_config.yaml": CONFIG, **WITHDRAWN})
    store = Store(tmp_path / "kept.db", "test")
    for parts in turns:
        (site.root / "site_config.yaml").write_text(config_without(*parts), "utf-8")
        assert build(site.root, site.output, store=store).ok

        assert {file: (site.output / file).read_bytes() for file in files_of(site)} == {
            file: (sites[parts].output / file).read_bytes() for file in files_of(sites[parts])
        }
    store.close()
