"""From where people came: places by region as tiles, then edition by edition, and the editions that say nothing."""

from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk
from expoarchive.render.prose import lead_view
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import Link, Prose, ReachRegion, ReachTile, RecordClaims, SourceItem
from expoarchive.render.views.terms import records_claims
from expoarchive.render.words import edition_headline
from expoarchive.site.taxonomy import places_by_region

# A place that took part, and one that a record speaks of in another way. Venues and signings stand elsewhere.
TOOK_PART = "participant"
NAMED = ("first", "event", "remark")


@dataclass(frozen=True, slots=True)
class ReachView:
    """``silent`` are the editions held of which no source says who took part."""

    lead: Prose | None
    regions: tuple[ReachRegion, ...]
    editions: tuple[RecordClaims, ...]
    silent: tuple[Link, ...]
    sources: tuple[SourceItem, ...]


@makes("reach")
def reach_page(desk: Desk, studio: Studio) -> Shown:
    """Regions in the order of their file, as the archive sorts them; editions newest first."""
    records = desk.site.records
    lead = lead_view(desk, "reach")
    regions = []
    for region_id, places in places_by_region(records).items():
        tiles = [tile for place_id, _ in places if (tile := _tile(desk, place_id))]
        region = records.vocabularies.terms("region")[region_id]
        about = desk.local(region.description) if region.description else None
        if tiles:
            regions.append(ReachRegion(desk.local(region.name), about, tuple(tiles)))
    telling = [claim for claim in records.claims.by_address.values() if claim.year is not None and _tells(desk, claim)]
    spoken = {claim.record for claim in telling}
    silent = tuple(
        Link(str(year), desk.href("edition", str(year)))
        for year, edition in records.editions.items()
        if edition.status == "held" and str(year) not in spoken
    )
    return Shown(ReachView(lead, tuple(regions), records_claims(desk, telling), silent, desk.sources()))


def _tells(desk: Desk, claim: Claim) -> bool:
    if isinstance(claim.statement, Figure):
        return desk.site.records.vocabularies.measures[claim.measure].group in ("reach", "people")
    return claim.field == TOOK_PART


def _took_part(claim: Claim) -> bool:
    """Whether it is said to have happened, not only planned."""
    return claim.field == TOOK_PART and claim.statement.stage is None


def _tile(desk: Desk, place_id: str) -> ReachTile | None:
    claims = [
        claim for claim in desk.site.usage["place", place_id].claims if claim.field == TOOK_PART or claim.field in NAMED
    ]
    if not claims:
        return None
    took_part = any(_took_part(claim) for claim in claims)
    years: dict[str, Link] = {}
    for claim in claims:
        if claim.year is not None and (_took_part(claim) or not took_part):
            note = edition_headline(desk, claim.year)
            years.setdefault(claim.record, Link(claim.record, desk.claim_href(claim), note=note))
    apart = next((claim for claim in claims if claim.year is None), None)
    return ReachTile(
        place=Link(desk.local(desk.site.records.vocabularies.places[place_id].name), desk.href("place", place_id)),
        state="took-part" if took_part else "named",
        label=desk.strings("reach.took_part" if took_part else "reach.named"),
        years=tuple(years[year] for year in sorted(years)),
        apart=Link(desk.strings("reach.apart"), desk.claim_href(apart)) if apart and not years else None,
    )
