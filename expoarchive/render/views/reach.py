"""Where participants came from: places by region, then by edition, and the editions that say nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Locality
from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link, ReachRegion, ReachTile, RecordClaims
from expoarchive.render.views.terms import records_claims
from expoarchive.render.words import dispute_word, edition_headline, term_link, year_link
from expoarchive.site.taxonomy import places_by_region

# The field of claims about participants, and other fields that name places. Venues and signings are left out.
PARTICIPANT = "participant"
NAMED = ("first", "event", "remark")


@dataclass(frozen=True, slots=True)
class ReachView:
    """``silent`` are the editions that were held, without a claim about who took part."""

    regions: tuple[ReachRegion, ...]
    editions: tuple[RecordClaims, ...]
    silent: tuple[Link, ...]


@page_view("reach")
def reach_page(desk: Desk, studio: Studio) -> PageContent:
    """Regions in the order of their file; editions newest first."""
    records = desk.site.records
    by_region = places_by_region(records).items()
    claims = [claim for claim in records.claims.by_address.values() if claim.year is not None and _tells(desk, claim)]
    telling = {claim.record for claim in claims}
    view = ReachView(
        regions=tuple(region for region in (_region(desk, *entry) for entry in by_region) if region.tiles),
        editions=records_claims(desk, claims),
        silent=tuple(
            year_link(desk, year)
            for year, edition in records.editions.items()
            if edition.status == "held" and str(year) not in telling
        ),
    )
    return PageContent(view)


def _tells(desk: Desk, claim: Claim) -> bool:
    """Whether the claim says who took part, or how many."""
    if isinstance(claim.statement, Figure):
        return desk.site.records.vocabularies.measures[claim.measure].group in ("reach", "people")
    return claim.field == PARTICIPANT


def _took_part(claim: Claim) -> bool:
    """Whether a place took part, rather than only planned to."""
    return claim.field == PARTICIPANT and claim.statement.stage is None


def _region(desk: Desk, region_id: str, places: Iterable[tuple[str, Locality]]) -> ReachRegion:
    region = desk.site.records.vocabularies.terms("region")[region_id]
    about = desk.local(region.description) if region.description else None
    tiles = (_tile(desk, place_id) for place_id, _ in places)
    return ReachRegion(desk.local(region.name), about, tuple(tile for tile in tiles if tile))


def _tile(desk: Desk, place_id: str) -> ReachTile | None:
    claims = [claim for claim in desk.site.usage["place", place_id].claims if claim.field in (PARTICIPANT, *NAMED)]
    if not claims:
        return None
    took_part = any(map(_took_part, claims))
    years: dict[str, Link] = {}
    for claim in claims:
        if claim.year is not None and (_took_part(claim) or not took_part):
            note = edition_headline(desk, claim.year)
            link = Link(claim.record, desk.claim_href(claim), note=note, dispute=dispute_word(desk, claim))
            years.setdefault(claim.record, link)
    apart = next((claim for claim in claims if claim.year is None), None)
    return ReachTile(
        place=term_link(desk, "place", place_id),
        state="took-part" if took_part else "named",
        label=desk.strings("reach.took_part" if took_part else "reach.named"),
        years=tuple(years[year] for year in sorted(years)),
        apart=Link(desk.strings("reach.apart"), desk.claim_href(apart)) if apart and not years else None,
    )
