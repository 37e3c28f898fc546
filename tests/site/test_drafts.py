"""What is not published yet is nowhere to be found, and `--drafts` shows it, marked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import build
from tests.sites import TINY_EXPO, Site, lay_site

Build = Callable[..., Site]

RECORD = "content/articles/second-crane/article.yaml"
TEXTS = {
    RECORD.replace("article.yaml", f"{language}.md"): f"---\ntitle: Unseen {language}\nsummary: S.\n---\n\nSecret.\n"
    for language in ("en", "fr")
}
ARTICLE: dict[str, str | None] = {RECORD: "draft: true\ntopics: [cranes]\neditions: [2009]\n", **TEXTS}
EDITION: dict[str, str | None] = {
    "content/editions/2013.yaml": """\
        year: 2013
        draft: true
        figures:
          visitors: {value: 87654, sources: [gazette-2009]}
        """
}
HOME = (TINY_EXPO / "content/pages/home/en.md").read_text("utf-8")


def everything(site: Site) -> str:
    """All text files of the site, one after the other."""
    kinds = (".html", ".js", ".json", ".csv", ".xml", ".svg", ".txt")
    return "\n".join(path.read_text("utf-8") for path in sorted(site.output.rglob("*")) if path.suffix in kinds)


def test_a_draft_is_nowhere_in_the_site(build_site: Build) -> None:
    """No page, list, search, count, chart, map of the site or file of data knows of it."""
    site = build_site({**ARTICLE, **EDITION})

    assert site.problems == []
    assert not site.exists("en/articles/second-crane/")
    assert not site.exists("en/editions/2013/")
    found = everything(site)
    assert [word for word in ("Unseen", "second-crane", "editions/2013", "87654", "87,654") if word in found] == []


def test_a_draft_changes_no_byte_of_the_site(build_site: Build, tmp_path: Path) -> None:
    """The site with it is the site without it."""
    with_it = build_site({**ARTICLE, **EDITION})
    lay_site(tmp_path / "without", {})
    output = tmp_path / "without-output"
    build(tmp_path / "without", output)

    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    again = {name: with_it.file(name).read_bytes() for name in files if with_it.file(name).is_file()}
    assert again == files


def test_drafts_are_shown_and_marked_when_asked(tmp_path: Path) -> None:
    """In lists and counts too; each page says so, and asks not to be indexed."""
    lay_site(tmp_path / "site", {**ARTICLE, **EDITION})
    site = Site(tmp_path / "site", tmp_path / "output", build(tmp_path / "site", tmp_path / "output", drafts=True))

    assert site.problems == []
    assert "Unseen en" in site.pages("en/articles/")
    for page in ("en/articles/second-crane/", "fr/editions/2013/"):
        assert "notice-draft" in site.pages(page)
        assert '<meta name="robots" content="noindex">' in site.pages(page)
    assert "notice-draft" not in site.pages("en/editions/2009/")


def test_lists_mark_drafts(tmp_path: Path) -> None:
    """Cards of articles, rows of the timeline and lines of the table; what is published has no mark."""
    lay_site(tmp_path / "site", {**ARTICLE, **EDITION})
    site = Site(tmp_path / "site", tmp_path / "output", build(tmp_path / "site", tmp_path / "output", drafts=True))

    for page, word in (("en/articles/", "Draft"), ("fr/timeline/", "Brouillon"), ("en/editions/", "Draft")):
        assert site.pages(page).count(f'<span class="chip chip-draft">{word}</span>') == 1, page


def test_media_of_drafts_alone_are_not_published(build_site: Build) -> None:
    """What a published text shows as well is; so is what nothing shows."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    shown = "![A](media/{}.svg)\n"
    site = build_site(
        {
            **ARTICLE,
            **{f"content/media/{name}.svg": picture for name in ("secret", "cover", "both", "unused")},
            RECORD: "draft: true\ntopics: [cranes]\ncover: cover.svg\ncover_alt: {en: A, fr: A}\n",
            RECORD.replace("article.yaml", "en.md"): f"---\ntitle: T\nsummary: S.\n---\n\n{shown.format('secret')}"
            f"\n{shown.format('both')}",
            "content/pages/home/en.md": f"{HOME}\n{shown.format('both')}",
        }
    )

    assert site.problems == []
    there = [name for name in ("secret", "cover", "both", "unused") if site.exists(f"media/{name}.svg")]
    assert there == ["both", "unused"]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("content/pages/home/en.md", HOME + "\nSee [[article:second-crane]].\n", 8),
        ("content/pages/home/en.md", HOME + "\nIt drew [=2013#visitors].\n", 8),
        ("content/articles/first-crane/article.yaml", "topics: [cranes]\neditions: [2013]\n", 2),
    ],
)
def test_a_reference_to_a_draft_is_an_error_that_says_so(build_site: Build, file: str, text: str, line: int) -> None:
    """At its place: not that there is no such thing, but that it is not published."""
    site = build_site({**ARTICLE, **EDITION, file: text})
    found = [(problem.kind, problem.place.file, problem.place.line) for problem in site.problems]

    assert found == [("names-a-draft", file, line)]


def test_a_draft_may_speak_of_a_draft(build_site: Build) -> None:
    """Both come out together."""
    site = build_site({**ARTICLE, **EDITION, RECORD: "draft: true\neditions: [2013]\n"})

    assert site.problems == []
