"""The preview: what it takes for a change, what it answers and to whom, and that no save is lost."""

import asyncio
import json
import os
import re
import socket
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.websocket import websocket_connect

from expoarchive.cli.main import main
from expoarchive.cli.preview.editor import Editor, find_editor
from expoarchive.cli.preview.job import Ahead, Job, Rebuilt
from expoarchive.cli.preview.markup import Visit, previewed
from expoarchive.cli.preview.published import Answer, find, is_host, read
from expoarchive.cli.preview.server import Site, application
from expoarchive.cli.preview.session import News, Session
from expoarchive.cli.preview.watch import Watch
from expoarchive.cli.preview.worker import Worker
from expoarchive.problem import Place, Problem
from tests.preview import Preview, break_off, is_written, until

T = TypeVar("T")
EDITION = "content/editions/2011.yaml"
BROKEN = "year: 2011\nfigurs: {}\n"


# --- what it takes for a change ---------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two sources."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "en.md").write_text("one", "utf-8")
    (tmp_path / "site_config.yaml").write_text("one", "utf-8")
    return tmp_path


def watch(root: Path) -> Watch:
    """A watch that has looked at the two sources."""
    return Watch({name: root / name for name in ("site_config.yaml", "content")}, lambda changed: None)


def test_many_files_saved_together_are_one_change(root: Path) -> None:
    """livereload alone builds five times for five files of a folder."""
    watched = watch(root)
    for number in range(5):
        (root / "content" / f"{number}.yaml").write_text("x", "utf-8")

    assert watched.examine() == {f"content/{number}.yaml" for number in range(5)}
    assert watched.examine() == frozenset()


def test_a_new_file_with_an_old_time_is_noticed(root: Path) -> None:
    """A picture copied from a camera is new, whatever its clock said."""
    watched = watch(root)
    picture = root / "content" / "old.svg"
    picture.write_text("<svg/>", "utf-8")
    os.utime(picture, (0, 0))

    assert watched.examine() == {"content/old.svg"}


def test_files_and_folders_that_come_and_go_are_noticed(root: Path) -> None:
    """What is gone changes the site too, and so does a file in a folder that was not there."""
    watched = watch(root)
    (root / "content" / "articles" / "en.md").unlink()
    (root / "content" / "articles").rmdir()
    (root / "content" / "new" / "deep").mkdir(parents=True)
    (root / "content" / "new" / "deep" / "fr.md").write_text("x", "utf-8")

    assert watched.examine() == {"content/articles/en.md", "content/new/deep/fr.md"}


@pytest.mark.parametrize("litter", ["en.md~", ".en.md.swp", "4913", ".#en.md", "en.md.tmp", "Thumbs.db"])
def test_what_editors_leave_beside_a_file_is_no_change(root: Path, litter: str) -> None:
    """Swap and backup files build nothing."""
    watched = watch(root)
    (root / "content" / "articles" / litter).write_text("x", "utf-8")

    assert watched.examine() == frozenset()


def test_a_save_is_told_of_soon_and_once(root: Path) -> None:
    """A file that is replaced by another, as editors do, in the root and below it."""
    told: list[frozenset[str]] = []
    watched = Watch({name: root / name for name in ("site_config.yaml", "content")}, told.append)
    watched.start()
    try:
        time.sleep(0.3)
        for file in ("site_config.yaml", "content/articles/en.md"):
            waits: list[float] = []
            # A busy machine may be late now and then, a watch that looks too seldom is each time.
            while len(waits) < 5 and not any(wait < 0.9 for wait in waits):
                told.clear()
                (root / "new").write_text(f"two{waits}", "utf-8")
                saved = time.monotonic()
                (root / "new").replace(root / file)
                until(lambda: told, "nothing was told")
                waits.append(time.monotonic() - saved)

                assert told == [{file}]
            assert min(waits) < 0.9
    finally:
        watched.stop()


def run(playing: Coroutine[Any, Any, T]) -> T:
    """Play it to its end, in a thread of its own: Playwright, where a test had a browser, keeps a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, playing).result()


# --- how a save becomes what is shown ---------------------------------------------------------------------------------


class Builds:
    """Stands for the worker: notes its jobs, and answers with what it was given, the last one ever after."""

    def __init__(self, *answers: Rebuilt | None, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.jobs: list[Job] = []
        self._answers = list(answers)
        self._meanwhile = meanwhile

    def __call__(self, job: Job) -> Rebuilt | None:
        self.jobs.append(job)
        if len(self.jobs) == 2:
            self._meanwhile()
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


GOOD = Rebuilt(True, changes=1, base_path="/harbour/", files=frozenset({"index.html"}))
BAD = Rebuilt(False, problems=(Problem("no-content", Place("content")),))


def play(builds: Builds, *saves: set[str]) -> tuple[Session, list[News]]:
    """A session in which each save comes after the build before it; what the pages were told."""
    news: list[News] = []

    async def playing() -> Session:
        session = Session(
            Job(Path(), Path("output"), "en"), builds, news.append, lambda rebuilt: None, lambda: GOOD.files
        )
        working = asyncio.ensure_future(session.work())
        for number, save in enumerate([set[str](), *saves], 1):
            if save:
                session.saved(frozenset(save))
            while len(news) < number:
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        working.cancel()
        return session

    return run(playing()), news


def test_each_save_reloads_however_soon_it_comes() -> None:
    """livereload alone ignores a second save within three seconds."""
    builds = Builds(GOOD)
    _, news = play(builds, {"content/a.yaml"}, {"content/b.yaml"})

    assert news == [News(page=True)] * 3
    assert [job.changed for job in builds.jobs] == [frozenset(), {"content/a.yaml"}, {"content/b.yaml"}]


def test_what_is_saved_during_a_build_is_built_next() -> None:
    """Once, and all of it."""
    news: list[News] = []

    async def playing() -> list[Job]:
        loop = asyncio.get_running_loop()

        def meanwhile() -> None:
            for file in ("content/b.yaml", "content/c.yaml"):
                loop.call_soon_threadsafe(session.saved, frozenset({file}))
            time.sleep(0.05)

        async def done(number: int) -> None:
            while len(news) < number:
                await asyncio.sleep(0.001)

        builds = Builds(GOOD, meanwhile=meanwhile)
        session = Session(Job(Path(), Path("output"), "en"), builds, news.append, lambda rebuilt: None)
        working = asyncio.ensure_future(session.work())
        await done(1)
        session.saved(frozenset({"content/a.yaml"}))
        await done(3)
        # A fourth would begin at once.
        await asyncio.sleep(0.1)
        working.cancel()
        return builds.jobs

    jobs = run(playing())

    assert [set(job.changed) for job in jobs] == [set(), {"content/a.yaml"}, {"content/b.yaml", "content/c.yaml"}]


def test_a_failed_build_leaves_the_last_good_site_up() -> None:
    """Pages are not reloaded; they ask what is wrong, and ask again when it is mended."""
    session, news = play(
        Builds(GOOD, BAD, Rebuilt(True, base_path="/harbour/")), {"content/a.yaml"}, {"content/a.yaml"}
    )

    assert news == [News(page=True), News(), News()]
    assert not session.shown.failed


@pytest.mark.parametrize(
    "rebuilt", [BAD, None, Rebuilt(True, base_path="/harbour/"), Rebuilt(True, styles="assets/site.css")]
)
def test_a_page_stays_where_a_build_changed_no_page(rebuilt: Rebuilt | None) -> None:
    """Whichever of them it was served by, and whenever it asks: errors are told to it, styles renewed in it."""
    session, _ = play(Builds(GOOD))
    served = session.version
    session.take(rebuilt)
    between = session.version
    session.take(rebuilt)

    assert {served, between, session.version} <= set(session.versions)
    session.take(GOOD)
    assert not {served, between} & set(session.versions)


def test_styles_are_counted_as_often_as_they_were_renewed() -> None:
    """A page knows by that whether it has the last; a build of the whole forgets nothing."""
    session, news = play(Builds(GOOD))
    for rebuilt in (Rebuilt(True, styles="assets/site.css"), Rebuilt(True, styles="assets/site.css"), GOOD):
        session.take(rebuilt)

    assert (session.shown.sheet, session.shown.styles) == ("/harbour/assets/site.css", 2)
    assert news[1:] == [News(), News(), News(page=True)]


def test_a_build_that_broke_off_does_not_forget_what_was_saved() -> None:
    """livereload alone forgets a change whose build raised an error."""
    builds = Builds(GOOD, None, GOOD)
    session, _ = play(builds, {"content/a.yaml"}, {"templates/static/css/30-base.css"})

    assert builds.jobs[2].changed == {"content/a.yaml", "templates/static/css/30-base.css"}
    assert not session.shown.broke_off


def test_until_a_first_site_stands_every_build_is_whole() -> None:
    """There is nothing yet that a part could be built into."""
    builds = Builds(BAD, GOOD)
    _, news = play(builds, {"templates/static/css/30-base.css"})

    assert [job.changed for job in builds.jobs] == [frozenset(), frozenset()]
    assert news == [News(page=True), News(page=True)]


def test_a_build_that_breaks_off_takes_the_worker_along_and_the_next_has_a_new_one() -> None:
    """Its traceback is the terminal's; the server goes on."""
    worker = Worker(break_off)
    told: list[str] = []
    job = Job(Path(), Path("output"), "en")
    try:
        first = worker.run(replace(job, changed=frozenset({"content/a.yaml"})), lambda stage, done, of: None, print)
        second = worker.run(job, lambda stage, done, of: told.append(stage), print)
    finally:
        worker.stop()

    assert first is None
    assert second == Rebuilt(True, summary="done")
    assert told == ["read"]


@pytest.mark.parametrize(
    ("saved", "first"),
    [
        ("content/a.md", {"index.html"}),
        ("templates/home.html", {"index.html"}),
        ("content/media/a.svg", set()),
        ("site_config.yaml", set()),
    ],
)
def test_the_page_that_is_open_comes_first_where_it_can_stand_alone(saved: str, first: set[str]) -> None:
    """A picture is a file of its own, and another configuration may be another address: they come with the rest."""
    builds = Builds(GOOD)
    play(builds, {saved})

    assert [set(job.first) for job in builds.jobs] == [set(), first]


def test_a_page_shown_ahead_is_of_the_coming_version_until_the_build_is_done() -> None:
    """It reloads once, and then only asks whether it is what is up; where the build fails it is gone again."""
    session, news = play(Builds(GOOD))
    up = session.version
    session.show(Ahead("index.html", b"new"))

    assert (session.version, session.version_of("en/index.html")) == (up, up)
    assert session.version_of("index.html") == session.coming != up
    assert news[-1] == News(ahead="index.html")
    coming = session.coming
    session.take(GOOD)

    assert news[-1] == News(page=True, known=frozenset({"index.html"}))
    assert session.versions == [session.version] == [coming]
    session.show(Ahead("index.html", b"newer"))
    failing = session.version_of("index.html")
    assert session.versions == [coming, failing]
    session.take(BAD)

    assert (session.shown.ahead, news[-1]) == ({}, News())
    assert session.versions == [coming]
    session.show(Ahead("index.html", b"newest"))
    assert session.version_of("index.html") not in (coming, failing)


# --- which file answers, and to whom ----------------------------------------------------------------------------------

FILES = frozenset({"index.html", "404.html", "en/index.html", "assets/site.css", "search.html"})


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/repo/", Answer(HTTPStatus.OK, "index.html")),
        ("/repo/en/", Answer(HTTPStatus.OK, "en/index.html")),
        ("/repo/assets/site.css", Answer(HTTPStatus.OK, "assets/site.css")),
        ("/repo/search", Answer(HTTPStatus.OK, "search.html")),
        ("/repo/en", Answer(HTTPStatus.MOVED_PERMANENTLY, location="/repo/en/")),
        ("/repo", Answer(HTTPStatus.FOUND, location="/repo/")),
        ("/", Answer(HTTPStatus.FOUND, location="/repo/")),
        ("/repo/fr/", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/repo/EN/", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/repo/../site_config.yaml", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/repo//etc/passwd", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/repo/en/\0", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/repo/.expoarchive.json", Answer(HTTPStatus.NOT_FOUND, "404.html")),
        ("/other/", Answer(HTTPStatus.NOT_FOUND)),
    ],
)
def test_a_path_is_answered_as_the_host_will(path: str, answer: Answer) -> None:
    """Below the base path, case and slash as published; nothing is there but the site's own files."""
    assert find(path, "/repo/", FILES) == answer


def test_a_link_out_of_the_output_is_not_followed(tmp_path: Path) -> None:
    """A file or folder of the output that is a symbolic link to elsewhere, or to itself, is not there."""
    (tmp_path / "letter").write_text("mine", "utf-8")
    output = tmp_path / "output"
    output.mkdir()
    (output / "own.txt").write_text("site", "utf-8")
    (output / "letter.txt").symlink_to(tmp_path / "letter")
    (output / "up").symlink_to(tmp_path)
    (output / "circle").symlink_to("circle")

    assert read(output, "own.txt") == b"site"
    assert read(output, "letter.txt") is None
    assert read(output, "up/letter") is None
    assert read(output, "circle") is None


@pytest.mark.parametrize(
    ("header", "asked", "taken"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("evil.example:8000", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("192.168.0.7:8000", "127.0.0.1", False),
        ("desk.local:8000", "desk.local", True),
        ("192.168.0.7:8000", "0.0.0.0", True),
        ("evil.example:8000", "0.0.0.0", False),
        ("", "127.0.0.1", False),
        ("[", "127.0.0.1", False),
    ],
)
def test_only_who_names_this_machine_is_answered(header: str, asked: str, taken: bool) -> None:
    """A name that somebody else pointed at this machine (DNS rebinding) is not one of its names."""
    assert is_host(header, asked) is taken


def test_a_pages_policy_allows_the_previews_own_files_and_no_more() -> None:
    """Its sheet, its scripts and its socket; what was forbidden otherwise stays so, wherever the head ends."""
    long_head = "<meta>" * 20000
    page = (
        "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; connect-src 'none'\">"
        f"{long_head}</head><body>"
    )
    served = previewed(page, Visit("127.0.0.1:8000", "v", "t", "en"))

    assert (
        'content="default-src &#x27;none&#x27;; connect-src &#x27;self&#x27; ws://127.0.0.1:8000; '
        'script-src &#x27;self&#x27;; style-src &#x27;self&#x27;"'
    ) in served
    assert served.index("/__preview__/preview.js") < served.index("</head>")


# --- the editor -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "environment", "found"),
    [
        ("code", {}, Editor(("code", "-g", "{file}:{line}:{column}"))),
        ("subl -n", {}, Editor(("subl", "-n", "{file}:{line}:{column}"))),
        ("mine --at {line} {file}", {}, Editor(("mine", "--at", "{line}", "{file}"))),
        ("vscode://file/{file}:{line}", {}, Editor(address="vscode://file/{file}:{line}")),
        (None, {"VISUAL": "code --wait", "PATH": ""}, Editor(("code", "--wait", "-g", "{file}:{line}:{column}"))),
        (None, {"EDITOR": "vim", "PATH": ""}, None),
        (None, {"VISUAL": " ", "EDITOR": "", "PATH": ""}, None),
    ],
)
def test_the_editor_is_the_one_asked_for_or_the_terminals(
    asked: str | None, environment: dict[str, str], found: Editor | None
) -> None:
    """An editor that runs in a terminal cannot be opened from a page."""
    assert find_editor(asked, environment) == found


@pytest.mark.parametrize(
    ("words", "environment", "says"),
    [
        (["--editor", '"x'], {}, ['--editor: not a command: "x', '--editor：不是可以执行的命令："x']),
        (["--editor", ""], {}, ["--editor: not a command: ", "--editor：不是可以执行的命令："]),
        (["--editor", " "], {}, ["--editor: not a command: ", "--editor：不是可以执行的命令："]),
        (["--editor", "'{file}' -x"], {}, ["--editor: not a command: ", "--editor：不是可以执行的命令："]),
        ([], {"VISUAL": '"'}, ['$VISUAL: not a command: "', '$VISUAL：不是可以执行的命令："']),
        (
            [],
            {"VISUAL": "vim", "EDITOR": "code '"},
            ["$EDITOR: not a command: code '", "$EDITOR：不是可以执行的命令："],
        ),
        (["--port", "65536"], {}, ["--port 65536: not a number from 0 to 65535", "--port 65536：不是 0 到 65535"]),
        (["--port", "-1"], {}, ["--port -1: not a number", "--port -1：不是"]),
        (["--port", "８０００"], {}, ["--port ８０００: not a number", "--port ８０００：不是"]),
        (["--port", "9" * 500], {}, ["not a number", "不是"]),
    ],
)
def test_what_no_command_or_port_can_be_read_from_is_said(
    words: list[str],
    environment: dict[str, str],
    says: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the editor's language, before anything is built: exit code 2."""
    monkeypatch.chdir(tmp_path)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, environment.get(name, ""))
    codes = [main(["serve", "--messages", language, *words]) for language in ("en", "zh")]
    told = capsys.readouterr().err

    assert codes == [2, 2]
    assert [text for text in says if text not in told] == []


# --- the whole of it --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the tiny expo, below its base path; its editor writes down what it was asked to open."""
    folder = tmp_path_factory.mktemp("preview")
    script = folder / "editor.sh"
    script.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n', "utf-8")
    script.chmod(0o755)
    with Preview(folder / "site", "--editor", f"{script} {{file}}:{{line}}") as running:
        yield running


def token_in(page: str) -> str:
    """The token that the preview's script on a page has."""
    return page.partition('data-token="')[2].partition('"')[0]


def test_it_opens_at_the_base_path_as_published(preview: Preview) -> None:
    """The address that is printed; the host's root leads there."""
    response, _ = preview.ask("/")

    assert preview.address.endswith("/harbour/")
    assert (response.status, response.headers["Location"]) == (302, "/harbour/")


def test_the_previews_script_is_served_and_not_published(preview: Preview) -> None:
    """In the answer, not in the output."""
    _, page = preview.ask("/harbour/en/")

    assert "/__preview__/preview.js" in page
    assert "__preview__" not in (preview.output / "en/index.html").read_text("utf-8")


def test_a_missing_page_is_the_sites_own_and_reloads_too(preview: Preview) -> None:
    """livereload alone serves neither: a tab that meets a 404 stays there."""
    response, page = preview.ask("/harbour/nowhere/")

    assert response.status == 404
    assert 'data-kind="404"' in page
    assert "/__preview__/livereload.js" in page


@pytest.mark.parametrize(
    "path", ["/harbour/..%2f..%2fsite_config.yaml", "/harbour/%2e%2e/site_config.yaml", "/..%5cx", "//etc/passwd"]
)
def test_no_path_leads_out_of_the_output(preview: Preview, path: str) -> None:
    """Encoded or not."""
    response, page = preview.ask(path)

    assert response.status == 404
    assert "Invented" not in page
    assert "base_path" not in page


def test_what_somebody_put_into_the_output_is_not_answered(preview: Preview) -> None:
    """Neither a file that was not built, nor a link out of the folder in the place of one that was."""
    outside = preview.root.with_name("outside")
    (outside / "first-crane").mkdir(parents=True)
    for letter in (outside / "first-crane" / "index.html", preview.output / "letter.txt"):
        letter.write_text("mine", "utf-8")
    file, folder = preview.output / "en/editions/2009/index.html", preview.output / "fr/articles"
    built, kept = file.read_bytes(), preview.output.with_name("kept")
    folder.rename(kept)
    folder.symlink_to(outside)
    file.unlink()
    file.symlink_to(outside / "first-crane" / "index.html")
    paths = ("letter.txt", "en/editions/2009/", "fr/articles/first-crane/", ".expoarchive.json")
    answers = [preview.ask(f"/harbour/{path}") for path in paths]
    folder.unlink()
    kept.rename(folder)
    file.unlink()
    file.write_bytes(built)

    assert [response.status for response, _ in answers] == [404] * len(paths)
    assert not any("mine" in page for _, page in answers)


def test_only_this_machine_is_served_unless_asked(preview: Preview) -> None:
    """No other address of the machine answers."""
    port = urlsplit(preview.address).port
    assert port is not None

    with socket.socket() as knocking:
        knocking.settimeout(5)

        assert knocking.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize(
    ("host", "language", "says"),
    [
        ("x" * 300, "en", "no address of this machine: a name has 1 to 63 characters between its dots"),
        ("x" * 300, "zh", "不是本机的地址：主机名中点与点之间须有 1 到 63 个字符"),
        ("", "en", "--host : no address of this machine: a name has"),
        ("[]", "en", "--host []: no address of this machine: a name has"),
        ("no host", "en", "--host no host: no address of this machine: "),
        ("203.0.113.1", "zh", "--host 203.0.113.1：不是本机的地址："),
    ],
)
def test_a_host_that_is_no_address_of_this_machine_is_said(tmp_path: Path, host: str, language: str, says: str) -> None:
    """Exit code 2, and no traceback; what is empty is not every address."""
    with Preview(tmp_path / "site", "--host", host, "--messages", language) as refused:
        code = refused.end()

    assert code == 2
    assert says in refused.said()
    assert "Traceback" not in refused.said()


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Whoever can reach this port sees", "at 127.0.0.1, can open")),
        pytest.param("zh", ("凡能访问此端口的人", "打开编辑器"), marks=pytest.mark.long),
    ],
)
def test_a_host_that_others_reach_says_what_that_means(
    tmp_path: Path, preview: Preview, language: str, says: tuple[str, ...]
) -> None:
    """However every address is written; a preview for this machine alone says nothing of it."""
    with Preview(tmp_path / "site", "--host", "0", "--messages", language) as open_to_all:
        response, page = open_to_all.ask("/harbour/en/")

    assert open_to_all.address.startswith("http://127.0.0.1:")
    assert (response.status, token_in(page) != "") == (200, True)
    assert [text for text in says if text not in open_to_all.said()] == []
    assert not any(text in preview.said() for text in says)


def test_another_machine_gets_no_token_and_opens_no_editor() -> None:
    """Even with the token of this one."""
    session, _ = play(Builds(GOOD))

    async def visit() -> tuple[str, int, str]:
        # X-Real-Ip is heeded here alone, to come from elsewhere.
        server = HTTPServer(application(Site(session, "0.0.0.0", "en", Editor(("true", "{file}")))), xheaders=True)
        (line,) = bind_sockets(0, "127.0.0.1")
        server.add_sockets([line])
        address = f"http://127.0.0.1:{line.getsockname()[1]}"
        elsewhere = {"X-Real-Ip": "192.0.2.7"}
        client = AsyncHTTPClient()
        page = await client.fetch(f"{address}/harbour/", headers=elsewhere, raise_error=False)
        asked = HTTPRequest(
            f"{address}/__preview__/edit",
            "POST",
            {**elsewhere, "Origin": address, "X-Preview-Token": session.token},
            json.dumps({"file": EDITION, "line": 1}),
        )
        answer = await client.fetch(asked, raise_error=False)
        server.stop()
        return page.body.decode(), answer.code, answer.body.decode()

    page, code, said = run(visit())

    assert "data-token" in page
    assert (token_in(page), code) == ("", 403)
    assert "only for a browser on the machine of the preview" in said


def test_head_tells_what_get_would_and_sends_no_body(preview: Preview) -> None:
    """Type, length, and that nothing is to be kept."""
    got, page = preview.ask("/harbour/assets/site.css")
    told, nothing = preview.ask("/harbour/assets/site.css", "HEAD")

    assert nothing == ""
    assert told.headers["Content-Type"] == "text/css; charset=utf-8"
    assert told.headers["Content-Length"] == got.headers["Content-Length"] == str(len(page.encode()))
    assert told.headers["Cache-Control"] == "no-store"


def test_a_picture_opened_by_itself_is_of_no_origin(preview: Preview) -> None:
    """Before a source was checked its picture may hold a script, which is not to read what the preview's pages have."""
    response, _ = preview.ask("/harbour/media/mark.svg")

    assert "sandbox" in response.headers["Content-Security-Policy"].split("; ")


def test_another_hosts_name_is_refused_everywhere(preview: Preview) -> None:
    """Pages, state and socket alike."""
    statuses = {
        preview.ask(path, headers={"Host": "evil.example"})[0].status
        for path in ("/harbour/", "/__preview__/state", "/__preview__/preview.js", "/livereload")
    }

    assert statuses == {403}


def test_another_sites_page_gets_no_socket(preview: Preview) -> None:
    """livereload alone takes any origin."""
    address = preview.address.replace("http", "ws").replace("/harbour/", "/livereload")

    async def knock(origin: str) -> None:
        (await websocket_connect(HTTPRequest(address, headers={"Origin": origin}))).close()

    run(knock(preview.address.removesuffix("/harbour/")))
    with pytest.raises(Exception, match="403"):
        run(knock("https://evil.example"))


def test_edit_this_page_opens_its_file_at_its_line(preview: Preview) -> None:
    """A record's page opens its record; every page opens something."""
    _, page = preview.ask("/harbour/en/editions/2011/")
    origin = preview.address.removesuffix("/harbour/")
    headers = {"Origin": origin, "X-Preview-Token": token_in(page)}
    response, _ = preview.ask("/__preview__/edit", "POST", headers, f'{{"file": "{EDITION}", "line": 3}}')
    opened = preview.root.with_name("opened")
    until(lambda: is_written(opened), "the editor was not started")

    assert f'data-file="{EDITION}"' in page
    assert response.status == 200
    assert opened.read_text("utf-8").strip() == f"{preview.root / EDITION}:3"
    assert 'data-file="templates/editions.html"' in preview.ask("/harbour/en/editions/")[1]


@pytest.mark.parametrize(
    ("headers", "file", "status"),
    [
        ({"Origin": "https://evil.example"}, EDITION, 403),
        ({"Origin": ""}, EDITION, 403),
        ({"X-Preview-Token": "guess"}, EDITION, 403),
        ({}, "content/../../editor.sh", 404),
        ({}, "/etc/passwd", 404),
        ({}, "output/index.html", 404),
        ({}, "content/\\u0000", 400),
        ({}, f'{EDITION}", "column": 1e999, "x": "', 400),
    ],
)
def test_nobody_else_opens_files(preview: Preview, headers: dict[str, str], file: str, status: int) -> None:
    """Only this preview's own pages, and only the sources of the site."""
    origin = preview.address.removesuffix("/harbour/")
    good = {"Origin": origin, "X-Preview-Token": token_in(preview.ask("/harbour/")[1])}
    response, _ = preview.ask("/__preview__/edit", "POST", good | headers, f'{{"file": "{file}", "line": 1}}')

    assert response.status == status


def test_an_error_leaves_the_last_good_site_up_and_is_told_until_it_is_mended(preview: Preview) -> None:
    """With the terminal's own words and its file, line and column."""
    before = (preview.root / EDITION).read_text("utf-8")
    preview.save(EDITION, BROKEN)
    until(lambda: EDITION in preview.ask("/__preview__/state")[1], "the error was not told")
    state = json.loads(preview.ask("/__preview__/state")[1])["errors"]
    up, _ = preview.ask("/harbour/en/editions/2011/")
    preview.save(EDITION, before)
    until(lambda: '"errors": ""' in preview.ask("/__preview__/state")[1], "the mended error stayed")

    assert f"{EDITION}:2:1" in state
    assert "“figurs” is not a key that can be used here" in state
    assert f"{EDITION}:2:1: error: “figurs” is not a key that can be used here" in preview.said()
    assert up.status == 200


def test_styles_alone_are_renewed_without_building_the_site(preview: Preview) -> None:
    """The sheet in the output is what a whole build would write."""
    sheet = "templates/static/css/30-base.css"
    built = preview.said().count("pages,")
    published = (preview.output / "assets/site.css").read_bytes()
    before = (preview.root / sheet).read_text("utf-8")
    preview.save(sheet, f"{before}\n.probe {{ color: red }}\n")
    until(lambda: ".probe" in preview.ask("/harbour/assets/site.css")[1], "the styles stayed")
    preview.save(sheet, before)
    until(lambda: ".probe" not in preview.ask("/harbour/assets/site.css")[1], "the styles stayed")
    until(lambda: preview.said().count("styles renewed") == 2, "the site was built, not the styles alone")

    assert preview.said().count("pages,") == built
    assert (preview.output / "assets/site.css").read_bytes() == published


def test_requests_are_answered_while_it_builds(preview: Preview) -> None:
    """livereload alone builds in the loop that answers, so that one of them waits for as long as a build takes."""
    article = "content/articles/first-crane/en.md"
    before = (preview.root / article).read_text("utf-8")

    def save(text: str) -> tuple[float, float]:
        """The longest wait for an answer, and how long the build took."""
        longest, built = 0.0, preview.said().count("pages,")
        preview.save(article, text)
        while preview.said().count("pages,") == built:
            asked = time.monotonic()
            response, _ = preview.ask("/harbour/en/")
            longest = max(longest, time.monotonic() - asked)

            assert response.status == 200
        return longest, float(re.findall(r"; ([\d.]+) s$", preview.said(), re.MULTILINE)[-1])

    # A busy machine may be late with an answer now and then.
    texts = [f"{before}\nOnce more.\n", f"{before}\nAnd again.\n", before]
    waits = [save(text) for text in texts]

    assert any(longest < took / 2 for longest, took in waits), waits


def test_a_taken_port_moves_on_to_the_next_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    """It says so; exit code 0 and no traceback. The port is bound on this machine alone."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Preview(tmp_path / "site", "--port", str(port), files={EDITION: BROKEN}) as second:
            response, page = second.ask("/anywhere/")
            code = second.end()

    assert f"port {port} is in use" in second.said()
    assert f"127.0.0.1:{port}/" not in second.address
    assert code == 0
    assert "Traceback" not in second.said()
    # The very first build failed: its errors are the page at every address.
    assert response.status == 500
    assert f"{EDITION}:2:1" in page
    assert "/__preview__/preview.js" in page
