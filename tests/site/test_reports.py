"""Readers say what is wrong or missing where they see it, and an editor begins with what they wrote."""

import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from expoarchive.build import review
from expoarchive.cli.main import main
from expoarchive.cli.reported.draft import locator_of
from expoarchive.render.strings import Strings
from tests.sites import ROOT, TINY_EXPO, Site, check_small, lay_site, lay_sources
from tests.sweep import swept
from tests.vendor_schemas import complaint

CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8")
REPOSITORY = "https://github.com/someone/fair"


def links(page: str, start: str) -> list[str]:
    """The addresses of a page's links that begin so, as a browser reads them."""
    return [html.unescape(found) for found in re.findall(r'href="([^"]*)"', page) if found.startswith(start)]


def query(address: str) -> dict[str, str]:
    """What an address fills in."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny expo whose readers have the forms of its repository."""
    from tests.sites import build_small

    config = CONFIG.replace("contact: none", f"contact: {REPOSITORY}/issues")
    return build_small(tmp_path_factory.mktemp("forms") / "site", {"site_config.yaml": config})


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same, whose readers write letters."""
    from tests.sites import build_small

    lines = ('{text: {en: No. 7, fr: nº 7}, url: "https://law.example/"}', "{text: {en: The Port, fr: Le Port}}")
    imprint = f"imprint: [{', '.join(lines)}]"
    config = CONFIG.replace("contact: none", f"contact: desk@fair.example\nrepository: {REPOSITORY}\n{imprint}")
    return build_small(tmp_path_factory.mktemp("letters") / "site", {"site_config.yaml": config})


def test_what_is_not_known_leads_to_a_form_that_knows_what_it_is_about(forms: Site) -> None:
    """In the list of an edition, and in each empty cell of the coverage; in the words of the page's language."""
    page = links(forms.pages("fr/editions/2011/"), f"{REPOSITORY}/issues/new")
    cells = links(forms.pages("en/coverage/"), f"{REPOSITORY}/issues/new")

    assert query(page[0]) == {
        "template": "report.fr.yml",
        "title": "2011 : Nom [name]",
        "edition": "2011",
        "item": "Nom [name]",
    }
    asked = [(query(cell).get("edition"), query(cell).get("item")) for cell in cells]
    assert ("2010", "Takings [takings]") in asked
    assert ("2010", "Visitors [visitors]") not in asked
    assert 'class="cell cell-missing"><a href=' in forms.pages("en/coverage/")
    table = [query(link) for link in links(forms.pages("en/editions/"), f"{REPOSITORY}/issues/new")]
    assert [one["edition"] for one in table if one.get("item") == "Takings [takings]"] == ["2011", "2010"]


def test_the_foot_of_each_page_has_the_imprint(letters: Site, forms: Site) -> None:
    """In the page's language, a line that leads somewhere as a link."""
    foot = letters.pages("fr/about/").partition("<footer")[2]

    assert '<p><a href="https://law.example/" rel="external noopener">nº 7</a></p>' in foot
    assert "<p>Le Port</p>" in foot
    assert "law.example" not in forms.pages("fr/about/")


def test_an_edition_of_which_nothing_is_known_asks_for_a_beginning(forms: Site) -> None:
    """And the foot of every page has a way, which names the edition on the pages of one."""
    blank = [query(link) for link in links(forms.pages("en/editions/2012/"), f"{REPOSITORY}/issues/new")]

    assert [one.get("edition") for one in blank] == ["2012", "2012"]
    assert "edition" not in query(links(forms.pages("en/about/"), f"{REPOSITORY}/issues/new")[0])


def test_each_claim_leads_to_the_form_without_scripts_from_the_table_of_its_record(forms: Site) -> None:
    """Where it says what the archive says now, and by its anchor what it is."""
    page = links(forms.pages("en/claims/2011/"), f"{REPOSITORY}/issues/new")

    assert "Visitors: more than 1,800 [visitors]" in [query(link).get("item") for link in page]
    assert forms.pages("en/claims/2011/").count('class="row-report"') == 9


def test_a_letter_brings_the_same_fields(letters: Site) -> None:
    """As lines to complete. Where both are configured, readers write to the address that was chosen for them."""
    page = letters.pages("en/editions/2011/")
    letter = links(page, "mailto:desk@fair.example?")[0]

    assert query(letter)["subject"] == "2011: Name [name]"
    pages = (letters.pages(f"en/{name}/") for name in ("editions/2011", "about"))
    edition, general = (links(page, "mailto:desk@fair.example?")[-1] for page in pages)
    assert query(edition)["subject"] == "2011 A mistake, or something you know"
    assert query(general)["subject"] == "A mistake, or something you know"
    assert query(letter)["body"].splitlines()[:4] == [
        "Edition: 2011",
        "Item: Name [name]",
        "What is right: ",
        "Source: ",
    ]
    assert "issues/new" not in page


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        (
            "https://form.example/f?y={edition}&l={language}&i={item}",
            "https://form.example/f?y=2011&l=en&i=Name%20%5Bname%5D",
        ),
        ("https://form.example/f", "https://form.example/f"),
    ],
)
def test_a_form_elsewhere_is_filled_in_where_its_address_has_blanks(
    contact: str, found: str, build_site: Callable[..., Site]
) -> None:
    """The general link has the language alone."""
    site = build_site({"site_config.yaml": CONFIG.replace("contact: none", f'contact: "{contact}"')})

    assert links(site.pages("en/editions/2011/"), "https://form.example")[0] == found
    general = links(site.pages("en/about/"), "https://form.example")
    assert "{" not in "".join(general)
    assert {query(link).get("l") for link in general} == {query(found).get("l")}


def test_nothing_is_drawn_where_nobody_can_be_reached(tiny_site: Site) -> None:
    """No link, no question; a repository elsewhere has no forms that an address could fill in."""
    for page in ("en/editions/2011/", "en/coverage/", "en/claims/2011/", "en/about/"):
        text = tiny_site.pages(page)
        assert "data-report" not in text
        assert "Do you know" not in text
        assert "Something wrong" not in text


def test_a_contact_with_an_unknown_blank_is_told(build_site: Callable[..., Site]) -> None:
    """With those that there are."""
    site = build_site({"site_config.yaml": CONFIG.replace("contact: none", 'contact: "https://f.example/{year}"')})

    assert site.kinds() == ["not-a-contact"]


# --- the forms


def test_forms_are_made_of_the_vocabularies_and_stale_ones_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One a language, which GitHub takes; a form of somebody's own stays, that of a former language goes."""
    root = tmp_path / "site"
    lay_site(root, {".github/ISSUE_TEMPLATE/report.mine.yml": "name: Mine\n"})
    folder = root / ".github/ISSUE_TEMPLATE"
    monkeypatch.chdir(root)

    def told() -> list[str]:
        return [problem.kind for problem in review(root, check_small(root)).problems if problem.kind == "forms-stale"]

    assert main(["forms"]) == 0
    (folder / "report.mine.yml").unlink()
    assert sorted(path.name for path in folder.iterdir()) == ["report.en.yml", "report.fr.yml"]
    assert [complaint("github-issue-forms", path) for path in sorted(folder.iterdir())] == ["", ""]
    form = yaml.safe_load((folder / "report.fr.yml").read_text("utf-8"))
    item = next(field for field in form["body"] if field.get("id") == "item")
    assert "Visiteurs, Recettes" in item["attributes"]["description"]
    assert told() == []

    measures = root / "content/vocabularies/measures.yaml"
    measures.write_text(measures.read_text("utf-8").replace("fr: Recettes", "fr: Ventes"), "utf-8")
    shutil.copy(folder / "report.fr.yml", folder / "report.de.yml")
    assert told() == ["forms-stale"]
    assert main(["forms", "--messages", "en"]) == 0
    assert "2 forms renewed" in capsys.readouterr().out
    assert (told(), (folder / "report.de.yml").exists()) == ([], False)


# --- from a filled form to a draft

ISSUE = """\
### Edition

{edition}

### Item

{item}

### What is right

{value}

### Source

{source}

### Date of the source

_No response_

### Place in the source

{place}

### Wording of the source

{printed}

### Anything else

{comment}
"""
SOUND = {
    "edition": "2011",
    "item": "Takings [takings]",
    "value": "about 60,000 crowns",
    "source": "Port Lune Almanac https://almanac.example/2012/01/31/fair.html",
    "place": "page 3, paragraph 2",
    "printed": "about 60,000 crowns",
    "comment": "_No response_",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny expo at an editor's."""
    root = tmp_path / "site"
    lay_sources(root, {})
    monkeypatch.chdir(root)
    return root


def draft(root: Path, **answers: str) -> int:
    """Run the command on an issue with these answers; its exit code."""
    (root.parent / "issue.md").write_text(ISSUE.format(**{**SOUND, **answers}), "utf-8")
    return main(["new", "from-report", "../issue.md", "--messages", "en"])


def edition(root: Path, year: int = 2011) -> dict[str, object]:
    """An edition's record as YAML has it."""
    found: dict[str, object] = yaml.load(
        (root / f"content/editions/{year}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
    )
    return found


def test_an_issue_becomes_a_claim_with_its_source(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number in the unit of its measure, its place and wording; all else of the record as it was; and it checks."""
    before = (desk / "content/editions/2011.yaml").read_text("utf-8")

    assert draft(desk) == 0
    said = capsys.readouterr().out
    figures = edition(desk)["figures"]
    source = yaml.load((desk / "content/sources/almanac-2012-01-31.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)

    assert isinstance(figures, dict)
    assert figures["takings"] == [
        {
            "value": "60",
            "qualifier": "about",
            "sources": [
                {"source": "almanac-2012-01-31", "locator": "page 3, paragraph 2", "printed": "about 60,000 crowns"}
            ],
        }
    ]
    assert source["title"] == {"en": "Port Lune Almanac"}
    assert (source["published"], source["linked"], source["grade"]) == ("2012-01-31", "false", "personal")
    after = (desk / "content/editions/2011.yaml").read_text("utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in after] == []
    assert "drafted 2011#takings in content/editions/2011.yaml" in said
    assert main(["check"]) == 0


@pytest.mark.parametrize("year", ["Édition: 2011年", "Édition：二〇一一年", "Édition: ２０１１ 年"])
def test_a_letter_becomes_the_same(year: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In any language of the site, as it was typed or passed on, with a colon of a Chinese keyboard too."""
    letter = (
        "De: un lecteur\n> Bonjour,\n> Édition: 2011\n> Point： Recettes\n> Ce qui est juste: 60 000 couronnes\n"
        "> Source: Almanach de Lune,\n> p. 3\n> Date de la source: 31 janvier 2012\nTéléphone : 12 34\n"
    )
    letter = letter.replace("Édition: 2011", year)
    (desk.parent / "letter.txt").write_text(letter, "utf-8")

    assert main(["new", "from-report", str(desk.parent / "letter.txt"), "--messages", "en"]) == 0
    said = capsys.readouterr().err
    assert "letter.txt:9:1: warning: the form has no field “Téléphone”" in said
    assert said.count(" warning: ") == 1
    assert "Téléphone: 12 34" in (desk / "content/editions/2011.yaml").read_text("utf-8")
    figures = edition(desk)["figures"]
    assert isinstance(figures, dict)
    assert figures["takings"] == [{"value": "60", "sources": [{"source": "reader-2012-01-31"}]}]
    source = (desk / "content/sources/reader-2012-01-31.yaml").read_text("utf-8")
    assert 'title: {fr: "Almanach de Lune, p. 3"}' in source


def test_another_value_stands_beside_the_one_that_is_there(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an address of its own: sources that disagree are both kept."""
    assert draft(desk, item="Visitors: over 1,800 [visitors]", value="1900", printed="_No response_") == 0
    figures = edition(desk)["figures"]

    assert isinstance(figures, dict)
    assert [one.get("id") for one in figures["visitors"]] == [None, "visitors-2"]
    assert figures["visitors"][0] == {"value": "1800", "qualifier": "over", "sources": ["port-office-2011"]}
    assert "beside 2011#visitors" in capsys.readouterr().out


def test_what_is_recorded_already_gets_a_source_and_no_second_claim(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing where it has that source; where the same source is said to say otherwise, one of the two is wrong."""
    known = {"item": "[visitors]", "value": "over 1,800", "printed": "_No response_"}

    assert draft(desk, **known, comment="Seen there.") == 0
    figures = edition(desk)["figures"]
    assert isinstance(figures, dict)
    assert figures["visitors"] == {
        "value": "1800",
        "qualifier": "over",
        "sources": ["port-office-2011", {"source": "almanac-2012-01-31", "locator": "page 3, paragraph 2"}],
    }
    assert "# Anything else: Seen there." in (desk / "content/editions/2011.yaml").read_text("utf-8")
    assert "2011#visitors says this already, so there is no second claim" in capsys.readouterr().out
    before = edition(desk)
    assert draft(desk, **known) == 0
    assert edition(desk) == before
    assert "nothing was written" in capsys.readouterr().out
    assert draft(desk, **{**known, "value": "1,700", "source": "port-office-2011"}) == 0
    assert "cites the same source for something else" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("item", "value", "key", "found"),
    [
        ("Opened [opened]", "10 June 2011", ("held", "opened"), {"date": "2011-06-10"}),
        ("[closed]", "12 June", ("held", "closed"), {"date": "2011-06-12"}),
        ("Edition", "the 4th", ("ordinal", 1), {"value": "4", "id": "ordinal-2"}),
        ("Theme", "All: aboard # {now}", ("themes",), {"text": {"en": "All: aboard # {now}"}}),
        ("Main venue [venue]", "quay hall", ("venues",), {"venue": "quay-hall"}),
        ("visitors", "between 1,700 and 1,900", ("figures", "visitors", 1), {"value": {"from": "1700", "to": "1900"}}),
    ],
)
def test_facts_become_claims_of_their_form(
    item: str, value: str, key: tuple[object, ...], found: dict[str, object], desk: Path
) -> None:
    """Dates, ordinals, wordings, halls; a span of numbers."""
    assert draft(desk, item=item, value=value, printed="_No response_") == 0
    claim: Any = edition(desk)
    for part in key:
        claim = claim[part]
    claim = claim[0] if isinstance(claim, list) else claim

    assert isinstance(claim, dict)
    assert {name: claim.get(name) for name in found} == found


def test_what_a_value_alone_cannot_say_is_noted_for_the_editor(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deal has parties and a wording in each language: the report stands as comments, its source is begun."""
    before = edition(desk)

    assert draft(desk, item="Deals: two cranes [crane-order]", value="It was three.") == 0
    assert edition(desk) == before
    assert "# What is right: It was three." in (desk / "content/editions/2011.yaml").read_text("utf-8")
    assert "a value alone makes no claim" in capsys.readouterr().out


def test_a_source_that_is_there_is_cited_and_never_written_again(desk: Path) -> None:
    """By its address, however that is spelt, or by its id."""
    before = sorted((desk / "content/sources").iterdir())

    assert draft(desk, source="http://www.gazette.example/2009/fair/", printed="_No response_") == 0
    assert draft(desk, source="copy-2010", item="[opened]", value="2011-06-01", printed="_No response_") == 0
    assert sorted((desk / "content/sources").iterdir()) == before
    assert "source: gazette-2009" in (desk / "content/editions/2011.yaml").read_text("utf-8")


def test_a_wording_that_says_otherwise_is_left_to_the_editor(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So is a place that is not understood; both stand as comments."""
    assert draft(desk, printed="about 70,000 crowns", place="somewhere at the back") == 0
    text, said = (desk / "content/editions/2011.yaml").read_text("utf-8"), capsys.readouterr().out

    assert "sources: [{source: almanac-2012-01-31}]}" in text
    assert "# Wording of the source: about 70,000 crowns" in text
    assert "# Place in the source: somewhere at the back" in text
    assert "does not agree" in said
    assert "is not understood" in said


@pytest.mark.parametrize(
    ("said", "locator"),
    [
        ("第1版", "page 1"),
        ("第１版，第３段", "page 1, paragraph 3"),
        ("第3-4段", "paragraphs 3-4"),
        ("第1段第2行", "paragraph 1, row 2"),
        ("A3版", None),
        ("p. 3", "page 3"),
        ("pp. 3–4", "pages 3-4"),
        ("page 3, paragraph 2", "page 3, paragraph 2"),
        ("背面", None),
    ],
)
def test_places_are_read_as_readers_write_them(said: str, locator: str | None) -> None:
    """Pages of newspapers, spans, steps without a comma, digits of a Chinese keyboard."""
    words = yaml.safe_load((ROOT / "templates/strings/zh.yaml").read_text("utf-8"))["locator"]

    def strings(name: str, n: str = "") -> str:
        return str(words[name.partition(".")[2]]).replace("{n}", n)

    assert locator_of(said, cast("Strings", strings)) == locator


def test_what_is_left_out_of_a_draft_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second number, a date that is none; an address without its scheme is proposed with it."""
    text = ISSUE.format(**{**SOUND, "value": "60,000 crowns, then 70,000 crowns", "printed": "_No response_"})
    (desk.parent / "issue.md").write_text(text.replace("source\n\n_No response_", "source\n\nyesterday"), "utf-8")

    assert main(["new", "from-report", "../issue.md", "--messages", "en"]) == 0
    said = capsys.readouterr().err
    assert "several numbers: only 60 was recorded" in said
    assert "“yesterday” is no date" in said
    assert draft(desk, source="www.gazette.example/2009/fair") == 1
    assert "did you mean “https://www.gazette.example/2009/fair”" in capsys.readouterr().err


def test_what_a_text_said_was_not_known_is_drafted_all_the_same(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the places of the texts that have to follow; so it is where a text goes by a figure that is now disputed."""
    absences = desk / "content/absences.yaml"
    absences.write_text(
        "takings-2011: {what: {en: Takings., fr: Recettes.}, covers: [2011#takings], date: 2012-01-01}\n", "utf-8"
    )
    article = desk / "content/articles/first-crane/en.md"
    article.write_text(article.read_text("utf-8") + "\nIn 2011, [=2011#visitors] came.\n", "utf-8")

    assert draft(desk) == 0
    said = capsys.readouterr().out
    assert re.search(r"content/absences\.yaml:1:\d+: error: “2011#takings”", said)
    assert "about 60,000" in (desk / "content/editions/2011.yaml").read_text("utf-8")
    absences.unlink()
    assert draft(desk, item="[visitors]", value="1900", printed="_No response_", source="Another almanac") == 0
    assert "content/articles/first-crane/en.md" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"edition": "2013"}, "issue.md:3:1: error: there is no edition “2013”"),
        ({"edition": "../2011"}, "issue.md:3:1: error: there is no edition “../2011”"),
        ({"item": "takngs"}, "issue.md:7:1: error: it is not clear what “takngs” is"),
        ({"value": "a lot"}, "issue.md:11:1: error: “a lot” cannot be recorded here"),
        ({"value": "1" * 30}, "cannot be recorded here"),
        ({"value": "12 km"}, "issue.md:11:1: error: “12 km” cannot be recorded here"),
        ({"value": "_No response_"}, "error: “What is right” is not filled in"),
        ({"source": "https://user@/x"}, "issue.md:15:1: error: “https://user@/x” is no web address"),
        ({"comment": "x" * 6000}, "issue.md:31:1: error: “Anything else” has 6000 characters"),
        ({"item": "[venue]", "value": "quay hal"}, "did you mean “Quay Hall”?"),
    ],
)
def test_what_cannot_be_recorded_is_told_by_its_line(
    answers: dict[str, str], told: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}

    assert draft(desk, **answers) == 1
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_a_measure_of_stages_asks_for_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Promised and paid are two things; a draft without a stage would be of neither."""
    with (desk / "content/vocabularies/measures.yaml").open("a", encoding="utf-8") as measures:
        measures.write("orders: {name: {en: Orders, fr: Commandes}, unit: crown}\n")
    record = desk / "content/editions/2009.yaml"
    orders = "  orders: {value: 3, stage: signed, sources: [gazette-2009]}\n"
    record.write_text(record.read_text("utf-8").replace("figures:\n", f"figures:\n{orders}"), "utf-8")

    assert draft(desk, item="Orders", value="5,000 crowns", printed="_No response_") == 1
    said = capsys.readouterr().err
    assert "“Orders” does not say at which stage" in said
    assert "one of: signed [orders-signed]" in said
    assert draft(desk, item="[orders-signed]", value="5,000 crowns", printed="_No response_") == 0


def test_all_that_is_wrong_is_told_at_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor corrects it in one go."""
    assert draft(desk, edition="1999", value="a lot", source="https://user@/x", comment="x" * 6000) == 1
    assert capsys.readouterr().err.count(" error: ") == 4
    (desk.parent / "letter.txt").write_text("Year: 1999\nItm: Visitors\nWhat is rigth: 7\nSource: X\n", "utf-8")
    assert main(["new", "from-report", "../letter.txt", "--messages", "en"]) == 1
    said = capsys.readouterr().err
    assert (said.count(" error: "), said.count(" warning: ")) == (3, 3)
    assert "letter.txt:3:1: warning: the form has no field “What is rigth”" in said
    assert "did you mean “What is right”?" in said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Dear all, the fair was good.", "this is no filled form"),
        (b"### Edition\n\xff", "UTF-8"),
        (b"x" * 400_000, ""),
    ],
)
def test_what_is_no_form_is_told(data: bytes, told: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another text, other bytes, far too many of them, a link, nothing at all."""
    (desk.parent / "issue.md").write_bytes(data)
    (desk.parent / "link.md").symlink_to("issue.md")

    assert main(["new", "from-report", "../issue.md", "--messages", "en"]) == 1
    assert told in capsys.readouterr().err
    assert main(["new", "from-report", "../link.md"]) == 1
    assert main(["new", "from-report", "../none.md"]) == 1


HOSTILE = (
    '"}]}\nyear: 1999\ndraft: true\n- {value: 1',
    "a\u0085b: c\u2028- d\u2029# e\x07\x1b[31m",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {0} {year} {{{{",
    "`id` $(id) ${{ github.token }} ; rm -rf . && \\",
    "../../../../etc/passwd https://almanac.example/../../../x?a=b&c='\"",
    "&anchor *alias !!python/object:os.system [a, b] | > % @ `",
    "\u202egnp.exe \ufeff 第１届：，【】",
    "### Source\n\n### Edition\n\n1999",
)


FIELDS = [("value",), ("item",), ("source", "place", "printed", "comment")]
EVERYWHERE = [(fields, text) for fields in FIELDS for text in HOSTILE]


# Each text somewhere, and each field with three of them.
@pytest.mark.parametrize(("fields", "text"), swept(EVERYWHERE, [EVERYWHERE[at * 10 % 27] for at in range(9)]))
def test_hostile_text_is_only_text(fields: tuple[str, ...], text: str, desk: Path) -> None:
    """Whatever is written into whichever field: the record keeps all it says, and what is new is text of its own."""
    before = edition(desk)
    known = {path for path in desk.rglob("*") if path.is_file()}
    written = {field: f"[theme] {text}" if field == "item" else text for field in fields}

    code = draft(desk, **{"item": "[theme]", "printed": "_No response_", **written})
    new = {path.relative_to(desk).as_posix() for path in desk.rglob("*") if path.is_file() and path not in known}
    after = edition(desk)
    claims = after.pop("themes", None)

    assert after == before
    assert [name for name in new if not re.fullmatch(r"content/sources/[a-z0-9-]+\.yaml", name)] == []
    assert (claims is not None) == (code == 0)
    if isinstance(claims, list):
        assert [set(claim) for claim in claims] == [{"text", "sources"}]


RECORDS = {
    "no such key": "year: 2011\n",
    "one, in braces": "year: 2011\nfigures:\n  visitors: {value: 1, sources: [s]}   # counted\n# end\n",
    "one, over lines in braces": "year: 2011\nfigures:\n  visitors: {\n    value: 1,\n    sources: [s]}\nnames: []\n",
    "one, in a block": "year: 2011\nfigures:\n  visitors:\n    value: 1   # say\n    sources: [s]\n\n# next\na: b\n",
    "a list in a block": "year: 2011\nfigures:\n  visitors:\n    - {value: 1, sources: [s]}\n    # last\nnames: []\n",
    "a flush list": "year: 2011\nfigures:\n  visitors:\n  - {value: 1, sources: [s]}\n",
    "a list in brackets": "year: 2011\nfigures:\n  visitors: [{value: 1, sources: [s]}]\nnames: []\n",
    "all in braces": "year: 2011\nfigures: {visitors: {value: 1, sources: [s]}}\n",
    "another in braces": "year: 2011\nfigures: {takings: {value: 1, sources: [s]}}\n",
    "another in a block": "year: 2011\nfigures:\n    takings:\n      value: 1\n      sources: [s]\n\nnames: []\n",
    "without an end of line": "year: 2011\nfigures:\n  visitors: {value: 1, sources: [s]}",
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_a_claim_is_put_into_a_record_however_that_is_laid_out(record: str) -> None:
    """Below those that are there; every comment and every other key stays."""
    from expoarchive.cli.reported.insert import insert_claim

    text = insert_claim(record, ("figures", "visitors"), "{value: 2, sources: [t]}", ["# new"])
    before, after = (yaml.load(one, Loader=yaml.BaseLoader) for one in (record, text))
    there = before.get("figures", {}).pop("visitors", [])
    now = after["figures"].pop("visitors")

    expected = [*(there if isinstance(there, list) else [there]), {"value": "2", "sources": ["t"]}]
    assert (now if isinstance(now, list) else [now]) == expected
    assert {**before, "figures": before.get("figures", {})} == after
    assert "# new" in text
    assert [line for line in re.findall(r"# .*", record) if line not in text] == []
    assert text.endswith("\n") or not record.endswith("\n")


def test_the_project_has_the_forms_of_its_own_archive() -> None:
    """As the command makes them today."""
    from expoarchive.build.review import forms_of, survey

    site, _ = survey(ROOT)
    assert site is not None
    made, _ = forms_of(ROOT, site.config, site.records)

    assert {name: (ROOT / name).read_text("utf-8") for name in made} == made
