"""A language may be incomplete: what it lacks is shown in another, marked as such, and counted."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from expoarchive.cli.report import report
from tests.browser.fixtures import opener
from tests.browser.pages_server import PagesServer
from tests.builds import run
from tests.sites import TINY_EXPO, Site, lay_site

CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
BEGUN = CONFIG.replace(
    "  - {id: fr",
    "  - {id: ja, tag: ja, locale: ja_JP, name: 日本語}\n"
    "  - {id: ar, tag: ar, locale: ar_EG, name: العربية}\n"
    "  - {id: fr",
).replace("title: {", "title: {ja: 港のアーカイブ, ar: أرشيف الميناء, ")
ARTICLE = (
    "---\ntitle: 最初のクレーン\nsummary: 港の話。\n---\n[=2009#visitors]。\n\n## その後 {#afterwards}\n\nつづき。\n"
)
CHARTS = (
    (TINY_EXPO / "content/charts.yaml")
    .read_text("utf-8")
    .replace("title: {en: Vis", "title: {ar: يرتفع الزوار, en: Vis")
)
FILES: dict[str, str | None] = {
    "content/charts.yaml": CHARTS,
    "site_config.yaml": BEGUN,
    "templates/strings/ja.yaml": "# To be filled in.\nnav:\n  timeline: 年表\n# nav.growth: Growth\n",
    "content/articles/first-crane/ja.md": ARTICLE,
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented fair in two more languages: Japanese with a word and an article, Arabic with its title alone."""
    from tests.sites import build_small

    return build_small(tmp_path_factory.mktemp("begun"), FILES)


def test_what_a_language_lacks_is_in_the_first_and_says_so(begun: Site) -> None:
    """Words of the interface, texts of records, and figures in words; never an address, an attribute or a title."""
    page = begun.pages("ja/editions/2011/")

    assert '<html lang="ja" dir="ltr"' in page
    assert "年表</a>" in page
    assert '<bdi lang="en" dir="ltr">Growth</bdi></a>' in page
    assert '<bdi lang="en" dir="ltr">more than 1800</bdi></data>' in page
    # An ordinal as a whole: no “3 edition”.
    assert re.search(r"<title>[^<]*3rd edition[^<]*</title>", page)
    assert "\U000e0001" not in re.sub(r'\sdata-[\w-]+="[^"]*"', "", page)
    article = begun.pages("ja/articles/first-crane/")
    assert "最初のクレーン</h1>" in article
    assert '<bdi lang="en" dir="ltr">about 1200 visitors</bdi>' in re.search(r'class="figure".*', article)[0]  # type: ignore[index]


def test_nothing_but_what_pages_show_has_marks(begun: Site) -> None:
    """Data, feeds, the search and pictures have the words alone; what only some records say is left empty in data.

    Rows and answers that scripts put on pages keep them until then.
    """
    texts = [file for file in begun.output.rglob("*") if file.suffix in (".js", ".json", ".csv", ".xml", ".svg")]
    marked = {file.relative_to(begun.output).as_posix() for file in texts if "\U000e0001" in file.read_text("utf-8")}

    assert len(texts) > len(marked)
    assert marked == {f"{name}{language}.js" for name in ("claims/", "search/answers-") for language in ("ja", "ar")}
    assert "more than 1800" in begun.pages("search/ja.js")
    assert begun.file("cards/ja/article-first-crane.png").is_file()


def test_pictures_of_a_language_without_letters_speak_another(begun: Site) -> None:
    """Their fonts have no Arabic; the charts of pages have. It is told once, at the language."""
    assert [(one.kind, one.place.file, one.place.line, one.details["other"]) for one in begun.problems] == [
        ("language-undrawn", "site_config.yaml", 10, "English")
    ]
    assert begun.file("cards/ar/edition-2011.png").read_bytes() == begun.file("cards/en/edition-2011.png").read_bytes()
    assert "Visitors rose from 2009 to 2011" in begun.pages("charts/ar/visitors.svg")
    assert "يرتفع الزوار" in begun.pages("ar/growth/")


# Where scripts put words on a page, and what they put there first.
SHOWN = {
    "ja/search/?q=visitors+2011": ("[data-search-status]", "edition"),
    "ja/claims/?q=1800": ("[data-explorer-count]", "1"),
    "ja/claims/": ("td.row-about", "Edition"),
    "ja/compare/?a=2009&b=2011": ("[data-compare-count]", ""),
    "ja/editions/?columns=visitors": ("[data-columns-count]", "1"),
    "ja/growth/": (".chart-detail", ""),
}


@pytest.mark.long
def test_words_that_a_script_puts_on_a_page_say_their_language_too(begun: Site, browser: Browser) -> None:
    """Wherever on the page; the marks themselves are nowhere, and a file to take away has none."""
    marks = "[document.body.innerText, ...Array.from(document.querySelectorAll('[aria-label]'), (e) => e.ariaLabel)]"
    with PagesServer(begun.output) as server, opener(browser, server) as opened:
        for address, (where, words) in SHOWN.items():
            page = opened(address)
            expect(page.locator(f"{where} bdi[lang=en]").first).to_contain_text(words)
            assert "\U000e0001" not in "".join(page.evaluate(marks)), address
        page = opened("ja/claims/")
        with page.expect_download() as given:
            page.locator("[data-explorer-csv]").click()
        assert given.value.suggested_filename == "claims.csv"
        assert "\U000e0001" not in Path(given.value.path()).read_text("utf-8")


def test_a_language_from_the_right_has_its_direction(begun: Site) -> None:
    """The page has, and so has every other language on it; years run as the charts draw them."""
    page = begun.pages("ar/editions/2011/")

    assert '<html lang="ar" dir="rtl"' in page
    assert set(re.findall(r' lang="(?:en|fr|ja)" dir="(\w+)"', page)) == {"ltr"}
    assert not re.findall(r' lang="[\w-]+"(?! dir=)', page)
    # A sentence that stands in is one piece, whose order is that of its language.
    brief = re.search(r'<p class="edition-brief">(.*?)</p>', page)
    assert brief
    assert re.match(r'<bdi lang="en" dir="ltr">The 3rd edition ', brief[1])
    assert brief[1].count("<bdi lang") == 1 + brief[1].count('<bdi lang="ar"')
    assert re.search(r'class="site-footer-address"><bdi>https://', page)


def test_check_and_status_count_what_is_lacking(begun: Site, tmp_path: Path) -> None:
    """A warning at the language's entry; a line for each language; and on request what to fill in, and where."""
    lay_site(tmp_path, FILES)
    shown = run(tmp_path, "check", "--format", "json").stdout

    assert shown.count('"language-incomplete"') == 2
    assert '"line": 9' in shown
    status = run(tmp_path, "status").stdout
    assert re.search(r"日本語: 1 of \d+ words of the interface and 1 of \d+ texts of the records are there", status)
    lacking = run(tmp_path, "status", "--lacking", "ja").stdout
    assert "templates/strings/ja.yaml: nav.growth: Growth\n" in lacking
    assert "content/eras.yaml:2: name: Early years\n" in lacking
    assert "nav.timeline" not in lacking
    assert "English lacks nothing" in run(tmp_path, "status", "--lacking", "en").stdout
    wrong = run(tmp_path, "status", "--lacking", "jaa")
    assert (wrong.returncode, "did you mean “ja”" in wrong.stderr) == (2, True)


def test_a_complete_language_may_lack_nothing(build_site: Callable[..., Site]) -> None:
    """Each word and each text that it lacks is an error at its place, all at once, each once and in a line."""
    strict = BEGUN.replace("name: 日本語", "name: 日本語, complete: true")
    site = build_site({**FILES, "site_config.yaml": strict, "content/eras.yaml": "a: {name: {en: A}, start: 2009}\n"})
    found = {(problem.kind, problem.place.file) for problem in site.problems}

    assert {
        ("missing-language", "site_config.yaml"),
        ("missing-language", "content/eras.yaml"),
        ("string-missing", "templates/strings/ja.yaml"),
    } <= found
    assert not site.output.exists()
    words = [problem for problem in site.problems if problem.kind.startswith("string-")]
    assert len({problem.details["name"] for problem in words}) == len(words) > 900
    assert {problem.nearest for problem in words} == {None}
    assert [one.place.line for one in words if one.details["name"] == "nav.growth"] == [4]
    told = report(words, "en", colour=False).splitlines()
    assert len(told) == len(words) + 4
    assert "templates/strings/ja.yaml:4:1: error: “nav.growth” has no words in this language: Growth" in told


def test_a_language_without_any_words_needs_no_file(build_site: Callable[..., Site]) -> None:
    """Not even where it is the first: then the others stand in, and the theme's English for what no language has."""
    alone = """\
        title: {de: Ein Archiv}
        expo: {de: eine Messe}
        description: {de: Nichts.}
        languages: [{id: de, tag: de, locale: de_DE, name: Deutsch}]
        address: none
        """
    sources = [path for path in TINY_EXPO.rglob("*") if path.is_file() and path.name != "mark.svg"]
    gone = {str(path.relative_to(TINY_EXPO)): None for path in sources}
    site = build_site({**gone, "site_config.yaml": alone, "content/editions/2009.yaml": "year: 2009\n"})

    assert site.problems == []
    assert '<bdi lang="en">Timeline</bdi>' in site.pages("de/")


def test_a_new_language_is_begun_by_one_command(tmp_path: Path) -> None:
    """Its entry, with what CLDR knows of it, and a file of all words, each to be translated where it stands."""
    lay_site(tmp_path, {})
    shutil.rmtree(tmp_path / "output", ignore_errors=True)

    made = run(tmp_path, "new", "language", "pt-br")
    assert (made.returncode, made.stderr) == (0, "")
    assert "status --lacking pt-br" in made.stdout
    entry = "name: Français, complete: true}\n  - {id: pt-br, tag: pt-BR, locale: pt_BR, name: Português}\n"
    assert entry in (tmp_path / "site_config.yaml").read_text("utf-8")
    words = tmp_path / "templates" / "strings" / "pt-br.yaml"
    text = words.read_text("utf-8")
    assert '# nav.timeline: "Timeline"\n' in text
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []
    # Each line is one that YAML reads back as it is.
    every = yaml.safe_load(re.sub("^# (?=[a-z_.0-9]+: )", "", text, flags=re.MULTILINE))
    theme = yaml.safe_load((tmp_path / "templates" / "strings" / "en.yaml").read_text("utf-8"))
    assert every["nav.timeline"] == theme["nav"]["timeline"]
    words.write_text(text.replace('# nav.timeline: "Timeline"', "nav.timeline: Linha do tempo"), "utf-8")
    assert "1 of " in next(line for line in run(tmp_path, "status").stdout.splitlines() if "words of" in line)
    assert run(tmp_path, "check").returncode == 0

    again = run(tmp_path, "new", "language", "pt-BR")
    assert (again.returncode, "nothing was changed" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("tag", "meant"), [("jp", "ja"), ("Japanese", "ja"), ("japnese", "ja"), ("cn", "zh"), ("../x", None)]
)
def test_no_language_is_told_with_the_one_that_was_meant(tmp_path: Path, tag: str, meant: str | None) -> None:
    """By its name, by its country, or with a slip; nothing is written."""
    lay_site(tmp_path, {})
    before = (tmp_path / "site_config.yaml").read_bytes()
    made = run(tmp_path, "new", "language", tag)

    assert made.returncode == 2
    assert (f"did you mean “{meant}”" in made.stderr) == (meant is not None)
    assert (tmp_path / "site_config.yaml").read_bytes() == before
