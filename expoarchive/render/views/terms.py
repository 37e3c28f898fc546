"""Places, industries, topics and other terms: their lists, and a page for each with everything that names it."""

from collections.abc import Sequence
from dataclasses import dataclass

from expoarchive.problem import shortened
from expoarchive.records import Claim
from expoarchive.records.statement import Deal, Figure
from expoarchive.records.vocabulary import Locality, Term, Venue
from expoarchive.render.desk import Desk
from expoarchive.render.search_entry import SearchEntry, claim_names, every_name, years_of
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import Card, Link, RecordClaims
from expoarchive.render.views.articles import article_card, article_link
from expoarchive.render.views.claims import claim_view
from expoarchive.render.words import record_name, term_link
from expoarchive.site import Page
from expoarchive.site.address import home_of
from expoarchive.site.kinds import KINDS
from expoarchive.site.taxonomy import places_by_region


@dataclass(frozen=True, slots=True)
class TermItem:
    """A term in a list, and how many claims and articles name it.

    ``years`` are the editions whose records name it, each linked to the first claim that does, and last the fair as a
    whole. Where neither names it, ``through`` are what does: places that lie in it, or else articles.
    """

    link: Link
    count: int
    description: str | None
    years: tuple[Link, ...]
    through: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with everything that names it: ``signed`` are the claims of what was signed, ``records`` all others.

    ``within`` are the places that lie in a place.
    """

    kicker: str
    description: str | None
    note: str | None
    within: tuple[Link, ...]
    signed: tuple[RecordClaims, ...]
    articles: tuple[Card, ...]
    records: tuple[RecordClaims, ...]


# What a search engine shows of a description, and some more.
_LONGEST_DESCRIPTION = 200


# Under the names of the templates too, which those of a vocabulary of the site's own go by.
@page_view("terms", *KINDS.lists)
def terms_page(desk: Desk, studio: Studio) -> PageContent:
    """All terms of a taxonomy, as (title, terms) for each group: places by region, others without a title."""
    records, taxonomy = desk.site.records, desk.site.table.lists[desk.page.kind].name
    if taxonomy == "place":
        names = {region: desk.local(term.name) for region, term in records.vocabularies.terms("region").items()}
        groups = {names[region]: places for region, places in places_by_region(records).items() if places}
    else:
        terms = list(records.vocabularies.terms(taxonomy).items())
        if desk.site.table.sorts.paged[taxonomy].by_use:
            terms.sort(key=lambda entry: -desk.site.usage[taxonomy, entry[0]].count)
        groups = {"": terms}  # type: ignore[dict-item]
    return PageContent([(name, [_item(desk, taxonomy, *entry) for entry in terms]) for name, terms in groups.items()])


def _item(desk: Desk, taxonomy: str, term_id: str, term: Term) -> TermItem:
    usage = desk.site.usage[taxonomy, term_id]
    description = desk.local(term.description) if term.description else None
    records: dict[str, Link] = {}
    for claim in usage.claims:
        name = claim.record if claim.year is not None else desk.strings("claim.expo")
        records.setdefault(claim.record, Link(name, desk.claim_href(claim)))
    # The fair as a whole has a word for its name, and comes after every year.
    links = tuple(records[record] for record in sorted(records))
    through: tuple[Link, ...] = ()
    if not links:
        through = _within(desk, taxonomy, term_id) or tuple(
            article_link(desk, desk.site.records.articles[article]) for article in usage.articles
        )
    return TermItem(term_link(desk, taxonomy, term_id), usage.count, description, links, through)


def _within(desk: Desk, taxonomy: str, term_id: str) -> tuple[Link, ...]:
    """The places that lie in a place, of any other sort of terms none."""
    held = desk.site.places_within.get(term_id, ()) if taxonomy == "place" else ()
    return tuple(term_link(desk, "place", place) for place in held)


def _title(desk: Desk, page: Page) -> Title:
    return desk.local(desk.site.records.vocabularies.terms(page.kind)[page.id].name), None


def _entry(desk: Desk, page: Page) -> SearchEntry:
    records = desk.site.records
    term = records.vocabularies.terms(page.kind)[page.id]
    claims = desk.site.usage[page.kind, page.id].claims
    names = every_name(desk, term.name)
    if isinstance(term, Venue):
        names += [name for period in term.names for name in every_name(desk, period.text)]
    if page.kind == "event":
        names += [name for claim in claims for name in claim_names(desk, claim)]
    text = [desk.local(term.description)] if term.description else []
    if isinstance(term, Locality):
        text.append(desk.local(records.vocabularies.terms("region")[term.region].name))
    # Claims are found on their editions; here the index would hold each of them once more for every term it names.
    return SearchEntry(names, text, years_of(claims))


@page_view("term", *KINDS.sorts.paged, title=_title, entry=_entry)
def term_page(desk: Desk, studio: Studio) -> PageContent:
    """One term: what was signed, then articles about it, then all other claims by record, the latest edition first."""
    records = desk.site.records
    taxonomy, term_id = desk.page.kind, desk.page.id
    term = records.vocabularies.terms(taxonomy)[term_id]
    usage = desk.site.usage[taxonomy, term_id]
    region = records.vocabularies.terms("region")[term.region] if isinstance(term, Locality) else None
    view = TermView(
        kicker=desk.local(region.name) if region else desk.strings(f"{taxonomy}.kicker"),
        description=desk.local(term.description) if term.description else None,
        note=desk.strings("claim.translated") if desk.language.id in term.translated else None,
        within=_within(desk, taxonomy, term_id),
        signed=records_claims(desk, [claim for claim in usage.claims if _is_signed(claim)]),
        records=records_claims(desk, [claim for claim in usage.claims if not _is_signed(claim)]),
        articles=tuple(article_card(desk, records.articles[article]) for article in usage.articles),
    )
    name, expo, t = desk.local(term.name), desk.local(desk.site.config.expo), desk.strings
    if view.description:
        about = shortened(view.description, _LONGEST_DESCRIPTION)
        return PageContent(view, name, t("term.described", name=name, expo=expo, description=about))
    return PageContent(view, name, t("term.description", name=name, expo=expo))


def _is_signed(claim: Claim) -> bool:
    return isinstance(claim.statement, Deal | Figure) and claim.statement.stage == "signed"


def records_claims(desk: Desk, claims: Sequence[Claim]) -> tuple[RecordClaims, ...]:
    """Claims by record: first the fair as a whole, then editions, the newest first."""
    by_record: dict[str, list[Claim]] = {}
    for claim in claims:
        by_record.setdefault(claim.record, []).append(claim)
    return tuple(
        RecordClaims(record_link(desk, record), tuple(claim_view(desk, claim) for claim in by_record[record]))
        for record in sorted(by_record, reverse=True)
    )


def record_link(desk: Desk, record: str) -> Link:
    """The page that shows all claims of a record."""
    return Link(record_name(desk, record), desk.href(*home_of(record)))
