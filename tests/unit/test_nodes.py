"""Reading files, YAML and typed values: what an editor may type, and where each slip is reported."""

from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, field_validator, model_validator

from expoarchive.nodes import MappingNode, Model, Scalar, SourceText, parse_yaml, read_model, read_text
from expoarchive.nodes.fields import (
    Flag,
    LocalText,
    Many,
    Number,
    PartialDate,
    Quantity,
    Slug,
    SourceWords,
    Text,
    Url,
    Whole,
)
from expoarchive.problem import Problem, in_order
from expoarchive.problem.catalogue import kinds
from expoarchive.records.edition import Edition

LANGUAGES = {"languages": ("zh", "en"), "complete": ("zh", "en")}


def parse(text: str) -> list[tuple[str, int, int]]:
    """Kind, line and column of each problem that the YAML text has."""
    return found(parse_yaml(SourceText("record.yaml", text))[1])


def found(problems: list[Problem]) -> list[tuple[str, int, int]]:
    """Kind, line and column of each problem as an editor is told them."""
    return [(problem.kind, problem.place.line, problem.place.column) for problem in in_order(problems)]


def value(text: str, key: str) -> str | None:
    """The text of a key's value."""
    node, problems = parse_yaml(SourceText("record.yaml", text))
    assert problems == []
    assert isinstance(node, MappingNode)
    scalar = node.get(key)
    assert isinstance(scalar, Scalar)
    return scalar.text


def read(text: str, model: type[Model]) -> tuple[Any, list[Problem]]:
    """The model read from YAML text in a site of two languages, and all problems."""
    node, problems = parse_yaml(SourceText("record.yaml", dedent(text)))
    made, more = read_model(node, model, "record.yaml", dict(LANGUAGES))
    return made, [*problems, *more]


def edition(text: str) -> list[Problem]:
    """The problems of an edition's record."""
    return in_order(read(text, Edition)[1])


# --- the file


def test_a_byte_order_mark_and_crlf_are_read_as_if_they_were_not_there(tmp_path: Path) -> None:
    """Notepad writes both; the first key keeps its name and its place."""
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfyear: 2022\r\nyear: 2023\r\n")
    source, problems = read_text(tmp_path, "a.yaml")
    assert source is not None

    assert problems == []
    assert source.lines == ["year: 2022", "year: 2023", ""]
    assert found(parse_yaml(source)[1]) == [("duplicate-key", 2, 1)]


def test_a_second_byte_order_mark_does_not_move_any_column(tmp_path: Path) -> None:
    """Some programs write one mark before the other."""
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf\xef\xbb\xbfa: *b\n")
    source, _ = read_text(tmp_path, "a.yaml")
    assert source is not None

    assert found(parse_yaml(source)[1]) == [("yaml-alias", 1, 4)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf8_is_reported_where_it_stands(tmp_path: Path, mark: bytes) -> None:
    """Line and column count characters; the line is quoted; a byte order mark shifts nothing."""
    (tmp_path / "a.yaml").write_bytes(mark + "年: 1\r\n中文: ".encode() + b"\xb9\xe3 x\n")
    source, problems = read_text(tmp_path, "a.yaml")

    assert source is None
    assert found(problems) == [("not-utf8", 2, 5)]
    assert problems[0].details == {"byte": "0xb9"}
    assert problems[0].place.excerpt.startswith("中文: ")
    assert problems[0].place.excerpt.endswith(" x")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("year: 2022".encode("utf-16"), "other-encoding"),
        (b"a: \x00\n", "nul-character"),
        (b"x" * 5_000_001, "file-too-large"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_not_parsed(tmp_path: Path, data: bytes, kind: str) -> None:
    """Each is one problem, not one for each of its lines."""
    (tmp_path / "a.yaml").write_bytes(data)
    source, problems = read_text(tmp_path, "a.yaml")

    assert source is None
    assert [problem.kind for problem in problems] == [kind]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """Nothing is raised for what an editor can mend."""
    assert found(read_text(tmp_path, "a.yaml")[1]) == [("unreadable-file", 1, 1)]


def test_line_ends_that_only_yaml_knows_do_not_move_places() -> None:
    """U+2028 and U+0085 end a line for the parser, but not in an editor's program."""
    assert parse("a: \u2028 x\nb: \x85 y\nc: *z\n") == [("yaml-alias", 3, 4)]


def test_a_part_of_a_file_has_the_lines_of_the_file() -> None:
    """Front matter begins below its dashes."""
    source = SourceText("en.md", "title: a\ntitle：b\n", first_line=2)

    assert found(parse_yaml(source)[1]) == [("fullwidth-colon", 3, 6)]


# --- scalars stay text


@pytest.mark.parametrize(
    "text",
    [
        "9:30",
        "no",
        "NO",
        "on",
        "yes",
        "010",
        "07",
        "08",
        "1.20",
        "1,200",
        "12%",
        "0x1f",
        "1e3",
        "1957-04-25",
        "1957-04",
    ],
)
def test_yaml_guesses_no_type(text: str) -> None:
    """Each is what was typed: no time in minutes, no boolean, no octal, no lost zero."""
    assert value(f"key: {text}\n", "key") == text


def test_text_that_yaml_reads_well_is_no_problem() -> None:
    """Full-width punctuation within a text is how Chinese is written."""
    assert value("note: 合作：贸易，投资　和“展览”\n", "note") == "合作：贸易，投资　和“展览”"


def test_paragraphs_may_begin_with_wide_spaces() -> None:
    """As printed Chinese does; only a key indented so is a slip."""
    assert value("note: |\n  　　第一段。\n  　　第二段：完。\n", "note") == "　　第一段。\n　　第二段：完。\n"


# --- keys


def test_a_key_given_twice_is_reported_at_the_second() -> None:
    """YAML would silently keep the last; the message names the first line."""
    source = SourceText("record.yaml", "year: 2022\nstatus: held\nyear: 2023\n")
    node, problems = parse_yaml(source)

    assert found(problems) == [("duplicate-key", 3, 1)]
    assert problems[0].details == {"name": "year", "line": "1"}
    assert isinstance(node, MappingNode)
    assert [key.text for key, _ in node.entries] == ["year", "status"]


def test_a_key_given_twice_is_found_in_brackets_too() -> None:
    """At the column of the second."""
    assert parse("t: {zh: a, en: b, zh: c}\n") == [("duplicate-key", 1, 19)]


def test_a_merge_key_is_a_key_like_any_other() -> None:
    """So a record that merges is told so by its model, and nothing is overwritten."""
    assert [(p.kind, p.place.line, p.place.column) for p in edition("<<: {a: b}\nyear: 2022\n")] == [
        ("unknown-key", 1, 1)
    ]


@pytest.mark.parametrize(
    ("text", "place"), [("? [a]\n: b\n", (1, 3)), ('"": b\n', (1, 1)), ("? {a: b}\n: c\n", (1, 3)), ("~: b\n", (1, 1))]
)
def test_a_key_is_a_word(text: str, place: tuple[int, int]) -> None:
    """Neither a list nor nothing."""
    assert parse(text) == [("key-not-text", *place)]


# --- what YAML would make null


@pytest.mark.parametrize("text", ["note:\n", "note: ~\n", "note: null\n"])
def test_an_empty_value_is_reported_at_its_key(text: str) -> None:
    """What is not known is left out; nothing becomes null in silence."""
    assert parse(f"year: 2022\n{text}") == [("empty-value", 2, 1)]


def test_a_value_that_became_a_comment_is_told_as_such() -> None:
    """`note: # none` has no value, and an editor cannot see why."""
    assert parse("note: # none\nyear: 2022\n") == [("comment-for-value", 1, 1)]


def test_a_comment_before_a_nested_value_is_a_comment() -> None:
    """The value follows on the next line."""
    assert parse("held: # as reported\n  opened: 2022\n") == []


@pytest.mark.parametrize("text", ["year:\n", "year: # 2022\n", "{year：2022: x}\n"])
def test_a_key_that_stands_there_without_its_value_is_not_called_missing_too(text: str) -> None:
    """One slip, one message."""
    assert len(edition(text)) == 1


# --- a Chinese keyboard


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title：广交会\nyear: 2022\n", 1, 6),
        ("year: 2022\ntitle：广交会\n", 2, 6),
        ("year: 2022\ntitle：广交会\nstatus: held\n", 2, 6),
        ("title：广交会\n\n\nyear: 2022\n", 1, 6),
        ("title：广交会\n", 1, 6),
        ("name:\n  zh：广交会\n  en: Fair\n", 2, 5),
        ("name: {zh：广交会, en: Fair}\n", 1, 10),
        ("list:\n  - zh：广交会\n    en: Fair\n", 2, 7),
    ],
)
def test_a_full_width_colon_is_reported_where_it_stands(text: str, line: int, column: int) -> None:
    """The parser notices it a line later, or takes the whole for one text."""
    assert parse(text) == [("fullwidth-colon", line, column)]


def test_a_full_width_colon_in_an_item_is_found_by_the_model() -> None:
    """`- zh：x` alone is a valid text; where a record is due it can only be a slip."""
    problems = edition("year: 2022\nthemes:\n  - text：x\n")

    assert found(problems) == [("fullwidth-colon", 3, 9)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("cities: [广州，上海]\n", 1, 12),
        ("name: {zh: 广州，en: Canton}\n", 1, 14),
        ('name: {zh: "广，州"，en: Canton}\n', 1, 17),
        ("name: {zh: 广州，\n  en: Canton}\n", 1, 14),
    ],
)
def test_a_full_width_comma_in_brackets_is_reported_where_it_stands(text: str, line: int, column: int) -> None:
    """YAML would make one value of two, or lose its way at the next colon."""
    assert parse(text) == [("fullwidth-comma", line, column)]


def test_a_full_width_comma_in_quotes_is_text() -> None:
    """The cure that the message names works."""
    assert parse('cities: ["广州，上海"]\n') == []


def test_full_width_digits_are_one_problem_and_not_two() -> None:
    """They are understood, so that the model does not add that this is no number."""
    problems = edition("year: １９５７\n")

    assert found(problems) == [("fullwidth-digits", 1, 7)]
    assert problems[0].details == {"found": "１９５７", "meant": "1957"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("held:\n\u3000opened: 2022\n", 2, 1),
        ("held: x\n\u3000opened: 2022\n", 2, 1),
        ("held:\n \u3000opened: 2022\n", 2, 2),
        ("held:\n\u00a0\u00a0opened: 2022\n", 2, 1),
    ],
)
def test_a_wide_indent_is_reported_at_the_space(text: str, line: int, column: int) -> None:
    """U+3000 and U+00A0 look like an indent and make a key of the outer level."""
    assert parse(text) == [("wide-indent", line, column)]


# --- YAML's own traps


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: 第1届: 1957\n", ("colon-in-value", 1, 11)),
        ("title: {zh: 第1届: 1957}\n", ("colon-in-value", 1, 16)),
        ("- a: b: c\n", ("colon-in-value", 1, 7)),
        ("title: @x\n", ("needs-quotes", 1, 8)),
        ("title: `x`\n", ("needs-quotes", 1, 8)),
        ("title: %x\n", ("needs-quotes", 1, 8)),
        ("title: * x\n", ("needs-quotes", 1, 8)),
        ("title: - x\n", ("needs-quotes", 1, 8)),
        ("title: *x\n", ("yaml-alias", 1, 8)),
        ("title: &x y\n", ("yaml-alias", 1, 8)),
        ("title: !x y\n", ("yaml-tag", 1, 8)),
        ('title: "引号" 后面\nyear: 2022\n', ("text-after-value", 1, 13)),
        ("title: [未知] 不详\nyear: 2022\n", ("text-after-value", 1, 13)),
        ('title: "未完\nyear: 2022\n', ("unclosed-quote", 1, 8)),
        ("title: 'it\nyear: 2022\n", ("unclosed-quote", 1, 8)),
        ('title: "C:\\dir"\n', ("bad-escape", 1, 11)),
        ('title: "a \\ud800"\n', ("bad-escape", 1, 11)),
        ('title: "\\xZZ"\n', ("bad-escape", 1, 9)),
        ("list: [a, b\nyear: 2022\n", ("unclosed-bracket", 1, 7)),
        ("name: {zh: a\nyear: 2022\n", ("unclosed-bracket", 1, 7)),
        ("held: {sources: [a, b}\n", ("unclosed-bracket", 1, 17)),
        ("title:x\nyear: 2022\n", ("colon-without-space", 1, 6)),
        ("year: 2022\nstatus\nnote: x\n", ("line-without-colon", 2, 1)),
        ("year: 2022\n status: held\n", ("bad-indent", 2, 2)),
        ("held:\n  opened: 1\n closed: 2\n", ("bad-indent", 3, 2)),
        ("held:\n\topened: 1\n", ("tab-indent", 2, 1)),
        ("held:\n  \topened: 1\n", ("tab-indent", 2, 3)),
        ("a: 1\n---\nb: 2\n", ("second-document", 2, 1)),
        ("中文: 青\n字: \x07\n", ("control-character", 2, 4)),
        ("a: " + "[" * 30 + "]" * 30 + "\n", ("too-deep", 1, 24)),
    ],
)
def test_a_trap_of_yaml_is_named_and_placed(text: str, problem: tuple[str, int, int]) -> None:
    """By what the editor did, at the place of it, not by what the parser met later."""
    assert parse(text) == [problem]


def test_the_wide_spaces_of_a_text_are_not_blamed_for_a_slip_below() -> None:
    """A paragraph above a broken line is not what broke it."""
    assert parse("note: |\n  　　甲：乙\nyear: @x\n") == [("needs-quotes", 3, 7)]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "~\n"])
def test_an_empty_file_has_no_node_and_is_a_problem_of_the_model(text: str) -> None:
    """At the top of the file."""
    assert parse(text) == []
    assert found(edition(text)) == [("empty-file", 1, 1)]


# --- typed values


class Sample(Model):
    """One field of each type."""

    number: Number | None = None
    amount: Quantity | None = None
    whole: Whole | None = None
    flag: Flag | None = None
    slug: Slug | None = None
    day: PartialDate | None = None
    url: Url | None = None
    words: LocalText | None = None
    said: SourceWords | None = None
    text: str | None = None
    choice: Literal["held", "not_held"] | None = None
    list: tuple[str, ...] = ()
    slugs: dict[Slug, str] = Field(default_factory=dict)
    inner: "Inner | None" = None
    many: "Many[Inner]" = ()
    marks: Many[Text] = ()
    broken: str | None = Field(None, alias="break")


class Inner(Model):
    """A model within another, with a key that must be there."""

    needed: str
    count: Whole | None = None


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("number: 1,200", "not-a-number", 1, 9),
        ("number: 12%", "not-a-number", 1, 9),
        ("number: 010", "not-a-number", 1, 9),
        ("number: 1e3", "not-a-number", 1, 9),
        ("number: 9:30", "not-a-number", 1, 9),
        ("number: [1]", "not-a-number", 1, 9),
        ("amount: {from: 3, to: 2}", "range-reversed", 1, 9),
        ("amount: {from: 3}", "not-a-number", 1, 9),
        ("whole: 07", "not-a-whole-number", 1, 8),
        ("whole: 1.0", "not-a-whole-number", 1, 8),
        ("flag: no", "not-true-or-false", 1, 7),
        ("flag: True", "not-true-or-false", 1, 7),
        ("slug: 广交会", "not-an-id", 1, 7),
        ("day: 1957-02-30", "not-a-date", 1, 6),
        ("day: 1957-4", "not-a-date", 1, 6),
        ("day: 1957年", "not-a-date", 1, 6),
        ("url: www.example.org", "not-an-address", 1, 6),
        ("words: 广交会", "not-by-language", 1, 8),
        ("words: {zh: 甲}", "missing-language", 1, 8),
        ('words: {zh: 甲, en: " "}', "missing-language", 1, 8),
        ("words: {zh: 甲, cn: 乙, en: a}", "unknown-language", 1, 16),
        ("words: {zh: [甲], en: a}", "not-text", 1, 8),
        ("said: {}", "missing-language", 1, 7),
        ("text: [a]", "not-text", 1, 7),
        ("choice: hold", "not-one-of", 1, 9),
        ("list: a", "not-a-list", 1, 7),
        ("marks: [a, b, a]", "item-twice", 1, 15),
        ("list: [a, [b]]", "not-text", 1, 11),
        ("slugs: a", "not-a-mapping", 1, 8),
        ("slugs: {a: b, C d: e}", "not-an-id", 1, 15),
        ("inner: a", "not-a-mapping", 1, 8),
        ("inner: {count: 1}", "missing-key", 1, 8),
        ("inner: {needed: a, cuont: 1}", "unknown-key", 1, 20),
        ("many: {needed: a, count: x}", "not-a-whole-number", 1, 26),
        ("many:\n  - needed: a\n  - count: 1", "missing-key", 3, 5),
        ("many:\n  - needed: a\n    nedeed: b", "unknown-key", 3, 5),
        ("break: [a]", "not-text", 1, 8),
        ("broken: a", "unknown-key", 1, 1),
    ],
)
def test_a_value_of_the_wrong_type_is_reported_where_it_stands(text: str, kind: str, line: int, column: int) -> None:
    """At the value; an unknown key at the key; a missing one at the mapping that lacks it."""
    made, problems = read(text, Sample)

    assert made is None
    assert found(problems) == [(kind, line, column)]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("choice: hold", "held"),
        ("inner: {needed: a, cuont: 1}", "count"),
        ("many: {needed: a, cuont: 1}", "count"),
        ("many: [{needed: a, cuont: 1}]", "count"),
        ("brake: a", "break"),
        ("words: {zh: 甲, eng: b}", "en"),
        ("choice: 别的", None),
    ],
)
def test_the_nearest_name_is_offered(text: str, nearest: str | None) -> None:
    """Among the keys of that very model, the words of that choice, the languages of the site."""
    assert [problem.nearest for problem in read(text, Sample)[1]] == [nearest]


def test_a_misspelt_key_is_not_called_missing_as_well() -> None:
    """One slip, one message: the misspelling, with the key that is meant."""
    problems = read("inner: {neeeded: a}\nmany: {count: 1}\n", Sample)[1]

    assert found(problems) == [("unknown-key", 1, 9), ("missing-key", 2, 7)]
    assert problems[0].nearest == "needed"


def test_values_are_read_as_they_are_meant() -> None:
    """Numbers exact, dates only as exact as written, lists from their short form."""
    text = "number: 0.10\namount: {from: 1, to: 2.5}\nday: 2022-07\nflag: true\nmany: {needed: a}\nbreak: 换算\n"
    made, problems = read(text, Sample)

    assert problems == []
    assert (str(made.number), made.amount) == ("0.10", Quantity(Decimal(1), Decimal("2.5")))
    assert (made.day, made.flag, made.broken) == (PartialDate(2022, 7), True, "换算")
    assert [inner.needed for inner in made.many] == ["a"]


def test_all_problems_of_a_record_are_reported_at_once() -> None:
    """An editor mends a file in one go."""
    problems = read("number: x\nwhole: y\nday: z\n", Sample)[1]

    assert found(problems) == [("not-a-number", 1, 9), ("not-a-whole-number", 2, 8), ("not-a-date", 3, 6)]


def test_a_long_value_is_shown_short() -> None:
    """A message quotes the beginning of a text, on one line."""
    problems = read("day: |\n" + "  a long text\n" * 20, Sample)[1]

    assert len(problems[0].details["found"]) == 60
    assert "\n" not in problems[0].details["found"]


# --- what pydantic may say


class Faults(Model):
    """Validators that fail in ways pydantic has its own types for."""

    value: str | None = None
    short: Annotated[str | None, Field(max_length=2)] = None
    some: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("a",)
    real: float | None = None
    either: int | bytes | None = None

    @field_validator("value")
    @classmethod
    def _plain_errors(cls, value: str) -> str:
        if value == "value":
            raise ValueError("a plain ValueError")
        assert value != "assert", "a plain assertion"
        return value

    @model_validator(mode="after")
    def _whole(self) -> "Faults":
        if self.value == "model":
            raise ValueError("of the whole")
        return self


@pytest.mark.parametrize(
    ("text", "kind", "column"),
    [
        ("value: value", "bad-value", 8),
        ("value: assert", "bad-value", 8),
        ("value: model", "bad-value", 1),
        ("short: abc", "bad-value", 8),
        ("some: []", "too-few", 7),
        ("some: [a, b, c]", "bad-value", 7),
        ("real: x", "bad-value", 7),
        ("either: [x]", "bad-value", 9),
    ],
)
def test_no_error_of_pydantic_is_without_words(text: str, kind: str, column: int) -> None:
    """Plain errors in validators, and types of pydantic's that no kind of ours stands for."""
    problems = read(text, Faults)[1]

    assert set(found(problems)) == {(kind, 1, column)}
    assert kind in kinds()


# --- an edition, whose forms are shorter than its models


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("figures:\n  value: {vaule: 1, sources: x}", ("unknown-key", 3, 11)),
        ("figures:\n  value:\n    - {value: 1, sources: x, stage: sined}", ("not-one-of", 4, 37)),
        ("figures:\n  value: {value: 1, sources: [x, {source: y, locater: p}]}", ("unknown-key", 3, 46)),
        ("figures:\n  projects: {value: 1, sources: [[x]]}", ("not-a-mapping", 3, 34)),
        ("figures:\n  projects: {value: 1,000, sources: x}", ("comma-in-number", 3, 21)),
        (
            "figures:\n  projects: {value: 1, sources: [{source: x, printed: 约 1,000个}]}",
            ("comma-in-text", 3, 55),
        ),
        ("figures:\n  projects: {value: 1, sources: [{source: x, printed: 1,000}]}", ("comma-in-text", 3, 55)),
        ("figures:\n  projects: {value: 1, sources: x, break: 换算}", ("not-by-language", 3, 43)),
        ("figures:\n  projects: {value: 1, sources: x, break: {zh: 甲}}", ("missing-language", 3, 43)),
        ("figures:\n  projects: {value: 1, sources: x, as_of: 2022-13}", ("not-a-date", 3, 43)),
        ("figures:\n  projects: {value: 1, sources: x, as_of: {after: x}}", ("not-a-whole-number", 3, 51)),
        ("figures:\n  projects: {value: 1}", ("claim-without-source", 3, 13)),
        ("held: {opened: {date: 2022-07-32, sources: x}}", ("not-a-date", 2, 23)),
        ("held: {opened: [{date: 2022-07-22, sources: x}, {sources: x}]}", ("missing-key", 2, 49)),
        ("firsts:\n  - {id: A, what: {zh: 甲, en: a}, sources: x}", ("not-an-id", 3, 10)),
        ("ordinal: 23", ("not-a-mapping", 2, 10)),
    ],
)
def test_a_fault_within_a_short_form_is_reported_where_it_stands(text: str, problem: tuple[str, int, int]) -> None:
    """A list without brackets, a source without its key, a key that Python cannot name."""
    assert found(edition(f"year: 2022\n{text}\n")) == [problem]


def test_the_keys_offered_are_those_of_the_record_even_where_a_measure_has_the_name_of_a_key() -> None:
    """`figures: value:` is a measure, not the key of a figure."""
    (problem,) = edition("year: 2022\nfigures:\n  value: {value: 1, qualifer: over, sources: x}\n")

    assert problem.nearest == "qualifier"
    assert "break" in problem.details["choices"].split(", ")


def test_models_know_their_places_in_both_forms() -> None:
    """A citation stands where its mapping begins, or where its id stands."""
    made, problems = read("year: 2022\nordinal: {value: 23, sources: [x, {source: y}]}\n", Edition)
    (ordinal,) = made.ordinal

    assert problems == []
    assert (ordinal.found_at.line, ordinal.found_at.column) == (2, 10)
    assert [(citation.found_at.line, citation.found_at.column) for citation in ordinal.sources] == [(2, 32), (2, 35)]


# --- nothing raises

WORDS = """
    year figures value projects held opened date sources names text zh en break as_of remarks id what 2022 2022-07 1957
    null ~ : ： , ， [ ] { } " ' | > # & * ! % @ ` ? - -- --- ... << 青 ０ “ \\ \\x
"""
SPACES = [
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n- ",
    ": ",
    "\t",
    "\u3000",
    "\u00a0",
    "\u2028",
    "\x85",
    "\ufeff",
    "\r",
    "\x07",
    "\x00",
]
PIECES = st.sampled_from([*WORDS.split(), *SPACES])
RECORDS = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), RECORDS.map(str.encode), st.text(max_size=100).map(str.encode)))
def test_no_bytes_make_reading_raise(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a file holds, there is a record or a problem; each problem has words and a place in the file."""
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.yaml").write_bytes(data)
    source, problems = read_text(folder, "any.yaml")
    made = None
    if source is not None:
        node, more = parse_yaml(source)
        made, last = read_model(node, Edition, "any.yaml", dict(LANGUAGES))
        problems = [*problems, *more, *last]
    lines = source.lines if source is not None else []

    assert made is not None or problems
    for problem in problems:
        place = problem.place
        assert problem.kind in kinds()
        assert place.line >= 1
        assert 1 <= place.column <= len(place.excerpt) + 1
        assert not lines or not place.excerpt or place.excerpt == lines[place.line - 1]
