"""The page that sets editions side by side: its columns, its rows, and the picker that leads to it."""

import re
from pathlib import Path

import pytest

from expoarchive.build import build
from tests.sites import TINY_EXPO, Site, lay_site

# The tiny expo's configuration, to be added to.
SMALL = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)


def rows_of(site: Site, language: str) -> dict[str, list[str]]:
    """The cells of each row by its label."""
    page = site.pages(f"{language}/compare/")
    return {label: CELL.findall(cells) for label, cells in ROW.findall(page)}


@pytest.mark.parametrize(("language", "visitors"), [("en", "Visitors"), ("fr", "Visiteurs")])
def test_a_row_has_a_cell_for_each_documented_edition(language: str, visitors: str, tiny_site: Site) -> None:
    """The newest first, with each account of a value, its marks, and the way to its evidence."""
    page = tiny_site.pages(f"{language}/compare/")
    heads = re.findall(r'<th scope="col"><a href="../editions/(\d+)/">', page)
    cells = rows_of(tiny_site, language)[visitors]

    assert heads == sorted(heads, reverse=True)
    assert len(cells) == len(heads) > 1
    of_2010 = cells[heads.index("2010")]
    assert 'href="../editions/2010/#visitors"' in of_2010
    assert 'href="../editions/2010/#visitors-copy"' in of_2010
    assert 'class="chip chip-conflict"' in of_2010
    assert re.search(r'href="../sources/[^"]+"', of_2010)


def test_every_figure_of_a_whole_edition_is_a_row(tiny_site: Site) -> None:
    """Whether or not other tables have a column for it."""
    page = tiny_site.pages("en/compare/")
    listed = tiny_site.pages("en/editions/")
    every = set(re.findall(r'class="[^"]*amount[^"]*"><a href="2(?:009|010|011)/#([^"]+)"', listed))

    assert every <= set(re.findall(r'href="\.\./editions/\d+/#([^"]+)"', page))


def test_the_picker_names_the_other_editions(tiny_site: Site) -> None:
    """With the edition before it chosen, or the next one for the first."""
    first, later = tiny_site.pages("en/editions/2009/"), tiny_site.pages("en/editions/2011/")

    assert 'action="../../compare/"' in later
    assert re.search(r"<option selected>(\d+)</option>", first)[1] > "2009"  # type: ignore[index]
    assert re.search(r"<option selected>(\d+)</option>", later)[1] < "2011"  # type: ignore[index]


def test_the_picker_of_a_long_row_names_the_nearest_editions(tmp_path: Path) -> None:
    """A page does not grow with their number; the page of the comparison has them all."""
    lines = "year: {year}\nfigures: {{visitors: {{value: 90, sources: [port-office-2011]}}}}\n"
    years = (1700, *range(1900, 2009))
    files = {f"content/editions/{year}.yaml": lines.format(year=year) for year in years}
    lay_site(tmp_path, {"site_config.yaml": f"{SMALL}without: [cards, search, data, chart-files]\n", **files})
    outcome = build(tmp_path, tmp_path / "output")
    site = Site(tmp_path, tmp_path / "output", outcome)
    offered = re.findall(r"<option[^>]*>(\d+)</option>", site.pages("en/editions/1950/"))
    columns = re.findall(r'<th scope="col"><a href="../editions/(\d+)/">', site.pages("en/compare/"))

    assert outcome.ok
    assert offered == [str(year) for year in range(1980, 1919, -1) if year != 1950]
    assert len(columns) > 109
    assert "<option selected>1700</option>" in site.pages("en/editions/1900/")


def test_an_editions_record_is_a_file(tiny_site: Site) -> None:
    """CSV with the rows and columns of the table of claims, and JSON, beside the record."""
    page = tiny_site.pages("en/editions/2010/")
    table = tiny_site.pages("data/claims.csv").splitlines()
    one = tiny_site.pages("data/editions/2010.csv").splitlines()

    assert 'href="../../../data/editions/2010.csv"' in page
    assert 'href="../../../data/editions/2010.json"' in page
    assert one[0] == table[0]
    assert set(one[1:]) <= set(table[1:])
    assert all(line.startswith("2010#") for line in one[1:])
