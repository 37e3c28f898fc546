"""From a place, an industry, a venue, … to everything in the archive that names it."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.records import Claim, Records
from expoarchive.records.reference import references_in
from expoarchive.records.vocabulary import Place, Term

# The taxonomies that have pages: what an id of each is called in records, and the list's page.
TAXONOMIES = {
    "topic": "topics",
    "industry": "industries",
    "place": "places",
    "venue": "venues",
    "body": "bodies",
    "event": "events",
}


@dataclass(frozen=True, slots=True)
class Usage:
    """What names one term: claims in the order of their records, and articles in the archive's order."""

    claims: tuple[Claim, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.claims) + len(self.articles)


def terms_of(records: Records, taxonomy: str) -> Mapping[str, Term]:
    """The vocabulary of a taxonomy."""
    vocabularies = records.vocabularies
    found: dict[str, Mapping[str, Term]] = {
        "industry": vocabularies.industries,
        "place": vocabularies.places,
        "topic": vocabularies.topics,
        "venue": vocabularies.venues,
        "body": vocabularies.bodies,
        "event": vocabularies.events,
    }
    return found[taxonomy]


def find_usage(records: Records, articles: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[tuple[str, str], Usage]:
    """Usage of every term by (taxonomy, id). A claim names a term itself, by its part, or by its venue's place."""
    claims: dict[tuple[str, str], list[Claim]] = {}
    for claim in records.claims.by_address.values():
        for named in dict.fromkeys(_named(records, claim)):
            claims.setdefault(named, []).append(claim)
    return {
        (taxonomy, term_id): Usage(
            tuple(claims.get((taxonomy, term_id), ())), tuple(articles.get((taxonomy, term_id), ()))
        )
        for taxonomy in TAXONOMIES
        for term_id in terms_of(records, taxonomy)
    }


def _named(records: Records, claim: Claim) -> list[tuple[str, str]]:
    named = []
    for ref in references_in(claim.statement):
        if ref.target in TAXONOMIES:
            named.append((ref.target, str(ref)))
        elif ref.target == "part":
            found = (taxonomy for taxonomy in TAXONOMIES if taxonomy != "topic" and ref in terms_of(records, taxonomy))
            named += [(taxonomy, str(ref)) for taxonomy in found]
        if ref.target == "venue" and (place := records.vocabularies.venues[ref].place):
            named.append(("place", str(place)))
    return named


def places_by_region(records: Records) -> dict[str, list[tuple[str, Place]]]:
    """Places under their regions, both in the order of their files."""
    found: dict[str, list[tuple[str, Place]]] = {region: [] for region in records.vocabularies.regions}
    for place_id, place in records.vocabularies.places.items():
        found[place.region].append((place_id, place))
    return found
