"""A claim has a source or says how it was derived, and one value; what it is short for is written out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Problem, errors
from expoarchive.records.statement import Figure, Wording
from tests.sites import read_small

E2013 = "content/editions/2013.yaml"
VISITORS = "year: 2013\nfigures:\n  visitors:\n    - {}\n"
CITED = "sources: [gazette-2009]"
WORDS = "{en: A., fr: B.}"

Read = Callable[[str], list[Problem]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The errors of an edition."""

    def problems(text: str) -> list[Problem]:
        return errors(read_small(tmp_path, {E2013: text})[2])

    return problems


@pytest.mark.parametrize(
    ("figure", "kinds"),
    [
        (f"{{value: 1, {CITED}}}", []),
        ("{value: 1}", ["claim-without-source"]),
        ("{value: 1, sources: []}", ["claim-without-source"]),
        ("{value: 1, derived: {formula: 0 + 1}}", ["claim-without-source"]),
        (f"{{value: 1, derived: {{reading: {WORDS}}}}}", ["claim-without-source"]),
        ("{value: 1, derived: {inputs: {}}}", ["derivation-empty"]),
        (f"{{{CITED}}}", ["value-or-nothing"]),
        (f"{{nothing: not_held, {CITED}}}", []),
        (f"{{value: 1, nothing: not_held, {CITED}}}", ["value-or-nothing"]),
        (f"{{value: 1, {CITED}, as_of: {{}}}}", ["as-of-unclear"]),
        (f"{{value: 1, {CITED}, as_of: {{after: 2012}}}}", []),
        (f"{{value: 1, {CITED}, as_of: {{after: 2012, before: 2014}}}}", ["as-of-unclear"]),
        (f"{{value: 1, {CITED}, as_of: {{after: 2012, date: 2013-01-01}}}}", ["as-of-unclear"]),
        (f"{{value: 1, {CITED}, disputed_by: {{note: {WORDS}}}}}", ["dispute-empty"]),
        (f"{{value: 1, {CITED}, disputed_by: {{note: {WORDS}, claim: 2009#visitors}}}}", []),
        (f"{{value: 1, {CITED}, disputed_by: {{note: {WORDS}, sources: copy-2010}}}}", []),
    ],
)
def test_a_figure_has_a_source_one_value_and_one_moment(read: Read, figure: str, kinds: list[str]) -> None:
    """Or is derived from claims, by a formula or by a reading; what speaks against it is a claim or a source."""
    problems = read(VISITORS.format(figure))

    assert [(problem.kind, problem.place.line) for problem in problems] == [(kind, 4) for kind in kinds]


@pytest.mark.parametrize(
    ("named", "kinds"),
    [("places: port-lune", []), ("bodies: port", []), ("stage: planned", ["nobody-named"])],
)
def test_who_took_part_is_a_place_or_a_body(tmp_path: Path, named: str, kinds: list[str]) -> None:
    """At least one of them."""
    files = {
        E2013: f"year: 2013\nparticipants: {{role: guest, {named}, {CITED}}}\n",
        "content/vocabularies/bodies.yaml": "port: {name: {en: Port, fr: Port}}\n",
    }

    assert [problem.kind for problem in read_small(tmp_path, files)[2]] == kinds


def figure_of(root: Path, text: str) -> Figure:
    """The one figure of an edition."""
    (claim,) = read_small(root, {E2013: VISITORS.format(text)})[1].claims.of_record("2013")
    assert isinstance(claim.statement, Figure)
    return claim.statement


def test_a_source_alone_is_a_citation_without_a_place_in_it(tmp_path: Path) -> None:
    """Beside the long form."""
    cited = "{value: 1, sources: [gazette-2009, {source: copy-2010, locator: page 3}]}"
    sources = figure_of(tmp_path, cited).sources

    assert [(str(one.source), one.locator) for one in sources] == [("gazette-2009", None), ("copy-2010", "page 3")]


@pytest.mark.parametrize(
    ("moment", "slug"),
    [
        ("2013-06", "2013-06"),
        ("{date: 2013-06-01}", "2013-06-01"),
        ("{before: 2013}", "before-2013"),
        ("{after: 2013}", "after-2013"),
    ],
)
def test_the_moment_of_a_figure_is_part_of_its_address(tmp_path: Path, moment: str, slug: str) -> None:
    """A date alone is that date."""
    as_of = figure_of(tmp_path, f"{{value: 1, as_of: {moment}, {CITED}}}").as_of

    assert as_of is not None
    assert as_of.slug == slug


@pytest.mark.parametrize(
    ("value", "number"),
    [("value: 1.5", "1.5"), ("value: {from: 1, to: 2}", "None"), ("nothing: not_held", "None")],
)
def test_a_figure_to_reckon_with_is_a_single_number(tmp_path: Path, value: str, number: str) -> None:
    """A range is none, and nothing is not zero."""
    assert str(figure_of(tmp_path, f"{{{value}, {CITED}}}").number) == number


def test_the_sources_own_wording_leaves_our_translations_out(tmp_path: Path) -> None:
    """In the languages that a source has it in."""
    name = f"year: 2013\nnames: {{text: {{en: Fair, fr: Foire}}, translated: fr, {CITED}}}\n"
    (claim,) = read_small(tmp_path, {E2013: name})[1].claims.of_record("2013")

    assert isinstance(claim.statement, Wording)
    assert claim.statement.own == {"en": "Fair"}
