"""Any bytes in any source end in a site or in errors with their places: never broken off, hung or written elsewhere."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expoarchive.build import Outcome, build
from expoarchive.cache.store import Store
from expoarchive.cli.report import as_json, github, report
from expoarchive.load.content import LONGEST_LINE, LONGEST_TEXT
from tests.sites import lay_site

# Seconds for one build of the tiny site, on a machine that has other work.
PATIENCE = 60
ARTICLE = "content/articles/first-crane/en.md"
EDITION = "content/editions/2009.yaml"
HEAD = b"---\ntitle: T\nsummary: S\n---\n"

# What text-level mutations put in: signs of YAML, Markdown, Jinja, HTML, our citations, paths; and what is no text.
SPLINTERS: list[bytes] = [
    *(b"\0", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\t", b"\x0b", b"\x0c", b"\x1b[31m", b"\x7f", b"\xc2\x85", b"\xc2\xa0"),
    *(
        b"\xed\xa0\x80",
        b"\xff\xfe",
        b"\xf4\x90\x80\x80",
        b"\xe2\x80\xa8",
        b"\xe2\x80\xae",
        b"\xe3\x80\x80",
        b"e\xcc\x81",
    ),
    *("：，。“”（）【】！？％１２".encode(), "𠮷👩‍👩‍👧".encode(), "ﷺ".encode(), "İıſß".encode(), "ا".encode()),
    *(
        b": ",
        b"- ",
        b"? ",
        b"| ",
        b">-\n",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"!x ",
        b"%YAML 9.9\n",
        b"<<: ",
    ),
    *(b"---\n", b"...\n", b"[", b"]", b"{", b"}", b"[[", b"}}", b'"', b"'", b"\\", b'"\\ud800"', b"null", b"~", b"yes"),
    *(b"0", b"-1", b"1e400", b"0x1F", b".inf", b".nan", b"9" * 40, b"1_000", b"2009-02-30", b"0000-00-00", b"12:30:00"),
    *(
        b"../",
        b"..",
        b"/etc/passwd",
        b"//x.example",
        b"con",
        b"nul.md",
        b"a/b",
        b"%2e%2e/",
        b"file:///",
        b"\\\\host\\x",
    ),
    *(
        b"{{",
        b"{%",
        b"{#",
        b"{{ 7*7 }}",
        b"{% raw %}",
        b"{% include 'x' %}",
        b"{{ ''.__class__ }}",
        b"%}",
        b"}}",
        b"{0}",
    ),
    *(
        b"<",
        b">",
        b"<script>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<svg onload=x>",
        b"</p>",
        b"&#0;",
        b"&#xd800;",
        b"&amp",
        b"&",
    ),
    *(
        b"[=",
        b"[=2009#visitors]",
        b"[=2009#visitors|bare, nocite]",
        b"[@",
        b"[@gazette-2009]",
        b"[@nobody, p. 3]",
        b"@",
    ),
    *(
        b"![",
        b"](",
        b"](edition:2009)",
        b"[x](article:first-crane)",
        b"[^1]",
        b"[^1]: ",
        b"[x]: y",
        b"*[HTML]: ",
        b"``` x\n",
    ),
    *(
        b"# ",
        b"{#x}",
        b"{: .x #y}",
        b"    ",
        b"\n\n",
        b"\n",
        b"1. ",
        b"> ",
        b"|---|\n",
        b"***",
        b"__",
        b"~~~\n",
        b"$(",
        b"`",
    ),
    *(
        b"year: 2009\n",
        b"sources: [gazette-2009]",
        b"value: ",
        b"sum_of: ",
        b"formula: ",
        b"id: ",
        b"en: ",
        b"zz: ",
        b"/*",
        b"*/",
    ),
]

# Whole files that nobody writes by accident.
NASTY: dict[str, bytes] = {
    "nothing": b"",
    "a space": b" ",
    "NULs": b"\0" * 4096,
    "byte order marks": b"\xef\xbb\xbf" * 3 + b"year: 2009\n",
    "UTF-16": "year: 2009\n".encode("utf-16"),
    "lone surrogates": b"year: 2009\nstatus: \xed\xa0\x80\xed\xb0\x80\n",
    "old line ends": b"year: 2009\rstatus: held\r",
    "separators of lines": "year: 2009\u2028status: held\u2029\x85".encode(),
    "a long line": b"x" * 4_000_000,
    "a long key": b"k" * 1_000_000 + b": 1\n",
    "a long value": b'note: "' + b"a " * 1_500_000 + b'"\n',
    "too long": b"# " + b"x" * 10_000_000,
    "many lines": b"- x\n" * 300_000,
    "many keys": b"".join(b"k%d: 1\n" % number for number in range(20_000)),
    "YAML that multiplies": b"a: &a [x, x]\n" + b"".join(b"k%d: &k%d [*a, *a]\n" % (n, n) for n in range(9)),
    "YAML that is itself": b"a: &a {b: *a}\n",
    "open brackets": b"a: " + b"[" * 20_000,
    "open braces": b"{a: " * 20_000,
    "deep blocks": b"".join(b" " * depth + b"a:\n" for depth in range(2_000)),
    "deep lists": b"- " * 20_000 + b"x",
    "keys of keys": b"? " * 5_000 + b"x",
    "a tag": b"!!python/object/apply:os.system ['true']\n",
    "two documents": b"year: 2009\n---\nyear: 2010\n",
    "a directive": b"%YAML 1.2\n%TAG ! tag:x,2000:\n---\nyear: 2009\n",
    "quotations": HEAD + b"> " * 20_000 + b"x\n",
    "stars": HEAD + b"*" * 60_000 + b"x\n",
    "stars and words": HEAD + b"*a **a " * 8_000,
    "underscores": HEAD + b"_a __a " * 8_000,
    "brackets": HEAD + b"[" * 60_000,
    "brackets apart": HEAD + b"[\n" * 20_000,
    "closed brackets": HEAD + b"[a](" * 15_000,
    "pictures": HEAD + b"![a" * 15_000,
    "backticks": HEAD + b"".join(b"`" * (n % 90 + 1) + b" " for n in range(5_000)),
    "entities": HEAD + b"&" * 100_000 + b"#" * 1000,
    "angles": HEAD + b"<" * 60_000,
    "tags": HEAD + b"<b>" * 20_000,
    "comments": HEAD + b"<!--" * 20_000,
    "references": HEAD + b"".join(b"[a%d]: x\n" % n for n in range(5_000)),
    "footnotes": HEAD + b"[^1]" * 5_000,
    "figures": HEAD + b"[=2009#visitors] " * 2_000,
    "tables": HEAD + b"|" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n",
    "headings": HEAD + b"".join(b"## h {#h%d}\n\n" % n for n in range(2_000)),
    "spaces": HEAD + b" " * 200_000 + b"x" + b" " * 200_000,
    "empty lines": HEAD + b"\n" * 200_000,
    "tabs": HEAD + b"\t" * 50_000 + b"x\n",
    "no end of the head": b"---\n" + b"title: x\n" * 10_000,
    "template signs": HEAD + b"{{ {% {# " * 5_000,
    "directions": HEAD + "\u202e\u2066".encode() * 5_000,
    "marks on one letter": HEAD + b"e" + b"\xcc\x81" * 50_000,
}


# Signs that Markdown looks for the end of, or of what they begin, in a text of them that is as long as one may be.
TIRING = [
    "*_**__`[(",
    "<b a='",
    "=\n",
    "\\*",
    "<b>",
    "&amp;",
    "[a](b) ",
    "`a",
    "<",
    "<div>\n",
    "---\n",
    "[^1] ",
    "a\n: b\n",
]


class Overtime(BaseException):
    """A build that took longer than anybody waits."""


class Bench:
    """One small site whose files are changed, built, and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "site"
        self.output = folder / "public"
        lay_site(self.root, {})
        self.store = Store()
        assert self.build().ok
        self.good = self.marks()
        self.files = self.sources()
        self.around = self.listing()

    def sources(self) -> list[str]:
        """Every source that is text, those of the content first."""
        found = sorted(
            path for path in self.root.rglob("*") if path.suffix in {".yaml", ".md", ".html", ".css", ".svg"}
        )
        names = [path.relative_to(self.root).as_posix() for path in found]
        return sorted(names, key=lambda name: (name.startswith("templates/"), name))

    def listing(self) -> list[str]:
        """All that lies around the output."""
        return sorted(str(path) for path in self.folder.rglob("*") if not path.is_relative_to(self.output))

    def marks(self) -> dict[str, int]:
        """What stands in the output, and since when."""
        return {str(path): path.lstat().st_mtime_ns for path in self.output.rglob("*") if path.is_file()}

    def build(self) -> Outcome:
        """A build that is given up when it hangs."""

        def give_up(number: int, frame: FrameType | None) -> None:
            raise Overtime

        before = signal.signal(signal.SIGALRM, give_up)
        signal.alarm(PATIENCE)
        try:
            return build(self.root, self.output, store=self.store)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    def try_out(self) -> Outcome:
        """Build what is there now: it is fine, or says where it is not; and nothing lies where nothing should."""
        around, before = self.listing(), self.marks()
        outcome = self.build()

        assert self.listing() == around
        for problem in outcome.problems:
            assert problem.place.file
            assert not Path(problem.place.file).is_absolute()
            assert problem.place.line >= 1
            assert problem.place.column >= 1
        for language in ("en", "zh"):
            for written in (report(outcome.problems, language, colour=True), as_json(outcome.problems, language)):
                written.encode()
            github(outcome.problems, language).encode()
        if not outcome.ok:
            assert self.marks() == before
        return outcome

    def try_file(self, name: str, data: bytes) -> Outcome:
        """With these bytes in a file, which is as before afterwards."""
        path = self.root / name
        before = path.read_bytes() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        try:
            return self.try_out()
        finally:
            path.unlink() if before is None else path.write_bytes(before)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Built once."""
    return Bench(tmp_path_factory.mktemp("fuzz"))


# --- any change ------------------------------------------------------------------------------------------------------


@st.composite
def changes(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Splinters put in, and pieces taken out, doubled or moved, at a few places; places as parts of the whole."""
    steps = draw(
        st.lists(
            st.tuples(
                st.floats(0, 1),
                st.integers(0, 60),
                st.sampled_from(["put", "put", "put", "cut", "twice", "move", "line"]),
                st.one_of(st.sampled_from(SPLINTERS), st.binary(max_size=6), st.text(max_size=6).map(str.encode)),
                st.floats(0, 1),
            ),
            min_size=1,
            max_size=3,
        )
    )

    def change(data: bytes) -> bytes:
        for at, length, what, splinter, other in steps:
            start, there = int(at * len(data)), int(other * len(data))
            piece = data[start : start + length]
            if what == "put":
                data = data[:start] + splinter + data[start + length % 3 :]
            elif what == "cut":
                data = data[:start] + data[start + length :]
            elif what == "twice":
                data = data[:start] + piece * 3 + data[start:]
            elif what == "move":
                data = data[:there] + piece + data[there:]
            else:
                lines = data.splitlines(keepends=True) or [b""]
                line = int(at * (len(lines) - 1))
                data = b"".join([*lines[:line], splinter, b"\n", *lines[line:]])
        return data

    return change


def try_any_change(bench: Bench, where: float, change: Callable[[bytes], bytes]) -> None:
    """Of a file of the content, or less often of the templates: then every page is made anew."""
    content = sum(not name.startswith("templates/") for name in bench.files)
    most = len(bench.files) - 1
    at = int(where / 0.9 * (content - 1)) if where < 0.9 else content + int((where - 0.9) * 10 * (most - content))
    name = bench.files[min(at, most)]
    bench.try_file(name, change((bench.root / name).read_bytes()))


_ANY = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=6, derandomize=True, **_ANY)  # type: ignore[arg-type]
@given(where=st.floats(0, 1), change=changes())
def test_any_change_of_a_source_is_built_or_told(bench: Bench, where: float, change: Callable[[bytes], bytes]) -> None:
    """Configuration, records, front matter, Markdown, pictures, templates, styles, strings."""
    try_any_change(bench, where, change)


@pytest.mark.long
@settings(max_examples=1000, **_ANY)  # type: ignore[arg-type]
@given(where=st.floats(0, 1), change=changes())
def test_a_thousand_changes_of_sources(bench: Bench, where: float, change: Callable[[bytes], bytes]) -> None:
    """As above, and others each time."""
    try_any_change(bench, where, change)


# --- files made to break something -----------------------------------------------------------------------------------

QUICK = (
    "NULs",
    "lone surrogates",
    "YAML that multiplies",
    "open brackets",
    "deep blocks",
    "keys of keys",
    "closed brackets",
)
PLACES = (
    ARTICLE,
    EDITION,
    "site_config.yaml",
    "content/articles/first-crane/article.yaml",
    "templates/strings/en.yaml",
)


@pytest.mark.parametrize("what", QUICK)
def test_a_file_made_to_break_the_build_is_told(bench: Bench, what: str) -> None:
    """In the place of the text or the record that it aims at."""
    aimed = ARTICLE if NASTY[what].startswith(HEAD) else EDITION

    assert not bench.try_file(aimed, NASTY[what]).ok


@pytest.mark.long
@pytest.mark.parametrize("file", PLACES)
@pytest.mark.parametrize("what", NASTY)
def test_any_nasty_file_is_built_or_told(bench: Bench, what: str, file: str) -> None:
    """Each in the place of a text, a record, the configuration and words of the interface."""
    bench.try_file(file, NASTY[what])


@pytest.mark.long
@pytest.mark.parametrize("signs", TIRING)
def test_no_text_within_the_limits_hangs(bench: Bench, signs: str) -> None:
    """In lines and a paragraph that are as long as they may be."""
    line = signs * (LONGEST_LINE // len(signs) - 1)
    lines = [line] * (LONGEST_TEXT // (len(line) + 1) - 1)
    outcome = bench.try_file(ARTICLE, HEAD + "\n".join(lines).encode())

    assert not {"text-too-long", "line-too-long"} & {problem.kind for problem in outcome.problems}


# --- names and links -------------------------------------------------------------------------------------------------

NAMES = ["../../outside", "a b", "FIRST-CRANE", "cre\u0301me", "\u202egnp", "-", "a%2e%2e", "a\nb", "a\\b", "'\"<b>"]
# Some of these are articles like any other, and it takes a while to make them.
MORE_NAMES = ["con", "aux", "Nul.txt", "..x", "index.html", "n" * 200, "0", "404", "search", "__proto__"]


@pytest.mark.parametrize("name", [*NAMES, *(pytest.param(name, marks=pytest.mark.long) for name in MORE_NAMES)])
def test_an_article_of_any_name_is_built_or_told(bench: Bench, name: str) -> None:
    """Names that leave the tree, clash on other systems, or are reserved there."""
    folder = Path(os.path.normpath(bench.root / "content/articles" / name))
    shutil.copytree(bench.root / "content/articles/first-crane", folder)
    try:
        bench.try_out()
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "slug", ["..", "../x", "../../../x", "/x", "x/../../y", "a\\..\\b", "%2e%2e", ".", "con", "x\0y", "~", "C:x"]
)
def test_an_identifier_that_is_a_path_writes_nowhere_else(bench: Bench, slug: str) -> None:
    """Of a venue, as a key of its record."""
    venues = (bench.root / "content/vocabularies/venues.yaml").read_bytes()
    quoted = slug.replace("\\", "\\\\").replace("\0", "\\0")
    renamed = venues.replace(b"quay-hall:", f'"{quoted}":'.encode())

    assert not bench.try_file("content/vocabularies/venues.yaml", renamed).ok


@pytest.fixture
def linked(bench: Bench) -> Iterator[Callable[[str, str], None]]:
    """Lays a link in the place of a file or folder of the site; all is as before afterwards."""
    laid: list[tuple[Path, Path | None]] = []

    def link(name: str, target: str) -> None:
        path, aside = bench.root / name, None
        if path.exists():
            aside = bench.folder / f"aside-{len(laid)}"
            path.rename(aside)
        laid.append((path, aside))
        path.symlink_to(target)

    yield link
    for path, aside in reversed(laid):
        path.unlink()
        if aside:
            aside.rename(path)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("content/loop", "."),
        ("content/editions/2013.yaml", "2013.yaml"),
        ("content/editions/2013.yaml", "/etc/passwd"),
        ("content/articles/outside", "/etc"),
        ("content/media/picture.svg", "/etc/hostname"),
        (EDITION, "/dev/zero"),
        ("content", "content"),
        ("site_config.yaml", "site_config.yaml"),
        ("site_config.yaml", "/dev/zero"),
        ("templates/strings/en.yaml", "en.yaml"),
        ("templates/static/loop", "."),
        ("templates/partials/loop", ".."),
    ],
)
def test_links_out_of_the_tree_and_loops_are_told(
    bench: Bench, linked: Callable[[str, str], None], name: str, target: str
) -> None:
    """Neither followed for ever nor read from elsewhere."""
    linked(name, target)

    assert not bench.try_out().ok


def test_a_pipe_is_not_waited_for(bench: Bench) -> None:
    """Nor is a folder read as a file."""
    for name in ("content/editions/2013.yaml", "content/media/picture.svg"):
        os.mkfifo(bench.root / name)
        try:
            assert not bench.try_out().ok
        finally:
            (bench.root / name).unlink()
    folder = bench.root / "content/editions/2013.yaml"
    folder.mkdir()
    try:
        bench.try_out()
    finally:
        folder.rmdir()


def test_a_style_sheet_that_is_no_text_is_built(bench: Bench) -> None:
    """As a browser would read it."""
    assert bench.try_file("templates/static/css/40-layout.css", b".x { color: red }\x80\n").ok
