"""Markdown as nobody writes it, from a seed; and what a build does with it, looked at closely."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from random import Random
from typing import Any

from expoarchive.nodes import SourceText
from expoarchive.problem import errors
from expoarchive.records.prose import headings, references, scan, uncited
from expoarchive.render.markdown import RenderedText, UnreadableText, render_markdown

WORDS = {"table": "表格", "footnotes": "脚注", "footnote_back": "返回正文脚注 {number}"}


@dataclass
class Desk:
    """A resolver that notes what it was asked."""

    asked: list[str] = field(default_factory=list)

    def citation(self, source_id: str, locator: str | None) -> str:
        self.asked.append(f"@{source_id}, {locator}" if locator else f"@{source_id}")
        title = escape(locator or "")
        return f'<sup class="note"><a href="#source-{source_id}" title="{title}">{len(self.asked)}</a></sup>'

    def figure(self, target: str, options: Collection[str]) -> str:
        self.asked.append("|".join([f"={target}", *sorted(options)]))
        return '<data style="--x:1" onclick="ours()" value="1">1,045</data>'

    def link(self, sort: str, target: str, text: str | None) -> str:
        self.asked.append(f"{sort}:{target}")
        return f'<a href="../{sort}/{target}/">{escape(text or target)}</a>'

    def pictures(self, picture_ids: Sequence[str]) -> str:
        self.asked.append(f"pictures {' '.join(picture_ids)}")
        return f"<figure>{' '.join(picture_ids)}</figure>"

    def absence(self, target: str) -> str:
        self.asked.append(f"?{target}")
        return "<sup>?</sup>"

    def address(self, href: str) -> str:
        return f"../../{href}"

    def string(self, name: str) -> str:
        return WORDS[name]


class QuietDesk(Desk):
    """Gives a figure without the attributes that only trusted HTML may have."""

    def figure(self, target: str, options: Collection[str]) -> str:
        super().figure(target, options)
        return "<data>1,045</data>"


FORBIDDEN = (
    *("script", "style", "iframe", "object", "embed", "form", "input", "button"),
    *("base", "meta", "link", "svg", "math", "template", "body"),
)


class Auditor(HTMLParser):
    """Finds what may run, in HTML as a browser would read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self.faults.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "action", "formaction", "xlink:href"):
                self.faults.append(f"{tag} {name}")
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name in ("href", "src", "cite") and scheme.startswith(("javascript:", "vbscript:", "data:")):
                self.faults.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")


# --- what a build does with a text -----------------------------------------------------------------------------------

_IDS = re.compile(r'<[a-z0-9]+(?: [a-z]+="[^"]*")* id="([^"]*)"')
_MARKS = re.compile("[\ue000\ue001\ue003\x02\x03]")
# Where a mention may rightly be shown as it was typed, or not at all: code, attributes, tags that are dropped.
_HIDING = re.compile(r"[`~<&]|\]\(|\]:|\]\[|\{|^(?: {4}|\t)", re.MULTILINE)


@dataclass(frozen=True)
class Trial:
    """What came of a text: whether the scan lets a build go on to its HTML, and that HTML, if Markdown made any."""

    ok: bool
    body: RenderedText | None


def try_text(text: str) -> Trial:
    """Read, check and convert a text as a build does. Asserts what holds for any text."""
    source = SourceText("a.md", text, 5)
    mentioned, problems = references(source)
    problems += uncited(source)
    headings(source)
    lines = len(source.lines)
    for problem in problems:
        assert 5 <= problem.place.line < 5 + lines, problem
        assert 1 <= problem.place.column <= len(problem.place.excerpt) + 1, problem
    typed = [text[mention.start : mention.end] for mention in scan(source).mentions]
    assert all(mention[0] == "[" and mention[-1] == "]" for mention in typed)
    desk = QuietDesk()
    line = 1
    body = None
    try:
        body = render_markdown(source, desk, prefix="p-")
    except UnreadableText as fault:
        line = fault.line
    assert 1 <= line <= lines
    if body is None:
        return Trial(not errors(problems), None)

    assert Auditor(body.html).faults == []
    assert set(_MARKS.findall(body.html)) <= set(_MARKS.findall("".join(typed)))
    assert all(name.startswith("p-") for name in _IDS.findall(body.html))
    assert render_markdown(source, QuietDesk(), prefix="p-") == body
    written = Counter(reference.target for reference in mentioned)
    # What names a sort that is none has been told, and is no reference.
    told = {problem.details["found"] for problem in problems if problem.kind == "unknown-sort"}
    asked = [one for one in desk.asked if one.partition(":")[0] not in told]
    shown = Counter(re.sub(r"^[@=?]|^[a-z]+:|, .*|\|.*", "", one, flags=re.DOTALL) for one in asked)
    assert shown <= written, f"shown more often than written: {shown - written}"
    ok = not errors(problems)
    if ok and not _HIDING.search(text):
        assert shown == written, f"written and not shown: {written - shown}"
    return Trial(ok, body)


# --- texts from a seed -----------------------------------------------------------------------------------------------

_WORDS = (
    *(
        "a",
        "one",
        "two words",
        "X",
        "12",
        "1,045",
        "2009",
        "词",
        "第一行，",
        "展览会。",
        "“引”",
        "——",
        "é",
        "e\u0301",
        "𠮷",
        "👩‍👧",
    ),
    *(
        "ا",
        "\u202e",
        "\u200b",
        "\u3000",
        "\xa0",
        "\x0b",
        "\x0c",
        "\x1f",
        "\x7f",
        "\x85",
        "\u2028",
        "\ue0000\ue001",
        "\ue003",
        "\x02",
    ),
)
_SPLINTERS = (
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "```",
        "~~~",
        "\\",
        "[",
        "]",
        "[[",
        "]]",
        "(",
        ")",
        "](",
        "]:",
        "![",
        "[^",
        "]: ",
    ),
    *(
        "<",
        ">",
        "<!--",
        "-->",
        "</",
        "/>",
        "&",
        ";",
        "&#",
        "|",
        "||",
        "|-|",
        ":",
        ": ",
        "{",
        "}",
        "{:",
        "{#",
        "#",
        "##",
    ),
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        "    ",
        "\n    ",
        "\n\n    ",
        "\t",
        "  \n",
        "> ",
        "- ",
        "1. ",
        "=",
        "---",
        "***",
        "\n===\n",
    ),
    *(
        "[@",
        "[=",
        "[@a]",
        "[=2009#x]",
        "[[page:a]]",
        "【@",
        "［=",
        "；",
        "|bare",
        "[^1]",
        "\n[^1]: ",
        "\n    [^2]: ",
        "\n: ",
    ),
    *(
        "<div>",
        "</div>",
        "<div markdown=1>",
        "<b",
        "<p>",
        "<pre>",
        "</pre>",
        "<br>",
        "<?x",
        "?>",
        "<![CDATA[",
        "]]>",
        "<!x>",
    ),
    *("<script>", "</script>", "<svg onload=x>", "onclick=x", "javascript:x", "&#x6a;", "\" '", '="'),
)
_LABELS = ("1", "2", "3", "n", "注", "a b", "", "^", "1]", "*x*", "[@a]", "`c`", "-", "fn", "A", '"x')


class Writer:
    """Writes a text of random parts, each of which knows how Markdown spells it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.labels = random.sample(_LABELS, 4)
        # Most of the others do not come as far as to be converted.
        self.fair = random.random() < 0.6

    def text(self) -> str:
        """A whole text, now and then damaged."""
        made = self.blocks(self.random.choice((0, 1, 1, 2, 3)), self.random.randint(1, 4))
        if self.fair:
            defined = set(re.findall(r"\[\^([^\]\n]*)\]:", made))
            used = dict.fromkeys(re.findall(r"\[\^([^\]\n]*)\]", made))
            return made + "".join(f"\n\n[^{label}]: {self.words()}" for label in used if label not in defined)
        for _ in self.some(5):
            made = self.damaged(made)
        return made

    def damaged(self, text: str) -> str:
        """With a splinter put in, or a piece taken out, doubled or moved."""
        pick = self.random
        at, there = pick.randint(0, len(text)), pick.randint(0, len(text))
        piece = text[at : at + pick.randint(1, 20)]
        match pick.randint(0, 4):
            case 0 | 1:
                return text[:at] + pick.choice(_SPLINTERS) + text[at:]
            case 2:
                return text[:at] + text[at + len(piece) :]
            case 3:
                return text[:at] + piece * pick.randint(2, 4) + text[at:]
        return text[:there] + piece + text[there:]

    def some(self, most: int = 3) -> range:
        return range(self.random.randint(1, most))

    # --- within a line ---

    def words(self) -> str:
        return self.random.choice((" ", "", " ", "\n")).join(self.random.choice(_WORDS) for _ in self.some(4))

    def inlines(self, depth: int = 2) -> str:
        return self.random.choice(("", " ", " ", "\n")).join(self.inline(depth) for _ in self.some(4))

    def inline(self, depth: int) -> str:
        pick = self.random
        inner = self.inlines(depth - 1) if depth else self.words()
        label = pick.choice(self.labels)
        kinds = (
            inner, self.words(), self.words(), f"*{inner}*", f"**{inner}**", f"_{inner}_", f"***{inner}*{inner}**",
            f"`{inner}`", f"`` {inner} ` ``", f"[{inner}](a.html)", f'[{inner}](<b c> "{inner}")', f"![{inner}](a.png)",
            f"[{inner}][{label}]", f"[{label}]", f"![{inner}][{label}]", f"[^{label}]", f"[^{label}]", f"[^{label}]",
            "<https://x.example/>", "<a@x.example>", "https://x.example/?a=b&c", "&amp;", "&#169;", "&#0;",
            "&bogus;", "\\*", "\\[",
            self.mention(), self.mention(), self.mention(), "a  \nb", "<br>", f"<b>{inner}</b>",
            f"<span lang=zh>{inner}",
            f"<a href='x'>{inner}</a>", f"{inner}{{: .c #i k=v }}", f"*{inner}*{{.c}}", "<!-- c -->",
            f"<!-- {inner} -->",
            f"<img src=x alt='{inner}'>", f"<q cite='x'>{inner}</q>", "<script>x</script>",
            *(() if self.fair else (pick.choice(_SPLINTERS), f"[{self.mention()}](x)")),
        )  # fmt: skip
        return str(pick.choice(kinds))

    def mention(self) -> str:
        words = _MARKS.sub("", self.words())
        right = (
            "[@a]", "[@a, p. 3]", "[@a；@b-2, 第2版]", "[@a; @b]", f"[@a, {words}]",
            "[=2009#visitors]", "[=2009#x|bare]",
            "[=expo#x-1|bare, nocite]", "[[edition:2009]]", "[[page:home|回]]", f"[[place:west|{words}]]",
            "[[claim:2009#x]]",
        )  # fmt: skip
        wrong = ("[=2009#x|bear]", "[[foo:]]", "[@]", "[=]", "[[]]", "\\[@a]", "【@a】")
        return self.random.choice(right if self.fair else (*right, *wrong))

    # --- blocks ---

    def blocks(self, depth: int, most: int) -> str:
        between = self.random.choice(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"))
        return between.join(self.block(depth) for _ in self.some(most))

    def block(self, depth: int) -> str:
        pick = self.random
        make: Any = pick.choice(
            (
                self.inlines, self.inlines, self.heading, self.underlined, self.listed, self.listed,
                self.quoted, self.fenced,
                self.coded, self.table, self.defined, self.footnote, self.footnote, self.raw, self.raw,
                self.reference, self.rule,
                self.commented, self.attributed,
            )
        )  # fmt: skip
        return str(make() if make in (self.inlines, self.rule) else make(depth))

    def inner(self, depth: int) -> str:
        return self.blocks(depth - 1, 3) if depth > 0 else self.inlines(1)

    def indented(self, text: str, first: str, by: str) -> str:
        """The first line after ``first``, the others ``by`` so much, unless they are lazy."""
        lines = text.split("\n")
        lazy = self.random.random() < 0.15
        return "\n".join([first + lines[0], *(line if lazy or not line else by + line for line in lines[1:])])

    def heading(self, depth: int) -> str:
        given = self.random.choice(("", "", " {#an-id}", " {: #x .c }", " ##", "{#joined}", " ｛#wide｝"))
        return f"{'#' * self.random.randint(1, 7)}{self.random.choice((' ', ' ', ''))}{self.inline(1)}{given}"

    def underlined(self, depth: int) -> str:
        return f"{self.inline(1)}\n{self.random.choice(('===', '---', '-', '='))}"

    def listed(self, depth: int) -> str:
        sign = self.random.choice(("- ", "* ", "+ ", "1. ", "2. ", "-   ", "10. "))
        by = self.random.choice(("    ", "    ", "    ", "  ", "   ", "\t", "        "))
        between = self.random.choice(("\n", "\n\n"))
        return between.join(self.indented(self.inner(depth), sign, by) for _ in self.some())

    def quoted(self, depth: int) -> str:
        sign = self.random.choice(("> ", "> ", ">", "> > ", " > "))
        return self.indented(self.inner(depth), sign, sign)

    def fenced(self, depth: int) -> str:
        fence = self.random.choice(("```", "~~~", "````"))
        info = self.random.choice(("", "python", " {.python #x hl_lines='1'}", "{: .x }", " words here"))
        return f"{fence}{info}\n{self.inner(depth)}\n{self.random.choice((fence, fence, '```', ''))}"

    def coded(self, depth: int) -> str:
        return self.indented(self.inner(depth), "    ", "    ")

    def table(self, depth: int) -> str:
        width = self.random.randint(1, 4)
        edge = self.random.choice(("", "|"))
        rule = [self.random.choice(("---", ":-:", "--:", "-", ":--")) for _ in range(width)]
        cells = [[self.inline(1).replace("\n", " ") for _ in range(self.random.randint(1, 4))] for _ in self.some(4)]
        return "\n".join(edge + " | ".join(row) + edge for row in [cells[0], rule, *cells[1:]])

    def defined(self, depth: int) -> str:
        sign = self.random.choice((": ", ":   ", ":", " : "))
        term = self.inline(1)
        return "\n".join([term, *(self.indented(self.inner(depth), sign, "    ") for _ in self.some(2))])

    def footnote(self, depth: int) -> str:
        label = self.random.choice(self.labels)
        by = self.random.choice(("    ", "    ", "  ", ""))
        first = self.random.choice(("", "", "  ", "    "))
        return self.indented(
            self.inner(depth), f"{first}[^{label}]:{self.random.choice((' ', '', chr(10) + '    '))}", by
        )

    def raw(self, depth: int) -> str:
        tag = self.random.choice(
            (
                "div",
                "p",
                "table",
                "ul",
                "li",
                "pre",
                "code",
                "details",
                "span",
                "h2",
                "b",
                "a",
                "script",
                "svg",
                "td",
                "x-y",
            )
        )
        attributes = self.random.choice(
            ("", "", " class='c'", " markdown='1'", " id=i onclick=x", " title='[@a]'", "\n x", " style='a'")
        )
        end = self.random.choice((f"</{tag}>", f"</{tag}>", "", "</div>", f"</{tag.upper()} >"))
        around = self.random.choice(("", "\n", "\n\n"))
        return f"<{tag}{attributes}>{around}{self.inner(depth)}{around}{end}"

    def reference(self, depth: int) -> str:
        address = self.random.choice(("x.html", "<x y>", "javascript:x", "", "https://x.example/ 'T'"))
        return f"[{self.random.choice(self.labels)}]: {address}"

    def rule(self) -> str:
        return self.random.choice(("---", "***", "* * *", "- - -", "___", "-", "*"))

    def commented(self, depth: int) -> str:
        return f"<!-- {self.inner(depth)} {self.random.choice(('-->', '-->', '--', '--!>'))}"

    def attributed(self, depth: int) -> str:
        return f"{self.inner(depth)}\n{self.random.choice(('{: .c }', '{: #i }', '{.a .b}', '{: k=[@a] }', '{#'))}"


def texts(seed: int, count: int) -> Iterator[str]:
    """So many texts, the same for one seed."""
    for number in range(count):
        yield Writer(Random(f"{seed} {number}")).text()


class Letters:
    """Texts of letters among the signs of emphasis."""

    PARTS = ("*", "**", "***", "_", "__", " ", " ", "a", "b", "词", "c", "\n", "`x`", "[@a]")

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def texts(self, count: int) -> Iterator[str]:
        for _ in range(count):
            parts = self.random.choices(self.PARTS, k=self.random.randint(3, 14))
            yield f"w{''.join(parts)}w"

    @staticmethod
    def are_kept(text: str) -> bool:
        """Whether each is shown, in order, and nothing else is."""
        html = try_text(text).body
        assert html is not None
        plain = re.sub(r"<[^>]*>", "", re.sub(r"<sup.*?</sup>", "@", html.html))
        return re.sub(r"[^\w@]|_", "", plain) == re.sub(r"[^\w@]|_", "", text.replace("[@a]", "@"))
