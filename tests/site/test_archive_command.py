"""``archive SOURCE`` asks a service on this machine for copies, and writes where they are and of which day."""

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from expoarchive.build import survey
from expoarchive.cli.archive import NoCopy, copy_of
from expoarchive.cli.main import main
from tests.hosts import hosted
from tests.sites import lay_sources

PORT = "https://port.example/bilan"
STAMP = "20260203040506"


class Service(BaseHTTPRequestHandler):
    """Answers in each of the ways in which web archives do; the first folder of a path says in which."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        way, _, page = self.path[1:].partition("/")
        headers = {
            "location": {"Content-Location": f"/web/{STAMP}/{page}"},
            "memento": {
                "Link": f'<{page}>; rel="original", <https://copies.example/m/1>; rel="first memento"',
                "Memento-Datetime": "Sun, 04 Jan 2026 05:06:07 GMT",
            },
            "leads": {"Location": f"/web/{STAMP}/{page}"},
        }.get(way, {})
        self.send_response({"leads": 302, "busy": 429}.get(way, 200))
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def service() -> Iterator[str]:
    """The address of the service, without a last slash."""
    Service.asked = []
    with hosted(Service) as address:
        yield address


def test_the_copy_is_written_below_the_sources_address(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All else in the file stays; who has a copy, or no address, is not asked for one."""
    config = (Path(__file__).parents[1] / "expo/site_config.yaml").read_text("utf-8")
    lay_sources(tmp_path, {"site_config.yaml": f'{config}web_archive: "{service}/location/{{url}}"\n'})
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "content/sources/port-office-2011.yaml"
    before = file.read_text("utf-8")

    assert main(["archive", "port-office-2011", "--messages", "en"]) == 0

    added = f"archived: {service}/web/{STAMP}/{PORT}\narchived_on: 2026-02-03\n"
    assert file.read_text("utf-8") == before.replace(f"url: {PORT}\n", f"url: {PORT}\n{added}")
    assert Service.asked == [f"/location/{PORT}"]
    assert "copy noted" in capsys.readouterr().out
    assert main(["archive", "port-office-2011", "--messages", "en"]) == 1
    assert "it has a copy already" in capsys.readouterr().err
    assert len(Service.asked) == 1
    site, problems = survey(tmp_path)
    assert problems == []
    assert site is not None
    assert str(site.records.sources["port-office-2011"].archived_on) == "2026-02-03"


def test_services_say_in_several_ways_where_the_copy_is(service: str) -> None:
    """By where they lead, by a link to a memento with its day; the source's address where the service wants it."""
    leads = copy_of(PORT, f"{service}/leads/")
    memento = copy_of(PORT, f"{service}/memento/{{url}}")

    assert (leads.address, leads.day) == (f"{service}/web/{STAMP}/{PORT}", date(2026, 2, 3))
    copy_of(f"{PORT}?a=b&c=d", f"{service}/memento/?of={{url}}&now=1")

    assert Service.asked[-1] == "/memento/?of=https%3A%2F%2Fport.example%2Fbilan%3Fa%3Db%26c%3Dd&now=1"
    assert (memento.address, memento.day) == ("https://copies.example/m/1", date(2026, 1, 4))


@pytest.mark.parametrize(("way", "key"), [("busy", "archive.busy"), ("nothing", "archive.no-address")])
def test_no_copy_is_no_address(service: str, way: str, key: str) -> None:
    """Why there is none is told, and nothing written."""
    with pytest.raises(NoCopy) as reason:
        copy_of(PORT, f"{service}/{way}/")
    assert reason.value.key == key
    with pytest.raises(NoCopy) as nobody:
        copy_of(PORT, "http://127.0.0.1:9/")
    assert nobody.value.key == "archive.closed"


def test_a_failure_leaves_the_source_as_it_was(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also a source that does not exist, which is told with the nearest."""
    lay_sources(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    before = {file.name: file.read_bytes() for file in (tmp_path / "content/sources").iterdir()}

    assert main(["archive", "port-office-2011", "--service", f"{service}/busy/{{url}}", "--messages", "zh"]) == 1
    assert "port-office-2011：没有得到副本：存档服务正忙或暂时故障（429）；过几分钟再试" in capsys.readouterr().err
    assert main(["archive", "port-office", "--messages", "zh"]) == 2
    assert "您是不是想写“port-office-2011”？" in capsys.readouterr().err
    assert main(["archive", f"{PORT}/", "--messages", "zh"]) == 2
    assert "您是不是想写“port-office-2011”？" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in (tmp_path / "content/sources").iterdir()} == before
    source = tmp_path / "content/sources/port-office-2011.yaml"
    source.write_text(f"{source.read_text('utf-8')}linked: false\n", "utf-8")
    Service.asked.clear()
    assert main(["archive", "port-office-2011", "--service", service, "--messages", "en"]) == 1
    assert "so no copy is asked for" in capsys.readouterr().err
    assert Service.asked == []
