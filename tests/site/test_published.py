"""What is published stays: addresses lead on, claims change only with a correction that everyone can read."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.builds import run
from tests.site.test_feeds import faults_of
from tests.sites import ROOT, Site, lay_site

LEDGER = "content/published.yaml"
CORRECTIONS = "content/corrections.yaml"
EDITION = "content/editions/2011.yaml"


def release(root: Path, name: str) -> CompletedProcess[str]:
    """Run the command in a site."""
    return run(root, "release", name, "--date", "2026-11-24", "--messages", "en")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the first release of the tiny expo writes."""
    root = tmp_path_factory.mktemp("released") / "site"
    lay_site(root, {})
    made = release(root, "1.0")

    assert made.returncode == 0, made.stderr
    return (root / LEDGER).read_text("utf-8")


def edited(old: str, new: str) -> str:
    """The edition of 2011 with other words."""
    text = (ROOT / "tests" / "expo" / EDITION).read_text("utf-8")

    assert old in text
    return text.replace(old, new)


def correction(now: str) -> str:
    """An entry for the visitors of 2011."""
    return (
        "tickets:\n  date: 2026-12-01\n  claim: 2011#visitors\n  was: over 1800\n"
        f"{now}  why: {{en: The port counted again., fr: Le port a recompté.}}\n  sources: [gazette-2009]\n"
    )


def test_a_release_lists_every_page_and_claim(ledger: str, build_site: Callable[..., Site]) -> None:
    """With what the claim says; a site with its ledger builds as before."""
    site = build_site({LEDGER: ledger})

    assert site.problems == []
    assert "  en/editions/2011/: " in ledger.replace('"', "")
    assert '  "2011#visitors": "over 1800"\n' in ledger
    assert "1.0: 24 November 2026" in site.pages("en/corrections/")


def test_the_next_release_adds_what_is_new_and_changes_nothing(ledger: str, tmp_path: Path) -> None:
    """Nor does it take a name that was given before."""
    more = edited("figures:\n", "figures:\n  takings: {value: 7, sources: [gazette-2009]}\n")
    lay_site(tmp_path, {LEDGER: ledger, EDITION: more})
    again, second = release(tmp_path, "1.0"), release(tmp_path, "1.1")
    added = set((tmp_path / LEDGER).read_text("utf-8").splitlines()) - set(ledger.splitlines())

    assert again.returncode == 2
    assert second.returncode == 0, second.stderr
    assert added == {'  "1.1": 2026-11-24', '  "2011#takings": 7'}


def test_a_published_claim_does_not_change_in_silence(ledger: str, build_site: Callable[..., Site]) -> None:
    """Refused at its line, with both values."""
    site = build_site({LEDGER: ledger, EDITION: edited("1800", "1850")})
    (problem,) = site.problems

    assert problem.kind == "published-claim-changed"
    assert (problem.place.file, problem.place.line) == (EDITION, 4)
    assert (problem.details["was"], problem.details["now"]) == ("over 1800", "over 1850")


def test_a_published_claim_does_not_vanish_in_silence(ledger: str, build_site: Callable[..., Site]) -> None:
    """Refused at the line of the ledger that has it."""
    site = build_site({LEDGER: ledger, EDITION: edited("role: guest", "id: other, role: guest")})

    assert [problem.kind for problem in site.problems] == ["published-claim-gone"]
    assert site.problems[0].place.file == LEDGER


def test_a_correction_is_read_by_everyone(ledger: str, build_site: Callable[..., Site]) -> None:
    """On the edition, on a page of its own and in a valid feed: what it said, what it says, why, who says so."""
    from xml.etree import ElementTree

    files = {
        LEDGER: ledger,
        EDITION: edited("1800", "1850"),
        CORRECTIONS: correction("  now: over 1850\n  was_in: {fr: plus de mille huit cents}\n"),
    }
    site = build_site(files)

    assert site.problems == []
    assert "Avant : plus de mille huit cents" in re.sub(r"<[^>]+>", "", site.pages("fr/corrections/"))
    for page in ("en/editions/2011/", "en/corrections/"):
        text = re.sub(r"<[^>]+>", "", site.pages(page))
        assert "It said: over 1800" in text
        assert "It says: over 1850" in text
        assert "The port counted again." in text
    feed = ElementTree.fromstring(site.pages("fr/corrections/feed.xml"))
    assert faults_of(feed) == []
    assert "Le port a recompté." in site.pages("fr/corrections/feed.xml")


def test_a_withdrawn_claim_says_so(ledger: str, build_site: Callable[..., Site]) -> None:
    """An entry without a new value, for a claim that is gone."""
    withdrawn = correction("").replace("2011#visitors", "2011#guest").replace("over 1800", "port-lune")
    site = build_site(
        {LEDGER: ledger, EDITION: edited("role: guest", "id: other, role: guest"), CORRECTIONS: withdrawn}
    )

    assert site.problems == []
    assert "<em>withdrawn</em>" in site.pages("en/editions/2011/")


def test_corrections_follow_one_another(ledger: str, build_site: Callable[..., Site]) -> None:
    """From what was published to what it says now: a gap is an error at the entry."""
    wrong = correction("  now: over 1850\n").replace("was: over 1800", "was: 1700")
    site = build_site({LEDGER: ledger, EDITION: edited("1800", "1850"), CORRECTIONS: wrong})

    assert site.kinds() == ["correction-broken"]
    assert site.problems[0].place.file == CORRECTIONS


def test_a_correction_of_nothing_is_refused(build_site: Callable[..., Site]) -> None:
    """The nearest address is offered."""
    site = build_site({CORRECTIONS: correction("  now: 1\n").replace("2011#visitors", "2011#visitor")})
    (problem,) = site.problems

    assert (problem.kind, problem.nearest) == ("correction-unknown", "2011#visitors")


def test_a_published_page_does_not_vanish_in_silence(ledger: str, build_site: Callable[..., Site]) -> None:
    """An article that was renamed is missed at its line of the ledger, in each language."""
    site = build_site({LEDGER: ledger, **renamed("")})
    missed = [problem.details["name"] for problem in site.problems if problem.kind == "published-page-gone"]

    assert missed == ["en/articles/first-crane/", "fr/articles/first-crane/"]


def renamed(aliases: str) -> dict[str, str | None]:
    """The article under another id, and everything that names it."""
    expo = ROOT / "tests" / "expo"
    made: dict[str, str | None] = {}
    for file in expo.rglob("*.*"):
        name = file.relative_to(expo).as_posix()
        if file.suffix in (".md", ".yaml"):
            text = file.read_text("utf-8").replace("first-crane", "the-crane")
            made[name.replace("first-crane", "the-crane")] = text
        if "first-crane" in name:
            made[name] = None
    made["content/articles/the-crane/article.yaml"] = str(made["content/articles/the-crane/article.yaml"]) + aliases
    return made


def test_a_former_address_leads_to_the_page(ledger: str, build_site: Callable[..., Site]) -> None:
    """For people, search engines and programs, by addresses that work where the site lives."""
    site = build_site({LEDGER: ledger, **renamed("aliases: [first-crane]\n")})
    page = site.pages("fr/articles/first-crane/")

    assert [kind for kind in site.kinds() if kind == "published-page-gone"] == []
    assert '<meta http-equiv="refresh" content="1; url=../the-crane/">' in page
    assert '<link rel="canonical" href="https://fair.example/harbour/fr/articles/the-crane/">' in page
    assert '<a href="../the-crane/" data-moved>' in page
    assert "first-crane" not in site.pages("sitemap-fr.xml")


def test_an_alias_that_is_in_use_is_refused(build_site: Callable[..., Site]) -> None:
    """A page keeps its own address."""
    article = (ROOT / "tests" / "expo" / "content" / "articles" / "first-crane" / "article.yaml").read_text("utf-8")
    site = build_site({"content/articles/first-crane/article.yaml": article + "aliases: [first-crane]\n"})

    assert "alias-taken" in site.kinds()


def test_a_page_whose_sort_changed_is_found_at_its_old_address(build_site: Callable[..., Site]) -> None:
    """A company that was published among the bodies, say; a sort that there is not is told, with the nearest."""
    company = "grues-du-port: {name: {en: Grues du Port, fr: Grues du Port}, aliases: ['ALIAS']}\n"
    file = "content/vocabularies/companies.yaml"

    page = build_site({file: company.replace("ALIAS", "body:cranes")}).pages("en/bodies/cranes/")
    problems = build_site({file: company.replace("ALIAS", "bodys:cranes")}).problems

    assert '<a href="../../companies/grues-du-port/" data-moved>' in page
    assert [(problem.kind, problem.nearest) for problem in problems] == [("unknown-sort", "body")]
