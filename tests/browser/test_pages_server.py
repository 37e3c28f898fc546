"""The server of the browser tests answers as GitHub Pages does."""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.browser.pages_server import PagesServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PagesServer]:
    """A site of four files below /repo/."""
    (tmp_path / "en" / "中文").mkdir(parents=True)
    (tmp_path / "index.html").write_text("chooser")
    (tmp_path / "404.html").write_text("not here")
    (tmp_path / "en" / "index.html").write_text("home")
    (tmp_path / "en" / "中文" / "index.html").write_text("folder")
    with PagesServer(tmp_path, "/repo/") as running:
        yield running


def ask(
    server: PagesServer, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, bytes]:
    """One request, redirects not followed, the path sent as it stands."""
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def get(server: PagesServer, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    """One request for a text."""
    response, body = ask(server, path, method)
    return response, body.decode()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/repo/", "chooser"),
        ("/repo/en/", "home"),
        ("/repo/en/?a=b", "home"),
        ("/repo/en/index.html", "home"),
        ("/repo/en/%E4%B8%AD%E6%96%87/", "folder"),
        ("/repo/404", "not here"),
    ],
)
def test_a_page_is_served_below_the_base_path(server: PagesServer, path: str, text: str) -> None:
    """Folders give their index.html, and names need not end in .html."""
    response, body = get(server, path)

    assert (response.status, body) == (200, text)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "location"),
    [("/repo", "/repo/"), ("/repo/en", "/repo/en/"), ("/repo/en/%E4%B8%AD%E6%96%87", "/repo/en/%E4%B8%AD%E6%96%87/")],
)
def test_a_folder_without_its_slash_is_sent_on(server: PagesServer, path: str, location: str) -> None:
    """Relative links on the page would lead elsewhere without the slash."""
    response, _ = get(server, path)

    assert (response.status, response.headers["Location"]) == (301, location)


@pytest.mark.parametrize("path", ["/repo/none", "/repo/EN/", "/repo/en/none/", "/repo/../repo/en/", "/repo/%2e%2e/x"])
def test_a_missing_page_is_the_sites_own(server: PagesServer, path: str) -> None:
    """Status 404 with the text of 404.html; nothing outside the folder is reached."""
    response, body = get(server, path)

    assert (response.status, body) == (404, "not here")


def test_nothing_is_served_outside_the_base_path(server: PagesServer) -> None:
    """Another project's path is none of this site's business, so not even its 404 page appears."""
    response, body = get(server, "/en/")

    assert response.status == 404
    assert "not here" not in body


def test_head_tells_the_length_and_sends_no_body(server: PagesServer) -> None:
    """As GET, without the body."""
    response, body = get(server, "/repo/en/", method="HEAD")

    assert (response.status, response.headers["Content-Length"], body) == (200, "4", "")


def test_text_is_compressed_for_whoever_takes_it(server: PagesServer) -> None:
    """As long as it says, and the same once unpacked."""
    response, body = ask(server, "/repo/en/", headers={"Accept-Encoding": "gzip, br"})

    assert (response.headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", b"home")
    assert response.headers["Content-Length"] == str(len(body))
