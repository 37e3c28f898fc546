"""``check --live``: the site as it is served, and whatever is wrong with that."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.check.live import check_live
from expoarchive.cli.live import ask
from expoarchive.cli.main import main
from tests.browser.pages_server import PagesServer
from tests.sites import Site

Change = Callable[[Path], object]


def write(file: str, old: str, new: str) -> Change:
    """Replace words of a file of the site."""

    def change(output: Path) -> None:
        path = output / file
        text = path.read_text("utf-8")

        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def test_a_sound_site_is_looked_at_whole(tiny_site: Site, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Every page, by a host that is not the one it was built for; the line says how much was seen."""
    with PagesServer(tiny_site.output, "/harbour/") as server:
        status = main(["check", "--live", server.address(""), "--messages", "en"])
    said = capsys.readouterr()

    assert status == 0, said.err
    pages = len([file for file in tiny_site.output.rglob("*.html") if file.name != "404.html"])
    assert said.out.startswith(f"{pages} pages and ")


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("live-status", lambda output: (output / "fr" / "editions" / "2009" / "index.html").unlink()),
        ("live-anchor", write("en/editions/2009/index.html", 'id="visitors"', 'id="guests"')),
        ("live-canonical", write("en/timeline/index.html", "https://fair.example/harbour/en/t", "https://a.example/t")),
        ("live-alternate", write("en/timeline/index.html", 'rel="alternate" hreflang', 'rel="next" data-lang')),
        ("live-policy", write("en/timeline/index.html", "default-src 'none'", "default-src *")),
        ("live-sitemap", write("sitemap-en.xml", "/harbour/en/timeline/</loc>", "/harbour/en/</loc>")),
        ("live-sitemap", lambda output: (output / "robots.txt").unlink()),
    ],
)
def test_each_fault_of_a_served_site_is_found(kind: str, change: Change, tiny_site: Site, tmp_path: Path) -> None:
    """At the page that has it."""
    served = tmp_path / "served"
    shutil.copytree(tiny_site.output, served)
    change(served)
    with PagesServer(served, "/harbour/") as server:
        _, problems = check_live(server.address(""), ask)

    assert kind in {problem.kind for problem in problems}


def test_a_host_that_is_not_there_is_a_fault() -> None:
    """Not a site without faults."""
    with PagesServer(Path(__file__).parent, "/") as server:
        address = server.address("")
    crawled, problems = check_live(address, ask)

    assert crawled.pages == 0
    assert "live-status" in {problem.kind for problem in problems}
