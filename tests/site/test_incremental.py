"""A build that rests on earlier ones gives the same bytes as one from nothing, whatever was edited in between."""

import gc
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expoarchive.build import Outcome, build, collector
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from tests.sites import ROOT, kept_of_tiny, lay_site
from tests.sweep import swept

ARTICLE = "content/articles/first-crane/en.md"
EDITION = "content/editions/2009.yaml"


class Bench:
    """A small site that is built again and again over what earlier builds kept.

    In a file as between commands; ``running``: in memory too, as in a preview.
    """

    def __init__(self, root: Path, *, running: bool = False) -> None:
        self.root = root / "site"
        self.output = root / "output"
        self.kept = root / "kept.db"
        lay_site(self.root, {})
        self.own = self.store() if running else None

    def store(self) -> Store:
        return Store(self.kept, "test")

    def build(self) -> Outcome:
        if self.own is not None:
            return build(self.root, self.output, store=self.own)
        store = self.store()
        try:
            return build(self.root, self.output, store=store)
        finally:
            store.close()

    def clean(self) -> tuple[Outcome, dict[str, bytes]]:
        """What a build from nothing makes of the same sources."""
        output = self.output.with_name("clean")
        shutil.rmtree(output, ignore_errors=True)
        return build(self.root, output), tree(output)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Made of all other pages, and so anew with any of them.
AUDITS = {"en/audit/", "fr/audit/"}


def fresh(outcome: Outcome) -> set[str]:
    """Permalinks of the pages that were made anew."""
    assert outcome.ok, outcome.problems
    return {page.page.permalink for page in outcome.pages if page.fresh}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that was built once, its output and what the build kept: to be copied."""
    folder = tmp_path_factory.mktemp("built")
    assert len(fresh(Bench(folder).build())) > 50
    return folder


@pytest.fixture
def bench(tmp_path: Path, built: Path) -> Bench:
    """A site of the test's own that was built once."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return Bench(tmp_path)


def test_nothing_changed_makes_nothing(bench: Bench) -> None:
    """No page is rendered and no file written."""
    outcome = bench.build()

    assert fresh(outcome) == set()
    assert outcome.written is not None
    assert (outcome.written.changed, outcome.written.removed) == (0, 0)


def test_what_another_machine_made_is_used_and_put_right(bench: Bench) -> None:
    """As unpacked beside a fresh checkout: each source has another time, one page is changed, and one is nobody's.

    What has its digest is not made again.
    """
    page = bench.output / "en" / "index.html"
    good = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Crane", b"Brane"))
    os.utime(page, ns=(good.st_atime_ns, good.st_mtime_ns))
    (bench.output / "en" / "stray.html").write_text("unchecked", "utf-8")
    for source in bench.root.rglob("*"):
        os.utime(source)
    outcome = bench.build()

    assert fresh(outcome) == set()
    assert outcome.written is not None
    assert outcome.written.changed == 1
    assert tree(bench.output) == bench.clean()[1]


def test_an_edited_text_makes_its_own_page_anew(bench: Bench) -> None:
    """And its translation's, which says how it stands to it. Lists show title and summary, not the text: they stay."""
    text = (bench.root / ARTICLE).read_text("utf-8")
    (bench.root / ARTICLE).write_text(f"{text}\nOne more sentence.\n", "utf-8")
    outcome = bench.build()

    assert fresh(outcome) == {"en/articles/first-crane/", "fr/articles/first-crane/"} | AUDITS
    assert tree(bench.output) == bench.clean()[1]


def test_the_page_that_somebody_waits_for_is_given_first(bench: Bench) -> None:
    """As it will be, before the build ends; one that stays as it is is not given."""
    given: dict[str, bytes] = {}
    first = ["en/articles/first-crane/index.html", "en/sources/index.html"]
    bench.edit(ARTICLE, "title:", "title: New")
    store = bench.store()
    outcome = build(bench.root, bench.output, store=store, first=first, show=given.__setitem__)
    store.close()

    assert outcome.ok
    assert list(given) == first[:1]
    assert given[first[0]] == (bench.output / first[0]).read_bytes()


def test_an_edited_title_makes_every_page_anew_that_shows_it(bench: Bench) -> None:
    """The article, the lists of articles, what it speaks of; no page of the other language, no other source."""
    bench.edit(ARTICLE, "title:", "title: New")
    made = fresh(bench.build())

    assert {"en/articles/first-crane/", "en/articles/", "en/"} <= made
    assert not {page for page in made if page.startswith("fr/sources/")}
    assert tree(bench.output) == bench.clean()[1]


def test_an_edited_source_makes_the_pages_anew_that_cite_it(bench: Bench) -> None:
    """Exactly those whose HTML names it, and the list of sources."""
    before = tree(bench.output)
    bench.edit(
        "content/sources/gazette-2009.yaml", "language:", "note: {en: Kept in a box., fr: Dans un carton.}\nlanguage:"
    )
    made = fresh(bench.build())
    naming = {name.removesuffix("index.html") for name, data in before.items() if b"source-gazette-2009" in data}

    assert {"en/sources/gazette-2009/", "fr/sources/gazette-2009/"} <= made
    assert {page for page in made if "/editions/20" in page} == {page for page in naming if "/editions/20" in page}
    assert tree(bench.output) == bench.clean()[1]


def test_a_style_sheet_makes_no_page_anew(bench: Bench) -> None:
    """Pages name it; they do not hold it."""
    path = bench.root / "templates/static/css/40-layout.css"
    path.write_text(path.read_text("utf-8") + "\n.more { color: red }\n", "utf-8")
    outcome = bench.build()

    assert fresh(outcome) == set()
    assert outcome.written is not None
    assert outcome.written.changed == 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("templates/strings/en.yaml", "home:", "home: New ", id="string", marks=pytest.mark.long),
        pytest.param("templates/partials/card/template.html", "<", "<!-- edited --><", id="partial"),
        pytest.param(
            "site_config.yaml", "base_path: /", "base_path: /moved", id="configuration", marks=pytest.mark.long
        ),
    ],
)
def test_what_every_page_is_made_of_makes_all_anew(bench: Bench, file: str, old: str, new: str) -> None:
    """A string, a template or the configuration: as slow as the first time, and right."""
    bench.edit(file, old, new)
    outcome = bench.build()

    assert len(fresh(outcome)) == len(outcome.pages)
    assert tree(bench.output) == bench.clean()[1]


@pytest.mark.long
@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no database", id="garbage"),
        pytest.param(None, id="half"),
    ],
)
def test_a_damaged_cache_costs_time_only(bench: Bench, harm: bytes | None) -> None:
    """Cut, overwritten or emptied, it is begun anew."""
    data = bench.kept.read_bytes()
    for path in bench.kept.parent.glob("kept.db*"):
        path.unlink()
    bench.kept.write_bytes(data[: len(data) // 2] if harm is None else harm)
    bench.edit(ARTICLE, "title:", "title: New")
    outcome = bench.build()

    assert outcome.ok
    assert tree(bench.output) == bench.clean()[1]
    assert fresh(bench.build()) == set()


def test_a_value_changed_in_the_cache_is_not_believed(bench: Bench) -> None:
    """Every value is kept with its sum."""
    import sqlite3

    with sqlite3.connect(bench.kept) as base:
        base.execute("UPDATE kept SET value = CAST(replace(value, 'Crane', 'Brane') AS BLOB)")
    shutil.rmtree(bench.output)
    bench.build()

    assert tree(bench.output) == bench.clean()[1]


# --- nothing to do ----------------------------------------------------------------------------------------------------


Run = Callable[..., str]


@pytest.fixture(scope="module")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that commands build, and of what these keep."""
    folder = tmp_path_factory.mktemp("commanded")
    lay_site(folder / "site", {})
    return folder


@pytest.fixture
def run(commanded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``build`` at the command line of that site, whose text is as it was laid; what it printed."""
    shutil.copyfile(ROOT / "tests" / "expo" / ARTICLE, commanded / "site" / ARTICLE)
    monkeypatch.chdir(commanded / "site")
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(commanded / "cache"))

    def build_it(*options: str) -> str:
        assert main(["build", "--messages", "en", *options]) == 0
        return capsys.readouterr().out

    return build_it


def test_a_build_with_nothing_to_do_says_so(run: Run, commanded: Path) -> None:
    """It reads neither records nor templates, and touches no file."""
    run()
    times = {path: path.stat().st_mtime_ns for path in (commanded / "site" / "output").rglob("*")}

    assert run().startswith("nothing has changed: ")
    assert {path: path.stat().st_mtime_ns for path in (commanded / "site" / "output").rglob("*")} == times


@pytest.mark.parametrize("language", swept(["en", "zh"], ["zh"]))
def test_a_build_with_nothing_to_do_warns_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """In the same words, or in those of another language: what is warned of is there until it is mended."""
    root = tmp_path / "site"
    lay_site(root, {})
    article = root / ARTICLE
    article.write_text(article.read_text("utf-8") + "\nThere were 4,321 lamps.\n", "utf-8")
    monkeypatch.chdir(root)

    def said(language: str) -> tuple[int, str, str]:
        code = main(["build", "--messages", language])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    monkeypatch.setenv("EXPOARCHIVE_CACHE", "")
    code, _, warned = said(language)
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(tmp_path / "cache"))
    said("en")
    again = said(language)

    assert code == again[0] == 0
    assert "4,321" in warned
    assert again[2] == warned
    assert again[1].startswith({"en": "nothing has changed: ", "zh": "没有变化："}[language])


@pytest.mark.parametrize(
    "what",
    swept(
        ["text", "same size", "output edited", "output file gone", "output", "options", "cache", "generator"],
        ["same size", "output edited", "options", "generator"],
    ),
)
def test_anything_that_changed_is_built(run: Run, commanded: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A source, even with its size and time as before; the output, whoever changed it; the options; the generator."""
    root, options = commanded / "site", []
    run()
    article, page = root / ARTICLE, root / "output" / "en" / "index.html"
    good = page.read_bytes()
    if what == "text":
        article.write_text(article.read_text("utf-8") + "\nMore.\n", "utf-8")
    elif what == "same size":
        before = article.stat()
        article.write_text(article.read_text("utf-8").replace("How a crane", "How a crone"), "utf-8")
        os.utime(article, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif what == "output edited":
        page.write_bytes(b"spoilt")
    elif what == "output file gone":
        page.unlink()
    elif what == "output":
        shutil.rmtree(root / "output")
    elif what == "options":
        options = ["--base-path", "/elsewhere/"]
    elif what == "generator":
        monkeypatch.setattr("expoarchive.cache.last.code_version", lambda: "another")
    else:
        for path in (commanded / "cache").iterdir():
            if path.is_file():
                path.write_bytes(b"{}")

    assert "links and" in run(*options)
    assert page.read_bytes() == good or what in ("options", "same size")


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_of_garbage_is_left_as_it_was(tmp_path: Path, on: bool) -> None:
    """A build rests it while it reads; whoever runs the build decides for what comes after, errors or not."""
    root = tmp_path / "site"
    lay_site(root, {})
    try:
        if not on:
            gc.disable()
        store = kept_of_tiny().copy()
        assert build(root, root / "output", store=store).ok
        assert gc.isenabled() == on
        lay_site(root, {"content/editions/2019.yaml": "year: [\n"})
        assert not build(root, root / "output", store=store).ok
        assert gc.isenabled() == on
    finally:
        gc.enable()


@pytest.mark.long
def test_builds_of_a_running_process_leave_no_garbage_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled templates and what refers to itself are collected before the next build sets apart what it read."""
    # Other tests have it idle.
    monkeypatch.setattr(collector, "gc", gc)
    bench = Bench(tmp_path, running=True)
    held = []
    # There and back, as the tests themselves keep each text that was compiled once.
    states = ("</body>", "<!-- edited --></body>")
    for number in range(9):
        bench.edit("templates/base.html", states[number % 2], states[1 - number % 2])
        assert bench.build().ok
        held.append(gc.get_freeze_count())

    assert held[-1] - held[2] < held[2] / 50


# --- any edit ---------------------------------------------------------------------------------------------------------

FOLDERS = ("content", "templates/strings", "templates/partials")
SINGLE = ("site_config.yaml", "templates/base.html", "templates/edition.html", "templates/static/css/40-layout.css")


def files_of(root: Path) -> list[str]:
    """What an editor may edit, in order."""
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.is_file()]
    texts = [path.relative_to(root).as_posix() for path in found if path.suffix in (".md", ".yaml", ".html", ".css")]
    return [*texts, *SINGLE]


def change_digit(lines: list[str], at: int, chance: random.Random) -> None:
    """Another figure, year or id."""
    lines[at] = "".join(
        str(chance.randrange(10)) if sign.isdigit() and chance.random() < 0.4 else sign for sign in lines[at]
    )


def change_word(lines: list[str], at: int, chance: random.Random) -> None:
    """A longer last word: of a text, an id, a key."""
    lines[at] = lines[at].rstrip("\n") + chance.choice(["s", " more", "!", " (edited)"]) + "\n"


def remove_line(lines: list[str], at: int, chance: random.Random) -> None:
    """One line less."""
    del lines[at]


def swap_lines(lines: list[str], at: int, chance: random.Random) -> None:
    """Entries, paragraphs or claims in another order."""
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def repeat_line(lines: list[str], at: int, chance: random.Random) -> None:
    """The same twice; mostly a key that stands twice."""
    lines.insert(at, lines[at])


CHANGES: list[Callable[[list[str], int, random.Random], None]] = [
    change_digit,
    change_digit,
    change_word,
    change_word,
    remove_line,
    swap_lines,
    repeat_line,
]


def edit_somewhere(root: Path, chance: random.Random) -> str:
    """One edit of any file: a line, or the file itself removed, renamed, copied, or put back. Says which file."""
    file = chance.choice(files_of(root))
    path, what = root / file, chance.random()
    original = ROOT / "tests" / "expo" / file if file.startswith(("content", "site_config")) else ROOT / file
    if what < 0.06 and file not in SINGLE:
        path.unlink()
    elif what < 0.1 and path.suffix in (".md", ".yaml") and file not in SINGLE:
        path.rename(path.with_stem(path.stem + chance.choice(["2", "x", "-old"])))
    elif what < 0.14 and file.startswith("content/articles/"):
        shutil.copytree(
            path.parent, path.parent.with_name(f"{path.parent.name}-{chance.randrange(9)}"), dirs_exist_ok=True
        )
    elif what < 0.35 and original.is_file():
        shutil.copyfile(original, path)
    else:
        lines = path.read_text("utf-8").splitlines(keepends=True)
        if lines:
            chance.choice(CHANGES)(lines, chance.randrange(len(lines)), chance)
        path.write_text("".join(lines), "utf-8")
    return file


def put_back(root: Path) -> None:
    """All sources as they were laid, and nothing else."""
    for folder in ("content", "templates"):
        shutil.rmtree(root / folder)
    lay_site(root, {})


def follow(bench: Bench, seed: int, steps: int) -> int:
    """Edit and build ``steps`` times; each build is what one from nothing would be. How many could be built at all."""
    chance = random.Random(seed)
    built = 0
    for step in range(steps):
        if step and chance.random() < 0.25:
            put_back(bench.root)
        edited = edit_somewhere(bench.root, chance)
        before = tree(bench.output)
        outcome = bench.build()
        clean, expected = bench.clean()

        assert [str(problem) for problem in outcome.problems] == [str(problem) for problem in clean.problems], edited
        assert tree(bench.output) == (expected if clean.ok else before), (seed, step, edited)
        built += clean.ok
    return built


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("running", [False, pytest.param(True, marks=pytest.mark.long)])
def test_any_edits_give_what_a_clean_build_gives(
    tmp_path_factory: pytest.TempPathFactory, running: bool, seed: int
) -> None:
    """Records, texts, sources, strings, templates, configuration; also edits that break the site, and their mending.

    One sequence of two; the long test below has five hundred of four.
    """
    bench = Bench(tmp_path_factory.mktemp("edits"), running=running)
    bench.build()

    follow(bench, seed, steps=2)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_five_hundred_sequences_of_edits(tmp_path: Path, part: int) -> None:
    """Ten times fifty sequences, each over what all before it kept; half of them in one running process."""
    bench = Bench(tmp_path, running=part % 2 == 1)
    bench.build()
    built = 0
    for number in range(50):
        put_back(bench.root)
        built += follow(bench, part * 1000 + number, steps=4)

    assert built > 40
