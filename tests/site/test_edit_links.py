"""A published page leads to the file it is made of, where the configuration says where the sources are kept."""

from pathlib import Path

import pytest

from expoarchive.cli.main import main
from tests.sites import ROOT, Site, lay_site

CONFIG = (ROOT / "tests/expo/site_config.yaml").read_text("utf-8")
KEPT = "https://git.example/fair/archive"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo with its repository named."""
    from tests.sites import build_small

    return build_small(tmp_path_factory.mktemp("edit") / "site", {"site_config.yaml": f"{CONFIG}repository: {KEPT}/\n"})


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("en/editions/2011/", "content/editions/2011.yaml"),
        ("fr/articles/first-crane/", "content/articles/first-crane/fr.md"),
        ("en/about/", "content/pages/about/en.md"),
        ("en/sources/gazette-2009/", "content/sources/gazette-2009.yaml"),
    ],
)
def test_a_page_leads_to_its_file(site: Site, page: str, file: str) -> None:
    """A record's page to its YAML, a text's to its Markdown in the page's language."""
    assert f'href="{KEPT}/blob/HEAD/{file}"' in site.pages(page)


def test_a_borrowed_text_leads_to_the_file_it_is_borrowed_from(site: Site) -> None:
    """There is none in the page's own language."""
    assert f'href="{KEPT}/blob/HEAD/content/pages/about/en.md"' in site.pages("fr/about/")


@pytest.mark.parametrize("page", ["en/", "en/editions/", "en/sources/", "404.html"])
def test_a_list_leads_to_none(site: Site, page: str) -> None:
    """It is made of many files."""
    assert "/blob/HEAD/" not in site.pages(page)


def test_without_a_repository_no_page_leads_anywhere(tiny_site: Site) -> None:
    """Nothing is guessed."""
    assert "/blob/" not in tiny_site.pages("en/editions/2011/")


def test_where_the_sources_are_kept_can_be_said_when_building(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever publishes knows it: in place of the configured one, and the next build without it is another."""
    lay_site(tmp_path / "site", {"site_config.yaml": f"{CONFIG}repository: https://old.example/a\n"})
    monkeypatch.chdir(tmp_path / "site")
    page = tmp_path / "site/output/en/editions/2011/index.html"
    assert main(["build", "--repository", KEPT]) == 0
    said = page.read_text("utf-8")
    assert main(["build"]) == 0

    assert f'href="{KEPT}/blob/HEAD/content/editions/2011.yaml"' in said
    assert 'href="https://old.example/a/blob/HEAD/content/editions/2011.yaml"' in page.read_text("utf-8")


@pytest.mark.parametrize("given", ["someone/archive", "javascript:alert(1)", 'https://a.example/"x', "https://a b"])
def test_what_is_no_address_is_no_repository(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip on the command line."""
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--repository", given])

    assert stopped.value.code == 2
    assert "is not an address" in capsys.readouterr().err
