"""A vocabulary is one row of a table, its words and its file; claims and prose then name its terms as any other's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import EDITOR_LANGUAGES, kinds, wording
from expoarchive.records.reference import TARGETS, UNKNOWN
from expoarchive.records.sorts import PAGED, SORTS
from tests.sites import Site, read_small

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
