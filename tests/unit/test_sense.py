"""What records conclude is done again, and what they contradict themselves in is said: nothing is drawn for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.problem import Problem, errors
from tests.sites import TINY_EXPO, Site, read_small

Read = Callable[..., list[Problem]]
E2013 = "content/editions/2013.yaml"
VISITED = "year: 2013\nfigures:\n  visitors:\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The problems of the tiny expo's records with these files over them."""

    def problems(files: dict[str, str]) -> list[Problem]:
        return read_small(tmp_path, files)[2]

    return problems


def told(problems: list[Problem]) -> list[tuple[str, int]]:
    """Kinds and lines."""
    return [(problem.kind, problem.place.line) for problem in problems]


def derived(*sums: tuple[str, str]) -> str:
    """An edition that states each sum's value with its formula, from line 4 on; each is of another count."""
    inputs = "{a: 2009#visitors, b: 2009#takings, day: 2009#opened}"
    lines = [
        f"    - {{id: sum-{number}, last: {number}, value: {value}, "
        f'derived: {{formula: "{formula}", inputs: {inputs}}}}}\n'
        for number, (value, formula) in enumerate(sums, 1)
    ]
    return VISITED + "".join(lines)


def test_formulas_are_computed_as_they_are_written(read: Read) -> None:
    """The four operations, decimals, a sign, brackets, and rounding halves up. a is 1200, b is 45.5."""
    sums = [
        ("1201", "a + 1"),
        ("1199", "a - 1"),
        ("2400", "a * 2"),
        ("600", "a / 2"),
        ("1200.5", "a + 0.5"),
        ("1200", "-(-a)"),
        ("1300", "100 - -a"),
        ("2402", "(a + 1) * 2"),
        ("38", "round(45500 / a, 0)"),
        ("37.9", "round(45500 / a, 1)"),
        ("2.5", "round(a / 1000 + 1.25, 1)"),
        ("46", "round(b, 0)"),
        ("0.000000001", "round(a * 0.0000000005 / 1200, 9)"),
        ("200", "a" + " - 10" * 20 + "-40*20"),
    ]

    assert read({E2013: derived(*sums)}) == []


def test_a_result_that_differs_is_told_with_what_comes_out(read: Read) -> None:
    """Each at its claim, with the formula and both results; the right ones beside it are not told."""
    problems = read({E2013: derived(("1201", "a + 1"), ("1201", "a + 2"), ("1", "a"))})

    assert told(problems) == [("derivation-differs", 5), ("derivation-differs", 6)]
    assert problems[0].details == {"formula": "a + 2", "stated": "1201", "computed": "1202"}


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("a +", "not arithmetic"),
        ("a / 0", "no result"),
        ("c + 1", "c"),
        ("True", "True"),
        ("a ** 2", "a ** 2"),
        ("+a", "+a"),
        ("abs(a)", "abs(a)"),
        ("round(a)", "round(a)"),
        ("round(a, 10)", "round(a, 10)"),
        ("round(a, -1)", "round(a, -1)"),
        ("a.real", "a.real"),
        ("a + day", "a date"),
        ("day * 2", "a date"),
        ("-day", "a date"),
        ("day + 99999999", "no result"),
        ("a" + "+1" * 100, "too long"),
    ],
)
def test_what_is_no_arithmetic_is_told_with_the_part_that_is_not(read: Read, formula: str, reason: str) -> None:
    """Names that are no inputs, powers, calls, dates where a number must be; nothing of it is run."""
    problems = read({E2013: derived(("1", formula))})

    assert told(problems) == [("bad-formula", 4)]
    assert problems[0].details == {"formula": formula, "reason": reason}


def test_the_longest_formula_is_computed(read: Read) -> None:
    """200 characters; one more is too long."""
    longest = "a" + "+1" * 99 + " "

    assert len(longest) == 200
    assert read({E2013: derived(("1299", longest))}) == []


@pytest.mark.parametrize(("day", "formula"), [("06-03", "start + 2"), ("05-30", "start - 2"), ("06-02", "start + 1.9")])
def test_days_are_counted_from_a_date(read: Read, day: str, formula: str) -> None:
    """A date plus or minus a number is so many whole days after or before it."""
    edition = (
        f"year: 2009\nordinal: {{value: 1, sources: [gazette-2009]}}\nheld:\n"
        f"  opened: [{{id: start, date: 2009-06-01, sources: [gazette-2009]}}]\n"
        f'  closed: {{date: 2009-{day}, derived: {{formula: "{formula}", inputs: {{start: 2009#start}}}}}}\n'
    )
    problems = read({"content/editions/2009.yaml": edition})

    assert [problem for problem in problems if problem.kind.startswith(("deriv", "bad-form"))] == []


def test_an_input_without_a_single_number_is_told(read: Read) -> None:
    """A range has no sum; a name has none either."""
    text = (
        "year: 2013\nfigures:\n  visitors:\n"
        "    - {value: {from: 1, to: 2}, sources: [gazette-2009]}\n"
        "    - {last: 2, value: 3, derived: {formula: a + 1, inputs: {a: 2013#visitors}}}\n"
        "    - {last: 3, value: 3, derived: {formula: a + 1, inputs: {a: 2009#name}}}\n"
    )
    problems = read({E2013: text})

    assert [(*one, problem.details["name"]) for one, problem in zip(told(problems), problems, strict=True)] == [
        ("derivation-input", 5, "2013#visitors"),
        ("derivation-input", 6, "2009#name"),
    ]


# --- contradictions --------------------------------------------------------------------------------------------------

HELD = "year: 2013\nheld:\n"
CITED = "sources: [gazette-2009]"


@pytest.mark.parametrize(
    ("opened", "closed", "kinds"),
    [
        ("date: 2013-06-03", "date: 2013-06-03", []),
        ("date: 2013-06-03", "date: 2013-06-02", [("dates-out-of-order", 4)]),
        ("date: 2013-06-03", "date: 2013-05", []),
        ("date: 2013-06", "date: 2013-05-30", []),
        ("date: 2013-06-03, stage: planned", "date: 2013-06-02", []),
        ("date: 2013-06-03, part: night-market", "date: 2013-06-02", []),
        ("date: 2012-06-03", "date: 2014-06-04", [("date-outside-year", 3), ("date-outside-year", 4)]),
    ],
)
def test_days_must_be_in_order_and_in_their_year(
    read: Read, opened: str, closed: str, kinds: list[tuple[str, int]]
) -> None:
    """Only days of the same stage and part are compared, and only whole dates."""
    text = f"{HELD}  opened: {{{opened}, sources: [gazette-2009]}}\n  closed: {{{closed}, sources: [gazette-2009]}}\n"

    assert told(read({E2013: text})) == kinds


def test_days_at_fault_are_told_with_what_they_contradict(read: Read) -> None:
    """The year of the edition, or the day that it opened."""
    text = f"{HELD}  opened: {{date: 2013-06-03, {CITED}}}\n  closed: {{date: 2012-06-02, {CITED}}}\n"

    assert found_details(read({E2013: text})) == [
        {"date": "2012-06-02", "year": "2013"},
        {"opened": "2013-06-03", "closed": "2012-06-02"},
    ]


def test_an_ordinal_may_be_said_twice_of_one_edition_alone(read: Read) -> None:
    """Two sources of one edition agree; of another edition it is told, with the first's year."""
    both = "ordinal:\n  - {value: 1, sources: [gazette-2009]}\n  - {id: again, value: 1, sources: [port-office-2011]}\n"
    problems = read({E2013: f"year: 2013\n{both}"})

    assert told(problems) == [("ordinal-twice", 3), ("ordinal-twice", 4)]
    assert problems[0].details == {"ordinal": "1", "year": "2009"}
    again = "year: 2013\n" + both.replace("value: 1", "value: 5")
    assert read({E2013: again}) == []


def test_eras_end_after_they_begin_and_before_the_next(read: Read) -> None:
    """An era without an end is open until the last."""
    era = "  name: {en: A, fr: B}\n  summary: {en: A., fr: B.}\n  evidence: [2009#crane]\n  reading: {en: A., fr: B.}\n"

    def found(*spans: str) -> list[Problem]:
        text = "".join(f"era-{number}:\n{era}  {span}\n" for number, span in enumerate(spans))
        return read({"content/eras.yaml": text})

    def eras(*spans: str) -> list[tuple[str, int]]:
        return told(found(*spans))

    assert eras("start: 2009\n  end: 2010", "start: 2011") == []
    assert eras("start: 2009\n  end: 2009") == []
    assert eras("start: 2009\n  end: 2008") == [("era-reversed", 2)]
    assert eras("start: 2009\n  end: 2010", "start: 2010") == [("eras-overlap", 9)]
    assert eras("start: 2011", "start: 2009\n  end: 2012") == [("eras-overlap", 2)]
    assert eras("start: 2009", "start: 2011") == [("eras-overlap", 8)]


def test_one_id_names_one_part(read: Read) -> None:
    """Parts, places, venues, … share their ids, as a figure may be of any of them."""
    problems = read({"content/vocabularies/events.yaml": "night-market: {name: {en: A, fr: B}}\n"})

    assert [problem.kind for problem in problems] == ["part-id-twice"]
    assert sorted([problems[0].place.file, problems[0].details["other"]]) == [
        "content/vocabularies/events.yaml",
        "content/vocabularies/parts.yaml",
    ]
    assert problems[0].details["name"] == "night-market"


@pytest.mark.parametrize(
    ("chart", "kinds"),
    [
        ("measure: visitors", []),
        ("measure: takings\n  part: night-market", []),
        ("measure: visitors\n  part: night-market", ["chart-empty"]),
        ("measure: takings\n  stage: signed", ["chart-empty"]),
        ("measure: visitors\n  record: expo", []),
        ("measure: takings\n  record: expo", ["chart-empty"]),
    ],
)
def test_a_chart_of_nothing_is_told(read: Read, chart: str, kinds: list[str]) -> None:
    """Its measure, stage and part must be those of some figure."""
    text = f"one:\n  arrangement: columns\n  title: {{en: A, fr: B}}\n  says: {{en: A., fr: B.}}\n  {chart}\n"

    problems = read({"content/charts.yaml": text})

    assert [problem.kind for problem in problems] == kinds
    assert all(chart.startswith(f"measure: {problem.details['name']}\n") for problem in problems)


def test_two_claims_of_one_record_need_addresses_of_their_own(read: Read) -> None:
    """Told at the second, with the line of the first and the address they share."""
    one = "    - {value: 1, sources: [gazette-2009]}\n"
    problems = read({E2013: VISITED + one + one})

    assert told(problems) == [("anchor-twice", 5)]
    assert found_details(problems) == [{"anchor": "visitors", "line": "4", "own": "visitors-2"}]


def found_details(problems: list[Problem]) -> list[dict[str, str]]:
    """What each problem says of itself."""
    return [dict(problem.details) for problem in problems]


def test_eras_at_fault_are_told_with_their_years(read: Read) -> None:
    """The years that do not go together, and the line of the earlier era."""
    era = "  name: {en: A, fr: B}\n  summary: {en: A., fr: B.}\n  evidence: [2009#crane]\n  reading: {en: A., fr: B.}\n"
    text = f"a:\n{era}  start: 2009\n  end: 2008\nb:\n{era}  start: 2008\n  end: 2010\n"

    assert found_details(read({"content/eras.yaml": text})) == [
        {"start": "2009", "end": "2008"},
        {"start": "2009", "line": "9"},
    ]


def test_an_input_that_no_record_has_is_told_once(read: Read) -> None:
    """As an unknown claim; there is nothing to compute then."""
    text = VISITED + "    - {last: 3, value: 3, derived: {formula: a + 1, inputs: {a: 2009#visitor}}}\n"

    assert told(read({E2013: text})) == [("unknown-claim", 4)]


# --- texts -----------------------------------------------------------------------------------------------------------

ARTICLE = "---\ntitle: T\nsummary: S\n---\n{}\n\n## Afterwards {{#afterwards}}\n"


@pytest.mark.parametrize(
    ("first", "others"),
    [("", "2013#visitors-copy, 2013#visitors-other"), (", preferred: {en: Counted., fr: Compté.}", "")],
    ids=["none preferred", "one preferred"],
)
def test_a_text_says_which_of_two_conflicting_figures_it_means(read: Read, first: str, others: str) -> None:
    """Told at the mention, whatever stands before it, with the others; not where one is preferred, or has an id."""
    edition = (
        f"{VISITED}    - {{value: 1, sources: [gazette-2009]{first}}}\n"
        "    - {id: visitors-copy, value: 2, sources: [copy-2010]}\n"
        "    - {id: visitors-other, value: 2, sources: [copy-2010]}\n"
    )
    text = ARTICLE.format("[@gazette-2009] [=2013#none] [=2013#visitors] [=2013#visitors-copy]")
    problems = read({E2013: edition, "content/articles/first-crane/en.md": text})
    conflicts = [problem for problem in problems if problem.kind == "figure-in-conflict"]

    told = {"name": "2013#visitors", "others": others, "anchor": "visitors"}

    assert found_details(conflicts) == ([told] if others else [])


def test_a_heading_without_an_id_is_told_with_its_words(read: Read) -> None:
    """In a text that has a translation."""
    text = ARTICLE.format("## Before")
    problems = read({"content/articles/first-crane/en.md": text})

    assert [(one.kind, one.place.line, one.details) for one in problems if one.kind.startswith("heading")] == [
        ("heading-without-id", 5, {"heading": "Before"})
    ]


def test_headings_of_one_language_alone_are_told(read: Read) -> None:
    """One that the original lacks, at itself; one that the translation lacks, at its text; each with the other file.

    What an article in one language has for headings is its own affair.
    """
    folder = "content/articles/first-crane"
    text = ARTICLE.format("A line.").replace("{#afterwards}", "{#later}")
    alone = {"content/articles/alone/article.yaml": "{}\n", "content/articles/alone/en.md": ARTICLE.format("## A")}
    problems = [one for one in read({f"{folder}/fr.md": text, **alone}) if one.kind.startswith("heading")]

    assert told(problems) == [("heading-ids-differ", 7), ("heading-ids-differ", 5)]
    assert {problem.place.file for problem in problems} == {f"{folder}/fr.md"}
    assert found_details(problems) == [
        {"name": "later", "other": f"{folder}/en.md"},
        {"name": "afterwards", "other": f"{folder}/en.md"},
    ]


# --- what a figure rests on ---

SOURCED = "sources: [gazette-2009]"
EXPO = (TINY_EXPO / "content/expo.yaml").read_text("utf-8")


def total(figure: str) -> dict[str, str]:
    """The record of the fair as a whole, with one figure more."""
    return {"content/expo.yaml": EXPO.replace("figures:\n", f"figures:\n  takings: {figure}\n", 1)}


def visitors(year: int, said: str) -> dict[str, str]:
    """An edition with one figure, in line 3."""
    return {f"content/editions/{year}.yaml": f"year: {year}\nfigures:\n  visitors: {{value: 7, {said}}}\n"}


def of(*inputs: str) -> str:
    """How a figure is derived from these."""
    names = [f"i{number}" for number in range(len(inputs))]
    named = ", ".join(f'{name}: "{address}"' for name, address in zip(names, inputs, strict=True))
    return f"derived: {{reading: {{en: A., fr: B.}}, inputs: {{{named}}}}}"


RINGS = {
    "itself": ({**visitors(2013, of("2013#visitors"))}, ["2013#visitors → 2013#visitors"]),
    "each other": (
        {**visitors(2013, of("2014#visitors")), **visitors(2014, of("2013#visitors"))},
        ["2013#visitors → 2014#visitors → 2013#visitors"],
    ),
    "three, and one that leads to them": (
        {
            **visitors(2013, of("2014#visitors")),
            **visitors(2014, of("2015#visitors")),
            **visitors(2015, of("2016#visitors")),
            **visitors(2016, of("2014#visitors")),
        },
        ["2014#visitors → 2015#visitors → 2016#visitors → 2014#visitors"],
    ),
    "through the fair as a whole": (
        {
            **visitors(2013, of("expo#takings")),
            **total(f"{{value: 7, {of('2013#visitors')}}}"),
        },
        ["2013#visitors → expo#takings → 2013#visitors"],
    ),
    "through a part": (
        {
            "content/editions/2013.yaml": "year: 2013\nfigures:\n  visitors:\n"
            f"    - {{value: 7, {of('2013#visitors-night-market')}}}\n"
            f"    - {{value: 7, part: night-market, {of('2013#visitors')}}}\n"
        },
        ["2013#visitors → 2013#visitors-night-market → 2013#visitors"],
    ),
    "a source of its own does not open it": (
        {**visitors(2013, f"{SOURCED}, {of('2013#visitors')}")},
        ["2013#visitors → 2013#visitors"],
    ),
    "named twice, told once": (
        {**visitors(2013, of("2013#visitors", "2013#visitors"))},
        ["2013#visitors → 2013#visitors"],
    ),
    "two rings with one claim in common": (
        {
            **visitors(2013, of("2014#visitors", "2015#visitors")),
            **visitors(2014, of("2013#visitors")),
            **visitors(2015, of("2013#visitors")),
        },
        ["2013#visitors → 2014#visitors → 2013#visitors", "2013#visitors → 2015#visitors → 2013#visitors"],
    ),
    "two ways to one claim are no ring": (
        {
            **visitors(2013, of("2014#visitors", "2015#visitors")),
            **visitors(2014, of("2015#visitors")),
            **visitors(2015, SOURCED),
        },
        [],
    ),
}


@pytest.mark.parametrize("case", RINGS)
def test_what_a_claim_is_derived_from_never_leads_back_to_it(read: Read, case: str) -> None:
    """Each ring is named once, at the input that closes it."""
    files, rings = RINGS[case]
    problems = read(files)

    assert [(problem.kind, problem.details["ring"]) for problem in problems] == [
        ("derivation-ring", ring) for ring in rings
    ]
    for problem in problems:
        last = problem.details["ring"].rpartition(" → ")[2]
        assert problem.place.excerpt[problem.place.column - 1 :].lstrip('"').startswith(last)


@pytest.mark.long
def test_a_way_of_any_length_from_a_claim_to_its_source_is_followed(read: Read) -> None:
    """Longer than any recursion, and closed at its end."""
    count = 3000
    lines = [f"    - {{id: v-{n}, last: {n}, value: 7, {of(f'2013#v-{n + 1}')}}}\n" for n in range(1, count)]
    ends = {end: read({E2013: VISITED + "".join(lines) + f"    - {{id: v-{count}, last: {count}, value: 7, {end}}}\n"})
            for end in (SOURCED, of("2013#v-1"))}  # fmt: skip

    assert [problem.kind for problem in ends[SOURCED]] == []
    assert [(problem.kind, problem.place.line) for problem in ends[of("2013#v-1")]] == [("derivation-ring", count + 3)]


UNSOURCED = {
    "an empty list": ("{value: 7, sources: []}", "claim-without-source"),
    "a formula of nothing": ("{value: 7, derived: {formula: 3 + 4}}", "claim-without-source"),
    "a reading of nothing": ("{value: 7, derived: {reading: {en: A., fr: B.}}}", "claim-without-source"),
    "no inputs": ("{value: 7, derived: {formula: 3 + 4, inputs: {}}}", "claim-without-source"),
    "an input that the formula leaves out": (
        "{value: 7, derived: {formula: 3 + 4, inputs: {a: 2009#visitors}}}",
        "derivation-of-nothing",
    ),
    "an input that makes no difference": (
        "{value: 7, derived: {formula: 7 + 0 * a, inputs: {a: 2009#visitors}}}",
        "derivation-of-nothing",
    ),
    "a day that makes no difference": (
        "{value: 7, derived: {formula: 7 + 0 * a, inputs: {a: 2009#opened}}}",
        "bad-formula",
    ),
    "an input that was not held": (
        "{value: 7, derived: {formula: a + 7, inputs: {a: 2014#visitors}}}",
        "derivation-input",
    ),
    "an input that does not exist": ("{value: 7, derived: {formula: a, inputs: {a: 2015#visitors}}}", "unknown-claim"),
    "a source that does not exist": ("{value: 7, sources: [withdrawn-2009]}", "unknown-id"),
    "a source that is nothing": ("{value: 7, sources: [nothing-2009]}", "source-empty"),
}


@pytest.mark.parametrize("record", ["edition", "expo"])
@pytest.mark.parametrize("case", UNSOURCED)
def test_no_figure_is_published_without_a_source(tmp_path: Path, read: Read, case: str, record: str) -> None:
    """Neither of an edition nor of the fair as a whole: whatever is written in place of one is an error."""
    figure, kind = UNSOURCED[case]
    files = {
        "content/editions/2014.yaml": f"year: 2014\nfigures:\n  visitors: {{nothing: not_held, {SOURCED}}}\n",
    }
    files |= total(figure) if record == "expo" else {E2013: f"{VISITED.rstrip()} {figure}\n"}
    if kind == "source-empty":
        files["content/sources/nothing-2009.yaml"] = "{language: en, grade: official}\n"
    problems = read(files)

    assert kind in [problem.kind for problem in errors(problems)]


def test_a_figure_does_not_rest_on_a_draft(build_site: Callable[..., Site]) -> None:
    """Readers could not look up what it is worked out from."""
    figure = "figures:\n  visitors: {value: 7, derived: {formula: a - 1, inputs: {a: 2014#visitors}}}\n"
    files = {
        E2013: "year: 2013\n" + figure,
        "content/editions/2014.yaml": f"year: 2014\ndraft: true\nfigures:\n  visitors: {{value: 8, {SOURCED}}}\n",
    }

    assert ("names-a-draft", E2013) in [
        (problem.kind, problem.place.file) for problem in errors(build_site(files).problems)
    ]


def test_an_activity_falls_in_the_year_of_its_edition(read: Read) -> None:
    """As the days of the edition itself do."""
    activity = "{id: parade, name: {en: Parade}, date: 2012-06-01, sources: [gazette-2009]}"

    problems = read({E2013: f"year: 2013\nactivities: {activity}\n"})

    assert told(problems) == [("date-outside-year", 2)]


@pytest.mark.parametrize(
    ("chart", "found"),
    [
        ("arrangement: columns", ("chart-lacks", 2, "measure")),
        ("arrangement: ranks\n  measure: visitors", ("chart-lacks", 2, "ranks")),
        (
            "arrangement: steps\n  measure: visitors\n  flows: [[2009#takings, 2009#visitors]]",
            ("chart-does-not-take", 2, "flows"),
        ),
        ("arrangement: ranks\n  ranks: {offices: [city], levels: [regional]}", ("ranks-of-one-sort", 5, None)),
        ("arrangement: ranks\n  ranks: {offices: [town]}", ("not-one-of", 5, None)),
        ("arrangement: flow\n  flows: [[2009#takings]]", ("too-few", 5, None)),
        ("arrangement: flow\n  flows: [[2009#takings, 2009#taking]]", ("unknown-claim", 5, None)),
        ("arrangement: flow\n  flows: [[2009#takings, 2009#opened]]", ("flow-not-a-number", 5, None)),
        (
            "arrangement: flow\n  flows: [[2009#takings, {claim: 2009#takings-night-market, share: 2009#opened}]]",
            ("flow-not-a-number", 5, None),
        ),
        ("arrangement: flow\n  flows: [[2009#takings, 2009#visitors]]", ("flow-units-differ", 5, None)),
        ("arrangement: flow\n  flows: [[2009#takings-night-market, 2009#takings]]", ("flow-grows", 5, None)),
    ],
)
def test_a_chart_is_told_what_it_is_drawn_from(read: Read, chart: str, found: tuple[str, int, str | None]) -> None:
    """Each arrangement takes keys of its own, and each step of a flow is a part of the one before."""
    head, _, rest = chart.partition("\n")
    text = f"one:\n  {head}\n  title: {{en: A, fr: B}}\n  says: {{en: A., fr: B.}}\n{rest}\n"

    [problem] = read({"content/charts.yaml": text})

    assert (problem.kind, problem.place.line, problem.details.get("key")) == found
    assert problem.place.file == "content/charts.yaml"


@pytest.mark.parametrize(
    ("figure", "is_told"),
    [
        ("visitors: {value: 2, sources: [gazette-2009]}", False),
        ("visitors: {value: 19, qualifier: about, sources: [gazette-2009]}", False),
        ("visitors: {value: 1, sources: [gazette-2009]}", True),
        ("visitors: {value: 20, sources: [gazette-2009]}", True),
        ("visitors: {value: 7.5, sources: [gazette-2009]}", True),
        ("visitors: {value: {from: 5, to: 6}, sources: [gazette-2009]}", True),
        ("takings: {value: 7, sources: [gazette-2009]}", True),
    ],
)
def test_only_a_small_count_is_written_in_words(read: Read, figure: str, is_told: bool) -> None:
    """From two to nineteen; no money, no range."""
    address = f"2013#{figure.partition(':')[0]}"
    text = ARTICLE.format(f"Of [={address}|words, nocite].")
    problems = read({E2013: f"year: 2013\nfigures:\n  {figure}\n", "content/articles/first-crane/en.md": text})

    assert [(one.kind, one.place.line, one.place.column) for one in errors(problems)] == (
        [("figure-not-in-words", 5, 6)] if is_told else []
    )


def test_a_country_is_no_language(read: Read) -> None:
    """The language that is meant is told."""
    (problem,) = read({"content/sources/copy-2010.yaml": "title: {en: A}\nlanguage: cn\ngrade: reprint\n"})

    assert (problem.kind, problem.place.line, problem.nearest) == ("not-a-language-tag", 2, "zh")
