"""A site has in `templates/` only what differs from the theme that comes with the generator."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from expoarchive.build import Outcome, build, restyle
from expoarchive.cache import sources
from expoarchive.cache.last import look
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.render import theme
from tests.sites import ROOT, TINY_EXPO, Site, kept_of_tiny, lay_sources

NOTICE = "partials/notice/template.html"
CARD = "partials/card/template.html"
DRAWING = "partials/chart/drawing.yaml"
CHART = "charts/en/visitors.svg"


def plain_site(root: Path, files: Mapping[str, str | None], *, from_nothing: bool = False) -> Site:
    """The tiny expo with the theme's looks but for these files."""
    lay_sources(root, files)
    output = root.with_name("output")
    return Site(root, output, build(root, output, store=Store() if from_nothing else kept_of_tiny().copy()))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def of_theme(name: str) -> str:
    """A file of the theme."""
    return (ROOT / "templates" / name).read_text("utf-8")


def test_without_templates_a_site_is_the_themes(tmp_path: Path, tiny_site: Site) -> None:
    """Byte for byte what it is with all of them copied."""
    site = plain_site(tmp_path / "site", {}, from_nothing=True)

    assert site.outcome.ok, site.problems
    assert tree(site.output) == tree(tiny_site.output)


def test_each_file_of_the_theme_can_be_replaced_by_itself(tmp_path: Path, tiny_site: Site) -> None:
    """A template, a partial, a style, a script, how charts are drawn, a string; all else is the theme's."""
    site = plain_site(
        tmp_path / "site",
        {
            "templates/README.md": "How we look.\n",
            "templates/404.html": of_theme("404.html").replace("gate-number", "gate-number own-page"),
            f"templates/{CARD}": "{% from 'partials/own/template.html' import own %}"
            + of_theme(CARD).replace("<article", "{{ own() }}<article"),
            "templates/partials/own/template.html": "{% macro own() %}<b>own partial</b>{% endmacro %}",
            "templates/partials/own/style.css": "@layer partials { .own-partial { color: red } }\n",
            "templates/partials/card/style.css": "@layer partials { .own-card { color: red } }\n",
            "templates/partials/chart/drawing.yaml": "colours: {mark: '#aa0000'}\ncolumns: {reported: {fill: cell}}\n",
            "templates/static/css/95-ours.css": ".own-sheet { color: red }\n",
            "templates/static/js/print.js": "// For people.\n'own script'; // kept\n  if (true) {\n    // and\n  }\n",
            "templates/static/js/table.js": "// A text of lines:\nvar lines = `\n  // one\n`;\n",
            "templates/strings/en.yaml": "nav:\n  timeline: Tides\n",
        },
    )
    assert site.outcome.ok, site.problems
    sheet, before = site.pages("assets/site.css"), tiny_site.pages("assets/site.css")

    assert "own-page" in site.pages("404.html")
    assert "<b>own partial</b><article" in site.pages("en/articles/")
    own = {".own-partial", ".own-card", ".own-sheet"}
    assert {name for name in (*own, ".card-title", ".skyline") if name in sheet} == {*own, ".skyline"}
    assert ".card-title" in before
    own_scripts, its = (set(each.pages("assets/js/site.js").split("\n;\n")) for each in (site, tiny_site))
    # What only people read of a script stays behind, unless its lines may be those of a text.
    assert own_scripts - its == {
        "'own script'; // kept\nif (true) {\n}\n",
        "// A text of lines:\nvar lines = `\n  // one\n`;\n",
    }
    assert len(own_scripts) == len(its) > 2
    drawn, standard = ((each.output / CHART).read_text("utf-8") for each in (site, tiny_site))
    assert ("#aa0000" in drawn, "#dee7ec" in drawn) == (True, True)
    assert ("#1f5f8b" in standard, "#dee7ec" in standard) == (True, False)
    assert "var(--chart-mark, #aa0000)" in site.pages("en/growth/")
    assert ">Tides</a>" in site.pages("en/editions/")
    assert ">Growth</a>" in site.pages("en/editions/")
    assert "Tides" not in site.pages("fr/editions/")
    for same in ("assets/js/editions.js", "data/claims.csv"):
        assert site.pages(same) == tiny_site.pages(same)


def test_a_clone_of_the_project_is_a_site_whose_templates_are_the_theme() -> None:
    """Nothing is read twice, and messages name its files as they are."""
    assert sources.sources_of(ROOT).keys() == {"site_config.yaml", "content", "templates"}
    assert theme.theme_of(ROOT).shown("base.html") == "templates/base.html"


# What is wrong, by what an editor did: the file, its text, and what the problem says.
WRONG = {
    "a misspelt template": ("hmoe.html", "", "override-unused", 1, "home.html"),
    "a misspelt partial": ("partials/cards/template.html", "", "override-unused", 1, CARD),
    "a style for no partial": ("partials/car/style.css", "", "override-unused", 1, "partials/card/style.css"),
    "a misspelt sheet": ("static/css/40-layuot.css", "", "override-unused", 1, "static/css/40-layout.css"),
    "a misspelt script": ("static/js/filtre.js", "", "override-unused", 1, "static/js/filter.js"),
    "a script for no kind of page": (
        "static/js/edtions/sort.js",
        "",
        "override-unused",
        1,
        "static/js/editions/sort.js",
    ),
    "words in no language of the site": (
        "strings/eng.yaml",
        "nav: {home: X}\n",
        "override-unused",
        1,
        "strings/en.yaml",
    ),
    "words of a language that the site lacks": ("strings/zh.yaml", "nav: {home: X}\n", "override-language", 1, None),
    "a picture that nothing shows": ("static/lamp.png", "", "override-unused", 1, None),
    "a file of no use": ("notes.txt", "", "override-unused", 1, None),
    "a misspelt colour of charts": (DRAWING, "colours: {\n  marc: '#aa0000'}\n", "unknown-key", 2, "mark"),
    "a fill that is none": (DRAWING, "ranks: {weak: {fill: hatched}}\n", "not-one-of", 1, "hatch"),
    "text too small to read": (DRAWING, "text:\n  plot: 3\n", "number-outside", 2, None),
    "a misspelt word": ("strings/en.yaml", "nav:\n  hoem: X\n", "override-string", 2, "nav.home"),
    "a word without its braces": ("strings/en.yaml", "errors:\n  home: X\n", "string-braces", 2, None),
    "a macro that is gone": (NOTICE, "{# Nothing. #}\n", "override-unfit", None, None),
    "a name that is none": (CARD, of_theme(CARD).replace("item.title", "item.titel"), "override-unfit", 8, "title"),
    "a tag that does not end": ("home.html", "\n{% if %}", "override-unfit", 2, None),
    "a partial that is none": ("home.html", "\n{% include 'partials/crad/template.html' %}", "override-unfit", 2, CARD),
}


# A file of each sort that is of no use, a key, a word, and what a template gets wrong; the others are long proofs.
TOLD = {
    *("a misspelt template", "a script for no kind of page", "words of a language that the site lacks"),
    *(
        "a file of no use",
        "a misspelt colour of charts",
        "a misspelt word",
        "a macro that is gone",
        "a name that is none",
    ),
}


@pytest.mark.parametrize(
    ("name", "text", "kind", "line", "nearest"),
    [pytest.param(*WRONG[what], id=what, marks=() if what in TOLD else pytest.mark.long) for what in WRONG],
)
def test_what_does_not_fit_the_theme_is_told_at_its_place(
    tmp_path: Path, name: str, text: str, kind: str, line: int | None, nearest: str | None
) -> None:
    """With the nearest name, or with both files where one takes the place of the other."""
    site = plain_site(tmp_path / "site", {f"templates/{name}": text, "content/editions/2012.yaml": NOT_HELD})
    found = [problem for problem in site.problems if problem.kind == kind]

    assert found, site.problems
    assert not site.output.exists()
    if line is not None:
        assert {(one.place.file, one.place.line) for one in found} == {(f"templates/{name}", line)}
    assert {one.nearest for one in found} == {nearest}
    if kind == "override-unfit":
        assert {(one.details["own"], one.details["original"]) for one in found} == {
            (f"templates/{name}", f"expoarchive/theme/{name}")
        }
    elif kind in ("override-string", "string-braces"):
        assert {one.details["other"] for one in found} == {f"expoarchive/theme/{name}"}


NOT_HELD = "year: 2012\nstatus: not_held\n"


def test_a_language_that_the_theme_does_not_speak_is_told_where_it_is_named(tmp_path: Path) -> None:
    """With those that it speaks, and the nearest."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    site = plain_site(tmp_path / "site", {"site_config.yaml": re.sub(r"(?<!tag: )fr(?=[:,])", "fra", config)})
    wordless = [problem for problem in site.problems if problem.kind == "language-without-strings"]

    assert [(one.place.file, one.place.line, one.nearest) for one in wordless] == [("site_config.yaml", 9, "fr")]
    assert wordless[0].details["choices"] == "en, fr, zh"


def test_a_word_of_its_own_is_the_sites_where_one_of_its_templates_asks_for_it(tmp_path: Path) -> None:
    """In every language, as the theme's."""
    files: dict[str, str | None] = {
        "templates/404.html": of_theme("404.html").replace("</div>", "{{ every['en']('own.word') }}</div>"),
        "templates/strings/en.yaml": "own: {word: Ahoy}\n",
    }
    assert "string-missing" in plain_site(tmp_path / "one", files).kinds()
    site = plain_site(tmp_path / "site", {**files, "templates/strings/fr.yaml": "own: {word: Ohé}\n"})
    assert "Ahoy" in site.pages("404.html")


# --- incremental builds


class Bench:
    """A site without templates and a theme beside it, built again and again over what earlier builds kept."""

    def __init__(self, folder: Path) -> None:
        self.root, self.theme, self.output = folder / "site", folder / "theme", folder / "output"
        self.kept = folder / "kept.db"

    def build(self, output: Path | None = None) -> Outcome:
        """Over what is kept; into another folder, from nothing."""
        if output is not None:
            return build(self.root, output)
        store = Store(self.kept, "test")
        try:
            return build(self.root, self.output, store=store)
        finally:
            store.close()

    def fresh(self) -> set[str]:
        """Permalinks of the pages that a build made anew; it is the same as one from nothing."""
        outcome, clean = self.build(), self.output.with_name("clean")
        shutil.rmtree(clean, ignore_errors=True)
        assert outcome.ok, outcome.problems
        self.build(clean)
        assert tree(self.output) == tree(clean)
        return {page.page.permalink for page in outcome.pages if page.fresh}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Nothing is built yet; the generator takes the copy of the theme for its own."""
    made = Bench(tmp_path)
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
    lay_sources(made.root, {"site_config.yaml": f"{config}without: [cards, chart-files, data, search]\n"})
    shutil.copytree(ROOT / "templates", made.theme)
    for module in (sources, theme):
        monkeypatch.setattr(module, "theme_folder", lambda: made.theme)
    return made


def test_what_takes_the_place_of_the_theme_is_built(bench: Bench) -> None:
    """Incremental and clean builds are the same; where nothing has changed no page is made anew."""
    everything = bench.fresh()
    assert bench.fresh() == set()
    own = bench.root / "templates" / CARD
    own.parent.mkdir(parents=True)
    own.write_text(of_theme(CARD).replace("<article", "<article data-own"), "utf-8")
    assert bench.fresh() == everything
    assert "data-own" in (bench.output / "en" / "articles" / "index.html").read_text("utf-8")


@pytest.mark.long
def test_a_change_of_the_theme_or_of_what_takes_its_place_is_built(bench: Bench) -> None:
    """The same throughout, whichever of the two is edited, comes or goes."""
    everything = bench.fresh()
    audits = {"en/audit/", "fr/audit/"}
    assert bench.fresh() == set()
    own = bench.root / "templates" / CARD
    standard = bench.theme / CARD

    standard.write_text(standard.read_text("utf-8").replace("<article", "<article data-newer"), "utf-8")
    assert bench.fresh() == everything
    own.parent.mkdir(parents=True)
    own.write_text(of_theme(CARD).replace("<article", "<article data-own"), "utf-8")
    assert bench.fresh() == everything
    assert "data-own" in (bench.output / "en" / "articles" / "index.html").read_text("utf-8")
    own.unlink()
    assert bench.fresh() == everything
    assert "data-newer" in (bench.output / "en" / "articles" / "index.html").read_text("utf-8")

    sheet = bench.theme / "static" / "css" / "40-layout.css"
    sheet.write_text(sheet.read_text("utf-8") + ".newer { color: red }\n", "utf-8")
    assert bench.fresh() <= audits
    words = bench.theme / "strings" / "en.yaml"
    words.write_text(words.read_text("utf-8").replace("  home: Home", "  home: Quay"), "utf-8")
    assert bench.fresh() == everything


def test_a_build_with_nothing_to_do_notices_the_theme(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So does the preview, which watches the same files."""
    monkeypatch.chdir(bench.root)
    seen = look(bench.root).seen
    assert {"site_config.yaml", "expoarchive/theme/base.html"} <= seen.keys()

    def said() -> str:
        assert main(["build", "--messages", "en"]) == 0
        return capsys.readouterr().out

    said()
    assert said().startswith("nothing has changed")
    sheet = bench.theme / "static" / "css" / "40-layout.css"
    sheet.write_text(sheet.read_text("utf-8") + ".newer { color: red }\n", "utf-8")
    assert not said().startswith("nothing has changed")
    sheet.write_text(sheet.read_text("utf-8") + ".newest { color: red }\n", "utf-8")
    assert restyle(bench.root, bench.root / "output") == "assets/site.css"
    assert ".newest" in (bench.root / "output" / "assets" / "site.css").read_text("utf-8")


def test_explain_says_what_to_copy_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And from where each template is."""
    lay_sources(tmp_path, {f"templates/{CARD}": of_theme(CARD)})
    monkeypatch.chdir(tmp_path)

    assert main(["explain", "/en/articles/", "--messages", "en"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    source = ROOT / "templates" / "articles.html"
    assert f"To change it, copy {source} to templates/articles.html and edit the copy" in lines
    assert f"templates/{CARD}" in lines
    folder = ROOT / "templates"
    rest = lines[
        lines.index(
            f"templates of the theme; to change one, copy it from {folder}/ to templates/, under the same path:"
        ) :
    ]
    assert {"base.html", "partials/footer/template.html"} <= set(rest[: rest.index("")])
