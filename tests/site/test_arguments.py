"""Whatever stands on the command line ends in an answer or in exit code 2 with a word on it, never in a traceback."""

import argparse
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from expoarchive.build import survey
from expoarchive.build.ids import site_ids
from expoarchive.build.review import media_of
from expoarchive.cache.location import cache_file
from expoarchive.check.live import Reply
from expoarchive.cli import reading
from expoarchive.cli.grammar import LONGEST_ARGUMENT
from expoarchive.cli.main import grammar_of, main
from expoarchive.cli.report import cells
from expoarchive.records.schema import schemas_with_ids
from tests.sites import TINY_EXPO, build_small, kept_of_tiny, lay_kept, lay_sources

# What each argument that a command needs is given while another one is tried.
USUAL = {
    "page": "/en/",
    "name": "x",
    "old": "output",
    "new": "x",
    "generator": "x.whl",
    "kind": "topic",
    "source": "x",
    "records": "claims",
    "files": "x.csv",
}
# For one of several things to do, each.
SORTS = {"new": ["edition", "article", "source", "language", "site"]}
# No text, wherever it stands.
UNREADABLE = ["\x07", "a\nb", "\x7f", "\u2028", "\udcff", "x\ud800y", "x" * (LONGEST_ARGUMENT + 1), "９" * 5000]
ODD = [
    "",
    " ",
    "x" * 300,
    "-",
    "--",
    "-x",
    ".",
    "..",
    "../../x",
    "/",
    "a/b",
    "con",
    "~",
    "null",
    "#",
    "2011#",
    "[=2011#visitors",
    "%s%n{0}{}",
    "{name}",
    "0",
    "-1",
    "99999",
    "1e9",
    "２０２６-01-01",
    "2020-02-30",
    "0000-00-00",
    "tomorrow",
    "\u202e\u200b",
    "𠮷",
    "javascript:x",
    "//[bad/",
    "http://[bad/",
    "https://.",
    "https://h:abc",
    "https://h:99999",
    "https://user:pw@h",
    "https://[::1",
    "https://h/x:",
    "https://h/#a: b",
    "https://h/<x>",
    f"https://{'a' * 80}.example/",
]


def slots() -> Iterator[tuple[str, argparse.Action, list[str]]]:
    """Each argument of each command that has a value, and what else stands before it on the command line."""
    _, parsers = grammar_of()
    for command, its in parsers.items():
        for action in its._actions:
            if action.nargs == 0:
                continue
            given = [one for one in its._actions if not one.option_strings and one is not action]
            # The name is left out for one sort alone.
            needed = [one for one in given if one.nargs not in ("?", "*") or (command, one.dest) == ("new", "name")]
            for sort in SORTS.get(command, [""]):
                usual = [sort if one.dest == "sort" else USUAL[one.dest] for one in needed]
                yield command, action, usual


EACH = list(slots())
# Of each command's own arguments the first and the last stand for the others; what all commands have, once.
OWN = [at for at, (_, action, _) in enumerate(EACH) if action.dest not in ("messages", "output")]
STANDING = {0, 1} | {
    at for _, its in groupby(OWN, key=lambda at: EACH[at][0]) for ats in [list(its)] for at in (ats[0], ats[-1])
}


def slot(at: int, *values: list[str], every: bool = False) -> Any:
    """The parameters of a test of that argument: a long proof with ``every`` value, and where another stands for it."""
    command, action, usual = EACH[at]
    marks = () if at in STANDING and not every else pytest.mark.long
    name = f"{command} {' '.join(usual)} {action.dest}{' all' if every else ''}"
    return pytest.param(command, action, usual, *values, id=name, marks=marks)


SLOTS = [slot(at) for at in range(len(EACH))]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny expo to work in, of which what takes long is done once; nothing asks the network or opens a browser."""
    from expoarchive.cli import builder, live, schemas, serve

    lay_sources(tmp_path / "site", {})
    lay_kept(cache_file(tmp_path / "site"))
    monkeypatch.chdir(tmp_path / "site")
    whole = whole_site(tmp_path.parent)
    for module in (reading, builder):
        monkeypatch.setattr(module, "check", lambda *given, **named: whole)
    monkeypatch.setattr(builder, "build", lambda *given, **named: whole)
    # A build refuses "/"; with this one, which refuses nothing, the whole disk would be gone through.
    monkeypatch.setattr(builder, "state_of", lambda output, tree: "")
    monkeypatch.setattr(schemas, "schemas_with_ids", lambda *given: whole_schemas(tmp_path.parent))
    monkeypatch.setattr(live, "ask", lambda url: Reply(0))
    monkeypatch.setattr(serve, "run", lambda *given: 0)
    return tmp_path / "site"


@cache
def whole_site(folder: Path):  # type: ignore[no-untyped-def]
    """The tiny expo, built."""
    return build_small(folder / "whole", {}).outcome


@cache
def whole_schemas(folder: Path) -> dict[str, str]:
    """Its schemas, with its ids."""
    root = folder / "whole"
    site = reading.read_site(root)
    return schemas_with_ids(site.records, site.config, {"media": media_of(root), **site_ids(site.config, site.records)})


def read_of(site: Path) -> dict[Path, bytes]:
    """Every source that a build would read, so that one look is enough as long as none of them changes."""
    files = [site / "site_config.yaml", *(site / "content").rglob("*")]
    return {path: path.read_bytes() if path.is_file() else b"" for path in files}


def tried(command: str, action: argparse.Action, usual: list[str], value: str) -> int:
    """The exit code with this value."""
    words = [f"{action.option_strings[-1]}={value}"] if action.option_strings else [value]
    # A positional that comes after this one would otherwise be taken for it.
    at = 1 if action.dest == "name" and usual and command == "new" else 0
    words = [*usual[:at], *words, *usual[at:]] if not action.option_strings else [*usual, *words]
    try:
        return main([command, "--messages=en", *words])
    except SystemExit as end:
        return int(str(end.code))


@pytest.mark.parametrize(("command", "action", "usual"), SLOTS)
def test_what_is_no_text_is_no_argument(
    site: Path, capsys: pytest.CaptureFixture[str], command: str, action: argparse.Action, usual: list[str]
) -> None:
    """Controls, halves of characters, and more than a command line has: exit code 2, and a line that shows none."""
    codes = [tried(command, action, usual, value) for value in UNREADABLE]
    told = capsys.readouterr().err

    assert codes == [2] * len(UNREADABLE)
    assert told.count("is not a text of at most") == len(UNREADABLE)
    assert told.replace("\n", "").isprintable()


# What each argument is given in turn: with those of its neighbours, every odd value.
FEW = 6
SOME = [slot(at, ODD[at % FEW :: FEW]) for at in range(len(EACH))]
EVERY = [slot(at, ODD, every=True) for at in range(len(EACH))]


@pytest.mark.parametrize(("command", "action", "usual", "values"), SOME + EVERY)
def test_any_argument_is_obeyed_or_refused(
    site: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    action: argparse.Action,
    usual: list[str],
    values: list[str],
) -> None:
    """With a word on why; and what a command writes is never what the next one stops at."""
    # As it was laid, nothing is wrong with it.
    seen = read_of(site)
    for value in values:
        code = tried(command, action, usual, value)
        said = capsys.readouterr()

        assert code in (0, 1, 2), value
        assert code == 0 or said.err or (command == "check" and said.out), value
        if (found := read_of(site)) != seen:
            assert survey(site, kept_of_tiny().copy())[1] == [], value
            seen = found


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--live", "javascript:x"],
        ["check", "--live", "https://h:abc/"],
        ["check", "--live", "https://h/?q"],
        ["build", "--address", "https://user:pw@h"],
        ["build", "--address", "https://h:abc"],
        ["build", "--repository", "https://[::1"],
        ["build", "--output", ""],
        ["build", "--output", "x" * 300],
        ["release", ""],
        ["release", "x" * 81],
        ["release", " 1.0"],
        ["release", "1.0", "--date", "2020-02-30"],
        ["release", "1.0", "--date", "２０２６-01-01"],
        ["build", "--output=--"],
        ["explain", "//[bad/nowhere"],
        ["new", "source", "https://."],
        ["new", "site", ""],
        ["new", "site", "x" * 300],
    ],
)
def test_a_value_that_cannot_be_is_a_slip_of_the_command_line(
    site: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Exit code 2, and nothing is begun."""
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    try:
        code = main([*words, "--messages", "en"])
    except SystemExit as end:
        code = int(str(end.code))

    assert code == 2
    assert capsys.readouterr().err
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_every_command_is_tried() -> None:
    """Each that takes a value, options and words alike."""
    tried_of = {(command, action.dest) for command, action, _ in slots()}

    assert TINY_EXPO.is_dir()
    assert {command for command, _ in tried_of} >= {"build", "check", "serve", "new", "release", "diff", "explain"}
    assert {("check", "live"), ("release", "date"), ("new", "id"), ("diff", "old")} <= tried_of


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["bulid"], "did you mean “build”?", "您是不是想写“build”？"),
        (["build", "--otput", "x"], "did you mean “--output”?", "无法识别的参数：--otput x；您是不是想写“--output”？"),
        (["check", "--format", "jsno"], "did you mean “json”?", "您是不是想写“json”？"),
        (["new", "artcle", "x"], "did you mean “article”?", "您是不是想写“article”？"),
        (["build", "--output"], "expected one argument", "参数 --output：需要一个值"),
        (["diff"], "the following arguments are required: old", "缺少必需的参数：old"),
        (["build", "--drafts=x"], "ignored explicit argument", "不接受值：'x'"),
        (["build", "--jobs", "0"], "is not a number from 1 to 99", "'0' 不是 1 到 99 之间的数"),
    ],
)
def test_a_slip_is_answered_in_the_editor_s_language(
    site: Path, capsys: pytest.CaptureFixture[str], words: list[str], english: str, chinese: str
) -> None:
    """Argparse's own words too; with the nearest command, option or choice; exit code 2."""
    answers = {}
    for language in ("en", "zh"):
        with pytest.raises(SystemExit) as end:
            main(["--messages", language, *words])
        answers[language] = capsys.readouterr().err

        assert end.value.code == 2

    assert english in answers["en"]
    assert answers["en"].startswith("usage: build.py")
    assert chinese in answers["zh"]
    assert answers["zh"].startswith("用法：build.py")
    assert "错误：" in answers["zh"]


@pytest.mark.parametrize(
    ("locale", "usage"),
    [("zh_CN.UTF-8", "用法："), ("zh", "用法："), ("Chinese_China", "用法："), ("C", "usage:"), ("fr_FR", "usage:")],
)
def test_help_comes_in_the_terminal_s_language(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, usage: str
) -> None:
    """English where there are no words in it."""
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(SystemExit) as end:
        main(["--help"])

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(usage)


def test_no_line_of_help_is_wider_than_the_terminal(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Chinese character takes two cells."""
    monkeypatch.setenv("COLUMNS", "60")
    for command in ("check", "figure", "serve"):
        with pytest.raises(SystemExit):
            main([command, "--help", "--messages", "zh"])
    lines = capsys.readouterr().out.splitlines()

    assert max(sum(map(cells, line)) for line in lines) <= 60
    assert not any(line.strip().startswith(("，", "。", "）", "、")) for line in lines)
