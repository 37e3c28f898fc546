"""What an editor types, and what comes back."""

import json
from pathlib import Path

import pytest

from tests.builds import run
from tests.sites import lay_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The tiny expo, laid in a folder of its own."""
    lay_site(tmp_path / "site", {})
    return tmp_path / "site"


def test_a_build_ends_with_one_line_of_summary(site: Path) -> None:
    """It says how many pages and links there are, and that nothing is wrong by exit code 0."""
    done = run(site, "build")

    assert done.returncode == 0
    assert ": error:" not in done.stderr
    assert "pages" in done.stdout
    assert (site / "output/en/index.html").is_file()


def test_an_error_is_told_with_its_place_and_without_a_traceback(site: Path) -> None:
    """File, line and column first; exit code 1."""
    (site / "content/editions/2011.yaml").write_text("year: 2011\nstatus: hold\n", "utf-8")
    done = run(site, "check")

    assert done.returncode == 1
    assert "content/editions/2011.yaml:2:9: error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_messages_come_in_chinese_when_asked(site: Path) -> None:
    """The editor's language is the editor's choice."""
    (site / "content/editions/2011.yaml").write_text("year: 2011\nfigurs: {}\n", "utf-8")
    done = run(site, "check", "--messages", "zh")

    assert "content/editions/2011.yaml:2:1:" in done.stderr
    assert "错误：此处不能有键“figurs”" in done.stderr


@pytest.mark.parametrize("path", ["/../", "../x", "/a/./", "/a b/", f"/{'a' * 40}!"])
def test_a_base_path_that_is_none_is_a_slip_of_the_command_line(site: Path, path: str) -> None:
    """Not the way to another folder; however long, it is known at once."""
    done = run(site, "build", "--base-path", path)

    assert done.returncode == 2
    assert "is not a path such as /archive/" in done.stderr


def test_problems_can_be_read_by_programs(site: Path) -> None:
    """JSON has every problem with its place."""
    (site / "content/editions/2011.yaml").write_text("year: 2011\nfigurs: {}\n", "utf-8")
    done = run(site, "check", "--format", "json")
    problems = json.loads(done.stdout)
    listed = problems if isinstance(problems, list) else problems["problems"]

    assert [(p["file"], p["line"], p["column"], p["kind"]) for p in listed] == [
        ("content/editions/2011.yaml", 2, 1, "unknown-key")
    ]


def test_warnings_are_errors_when_asked(site: Path) -> None:
    """A warning does not stop a build, unless --strict says so."""
    article = site / "content/articles/first-crane/en.md"
    article.write_text(article.read_text("utf-8").replace("It drew", "Revenue drew"), "utf-8")

    assert run(site, "check").returncode == 0
    assert run(site, "check", "--strict").returncode == 1


@pytest.mark.parametrize("words", [["bild"], ["build", "--fast"], ["build", "--address", "nowhere"], []])
def test_a_slip_on_the_command_line_gets_help_and_exit_code_2(site: Path, words: list[str]) -> None:
    """Unknown commands, options and values are told apart from errors in the content."""
    done = run(site, *words)

    assert done.returncode == 2
    assert "usage: build.py" in done.stderr


def test_clean_removes_the_site_and_nothing_else(site: Path) -> None:
    """The output goes, the sources stay."""
    run(site, "build")
    done = run(site, "clean")

    assert done.returncode == 0
    assert not (site / "output").exists()
    assert (site / "content/sources/gazette-2009.yaml").is_file()


def test_clean_leaves_a_folder_that_is_not_the_generators(site: Path) -> None:
    """A folder without the generator's list of files is somebody's own."""
    (site / "output").mkdir()
    (site / "output/letter.txt").write_text("mine", "utf-8")
    done = run(site, "clean")

    assert done.returncode == 1
    assert (site / "output/letter.txt").is_file()


def test_a_new_edition_builds_as_it_is(site: Path) -> None:
    """What `new edition` writes is valid, says what to fill in, and is never written over."""
    made = run(site, "new", "edition", "2013")
    again = run(site, "new", "edition", "2013")

    assert made.returncode == 0
    assert again.returncode == 1
    assert run(site, "check").returncode == 0


def test_a_new_article_builds_as_it_is(site: Path) -> None:
    """What `new article` writes is valid in each language of the site."""
    made = run(site, "new", "article", "second-crane")

    assert made.returncode == 0
    assert (site / "content/articles/second-crane/fr.md").is_file()
    assert run(site, "check").returncode == 0


@pytest.mark.parametrize("words", [("edition", "2013b"), ("article", "../up"), ("article", "Größe")])
def test_a_name_that_is_no_id_is_refused(site: Path, words: tuple[str, str]) -> None:
    """Nothing is written outside the content, nor under an address that breaks."""
    before = sorted(site.rglob("*"))
    done = run(site, "new", *words)

    assert done.returncode == 2
    assert sorted(site.rglob("*")) == before


ADDRESS = "https://www.gazette.example/news/2011/06/05/cranes.html"


def sources(site: Path) -> dict[str, bytes]:
    """The files of the sources."""
    return {path.name: path.read_bytes() for path in (site / "content/sources").iterdir()}


def test_a_new_source_is_a_file_of_its_own(site: Path) -> None:
    """Valid as it is, its id made of host and date; what was there stays as it was."""
    before = sources(site)
    done = run(site, "new", "source", ADDRESS)
    after = sources(site)
    new = after.pop("gazette-2011-06-05.yaml").decode()

    assert done.returncode == 0
    assert "[@gazette-2011-06-05]" in done.stdout
    assert after == before
    assert f"\nurl: {ADDRESS}\npublished: 2011-06-05 " in new
    assert run(site, "check").returncode == 0


def test_a_source_that_is_there_is_not_added_again(site: Path) -> None:
    """Its id is named, whatever scheme or slash the address is written with."""
    before = sources(site)
    done = run(site, "new", "source", "http://www.gazette.example/2009/fair/")

    assert done.returncode == 1
    assert "[@gazette-2009] (content/sources/gazette-2009.yaml)" in done.stderr
    assert sources(site) == before


@pytest.mark.parametrize("words", [("gazette",), ("https://",), (ADDRESS, "--id", "Gazette"), ("https://a.b/c d",)])
def test_what_is_no_address_or_id_is_no_source(site: Path, words: tuple[str, ...]) -> None:
    """Exit code 2, and nothing is written."""
    before = sources(site)
    done = run(site, "new", "source", *words)

    assert done.returncode == 2
    assert sources(site) == before


@pytest.mark.parametrize(
    ("url", "proposed"),
    [
        ("https://m.people.com.cn/n1/2022/0723/c1-1.html", "people-2022-07-23"),
        ("http://www.gov.cn/", "www-gov-cn"),
        ("https://port.example/20220229/x", "port"),
        ("https://a.example/x/202207/t20220703_1.html", "a-2022-07-03"),
        ("https://taken.org/", "taken-2"),
    ],
)
def test_an_id_is_made_of_the_host_and_the_date(url: str, proposed: str) -> None:
    """A day that does not exist is no date; an id that is taken is counted on."""
    from expoarchive.cli.new_source import proposed_id

    assert proposed_id(url, {"taken"}) == proposed


def test_what_is_new_begins_as_a_draft(site: Path) -> None:
    """Half a record is not published; every line of its comments is in both languages of editors."""
    run(site, "new", "edition", "2013")
    text = (site / "content/editions/2013.yaml").read_text("utf-8")

    assert "\ndraft: true " in text
    assert text.startswith("# yaml-language-server: $schema=../.schemas/edition.json\n")
    assert run(site, "check", "--drafts").returncode == 0


def test_what_somebody_put_into_the_output_goes_and_is_told_once(site: Path) -> None:
    """The build after it finds nothing to do, and nothing to warn of."""
    run(site, "build")
    (site / "output/z.html").write_text("x", "utf-8")
    done = run(site, "build")

    assert done.returncode == 0
    assert "z.html" in done.stderr
    assert not (site / "output/z.html").exists()
    done = run(site, "build")
    assert done.stdout.startswith("nothing has changed")
    assert "z.html" not in done.stderr


def test_an_archive_is_not_written_over_a_source(site: Path) -> None:
    """Nor is anything built then; over an earlier archive it is."""
    before = (site / "site_config.yaml").read_bytes()
    done = run(site, "build", "--archive", "site_config.yaml")

    assert done.returncode == 1
    assert "archive" in done.stderr
    assert (site / "site_config.yaml").read_bytes() == before
    assert not (site / "output").exists()
    assert [run(site, "build", "--archive", "site.zip").returncode for _ in range(2)] == [0, 0]
