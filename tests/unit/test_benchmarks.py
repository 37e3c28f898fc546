"""Benchmarks compare like with like, and tell what they found as it is."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus import OURS, TOOLS, WHOLE, lay
from benchmarks.edits import EDITS, page_of
from benchmarks.goals import Figures
from benchmarks.measure import ARCHIVE, FLOOR, SCENARIOS, BuildFailed, Measured, floor, wipe
from benchmarks.measure import build as build_timed
from benchmarks.measure import run as run_process
from benchmarks.prose import HEAVIEST, LIGHTEST
from benchmarks.published import BARE, KEPT, PUBLISHED, STEPS
from benchmarks.report import Run, page
from benchmarks.served import SHOWN, WRITTEN, served
from benchmarks.tools import FINDERS, NODE_PEERS, PYTHON_PEERS, Tool, available
from expoarchive.build import Outcome, build
from expoarchive.build.review import review
from tests.sites import ROOT

TEXTS = 8
RESULTS = ROOT / "benchmarks" / "results.md"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus of every tool."""
    folder = tmp_path_factory.mktemp("corpora")
    for tool in TOOLS:
        lay(tool, folder / tool, TEXTS)
    return folder


@pytest.fixture(scope="module")
def built(corpora: Path) -> tuple[Path, Outcome]:
    """Ours, after each of the edits that are timed."""
    for name, edit in EDITS.items():
        edit(OURS, corpora / OURS, TEXTS, f"mark of {name}")
    return corpora / "output", build(corpora / OURS, corpora / "output")


def texts_of(folder: Path) -> list[Path]:
    """The Markdown of all articles, in the order of their names and languages."""
    found = [path for path in (folder / "content").rglob("*.md") if "report-" in str(path)]
    return sorted(found, key=lambda path: (re.findall(r"report-\d+", str(path)), "zh" in str(path)))


def words_of(text: str) -> str:
    """The article without its front matter, ids of headings, and the way its source and another article are linked."""
    body = text[text.index("\n\n") :]
    return re.sub(r" \{#part-\d\}", "", re.sub(r"(?m)^(\*\*.+\*\*) .*$", r"\1 LINKS", body.strip()))


def a_run(seconds: dict[str, float]) -> Run:
    """Of made-up times by tool, the same in each scenario."""
    measured = [
        Measured(tool, 5000 if tool != ARCHIVE else 0, scenario, time, 100, 5600, {"reading": 0.5}, 3)
        for tool, time in seconds.items()
        for scenario in (*SCENARIOS, "check")
    ]
    tools = [Tool(name, name.title(), "1.0", ()) for name in seconds if name not in (ARCHIVE, WHOLE)]
    return Run("2026-01-01", "2 cores", tools, ["Pelican"], Figures(measured), {"--help": [0.1]})


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool != OURS])
def test_every_tool_gets_the_same_words(corpora: Path, tool: str) -> None:
    """Only the dialect differs: ids of headings, and how a source and another article are linked."""
    ours = [words_of(path.read_text("utf-8")) for path in texts_of(corpora / OURS)]
    theirs = [words_of(path.read_text("utf-8")) for path in texts_of(corpora / tool)]

    assert len(ours) == TEXTS
    assert [text.partition("\n\nA sentence of an editor")[0] for text in ours] == theirs


def test_an_article_has_the_weight_that_is_told(corpora: Path) -> None:
    """The README says what a text weighs."""
    weights = [path.stat().st_size for path in texts_of(corpora / "hugo")]

    assert min(weights) >= LIGHTEST
    assert max(weights) <= HEAVIEST


def test_our_corpus_builds_without_a_problem(corpora: Path, built: tuple[Path, Outcome]) -> None:
    """A problem would take time to tell that no peer's build takes, and so would an advice."""
    output, outcome = built
    problems = review(corpora / OURS, outcome).problems

    assert problems == []
    assert len(list(output.glob("*/articles/*/index.html"))) == TEXTS


def test_what_no_peer_makes_is_left_out_of_ours(corpora: Path, built: tuple[Path, Outcome]) -> None:
    """And there in ours as a whole, which is timed apart."""
    whole = corpora / "whole-output"
    outcome = build(corpora / WHOLE, whole)
    without, every = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in (built[0], whole)
    )
    only = ("search/en.js", "cards/en/home.png", "data/claims.csv", "en/articles/feed.xml", "sitemap.xml")

    assert outcome.problems == []
    assert without < every
    assert set(only) <= every - without


@pytest.mark.parametrize("edit", EDITS)
def test_each_edit_reaches_the_page_that_is_looked_at(built: tuple[Path, Outcome], edit: str) -> None:
    """The article's text, the foot of every page and the source that the article cites."""
    assert f"mark of {edit}" in page_of(built[0], TEXTS).read_text("utf-8")


def test_the_results_name_every_tool_in_its_pinned_version() -> None:
    """Or say that it was missing."""
    text = RESULTS.read_text("utf-8")
    pinned = dict(re.split("==|(?<=.)@", peer.removeprefix("@11ty/")) for peer in (*PYTHON_PEERS[:2], *NODE_PEERS))

    for title in FINDERS:
        version = pinned.get(title.lower(), "")
        assert f"- {title}: {version}" in text or f"- {title}: missing" in text


def test_a_missed_goal_is_told_with_how_far_it_is() -> None:
    """Also what was met, and which peer there was not."""
    run = a_run({OURS: 10, "hugo": 2.5, "eleventy": 12.5, ARCHIVE: 20})
    floor_of = Measured(FLOOR, 5000, "cold", 5, 50, 5000)
    text = page(replace(run, figures=Figures([*run.figures.measured, floor_of])), "growth.svg")

    assert "| a cold build, to Python-Markdown alone | 3× | 2.00× | met |" in text
    assert "Missed: a build after the edit of an article, to Hugo's is 4.00×, 6.67 times what it may be." in text
    assert "Missed: this repository's archive, cold is 20.00 s, 4.44 times what it may be." in text
    assert "| a page of it | 11 ms | 3.57 ms | met |" in text
    assert "- Pelican: missing" in text
    assert "to Pelican's" not in text


def test_what_an_editor_waits_for_is_told_beside_what_cannot_be_gone_below() -> None:
    """The open page in a preview, then the whole site; and Python-Markdown alone, in ratios to the peers."""
    run = a_run({OURS: 10, "hugo": 4, ARCHIVE: 20})
    more = [Measured(OURS, 5000, SHOWN, 0.4, 0, 0), Measured(OURS, 5000, WRITTEN, 2, 0, 0)]
    more.append(Measured(FLOOR, 5000, "cold", 6, 50, 5000))
    text = page(replace(run, figures=Figures([*run.figures.measured, *more])), "growth.svg")

    assert "is shown anew after 0.40 / 0.40 s, and the whole site is built and checked after 2.00 / 2.00 s" in text
    assert "takes 6.00 s for the texts of ours: 1.50× Hugo's whole cold build." in text
    assert (
        "| an edited article's open page in a preview, to Hugo's build after the edit | 0.25× | 0.10× | met |" in text
    )


def test_a_size_that_is_built_once_shows_how_the_cost_grows() -> None:
    """It has a cold build alone; goals are looked at where they are set."""
    run = a_run({OURS: 10, "hugo": 4, ARCHIVE: 20})
    large = [
        Measured(tool, 20_000, "cold", time, 900, 22_000, {"reading": 2.0}) for tool, time in (("hugo", 20), (OURS, 42))
    ]
    text = page(replace(run, figures=Figures([*run.figures.measured, *large])), "growth.svg")

    assert "## 20,000 pages of articles" in text
    assert f"| {OURS.title()} | 2.00 | 2.10 | 2.13 |" in text
    assert "At 5,000 pages of articles, from the quickest builds." in text
    words = "a page of a cold build at 20,000 pages of articles, to one at 5,000"
    assert f"| {words} | 1.1× | 1.05× | met |" in text


def test_the_way_from_a_commit_to_what_is_published_is_told_step_by_step() -> None:
    """With what the last run kept, and without; a run that could not take it says nothing of it."""
    run = a_run({OURS: 10, ARCHIVE: 20})
    steps = dict.fromkeys(STEPS, 10.0)
    commits = [
        Measured(PUBLISHED, 0, scenario, seconds, 300, 1540, steps) for scenario, seconds in ((KEPT, 40), (BARE, 130))
    ]
    text = page(replace(run, figures=Figures([*run.figures.measured, *commits])), "growth.svg")

    assert f"| with what the last run kept | {'10.0 s | ' * len(STEPS)}40.0 s |" in text
    assert "| from a commit of content to what is published | 60 s | 40.00 s | met |" in text
    assert "| the same with nothing kept | 120 s | 130 s | **missed** |" in text
    assert "commit" not in page(run, "growth.svg")


def test_the_memory_of_a_build_is_that_of_all_its_processes(tmp_path: Path) -> None:
    """What two processes have apart counts twice."""
    script = (
        "import os, sys, time\n"
        "there, told = os.pipe()\n"
        "is_child = os.fork() == 0\n"
        "if is_child or sys.argv[1] == 'two':\n"
        "    held = os.urandom(60_000_000)\n"
        "    os.write(told, b'.') if is_child else os.read(there, 1)\n"
        "    time.sleep(1.2)\n"
        "else:\n"
        "    os.wait()\n"
    )
    one, two = (run_process((sys.executable, "-c", script, how), tmp_path, tmp_path).memory for how in ("one", "two"))

    assert two - one > 40


def test_the_floor_converts_every_text(corpora: Path) -> None:
    """Or the run fails."""
    assert floor(corpora / OURS, TEXTS).pages == TEXTS
    with pytest.raises(BuildFailed):
        floor(corpora / OURS, TEXTS + 2)


@pytest.mark.long
def test_an_edit_while_serving_is_timed_to_the_open_page_and_to_the_whole_site(corpora: Path) -> None:
    """The page is the one that a browser has open; the site is whole later."""
    tool = next(tool for tool in available()[0] if tool.name == OURS)
    # In a thread of its own: the browsers of other tests leave an event loop running in this one.
    with ThreadPoolExecutor() as threads:
        made = threads.submit(served, tool, corpora / OURS, TEXTS, 1).result()

    assert [one.scenario for one in made] == [SHOWN, WRITTEN]
    assert 0 < made[0].seconds <= made[1].seconds


def test_the_time_of_each_stage_is_read_from_what_a_build_of_ours_says(tmp_path: Path) -> None:
    """Whatever else it says before and after."""
    lay(OURS, tmp_path / OURS, TEXTS)
    tool = next(tool for tool in available()[0] if tool.name == OURS)

    measured = build_timed(tool, tmp_path / OURS, TEXTS, "cold")

    assert list(measured.stages) == ["reading", "pages", "files", "checking", "writing"]
    assert 0 < sum(measured.stages.values()) < measured.seconds


def test_ours_as_a_whole_has_a_table_of_its_own() -> None:
    """Beside what is compared, and in no ratio to a peer; a run without it has no such table."""
    seconds = {OURS: 10, "hugo": 2.5, ARCHIVE: 20}
    text = page(a_run({**seconds, WHOLE: 15}), "growth.svg")

    assert "| cold, nothing kept | 10.00 / 10.00 s | 15.00 / 15.00 s | 1.50× |" in text
    assert "| a build after the edit of an article, to Hugo's | 0.6× | 4.00× | **missed** |" in text
    assert "with : without" not in page(a_run(seconds), "growth.svg")


def test_what_a_build_left_is_out_of_the_way_but_not_removed_before_the_run_ends(tmp_path: Path) -> None:
    """New files take several times as long right after thousands were removed."""
    site = tmp_path / "output"
    for _ in range(2):
        site.mkdir()
        file = (site / "index.html").open("xb")
        with file:
            wipe(site)
            assert not site.exists()
            assert os.fstat(file.fileno()).st_nlink == 1
    wipe(site)
