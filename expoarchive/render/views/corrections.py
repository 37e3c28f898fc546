"""What the archive has changed since it was published."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.nodes.fields import Quantity, number_of
from expoarchive.records import Claim
from expoarchive.records.ledger import Correction
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk
from expoarchive.render.format import amount, day
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import CorrectionView, Link, SourceItem
from expoarchive.render.words import edition_headline, label
from expoarchive.site.address import corrections_feed


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All of them, and the releases (name, date) since which they are counted."""

    items: tuple[CorrectionView, ...]
    releases: tuple[tuple[str, str], ...]
    feed: str | None
    sources: tuple[SourceItem, ...]


@makes("corrections")
def corrections_page(desk: Desk, studio: Studio) -> Shown:
    """All corrections, the newest first, and the releases that they are counted from."""
    released = desk.site.records.ledger.releases
    releases = [(str(name), day(date, desk.language)) for name, date in released.items()]
    items = tuple(correction_view(desk, *entry) for entry in in_order(desk.site.records.corrections))
    has_feed = bool(items) and desk.site.config.has("feeds")
    feed = desk.address(corrections_feed(desk.language.id)) if has_feed else None
    return Shown(CorrectionsView(items, tuple(releases), feed, desk.sources()))


def in_order(corrections: Mapping[str, Correction]) -> list[tuple[str, Correction]]:
    """The newest first; those of one day as they stand in the file."""
    return sorted(corrections.items(), key=lambda entry: entry[1].date.earliest, reverse=True)


def corrections_of(desk: Desk, record: str) -> tuple[CorrectionView, ...]:
    """Those of one record."""
    found = in_order(desk.site.records.corrections)
    return tuple(correction_view(desk, name, one) for name, one in found if one.claim.partition("#")[0] == record)


def correction_view(desk: Desk, name: str, correction: Correction) -> CorrectionView:
    """One correction. A claim that is gone is named by its address alone."""
    claim = desk.site.records.claims.by_address.get(correction.claim)
    marks = tuple(desk.mark(citation) for citation in correction.sources)
    return CorrectionView(
        anchor=f"correction-{name}",
        date=day(correction.date, desk.language),
        about=_about(desk, claim, correction.claim),
        was=_shown(desk, claim, correction.was),
        now=_shown(desk, claim, correction.now) if correction.now is not None else None,
        why=desk.local(correction.why),
        marks=marks,
    )


def _about(desk: Desk, claim: Claim | None, address: str) -> Link:
    if claim is None:
        return Link(address, "")
    record = edition_headline(desk, claim.year) if claim.year is not None else desk.strings("claim.expo")
    return Link(desk.strings("claim.short", label=record, value=label(desk, claim)), desk.claim_href(claim))


def _shown(desk: Desk, claim: Claim | None, said: str) -> str:
    """A number as the page writes it, in its unit; other words as they were."""
    if claim is None or not isinstance(claim.statement, Figure):
        return said
    try:
        number = number_of(said)
    except ValueError:
        return said
    vocabularies = desk.site.records.vocabularies
    return amount(
        Quantity(number, number), vocabularies.units[vocabularies.measures[claim.measure].unit], desk.language
    )
