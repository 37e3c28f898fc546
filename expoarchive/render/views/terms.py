"""Places, industries and topics: their lists, and a page each with everything that names them."""

from collections.abc import Sequence

from expoarchive.records import Claim
from expoarchive.records.sorts import PAGED
from expoarchive.records.vocabulary import Place, Term
from expoarchive.render.desk import Desk
from expoarchive.render.prose import lead_view
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_view
from expoarchive.render.views.model import (
    FirstsView,
    Link,
    RecordClaims,
    TermItem,
    TermsView,
    TermView,
)
from expoarchive.render.views.words import edition_headline
from expoarchive.site.taxonomy import places_by_region


def terms_view(desk: Desk, taxonomy: str) -> TermsView:
    """All terms of a taxonomy; places under their regions."""
    records = desk.site.records
    lead = lead_view(desk, PAGED[taxonomy].plural)
    if taxonomy == "place":
        names = {region: desk.local(term.name) for region, term in records.vocabularies.terms("region").items()}
        groups = {names[region]: places for region, places in places_by_region(records).items() if places}
    else:
        groups = {"": list(records.vocabularies.terms(taxonomy).items())}  # type: ignore[arg-type]
    shown = tuple((name, tuple(_item(desk, taxonomy, *entry) for entry in terms)) for name, terms in groups.items())
    return TermsView(shown, lead, desk.sources())


def _item(desk: Desk, taxonomy: str, term_id: str, term: Term) -> TermItem:
    usage = desk.site.usage[taxonomy, term_id]
    link = Link(desk.local(term.name), desk.href(taxonomy, term_id))
    description = desk.local(term.description) if term.description else None
    years: dict[str, Link] = {}
    for claim in usage.claims:
        if claim.year is not None:
            years.setdefault(claim.record, Link(claim.record, desk.claim_href(claim)))
    return TermItem(link, usage.count, description, tuple(years[year] for year in sorted(years)))


def term_view(desk: Desk, taxonomy: str, term_id: str) -> TermView:
    """One term: articles that speak of it, then claims by record, the latest edition first."""
    records = desk.site.records
    term = records.vocabularies.terms(taxonomy)[term_id]
    usage = desk.site.usage[taxonomy, term_id]
    region = records.vocabularies.terms("region")[term.region] if isinstance(term, Place) else None
    claims = records_claims(desk, usage.claims)
    return TermView(
        title=desk.local(term.name),
        kicker=desk.local(region.name) if region else desk.strings(f"{taxonomy}.kicker"),
        description=desk.local(term.description) if term.description else None,
        note=desk.strings("claim.translated") if desk.language.id in term.translated else None,
        records=claims,
        articles=tuple(article_card(desk, records.articles[article]) for article in usage.articles),
        sources=desk.sources(),
    )


def records_claims(desk: Desk, claims: Sequence[Claim]) -> tuple[RecordClaims, ...]:
    """Claims under their records: editions newest first, the fair as a whole before them."""
    found = sorted(dict.fromkeys(claim.record for claim in claims), reverse=True)
    return tuple(
        RecordClaims(
            record_link(desk, record), tuple(claim_view(desk, claim) for claim in claims if claim.record == record)
        )
        for record in found
    )


def record_link(desk: Desk, record: str) -> Link:
    """The page of an edition, or of the fair as a whole."""
    if record.isdigit():
        return Link(edition_headline(desk, int(record)), desk.href("edition", record))
    return Link(desk.strings("claim.expo"), desk.href("growth"))


def firsts_view(desk: Desk) -> FirstsView:
    """Everything that was done for the first time, by edition, the earliest first."""
    claims = [claim for claim in desk.site.records.claims.by_address.values() if claim.field == "first"]
    return FirstsView(tuple(reversed(records_claims(desk, claims))), desk.sources())
