"""What nobody writes by mistake alone: input made to break the build is told at its place, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.cli.report import as_json, github, report
from expoarchive.load import media
from tests.sites import Site, check_small, lay_site

Build = Callable[..., Site]
EDITION = "content/editions/2011.yaml"
ARTICLE = "content/articles/first-crane/en.md"
UNITS = "content/vocabularies/units.yaml"
PICTURE = "content/media/picture.svg"
HEAD = "---\ntitle: T\nsummary: S\n---\nText.\n\n"
# The heading that the French text has too.
TAIL = "\n## Afterwards {#afterwards}\n"
UNIT = "barrel: {{name: {{en: barrels, fr: barils}}, base: count, shown: {{en: {}, fr: '{{number}}'}}}}\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'>\n{}\n</svg>\n"


def visitors(value: str) -> str:
    """An edition with this number of visitors."""
    return f"year: 2011\nfigures:\n  visitors: {{value: {value}, sources: [gazette-2009]}}\n"


@pytest.mark.parametrize(
    ("file", "text", "line", "column", "kind"),
    [
        pytest.param(UNITS, UNIT.format("'{number'"), 1, 63, "wrong-braces", id="a pattern with an open brace"),
        pytest.param(UNITS, UNIT.format("'number}'"), 1, 63, "wrong-braces", id="a pattern with a closing brace"),
        pytest.param(UNITS, UNIT.format("'{number.x}'"), 1, 63, "wrong-braces", id="a pattern that reaches inside"),
        pytest.param(EDITION, visitors("9" * 400), 3, 21, "number-too-long", id="a number without an end"),
        pytest.param(EDITION, visitors("1e999999999"), 3, 21, "not-a-number", id="a number that would fill the memory"),
        pytest.param(EDITION, "year: 99999\n", 1, 7, "not-a-year", id="a year that is none"),
        pytest.param(EDITION, "year: twelve\n", 1, 7, "not-a-whole-number", id="a word for a year"),
        pytest.param(EDITION, "year: 2011\nheld: " + "[" * 9000, 2, 27, "too-deep", id="YAML nested without an end"),
        pytest.param(EDITION, 'year: 2011\nnote: "\\ud800"\n', 2, 8, "bad-escape", id="half a character"),
        pytest.param(EDITION, 'year: 2011\nnote: "a\\u0007"\n', 2, 7, "control-character", id="a bell in a record"),
        pytest.param(EDITION, 'year: 2011\nnote: "a\\0"\n', 2, 7, "control-character", id="a NUL as an escape"),
        pytest.param(
            ARTICLE, '---\ntitle: "a\\uffff"\nsummary: S\n---\n', 2, 8, "control-character", id="a sign that is none"
        ),
        pytest.param(EDITION, "year: 2011\nstatus: he\0ld\n", 2, 11, "nul-character", id="a NUL in a record"),
        pytest.param(ARTICLE, f"{HEAD}A\0b\n{TAIL}", 7, 2, "nul-character", id="a NUL in a text"),
        pytest.param(ARTICLE, f"{HEAD}{'>' * 30} deep\n{TAIL}", 7, 1, "nested-too-deep", id="quotations in quotations"),
        pytest.param(ARTICLE, f"{HEAD}See {'[' * 30}x\n{TAIL}", 7, 5, "nested-too-deep", id="brackets in brackets"),
        pytest.param(
            ARTICLE,
            HEAD + "".join(f"{'    ' * depth}- x\n" for depth in range(25)) + TAIL,
            27,
            81,
            "nested-too-deep",
            id="lists in lists",
        ),
        pytest.param(ARTICLE, HEAD + "=\n" * 37_500 + TAIL, 37_489, 2, "text-too-long", id="a text without an end"),
        pytest.param(ARTICLE, f"{HEAD}{'<' * 10_001}\n{TAIL}", 7, 10_001, "line-too-long", id="a line without an end"),
        pytest.param(PICTURE, SVG.format("  <script>x</script>"), 2, 3, "svg-unlisted", id="a picture with a script"),
        pytest.param(PICTURE, SVG.format("  <path onload='x'/>"), 2, 3, "svg-unlisted", id="a picture that listens"),
        pytest.param(PICTURE, SVG.format("  <a href='javascript:x'/>"), 2, 3, "svg-unlisted", id="a link that runs"),
        pytest.param(
            PICTURE, SVG.format("  <image href='//x.example'/>"), 2, 3, "svg-unlisted", id="a picture that asks"
        ),
        pytest.param(PICTURE, SVG.format("<style>@import 'x'</style>"), 2, 8, "svg-unlisted", id="styles that ask"),
        pytest.param(
            PICTURE, SVG.format("<style>&#64;import 'x'</style>"), 2, 8, "svg-unlisted", id="styles in disguise"
        ),
        pytest.param(PICTURE, '<!DOCTYPE a [\n<!ENTITY b "c">]>\n<a>&b;</a>', 1, 1, "svg-doctype", id="an entity"),
        pytest.param(PICTURE, SVG.format("  <path>"), 3, 3, "svg-syntax", id="a picture that does not end"),
        pytest.param(
            PICTURE,
            SVG.format("  <a href='java&#10;script:x'/>"),
            2,
            3,
            "svg-unlisted",
            id="a link that runs, broken up",
        ),
        pytest.param(
            PICTURE, SVG.format("  <a href='data:text/html,x'/>"), 2, 3, "svg-unlisted", id="a link with a page"
        ),
        pytest.param(
            PICTURE, SVG.format(r"<path fill='u\72l(//x.example)'/>"), 2, 1, "svg-unlisted", id="signs as numbers"
        ),
        pytest.param(
            PICTURE, SVG.format("<style>*{fill:image-set('//x.example' 1x)}</style>"), 2, 8, "svg-unlisted", id="a set"
        ),
        pytest.param(
            PICTURE, SVG.format("<style>@im<g/>port 'x'</style>"), 2, 11, "svg-unlisted", id="styles in two pieces"
        ),
        pytest.param(
            PICTURE,
            SVG.format("<form xmlns='http://www.w3.org/1999/xhtml' action='javascript:x'/>"),
            2,
            1,
            "svg-unlisted",
            id="a page's element in a picture",
        ),
        pytest.param(PICTURE, "<html xmlns='x'/>", 1, 1, "not-that-media", id="a page that is called a picture"),
        pytest.param(
            PICTURE, "<?xml-stylesheet href='#x'?>\n<svg/>", 1, 1, "svg-unlisted", id="a picture made into a page"
        ),
        pytest.param(
            PICTURE,
            "<?xml version='1.0' encoding='Shift_JIS'?>\n"
            + SVG.format("<desc><![CDATA[\u0101]]><!-- ]]></desc><script>x</script><desc> --></desc>"),
            1,
            1,
            "svg-encoding",
            id="a script that only another encoding shows",
        ),
        pytest.param("content/media/a.png", "GIF89a", 1, 1, "not-that-media", id="a picture under a false name"),
        pytest.param("content/media/a.exe", "x", 1, 1, "unknown-media", id="a program"),
        pytest.param("content/media/aux.v2.svg", SVG.format(""), 1, 1, "media-name", id="a picture named as a device"),
        pytest.param(
            "content/sources/con.yaml", "{grade: official}\n", 1, 1, "not-an-id", id="an id that is a device's"
        ),
        pytest.param(f"content/sources/{'x' * 81}.yaml", "{}\n", 1, 1, "not-an-id", id="an id too long for a folder"),
        pytest.param(
            "content/articles/com1/article.yaml", "topics: []\n", 1, 1, "not-an-id", id="a folder named as a device"
        ),
        pytest.param("content/media/a b.svg", SVG.format(""), 1, 1, "media-name", id="a name that needs quoting"),
    ],
)
def test_hostile_input_is_told_at_its_place(
    build_site: Build, file: str, text: str, line: int, column: int, kind: str
) -> None:
    """File, line, column and kind; nothing is written, and nothing takes long."""
    site = build_site({file: text})

    # An article's folder is told of where its name is wrong.
    where = file.removesuffix("article.yaml")
    assert (where, line, column, kind) in [(p.place.file, p.place.line, p.place.column, p.kind) for p in site.problems]
    assert not site.output.exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("edition.html", '\n{{ "\\ud800" }}', id="half a character", marks=pytest.mark.long),
        pytest.param("edition.html", "\n{{ 'x' * 10 ** 15 }}", id="more than the memory"),
        pytest.param("edition.html", "\n{% raw %} x", id="a sign that does not end", marks=pytest.mark.long),
        pytest.param("partials/card/template.html", "\n\udcff", id="a partial that is no text", marks=pytest.mark.long),
        pytest.param("edition.html", "\n{% include 'edition.html' %}", id="itself in itself", marks=pytest.mark.long),
    ],
)
def test_a_template_that_breaks_is_told_at_its_place(tmp_path: Path, file: str, text: str) -> None:
    """Whatever it does to the build: the template's own file, and its line where there is one."""
    lay_site(tmp_path / "site", {})
    (tmp_path / "site" / "templates" / file).write_text(text, "utf-8", "surrogateescape")
    found = [problem for problem in check_small(tmp_path / "site").problems if problem.kind == "override-unfit"]

    assert {problem.place.file for problem in found} == {f"templates/{file}"}
    assert {problem.place.line for problem in found} <= {1, 2}


def test_a_picture_that_would_fill_the_memory_is_read_no_further(tmp_path: Path) -> None:
    """Its document type is enough to refuse it: what an entity stands for is never put in its places."""
    text = "&a;" * 900_000
    lay_site(tmp_path / "site", {PICTURE: f'<!DOCTYPE svg [<!ENTITY a "{"x" * 2_000_000}">]>{SVG.format(text)}'})

    found = [(p.kind, p.place.line, p.place.column) for p in check_small(tmp_path / "site").problems]
    assert ("svg-doctype", 1, 1) in found
    assert "svg-syntax" not in [kind for kind, *_ in found]


def test_a_picture_that_draws_without_an_end_is_told_at_its_place(build_site: Build) -> None:
    """At the element from which it is too much: one of few bytes can keep a browser busy for ever."""
    groups = "".join(f"<g id='a{n + 1}'>" + f"<use href='#a{n}'/>" * 10 + "</g>\n" for n in range(9))
    problems = build_site({PICTURE: SVG.format(f"<g id='a0'/>\n{groups}")}).problems

    assert [(p.kind, p.place.file, p.place.line, p.place.column) for p in problems] == [("svg-heavy", PICTURE, 7, 1)]


def test_a_picture_as_drawing_programs_save_it_is_taken(build_site: Build) -> None:
    """With a declaration, other programs' elements, gradients, and pictures that are in the file."""
    picture = """\
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
            xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 1 1">
          <metadata><inkscape:grid type="xygrid"/></metadata>
          <style>.a { fill: url(#b) }</style>
          <defs><linearGradient id="b"/></defs>
          <g inkscape:label="Layer"><rect class="a" style="filter:url('#d')"/></g>
          <image xlink:href="data:image/png;base64,iVBORw0KGgo="/>
        </svg>
        """

    assert build_site({PICTURE: picture}).kinds() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Crane.svg", "crane.svg"), ("cr\u00e8me.svg", "cre\u0300me.svg"), ("\u212bngstrom.svg", "\u00e5ngstrom.svg")],
    ids=["case", "Unicode form", "both"],
)
def test_names_that_are_one_on_another_system_are_told(tmp_path: Path, one: str, other: str) -> None:
    """Each names the other: a checkout there would have one of the two."""
    lay_site(tmp_path / "site", {f"content/media/{name}": SVG.format("") for name in (one, other)})
    if len(list((tmp_path / "site/content/media").glob("*.svg"))) < 2:
        pytest.skip("this is such a system")

    found = {
        (p.place.file, p.details["other"]) for p in check_small(tmp_path / "site").problems if p.kind == "name-clash"
    }
    first, second = (f"content/media/{name}" for name in sorted((one, other)))
    assert found == {(second, first)}


def test_a_name_that_a_terminal_would_obey_is_told_without_it(tmp_path: Path) -> None:
    """Neither the report nor an annotation has a character of it that does something."""
    lay_site(tmp_path / "site", {"content/media/\x1b[2J\n::error::.svg": SVG.format("")})
    problems = check_small(tmp_path / "site").problems

    assert [problem.kind for problem in problems] == ["unreadable-name"]
    assert "\x1b" not in report(problems, "en", colour=False) + as_json(problems, "en")
    assert len(github(problems, "en").splitlines()) == 1


def test_bytes_that_are_half_a_character_are_told_at_their_place(tmp_path: Path) -> None:
    """A lone surrogate as UTF-8 would write it, which UTF-8 does not."""
    lay_site(tmp_path / "site", {})
    (tmp_path / "site" / EDITION).write_bytes(b"year: 2011\nstatus: \xed\xa0\x80\n")

    places = [(p.kind, p.place.file, p.place.line, p.place.column) for p in check_small(tmp_path / "site").problems]
    assert ("not-utf8", EDITION, 2, 9) in places


def test_a_picture_that_is_too_large_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is enough to know."""
    monkeypatch.setattr(media, "LARGEST_TEXT_BYTES", 5000)
    lay_site(tmp_path / "site", {"content/media/large.svg": SVG.format("x" * 5000)})

    found = [(p.kind, p.place.file) for p in check_small(tmp_path / "site").problems]
    assert ("file-too-large", "content/media/large.svg") in found
