"""The glossary's terms: the first use of each on a page is a link to what it means."""

import re
from collections.abc import Callable
from pathlib import Path

from expoarchive.problem import errors
from tests.sites import Site, read_small

Build = Callable[..., Site]
GLOSSARY = """\
takings:
  name: {en: takings, fr: recettes}
  means: {en: What the gate took., fr: "Ce qu’a pris l’entrée."}
stall:
  name: {en: stall, fr: étal}
  forms: {en: [stalls], fr: [étals]}
  means: {en: A table & a roof., fr: Une table et un toit.}
corner-stall:
  name: {en: corner stall, fr: étal d’angle}
  means: {en: One with two fronts., fr: À deux façades.}
fair:
  name: {en: harbour fair, fr: foire du port}
  avoid: {en: port fair}
"""
FRONT = "---\ntitle: {0}\nsummary: S\n---\n\n"
PAGE = FRONT.format("Words") + "\n\n".join(
    f"## A word {{#{term}}}\n\nTakings, a stall." for term in ("takings", "stall", "corner-stall")
)
FILES = {
    "content/glossary.yaml": GLOSSARY,
    "content/pages/glossary/page.yaml": "{}\n",
    "content/pages/glossary/en.md": PAGE,
}
ARTICLE = "content/articles/first-crane/{}.md"


def terms(site: Site, page: str) -> list[tuple[str, str]]:
    """The linked words of a page with the ends of their addresses, in order."""
    found = re.findall(r'<a class="gloss" href="[^"]*?/?([a-z]*/#[a-z-]+)"[^>]*>([^<]+)</a>', site.pages(page))
    return [(text, href.partition("#")[2]) for href, text in found]


def article(body: str, language: str = "en") -> dict[str, str]:
    """The glossary and an article with this text."""
    return {**FILES, ARTICLE.format(language): f"{FRONT.format('T')}{body}\n\n## After {{#afterwards}}\n"}


def test_the_first_use_of_a_term_leads_to_its_meaning(build_site: Build) -> None:
    """Capitals, plurals and the other forms that the glossary lists too; what it means is at hand for the panel."""
    page = "en/articles/first-crane/"
    site = build_site(article("Stalls were dear. A stall had a roof, and the takings, the takings! stayed."))

    assert terms(site, page) == [("Stalls", "stall"), ("takings", "takings")]
    assert 'data-term="stall" data-means="A table &amp; a roof."' in site.pages(page)


def test_the_longer_term_wins(build_site: Build) -> None:
    """And a part of a word is none."""
    site = build_site(article("A corner stall, installed; then another stall."))

    assert terms(site, "en/articles/first-crane/") == [("corner stall", "corner-stall"), ("stall", "stall")]


def test_only_the_texts_own_words_are_linked(build_site: Build) -> None:
    """No heading, link, quotation, title or code; the glossary's own page, and terms without a meaning, have none."""
    body = (
        "## The stall {#stall-again}\n\n"
        "[[place:port-lune|stall]] `stall` *stall* “a stall here” [stall](#afterwards)\n\n"
        "> The harbour fair said “no takings”.\n\nThe “stall” is named."
    )
    site = build_site(article(body))

    assert terms(site, "en/articles/first-crane/") == [("stall", "stall")]
    assert terms(site, "en/glossary/") == []


def test_texts_use_the_words_of_their_language(build_site: Build) -> None:
    """Where the glossary is written in another language alone, the link leads there all the same."""
    site = build_site(article("Les recettes d’un étal, et a stall.", "fr"))

    assert terms(site, "fr/articles/first-crane/") == [("recettes", "takings"), ("étal", "stall")]


def test_a_label_of_an_editions_main_figures_is_explained(build_site: Build) -> None:
    """There readers meet the terms first."""
    assert terms(build_site(FILES), "en/editions/2009/") == [("Takings", "takings")]


def test_a_meaning_needs_its_place_in_the_glossary(tmp_path: Path) -> None:
    """In each text of that page, and a page at all."""
    page = "content/pages/glossary/en.md"
    problems = read_small(tmp_path, {**FILES, page: PAGE.replace("{#stall}", "")})[2]

    assert [(one.kind, one.place.line, one.details) for one in errors(problems)] == [
        ("term-unexplained", 5, {"id": "stall", "file": page})
    ]


def test_a_meaning_without_a_glossary_is_an_error(tmp_path: Path) -> None:
    """Its terms would lead nowhere."""
    problems = read_small(tmp_path, {"content/glossary.yaml": GLOSSARY})[2]

    assert {one.kind for one in errors(problems)} == {"term-unexplained"}
    assert {one.details["file"] for one in errors(problems)} == {"content/pages/glossary/"}
