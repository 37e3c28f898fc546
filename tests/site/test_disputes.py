"""What sources dispute is marked wherever it is shown, and counted once."""

import re
from collections.abc import Callable

import pytest

from tests.sites import Site

SAYS = "Sources disagree"


@pytest.mark.parametrize(
    ("page", "around"),
    [
        ("en/editions/", r'data-of="visitors"[^>]*>.*?1,500.*?</td>'),
        ("en/editions/2010/", r'<p class="edition-brief">.*?</p>'),
        ("en/growth/", r"<tr><th[^>]*><a[^>]*>2010.*?</tr>"),
        ("en/sources/copy-2010/", r"<li><a[^>]*>[^<]*2,000</a>.*?</li>"),
    ],
)
def test_a_disputed_value_says_so(tiny_site: Site, page: str, around: str) -> None:
    """In the list of all, the sentence of its edition, a chart's table, a source's list."""
    shown = re.search(around, tiny_site.pages(page), re.DOTALL)

    assert shown, page
    assert SAYS in shown[0]


def test_a_disputed_figure_in_prose_says_so(build_site: Callable[..., Site]) -> None:
    """By a sign that leads to what stands against it; one that nobody disputes has none."""
    text = "---\ntitle: T\nsummary: S\n---\n\nFrom [=2009#visitors|nocite] to [=2010#visitors].\n\n## A {#afterwards}\n"
    page = build_site({"content/articles/first-crane/en.md": text}).pages("en/articles/first-crane/")

    assert re.findall(rf'<sup class="note dispute"><a href="([^"]+)" title="{SAYS}">', page) == [
        "../../editions/2010/#visitors"
    ]


def test_a_dispute_about_a_part_names_the_part(build_site: Callable[..., Site]) -> None:
    """In the box of the edition, where the fair's own day may be unknown, and in the list of all."""
    edition = """\
        year: 2013
        held:
          opened:
            - {part: night-market, date: 2013-06-18, sources: [gazette-2009], preferred: {en: As seen., fr: Vu.}}
            - {id: opened-copied, part: night-market, date: 2013-06-20, sources: [copy-2010]}
        """
    site = build_site({"content/editions/2013.yaml": edition})

    about = "Opened (The night market)"
    assert f"{about}: 18 June 2013; 20 June 2013</a>" in site.pages("en/editions/2013/")
    assert f'<h3 class="conflict-of">2013 · {about}' in site.pages("en/coverage/").replace("edition of 2013", "2013")


def test_there_is_one_count_of_disputes(tiny_site: Site) -> None:
    """On the home page, the pages about the archive and the table of what is known; each of them is listed there."""
    coverage = tiny_site.pages("en/coverage/")
    listed = len(re.findall(r'class="conflict-of"', coverage))
    counts = {
        "coverage": re.findall(r"Our sources disagree on (\d+) points", coverage),
        "about": re.findall(r"<dt>Conflicting accounts</dt>\s*<dd>(\d+)", tiny_site.pages("en/about/")),
        "audit": re.findall(r"Points on which accounts differ.*?(\d+)", tiny_site.pages("en/audit/"), re.DOTALL)[:1],
    }

    assert counts == {page: [str(listed)] for page in counts}
