"""A claim is held against what its source prints: digits, number words, unit, qualifier, day and ordinal."""

from pathlib import Path

import pytest

from expoarchive.problem import Problem
from expoarchive.problem.catalogue import wording
from tests.sites import read_small

SOURCE = "content/sources/seen.yaml"
EDITION = "content/editions/2013.yaml"
UNITS = """
count: {name: {en: number, fr: nombre}, base: count, shown: {en: "{number}", fr: "{number}"}}
crown: {name: {en: crowns, fr: couronnes}, base: LUC, factor: 1000, shown: {en: "LUC {number}", fr: "{number} LUC"}}
yi: {name: {en: yi, fr: yi}, base: CNY, factor: 100000000, shown: {en: "CNY {number}", fr: "{number} CNY"}}
percent: {name: {en: per cent, fr: pour cent}, base: percent, shown: {en: "{number}%", fr: "{number} %"}}
m2: {name: {en: m2, fr: m2}, base: m2, shown: {en: "{number} m2", fr: "{number} m2"}}
pflops: {name: {en: P, fr: P}, base: FLOPS, factor: 1000000000000000, shown: {en: "{number} P", fr: "{number} P"}}
"""
MEASURES = """
visitors: {name: {en: Visitors, fr: Visiteurs}, unit: count}
takings: {name: {en: Takings, fr: Recettes}, unit: crown}
value: {name: {en: Value, fr: Valeur}, unit: yi}
share: {name: {en: Share, fr: Part}, unit: percent}
area: {name: {en: Area, fr: Surface}, unit: m2}
power: {name: {en: Power, fr: Puissance}, unit: pflops}
"""

# The claims of other editions are what they are.
FAR = ("figure-far", "ordinal-out-of-order")


def judged(root: Path, language: str, claim: str) -> list[Problem]:
    """What is wrong with one claim that rests on a source in this language."""
    files = {
        SOURCE: f"{{title: {{en: Seen}}, language: {language}, grade: official}}\n",
        EDITION: f"year: 2013\n{claim}\n",
        "content/vocabularies/units.yaml": UNITS,
        "content/vocabularies/measures.yaml": MEASURES,
    }
    return [problem for problem in read_small(root, files)[2] if problem.kind not in FAR]


def of_figure(measure: str, value: str, printed: str, qualifier: str = "exact", more: str = "") -> str:
    """A figure's claim; its value is on line 4, its print on line 7."""
    return (
        f"figures:\n  {measure}:\n    value: {value}\n    qualifier: {qualifier}\n    sources:\n"
        f"      - source: seen\n        printed: {printed!r}\n{more}"
    )


@pytest.mark.parametrize(
    ("language", "measure", "value", "qualifier", "printed"),
    [
        ("zh", "value", "1045", "exact", "1,045亿元"),
        ("zh", "value", "1045", "exact", "１０４５億元"),
        ("zh-Hant", "value", "5380", "over", "5380多億元"),
        ("zh", "value", "16000", "exact", "1.6万亿元"),
        ("zh", "value", "0.3", "exact", "3000万元"),
        ("zh", "visitors", "30", "over", "30余家"),
        ("zh", "visitors", "300", "over", "三百余家"),
        ("zh", "visitors", "200", "nearly", "近200个"),
        ("zh", "visitors", "1300", "about", "约1300人"),
        ("zh", "visitors", "25", "exact", "二十五个"),
        ("zh", "visitors", "1000", "over", "1000家以上"),
        ("zh", "visitors", "{from: 12, to: 15}", "exact", "12至15家"),
        ("zh", "visitors", "53", "exact", "签约53项519.6亿元"),
        ("zh", "value", "519.6", "exact", "签约53项519.6亿元"),
        ("zh", "area", "40000", "exact", "4万平方米"),
        ("zh", "power", "15000", "exact", "1.5万P"),
        ("zh", "share", "98", "exact", "百分之九十八"),
        ("zh", "share", "90", "over", "九成多"),
        ("en", "value", "1502", "exact", "150.2 billion yuan"),
        ("en", "visitors", "500", "over", "more than 500 firms"),
        ("en", "visitors", "14", "exact", "fourteen firms"),
        ("en", "visitors", "1200", "about", "some 1,200 people"),
        ("de", "value", "235", "exact", "23,5 Milliarden Yuan"),
        ("it", "value", "20400", "over", "oltre 2.040 miliardi di yuan"),
        ("fr", "takings", "12", "exact", "12 000 couronnes"),
        ("ja", "value", "235", "exact", "235億元"),
        ("ja", "value", "235", "exact", "契約235億元"),
        ("ja", "visitors", "10000", "about", "約1万人"),
        ("ja", "visitors", "10000", "about", "約一万人"),
        ("ja", "visitors", "10000", "about", "およそ1万人"),
        ("ja", "visitors", "10000", "over", "1万人余り"),
        ("ja", "visitors", "10000", "over", "1万人以上"),
        ("ja", "visitors", "10000", "over", "1万人超"),
        ("ja", "visitors", "10000", "nearly", "1万人弱"),
        ("ja", "visitors", "10000", "nearly", "1万人未満"),
        ("ko", "visitors", "200", "about", "약 200명"),
        # rounded in print
        ("en", "value", "231.48", "exact", "23.1 billion yuan"),
        ("zh", "area", "38000", "exact", "4万平方米"),
    ],
)
def test_a_print_agrees(tmp_path: Path, language: str, measure: str, value: str, qualifier: str, printed: str) -> None:
    """In the number words, units and qualifiers of its language, whole or rounded."""
    assert judged(tmp_path, language, of_figure(measure, value, printed, qualifier)) == []


@pytest.mark.parametrize(
    ("language", "measure", "value", "printed", "claimed", "read"),
    [
        ("zh", "value", "1054", "1,045亿元", "105,400,000,000 CNY", "104,500,000,000 CNY"),
        ("zh", "value", "10.45", "1045亿元", "1,045,000,000 CNY", "104,500,000,000 CNY"),
        ("zh", "value", "30", "30万元", "3,000,000,000 CNY", "300,000 CNY"),
        ("en", "value", "150.2", "150.2 billion yuan", "15,020,000,000 CNY", "150,200,000,000 CNY"),
        ("en", "value", "1420", "$142 billion", "142,000,000,000 CNY", "142,000,000,000 USD"),
        ("zh", "visitors", "{from: 12, to: 50}", "12至15家", "12–50", "12–15"),
        ("zh", "share", "100", "百分之九十八", "100 percent", "98 percent"),
        ("en", "value", "231.48", "23.2 billion yuan", "23,148,000,000 CNY", "23,200,000,000 CNY"),
    ],
)
def test_a_slip_is_told_with_both_readings(
    tmp_path: Path, language: str, measure: str, value: str, printed: str, claimed: str, read: str
) -> None:
    """At the print, in the base unit, so that zeros can be counted."""
    (problem,) = judged(tmp_path, language, of_figure(measure, value, printed))

    assert (problem.kind, problem.place.file, problem.place.line, problem.place.column) == (
        *("print-differs", EDITION),
        *(8, 18),
    )
    assert (problem.details["claim"], problem.details["print"]) == (claimed, read)


@pytest.mark.parametrize(
    ("measure", "value", "printed", "said"),
    [
        ("value", "104500", "1,045亿元", "即 1045亿元；这条记述却是 104500亿元"),
        ("area", "35000", "4.5万平方米", "即 4.5万平方米；这条记述却是 3.5万平方米"),
        ("visitors", "{from: 12, to: 50}", "12至15家", "即 12–15；这条记述却是 12–50"),
    ],
)
def test_a_slip_is_told_in_chinese_as_chinese_counts(
    tmp_path: Path, measure: str, value: str, printed: str, said: str
) -> None:
    """By 万 and 亿, with the word of the unit."""
    (problem,) = judged(tmp_path, "zh", of_figure(measure, value, printed))
    assert said in wording(problem, "zh").says


@pytest.mark.parametrize(
    ("qualifier", "printed", "says"),
    [("exact", "30余家", "over"), ("over", "30家", "exact"), ("about", "近30家", "nearly")],
)
def test_a_qualifier_is_part_of_the_print(tmp_path: Path, qualifier: str, printed: str, says: str) -> None:
    """Thirty and over thirty are two claims."""
    (problem,) = judged(tmp_path, "zh", of_figure("visitors", "30", printed, qualifier))

    assert (problem.kind, problem.place.line, problem.details["print"]) == ("print-qualifier", 8, says)


@pytest.mark.parametrize(
    ("claim", "printed"),
    [
        ("held: {opened: {date: 2013-06-10, ", "6月10日至13日"),
        ("held: {closed: {date: 2013-06-13, ", "6月10日至13日"),
        ("held: {opened: {date: 2013-06-10, ", "10 June"),
        ("held: {opened: {date: 2013-06-10, ", "June 10-13, 2013"),
        ("held: {closed: {date: 2013-06-13, ", "from 10 to 13 June"),
        ("held: {opened: {date: 2013-06-10, ", "6월 10일"),
        ("held: {opened: {date: 2013-06-10, ", "10. Juni 2013"),
        ("held: {opened: {date: 2013-06-10, ", "vom 10. bis zum 13. Juni"),
        ("held: {opened: {date: 2013-06, ", "giugno 2013"),
        ("held: {opened: {date: 2013-06-10, ", "2013-06-10"),
    ],
)
def test_a_day_agrees(tmp_path: Path, claim: str, printed: str) -> None:
    """As far as it is printed; either end of a span."""
    closing = f"sources: [{{source: seen, printed: {printed!r}}}]}}}}"

    assert judged(tmp_path, "en", claim + closing) == []


@pytest.mark.parametrize(
    ("claim", "printed", "kind"),
    [
        ("held: {opened: {date: 2013-06-10, ", "6月11日", "print-differs"),
        ("held: {opened: {date: 2013-06-10, ", "7月10日", "print-differs"),
        ("held: {opened: {date: 2013-06-10, ", "June 2013", "print-differs"),
        ("held: {opened: {date: 2013-06-10, ", "last summer", "print-unreadable"),
    ],
)
def test_another_day_is_an_error(tmp_path: Path, claim: str, printed: str, kind: str) -> None:
    """And so is a month where the claim has a day."""
    closing = f"sources: [{{source: seen, printed: {printed!r}}}]}}}}"

    (problem,) = judged(tmp_path, "en", claim + closing)

    assert (problem.kind, problem.place.line) == (kind, 2)


@pytest.mark.parametrize("printed", ["第二十届", "第20届", "第20屆", "20th", "twentieth", "제20차", "20esima", "20e"])
def test_an_ordinal_agrees(tmp_path: Path, printed: str) -> None:
    """In digits or words of each language."""
    assert judged(tmp_path, "zh", f"ordinal: {{value: 20, sources: [{{source: seen, printed: {printed}}}]}}") == []


@pytest.mark.parametrize(("printed", "kind"), [("第二十一届", "print-differs"), ("二十多", "print-unreadable")])
def test_another_ordinal_is_an_error(tmp_path: Path, printed: str, kind: str) -> None:
    """A count is no ordinal."""
    (problem,) = judged(tmp_path, "zh", f"ordinal: {{value: 20, sources: [{{source: seen, printed: {printed}}}]}}")

    assert problem.kind == kind


def test_a_misprint_of_the_source_is_explained(tmp_path: Path) -> None:
    """With its reason it is no error; where print and claim agree, the explanation is one too many."""
    why = "        misprint: {en: Dollars for yuan., fr: Des dollars pour des yuans.}"

    assert judged(tmp_path / "a", "en", of_figure("value", "1420", "$142 billion", more=why)) == []
    (problem,) = judged(tmp_path / "b", "en", of_figure("value", "1420", "142 billion yuan", more=why))
    assert (problem.kind, problem.severity) == ("misprint-needless", "warning")


def test_a_misprint_needs_a_print(tmp_path: Path) -> None:
    """There is nothing else that it could explain."""
    claim = "ordinal: {value: 20, sources: [{source: seen, misprint: {en: A slip., fr: Une coquille.}}]}"

    (problem,) = judged(tmp_path, "en", claim)

    assert (problem.kind, problem.place.line) == ("misprint-of-nothing", 2)


def test_numerals_of_another_language_are_only_warned_of(tmp_path: Path) -> None:
    """The build cannot read their words, and says so; plain digits are read in any language."""
    assert judged(tmp_path / "a", "tr", of_figure("visitors", "26", "26 elçi")) == []
    (problem,) = judged(tmp_path / "b", "ru", of_figure("value", "1045", "104,5 млрд юаней"))

    assert (problem.kind, problem.severity, problem.details["language"]) == ("print-language", "warning", "ru")


def test_what_the_archive_worked_out_itself_is_not_held_against_a_print(tmp_path: Path) -> None:
    """The print is then of what it was worked out from."""
    derived = "    derived: {formula: a + 1, inputs: {a: 2009#visitors}}"

    assert judged(tmp_path, "en", of_figure("visitors", "1201", "1,200 visitors", more=derived)) == []
