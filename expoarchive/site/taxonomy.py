"""Everything that names a term: a place, an industry, a venue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from expoarchive.nodes.fields import Ref
from expoarchive.records import Claim, Records
from expoarchive.records.vocabulary import Locality, Term


@dataclass(frozen=True, slots=True)
class Usage:
    """What names a term: claims in the order of their records, and articles, those that refer to it most first."""

    claims: tuple[Claim, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.claims) + len(self.articles)


def find_usage(records: Records, articles: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[tuple[str, str], Usage]:
    """The usage of every term by (sort, id). A claim may name a term by its part, and a place by its venue."""
    claims: dict[tuple[str, str], list[Claim]] = {}
    for claim in records.claims.by_address.values():
        for term in dict.fromkeys(_named(records, claim)):
            claims.setdefault(term, []).append(claim)
    vocabularies = records.vocabularies
    terms = [(name, term_id) for name in vocabularies.sorts.paged for term_id in vocabularies.terms(name)]
    return {term: Usage(tuple(claims.get(term, ())), tuple(articles.get(term, ()))) for term in terms}


def _named(records: Records, claim: Claim) -> Iterator[tuple[str, str]]:
    for ref in claim.references:
        for sort, _ in terms_named(records, ref):
            yield sort, str(ref)
        if ref.target == "venue" and (place := records.vocabularies.venues[ref].place):
            yield "place", str(place)


def terms_named(records: Records, ref: Ref) -> Iterator[tuple[str, Term]]:
    """The terms with pages that a reference names, each with its sort. A part may be a term of several sorts."""
    for name, sort in records.vocabularies.sorts.paged.items():
        if ref.target == name or (ref.target == "part" and sort.part):
            terms = records.vocabularies.terms(name)
            if ref in terms:
                yield name, terms[ref]


def places_by_region(records: Records) -> dict[str, list[tuple[str, Locality]]]:
    """(id, place) by region, both in the order of their files."""
    places: dict[str, list[tuple[str, Locality]]] = {region: [] for region in records.vocabularies.terms("region")}
    for place_id, place in records.vocabularies.places.items():
        places[place.region].append((place_id, place))
    return places
