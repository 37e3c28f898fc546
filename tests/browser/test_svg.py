"""What the archive takes as an SVG is opened in Chromium, and so is what it refuses: the first do nothing there.

``svgs.yaml`` is the table of them. That many of the refused ones are seen to act shows that the test would see it.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from tests.sites import ROOT, check_small, lay_site

_SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ROOT = f'<svg {_SPACES} width="200" height="200">{{}}</svg>'
# Too long to be read in a table.
_LONG = {
    "DOUBLING": "".join(f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(20)),
    "PATTERNS": "".join(
        f'<pattern id="p{n + 1}" width="1" height="1"><g fill="url(#p{n})">'
        + '<rect width="1" height="1"/>' * 10
        + "</g></pattern>"
        for n in range(20)
    ),
    "NESTED": "<g>" * 200 + "</g>" * 200,
    "SHAPES": '<path d="M0 0h1" fill="url(#a)" filter="url(#a)"/>' * 20_000,
}
# What a reader may do with each element, beside looking at it.
_TRY_ALL = """() => {
  for (const element of document.querySelectorAll("*"))
    for (const event of ["mouseover", "mousedown", "focus", "click"])
      element.dispatchEvent(new MouseEvent(event, {bubbles: false, cancelable: true}));
}"""
_TABS = 8
# A second look at what does nothing at once; and how long what acts may take to be seen, on a slow machine.
_MOMENT = 150
_PATIENCE = 10_000


@dataclass(frozen=True)
class Case:
    """A row of the table; ``file`` is its name in ``content/media/``."""

    name: str
    file: str
    verdict: str
    why: str
    inside: str = ""
    svg: str = ""
    encoding: str = "utf-8"
    acts: bool = False
    heavy: bool = False

    def written(self, elsewhere: str) -> bytes:
        """Its bytes."""
        text = self.svg or _ROOT.format(self.inside)
        for name, value in {**_LONG, "ELSEWHERE": elsewhere, "ELSEHOST": elsewhere.partition("//")[2]}.items():
            text = text.replace(name, value)
        return text.encode(self.encoding)


def _cases() -> list[Case]:
    rows: dict[str, dict[str, Any]] = yaml.load((ROOT / "tests/browser/svgs.yaml").read_bytes(), yaml.CSafeLoader)
    return [Case(name, f"case-{number}.svg", **row) for number, (name, row) in enumerate(rows.items())]


CASES = _cases()


class _Host:
    """Serves the pictures by name, and notes whatever else is asked of it, with the picture that asks."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.log: list[tuple[str, str]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.strip("/")
                data = host.files.get(name)
                if data is None and name != "favicon.ico":
                    host.log.append((self.path, self.headers.get("Referer", "")))
                self.send_response(200 if data is not None else 404)
                self.send_header("Content-Type", "image/svg+xml")
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, *arguments: object) -> None:
                """Quietly."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Tab:
    """One picture after the other, and what the one in it was seen to do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = ""
        self.seen: list[str] = []
        page.on("dialog", lambda dialog: self.seen.append(f"dialog {dialog.message}"))
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.on("request", lambda asked: self.asked(asked.url))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))

    def asked(self, url: str) -> None:
        if url.partition("#")[0] != self.address and not url.endswith("/favicon.ico") and not url.startswith("data:"):
            self.seen.append(f"request {url}")

    def open(self, address: str) -> None:
        """Look at it."""
        self.page.goto("about:blank")
        self.address, self.seen = address, []
        self.page.goto(address, wait_until="commit")

    def touch(self) -> None:
        """Try all there is in it."""
        try:
            self.page.wait_for_load_state()
            self.page.mouse.move(50, 50)
            self.page.mouse.click(51, 51)
            self.page.evaluate(_TRY_ALL)
        except BrowserError:
            # It went elsewhere meanwhile, which is seen.
            pass

    def wait(self, milliseconds: int) -> None:
        """Until something is seen, or for so long."""
        while milliseconds > 0 and not self.seen:
            self.page.wait_for_timeout(50)
            milliseconds -= 50


@pytest.fixture(scope="module")
def host() -> Iterator[_Host]:
    """Of the pictures, which is also elsewhere: by another name, so that a request is one of another host."""
    running = _Host()
    running.files = {case.file: case.written(running.address.replace("127.0.0.1", "localhost")) for case in CASES}
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture(scope="module")
def refused(host: _Host, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the archive says of each picture, by file."""
    root = tmp_path_factory.mktemp("svgs") / "site"
    lay_site(root, {})
    for name, data in host.files.items():
        (root / "content/media" / name).write_bytes(data)
    said: dict[str, list[str]] = {}
    for problem in check_small(root).problems:
        said.setdefault(Path(problem.place.file).name, []).append(problem.kind)
    return said


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser context of its own."""
    made = browser.new_context()
    made.set_default_timeout(20_000)
    yield made
    made.close()


def _acts(context: BrowserContext, cases: list[Case], address: str) -> dict[str, list[str]]:
    """What each picture was seen to do, by its row's name."""
    done: dict[str, list[str]] = {}
    tabs = [Tab(context.new_page()) for _ in range(_TABS)]
    for at in range(0, len(cases), _TABS):
        some = list(zip(cases[at : at + _TABS], tabs, strict=False))
        for case, tab in some:
            tab.open(f"{address}/{case.file}")
        for _, tab in some:
            tab.touch()
        tabs[0].page.wait_for_timeout(_MOMENT)
        for case, tab in some:
            tab.wait(_PATIENCE if case.acts else 0)
            done[case.name] = tab.seen
    return done


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_picture_is_judged_as_the_table_says(refused: dict[str, list[str]], case: Case) -> None:
    """The harmless are taken without a word, the hostile are refused."""
    said = refused.get(case.file, [])

    assert bool(said) == (case.verdict == "hostile"), f"{case.why}: {said}"


def test_what_is_taken_does_nothing_in_a_browser(
    context: BrowserContext, host: _Host, refused: dict[str, list[str]]
) -> None:
    """Opened by its own address and every element of it touched: no script, no dialog, no request, no way out."""
    taken = [case for case in CASES if case.file not in refused]
    host.log.clear()
    done = _acts(context, taken, host.address)

    assert len(taken) >= 30
    assert {name: seen for name, seen in done.items() if seen} == {}
    assert host.log == []


@pytest.mark.long
def test_what_is_taken_does_nothing_in_a_folder(
    context: BrowserContext, host: _Host, refused: dict[str, list[str]], tmp_path: Path
) -> None:
    """The same for an archive that was unpacked and is opened as files."""
    taken = [case for case in CASES if case.file not in refused]
    for case in taken:
        (tmp_path / case.file).write_bytes(host.files[case.file])
    done = _acts(context, taken, tmp_path.as_uri())

    assert {name: seen for name, seen in done.items() if seen} == {}


@pytest.mark.long
def test_some_of_what_is_refused_acts_in_a_browser(
    context: BrowserContext, host: _Host, refused: dict[str, list[str]]
) -> None:
    """A sample of the refused ones, so that a browser in which nothing ever acted would be noticed."""
    opened = _harmful(refused)[::6]
    acting = {name for name, seen in _acts(context, opened, host.address).items() if seen}

    assert acting == {case.name for case in opened if case.acts}
    assert acting


@pytest.mark.long
def test_what_acts_in_a_browser_is_refused(
    context: BrowserContext, host: _Host, refused: dict[str, list[str]], record_property: Any
) -> None:
    """Each that the table says acts is seen to; whatever is seen to act is refused."""
    opened = _harmful(refused)
    acting = {name for name, seen in _acts(context, opened, host.address).items() if seen}
    record_property("summary", f"SVGs: {len(CASES)} judged, {len(refused)} refused, {len(acting)} of these act")

    assert acting == {case.name for case in opened if case.acts}
    assert len(acting) >= 60


def _harmful(refused: dict[str, list[str]]) -> list[Case]:
    """The refused ones that a browser can open."""
    return [case for case in CASES if case.file in refused and not case.heavy]
