"""How readers of each language will see a claim that prose cites."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.render import words
from expoarchive.render.desk import desk_of
from expoarchive.render.strings import Strings
from expoarchive.site import Page, Site, permalink


@dataclass(frozen=True, slots=True)
class Specimen:
    """A claim in one language: what it is about, and its value in a sentence.

    ``bare`` is empty where it is the same as ``text``. ``note`` has the titles of the sources that its notes link to.
    """

    language: str
    label: str
    text: str
    bare: str
    note: tuple[str, ...]


def specimens(site: Site, strings: Mapping[str, Strings], claim: Claim) -> list[Specimen]:
    """One for each language of the site, in order."""
    result = []
    for language in site.config.languages:
        page = Page("home", "", language.id, permalink(language.id, "home"))
        desk = desk_of(site, page, strings)
        limits = (words.stage_name(desk, claim), words.part_name(desk, claim), words.as_of_text(desk, claim))
        label = words.limited_label(desk, claim, *limits)
        text, _ = words.sentence_text(desk, claim)
        bare, _ = words.sentence_text(desk, claim, bare=True)
        # Prose shows the notes of the first two.
        note = tuple(desk.mark(citation).name.whole for citation in claim.statement.sources[:2])
        result.append(Specimen(language.name, label, text, bare if bare != text else "", note))
    return result
