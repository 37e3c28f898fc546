"""Where participants came from: editions by regions, and who it was in each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from expoarchive.records import Claim, Records
from expoarchive.records.reference import references_in
from expoarchive.records.vocabulary import Body, Company
from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link, ReachCell, ReachEdition, ReachEntry
from expoarchive.render.words import dispute_word, edition_headline, label, term_link, term_name

# The field of claims about participants, and the other fields that name places. Venues and signings are left out.
PARTICIPANT = "participant"
NAMED = ("first", "activity", "event", "pavilion", "remark")

# The sort and the id of a place, a body or a company.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReachView:
    """The matrix: ``regions`` by name, in the order of their file, and the editions, each with a cell for each region.

    ``looks`` are the states of cells that occur, each with what it means.
    """

    regions: tuple[str, ...]
    editions: tuple[ReachEdition, ...]
    looks: tuple[tuple[str, str], ...]


@page_view("reach")
def reach_page(desk: Desk, studio: Studio) -> PageContent:
    """The editions that were held, the earliest first."""
    records = desk.site.records
    regions = records.vocabularies.terms("region")
    claims = _by_edition(records)
    editions = tuple(
        _edition(desk, year, claims.get(year, ()), list(regions))
        for year, edition in records.editions.items()
        if edition.status == "held" or claims.get(year)
    )
    present = {cell.state for edition in editions for cell in edition.cells}
    states = ("named", "weak", "planned", "mentioned", "none", "unknown")
    return PageContent(
        ReachView(
            regions=tuple(desk.local(region.name) for region in regions.values()),
            editions=editions if regions else (),
            looks=tuple((state, desk.strings(f"reach.look_{state}")) for state in states if state in present),
        )
    )


def _by_edition(records: Records) -> dict[int, list[Claim]]:
    """The claims of each edition that say who came, or name a place."""
    found: dict[int, list[Claim]] = {}
    for claim in records.claims.by_address.values():
        if claim.year is not None and claim.field in (PARTICIPANT, *NAMED):
            found.setdefault(claim.year, []).append(claim)
    return found


def _edition(desk: Desk, year: int, claims: Sequence[Claim], regions: Sequence[str]) -> ReachEdition:
    located = [(claim, dict(_located(desk.site.records, claim))) for claim in claims]
    silent = not any(claim.field == PARTICIPANT for claim in claims)
    cells = []
    for region in regions:
        here = [(claim, [term for term, where in found.items() if where == region]) for claim, found in located]
        cells.append(_cell(desk, year, region, [(claim, terms) for claim, terms in here if terms], silent=silent))
    return ReachEdition(
        Link(str(year), desk.href("edition", str(year)), note=edition_headline(desk, year)), tuple(cells)
    )


def _cell(desk: Desk, year: int, region: str, named: Sequence[tuple[Claim, list[Named]]], *, silent: bool) -> ReachCell:
    """What is on record of a region at an edition. Who took part is not told again as mentioned."""
    told = [(claim, terms) for claim, terms in named if claim.field == PARTICIPANT]
    took_part = {term for _, terms in told for term in terms}
    mentioned: dict[Named, Claim] = {}
    for claim, terms in named:
        if claim.field != PARTICIPANT:
            mentioned |= {term: claim for term in terms if term not in took_part and term not in mentioned}
    state = _state(desk, [claim for claim, _ in told], bool(mentioned), silent=silent)
    return ReachCell(
        id=f"{year}-{region}",
        region=term_name(desk, "region", region),
        state=state,
        count=len(took_part) or len(mentioned),
        label=desk.strings(f"reach.look_{state}"),
        entries=tuple(_entry(desk, claim, terms) for claim, terms in told),
        mentioned=tuple(
            Link(term_name(desk, *term), desk.claim_href(claim), dispute=dispute_word(desk, claim))
            for term, claim in mentioned.items()
        ),
    )


def _state(desk: Desk, told: Sequence[Claim], mentioned: bool, *, silent: bool) -> str:
    """The firmest of what is known: somebody took part, if weakly, or meant to; a place is named; nobody is."""
    took_part = [claim for claim in told if claim.statement.stage is None]
    if took_part:
        return "weak" if all(desk.weak(claim.statement.sources) for claim in took_part) else "named"
    if told:
        return "planned"
    return "mentioned" if mentioned else "unknown" if silent else "none"


def _entry(desk: Desk, claim: Claim, terms: Iterable[Named]) -> ReachEntry:
    return ReachEntry(
        role=Link(label(desk, claim), desk.claim_href(claim), dispute=dispute_word(desk, claim)),
        names=tuple(term_link(desk, *term) for term in terms),
        planned=claim.statement.stage is not None,
        weak=desk.weak(claim.statement.sources),
        marks=tuple(desk.mark(citation) for citation in claim.statement.sources),
    )


def _located(records: Records, claim: Claim) -> Iterator[tuple[Named, str]]:
    """The places that a claim names, and of participants those that are known to be at a place, with their regions.

    A place with a venue, or within such a one, is where the fair is at home: only if it took part does it count.
    """
    vocabularies = records.vocabularies
    home = set() if claim.field == PARTICIPANT else _home(records)
    for ref in references_in(claim.statement):
        place: str | None = None
        if ref.target == "place":
            place = ref
        elif claim.field == PARTICIPANT and ref.target in ("body", "company"):
            term = vocabularies.terms(ref.target)[ref]
            place = term.place if isinstance(term, Body | Company) else None
        if place is not None and home.isdisjoint(_around(records, place)):
            yield (ref.target, str(ref)), str(vocabularies.places[place].region)


def _home(records: Records) -> set[str]:
    return {str(venue.place) for venue in records.vocabularies.venues.values() if venue.place}


def _around(records: Records, place: str) -> list[str]:
    """A place, then the one it is within, and so on; places that are within one another end it."""
    chain: list[str] = []
    here: str | None = str(place)
    while here is not None and here not in chain:
        chain.append(here)
        within = records.vocabularies.places[here].within
        here = str(within) if within else None
    return chain
