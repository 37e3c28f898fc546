"""Places, industries and topics: their lists, and a page each with everything that names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from expoarchive.records import Claim
from expoarchive.records.sorts import PAGED
from expoarchive.records.vocabulary import Locality, Term, Venue
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, claim_lines, claim_names, every_name, years_of
from expoarchive.render.prose import lead_view
from expoarchive.render.studio import Shown, Studio, Title, makes
from expoarchive.render.values import Card, Link, Prose, RecordClaims, SourceItem
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_view
from expoarchive.render.words import edition_headline
from expoarchive.site import Page
from expoarchive.site.taxonomy import places_by_region


@dataclass(frozen=True, slots=True)
class TermItem:
    """A term in a list. ``count`` is how many claims and articles name it."""

    link: Link
    count: int
    description: str | None = None
    # Editions whose records name it, each leading to its first claim that does.
    years: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TermsView:
    """The list of a taxonomy, in groups (places by region); one group without a title where it has none."""

    groups: tuple[tuple[str, tuple[TermItem, ...]], ...]
    lead: Prose | None = None
    sources: tuple[SourceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class TermView:
    """A place, industry or topic with everything that names it."""

    title: str
    kicker: str
    description: str | None
    note: str | None
    records: tuple[RecordClaims, ...]
    articles: tuple[Card, ...]
    sources: tuple[SourceItem, ...]


_BY_LIST = {sort.plural: name for name, sort in PAGED.items()}


@makes(*_BY_LIST)
def terms_page(desk: Desk, studio: Studio) -> Shown:
    """All terms of a taxonomy; places under their regions."""
    records, taxonomy = desk.site.records, _BY_LIST[desk.page.kind]
    lead = lead_view(desk, desk.page.kind)
    if taxonomy == "place":
        names = {region: desk.local(term.name) for region, term in records.vocabularies.terms("region").items()}
        groups = {names[region]: places for region, places in places_by_region(records).items() if places}
    else:
        groups = {"": list(records.vocabularies.terms(taxonomy).items())}  # type: ignore[arg-type]
    shown = tuple((name, tuple(_item(desk, taxonomy, *entry) for entry in terms)) for name, terms in groups.items())
    return Shown(TermsView(shown, lead, desk.sources()))


def _item(desk: Desk, taxonomy: str, term_id: str, term: Term) -> TermItem:
    usage = desk.site.usage[taxonomy, term_id]
    link = Link(desk.local(term.name), desk.href(taxonomy, term_id))
    description = desk.local(term.description) if term.description else None
    years: dict[str, Link] = {}
    for claim in usage.claims:
        if claim.year is not None:
            years.setdefault(claim.record, Link(claim.record, desk.claim_href(claim)))
    return TermItem(link, usage.count, description, tuple(years[year] for year in sorted(years)))


def _title(desk: Desk, page: Page) -> Title:
    return desk.local(desk.site.records.vocabularies.terms(page.kind)[page.id].name), None


def _entry(desk: Desk, page: Page) -> Entry:
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
    text += [line for claim in claims for line in claim_lines(desk, claim)]
    return Entry(names, text, years_of(claims))


@makes(*PAGED, title=_title, entry=_entry)
def term_page(desk: Desk, studio: Studio) -> Shown:
    """One term: articles that speak of it, then claims by record, the latest edition first."""
    records = desk.site.records
    taxonomy, term_id = desk.page.kind, desk.page.id
    term = records.vocabularies.terms(taxonomy)[term_id]
    usage = desk.site.usage[taxonomy, term_id]
    region = records.vocabularies.terms("region")[term.region] if isinstance(term, Locality) else None
    claims = records_claims(desk, usage.claims)
    view = TermView(
        title=desk.local(term.name),
        kicker=desk.local(region.name) if region else desk.strings(f"{taxonomy}.kicker"),
        description=desk.local(term.description) if term.description else None,
        note=desk.strings("claim.translated") if desk.language.id in term.translated else None,
        records=claims,
        articles=tuple(article_card(desk, records.articles[article]) for article in usage.articles),
        sources=desk.sources(),
    )
    expo, t = desk.local(desk.site.config.expo), desk.strings
    if view.description:
        described = t("term.described", name=view.title, expo=expo, description=view.description)
    else:
        described = t("term.description", name=view.title, expo=expo)
    return Shown(view, view.title, described)


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
