"""Totals over many editions, side by side where they count the same ones."""

from expoarchive.render.desk import Desk
from expoarchive.render.values import ClaimView, TotalsRow
from expoarchive.render.views.claims import claim_view
from expoarchive.render.words import as_of_text, record_name


def totals(desk: Desk) -> tuple[TotalsRow, ...]:
    """The claims that the configuration features, in its order, a row for all that hold for the same editions."""
    rows: dict[str, list[ClaimView]] = {}
    for address in desk.site.config.featured:
        claim = desk.site.records.claims.by_address[address]
        span = as_of_text(desk, claim) or record_name(desk, claim.record)
        rows.setdefault(span, []).append(claim_view(desk, claim))
    return tuple(TotalsRow(span, tuple(claims)) for span, claims in rows.items())


def verdict(desk: Desk) -> str | None:
    """Which of several totals the archive goes by, and why."""
    said = desk.site.records.expo.verdict
    return desk.local(said) if said else None
