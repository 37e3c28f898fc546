"""A vocabulary is one row of a table, its words and its file; claims and prose then name its terms as any other's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import EDITOR_LANGUAGES, kinds, wording
from expoarchive.records.reference import UNKNOWN, targets_of
from expoarchive.records.sorts import SORTS, Sorts
from tests.sites import TINY_EXPO, Site, check_small, lay_sources, read_small

EDITION = "content/editions/2013.yaml"
EVENTS = {"content/vocabularies/events.yaml": "night: {name: {en: Night, fr: Nuit}}\n"}
CLAIM = """\
year: 2013
figures:
  visitors: {value: 1700, terms: TERMS, sources: [gazette-2009]}
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
    assert (problems[0].place.file, problems[0].place.line, problems[0].place.column) == (EDITION, 3, 34)


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
    named = targets_of(Sorts(SORTS)).keys() - UNKNOWN.keys() - {"term"}
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
    assert set(Sorts(SORTS).paged) < {sort.name for sort in SORTS}


OWN = """\
vocabularies:
  prizes:
    one: prize
    name: {en: Prize, fr: Prix}
    title: {en: Prizes, fr: Les prix}
    lead: {en: "Who won {what}.", fr: Qui a gagné quoi.}
    part: true
"""
CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8").replace("[timeline,", "[timeline, prizes,") + OWN
PRIZES = {
    "site_config.yaml": CONFIG,
    "content/vocabularies/prizes.yaml": "golden-gull: {name: {en: Golden Gull, fr: Mouette d’or}, aliases: [gull]}\n",
    EDITION: CLAIM.replace("TERMS", "prize:golden-gull"),
}
CRANE = "content/articles/first-crane/fr.md"


def test_a_site_has_a_vocabulary_of_its_own_by_its_configuration_alone(build_site: Callable[..., Site]) -> None:
    """Names, pages, lists, ways from the first page, search, data, links of prose, former ids and addresses."""
    prose = (TINY_EXPO / CRANE).read_text("utf-8") + "\nElle gagna la [[prize:gull]].\n"
    site = build_site({**PRIZES, CRANE: prose, EDITION: CLAIM.replace("TERMS", "prize:gull")})

    assert site.problems == []
    page, listed = site.pages("fr/prizes/golden-gull/"), site.pages("en/prizes/")
    assert 'href="../../editions/2013/#visitors"' in page
    assert 'href="../../articles/first-crane/"' in page
    assert ">Prix<" in page
    assert "<h1>Prizes</h1>" in listed
    assert listed.count("Who won {what}.") >= 2
    assert '<a href="../../prizes/golden-gull/">Mouette d’or</a>' in site.pages("fr/articles/first-crane/")
    assert '<a href="prizes/">Les prix</a>' in site.pages("fr/")
    assert '"kind":"prizes"' in site.pages("search/en.js")
    assert ",prize:golden-gull," in site.pages("data/claims.csv")
    assert 'href="../golden-gull/"' in site.pages("fr/prizes/gull/")
    assert "en/prizes/golden-gull/" in site.pages("sitemap-en.xml")


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "place", "nearest"),
    [
        (EDITION, "prize:golden-gull", "prize:golden-gul", "unknown-id", (EDITION, 3, 34), "golden-gull"),
        (EDITION, "prize:golden-gull", "prise:golden-gull", "unknown-sort", (EDITION, 3, 34), "prize"),
        ("site_config.yaml", "  prizes:", "  growth:", "vocabulary-taken", ("site_config.yaml", 22, 3), None),
        ("site_config.yaml", "  prizes:", "  names:", "vocabulary-taken", ("site_config.yaml", 22, 3), None),
        ("site_config.yaml", "one: prize", "one: venue", "vocabulary-taken", ("site_config.yaml", 23, 10), "venues"),
        ("site_config.yaml", "one: prize", "one: prizes", "vocabulary-taken", ("site_config.yaml", 23, 10), None),
        ("site_config.yaml", "    lead: {", "    laed: {", "unknown-key", ("site_config.yaml", 26, 5), "lead"),
    ],
)
def test_a_slip_with_a_vocabulary_of_its_own_is_told_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, kind: str, place: tuple[str, int, int], nearest: str | None
) -> None:
    """A term, its sort, and a name that something else has."""

    lay_sources(tmp_path, {**PRIZES, file: PRIZES[file].replace(old, new)})
    problem = next(problem for problem in check_small(tmp_path).problems if problem.kind == kind)

    assert (problem.place.file, problem.place.line, problem.place.column) == place
    assert problem.nearest == nearest
    assert wording(problem, "zh").says


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [("{en: Silver cup, fr: Coupe, cn: 银杯}", "Silver cup", "银杯"), ("{en: Prize, fr: Prix}", "prize", "prize")],
)
def test_a_sort_of_the_site_s_own_goes_by_its_own_word(tmp_path: Path, name: str, english: str, chinese: str) -> None:
    """In a message of each language that the site speaks; else by what references call it."""
    spoken = "  - {id: cn, tag: zh-Hans, locale: zh, name: 中文}\naddress:"
    config = CONFIG.replace("{en: Prize, fr: Prix}", name).replace("address:", spoken, 1)
    slip = {EDITION: CLAIM.replace("TERMS", "prize:golden-gul")}
    problem = read_small(tmp_path, {**PRIZES, "site_config.yaml": config, **slip})[2][0]

    assert wording(problem, "en").says == f"there is no {english} “golden-gul”"
    assert wording(problem, "zh").says == f"没有名为“golden-gul”的{chinese}"
