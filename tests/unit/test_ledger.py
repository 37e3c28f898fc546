"""What was published is held against what the archive says now: a claim changes by a correction, never in silence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Problem, errors
from expoarchive.problem.catalogue import wording
from tests.sites import read_small

CITED = "sources: [gazette-2009]"
LEDGER = "content/published.yaml"
CORRECTIONS = "content/corrections.yaml"
EDITION = f"""\
year: 2013
ordinal: {{value: 4, {CITED}}}
names:
  - {{text: {{en: Harbour Fair, fr: Foire}}, translated: [fr], {CITED}}}
  - {{form: short, text: {{en: Fair, fr: Foire}}, {CITED}}}
  - {{form: long, text: {{en: The Fair, fr: La Foire}}, translated: [en, fr], {CITED}}}
held: {{opened: {{date: 2013-06, {CITED}}}}}
venues: {{venue: quay-hall, {CITED}}}
figures:
  visitors:
    - {{value: 10, {CITED}}}
    - {{value: {{from: 1, to: 2}}, last: 2, {CITED}}}
    - {{value: 1.50, qualifier: about, last: 3, {CITED}}}
    - {{nothing: not_held, last: 4, {CITED}}}
participants: {{role: guest, places: [port-lune], bodies: [port], {CITED}}}
firsts: {{id: crane, what: {{en: A crane., fr: Une grue.}}, {CITED}}}
events:
  - {{event: night, {CITED}}}
  - {{id: again, event: night, round: 2, {CITED}}}
"""
FILES = {
    "content/editions/2013.yaml": EDITION,
    "content/vocabularies/events.yaml": "night: {name: {en: Night, fr: Nuit}}\n",
    "content/vocabularies/bodies.yaml": "port: {name: {en: Port, fr: Port}}\n",
}

Read = Callable[..., list[Problem]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The errors of records with this ledger and these corrections."""

    def problems(ledger: str, corrections: str = "") -> list[Problem]:
        more = {CORRECTIONS: corrections} if corrections else {}
        return errors(read_small(tmp_path, {**FILES, LEDGER: ledger, **more})[2])

    return problems


def said(problem: Problem) -> dict[str, str]:
    """What a problem is of, without the entry that would answer it."""
    return {name: text for name, text in problem.details.items() if name in ("name", "was", "now", "before")}


def told(problems: list[Problem]) -> list[tuple[str, str, int]]:
    """Kinds, files and lines."""
    return [(problem.kind, problem.place.file, problem.place.line) for problem in problems]


SAID = {
    "ordinal": "4",
    "name": "Harbour Fair",
    "name-short": "Fair / Foire",
    "name-long": "The Fair / La Foire",
    "opened": "2013-06",
    "venue-quay-hall": "quay-hall",
    "visitors": "10",
    "visitors-last-2": "1..2",
    "visitors-last-3": "about 1.50",
    "visitors-last-4": "not_held",
    "guest": "port-lune port",
    "crane": "A crane.",
    "event-night": "night",
    "again": "night 2",
}


def test_each_sort_of_claim_says_its_own_in_one_line(read: Read) -> None:
    """Values as they were typed, wordings of the sources alone where there are any, ids of what is named."""
    lines = [f'  "2013#{anchor}": "{words}"\n' for anchor, words in SAID.items()]
    other = [f'  "2013#{anchor}": "?"\n' for anchor in SAID]
    changed = read("claims:\n" + "".join(other))

    assert read("claims:\n" + "".join(lines)) == []
    assert {problem.kind for problem in changed} == {"published-claim-changed"}
    assert [said(problem) for problem in changed] == [
        {"name": f"2013#{anchor}", "was": "?", "now": words} for anchor, words in SAID.items()
    ]
    assert {problem.place.file for problem in changed} == {"content/editions/2013.yaml"}


@pytest.mark.parametrize(
    ("ledger", "faults"),
    [
        ("- 1.0\n", [("not-a-mapping", 1)]),
        (
            "releases: {'1.0': 2026-11-24}\nclaim: {a: b}\npermalinks: {en/: [a]}\n",
            [("not-text", 3), ("unknown-key", 2)],
        ),
        ("releases: 2026-11-24\n", [("not-a-mapping", 1)]),
        ("claims:\n  a: [b]\n  2013#ordinal: 4\n  c: {d: e}\n", [("not-text", 2), ("not-text", 4)]),
        ("releases:\n  '1.0': tomorrow\n  '1.1': 2020-02-30\n", [("not-a-date", 2), ("not-a-date", 3)]),
        (f"releases:\n  {'x' * 81}: 2026-11-24\n  ' 1': 2026-11-24\n", [("not-a-release", 2), ("not-a-release", 3)]),
    ],
    ids=["a list", "another part", "a part that is no table", "entries that are no text", "no days", "no names"],
)
def test_a_ledger_of_another_hand_is_told_at_its_lines(read: Read, ledger: str, faults: list[tuple[str, int]]) -> None:
    """All that is wrong at once; what it says is compared with nothing then."""
    assert told(read(ledger)) == [(kind, LEDGER, line) for kind, line in faults]


def corrected(*steps: tuple[str, str, str, str]) -> str:
    """Corrections of claims, each with its day, what it said and what it says since, four lines each."""
    return "".join(
        f"step-{number}:\n  {{date: 2026-12-{day}, claim: {claim}, was: {was}, {f'now: {now}, ' if now else ''}\n"
        f"  why: {{en: Counted., fr: Compté.}}, sources: [gazette-2009]\n  }}\n"
        for number, (claim, day, was, now) in enumerate(steps)
    )


PUBLISHED = "claims:\n  2013#visitors: 7\n"
VISITORS = "2013#visitors"


@pytest.mark.parametrize(
    "steps",
    [
        [(VISITORS, "01", "7", "10")],
        [(VISITORS, "02", "8", "10"), (VISITORS, "01", "7", "8")],
        [(VISITORS, "01", "7", ""), (VISITORS, "02", "9", "10")],
    ],
    ids=["one", "two, of which the later stands first", "withdrawn and said anew"],
)
def test_corrections_lead_from_what_was_published_to_what_is_said(
    read: Read, steps: list[tuple[str, str, str, str]]
) -> None:
    """In the order of their days, wherever they stand; after a withdrawal anything may be said."""
    assert read(PUBLISHED, corrected(*steps)) == []


def test_a_gap_between_corrections_is_told_at_the_one_after_it(read: Read) -> None:
    """Once, with what it says that was said and what was."""
    problems = read(PUBLISHED, corrected((VISITORS, "01", "7", "8"), (VISITORS, "02", "9", "11")))

    assert told(problems) == [("correction-broken", CORRECTIONS, 6)]
    assert problems[0].details == {"name": VISITORS, "was": "9", "before": "8"}


def test_corrections_that_lead_elsewhere_are_told_at_the_claim(read: Read) -> None:
    """With what the last of them says, and what the claim does."""
    problems = read(PUBLISHED, corrected((VISITORS, "01", "7", "8")))

    assert told(problems) == [("published-claim-changed", "content/editions/2013.yaml", 11)]
    assert said(problems[0]) == {"name": VISITORS, "was": "8", "now": "10"}


def test_a_claim_that_was_withdrawn_and_still_stands_is_told(read: Read) -> None:
    """What nobody says is a dash."""
    problems = read(PUBLISHED, corrected((VISITORS, "01", "7", "")))

    assert [(problem.kind, problem.details["was"], problem.details["now"]) for problem in problems] == [
        ("published-claim-changed", "—", "10")
    ]


def test_a_claim_that_is_gone_is_told_where_it_was_last_spoken_of(read: Read) -> None:
    """In the ledger, or at the last correction; not at all where one withdraws it."""
    ledger = "claims:\n  2013#visitors: 10\n  2013#gone: 7\n"
    alone = read(ledger)
    moved = read(ledger, corrected(("2013#gone", "01", "7", "8")))

    assert told(alone) == [("published-claim-gone", LEDGER, 3)]
    assert said(alone[0]) == {"name": "2013#gone", "was": "7"}
    assert told(moved) == [("published-claim-gone", CORRECTIONS, 2)]
    assert said(moved[0]) == {"name": "2013#gone", "was": "8"}
    assert read(ledger, corrected(("2013#gone", "01", "7", ""))) == []


def test_a_claim_that_no_release_has_may_be_corrected(read: Read) -> None:
    """It must say what its correction says; before the first, anything may have been said."""
    ledger = "releases: {'1.0': 2026-11-24}\n"

    assert read(ledger, corrected((VISITORS, "01", "5", "10"))) == []
    assert [problem.kind for problem in read(ledger, corrected((VISITORS, "01", "5", "6")))] == [
        "published-claim-changed"
    ]


def test_a_correction_of_what_never_was_is_told_with_the_nearest(read: Read) -> None:
    """Of the claims that there are and of those that were published; at the correction, and the rest is read."""
    steps = [("2013#visitor", "01", "5", "10"), ("2013#gon", "02", "7", "8"), ("2013#gone", "03", "7", "")]
    problems = read("claims:\n  2013#gone: 7\n", corrected(*steps, (VISITORS, "04", "5", "6")))

    assert told(problems) == [
        ("correction-unknown", CORRECTIONS, 2),
        ("correction-unknown", CORRECTIONS, 6),
        ("published-claim-changed", "content/editions/2013.yaml", 11),
    ]
    assert [(problem.details["name"], problem.nearest) for problem in problems[:2]] == [
        ("2013#visitor", VISITORS),
        ("2013#gon", "2013#gone"),
    ]


@pytest.mark.parametrize(
    ("was", "address"),
    [
        ("7", VISITORS),
        ("1000", VISITORS),
        ("10..20", "2013#visitors-last-2"),
        ('A "red" crane: the #1', "2013#crane"),
        ("gone", "2013#gone"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_message_says_to_type_answers_it(read: Read, was: str, address: str, language: str) -> None:
    """One line of YAML, as it stands there; and where noughts alone differ, that is said before."""
    ledger = f"claims:\n  {address}: {json.dumps(was)}\n"
    (problem,) = read(ledger)
    words = wording(problem, language)
    entry = words.cure.partition("  ")[2]

    assert read(ledger, entry + "\n") == []
    assert ("÷ 10" in words.says) == (problem.kind == "published-claim-shifted") == (was in ("1000", "10..20"))
