"""`explain` says what made a page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.cli.explain import permalink_in
from expoarchive.cli.main import main
from tests.sites import lay_site

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``explain PAGE`` in the tiny expo: exit code, what is printed, what is complained."""
    lay_site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")

    def explain(page: str) -> tuple[int, str, str]:
        code = main(["explain", page, "--messages", "en"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return explain


def test_a_page_names_all_that_it_was_made_of(run: Run) -> None:
    """Where to change it, records, claims, sources, templates with their partials, words."""
    code, out, _ = run("/en/editions/2010/")
    lines = [line.strip() for line in out.splitlines()]

    assert code == 0
    assert lines[:2] == ["en/editions/2010/  (edition)", "To change it, open content/editions/2010.yaml:1"]
    assert {"content/editions/2010.yaml", "content/sources/copy-2010.yaml"} <= set(lines)
    assert {"templates/edition.html", "templates/base.html"} <= set(lines)
    assert "templates/partials/claim-group/template.html" in lines
    words = out.split()
    assert {"2010#visitors", "port-office-2011", "copy-2010", "field.ordinal"} <= set(words)
    assert "words of the interface, templates/strings/en.yaml, expoarchive/theme/strings/en.yaml:" in lines


def test_an_article_names_its_text(run: Run) -> None:
    """That of the page's language; the full address of a browser will do."""
    code, out, _ = run("https://fair.example/harbour/fr/articles/first-crane/#afterwards")

    assert code == 0
    assert "  content/articles/first-crane/fr.md" in out


def test_a_page_that_is_not_there_gives_the_nearest(run: Run) -> None:
    """Exit code 2."""
    code, _, err = run("/en/editions/2099/")

    assert code == 2
    assert "there is no page “/en/editions/2099/”; did you mean “/en/editions/2009/”?" in err


@pytest.mark.parametrize(
    "text",
    [
        "en/editions/2010/",
        "/en/editions/2010/",
        "/base/en/editions/2010/#visitors",
        "https://fair.example/base/en/editions/2010/index.html?x=1",
        "http://127.0.0.1:8000/base/en/editions/2010/",
    ],
)
def test_a_page_may_be_named_in_every_way(text: str) -> None:
    """With and without host, base path, fragment and file."""
    assert permalink_in(text, "/base/") == "en/editions/2010/"
