"""Where participants came from: editions by regions, and who it was in each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from expoarchive.records import Claim, Records
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Body, Company
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link, ReachCell, ReachEdition, ReachEntry, ReachFigure
from expoarchive.render.words import (
    dispute_word,
    edition_headline,
    label,
    sentence_text,
    term_link,
    term_name,
)

# The field of claims about participants, and the other fields that name places. Venues and signings are left out.
PARTICIPANT = "participant"
NAMED = ("first", "activity", "event", "pavilion", "remark")

# The sort and the id of a place, a body or a company.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Count:
    """A figure of those who came from some regions, and how many of these are known by name."""

    claim: Claim
    regions: Collection[str]
    named: int

    @property
    def amount(self) -> Decimal:
        figure = self.claim.statement
        return (figure.number if isinstance(figure, Figure) else None) or Decimal(0)

    @property
    def tells_of_more(self) -> bool:
        return self.amount > self.named


@dataclass(frozen=True, slots=True)
class _Found:
    """What tells of a region at an edition: claims that name somebody, with whom, and figures."""

    named: Sequence[tuple[Claim, list[Named]]]
    figures: Sequence[_Count]


@dataclass(frozen=True, slots=True)
class ReachView:
    """The matrix: ``regions`` by name, in the order of their file, and the editions, each with a cell for each region.

    ``looks`` are the states of cells that occur, each with what it means. ``latest`` is the last edition of which
    anything is known: what most readers ask for.
    """

    regions: tuple[str, ...]
    editions: tuple[ReachEdition, ...]
    looks: tuple[tuple[str, str], ...]
    latest: ReachEdition | None


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
    states = ("named", "weak", "planned", "counted", "mentioned", "none", "unknown")
    return PageContent(
        ReachView(
            regions=tuple(desk.local(region.name) for region in regions.values()),
            editions=editions if regions else (),
            looks=tuple((state, desk.strings(f"reach.look_{state}")) for state in states if state in present),
            latest=next((edition for edition in reversed(editions) if edition.known), None) if regions else None,
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
    records = desk.site.records
    located = [(claim, dict(_located(records, claim))) for claim in claims]
    counted = [
        (claim, records.vocabularies.measures[claim.measure].regions)
        for (_, stage, part), claim in records.claims.figures(str(year)).items()
        if not stage and not part
    ]
    silent = not any(where for _, where in counted) and not any(claim.field == PARTICIPANT for claim in claims)

    def found_in(region: str) -> _Found:
        here = [(claim, [term for term, where in found.items() if where == region]) for claim, found in located]
        figures = [_Count(claim, where, _named_in(located, where)) for claim, where in counted if region in where]
        return _Found([(claim, terms) for claim, terms in here if terms], figures)

    cells = tuple(_cell(desk, f"{year}-{region}", region, found_in(region), silent=silent) for region in regions)
    return ReachEdition(Link(str(year), desk.href("edition", str(year)), note=edition_headline(desk, year)), cells)


def _named_in(located: Iterable[tuple[Claim, Mapping[Named, str]]], regions: Collection[str]) -> int:
    """How many places of the regions are known to have taken part."""
    places = {
        term
        for claim, found in located
        if claim.field == PARTICIPANT and claim.statement.stage is None
        for term, where in found.items()
        if term[0] == "place" and where in regions
    }
    return len(places)


def _cell(desk: Desk, cell_id: str, region: str, found: _Found, *, silent: bool) -> ReachCell:
    """What is on record of a region at an edition. Who took part is not told again as mentioned."""
    told = [(claim, terms) for claim, terms in found.named if claim.field == PARTICIPANT]
    took_part = {term for _, terms in told for term in terms}
    mentioned: dict[Named, Claim] = {}
    for claim, terms in found.named:
        if claim.field != PARTICIPANT:
            mentioned |= {term: claim for term in terms if term not in took_part and term not in mentioned}
    state = _state(desk, [claim for claim, _ in told], found, bool(mentioned), silent=silent)
    return ReachCell(
        id=cell_id,
        region=term_name(desk, "region", region),
        state=state,
        number=_number(desk, state, len(took_part) or len(mentioned), found.figures),
        label=desk.strings(f"reach.look_{state}"),
        entries=tuple(_entry(desk, claim, terms) for claim, terms in told),
        mentioned=tuple(
            Link(term_name(desk, *term), desk.claim_href(claim), dispute=dispute_word(desk, claim))
            for term, claim in mentioned.items()
        ),
        counted=tuple(_figure(desk, one) for one in found.figures),
    )


def _state(desk: Desk, told: Sequence[Claim], found: _Found, mentioned: bool, *, silent: bool) -> str:
    """The firmest of what is known: somebody took part, if weakly, or meant to; a place is named; nobody is."""
    took_part = [claim for claim in told if claim.statement.stage is None]
    if took_part:
        return "weak" if all(desk.weak(claim.statement.sources) for claim in took_part) else "named"
    if found.figures:
        return "counted"
    if told:
        return "planned"
    return "mentioned" if mentioned else "unknown" if silent else "none"


def _number(desk: Desk, state: str, names: int, figures: Sequence[_Count]) -> str:
    """How many are named, with a plus where a figure tells of more; where nobody took part by name, the figure.

    One of several regions together tells of each of them only how many there were at most.
    """
    if state == "counted":
        own = [one for one in figures if len(one.regions) == 1]
        most = number(max(one.amount for one in own or figures), desk.language)
        return most if own else desk.strings("reach.at_most", count=most)
    if not names:
        return ""
    return desk.strings("reach.and_more", count=names) if any(one.tells_of_more for one in figures) else str(names)


def _figure(desk: Desk, one: _Count) -> ReachFigure:
    claim = one.claim
    figure = Link(sentence_text(desk, claim)[0], desk.claim_href(claim), dispute=dispute_word(desk, claim))
    how = "none_named" if not one.named else "some_named" if one.tells_of_more else "counted"
    named = desk.strings(f"reach.{how}")
    if len(one.regions) > 1:
        regions = desk.listed(term_name(desk, "region", region) for region in one.regions)
        named = desk.strings("reach.together", regions=regions, named=named)
    return ReachFigure(figure, named, tuple(map(desk.mark, claim.statement.sources)))


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
    for ref in claim.references:
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
