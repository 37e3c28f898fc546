"""Markdown as it is shown: references resolved, untrusted HTML cleaned, ids that never collide."""

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expoarchive.nodes import SourceText
from expoarchive.render.markdown import RenderedText, TocEntry, render_markdown
from expoarchive.render.markdown.clean import is_harmless
from tests.markdown import Auditor, Desk, QuietDesk, try_text

WORDS = {"table": "表格", "footnotes": "脚注", "footnote_back": "返回正文脚注 {number}"}


def rendered(text: str, prefix: str = "") -> RenderedText:
    return render_markdown(SourceText("content/articles/a/zh.md", text), Desk(), prefix=prefix)


def html(text: str, prefix: str = "") -> str:
    return rendered(text, prefix).html


NOTE = '<sup class="note"><a href="#source-a" title="">1</a></sup>'
FIGURE = '<data style="--x:1" onclick="ours()" value="1">1,045</data>'

# --- references ---


def test_what_the_resolver_gives_is_kept_as_it_is() -> None:
    """It is trusted: even what the sanitizer would take from an editor."""
    assert html("[=2022#x] 与 [@a]") == f"<p>{FIGURE} 与 {NOTE.replace('1</a>', '2</a>')}</p>"


def test_references_are_resolved_in_the_order_of_reading() -> None:
    """So that notes are numbered as they are met; footnotes stand last."""
    desk = Desk()
    text = "[@b; @a, 第2版][^n] [=2022#x|bare]\n\n[^n]: [@c]\n\n[[place:west|W]] [[claim:expo#y]]"
    render_markdown(SourceText("a.md", text), desk)

    assert desk.asked == ["@b", "@a, 第2版", "=2022#x|bare", "place:west", "claim:expo#y", "@c"]


def test_notes_beside_fullwidth_signs_gain_no_space() -> None:
    """Not on the line, and not where the line is wrapped."""
    assert html("增长[@a]。") == f"<p>增长{NOTE}。</p>"
    assert html("增长。\n[@a]\n下文") == f"<p>增长。{NOTE}下文</p>"


def test_wrapped_chinese_is_joined_and_wrapped_english_is_not() -> None:
    """A line's end between two Chinese characters is no space, with or without markup between them."""
    assert html("第一行，\n第二行**强**\n**调**\n[链接](x)\n文") == (
        '<p>第一行，第二行<strong>强</strong><strong>调</strong><a href="../../x">链接</a>文</p>'
    )
    assert html("one\ntwo ”\n“three") == "<p>one\ntwo ”\n“three</p>"
    assert "<br>" in html("一  \n二")


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "    [@a]",
        "```\n[@a]\n```",
        "- x\n\n    ```\n    [@a]\n    ```",
        "<code>[@a]</code>",
        "<pre>[@a]</pre>",
    ],
)
def test_code_stays_code(text: str) -> None:
    """A text may explain the syntax."""
    made = html(text)

    assert "[@a]" in made
    assert "source-a" not in made


def test_escaped_and_malformed_references_are_shown_as_typed() -> None:
    """The records stage has reported the malformed ones."""
    assert html(r"\[@a] [= x] [[foo:]]") == "<p>[@a] [= x] [[foo:]]</p>"


def test_a_bar_in_a_reference_does_not_divide_a_table_cell() -> None:
    """``|bare`` and ``|text`` are usable in tables."""
    made = html("| a | b |\n|---|---|\n| [=2022#x|bare] | [[place:west|W]] |")

    assert f"<td>{FIGURE}</td>" in made
    assert '<td><a href="../place/west/">W</a></td>' in made


def test_references_in_raw_html_are_resolved() -> None:
    """Tables with spans have to be typed as HTML."""
    made = html('<table><tr><td rowspan="2">[@a]</td></tr></table>')

    assert f'<td rowspan="2">{NOTE}</td>' in made


def test_a_reference_in_an_attribute_stays_text() -> None:
    """Trusted HTML is never put between quotes."""
    made = html('<b title="[@a] x">y</b> ![[=2022#x] z](media/a.png)')

    assert '<b title="[@a] x">y</b>' in made
    assert 'alt="[=2022#x] z"' in made


def test_a_reference_in_a_link_makes_no_link_in_a_link() -> None:
    """Browsers would end the outer one."""
    assert html('<a href="x">[@a]</a>') == '<p><a href="../../x"><sup class="note">1</sup></a></p>'


def test_comments_are_not_published() -> None:
    """They are the editors' own, wherever they stand."""
    made = html("a <!-- 内部\n\n    [@a] --> b\n\n<!-- c -->\n\nd")

    assert "内部" not in made
    assert "!--" not in made
    assert re.findall(r"[a-z]", re.sub(r"<[^>]*>", "", made)) == ["a", "b", "d"]


# --- headings ---


def test_headings_have_the_given_id_or_one_of_their_text() -> None:
    """Chinese keeps its characters; signs alone still give an id; one id never comes twice."""
    body = rendered("# 第一届 A\n\n## 签约 {#signed}\n\n## ……\n\n## 第一届 a\n\n## ！")

    assert [(entry.level, entry.id) for entry in body.headings] == [
        (1, "第一届-a"),
        (2, "signed"),
        (2, "section"),
        (2, "第一届-a_1"),
        (2, "section_1"),
    ]
    assert all(f'id="{entry.id}"' in body.html for entry in body.headings)


def test_the_text_of_a_heading_is_plain() -> None:
    """With its figures, without its notes."""
    body = rendered("## A *b* & `c` [=2022#x] 的[@a][^n] {#h}\n\n[^n]: x")

    assert body.headings == (TocEntry(2, "h", "A b & c 1,045 的"),)


def test_no_table_of_contents_is_put_into_the_text() -> None:
    """``[TOC]`` is text; the page has its own."""
    assert "<p>[TOC]</p>" in html("[TOC]\n\n## a")


# --- footnotes and ids ---

NOTES = "x[^b] y[^a] z[^b]\n\n[^a]: one\n[^b]: two [@a]\n"


def test_footnotes_are_numbered_as_they_are_met_and_lead_back() -> None:
    """With roles, and words of the page's language."""
    made = html(NOTES)
    links = re.findall(r'<a class="footnote-ref" href="([^"]*)" role="doc-noteref">(\d)</a>', made)
    back = re.findall(r'<a class="footnote-backref" href="([^"]*)" title="([^"]*)" role="doc-backlink"', made)

    assert links == [("#fn-b", "1"), ("#fn-a", "2"), ("#fn-b", "1")]
    assert back == [
        ("#fnref-b", "返回正文脚注 1"),
        ("#fnref2-b", "返回正文脚注 1"),
        ("#fnref-a", "返回正文脚注 2"),
    ]
    assert '<div class="footnote" role="doc-endnotes" aria-label="脚注">' in made
    assert made.index('id="fn-b"') < made.index('id="fn-a"')


class _Ids(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.targets += [value or "" for name, value in attrs if name == "href" and (value or "").startswith("#")]


def test_two_bodies_on_one_page_share_no_id_and_link_to_themselves() -> None:
    """Headings, notes and raw HTML have the prefix; links to what is elsewhere on the page have not."""
    text = NOTES + '\n\n## 题 {#h}\n\n<p id="own">[w](#h) [o](#own) [e](#elsewhere)</p>\n\n[v](#h) [f](#elsewhere)'
    one, other = _Ids(html(text, "lead-")), _Ids(html(text, "text-"))

    assert not set(one.ids) & set(other.ids)
    assert len(set(one.ids)) == len(one.ids)
    assert {target for target in one.targets if target[1:] not in one.ids} == {"#source-a", "#elsewhere"}


def test_the_result_does_not_depend_on_what_was_rendered_before() -> None:
    """UNIQUE_IDS of the footnotes extension counts resets; ours do not."""
    first = rendered(NOTES, "p-")
    rendered("## other {#h}\n\nx[^q]\n\n[^q]: y\n\n[ref]: https://example.org")

    assert rendered(NOTES, "p-") == first


def test_footnote_labels_make_valid_ids() -> None:
    """A label may hold a space, an id may not."""
    parsed = _Ids(html("x[^注 一]\n\n[^注 一]: y"))

    assert parsed.ids == ["fnref-注-一", "fn-注-一"]
    assert parsed.targets == ["#fn-注-一", "#fnref-注-一"]


def test_undefined_unused_and_empty_footnotes_do_not_stop_rendering() -> None:
    """The records stage has reported them."""
    made = html("x[^no] y[^b] z[^a]\n\n[^a]:\n[^b]: c\n[^u]: unused")

    assert "x[^no]" in made
    assert 'id="fn-a"' in made


def test_a_footnote_marker_of_the_library_is_only_text() -> None:
    """Nothing an editor types moves the notes."""
    made = html("///Footnotes Go Here///\n\nx[^a]\n\n[^a]: y")

    assert "<p>///Footnotes Go Here///</p>" in made
    assert made.endswith("</div>")


# --- tables ---

TABLE = "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"


def test_columns_are_aligned_by_class() -> None:
    """A style attribute would need a hole in the content security policy."""
    made = html(TABLE)

    assert re.findall(r"<t[dh]\b([^>]*)>", made) == [
        ' class="align-left" scope="col"',
        ' class="align-center" scope="col"',
        ' class="align-right" scope="col"',
        ' scope="col"',
        ' class="align-left"',
        ' class="align-center"',
        ' class="align-right"',
        "",
    ]
    assert "style" not in made


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TABLE, ["表格"]),
        (f"## 签约 & [@a]\n\n{TABLE}\n\nx\n\n{TABLE}", ["签约 &amp;", "签约 &amp; 2"]),
        (f"## h\n\n表 1：历届\n{{: .caption }}\n\n{TABLE}\n\n{TABLE}", ["表 1：历届", "h"]),
        ("## h\n\n<table><caption>c [@a]</caption><tr><td>1</td></tr></table>\n\n" + TABLE, ["c", "h"]),
        ("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>", ["表格"]),
    ],
)
def test_a_table_is_in_a_named_region_that_scrolls(text: str, names: list[str]) -> None:
    """Named by its caption, the caption before it, or its heading; no two by the same name; a table within once."""
    made = html(text)

    assert (
        re.findall(r'<div class="table-scroll" tabindex="0" role="region" aria-label="([^"]*)"><table>', made) == names
    )
    assert made.count("</table></div>") == len(names)


# --- addresses ---


def test_relative_addresses_are_the_resolvers_and_others_are_not() -> None:
    """In Markdown and in raw HTML alike."""
    made = html('[p](media/a.pdf) ![图](media/b.png) <a href="c">d</a> [m](mailto:a@example.org) [#](#x)')

    assert re.findall(r'(?:href|src)="([^"]*)"', made) == [
        "../../media/a.pdf",
        "../../media/b.png",
        "../../c",
        "mailto:a@example.org",
        "#x",
    ]
    assert "rel=" not in made


@pytest.mark.parametrize(
    "text", ["[x](https://example.org/a)", "<https://example.org/a>", '<a href="http://example.org">x</a>']
)
def test_external_links_say_so(text: str) -> None:
    """Whether a scheme is typed or not."""
    assert 'rel="external noopener"' in html(text)


# --- emphasis, lists: what editors were warned of ---


def test_underscores_within_chinese_are_shown() -> None:
    """The records stage warns of them."""
    assert html("是_展会_的，是**展会**的") == "<p>是_展会_的，是<strong>展会</strong>的</p>"


def test_definition_lists_attributes_and_fences_are_read() -> None:
    """The extensions that editors may use."""
    made = html("词\n:   义\n\n段落\n{: .lead }\n\n```yaml\na: 1\n```")

    assert "<dt>词</dt>" in made
    assert '<p class="lead">段落</p>' in made
    assert '<pre><code class="language-yaml">a: 1' in made


def test_signs_that_begin_no_entity_are_shown_and_spoil_no_tag_after_them() -> None:
    """In text, code and addresses."""
    assert html("R&#D; <b>x</b> [@a]") == f"<p>R&amp;#D; <b>x</b> {NOTE}</p>"
    assert html("`a&#b` [c](d?e&#f) &#169; &#xa9;") == (
        '<p><code>a&amp;#b</code> <a href="../../d?e&amp;#f">c</a> © ©</p>'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a**b*c d", "*a**b*c d"),
        ("x *a***b** c", "x <em>a</em><strong>b</strong> c"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("w**c _c__\n***aa***w", "w**c <em>c</em>_\n<strong><em>aa</em></strong>w"),
    ],
)
def test_emphasis_that_would_lose_letters_is_none(text: str, shown: str) -> None:
    """Its signs are shown as typed; other emphasis is as ever."""
    assert html(text) == f"<p>{shown}</p>"


# --- untrusted HTML ---

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<ScRiPt/src=//evil.example>",
    '<img src=x onerror="alert(1)">',
    "<img src=x onerror=alert(1)//",
    '<img src="javascript:alert(1)">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src=x>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example'</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script&colon;alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x](a.png "y\\" onerror=alert(1) z=\\"")',
    "<javascript:alert(1)>",
    "x {: onclick=alert(1) style=color:red }",
    '*x*{: onmouseover="alert(1)" }',
    "## x {: #i onclick=alert(1) }",
    "```{: onclick=alert(1) }\nx\n```",
    "| x |\n|---|\n| y {: onclick=alert(1) } |",
    'x[^" onclick="alert(1)]\n\n[^" onclick="alert(1)]: y',
    '[[place:west|<img src=x onerror="alert(1)">]]',
    '[@a, "><img src=x onerror=alert(1)>]',
    '<b title="&#xE000;0&#xE001; onclick=alert(1)">x</b> [@a]',
    '<a href="&#xE000;0&#xE001;javascript:alert(1)">x</a> [@a]',
    '<b title="[@a]" [@a] onclick=alert(1)>x</b>',
    '<b [@a]onclick="alert(1)">x</b>',
    '\ue0000\ue001<img title="\ue0000\ue001 onerror=alert(1)">',
    "\x02klzzwxh:0000\x03<script>alert(1)</script>",
    "<table><caption>\"' onfocus=alert(1)</caption><tr><td>1</td></tr></table>",
    '## "><img src=x onerror=alert(1)>\n\n' + TABLE,
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<p/onclick=alert(1)>x",
    "<x onclick=alert(1)>x</x>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "a {} b", "- {}", "x[^n]\n\n[^n]: {}", "<div>\n{}\n</div>"])
def test_nothing_an_editor_writes_can_run(attack: str, around: str) -> None:
    """No script, handler, style or scheme gets through, wherever it stands."""
    source = SourceText("a.md", around.format(attack))
    made = render_markdown(source, QuietDesk(), prefix="p-").html

    assert Auditor(made).faults == []


def test_the_audit_sees_what_it_looks_for() -> None:
    """Else the tests above would pass for nothing."""
    begin = ("<script", "<img src=x", "<svg", "<a href='", "<iframe")
    live = [attack for attack in ATTACKS if attack.startswith(begin) and attack.endswith(">")]

    assert all(Auditor(attack).faults for attack in live)
    assert len(live) >= 12


def test_harmless_html_is_kept() -> None:
    """What editors need beyond Markdown."""
    text = (
        '<p class="lead" id="x" lang="zh-Hans" title="t"><ruby>届<rt>jiè</rt></ruby> <abbr title="a">b</abbr></p>\n\n'
        '<table><tr><th scope="row" colspan="2">a</th></tr></table>\n\n<details open><summary>s</summary>d</details>'
    )
    made = html(text)

    assert (
        '<p class="lead" id="x" lang="zh-Hans" title="t"><ruby>届<rt>jiè</rt></ruby> <abbr title="a">b</abbr></p>'
        in made
    )
    assert '<th scope="row" colspan="2">a</th>' in made
    assert '<details open=""><summary>s</summary>d</details>' in made


PIECES = st.sampled_from(
    [
        *("[@a]", "[=2022#x]", "[?2014#y]", "[[place:b|<c>]]", "[^1]", "[^1]: ", "[", "]", "](", ")", "\\"),
        *("`", "```", "\n", "\n\n", "    ", "- ", "#", "|", "|---|", ": ", "{: #i .c }", "_", "*", "词", "。"),
        *("<!--", "-->", "<b>", "</b>", "<a href=x>", "</a>", "<table><tr><td>", "</table>", ">", "<script>"),
        *('<b title="', '">', "&#xE000;0&#xE001;", "onclick=x ", "javascript:"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
@example('[@a]<b title="&#xE000;0&#xE001;<b title="')
def test_any_text_is_rendered_safely_and_the_same_each_time(text: str) -> None:
    """Nothing raises, runs, or leaves a mark of ours behind; what is checked is what is shown."""
    try_text(text.replace("\r", ""))


# --- what a text does not call for ---

# Each begins one of Python-Markdown's rules or an extension's, and comes to nothing here.
SIGNS = r"Signs: ` \ [ ]: ![ < & | [^ { ~~~ ``` * _"
BLOCKS = (
    "A *word* and **two**, `code`, an \\*escape\\*.",
    "[A link](page.md) and ![a picture](a.png 'title'), 5 < 6 & 7 > 6, &copy;.",
    "[A reference][one], [one], ![one].\n\n[one]: https://example.org 'One'",
    "<https://example.org> <a@example.org> <b>bold</b>  \nnext line\tand a tab",
    "<div class='x'>\n\nIn a block.\n\n</div>",
    "| a | b |\n|---|--:|\n| 1 | `x|y` |",
    "Term\n: Meaning\n\n: Another",
    "```python\n*no* emphasis & <b>\n```",
    "~~~\ntext\n~~~",
    "## Heading {#its-id .wide}",
    "第一行\n第二行 **强调**_x_，完。",
    "1. one\n2. two\n\n    still two",
    "> quoted\n> - listed",
    "    indented code",
)


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
@settings(deadline=None, max_examples=150)
def test_a_text_is_the_same_whichever_rules_another_text_below_it_calls_for(blocks: list[str]) -> None:
    """Rules and extensions that nothing in a text calls for are left out: with all of them it would look no other."""
    text = "\n\n".join([*blocks, "Then a paragraph."])
    shown = html(f"{text}\n\n{SIGNS}").removesuffix(html(SIGNS)).strip()

    assert shown == html(text)


# --- what passes the sanitizer by ---


@pytest.mark.parametrize(
    "inner",
    [
        "<p>one<script>x</script></p>",
        "<p>one<span>two</span></p>",
        "<p>one<p>two</p></p>",
        '<p><a href="x">one<em><a href="y">two</a></em></a></p>',
        "<table><tbody><tr>one<td>two</td></tr></tbody></table>",
        "<table><tbody><tr><td>one</td>two</tr></tbody></table>",
        "<ul><p>one</p></ul>",
        "<pre>one</pre>",
        '<p onclick="x">one</p>',
        '<p style="x">one</p>',
        '<p><a href="javascript:x">one</a></p>',
        '<p><a href=" javascript:x">one</a></p>',
        '<p><a href="//x.example:port">one</a></p>',
        '<p><a href="https://">one</a></p>',
        '<p><img src="data:x"/></p>',
        '<p title="&amp;lt;">one</p>',
    ],
)
def test_what_may_be_more_than_plain_markdown_is_sanitized(inner: str) -> None:
    """Whatever element, place, attribute or address Python-Markdown might ever write."""
    assert not is_harmless(fromstring(f"<div>{inner}</div>"))


def test_plain_markdown_needs_no_sanitizer() -> None:
    """Its elements in their places, with ids, classes and simple addresses."""
    assert is_harmless(
        fromstring(
            '<div><h2 id="a">one</h2><p class="b">two<em>three<a href="https://x.example/y?z=1#u">four</a></em></p>'
            '<ul><li>five<ol start="2"><li>six</li></ol></li></ul><pre><code>seven</code></pre><hr/></div>'
        )
    )
