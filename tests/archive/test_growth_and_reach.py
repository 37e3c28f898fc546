"""What this archive's pages of growth and reach tell."""

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(("language", "share"), [("zh", "19.32%"), ("en", "19.32%")])
def test_what_became_of_the_projects_of_2019(language: str, share: str, archive_output: Path) -> None:
    """The flow has those signed, carried out and begun, and the share of the money that came."""
    page = (archive_output / language / "growth" / "index.html").read_text("utf-8")
    flow = page.partition('id="after-signing"')[2].partition("</figure>")[0]
    drawn = " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", flow.partition("</svg>")[0]))

    for figure in ("262", "251", "145", share):
        assert figure in drawn


def test_every_edition_held_has_a_cell_for_every_region(archive_output: Path) -> None:
    """From 2000 on; where nobody is known a cell says so in words."""
    page = (archive_output / "zh" / "reach" / "index.html").read_text("utf-8")
    rows = re.findall(r'<th scope="row"><a [^>]*>(\d{4})</a></th>(.*?)</tr>', page, re.DOTALL)
    regions = len(re.findall(r'<th scope="col">', page)) - 1

    assert [year for year, _ in rows] == [str(year) for year in range(2000, 2026)]
    assert regions > 1
    for _, cells in rows:
        assert (
            len(re.findall(r'class="reach-tile is-[a-z]+"[^>]*>(?:<span class="hidden">[^<]|≤?\d)', cells)) == regions
        )


def test_the_guests_of_honour_of_2022_are_told_with_their_source(archive_output: Path) -> None:
    """Jiangsu and Guangxi, in the cell that the table leads to."""
    page = (archive_output / "en" / "reach" / "index.html").read_text("utf-8")
    who = page.partition('<div id="2022-rest-of-china"')[2].partition("</div>")[0]

    assert 'href="#2022-rest-of-china"' in page
    assert re.search(r'href="\.\./editions/2022/#guest-of-honour">[^<]+</a>', who)
    assert 'href="../places/jiangsu/"' in who
    assert 'href="#source-' in who
