"""What the archive has corrected since it was published."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.nodes.fields import Quantity, number_of
from expoarchive.records import Claim
from expoarchive.records.ledger import Correction, brief
from expoarchive.records.statement import (
    Appearance,
    Deal,
    Figure,
    IndustryNaming,
    NamedPart,
    Participation,
    Positioning,
    Remark,
    SideEvent,
    VenueClaim,
)
from expoarchive.render.desk import Desk
from expoarchive.render.format import amount, day
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import CorrectionView, Link
from expoarchive.render.words import label, record_name, term_name, value_text
from expoarchive.site.address import corrections_feed

# Claims that the ledger tells by ids alone, and the sorts of what these stand for.
_OF_IDS = (Participation, Appearance, VenueClaim, IndustryNaming, SideEvent)
# Claims in the archive's own words, which the ledger has in the site's first language.
_IN_WORDS = (Deal, NamedPart, Positioning, Remark)
_SORTS = ("place", "body", "company", "venue", "industry", "event", "role", "person")


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All corrections, and the (name, date) of each release."""

    items: tuple[CorrectionView, ...]
    releases: tuple[tuple[str, str], ...]
    feed: str | None


@page_view("corrections")
def corrections_page(desk: Desk, studio: Studio) -> PageContent:
    """All corrections, the newest first, and the releases that were corrected."""
    published = desk.site.records.ledger.releases.items()
    releases = tuple((str(name), day(date, desk.language)) for name, date in published)
    items = tuple(correction_view(desk, *entry) for entry in in_order(desk.site.records.corrections))
    has_feed = bool(items) and desk.site.config.has("feeds")
    feed = desk.address(corrections_feed(desk.language.id)) if has_feed else None
    return PageContent(CorrectionsView(items, releases, feed))


def in_order(corrections: Mapping[str, Correction]) -> list[tuple[str, Correction]]:
    """The newest first; those of one day in the order of the file."""
    return sorted(corrections.items(), key=lambda entry: entry[1].date.earliest, reverse=True)


def corrections_of(desk: Desk, record: str) -> tuple[CorrectionView, ...]:
    """The corrections of one record."""
    corrections = in_order(desk.site.records.corrections)
    return tuple(correction_view(desk, name, one) for name, one in corrections if one.claim.partition("#")[0] == record)


def correction_view(desk: Desk, name: str, correction: Correction) -> CorrectionView:
    """One correction. A claim that no longer exists is named by its address."""
    claim = desk.site.records.claims.by_address.get(correction.claim)
    was, was_lang = _was(desk, claim, correction)
    now, now_lang = _now(desk, claim, correction.now)
    return CorrectionView(
        anchor=f"correction-{name}",
        date=day(correction.date, desk.language),
        about=_about(desk, claim, correction.claim),
        was=was,
        was_lang=was_lang,
        now=now,
        now_lang=now_lang,
        why=desk.local(correction.why),
        marks=tuple(desk.mark(citation) for citation in correction.sources),
    )


def _about(desk: Desk, claim: Claim | None, address: str) -> Link:
    if claim is None:
        return Link(address, "")
    text = desk.strings("claim.short", label=record_name(desk, claim.record), value=label(desk, claim))
    return Link(text, desk.claim_href(claim))


def _was(desk: Desk, claim: Claim | None, correction: Correction) -> tuple[str, str | None]:
    """What the claim said, and its language where that is not the page's."""
    if desk.language.id in correction.was_in:
        return correction.was_in[desk.language.id], None
    return _value(desk, claim, correction.was), _ledger_language(desk, claim)


def _now(desk: Desk, claim: Claim | None, text: str | None) -> tuple[str | None, str | None]:
    """What it said from then on; in the page's language where it still does, for the ledger has one language alone."""
    if text is None:
        return None, None
    if claim is not None and isinstance(claim.statement, _IN_WORDS) and brief(claim) == text:
        return value_text(desk, claim)
    return _value(desk, claim, text), _ledger_language(desk, claim)


def _ledger_language(desk: Desk, claim: Claim | None) -> str | None:
    """The language of the archive's own words in the ledger, where it is not the page's."""
    first = desk.site.config.language_ids[0]
    in_words = claim is not None and isinstance(claim.statement, _IN_WORDS)
    return desk.tag(first) if in_words and first != desk.language.id else None


def _value(desk: Desk, claim: Claim | None, text: str) -> str:
    """A figure's number in its unit, ids by the names of what they stand for; any other text as it is."""
    if claim is not None and isinstance(claim.statement, _OF_IDS):
        return _names(desk, text) or text
    if claim is None or not isinstance(claim.statement, Figure):
        return text
    try:
        number = number_of(text)
    except ValueError:
        return text
    unit = desk.site.records.vocabularies.unit_of(claim.measure)
    return amount(Quantity(number, number), unit, desk.language)


def _names(desk: Desk, text: str) -> str | None:
    """The names of the ids that the text consists of; None where it has other words."""
    sorts = {sort: desk.site.records.vocabularies.terms(sort) for sort in _SORTS}
    found = []
    for word in text.split():
        sort = next((sort for sort, terms in sorts.items() if word in terms), None)
        if sort is None:
            return None
        found.append(term_name(desk, sort, word))
    return desk.listed(found)
