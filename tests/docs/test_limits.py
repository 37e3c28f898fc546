"""The page of limits says what the code enforces."""

import re

import pytest

from expoarchive.load import content, media, photograph, svg, svg_weight
from expoarchive.nodes import fields, host, parse, text
from expoarchive.problem import catalogue
from expoarchive.records import derive, ledger
from expoarchive.records.prose import structure
from expoarchive.sheets import reading
from tests.sites import ROOT

PAGE = (ROOT / "docs" / "limits.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("a YAML or Markdown file, an SVG, a template, a style sheet", text.LARGEST_BYTES),
        ("another picture, a PDF", media.LARGEST_BYTES),
        ("a file of `templates/static/`", media.LARGEST_BYTES),
        ("a photograph, in pixels", photograph.MOST_PIXELS),
        ("a spreadsheet to import", reading.LARGEST_BYTES),
        ("a text in Markdown", content.LONGEST_TEXT),
        ("a line of Markdown", content.LONGEST_LINE),
        ("YAML in YAML", parse.DEEPEST),
        ("lines of Markdown without a blank one", structure.LONGEST_BLOCK),
        ("lists, quotations and brackets in one another", structure.DEEPEST),
        ("an SVG", svg_weight.MOST),
        ("an id of a record", fields.LONGEST_ID),
        ("a number", fields._MOST_DIGITS),
        ("a formula of a derived value", derive.LONGEST_FORMULA),
        ("the name of a release", ledger.LONGEST_RELEASE),
        ("a host in an address of the configuration", host.LONGEST_HOST),
    ],
)
def test_the_limit_is_that_of_the_code(what: str, limit: int) -> None:
    """Each has a row of its own."""
    assert re.search(rf"^\| {re.escape(what)} \| {limit:,} ", PAGE, re.MULTILINE)


def test_every_problem_of_the_page_is_a_kind_of_problem() -> None:
    """As docs/errors.md has them."""
    rows = [line.rsplit("|", 2)[1] for line in PAGE.splitlines() if line.startswith("| ")]

    assert {kind for row in rows for kind in re.findall(r"`([a-z0-9-]+)`", row)} <= set(catalogue.kinds())


def test_the_elements_of_an_svg_are_those_of_the_code() -> None:
    """Each is named, but for those of filters."""
    section = PAGE.partition("## What an SVG may have")[2].partition("attributes that draw")[0]
    named = set(re.findall(r"`([A-Za-z]+)`", section)) - {"feImage"}

    assert named == {element for element in svg.ELEMENTS if not element.startswith("fe")}
    assert "feImage" not in svg.ELEMENTS
