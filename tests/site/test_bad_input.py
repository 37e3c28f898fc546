"""Each slip of an editor stops the build, at its own place, with the nearest name that exists."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sites import Site, check_small, lay_site

Build = Callable[..., Site]
ARTICLE = "content/articles/first-crane/en.md"
EDITION = "content/editions/2011.yaml"


@dataclass(frozen=True)
class Slip:
    """What is spoilt: a file's whole text; and where and what must be reported."""

    name: str
    file: str
    text: str
    line: int
    column: int
    kind: str
    nearest: str | None = None


HEAD = "---\ntitle: T\nsummary: S\n---\n"
# The heading that the French text has too.
TAIL = "\n## Afterwards {#afterwards}\n"
SLIPS = [
    Slip("an unknown key", EDITION, "year: 2011\nfigurs: {}\n", 2, 1, "unknown-key", "figures"),
    Slip("a key given twice", EDITION, "year: 2011\nstatus: held\nyear: 2011\n", 3, 1, "duplicate-key"),
    Slip("an empty value", EDITION, "year: 2011\nfigures:\n", 2, 1, "empty-value"),
    Slip("a full-width colon", EDITION, "year: 2011\nstatus：held\n", 2, 7, "fullwidth-colon"),
    Slip("full-width digits", EDITION, "year: ２０１１\n", 1, 7, "fullwidth-digits"),
    Slip("an ideographic space as indent", EDITION, "year: 2011\n\u3000status: held\n", 2, 1, "wide-indent"),
    Slip("a tab as indent", EDITION, "year: 2011\nheld:\n\topened: x\n", 3, 1, "tab-indent"),
    Slip("a YAML alias", EDITION, "year: 2011\nstatus: *held\n", 2, 9, "yaml-alias"),
    Slip("an octal-looking number", EDITION, "year: 02011\n", 1, 7, "not-a-whole-number"),
    Slip(
        "a sexagesimal-looking number",
        EDITION,
        "year: 2011\nfigures:\n  visitors: {value: 1:30, sources: [gazette-2009]}\n",
        3,
        21,
        "not-a-number",
    ),
    Slip(
        "a word YAML takes for false",
        "content/sources/a.yaml",
        "language: en\ngrade: official\nlinked: no\n",
        3,
        9,
        "not-true-or-false",
    ),
    Slip(
        "a day that does not exist",
        EDITION,
        "year: 2011\nheld:\n  opened: {date: 2011-02-30, sources: [gazette-2009]}\n",
        3,
        18,
        "not-a-date",
    ),
    Slip("a status that does not exist", EDITION, "year: 2011\nstatus: hold\n", 2, 9, "not-one-of", "held"),
    Slip(
        "an unknown source",
        EDITION,
        "year: 2011\nordinal: {value: 3, sources: [gazete-2009]}\n",
        2,
        31,
        "unknown-id",
        "gazette-2009",
    ),
    Slip(
        "an unknown measure",
        EDITION,
        "year: 2011\nfigures:\n  visitor: {value: 1, sources: [gazette-2009]}\n",
        3,
        3,
        "unknown-id",
        "visitors",
    ),
    Slip(
        "an unknown part",
        EDITION,
        "year: 2011\nfigures:\n  takings: {value: 1, part: night-markt, sources: [gazette-2009]}\n",
        3,
        29,
        "unknown-id",
        "night-market",
    ),
    Slip("a claim without a source", EDITION, "year: 2011\nordinal: {value: 3}\n", 2, 10, "claim-without-source"),
    Slip(
        "a figure without a value",
        EDITION,
        "year: 2011\nfigures:\n  visitors: {sources: [gazette-2009]}\n",
        3,
        13,
        "value-or-nothing",
    ),
    Slip(
        "a text in one language of two",
        EDITION,
        "year: 2011\nremarks:\n  - {id: a, what: {en: One}, sources: [gazette-2009]}\n",
        3,
        19,
        "missing-language",
    ),
    Slip(
        "a text in a language the site does not have",
        EDITION,
        "year: 2011\nremarks:\n  - {id: a, what: {en: One, fr: Un, eng: One}, sources: [gazette-2009]}\n",
        3,
        37,
        "unknown-language",
        "en",
    ),
    Slip(
        "dates out of order",
        EDITION,
        "year: 2011\nheld:\n  opened: {date: 2011-06-03, sources: [gazette-2009]}\n"
        "  closed: {date: 2011-06-01, sources: [gazette-2009]}\n",
        4,
        11,
        "dates-out-of-order",
    ),
    Slip(
        "an ordinal that another edition has",
        EDITION,
        "year: 2011\nordinal: {value: 2, sources: [gazette-2009]}\n",
        2,
        10,
        "ordinal-twice",
    ),
    Slip(
        "a sum that does not come out",
        EDITION,
        "year: 2011\nordinal: {value: 3, derived: {formula: known + 1, inputs: {known: 2009#ordinal}}}\n",
        2,
        10,
        "derivation-differs",
    ),
    Slip(
        "a sum that is no arithmetic",
        EDITION,
        'year: 2011\nordinal: {value: 3, derived: {formula: "open(known)", inputs: {known: 2009#ordinal}}}\n',
        2,
        30,
        "bad-formula",
    ),
    Slip("another year in the file than in its name", EDITION, "year: 2013\n", 1, 1, "year-differs"),
    Slip("a citation of nothing", ARTICLE, HEAD + "It was so [@gazett-2009].\n", 5, 13, "unknown-id", "gazette-2009"),
    Slip(
        "a figure that no record has",
        ARTICLE,
        HEAD + "\nIt drew [=2009#visitor].\n",
        6,
        11,
        "unknown-claim",
        "2009#visitors",
    ),
    Slip(
        "an article linked that is not there",
        ARTICLE,
        HEAD + "See [[article:first-cran]].\n" + TAIL,
        5,
        15,
        "unknown-article",
    ),
    Slip("an undefined footnote", ARTICLE, HEAD + "So it was.[^x]\n" + TAIL, 5, 11, "undefined-footnote"),
    Slip(
        "an internal link that leads nowhere",
        ARTICLE,
        HEAD + "See [this](../../nowhere/).\n" + TAIL,
        5,
        12,
        "broken-link",
    ),
    Slip(
        "a link that would break below a base path",
        ARTICLE,
        HEAD + "See [this](/en/about/).\n" + TAIL,
        5,
        12,
        "outside-base",
    ),
    Slip("an anchor that is not there", ARTICLE, HEAD + "See [this](#there).\n" + TAIL, 5, 12, "broken-anchor"),
    Slip("a picture that is not there", ARTICLE, HEAD + "![A crane](media/crane.svg)\n" + TAIL, 5, 12, "missing-asset"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_reported_at_its_place(build_site: Build, slip: Slip) -> None:
    """The problem stands at the slip's own line and column, and nothing is written."""
    site = build_site({slip.file: slip.text})

    found = [(p.place.file, p.place.line, p.place.column, p.kind) for p in site.problems]
    assert (slip.file, slip.line, slip.column, slip.kind) in found
    assert not site.output.exists()
    if slip.nearest:
        assert slip.nearest in [p.nearest for p in site.problems]


def test_five_faults_in_five_files_are_five_problems_in_order(build_site: Build) -> None:
    """All problems come at once, sorted by file and line."""
    site = build_site(
        {
            "content/editions/2009.yaml": "year: x\n",
            "content/editions/2010.yaml": "year: 2010\nyear: 2010\n",
            "content/editions/2011.yaml": "year: 2011\nstatus：held\n",
            "content/sources/A b.yaml": "{language: en, grade: official}\n",
            "content/eras.yaml": "e: {nam: x}\n",
        }
    )

    places = [(problem.place.file, problem.place.line) for problem in site.problems]
    assert places == sorted(places)
    assert {file for file, _ in places} == {
        "content/editions/2009.yaml",
        "content/editions/2010.yaml",
        "content/editions/2011.yaml",
        "content/sources/A b.yaml",
        "content/eras.yaml",
    }


def test_a_file_that_is_not_utf8_is_reported_at_its_first_bad_byte(tmp_path: Path) -> None:
    """Other encodings are refused, never guessed."""
    lay_site(tmp_path, {})
    (tmp_path / EDITION).write_bytes("year: 2011\nstatus: gehört\n".encode("latin-1"))

    outcome = check_small(tmp_path)

    places = [(p.kind, p.place.file, p.place.line, p.place.column) for p in outcome.problems]
    assert ("not-utf8", EDITION, 2, 12) in places


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    """Notepad's files are read as what they mean."""
    lay_site(tmp_path, {})
    (tmp_path / EDITION).write_bytes("\ufeffyear: 2011\r\nstatus: held\r\n".encode())

    outcome = check_small(tmp_path)

    assert not [p for p in outcome.problems if p.place.file == EDITION]


def test_a_misspelt_folder_is_reported(build_site: Build) -> None:
    """A file that nothing would read is no silent loss."""
    site = build_site({"content/edition/2013.yaml": "year: 2013\n"})

    assert [(p.kind, p.nearest) for p in site.problems] == [("unexpected-file", "content/editions/2013.yaml")]


def test_two_headings_whose_ids_differ_between_languages_are_reported(build_site: Build) -> None:
    """A link to a heading survives the change of language."""
    site = build_site({ARTICLE.replace("en.md", "fr.md"): HEAD + "## Later {#later}\n\nText.\n"})

    assert ("heading-ids-differ", "content/articles/first-crane/fr.md") in [
        (p.kind, p.place.file) for p in site.problems
    ]


def test_a_templates_undefined_name_is_reported_with_its_line_and_page(tmp_path: Path) -> None:
    """A misspelt name in a template never renders as nothing."""
    lay_site(tmp_path, {"templates/articles.html": "{% set a = 1 %}\n{{ view.artcles }}\n"})

    outcome = check_small(tmp_path)

    found = [(p.kind, p.place.file, p.place.line, p.details["page"]) for p in outcome.problems]
    assert ("override-unfit", "templates/articles.html", 2, "en/articles/") in found
