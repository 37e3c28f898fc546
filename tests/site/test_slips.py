"""The slips of a long day: each is told once, where it was made, with what to do; what follows from it is not told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import survey
from expoarchive.cli.main import main
from expoarchive.cli.preview.job import Job, rebuild
from expoarchive.problem import Problem
from expoarchive.problem.catalogue import wording
from tests.sites import check_small, lay_sources

EDITION = "content/editions/2009.yaml"
EN, FR = (f"content/articles/first-crane/{language}.md" for language in ("en", "fr"))
HEAD = "---\ntitle: The first crane\nsummary: How it came.\n---\n"
Spoil = Callable[[Path], None]


def replacing(file: str, old: str, new: str) -> Spoil:
    """Put one text in the place of another."""

    def spoil(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def renaming(file: str, name: str) -> Spoil:
    """Give a file another name in its folder."""

    def spoil(root: Path) -> None:
        (root / file).rename((root / file).with_name(name))

    return spoil


def adding(file: str, data: str | bytes) -> Spoil:
    """Lay a file."""

    def spoil(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return spoil


def exchanging(one: str, other: str) -> Spoil:
    """Exchange two files."""

    def spoil(root: Path) -> None:
        texts = (root / one).read_bytes(), (root / other).read_bytes()
        (root / other).write_bytes(texts[0])
        (root / one).write_bytes(texts[1])

    return spoil


UNMERGED = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
# What was spoilt, and the one problem that is told: kind, place, and a detail that says what to do.
ERRORS: dict[str, tuple[Spoil, str, str]] = {
    "two versions of a record": (
        replacing(EDITION, "venues:", UNMERGED.format("venue: a\n", "b: c\n") + "venues:"),
        f"{EDITION}:7:1 conflict-marker",
        "7, 9, 11",
    ),
    "two versions of a text": (
        replacing(EN, "\n## ", "\n" + UNMERGED.format("One.\n", "Two.\n") + "\n## "),
        f"{EN}:8:1 conflict-marker",
        "8, 10, 12",
    ),
    "two versions of the head of a text": (
        replacing(EN, "title:", UNMERGED.format("title: A\n", "title: B\n") + "title:"),
        f"{EN}:2:1 conflict-marker",
        "2, 4, 6",
    ),
    "two versions of the configuration": (
        replacing("site_config.yaml", "contact:", UNMERGED.format("contact: a\n", "contact: b\n") + "contact:"),
        "site_config.yaml:20:1 conflict-marker",
        "20, 22, 24",
    ),
    "a text in GBK": (
        adding(EN, "---\ntitle: 第一台起重机\nsummary: 起重机的来历\n---\n\n正文。\n".encode("gbk")),
        f"{EN}:2:8 other-encoding",
        "GBK",
    ),
    "a record in UTF-16": (
        adding(EDITION, "year: 2009\nnote: é".encode("utf-16")),
        f"{EDITION}:2:7 other-encoding",
        "UTF-16",
    ),
    "a source with another ending": (
        renaming("content/sources/gazette-2009.yaml", "gazette-2009.yml"),
        "content/sources/gazette-2009.yml:1:1 misnamed-file",
        "content/sources/gazette-2009.yaml",
    ),
    "an edition with two endings": (
        renaming(EDITION, "2009.yaml.txt"),
        f"{EDITION}.txt:1:1 misnamed-file",
        EDITION,
    ),
    "an edition once more with two endings": (
        adding(f"{EDITION}.txt", "year: 2009\n"),
        f"{EDITION}.txt:1:1 misnamed-beside",
        EDITION,
    ),
    "a text once more with its country": (
        adding(EN.replace("en.md", "en-US.md"), HEAD),
        "content/articles/first-crane/en-US.md:1:1 misnamed-beside",
        EN,
    ),
    "a text named after a country too": (
        renaming(EN, "en-US.md"),
        "content/articles/first-crane/en-US.md:1:1 misnamed-file",
        EN,
    ),
    "a text named after its language's own name": (
        renaming(FR, "Français.md"),
        "content/articles/first-crane/Français.md:1:1 misnamed-file",
        FR,
    ),
    "a text of a language that the site lacks": (
        adding(EN.replace("en.md", "de.md"), HEAD),
        "content/articles/first-crane/de.md:1:1 text-of-no-language",
        "en.md, fr.md",
    ),
    "an article without its folder": (
        adding("content/articles/cranes.md", HEAD),
        "content/articles/cranes.md:1:1 misnamed-file",
        "content/articles/cranes/en.md",
    ),
    "a photograph as a camera and its owner name it": (
        adding("content/media/照片 1.JPG", JPEG),
        "content/media/照片 1.JPG:1:1 media-name",
        "zhaopian-1.jpg",
    ),
    "a picture beside the article": (
        adding("content/articles/first-crane/Crane 2.PNG", JPEG),
        "content/articles/first-crane/Crane 2.PNG:1:1 media-elsewhere",
        "content/media/crane-2.png",
    ),
    "a document of Word": (
        adding("content/articles/first-crane/text.docx", b"PK"),
        "content/articles/first-crane/text.docx:1:1 word-document",
        "content/articles/first-crane",
    ),
    "texts exchanged": (exchanging(EN, FR), f"{EN}:4:11 texts-swapped", FR),
    "curly quotes around an id": (
        replacing(EDITION, "[gazette-2009]", "[“gazette-2009”]"),
        f"{EDITION}:2:31 curly-quotes",
        "gazette-2009",
    ),
    "curly quotes around a day": (
        replacing(EDITION, "2009-06-01", "“2009-06-01”"),
        f"{EDITION}:5:18 curly-quotes",
        "2009-06-01",
    ),
    "curly quotes around a key": (replacing(EDITION, "year:", "“year”:"), f"{EDITION}:1:1 curly-quotes", "year"),
    "curly quotes around a colon": (
        replacing(EN, "title: The first crane", "title: “Cranes: the first”"),
        f"{EN}:2:8 curly-quotes",
        "Cranes: the first",
    ),
    "curly quotes around a comma": (
        replacing(EDITION, "{en: Harbour Fair,", "{en: “Harbour, Fair”,"),
        f"{EDITION}:3:30 curly-quotes",
        "Fair",
    ),
}


def told(problems: list[Problem]) -> list[str]:
    """Each problem's place and kind."""
    return [f"{one.place.file}:{one.place.line}:{one.place.column} {one.kind}" for one in problems]


@pytest.mark.parametrize("slip", ERRORS)
def test_a_slip_is_told_once_with_what_to_do(tmp_path: Path, slip: str) -> None:
    """No fault that merely follows from it stands beside it, in that file or another."""
    spoil, where, helps = ERRORS[slip]
    lay_sources(tmp_path, {})
    spoil(tmp_path)

    _, problems = survey(tmp_path)

    assert told(problems) == [where]
    for language in ("en", "zh"):
        words = wording(problems[0], language)
        assert helps in " ".join((words.says, words.expected, words.cure))
        assert "…" not in words.cure.replace("media/…", "")


PASTED = [
    ('<p class="MsoNormal">A<o:p></o:p></p>\n', "html-from-word", ""),
    ('<iframe src="https://video.example/1"></iframe>\n', "html-embedded", "[title](https://video.example/1)"),
    ('<font color="red">A</font>\n', "html-dropped", "**bold**"),
    ("A <script>b</script>\n", "html-dropped", "scripts"),
    ("If x<y and z>w.\n", "html-dropped", "&lt;"),
    ('<span style="color: red">A</span>\n', "html-attribute-dropped", "“style” of <span>"),
    ("Hall\tStands\nQuay\t[?2009#deal]\n", "rows-with-tabs", "build.py new table"),
    ("| A | B |\n| --- | --- |\n| a | b |\nc\td\n", "rows-with-tabs", "build.py new table"),
    ("• one\n• two\n", "bullet-sign", "“- ”"),
    ("![](media/mark.svg)\n", "picture-without-words", "![what it shows]"),
    ('<img src="media/mark.svg" alt="">\n', "picture-without-words", "![what it shows]"),
    ("Это текст на другом языке, чем файл.\n" * 5, "text-in-other-script", "Cyrillic"),
    (
        "这是一篇用中文写成的文章，讲述第一台起重机怎样来到展会，以及后来发生的事情。\n" * 3,
        "text-in-other-script",
        "“en”",
    ),
]


@pytest.mark.parametrize(("text", "kind", "helps"), PASTED)
def test_what_a_page_would_drop_or_run_together_is_warned_of(tmp_path: Path, text: str, kind: str, helps: str) -> None:
    """Once, at its first line, with what does instead."""
    lay_sources(tmp_path, {EN: f"{HEAD}\n{text}\n## Afterwards {{#afterwards}}\n"})

    site, problems = survey(tmp_path)

    assert site is not None
    assert [one.kind for one in problems if one.place.file == EN] == [kind]
    words = wording(problems[0], "en")
    assert helps in " ".join((words.says, words.expected, words.cure))


def test_what_pages_show_is_not_warned_of(tmp_path: Path) -> None:
    """HTML that is allowed, code, escaped signs, tabs of a list and of code, a name in another script."""
    text = (
        '<figure id="f"><img src="media/mark.svg" alt="Mark"><figcaption>A <b>mark</b></figcaption></figure>\n\n'
        "`<iframe>` and \\<b and <https://host.example/>, a < b and c > d.\n\n"
        "    code\tof\n    a\ttable\n\n-\tone\n-\ttwo\n\n青洽会 is a name.\n\n"
        "Underlined\n=======\n"
    )
    lay_sources(tmp_path, {EN: f"{HEAD}\n{text}\n## Afterwards {{#afterwards}}\n"})

    assert [one.kind for one in survey(tmp_path)[1] if one.place.file == EN] == []


def test_what_is_hardly_true_is_warned_of_until_a_note_says_why(tmp_path: Path) -> None:
    """A figure in another unit than its measure's, one of no fair, an ordinal out of order, a day of another year."""
    slips = {
        EDITION: [
            ("visitors: {value: 1200,", "visitors: {value: 200000,", "figure-far", "2010: 1500"),
            ("{value: 45.5,", "{value: 11000000000000,", "figure-implausible", "LUC"),
            ("closed: {date: 2009-06-03,", "closed: {date: 2010-06-03,", "date-outside-year", "2010-06-03"),
        ],
        "content/editions/2011.yaml": [
            ("ordinal: {value: 3,", "ordinal: {value: 73,", "ordinal-out-of-order", "2009: 1, 2010: 2"),
        ],
    }
    lay_sources(tmp_path, {})
    for file, changes in slips.items():
        for old, new, _, _ in changes:
            replacing(file, old, new)(tmp_path)

    _, problems = survey(tmp_path)
    wanted = [(file, kind, helps) for file, changes in slips.items() for _, _, kind, helps in changes]
    assert sorted((one.place.file, one.kind) for one in problems) == sorted((file, kind) for file, kind, _ in wanted)
    assert {one.severity for one in problems} == {"warning"}
    for _, kind, helps in wanted:
        (problem,) = (one for one in problems if one.kind == kind)
        assert helps in wording(problem, "zh").says
        assert "note:" in wording(problem, "zh").cure

    for file, changes in slips.items():
        for _, new, _, _ in changes:
            replacing(file, new, f"{new} note: {{en: So it was., fr: C’était ainsi.}},")(tmp_path)
    assert survey(tmp_path)[1] == []


def test_a_colour_that_cannot_be_read_is_told_with_one_that_can(tmp_path: Path) -> None:
    """With its ratio, on the ground where it is worst; what passes is silent, and what is proposed passes."""
    lay_sources(tmp_path, {})
    replacing("site_config.yaml", "#1f5f8b", "#c9e8a0")(tmp_path)

    (problem,) = (one for one in check_small(tmp_path).problems if one.kind == "contrast-low")
    assert (problem.place.line, problem.place.column) == (16, 13)
    assert problem.details["ratio"] == "1.19"
    replacing("site_config.yaml", "#c9e8a0", problem.details["wanted"])(tmp_path)
    assert "contrast-low" not in [one.kind for one in check_small(tmp_path).problems]
    replacing("site_config.yaml", "light: {accent", "light: {accnet")(tmp_path)
    (unknown,) = (one for one in check_small(tmp_path).problems if one.kind == "unknown-colour")
    assert (unknown.place.line, unknown.place.column, unknown.nearest) == (16, 13, "accent")


def test_templates_that_are_not_merged_are_no_empty_pages(tmp_path: Path) -> None:
    """Jinja would publish the marks; a style sheet, a script and the words of the interface are looked at too."""
    lay_sources(tmp_path, {})
    for name in ("home.html", "strings/en.yaml", "static/css/60-own.css", "static/js/own.js"):
        adding(f"templates/{name}", UNMERGED.format("a\n", "b\n"))(tmp_path)

    problems = check_small(tmp_path).problems
    assert {(one.kind, one.place.file.removeprefix("templates/")) for one in problems} == {
        ("conflict-marker", "home.html"),
        ("conflict-marker", "strings/en.yaml"),
        ("conflict-marker", "static/css/60-own.css"),
        ("conflict-marker", "static/js/own.js"),
    }


def test_every_command_counts_the_same_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check, a build, one with nothing to do, and the preview: what is left to do does not depend on who asks."""
    lay_sources(tmp_path, {"content/sources/unread.yaml": "{title: {en: Unread}, language: en, grade: official}\n"})
    monkeypatch.chdir(tmp_path)
    counted = []
    for command in ("check", "build", "build"):
        assert main([command, "--messages", "en"]) == 0
        said = capsys.readouterr()
        counted.append(re.findall(r"[0-9]+ warnings? in [0-9]+ files?", said.err))
        assert command == "check" or "nothing has changed" in said.out or "2 warnings" in said.out
    previewed = rebuild(Job(tmp_path, tmp_path / "preview", "en"), lambda *_: None, lambda _: None)

    assert counted == [["2 warnings in 2 files"]] * 3
    assert "2 warnings" in previewed.summary


def test_a_misspelt_command_is_told_in_the_editors_language(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest, and all that there are."""
    with pytest.raises(SystemExit):
        main(["bulid", "--messages", "zh"])
    assert "没有命令 'bulid'（可用：build, check," in (said := capsys.readouterr().err)
    assert "您是不是想写“build”？" in said
