"""What is recorded of the fair as a whole rather than of one edition."""

from dataclasses import dataclass

from expoarchive.records import EXPO
from expoarchive.render.desk import Desk
from expoarchive.render.search_entry import SearchEntry, claim_lines, list_entry
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import RecordPart, TotalsRow
from expoarchive.render.views.claims import group_view
from expoarchive.render.views.edition import record_parts
from expoarchive.render.views.totals import totals, verdict
from expoarchive.site import Page


@dataclass(frozen=True, slots=True)
class WholeView:
    """The claims by subject, after the totals that most readers come for, with what we make of them."""

    totals: tuple[TotalsRow, ...]
    verdict: str | None
    record: tuple[RecordPart, ...]


def _entry(desk: Desk, page: Page) -> SearchEntry:
    entry = list_entry(desk, page)
    claims = desk.site.records.claims.of_record(EXPO)
    entry.text += [line for claim in claims for line in claim_lines(desk, claim, whole=True)]
    return entry


@page_view("whole", entry=_entry)
def whole_page(desk: Desk, studio: Studio) -> PageContent:
    """Totals and what else is said of all editions together: the home of these claims."""
    groups = desk.site.records.claims.grouped(EXPO).items()
    parts = record_parts(desk, {key: group_view(desk, group) for key, group in groups})
    return PageContent(WholeView(totals(desk), verdict(desk), parts))
