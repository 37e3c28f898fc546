"""Everything that the fair did for the first time, by edition."""

from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.views.terms import records_claims


@page_view("firsts")
def firsts_page(desk: Desk, studio: Studio) -> PageContent:
    """The firsts of every edition, the earliest edition first."""
    claims = [claim for claim in desk.site.records.claims.by_address.values() if claim.field == "first"]
    return PageContent(records_claims(desk, claims)[::-1])
