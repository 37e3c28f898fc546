"""How a claim may be cited in prose, and what readers of each language will then see."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render import words
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.strings import Strings
from expoarchive.site import Page, Site, permalink


@dataclass(frozen=True, slots=True)
class Specimen:
    """What one language's readers see. ``label`` is what the claim is about.

    ``bare`` is empty where it is no other than ``text``; ``note`` names the sources that its notes lead to.
    """

    language: str
    label: str
    text: str
    bare: str
    note: tuple[str, ...]


def specimens(site: Site, strings: Mapping[str, Strings], claim: Claim) -> list[Specimen]:
    """One for each language of the site, in order."""
    found = []
    for language in site.config.languages:
        page = Page("home", "", language.id, permalink(language.id, "home"))
        desk = desk_of(site, page, strings)
        text, _ = words.sentence_text(desk, claim)
        statement = claim.statement
        bare = ""
        if isinstance(statement, Figure):
            measure = site.records.vocabularies.measures[claim.measure]
            bare = words.figure_text(desk, statement, measure, bare=True)
        # Prose shows the notes of the first two.
        note = tuple(desk.mark(citation).title for citation in statement.sources[:2])
        found.append(Specimen(language.name, _label(desk, claim), text, bare if bare != text else "", note))
    return found


def _label(desk: Desk, claim: Claim) -> str:
    """What the claim is about, with its stage, part and moment."""
    part = getattr(claim.statement, "part", None)
    as_of = claim.statement.as_of if isinstance(claim.statement, Figure) else None
    limits = (
        words.stage_name(desk, claim),
        words.part_name(desk, part) if part else None,
        words.as_of_text(desk, as_of, claim.statement) or None,
    )
    shown = [limit for limit in limits if limit]
    about = words.label(desk, claim)
    return desk.strings("claim.limited", label=about, limits=desk.listed(shown)) if shown else about
