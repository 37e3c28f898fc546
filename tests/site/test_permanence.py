"""What becomes of the originals: looked for on request, noted in the repository, told to the reader."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from expoarchive.cli.links import Answer
from expoarchive.cli.main import main
from expoarchive.cli.record_links import with_outcome
from expoarchive.records.source import Outcome
from tests.sites import TINY_EXPO, Site, lay_site
from tests.sweep import swept

Build = Callable[..., Site]
SOURCES = "content/sources"
GAZETTE = f"{SOURCES}/gazette-2009.yaml"
URL = "url: https://gazette.example/2009/fair\n"
GONE = "checked: {date: 2026-05-03, outcome: gone}\n"
COPY = "archived: https://archive.example/fair\n"
PAPER = 'on_paper: {en: "Lune Gazette, 2 June 2009, p. 3", fr: "La Gazette, 2 juin 2009, p. 3"}\n'


def with_lines(*lines: str) -> dict[str, str]:
    """One of the tiny expo's sources, with these below its address."""
    text = (TINY_EXPO / GAZETTE).read_text("utf-8")
    return {GAZETTE: text.replace(URL, "".join([URL, *lines]))}


# --- what readers are told


def test_a_source_that_nobody_looked_for_says_nothing_of_it(tiny_site: Site) -> None:
    """Neither its page nor the notes speak of a check that nobody made, or of a date."""
    assert "Last checked" not in tiny_site.pages("en/sources/gazette-2009/")
    assert "Last checked" not in tiny_site.pages("en/editions/2009/")


def test_a_source_that_is_gone_leads_to_its_copy(build_site: Build) -> None:
    """On its page and in the notes of what cites it: when it was missed, the copy, the place on paper."""
    site = build_site(with_lines(GONE, COPY, PAPER))
    page, note = site.pages("en/sources/gazette-2009/"), site.pages("en/editions/2009/")

    for html in (page, note):
        assert "Gone: the address no longer had it on 3 May 2026." in html
        assert 'href="https://archive.example/fair"' in html
        assert "Lune Gazette, 2 June 2009, p. 3" in html
    assert 'href="https://gazette.example/2009/fair"' in page
    assert 'href="https://gazette.example/2009/fair"' not in note


def test_a_source_that_is_gone_without_a_copy_leads_nowhere(build_site: Build) -> None:
    """Its notes name it, and say so."""
    note = build_site(with_lines(GONE)).pages("en/editions/2009/")

    assert "Gone: the address no longer had it on 3 May 2026." in note
    assert "gazette.example" not in note


@pytest.mark.parametrize("outcome", swept(["there", "moved", "refused", "silent"], ["moved", "silent"]))
def test_a_source_that_may_be_there_is_still_linked(build_site: Build, outcome: str) -> None:
    """Its page tells what happened; notes stay as they were."""
    site = build_site(with_lines(GONE.replace("gone", outcome)))

    assert "3 May 2026" in site.pages("en/sources/gazette-2009/")
    assert 'href="https://gazette.example/2009/fair"' in site.pages("en/editions/2009/")
    assert "3 May 2026" not in site.pages("en/editions/2009/")


def test_the_data_tells_it_too(build_site: Build) -> None:
    """Empty where nothing is known."""
    rows = json.loads(build_site(with_lines(GONE, COPY)).pages("data/sources.json"))
    by_id = {row["source"]: row for row in rows}
    told = {name: by_id["gazette-2009"][name] for name in ("checked", "outcome", "archived")}

    assert told == {"checked": "2026-05-03", "outcome": "gone", "archived": "https://archive.example/fair"}
    assert not {"checked", "outcome", "archived"} & by_id["port-office-2011"].keys()


def test_an_outcome_without_an_address_is_a_fault(build_site: Build) -> None:
    """Nobody can have asked."""
    text = (TINY_EXPO / GAZETTE).read_text("utf-8").replace(URL, GONE)

    assert "checked-without-url" in build_site({GAZETTE: text}).kinds()


# --- what the generator writes

SAID: tuple[str, Outcome] = ("2026-11-24", "there")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# first\nurl: https://a.example/  # read twice\nlanguage: en\n\n# to do\n",
            "# first\nurl: https://a.example/  # read twice\nchecked: {date: 2026-11-24, outcome: there}\n"
            "language: en\n\n# to do\n",
        ),
        (
            "url: https://a.example/\r\nlanguage: en\r\n",
            "url: https://a.example/\r\nchecked: {date: 2026-11-24, outcome: there}\r\nlanguage: en\r\n",
        ),
        (
            "    url: https://a.example/\n    language: en\n",
            "    url: https://a.example/\n    checked: {date: 2026-11-24, outcome: there}\n    language: en\n",
        ),
        (
            "{language: en, url: https://a.example/}\n",
            "{checked: {date: 2026-11-24, outcome: there}, language: en, url: https://a.example/}\n",
        ),
        (
            "checked: {outcome: gone, date: 2020-01-01}  # by hand\nurl: https://a.example/\n",
            "checked: {outcome: there, date: 2026-11-24}  # by hand\nurl: https://a.example/\n",
        ),
        (
            "url: https://a.example/\nchecked:\n  date: '2020-01-01'  # then\n  outcome: \"gone\"\n",
            "url: https://a.example/\nchecked:\n  date: 2026-11-24  # then\n  outcome: there\n",
        ),
    ],
    ids=["block", "crlf", "indented", "braces", "again", "again in lines"],
)
def test_an_outcome_changes_nothing_else(before: str, after: str) -> None:
    """Comments, order, line ends and indentation are the editor's."""
    assert with_outcome(before, SAID) == after
    assert with_outcome(after, SAID) == after


def test_an_entry_that_would_not_read_back_is_left_alone() -> None:
    """An address over several lines has no line below it."""
    assert with_outcome("url: >-\n  https://a.example/\nlanguage: en\n", SAID) is None
    assert with_outcome("{language: en}\n", SAID) is None


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, url="https://www.a.example/x/"), "there"),
        (Answer(200, url="https://a.example/"), "moved"),
        (Answer(404), "gone"),
        (Answer(410), "gone"),
        (Answer(403), "refused"),
        (Answer(500), "silent"),
        (Answer(0, "timeout"), "silent"),
        (Answer(0, "certificate"), "refused"),
        (Answer(0, "expired"), "refused"),
    ],
)
def test_an_answer_means_something_to_a_reader(answer: Answer, outcome: str) -> None:
    """An address that leads to another page, often the first of its host, is not there any more."""
    assert answer.outcome("http://a.example/x") == outcome


def sources() -> dict[str, str]:
    """The files of the sources, in the order of their names."""
    return {file.name: file.read_text("utf-8") for file in sorted(Path(SOURCES).iterdir())}


def without_outcomes(noted: dict[str, str]) -> dict[str, str]:
    """The files without the lines that say what was found on that day."""
    line = f"checked: {{date: {date.fromtimestamp(1790000000)}, outcome: gone}}\n"
    return {name: text.replace(line, "") for name, text in noted.items()}


def addresses_noted(noted: dict[str, str]) -> list[str]:
    """The addresses with an outcome right below them."""
    return re.findall(r"url: (\S+)\nchecked", "".join(noted.values()))


def test_outcomes_are_noted_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--online` touches no source; `--record` notes the day and outcome of those that are linked."""
    lay_site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setattr("expoarchive.cli.links._one", lambda address, method: Answer(404, when=1790000000))
    monkeypatch.setattr("expoarchive.cli.links.ask.__kwdefaults__", {"pause": 0, "wait": lambda seconds: None})
    before = sources()
    main(["check", "--online", "--messages", "en"])
    untouched = sources()
    code = main(["check", "--record", "--messages", "en"])
    noted = sources()

    assert untouched == before
    assert code == 0
    assert without_outcomes(noted) == before
    assert addresses_noted(noted) == ["https://gazette.example/2009/fair", "https://port.example/bilan"]
    said = capsys.readouterr()
    assert "the outcome of 2 sources noted" in said.err
    assert "answered was noted in content/sources/, and nothing else written" in said.out
    assert main(["check", "--messages", "en"]) == 0


def test_an_address_that_was_changed_while_others_were_asked_has_no_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is read again when it is written: what an editor saved meanwhile stays, and nothing is said of it."""
    lay_site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")
    port = Path(SOURCES, "port-office-2011.yaml")
    before = port.read_text("utf-8")
    saved = before.replace("https://port.example/bilan", "https://port.example/other")

    def asked(addresses: Iterable[str]) -> dict[str, Answer]:
        port.write_text(saved, "utf-8")
        return {address: Answer(404, when=1790000000) for address in addresses}

    monkeypatch.setattr("expoarchive.cli.links.ask", asked)
    main(["check", "--record", "--messages", "en"])

    assert saved != before
    assert port.read_text("utf-8") == saved
    assert addresses_noted(sources()) == ["https://gazette.example/2009/fair"]
    assert "the outcome of 1 sources noted" in capsys.readouterr().err
