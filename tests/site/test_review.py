"""`check` says what no build stops at: what nothing leads to, pictures to wait for, addresses that do not answer."""

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import sleep
from urllib.error import URLError

import pytest

from expoarchive.build import review
from expoarchive.cli.links import Answer, ask, ask_links, cause_of, reached
from expoarchive.cli.main import main
from expoarchive.problem import Place
from expoarchive.problem.catalogue import wording
from tests.hosts import hosted
from tests.sites import TINY_EXPO, Site, check_small, lay_site

Build = Callable[..., Site]
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>'

# The tiny expo's changes lead to its article.
CHANGES = "content/changes.yaml"


def told(root: Path) -> list[tuple[str, str]]:
    """What a check says beside errors: kind and the detail that names the thing."""
    problems = review(root, check_small(root)).problems
    return [(problem.kind, problem.details.get("name") or problem.place.file) for problem in problems]


def test_what_nothing_leads_to_is_told(tmp_path: Path) -> None:
    """A source, a file and an article; each stops no build."""
    lay_site(
        tmp_path,
        {
            "content/sources/unread.yaml": "{title: {en: Unread}, language: en, grade: official}\n",
            CHANGES: "{}\n",
        },
    )
    (tmp_path / "content/media/unseen.svg").write_text(DRAWING, "utf-8")
    found = told(tmp_path)

    assert ("source-uncited", "unread") in found
    assert ("media-unused", "unseen.svg") in found
    assert ("article-unlinked", "first-crane") in found
    assert [name for kind, name in found if kind in ("source-uncited", "media-unused")] == ["unseen.svg", "unread"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/pages/home/en.md", "---\ntitle: W\nsummary: S\n---\n\nSee [[article:first-crane]].\n"),
        ("content/articles/first-crane/article.yaml", "featured: true\n"),
    ],
)
def test_an_article_is_linked_by_a_text_or_the_first_page(tmp_path: Path, file: str, text: str) -> None:
    """Either is enough."""
    lay_site(tmp_path, {CHANGES: "{}\n", file: text})

    assert "article-unlinked" not in dict(told(tmp_path))


def test_a_picture_that_prose_shows_is_used(tmp_path: Path) -> None:
    """Though no record names it."""
    lay_site(tmp_path, {"content/pages/about/en.md": "---\ntitle: W\nsummary: S\n---\n\n![A crane](media/crane.svg)\n"})
    (tmp_path / "content/media/crane.svg").write_text(DRAWING, "utf-8")

    assert "media-unused" not in dict(told(tmp_path))


def test_drawings_to_wait_for_and_covers_without_words_are_told(tmp_path: Path) -> None:
    """By weight, by what is missing."""
    lay_site(tmp_path, {"content/articles/first-crane/article.yaml": "cover: heavy.svg\n"})
    (tmp_path / "content/media/heavy.svg").write_text(f"{DRAWING}<!--{'x' * 500_000}-->", "utf-8")
    found = told(tmp_path)

    assert ("picture-heavy", "content/media/heavy.svg") in found
    assert ("cover-without-alt", "heavy.svg") in found


# --- other sites


class Host(BaseHTTPRequestHandler):
    """/good answers, /moved leads to it, /get knows no HEAD, /shy refuses programs; nothing else is there."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        """As HEAD: nothing is sent but a status."""
        self.asked.append((self.command, self.path))
        leads = {"/moved": "/good", "/circle": "/circle"}
        moved = {"Location": leads[self.path]} if self.path in leads else {}
        if self.path == "/slow":
            sleep(0.5)
        known = {
            "/good": 200,
            "/moved": 301,
            "/circle": 302,
            "/get": 200 if self.command == "GET" else 405,
            "/shy": 403,
            "/busy": 429,
        }
        self.send_response(known.get(self.path, 404))
        for name, value in {**moved, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def host() -> Iterator[str]:
    """The address of a host on this machine, without a last slash."""
    Host.asked = []
    with hosted(Host) as address:
        yield address


def test_each_address_is_asked_politely(host: str) -> None:
    """HEAD, then GET where HEAD is not known; one host one question at a time, with a pause between."""
    pauses: list[float] = []
    answers = ask([f"{host}/{name}" for name in ("good", "moved", "get", "gone")], pause=3, wait=pauses.append)

    assert [answer.status for answer in answers.values()] == [200, 200, 200, 404]
    assert [asked for asked in Host.asked if asked[1] != "/good"] == [
        ("HEAD", "/moved"),
        ("HEAD", "/get"),
        ("GET", "/get"),
        ("HEAD", "/gone"),
    ]
    assert pauses == [3, 3, 3]
    moved = answers[f"{host}/moved"]
    assert (moved.url, moved.for_good, moved.outcome(f"{host}/moved")) == (f"{host}/good", True, "moved")


def test_a_host_that_is_not_there_is_told_with_its_reason() -> None:
    """No traceback."""
    answer = ask(["http://127.0.0.1:9/"])["http://127.0.0.1:9/"]

    assert answer.status == 0
    assert answer.cause == "closed"


def test_why_there_is_no_answer_is_told_apart(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too late, in a circle, with a bad certificate: each asks something else of an editor."""
    monkeypatch.setattr("expoarchive.cli.links.TIMEOUT", 0.1)
    answers = ask([f"{host}/slow", f"{host}/circle"], pause=0)
    expired = URLError(ssl.SSLCertVerificationError("certificate has expired"))

    assert [answer.cause for answer in answers.values()] == ["timeout", "redirects"]
    assert cause_of(expired) == "certificate"
    assert cause_of(URLError(socket.gaierror(-2, "Name or service not known"))) == "unreached"
    place = Place("content/sources/a.yaml")
    problem = Answer(0, "certificate").problem("https://a.example/", place)
    assert problem is not None
    assert (problem.kind, wording(problem, "zh").says) == (
        "link-certificate",
        "打开 https://a.example/ 时浏览器会警告：证书无法验证",
    )
    found = {}
    for code in (10, 18, 62):
        error = ssl.SSLCertVerificationError("")
        error.verify_code = code
        found[code] = cause_of(URLError(error))
    assert found == {10: "expired", 18: "self-signed", 62: "other-host"}
    assert cause_of(RemoteDisconnected("")) == "dropped"
    busy = Answer(503).problem("https://a.example/", place)
    assert busy is not None
    assert wording(busy, "zh").says == "https://a.example/ 正忙或暂时故障：503"
    moved = Answer(200, url="https://b.example/").problem("https://a.example/x", place)
    assert moved is not None
    assert wording(moved, "en").says.endswith(" leads to https://b.example/ for now (302, 303, 307)")
    dead = [Answer(404).problem("https://a.example/", place, recording=one) for one in (False, True)]
    assert ["--record" in wording(one, "en").cure for one in dead if one] == [True, False]


def test_without_a_network_nothing_is_recorded_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even for hosts that were asked before the connection broke off is a silence of ours taken for theirs."""
    lay_site(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("expoarchive.cli.links.ask.__kwdefaults__", {"pause": 0, "wait": lambda seconds: None})
    monkeypatch.setattr("expoarchive.cli.links._one", lambda address, method: Answer(0, "unreached", when=1790000000))
    before = {file.name: file.read_bytes() for file in (tmp_path / "content/sources").iterdir()}

    assert main(["check", "--online", "--record", "--messages", "en"]) == 0

    said = capsys.readouterr().err
    assert "there is no way to the network: 2 addresses were not asked" in said
    assert "cannot be opened" not in said
    assert {file.name: file.read_bytes() for file in (tmp_path / "content/sources").iterdir()} == before
    assert not (tmp_path / ".cache/links.json").exists()

    lost = Answer(0, "unreached")
    monkeypatch.setattr("expoarchive.cli.links._one", lambda address, method: lost)
    assert reached({"https://a.example/": Answer(200), "https://b.example/": lost}, ()) == {
        "https://a.example/": Answer(200)
    }
    monkeypatch.setattr("expoarchive.cli.links._one", lambda address, method: Answer(404))
    assert reached({"https://a.example/": Answer(200), "https://b.example/": lost}, ())["https://b.example/"] == lost


def test_what_answers_badly_is_told_at_its_place_and_nothing_is_asked_again_but_who_was_busy(
    build_site: Build, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source's entry and a line of prose; a source that is not linked is not asked for."""
    monkeypatch.setattr("expoarchive.cli.links.ask.__kwdefaults__", {"pause": 0, "wait": lambda seconds: None})
    folder = "content/sources"
    listed = {
        f"{folder}/{name}.yaml": f"{{language: en, grade: official, url: {host}/{name}}}\n"
        for name in ("good", "gone", "shy", "busy")
    }
    listed[f"{folder}/hidden.yaml"] = f"{{language: en, grade: reprint, linked: false, url: {host}/hidden}}\n"
    # The invented sources stand at addresses that no network knows.
    quiet = {
        f"{folder}/{file.name}": re.sub(r"(?m)^url: .*", "archived: https://archive.example/", file.read_text("utf-8"))
        for file in (TINY_EXPO / folder).iterdir()
    }
    site = build_site(
        {
            **quiet,
            **listed,
            "content/pages/about/en.md": f"---\ntitle: W\nsummary: S\n---\n\nSee [there]({host}/lost#part).\n",
        }
    )
    assert site.outcome.site is not None
    _, first = ask_links(site.root, site.outcome.site)
    seen = list(Host.asked)
    _, second = ask_links(site.root, site.outcome.site)

    told = [(one.kind, one.place.file.rpartition("/")[2], one.place.column, one.details["answer"]) for one in first]
    url = len("{language: en, grade: official, ") + 1
    assert sorted(told) == [
        ("link-busy", "busy.yaml", url, "429"),
        ("link-dead", "en.md", 13, "404"),
        ("link-dead", "gone.yaml", url, "404"),
        ("link-unsure", "shy.yaml", url, "403"),
    ]
    assert sorted(map(str, second)) == sorted(map(str, first))
    assert ("HEAD", "/hidden") not in seen
    assert Host.asked[len(seen) :] == [("HEAD", "/busy")]


def test_addresses_are_listed_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check --links` needs no network, and says where each is used."""
    lay_site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setattr("expoarchive.cli.links.build_opener", None)
    code = main(["check", "--links", "--messages", "en"])
    out = capsys.readouterr().out

    assert code == 0
    assert "https://gazette.example/2009/fair  content/sources/gazette-2009.yaml:1\n" in out
    assert "2 addresses on 2 hosts" in out
    assert "copies.example" not in out
    assert not (tmp_path / "site/.cache").exists()


@pytest.mark.parametrize("contact", ["desk@fair.example", "https://fair.example/write", "none"])
def test_readers_are_told_where_to_write(build_site: Build, contact: str) -> None:
    """At the foot of every page, unless there is no such address."""
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8").replace("contact: none", f"contact: {contact}")

    page = build_site({"site_config.yaml": config}).pages("en/sources/")

    says_whom_to_ask = "Whoever told you of this site can pass them on" in page
    assert says_whom_to_ask == (contact == "none")
    href = {"desk@fair.example": "mailto:desk@fair.example", "none": None}.get(contact, contact)
    found = re.findall(r'<a href="([^"]*)"[^>]*>Send a photograph, a scan or a correction</a>', page)
    assert found == ([href] if href else [])


def test_a_site_without_an_address_is_asked_for_one(tmp_path: Path) -> None:
    """Unless it says that there is none."""
    config = (TINY_EXPO / "site_config.yaml").read_text("utf-8").replace("contact: none\n", "")
    lay_site(tmp_path / "a", {"site_config.yaml": config})
    lay_site(tmp_path / "b", {})

    assert "contact-missing" in [kind for kind, _ in told(tmp_path / "a")]
    assert "contact-missing" not in [kind for kind, _ in told(tmp_path / "b")]
