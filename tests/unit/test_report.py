"""What an editor reads of a problem: exact texts, so that no change to them goes unseen."""

import json
import re

import pytest

from expoarchive.cli.report import as_json, github, quote, report
from expoarchive.nodes import SourceText, parse_yaml
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.problem.catalogue import kinds, wording
from expoarchive.problem.pattern import fill

UNKNOWN = Problem(
    "unknown-key",
    Place("content/editions/2021.yaml", 12, 3, "  exhibitor: 三百"),
    {"name": "exhibitor", "choices": "exhibitors, value"},
    "exhibitors",
)
COLON = Problem("colon-in-value", Place("content/editions/2022.yaml", 2, 10, "title: 甲乙: 丙"))
EMPTY = Problem("empty-value", Place("content/expo.yaml", 3, 1, "note:"), {"name": "note"}, severity=WARNING)


def caret(excerpt: str, column: int) -> tuple[str, int]:
    """The line as it is shown, and the terminal cells before its caret."""
    quoted = quote(Place("a.yaml", 1, column, excerpt))
    return quoted.text, quoted.cells_before


# --- the report


def test_problems_are_reported_together_in_order_with_line_and_caret() -> None:
    """By file and line, whatever order they were found in; the count comes last."""
    assert report([EMPTY, COLON, UNKNOWN], "en", colour=False) == (
        "content/editions/2021.yaml:12:3: error: “exhibitor” is not a key that can be used here\n"
        "  12 |   exhibitor: 三百\n"
        "     |   ^\n"
        "       expected: one of: exhibitors, value\n"
        "       did you mean “exhibitors”?\n"
        "\n"
        "content/editions/2022.yaml:2:10: error: "
        "there is a second “: ” in this value, so YAML cannot tell where it ends\n"
        "  2 | title: 甲乙: 丙\n"
        "    |            ^\n"
        "      expected: quotes around a value with “: ” in it\n"
        "      cure: Put the whole value in double quotes.\n"
        "\n"
        "content/expo.yaml:3:1: warning: “note” has no value\n"
        "  3 | note:\n"
        "    | ^\n"
        "      expected: a value; if something is not known, leave out the key as well\n"
        "      cure: Write the value, or delete the key.\n"
        "\n"
        "2 errors, 1 warning in 3 files"
    )


def test_the_report_speaks_chinese_to_an_editor_who_does() -> None:
    """The same problem, the caret under the same sign."""
    assert report([COLON, UNKNOWN], "zh", colour=False) == (
        "content/editions/2021.yaml:12:3: 错误：此处不能有键“exhibitor”\n"
        "  12 |   exhibitor: 三百\n"
        "     |   ^\n"
        "       应为：以下之一：exhibitors, value\n"
        "       您是不是想写“exhibitors”？\n"
        "\n"
        "content/editions/2022.yaml:2:10: 错误：值里又有一个“: ”，YAML 无法判断值到哪里为止\n"
        "  2 | title: 甲乙: 丙\n"
        "    |            ^\n"
        "      应为：含有“: ”的值要加引号\n"
        "      改法：给整个值加上半角双引号。\n"
        "\n"
        "2 个文件中有 2 个错误"
    )


@pytest.mark.parametrize(
    ("problems", "english", "chinese"),
    [
        ([COLON], "1 error in 1 file", "1 个文件中有 1 个错误"),
        ([EMPTY], "1 warning in 1 file", "1 个文件中有 1 个警告"),
        ([EMPTY, COLON, UNKNOWN], "2 errors, 1 warning in 3 files", "3 个文件中有 2 个错误、1 个警告"),
        ([COLON, COLON], "1 error in 1 file", "1 个文件中有 1 个错误"),
    ],
)
def test_the_count_is_the_last_line(problems: list[Problem], english: str, chinese: str) -> None:
    """One thing found twice counts once."""
    assert report(problems, "en", colour=False).splitlines()[-1] == english
    assert report(problems, "zh", colour=False).splitlines()[-1] == chinese


def test_nothing_wrong_is_nothing_said() -> None:
    """The caller has its own words for success."""
    assert report([], "en", colour=True) == ""
    assert github([], "en") == ""
    assert json.loads(as_json([], "en")) == {"problems": [], "errors": 0, "warnings": 0}


def test_colours_change_no_word() -> None:
    """Without its escapes the coloured report is the plain one."""
    coloured = report([EMPTY, COLON, UNKNOWN], "en", colour=True)

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report([EMPTY, COLON, UNKNOWN], "en", colour=False)


def test_a_problem_of_a_whole_file_quotes_no_line() -> None:
    """There is nothing to point at."""
    text = report([Problem("empty-file", Place("content/eras.yaml"))], "en", colour=False)

    assert text.splitlines()[0] == "content/eras.yaml:1:1: error: the file has no data"
    assert "|" not in text


def test_what_a_file_holds_cannot_steer_the_terminal() -> None:
    """Escapes, line ends and marks that turn the direction of writing are shown as marks."""
    name = "a\x1b[2J\nb\u202ec"
    problem = Problem("empty-value", Place("x\x07.yaml", 1, 1, "\x1b]0;title\x07: \u2028"), {"name": name})
    text = report([problem], "en", colour=False)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u202e]", text)
    assert "“a�[2J b�c” has no value" in text


# --- the caret


@pytest.mark.parametrize(
    ("excerpt", "column", "cells_before"),
    [
        ("title: x", 8, 7),
        ("标题：x", 3, 4),
        ("标题：x", 4, 6),
        ("ＡＢ: x", 3, 4),
        ("ﾃｽﾄ: x", 4, 3),
        ("한국: x", 3, 4),
        ("　x", 2, 2),
        ("e\u0301té: x", 5, 3),
        ("🎪 x", 2, 2),
        ("\tx", 2, 4),
        ("a:\t中x", 5, 8),
        ("“x”", 2, 1),
        ("x", 9, 1),
        ("x   ", 3, 1),
    ],
)
def test_the_caret_stands_under_its_sign(excerpt: str, column: int, cells_before: int) -> None:
    """Wide signs take two cells, combining ones none, a tab four; beyond the line's end is its end."""
    assert caret(excerpt, column)[1] == cells_before


def test_a_tab_is_shown_as_spaces() -> None:
    """So that the caret's line and the text's agree on every terminal."""
    assert caret("\ta: b", 2) == ("    a: b", 4)


@pytest.mark.parametrize("column", [1, 50, 61, 62, 150, 299, 300, 301])
@pytest.mark.parametrize("sign", ["x", "中"])
def test_a_long_line_is_cut_to_a_window_around_the_fault(column: int, sign: str) -> None:
    """At most a hundred cells and the marks of the cuts, with the fault among them."""
    excerpt = "".join("！" if at == column else sign for at in range(1, 301))
    text, before = caret(excerpt, column)
    at = text.find("！")
    width = 2 if sign == "中" else 1

    assert len(text) < len(excerpt)
    assert sum(2 if char in "中！" else 1 for char in text) <= 102
    assert text.startswith("…") == (column > 60 / width + 1)
    assert text.endswith("…") == (column < 250)
    if column <= 300:
        assert before == text[:at].count(sign) * width + text[:at].count("…")


def test_a_line_of_a_hundred_cells_is_not_cut() -> None:
    """Nor is one of fifty wide signs."""
    assert caret("中" * 50, 50) == ("中" * 50, 98)


# --- for machines


def test_github_gets_one_annotation_a_problem() -> None:
    """With the properties that a workflow command knows; the same order as the report."""
    assert github([EMPTY, UNKNOWN], "en").splitlines() == [
        "::error file=content/editions/2021.yaml,line=12,col=3,"
        "title=“exhibitor” is not a key that can be used here"
        "::expected: one of: exhibitors, value%0Adid you mean “exhibitors”?",
        "::warning file=content/expo.yaml,line=3,col=1,title=“note” has no value"
        "::expected: a value; if something is not known, leave out the key as well"
        "%0Acure: Write the value, or delete the key.",
    ]


def test_what_a_workflow_command_would_read_as_its_own_is_escaped() -> None:
    """Percent signs and line ends everywhere; colons and commas in the properties only."""
    place = Place("content/a,b:c%.yaml", 1, 1)
    problem = Problem("yaml-syntax", place, {"reason": "50%, ::error::\r\n x"})

    line = github([problem], "en")

    assert line.startswith(
        "::error file=content/a%2Cb%3Ac%25.yaml,line=1,col=1,"
        "title=this cannot be read as YAML%3A 50%25%2C %3A%3Aerror%3A%3A  x::expected: “key: value” lines, with"
    )
    assert "\n" not in line


def test_json_holds_all_that_the_report_says() -> None:
    """Chinese stays readable."""
    text = as_json([UNKNOWN, EMPTY], "zh")
    read = json.loads(text)

    assert "此处不能有键“exhibitor”" in text
    assert (read["errors"], read["warnings"]) == (1, 1)
    assert read["problems"][0] == {
        "kind": "unknown-key",
        "severity": "error",
        "file": "content/editions/2021.yaml",
        "line": 12,
        "column": 3,
        "says": "此处不能有键“exhibitor”",
        "expected": "以下之一：exhibitors, value",
        "cure": "改正这个键，或将其删除。",
        "nearest": "exhibitors",
    }


# --- the words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_can_be_said_without_its_details(language: str) -> None:
    """A detail that a stage forgot leaves a gap, never a crash or braces."""
    for kind in kinds():
        words = wording(Problem(kind, Place("a.yaml")), language)

        assert words.says
        said = words.says + words.expected + words.cure
        # What editors are to write in braces themselves.
        for name in re.findall(r"\{\{(\w+)\}\}", str(kinds()[kind])):
            said = said.replace(f"{{{name}}}", "")
        assert not re.search(r"\{\w+\}(?!\})", said), kind


def test_a_kind_without_words_is_named_as_it_is() -> None:
    """Better a bare name than nothing."""
    assert wording(Problem("no-such-kind", Place("a.yaml")), "zh").says == "no-such-kind"


def test_english_is_spoken_where_the_editor_s_language_is_not_ours() -> None:
    """The nearest name too."""
    assert wording(UNKNOWN, "fr") == wording(UNKNOWN, "en")


def test_braces_in_a_detail_stay_what_they_are() -> None:
    """They come from a file, and no pattern is read out of it."""
    assert fill("“{found}” of {{a}}", {"found": "{found} {0.__class__}"}) == "“{found} {0.__class__}” of {a}"


def test_a_slip_of_a_chinese_keyboard_as_its_editor_sees_it() -> None:
    """From bytes to the report."""
    source = SourceText("content/expo.yaml", "figures: {}\n备注：展览会，合作：x\ntitle：广交会\nyear: 2022\n")

    assert report(parse_yaml(source)[1], "zh", colour=False) == (
        "content/expo.yaml:3:6: 错误：“title”后面的冒号是全角的（：）\n"
        "  3 | title：广交会\n"
        "    |      ^\n"
        "      应为：半角冒号加一个空格：“title: ”\n"
        "      改法：把“：”改成“: ”。若文字本来如此，请给整个值加上引号。\n"
        "\n"
        "1 个文件中有 1 个错误"
    )
