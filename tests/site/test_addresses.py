"""Addresses that lead nowhere and pictures that no reader sees are told where they are written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.build import check
from expoarchive.cache.store import Store
from expoarchive.problem import errors
from expoarchive.render.leads import leads_of
from tests.sites import Site, lay_site, read_small
from tests.sweep import swept

Build = Callable[..., Site]
ARTICLE = "content/articles/first-crane/en.md"
HEAD = "---\ntitle: T\nsummary: S\n---"
TAIL = "## Afterwards {#afterwards}\n"
# {} keeps them apart, as the same address is told once.
NOWHERE = (
    *("https:host{}.example", "https:/host{}.example", "http:host{}.example/x", "HTTPS:host{}.example", "https:?{}"),
    *("//host{}.example/x", "//host{}.example", "https:///host{}.example", "https://?host{}", "https://#host{}"),
    *(
        "https://.host{}.example",
        "https://host{}..example",
        "https://user:word@host{}.example/",
        "https://-host{}.example",
    ),
    *(
        "https://host{}.example:port/",
        "https://host{}.example:99999/",
        "https://host{}.example:0/",
        "https://@host{}.example",
    ),
    *("https://[host{}]/", "https://%68ost{}.example/"),
)
LEADING = (
    *("https://host.example", "http://host.example:8080/a?b#c", "HTTPS://Host.Example/", "https://青洽会.中国/路"),
    *("https://[2001:db8::1]/", "https://host.example./", "https://a_b.example/x(y)", "https://host.example/?a=[b]"),
    *("https://192.0.2.1/", "http://localhost/"),
)
FORMS = {
    "link": "[a]({})",
    "link in brackets": "[a](<{}>)",
    "link by reference": "[a{n}]\n\n[a{n}]: {}\n",
    "link of HTML": '<a href="{}">a</a>',
    "quotation": '<q cite="{}">a</q>',
    "deletion": '<del cite="{}">a</del>',
    "insertion": '<ins cite="{}">a</ins>',
    "quotation in a block": '<blockquote cite="{}">a</blockquote>\n',
    "picture": "![a]({})",
    "picture of HTML": '<img src="{}" alt="a">',
}


def article(lines: list[str]) -> str:
    """An English text that consists of these lines."""
    return "\n\n".join([HEAD, *lines, TAIL])


class Desk:
    """One site for all texts, with a memory: what another text does not touch is not made again for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = Store()
        lay_site(root, {})

    def told(self, text: str) -> dict[tuple[int, int], str]:
        """The errors of the site if its article has this text, by line and column."""
        (self.root / ARTICLE).write_text(text, "utf-8")
        return {(p.place.line, p.place.column): p.kind for p in errors(check(self.root, store=self.store).problems)}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Where texts are tried one after the other."""
    return Desk(tmp_path_factory.mktemp("addresses") / "site")


def place(text: str, written: str) -> tuple[int, int]:
    """The line and column of ``written`` in ``text``, both from one."""
    at = text.index(written)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.mark.parametrize("form", swept(FORMS, [*FORMS][::3]), ids=str)
def test_an_address_without_a_host_is_told_at_its_place(desk: Desk, form: str) -> None:
    """Wherever prose can have one: links, pictures, and what quotations name."""
    written = [address.format(number) for number, address in enumerate(NOWHERE)]
    text = article([FORMS[form].replace("{n}", str(n)).replace("{}", one) for n, one in enumerate(written)])
    found = desk.told(text)

    assert found == {place(text, one): "unreadable-address" for one in written}


@pytest.mark.parametrize("form", [form for form in FORMS if "picture" not in form])
def test_an_address_with_a_host_is_no_problem(desk: Desk, form: str) -> None:
    """In any script, by number, with a port; after a scheme in capitals."""
    text = article([FORMS[form].replace("{n}", str(n)).replace("{}", one) for n, one in enumerate(LEADING)])

    assert desk.told(text) == {}


def test_sources_pass_the_same_rule(tmp_path: Path) -> None:
    """What prose may not lead to, no source has as its address."""
    addresses = [*(address.format(1) for address in NOWHERE), "http://", "https://", "//", "x", "mailto:a@b.example"]
    sources = {
        f"content/sources/s{n:02}.yaml": f"{{language: en, grade: official, url: '{one}'}}\n"
        for n, one in enumerate(addresses)
    }
    _, _, problems = read_small(tmp_path, sources)

    assert {p.kind for p in problems} == {"not-an-address", "bad-host"}
    assert [p.place.file for p in problems] == list(sources)


@pytest.mark.parametrize("address", ["http://", "https:", "mailto:"])
def test_a_scheme_alone_is_no_address(desk: Desk, address: str) -> None:
    """It leads nowhere."""
    text = article([f"[a]({address})"])

    assert desk.told(text) == {place(text, address): "unreadable-address"}


@pytest.mark.parametrize("form", ["[a]({})", '<a href="{}">a</a>', '<q cite="{}">a</q>', "![a]({})"])
def test_an_address_that_no_page_may_have_is_told(desk: Desk, form: str) -> None:
    """Whatever would run it, fetch it, or find it on one machine alone."""
    refused = (
        *("javascript:alert(1)", "JaVaScRiPt:alert(2)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"),
        *("blob:x", "ftp://host.example/", "about:blank", "data:image/png;base64,AA==", "C:/a.png", "D:\\a.png"),
    )
    text = article([form.replace("{}", address) for address in refused])

    assert desk.told(text) == {place(text, address): "unreadable-address" for address in refused}


@pytest.mark.parametrize("tag", ["q", "del", "ins", "blockquote"])
def test_what_a_quotation_names_is_an_address_of_the_page(build_site: Build, tag: str) -> None:
    """Of another site as it stands, of the archive as it is from the page."""
    lines = [f'<{tag} cite="{address}">a</{tag}>' for address in ("https://kept.example/", "media/mark.svg")]
    html = build_site({ARTICLE: article(lines)}).pages("en/articles/first-crane/")

    assert f'<{tag} cite="https://kept.example/">' in html
    assert f'<{tag} cite="../../../media/mark.svg">' in html


def test_a_link_to_another_site_says_so(build_site: Build) -> None:
    """As it did: also one whose scheme is in capitals."""
    html = build_site({ARTICLE: article([f"[a]({address})" for address in LEADING])}).pages("en/articles/first-crane/")

    assert html.count('rel="external noopener"') >= len(LEADING)


@pytest.mark.parametrize(
    "picture",
    [
        "![a]({})",
        "![a](<{}>)",
        '![a]({} "b")',
        "![a][b]\n\n[b]: {}\n",
        '<img src="{}" alt="a">',
        "<img alt=a src='{}'>",
        "[![a]({})](../)",
        "| x |\n|---|\n| ![a]({}) |\n",
        "- ![a]({})\n",
        "x[^1]\n\n[^1]: ![a]({})\n",
    ],
)
def test_a_picture_of_another_host_is_told_at_its_place(desk: Desk, picture: str) -> None:
    """The page's policy would not show it."""
    address = "https://host.example/a.png?b=1&c=2"
    text = article([picture.replace("{}", address)])

    assert desk.told(text) == {place(text, address): "foreign-asset"}


def test_a_picture_of_the_archive_is_no_problem(desk: Desk) -> None:
    """What the other pictures are to become."""
    assert desk.told(article(["![A crane](media/mark.svg)"])) == {}


def test_links_lead_where_their_addresses_do(tmp_path: Path) -> None:
    """Where one leads is known from what it was made of; whoever reads the address alone gets to the same file."""
    lay_site(tmp_path, {})
    outcome = check(tmp_path)
    base_path = outcome.base_path

    read = [leads_of(page.outline, page.page.permalink, base_path, {}) for page in outcome.pages]

    assert [page.leads for page in outcome.pages] == read
    assert sum(leads.inward for leads in read) > len(read)
