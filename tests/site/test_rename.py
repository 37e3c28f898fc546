"""An entry gets another id in one step: everything follows, nothing that others have noted changes."""

import contextlib
import json
import shutil
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from expoarchive.build import build, review, survey
from expoarchive.build.rename import rename
from expoarchive.cache.location import cache_file, exchange_note
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.records.translation import standings
from expoarchive.write import exchange, take_back
from tests import builds
from tests.sites import check_small, lay_kept, lay_sources

ARTICLE = "content/articles/first-crane"
# Of every kind, also those that addresses of claims are made of.
RENAMED = {
    "article first-crane": "crane-story",
    "page about": "colophon",
    "source gazette-2009": "gazette",
    "picture quay-crane": "red-crane",
    "recording harbour-radio": "radio",
    "place port-lune": "lune",
    "person ada-lune": "ada",
    "part night-market": "night",
    "measure takings": "income",
    "venue quay-hall": "quay",
    "company grues-du-port": "grues",
    "role guest": "visitor",
    "unit crown": "crowns",
    "industry crane-building": "cranes-built",
    "topic cranes": "lifting",
    "guest-country upland": "highland",
}
# A vocabulary of the site's own, whose entries are parts of the fair.
GUESTS = """\
vocabularies:
  guest-countries:
    one: guest-country
    name: {en: Guest country, fr: Pays invité}
    title: {en: Guest countries, fr: Pays invités}
    lead: {en: Who was invited., fr: Qui fut invité.}
    part: true
"""
# Written as editors write: a list in lines, a carriage return, a mark at the start, a former id already.
ODD = {
    f"{ARTICLE}/article.yaml": "date: 2012-01-15\r\ntopics:\r\n  - cranes # all of them\r\neditions: [2009]\r\n"
    "aliases:\r\n  - cranes-1\r\n  - cranes-2\r\nsources: [gazette-2009]\r\n",
    "content/vocabularies/guest-countries.yaml": "upland:\n"
    "  name: {en: Upland, fr: Hauts}\n  aliases: guest-country:hills\n",
    "content/editions/2013.yaml": "year: 2013\nfigures:\n"
    "  visitors: {value: 1700, part: upland, terms: [guest-country:upland], sources: [gazette-2009]}\n",
    "content/wordings.yaml": "\ufeffabsence: {en: [never heard]}\n",
    "content/absences.yaml": "a:\n  what: {en: A., fr: A.}\n"
    "  covers: [2010#takings-night-market, 2012#deal.port-lune]\n  date: 2026-01-01\n",
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny expo, released, so that nothing published may change."""
    folder = tmp_path_factory.mktemp("released")
    lay_sources(folder, {})
    lay_kept(cache_file(folder))
    with (folder / "site_config.yaml").open("a", encoding="utf-8") as config:
        config.write(GUESTS)
    for file, text in ODD.items():
        (folder / file).write_bytes(text.encode())
    with contextlib.chdir(folder):
        assert main(["restamp", "--all"]) == 0
        assert main(["release", "1.0"]) == 0
    return folder


@pytest.fixture
def fair(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to work in."""
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    lay_kept(cache_file(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sources(root: Path) -> dict[str, bytes]:
    """Every file of the content."""
    files = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_everything_follows_and_nothing_published_changes(fair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sixteen entries of sixteen kinds: no error, no stale translation, every claim where it was."""
    store = Store()
    before, warnings = survey(fair, store)
    assert before is not None
    for named, new in RENAMED.items():
        assert main(["rename", *named.split(" "), new]) == 0, named
    after, problems = survey(fair, store)

    assert after is not None
    assert problems == warnings == []
    assert [*after.records.claims.by_address] == [*before.records.claims.by_address]
    states = [[one.state for one in standings(site.records, ("en", "fr"))] for site in (before, after)]
    assert states[0] == states[1]
    assert {one.permalink for one in after.moved} >= {"en/articles/first-crane/", "fr/venues/quay-hall/", "en/about/"}
    record = (fair / "content/articles/crane-story/article.yaml").read_bytes().decode()
    assert "aliases: [first-crane, cranes-1, cranes-2]\r\nsources: [gazette]\r\n" in record
    assert "  - lifting # all of them\r\n" in record
    assert "covers: [2010#income-night, 2012#deal.lune]" in (fair / "content/absences.yaml").read_text("utf-8")
    guests = (fair / "content/vocabularies/guest-countries.yaml").read_text("utf-8")
    assert guests.startswith("highland:\n")
    assert "aliases: [upland, guest-country:hills]" in guests
    claim = (fair / "content/editions/2013.yaml").read_text("utf-8")
    assert "id: visitors-upland" in claim
    assert "part: highland, terms: [guest-country:highland]" in claim
    assert not (fair / ARTICLE).exists()

    # And back: the former id is one no more, so that its address is a page again.
    capsys.readouterr()
    assert main(["rename", "article", "crane-story", "first-crane", "--messages", "en"]) == 0
    assert "renamed crane-story to first-crane: 5 files changed, 2 references" in capsys.readouterr().out
    assert "aliases: [crane-story, cranes-1, cranes-2]" in (fair / ARTICLE / "article.yaml").read_text("utf-8")
    assert survey(fair, store)[1] == []


def test_a_dry_run_shows_every_line_and_writes_none(fair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines as they are and as they would be, and where files would move."""
    before = sources(fair)

    assert main(["rename", "source", "gazette-2009", "gazette", "--dry-run", "--messages", "en"]) == 0

    said = capsys.readouterr().out
    assert "-  closed: {date: 2009-06-03, sources: [{source: gazette-2009, locator: page 3}]}" in said
    assert "+  closed: {date: 2009-06-03, sources: [{source: gazette, locator: page 3}]}" in said
    assert "content/sources/gazette-2009.yaml → content/sources/gazette.yaml" in said
    assert "nothing written" in said
    assert sources(fair) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("article first-cran crane-story", "did you mean “first-crane”?"),
        ("source gazette-2009 copy-2010", "already"),
        ("place port-lune night-market", "already"),
        ("page home start", "site’s own"),
        ("topic cranes Cranes", "is not an id"),
        ("edition 2009 2008", "choose from"),
        ("guest-contry upland highland", "did you mean “guest-country”?"),
        ("guest-country upland port-lune", "already"),
    ],
)
def test_what_cannot_be_an_id_or_is_anothers_is_refused(
    fair: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    """Nothing is written then."""
    before = sources(fair)
    try:
        code = main(["rename", *words.split(" "), "--messages", "en"])
    except SystemExit as end:
        code = int(str(end.code))

    assert said in capsys.readouterr().err
    assert code in (1, 2)
    assert sources(fair) == before


def test_all_files_change_or_none(fair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the third file cannot be written, the first two are as they were."""
    before = sources(fair)
    written: list[Path] = []

    def put(path: Path, data: bytes) -> None:
        written.append(path)
        # The first is the note of what is begun.
        if len(written) == 4:
            raise OSError("no space left")
        path.write_bytes(data)

    monkeypatch.setattr(sys.modules["expoarchive.write.exchange"], "put_file", put)
    assert main(["rename", "source", "gazette-2009", "gazette"]) == 1
    assert sources(fair) == before


def test_a_kill_at_any_step_is_taken_back_by_the_next_command(
    fair: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every file is as it was, or everything was done; what somebody has saved since is left alone, and named."""
    cache = tmp_path_factory.mktemp("kept")
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(cache))
    site, before = survey(fair)[0], sources(fair)
    assert site is not None
    made, _ = rename(fair, site, "article", "first-crane", "crane-story", Store())
    half, step = 0, 0
    while builds.killed(builds.start(builds.exchange_until, step, fair, cache, made.texts, made.before)):
        half += sources(fair) != before
        take_back(fair)
        assert sources(fair) == before, step
        assert not (fair / "content/articles/crane-story").exists()
        step += 1
    assert half > len(made.texts)
    note = exchange_note(fair)
    assert note is not None
    assert not note.exists()

    exchange(fair, made.before, made.texts)
    assert sources(fair) == before
    builds.start(builds.exchange_until, step - 2, fair, cache, made.texts, made.before).join()
    (fair / "content/articles/crane-story/fr.md").write_text("Mine.\n", "utf-8")
    assert main(["figure", "2009", "--messages", "en"]) == 1
    said = capsys.readouterr().err
    assert "broken off half-way: the 7 files that it had changed are as they were before it" in said
    assert "content/articles/crane-story/fr.md has been changed since" in said


def test_a_forged_note_reaches_no_file_but_sources(
    fair: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may have written to the machine's caches."""
    cache = tmp_path_factory.mktemp("kept")
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(cache))
    beside = fair.parent / "mine.txt"
    reached = {"../mine.txt": beside, "content/../build.py": fair / "build.py", str(beside): beside}
    for path in reached.values():
        path.write_text("mine", "utf-8")
    begun = {name: [b64encode(b"forged").decode(), sha256(b"mine").hexdigest()] for name in reached}
    note = exchange_note(fair)
    assert note is not None
    assert note.parent == cache
    note.write_text(json.dumps(begun), "utf-8")

    assert take_back(fair) == ([], [])
    assert {path.read_text("utf-8") for path in reached.values()} == {"mine"}


def test_a_former_id_means_the_entry_wherever_it_stands(tmp_path: Path) -> None:
    """In links and citations of prose and in records: an alias is enough."""
    text = "---\ntitle: T\nsummary: S\n---\n\n[[article:first-crane]] [[source:gazette-2009]]\n"
    lay_sources(tmp_path, {"content/pages/about/fr.md": text})
    (tmp_path / ARTICLE).rename(tmp_path / "content/articles/crane-story")
    with (tmp_path / "content/articles/crane-story/article.yaml").open("a", encoding="utf-8") as record:
        record.write("aliases: [first-crane]\n")
    source = tmp_path / "content/sources/gazette-2009.yaml"
    source.write_text(f"aliases: gazette-2009\n{source.read_text('utf-8')}", "utf-8")
    source.rename(source.with_name("gazette.yaml"))

    outcome = review(tmp_path, build(tmp_path, tmp_path / "output"))

    assert {one.kind for one in outcome.problems} <= {"translation-unstamped"}
    page = (tmp_path / "output/fr/about/index.html").read_text("utf-8")
    assert 'href="../articles/crane-story/"' in page
    assert 'href="../sources/gazette/"' in page
    assert "first-crane" not in page
    assert check_small(tmp_path).ok
