"""What the records stage reads in Markdown: front matter, headings, references and their exact places."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem
from expoarchive.problem.catalogue import kinds
from expoarchive.records.prose import Reference, front_matter, headings, references, scan

PROSE = Path(__file__).parents[2] / "expoarchive" / "records" / "prose"


def body(text: str, first_line: int = 1) -> SourceText:
    return SourceText("content/articles/a/zh.md", text, first_line)


def found(text: str) -> list[Reference]:
    """The references of a text that has no problems."""
    made, problems = references(body(text))
    assert problems == []
    return made


def problems_of(text: str) -> list[Problem]:
    return references(body(text))[1]


def the_problem(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


def where(problem: Problem) -> tuple[str, int, int]:
    return problem.kind, problem.place.line, problem.place.column


# --- references that are well formed ---


def test_a_citation_names_its_source() -> None:
    """The place is where the id stands."""
    (reference,) = found("增长。[@paper-2022]")

    assert (reference.kind, reference.target, reference.locator) == ("citation", "paper-2022", None)
    assert (reference.place.line, reference.place.column) == (1, 6)


def test_citations_in_one_bracket_have_each_its_locator_and_place() -> None:
    """Commas and semicolons of either width divide; a locator keeps its own."""
    made = found("x [@a, p. 3; pp. 5, 7；@b，第2版; @c]")

    assert [(r.target, r.locator, r.place.column) for r in made] == [
        ("a", "p. 3; pp. 5, 7", 5),
        ("b", "第2版", 24),
        ("c", None, 32),
    ]


def test_a_bracket_may_run_over_a_line() -> None:
    """Editors wrap their lines; the second citation is in the second line."""
    made = found("x [@a;\n@b, p.\n4]")

    assert [(r.target, r.locator, r.place.line, r.place.column) for r in made] == [
        ("a", None, 1, 5),
        ("b", "p. 4", 2, 2),
    ]


@pytest.mark.parametrize(
    ("text", "target", "options"),
    [
        ("[=2022#value-signed]", "2022#value-signed", set()),
        ("[=2022#value-signed|bare]", "2022#value-signed", {"bare"}),
        ("[=expo#funds-in-place-after-2024|nocite]", "expo#funds-in-place-after-2024", {"nocite"}),
        ("[=2022#value-signed|bare,nocite]", "2022#value-signed", {"bare", "nocite"}),
        ("[=2022#value-signed|nocite, bare]", "2022#value-signed", {"bare", "nocite"}),
        ("[=2022#projects|words]", "2022#projects", {"words"}),
    ],
)
def test_a_figure_names_a_claim(text: str, target: str, options: set[str]) -> None:
    """By record and anchor, with options after a bar, a comma between them."""
    (reference,) = found(text)

    assert (reference.kind, reference.target, set(reference.options)) == ("figure", target, options)
    assert reference.place.column == 3


@pytest.mark.parametrize(
    ("text", "sort", "target", "shown"),
    [
        ("[[edition:2022]]", "edition", "2022", None),
        ("[[article:cloud-fair|那篇文章]]", "article", "cloud-fair", "那篇文章"),
        ("[[page:about]]", "page", "about", None),
        ("[[industry:lithium]]", "industry", "lithium", None),
        ("[[place:west| the west ]]", "place", "west", "the west"),
        ("[[topic:four-places]]", "topic", "four-places", None),
        ("[[source:paper-2022]]", "source", "paper-2022", None),
        ("[[claim:2022#first-x|a：b｜c]]", "claim", "2022#first-x", "a：b｜c"),
    ],
)
def test_a_link_names_a_thing_of_a_sort(text: str, sort: str, target: str, shown: str | None) -> None:
    """With the text to show, if any; only that text may be full-width."""
    (reference,) = found(text)

    assert (reference.kind, reference.sort, reference.target, reference.text) == ("link", sort, target, shown)
    assert reference.place.column == len(sort) + 4


def test_places_are_counted_from_the_top_of_the_file() -> None:
    """The body begins where the front matter ends."""
    made, _ = references(body("\n词[@a]", first_line=5))

    assert (made[0].place.line, made[0].place.column, made[0].place.excerpt) == (6, 4, "词[@a]")


def test_references_in_tables_raw_html_lists_and_footnotes_are_read() -> None:
    """Everything that is shown as prose."""
    text = (
        "| [=2022#x|bare] | `code` |\n|---|---|\n| 1 | [@b] |\n\n"
        "<table>\n\n    <tr><td>[@c]</td></tr>\n</table>\n\n"
        "- [@d]\n\n    [@e]\n\n    - [@f]\n\n        [@g]\n\n注[^1]\n\n[^1]: 见 [@h]\n\n    [@i]\n"
    )

    assert [r.target for r in found(text)] == ["2022#x", "b", "c", "d", "e", "f", "g", "h", "i"]


# --- what is no reference ---


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "`` ` [@a] ``",
        "- `[@a]` and\n- `b`",
        "```\n[@]\n```",
        "~~~ yaml\n[= x]\n\n[[a]]\n~~~",
        "text\n\n    [@a]\n    [@]\n",
        "text\n\n\t[@a]",
        "# heading\n    [@a]",
        "- item\n\n        [@a]",
        "- item\n    - item\n\n            [@a]",
        ">     [@a]",
        "> >     [@a]",
        "> a\n>\n>     [@a]",
        "> - a\n>\n>         [@a]",
        "- a\n\n    >     [@a]",
        "<!-- [@a] -->",
        "a <!--\n\n[@]\n\n    --> b",
        r"\[@a] \[=x] and \[[a]]",
        "![@a](media/a.png)",
        "an e-mail a@b, an array a[0], a [link](x) and a [ref][1]",
    ],
)
def test_code_comments_escapes_and_pictures_hold_no_reference(text: str) -> None:
    """Nothing found there, and nothing complained of."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a\n    [@a]",
        "> a\n>     [@a]",
        "> - a\n>\n>     [@a]",
        "> a\n    [@a]",
        "`[@a]",
        "`a\n\n[@a]`",
        "- `a\n- [@a]`",
        r"\\[@a]",
        r"\`[@a]\`",
        "```a``` [@a]",
        "`<!--` [@a] `-->`",
    ],
)
def test_what_only_looks_like_code_is_read(text: str) -> None:
    """A continued line, an open backtick, one in another block, an escaped one."""
    assert [r.target for r in found(text)] == ["a"]


# --- references that are not ---


@pytest.mark.parametrize(
    ("text", "kind", "line", "column", "nearest"),
    [
        ("词 [@]", "citation-syntax", 1, 3, None),
        ("a\nb [@ a]", "citation-syntax", 2, 3, "[@a]"),
        ("[@a;]", "citation-syntax", 1, 1, "[@a]"),
        ("[@a; b]", "citation-syntax", 1, 1, None),
        ("[@Some_Paper]", "citation-syntax", 1, 1, None),
        ("[= x]", "figure-syntax", 1, 1, None),
        ("[=2022]", "figure-syntax", 1, 1, None),
        ("[= 2022#x]", "figure-syntax", 1, 1, "[=2022#x]"),
        ("[=22#x]", "figure-syntax", 1, 1, None),
        ("a [=2022#x|bear]", "unknown-option", 1, 12, "bare"),
        ("a [=2022#x|bare, nosite]", "unknown-option", 1, 18, "nocite"),
        ("a [=2022#x|bare，nocite]", "fullwidth-in-reference", 1, 16, None),
        ("[=2022#x|]", "unknown-option", 1, 10, None),
        ("[[foo:bar]]", "unknown-sort", 1, 3, None),
        ("见[[editon:2022]]", "unknown-sort", 1, 4, "edition"),
        ("[[edition:22]]", "link-syntax", 1, 1, None),
        ("[[place]]", "link-syntax", 1, 1, None),
        ("[[place: west |x]]", "link-syntax", 1, 1, "[[place:west|x]]"),
        ("[[place:west|]]", "link-syntax", 1, 1, "[[place:west]]"),
        ("a\n\n词[@a", "unclosed-reference", 3, 2, None),
        ("[[place:west]", "unclosed-reference", 1, 1, None),
        ("[=2022#x\n\n]", "unclosed-reference", 1, 1, None),
        ("[@a [b](c)", "unclosed-reference", 1, 1, None),
        ("【@a】", "fullwidth-in-reference", 1, 1, None),
        ("a［［place:west］］", "fullwidth-in-reference", 1, 2, None),
        ("[＠a]", "fullwidth-in-reference", 1, 2, None),
        ("[[edition：2022]]", "fullwidth-in-reference", 1, 10, None),
        ("[[edition:２022|届]]", "fullwidth-in-reference", 1, 11, None),
        ("[=2022＃x]", "fullwidth-in-reference", 1, 7, None),
        ("[[place:west|`x`]]", "code-in-reference", 1, 1, None),
        ("[a [@b] c](https://example.org)", "reference-in-link", 1, 4, None),
        ("![a [=2022#x] c](a.png)", "reference-in-link", 1, 5, None),
    ],
)
def test_a_malformed_reference_is_a_problem_at_its_place(
    text: str, kind: str, line: int, column: int, nearest: str | None
) -> None:
    """With what was most likely meant."""
    problem = the_problem(text)

    assert where(problem) == (kind, line, column)
    assert problem.nearest == nearest


def test_a_fullwidth_sign_is_named_with_the_one_that_was_meant() -> None:
    """The editor cannot tell them apart by eye."""
    assert the_problem("[[edition：2022]]").details == {"found": "：", "meant": ":"}
    assert the_problem("【@a】").details == {"found": "【", "meant": "["}


def test_every_fault_is_reported_and_the_rest_is_read() -> None:
    """One bad reference hides no other."""
    made, problems = references(body("[@] [@a]\n[= x] [[b:c]] [=2022#y]"))

    assert [r.target for r in made] == ["a", "2022#y"]
    assert [where(p) for p in problems] == [
        ("citation-syntax", 1, 1),
        ("figure-syntax", 2, 1),
        ("unknown-sort", 2, 9),
    ]


# --- footnotes ---


def test_a_footnote_used_and_defined_once_is_no_problem() -> None:
    """Whatever its label, and in whichever order."""
    assert problems_of("a[^1] b[^注] c[^1]\n\n[^注]: x[^2]\n[^1]: y\n[^2]: z\n") == []


@pytest.mark.parametrize(
    ("text", "kind", "line", "column", "severity"),
    [
        ("甲[^a]", "undefined-footnote", 1, 2, "error"),
        ("x\n\n[^a]: note", "unused-footnote", 3, 1, "warning"),
        ("x[^a]\n\n[^a]: one\n[^a]: two", "footnote-twice", 4, 1, "error"),
    ],
)
def test_footnote_faults(text: str, kind: str, line: int, column: int, severity: str) -> None:
    """Python-Markdown prints an undefined mark as text and an unused note all the same."""
    problem = the_problem(text)

    assert (*where(problem), problem.severity) == (kind, line, column, severity)


def test_an_undefined_footnote_has_the_nearest_defined() -> None:
    """A misspelt label."""
    first = problems_of("x[^paper] y[^papr]\n\n[^paper]: z")[0]

    assert (where(first), first.nearest) == (("undefined-footnote", 1, 12), "paper")


def test_footnotes_in_code_are_not_looked_at() -> None:
    """A text may explain the syntax."""
    assert problems_of("`[^a]`\n\n```\n[^b]: x\n```\n\n\\[^c]") == []


# --- headings ---


def test_headings_have_level_text_and_given_id() -> None:
    """Those in code are none; signs at the end are no text."""
    text = "# 第一 {#first}\n\n#无空格\n\n## Two ## {: .x #two }\n\n```\n# no\n```\n\n    # no\n"

    assert [(h.level, h.text, h.id, h.place.line) for h in headings(body(text))] == [
        (1, "第一", "first", 1),
        (1, "无空格", None, 3),
        (2, "Two", "two", 5),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("## a {#x}\n\n## b {#x}", "heading-id-twice", 3, 1),
        ("## 标题{#x}", "heading-id-unread", 1, 6),
        ("## 标题 ｛#x｝", "heading-id-unread", 1, 7),
        ("## Title {#_x_}", "heading-id-unread", 1, 10),
        ("## Title {#*x*}", "heading-id-unread", 1, 10),
        ("## Title {#x}y}", "heading-id-unread", 1, 10),
        ("## Title {#x y}", "heading-id-unread", 1, 10),
        ("## Title {#x #y}", "heading-id-unread", 1, 10),
        ("## Title {#x=y}", "heading-id-unread", 1, 10),
        ("## {#x}", "heading-id-unread", 1, 4),
    ],
)
def test_heading_faults(text: str, kind: str, line: int, column: int) -> None:
    """An id that two headings share, or that is shown as text."""
    assert where(the_problem(text)) == (kind, line, column)


# --- what is shown otherwise than it looks in the file ---


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("- a\n  - b\n  - c", [(2, 3), (3, 3)]),
        ("1. a\n   - b", [(2, 4)]),
        ("- a\n\n  - b", [(3, 3)]),
        ("- a\n    - b\n      - c", [(3, 7)]),
        ("- a\n    - b\n        - c\n- d", []),
        ("  - a\n  - b", []),
        ("- a\n\ntext\n\n  - b", []),
        ("```\n- a\n  - b\n```", []),
    ],
)
def test_a_list_nested_by_less_than_four_is_a_warning(text: str, places: list[tuple[int, int]]) -> None:
    """Python-Markdown flattens it."""
    problems = problems_of(text)

    assert [(p.place.line, p.place.column) for p in problems] == places
    assert {(p.kind, p.severity) for p in problems} <= {("shallow-list", "warning")}


def test_underscores_beside_chinese_are_a_warning() -> None:
    """They are shown, not read as emphasis; in addresses and between spaces they are meant."""
    problem = the_problem("这是_展会_的")

    assert (*where(problem), problem.severity) == ("underscore-in-word", 1, 3, "warning")
    assert problem.details["meant"] == "*展会*"
    assert problems_of("a _b_ c，_是_。 [x](media/图_一_的.png) a_b_c") == []


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("a\n\n```\n[@]\n", "unclosed-fence", 3, 1),
        ("```two words\na\n```\n\nb", "fence-words", 1, 1),
        ("a <!-- [@] b", "unclosed-comment", 1, 3),
    ],
)
def test_code_and_comments_left_open(text: str, kind: str, line: int, column: int) -> None:
    """The rest of the text would not be what the editor means."""
    assert where(problems_of(text)[0]) == (kind, line, column)


# --- front matter ---


def test_front_matter_and_body_keep_their_lines() -> None:
    """Both count from the top of the file."""
    head, rest, problems = front_matter(body("---\ntitle: 题\nsummary: 要\n--- \n\n正文 [@a]\n"))

    assert problems == []
    assert head is not None
    assert (head.text, head.first_line) == ("title: 题\nsummary: 要", 2)
    assert (rest.text, rest.first_line) == ("\n正文 [@a]\n", 5)
    assert references(rest)[0][0].place.line == 6


def test_a_rule_in_the_body_is_not_the_end_of_the_front_matter() -> None:
    """Only the first line of hyphens after the head ends it."""
    head, rest, _ = front_matter(body("---\ntitle: a\n---\none\n\n---\n\ntwo"))

    assert head is not None
    assert (head.text, rest.text) == ("title: a", "one\n\n---\n\ntwo")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("", "no-front-matter", 1),
        ("title: a", "no-front-matter", 1),
        ("\n---\ntitle: a\n---\n", "no-front-matter", 1),
        (" ---\ntitle: a\n---\n", "no-front-matter", 1),
        ("---\ntitle: a\n\ntext", "unclosed-front-matter", 1),
        ("－－－\ntitle: a\n---\n", "fullwidth-front-matter", 1),
        ("———\ntitle: a\n———\n", "fullwidth-front-matter", 1),
        ("---\ntitle: a\n－－－\ntext\n", "fullwidth-front-matter", 3),
        ("---\ntitle: a\n——\ntext\n\n---\nmore", "fullwidth-front-matter", 3),
    ],
)
def test_front_matter_that_is_missing_or_open(text: str, kind: str, line: int) -> None:
    """Wide dashes are named where hyphens were meant."""
    head, _, problems = front_matter(body(text))

    assert head is None
    assert [where(problem) for problem in problems] == [(kind, line, 1)]


# --- the whole ---


def test_every_kind_is_worded() -> None:
    """In both editor languages, with all three parts."""
    code = "".join(file.read_text("utf-8") for file in PROSE.glob("*.py"))
    raised = set(re.findall(r'Problem\(\s*"([a-z-]+)"', code)) | set(re.findall(r'malformed\("([a-z-]+)"', code))
    file = PROSE.parents[1] / "problem" / "kinds" / "prose.yaml"
    worded = yaml.safe_load(file.read_text("utf-8"))

    assert raised == set(worded)
    assert raised <= set(kinds())
    assert all(set(entry[part]) == {"en", "zh"} for entry in worded.values() for part in ("says", "expected", "cure"))


PIECES = st.sampled_from(
    [
        *(
            "[@a]",
            "[=2022#x]",
            "[[place:b|c]]",
            "`",
            "``",
            "```",
            "\n",
            "\n\n",
            "    ",
            "<!--",
            "-->",
            "[",
            "]",
            "|",
            "- ",
        ),
        *(
            "\\",
            "#",
            "[^1]",
            "[^1]: ",
            "_",
            "*",
            "词",
            "。",
            "x",
            "<b>",
            "</b>",
            "{#i}",
            "---",
            "【@",
            "［",
            "\ue0000\ue001",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_scanned_with_every_place_inside_it(text: str) -> None:
    """Nothing raises, and each mention is the very text of its place."""
    text = text.replace("\r", "")
    source = body(text)
    result = scan(source)
    lines = text.split("\n")

    for mention in result.mentions:
        assert text[mention.start] == "["
        assert text[mention.end - 1] == "]"
        for reference in mention.references:
            line = lines[reference.place.line - 1]
            assert line[reference.place.column - 1 :].startswith(reference.target)
    for problem in result.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
