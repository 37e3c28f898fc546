"""Everything that was done for the first time, by edition."""

from dataclasses import dataclass

from expoarchive.render.desk import Desk
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import RecordClaims, SourceItem
from expoarchive.render.views.terms import records_claims


@dataclass(frozen=True, slots=True)
class FirstsView:
    rows: tuple[RecordClaims, ...]
    sources: tuple[SourceItem, ...]


@makes("firsts")
def firsts_page(desk: Desk, studio: Studio) -> Shown:
    """The firsts of every edition, the earliest first."""
    claims = [claim for claim in desk.site.records.claims.by_address.values() if claim.field == "first"]
    return Shown(FirstsView(tuple(reversed(records_claims(desk, claims))), desk.sources()))
