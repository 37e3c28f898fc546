"""A translation says which state of its original it was made from, and is told when that has changed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import review
from expoarchive.records.translation import with_stamp
from tests.builds import run
from tests.sites import TINY_EXPO, Site, lay_site

Build = Callable[..., Site]

ORIGINAL = TINY_EXPO / "content/articles/first-crane/en.md"
TEXT = ORIGINAL.read_text("utf-8")


def told(site: Site) -> list[tuple[str, str, int]]:
    """What a check says of the first article's translations: kind, file, line."""
    found = review(site.root, site.outcome).problems
    return [
        (problem.kind, problem.place.file.rpartition("/")[2], problem.place.line)
        for problem in found
        if "first-crane" in problem.place.file
    ]


def test_a_fresh_translation_is_not_spoken_of(tiny_site: Site) -> None:
    """Neither by the check nor on its page."""
    assert told(tiny_site) == []
    assert "notice-stale" not in tiny_site.pages("fr/articles/first-crane/")


def test_a_missing_translation_is_told(tiny_site: Site) -> None:
    """At the record of the text, as a warning: it stops no build."""
    problems = review(tiny_site.root, tiny_site.outcome).problems
    found = [(problem.kind, problem.place.file) for problem in problems]

    assert [told for told in found if told[0].startswith("translation")] == [
        ("translation-missing", "content/pages/about/page.yaml")
    ]
    assert tiny_site.outcome.ok


def test_a_changed_section_is_named_where_its_translation_stands(build_site: Build) -> None:
    """The warning is at the French heading, the page's notice names the section and leads to the original."""
    site = build_site({"content/articles/first-crane/en.md": TEXT.replace("By 2011", "By the end of 2011")})

    assert told(site) == [("section-stale", "fr.md", 9)]
    html = site.pages("fr/articles/first-crane/")
    assert "« Ensuite »" in html.partition('<p class="notice notice-stale"')[2].partition("</p>")[0]
    assert '<a class="notice-link" href="../../../en/articles/first-crane/" hreflang="en">' in html
    assert "notice-stale" not in site.pages("en/articles/first-crane/")


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("title: The first crane", "title: The very first crane", ["head-stale"]),
        ("It drew", "It once drew", ["lead-stale"]),
        ("{#afterwards}", "{#later}", ["section-gone", "section-new"]),
        ("## Afterwards", "## More {#more}\n\nNew.\n\n## Afterwards", ["section-new"]),
    ],
)
def test_every_part_of_the_original_is_watched(build_site: Build, old: str, new: str, kinds: list[str]) -> None:
    """Title and summary, the opening, sections that come and go."""
    assert old in TEXT
    site = build_site({"content/articles/first-crane/en.md": TEXT.replace(old, new)})
    found = {kind for kind, _, _ in told(site)}

    assert found >= set(kinds)
    assert not found & {"section-stale"}


def test_layout_and_comments_make_nothing_old(build_site: Build) -> None:
    """Lines broken elsewhere, spaces and notes to oneself are not seen by readers."""
    moved = TEXT.replace("By 2011 the", "By 2011\nthe  ").replace("## Afterwards", "<!-- check -->\n## Afterwards")
    site = build_site({"content/articles/first-crane/en.md": moved})

    assert told(site) == []


def test_a_translation_without_a_stamp_is_told(build_site: Build) -> None:
    """Nothing can be said of its age."""
    site = build_site({"content/articles/first-crane/fr.md": "---\ntitle: A\nsummary: B\n---\n\n## C {#afterwards}\n"})

    assert told(site) == [("translation-unstamped", "fr.md", 2)]


def test_another_language_can_be_the_original(build_site: Build) -> None:
    """The record says so; the first language is then the translation."""
    record = "content/articles/first-crane/article.yaml"
    said = (TINY_EXPO / record).read_text("utf-8") + "original: fr\n"
    french = (ORIGINAL.with_name("fr.md")).read_text("utf-8")
    unstamped = "".join(line for line in french.splitlines(keepends=True) if not line.startswith("original:"))
    site = build_site({record: said, "content/articles/first-crane/fr.md": unstamped})

    assert told(site) == [("translation-unstamped", "en.md", 2)]


@pytest.mark.parametrize(
    ("added", "kind"), [("original: fr\n", "original-stamped"), ("original: de\n", "unknown-language")]
)
def test_an_original_that_cannot_be_is_an_error(build_site: Build, added: str, kind: str) -> None:
    """A stamped original, or one in a language that the site has not."""
    record = "content/articles/first-crane/article.yaml"
    site = build_site({record: (TINY_EXPO / record).read_text("utf-8") + added})

    assert site.kinds() == [kind]


def test_restamp_says_that_a_translation_is_up_to_date(tmp_path: Path) -> None:
    """After a change that the translation needs nothing for; the text itself is not touched."""
    site = tmp_path / "site"
    lay_site(site, {"content/articles/first-crane/en.md": TEXT.replace("By 2011", "By 2011,")})
    before = (site / "content/articles/first-crane/fr.md").read_text("utf-8")
    status = run(site, "status").stdout
    done = run(site, "restamp", "first-crane", "fr")
    after = (site / "content/articles/first-crane/fr.md").read_text("utf-8")

    assert "content/articles/first-crane/fr.md: older than its original (en)" in status
    assert "  changed: Afterwards (content/articles/first-crane/en.md:8)" in status
    assert done.returncode == 0
    assert "older than its original (en)" not in run(site, "status").stdout
    assert before != after
    assert before.partition("---\n\n")[2] == after.partition("---\n\n")[2]


def test_a_heading_named_like_another_part_is_a_part_of_its_own(tmp_path: Path) -> None:
    """The ids head and lead are what title and opening are stamped under, and part-2 what a second heading may be."""
    site, here = tmp_path / "site", "content/articles/first-crane"
    more = "".join(f"\n## On {name} {{#{name}}}\n\nNew.\n" for name in ("head", "lead", "part-2", "now"))
    french = ORIGINAL.with_name("fr.md").read_text("utf-8")
    lay_site(site, {f"{here}/en.md": TEXT + more, f"{here}/fr.md": french + more})
    run(site, "restamp", "first-crane", "fr")
    stamped = run(site, "status").stdout
    (site / here / "en.md").write_text(TEXT + more.replace("New.", "Newer.", 2), "utf-8")

    assert "older than its original (en)" not in stamped
    assert re.findall(r"^  changed: (.*) \(", run(site, "status").stdout, re.MULTILINE) == ["On head", "On lead"]


@pytest.mark.parametrize("words", [("first-crain",), ("first-crane", "de"), ()])
def test_restamp_of_what_is_not_there_changes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    """An unknown article, a language it has not, no article at all: exit code 2."""
    lay_site(tmp_path / "site", {})
    done = run(tmp_path / "site", "restamp", *words)

    assert done.returncode == 2
    assert ("first-crane" in done.stderr) == bool(words)


def test_a_stamp_keeps_the_line_ends_of_the_file() -> None:
    """And replaces one that was broken over lines."""
    text = "---\r\ntitle: A\r\noriginal: {language: en,\r\n  head: x}\r\nsummary: B\r\n---\r\n\r\noriginal: text\r\n"

    assert with_stamp(text, "original: new") == (
        "---\r\ntitle: A\r\nsummary: B\r\noriginal: new\r\n---\r\n\r\noriginal: text\r\n"
    )


def test_the_page_of_translations_is_published_when_asked(build_site: Build) -> None:
    """Not by default; it names what is missing and what is old, and asks not to be indexed."""
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8") + "show_translations: true\n"
    old = TEXT.replace("By 2011", "By 2012")
    site = build_site({"site_config.yaml": config, "content/articles/first-crane/en.md": old})
    html = site.pages("en/translations/")

    assert site.problems == []
    assert '<meta name="robots" content="noindex">' in html
    assert "3 of 3 texts" in html
    assert "2 of 3 texts, 1 of them older" in html
    assert "<li>“Afterwards”</li>" in html


def test_the_page_of_translations_is_not_published_unasked(tiny_site: Site) -> None:
    """It is for editors."""
    assert not tiny_site.exists("en/translations/")
