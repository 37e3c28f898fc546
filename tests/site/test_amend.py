"""What commands write to the sources: one at a time, none lost, and nothing that the next build would stop at."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from expoarchive.build import amend, survey
from expoarchive.cache.location import VARIABLE
from expoarchive.cli import amend as words_of
from expoarchive.cli.amend import quoted
from expoarchive.cli.main import main
from expoarchive.nodes import SourceText, parse_yaml
from expoarchive.nodes.node import MappingNode
from tests import builds
from tests.sites import TINY_EXPO, lay_site

SOURCES = "content/sources"
GAZETTE = f"{SOURCES}/gazette-2009.yaml"
LEDGER = "content/published.yaml"
BEFORE = (TINY_EXPO / GAZETTE).read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny expo, and the command line in it."""
    lay_site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def sources(root: Path) -> dict[str, str]:
    """The files of the sources by name."""
    return {file.name: file.read_text("utf-8") for file in (root / SOURCES).iterdir()}


def cache() -> Path:
    """Where commands keep things."""
    return Path(os.environ[VARIABLE])


def all_at_once(*works: tuple[Callable[..., object], tuple[object, ...]]) -> list[int | None]:
    """Each in a process of its own; their exit codes."""
    processes = [builds.start(work, *arguments) for work, arguments in works]
    for process in processes:
        process.join(240)
    return [process.exitcode for process in processes]


def test_no_entry_is_lost_where_eight_are_added_at_once(site: Path) -> None:
    """Each waits its turn, and reads the folder then."""
    urls = [f"https://paper-{number}.example/" for number in range(8)]
    codes = all_at_once(*((builds.in_site, (site, cache(), ["new", "source", url])) for url in urls))
    there = [yaml.safe_load(text).get("url") for text in sources(site).values()]

    assert codes == [0] * 8
    assert set(urls) <= set(there)
    assert survey(site)[1] == []


def test_commands_of_every_sort_take_turns(site: Path) -> None:
    """Sources, an edition, an article, stamps, outcomes, a release and a look at a figure: all is there in the end."""
    commands = [
        ["new", "source", "https://one.example/"],
        ["new", "source", "https://two.example/"],
        ["new", "edition", "2013"],
        ["new", "article", "second-crane"],
        ["restamp", "--all"],
        ["release", "1.0"],
        ["schemas"],
        ["figure", "2011"],
    ]
    works = [(builds.in_site, (site, cache(), words)) for words in commands]
    codes = all_at_once(*works, (builds.record, (site, cache())))
    text = "".join(sources(site).values())

    assert codes == [0] * len(codes)
    assert "https://one.example/" in text
    assert "https://two.example/" in text
    assert text.count("outcome: there") >= 2
    assert '"1.0"' in (site / LEDGER).read_text("utf-8")
    assert survey(site)[1] == []
    assert {2009, 2011, 2013} <= set(survey(site)[0].records.editions)  # type: ignore[union-attr]


def test_a_command_says_that_it_waits_and_gives_up_in_the_end(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who holds the sources all the while keeps others from writing: exit code 1, and not a byte is changed."""
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("expoarchive.write.lock.PATIENCE", 0.5)
    monkeypatch.setattr(words_of, "QUIET", 0.0)
    hears, tells = builds.pipe()
    holder = builds.start(builds.hold_the_sources, site, tmp_path / "cache", tells)
    try:
        assert builds.heard(hears)
        code = main(["new", "source", "https://one.example/", "--messages", "en"])
    finally:
        holder.kill()
        holder.join(60)
    told = capsys.readouterr().err

    assert code == 1
    assert told.count("waiting for another command that writes to the sources") == 1
    assert "did not end" in told
    assert sources(site) == sources(TINY_EXPO)
    assert main(["new", "source", "https://one.example/", "--messages", "en"]) == 0


def test_a_source_in_the_place_of_another_address_is_not_added(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, and the fault is told as the build would."""
    (site / GAZETTE).write_text(f"{BEFORE}aliases: [one]\n", "utf-8")
    before = sources(site)
    code = main(["new", "source", "https://one.example/", "--messages", "en"])

    assert code == 1
    assert "nothing was written" in capsys.readouterr().err
    assert sources(site) == before


def test_no_source_is_added_while_another_cannot_be_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its address may be the very same."""
    (site / GAZETTE).write_text(f"{BEFORE}note: [\n", "utf-8")
    before = sources(site)
    code = main(["new", "source", "https://one.example/", "--messages", "en"])

    assert code == 1
    assert f"{GAZETTE}:" in capsys.readouterr().err
    assert sources(site) == before


@pytest.mark.parametrize(
    "url", ["https://a.example/x:", "https://a.example/?a=b#c", "https://报纸.中国/x,y", "https://a.example/'"]
)
def test_an_address_reads_back_as_it_was_given(site: Path, url: str) -> None:
    """Whatever signs it ends in or YAML has a use for."""
    assert main(["new", "source", url, "--id", "it", "--messages", "en"]) == 0
    assert yaml.safe_load(sources(site)["it.yaml"])["url"] == url
    assert survey(site)[1] == []


def test_an_error_that_is_there_already_does_not_stop_a_new_source(site: Path) -> None:
    """An editor who fills in one source may begin another."""
    (site / SOURCES / "begun.yaml").write_text("language: en\n", "utf-8")
    code = main(["new", "source", "https://one.example/", "--messages", "en"])

    assert code == 0
    assert "https://one.example/" in sources(site)["one.yaml"]
    assert {problem.kind for problem in survey(site)[1]} == {"missing-key"}


def test_an_article_in_the_place_of_another_address_is_not_begun(site: Path) -> None:
    """The whole site is looked at, not the new file alone."""
    article = site / "content/articles/first-crane/article.yaml"
    article.write_text(article.read_text("utf-8") + "aliases: [old-crane]\n", "utf-8")

    assert main(["new", "article", "old-crane", "--messages", "en"]) == 1
    assert not (site / "content/articles/old-crane").exists()


def test_what_somebody_saves_meanwhile_is_never_written_over(site: Path) -> None:
    """All or none: the file beside it is not written either."""
    changed = {GAZETTE: f"{BEFORE}\n# mine\n".encode(), "content/eras.yaml": b"{}\n"}
    eras = (site / "content/eras.yaml").read_bytes() if (site / "content/eras.yaml").is_file() else None
    problems = amend(site, changed, {GAZETTE: b"what it was before", "content/eras.yaml": eras})

    assert [(problem.kind, problem.place.file) for problem in problems] == [("source-changed", GAZETTE)]
    assert (site / GAZETTE).read_text("utf-8") == BEFORE


def test_a_disk_that_takes_no_more_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is added, and none is changed."""

    def full(*given: object) -> None:
        raise OSError(28, os.strerror(28), SOURCES)

    monkeypatch.setattr(Path, "replace", full)

    assert main(["new", "source", "https://one.example/", "--messages", "en"]) == 1
    assert "the command broke off" in capsys.readouterr().err
    assert sources(site) == sources(TINY_EXPO)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1))
def test_any_text_reads_back_as_it_was_written(text: str) -> None:
    """As a key and as a value: words that mean something to YAML, signs at which it ends a line."""
    assert_reads_back(text)


@pytest.mark.parametrize(
    "text",
    ["null", "~", "yes", "a:", "a #b", "2026-11-24", "1.0", "-", "'", '"', "\\", "\u2028", "https://h/x:", " a "],
)
def test_words_that_mean_something_to_yaml_read_back_as_text(text: str) -> None:
    """One of each sort."""
    assert_reads_back(text)


def assert_reads_back(text: str) -> None:
    """The text, written as a key and as a value, is both."""
    node, problems = parse_yaml(SourceText("a.yaml", f"{quoted(text)}: {quoted(text)}\n"))

    assert isinstance(node, MappingNode)
    assert {problem.kind for problem in problems} <= {"control-character", "fullwidth-digits"}
    assert [(key.text, value.text) for key, value in node.entries] == [(text, text)]  # type: ignore[union-attr]
