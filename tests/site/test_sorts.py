"""A vocabulary is one row of a table, its words and its file; claims and prose then name its terms as any other's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import EDITOR_LANGUAGES, kinds, wording
from expoarchive.records.reference import TARGETS, UNKNOWN
from expoarchive.records.sorts import PAGED, SORTS
from tests.sites import ROOT, Site, lay_site, read_small

EDITION = "content/editions/2013.yaml"
EVENTS = {"content/vocabularies/events.yaml": "night: {name: {en: Night, fr: Nuit}}\n"}
CLAIM = """\
year: 2013
figures:
  visitors: {value: 7, terms: TERMS, sources: [gazette-2009]}
"""


def naming(terms: str) -> dict[str, str]:
    """An edition whose one claim names these terms."""
    return {**EVENTS, EDITION: CLAIM.replace("TERMS", terms)}


def test_a_claim_names_a_term_of_any_sort(build_site: Callable[..., Site]) -> None:
    """The claim stands on the term's page and leads there; the data list it as they list terms of other keys."""
    site = build_site(naming("[event:night, venue:quay-hall]"))

    assert site.problems == []
    assert 'href="../../editions/2013/#visitors"' in site.pages("en/events/night/")
    assert 'href="../../editions/2013/#visitors"' in site.pages("en/venues/quay-hall/")
    assert '<a href="../../events/night/">Night</a>' in site.pages("en/editions/2013/")
    assert ",event:night venue:quay-hall," in site.pages("data/claims.csv")


def test_a_part_is_a_term_of_those_sorts_alone_that_are_parts(build_site: Callable[..., Site]) -> None:
    """A body whose id a part has too is not what the claim counts."""
    site = build_site({"content/vocabularies/bodies.yaml": "night-market: {name: {en: The Market, fr: Le Marché}}\n"})

    assert site.problems == []
    assert "night-market" in site.pages("en/editions/2009/")
    assert "editions/2009/" not in site.pages("en/bodies/night-market/")


@pytest.mark.parametrize(
    ("terms", "kind", "nearest"),
    [
        ("event:nigt", "unknown-id", "night"),
        ("evnt:night", "unknown-sort", "event"),
        ("measure:visitors", "unknown-sort", None),
        ("night", "not-a-term", None),
        ("{event: night}", "not-a-term", None),
    ],
)
def test_a_term_that_is_not_there_is_told_at_its_place(
    tmp_path: Path, terms: str, kind: str, nearest: str | None
) -> None:
    """An id, a sort, a sort without pages, and what does not say its sort."""
    problems = read_small(tmp_path, naming(terms))[2]

    assert [(problem.kind, problem.nearest) for problem in problems] == [(kind, nearest)]
    assert (problems[0].place.file, problems[0].place.line, problems[0].place.column) == (EDITION, 3, 31)


def test_what_has_no_such_id_is_named_in_the_editor_s_language(tmp_path: Path) -> None:
    """With the files that list what there is."""
    problems = read_small(tmp_path, naming("event:nigt"))[2]
    english, chinese = (wording(problems[0], language) for language in EDITOR_LANGUAGES)

    assert (english.says, english.expected) == (
        "there is no event “nigt”",
        "the id of an entry of content/vocabularies/events.yaml",
    )
    assert (chinese.says, chinese.expected) == (
        "没有名为“nigt”的活动",
        "content/vocabularies/events.yaml 中某一条目的 id",
    )


def test_every_sort_has_a_word_in_each_editor_s_language() -> None:
    """And nothing else has one."""
    named = TARGETS.keys() - UNKNOWN.keys() - {"term"}
    words = kinds()["unknown-id"].words["sort"]

    assert named == set(words)
    assert [name for name, texts in words.items() if set(texts) != set(EDITOR_LANGUAGES)] == []


def test_a_value_without_a_word_is_shown_as_it_is() -> None:
    """A word that somebody forgot costs no message."""
    problem = Problem("unknown-id", Place("a.yaml"), {"name": "x", "sort": "wonder", "file": "b.yaml"})

    assert wording(problem, "zh").says == "没有名为“x”的wonder"


def test_no_two_sorts_share_a_name_or_an_address() -> None:
    """A list's name is none of a term's: both are kinds of pages."""
    names = [sort.name for sort in SORTS] + [sort.plural for sort in SORTS]

    assert len(names) == len(set(names))
    assert set(PAGED) < {sort.name for sort in SORTS}


# All that another vocabulary takes: what is written, before which text, in which file.
ROW = [
    ("expoarchive/records/sorts.py", '    Sort("role",', '    Sort("prize", "prizes", Term, pages=True),\n'),
    ("expoarchive/problem/kinds/records.yaml", "      event: {en", "      prize: {en: prize, zh: 奖项}\n"),
    *(
        (f"templates/strings/{language}.yaml", before, text)
        for language in ("en", "fr")
        for before, text in (
            ("  events: ", "  prizes: Prizes\n"),
            ("event:\n", 'prizes: {title: Prizes, description: "{expo}", lead: Won.}\nprize: {kicker: Prize}\n'),
        )
    ),
]


def test_another_vocabulary_is_one_row_and_its_words(tmp_path: Path) -> None:
    """Its list, its pages, its links of claims and of prose, and its ids follow: nothing else is touched."""
    article = "content/articles/first-crane"
    files = {"content/vocabularies/prizes.yaml": "gull: {name: {en: Golden Gull, fr: Mouette}}\n"}
    files |= {EDITION: CLAIM.replace("TERMS", "prize:gull")}
    files |= {f"{article}/fr.md": (ROOT / "tests/expo" / article / "fr.md").read_text("utf-8") + "\n[[prize:gull]]\n"}
    lay_site(tmp_path, files)
    shutil.copytree(ROOT / "expoarchive", tmp_path / "expoarchive", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", tmp_path)
    for name, before, text in ROW:
        old = (tmp_path / name).read_text("utf-8")
        assert f"\n{before}" in old
        (tmp_path / name).write_text(old.replace(f"\n{before}", f"\n{text}{before}", 1), "utf-8")

    def run(command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        made = [sys.executable, "build.py", command, "--messages", "en"]
        return subprocess.run(made, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    built = run("build")
    site = {path: (tmp_path / "output" / path).read_text("utf-8") for path in ("fr/prizes/gull/index.html",)}
    (tmp_path / EDITION).write_text(CLAIM.replace("TERMS", "prize:gul"), "utf-8")
    checked = run("check")

    assert (built.returncode, "no warnings" in built.stdout) == (0, True), built.stdout + built.stderr
    assert 'href="../../editions/2013/#visitors"' in site["fr/prizes/gull/index.html"]
    assert 'href="../../articles/first-crane/"' in site["fr/prizes/gull/index.html"]
    assert "Golden Gull" in (tmp_path / "output/en/prizes/index.html").read_text("utf-8")
    assert '"kind":"prizes"' in (tmp_path / "output/search/en.js").read_text("utf-8")
    assert "there is no prize “gul”" in checked.stdout + checked.stderr
