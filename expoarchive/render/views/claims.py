"""Claims as they are shown."""

from collections.abc import Sequence
from decimal import Decimal

from expoarchive.nodes.pattern import fill
from expoarchive.records import Claim, in_conflict
from expoarchive.records.reference import references_in
from expoarchive.records.statement import (
    AsOf,
    DateClaim,
    Dispute,
    Figure,
    Ordinal,
    Participation,
    Remark,
    SideEvent,
    Statement,
    VenueClaim,
    Wording,
)
from expoarchive.records.vocabulary import Measure, Venue
from expoarchive.render.desk import Desk
from expoarchive.render.format import amount, day, number, ordinal, qualified
from expoarchive.render.views.model import ClaimGroup, ClaimView, DerivationView, DisputeView, Link
from expoarchive.site.taxonomy import TAXONOMIES, terms_of


def claim_view(desk: Desk, claim: Claim) -> ClaimView:
    """One claim with everything that belongs to it."""
    desk.reads.add(("claim", claim.address))
    statement = claim.statement
    text, lang = value_text(desk, claim)
    part = getattr(statement, "part", None)
    as_of = statement.as_of if isinstance(statement, Figure) else None
    break_before = statement.break_before if isinstance(statement, Figure) else None
    return ClaimView(
        anchor=claim.anchor,
        text=text,
        lang=lang,
        label=label(desk, claim),
        stage=stage_name(desk, claim),
        part=part_name(desk, part) if part else None,
        as_of=as_of_text(desk, as_of, statement) if as_of or getattr(statement, "last", None) else None,
        scope=desk.local(statement.scope) if statement.scope else None,
        note=desk.local(statement.note) if statement.note else None,
        basis="derived" if statement.derived else "reported",
        weak=desk.weak(statement.sources),
        translated=_translated(desk, statement),
        derivation=_derivation(desk, statement),
        preferred=desk.local(statement.preferred) if statement.preferred else None,
        disputes=tuple(_dispute(desk, dispute) for dispute in statement.disputed_by),
        break_note=desk.local(break_before) if break_before else None,
        marks=tuple(desk.mark(citation) for citation in statement.sources),
        links=_links(desk, statement),
        href=desk.claim_href(claim),
        value=str(statement.value.low) if isinstance(statement, Figure) and statement.value is not None else "",
    )


def group_view(desk: Desk, claims: Sequence[Claim], title: str | None = None) -> ClaimGroup:
    """Claims of one key together."""
    return ClaimGroup(
        label=title or label(desk, claims[0]),
        claims=tuple(claim_view(desk, claim) for claim in claims),
        conflicting=in_conflict(claims),
    )


def label(desk: Desk, claim: Claim) -> str:
    """What the claim is about: the measure's name, the role, or the name of the field."""
    vocabularies = desk.site.records.vocabularies
    match claim.statement:
        case Figure():
            return desk.local(vocabularies.measures[claim.measure].name)
        case Participation(role=role):
            return desk.local(vocabularies.roles[role].name)
        case VenueClaim(role="sub"):
            return desk.strings("field.venue_sub")
    return desk.strings(f"field.{claim.field}")


def value_text(desk: Desk, claim: Claim) -> tuple[str, str | None]:
    """The claim's value in words, and its language where that is not the page's."""
    vocabularies = desk.site.records.vocabularies
    match claim.statement:
        case Figure() as figure:
            return figure_text(desk, figure, vocabularies.measures[claim.measure]), None
        case Ordinal(value=value):
            return ordinal(value, desk.language, desk.strings.texts), None
        case DateClaim(date=date):
            return day(date, desk.language), None
        case Wording(text=text):
            return desk.words(text)
        case VenueClaim(venue=venue):
            return venue_name(desk, vocabularies.venues[venue], int(claim.record)), None
        case Participation() as group:
            names = [desk.local(vocabularies.places[place].name) for place in group.places]
            names += [desk.local(vocabularies.bodies[body].name) for body in group.bodies]
            return desk.listed(names), None
        case SideEvent(event=event, name=name):
            return desk.words(name) if name else (desk.local(vocabularies.events[event].name), None)
        case Remark(what=what):
            return desk.local(what), None
    raise TypeError(type(claim.statement))


def figure_text(desk: Desk, figure: Figure, measure: Measure, *, bare: bool = False) -> str:
    """The amount in its unit, with its qualifier unless ``bare``."""
    if figure.value is None:
        return desk.strings(f"missing.{figure.nothing}")
    text = amount(figure.value, desk.site.records.vocabularies.units[measure.unit], desk.language)
    return text if bare else qualified(text, figure.qualifier, desk.strings.texts)


def sentence_text(desk: Desk, claim: Claim) -> tuple[str, str | None]:
    """The claim's value as it stands in a sentence, and its language where that is not the page's."""
    if isinstance(claim.statement, Figure):
        return counted_text(desk, claim.statement, desk.site.records.vocabularies.measures[claim.measure]), None
    return value_text(desk, claim)


def counted_text(desk: Desk, figure: Figure, measure: Measure) -> str:
    """The amount as it stands in a sentence: 145 projects."""
    text = figure_text(desk, figure, measure)
    if measure.counted is None or figure.value is None:
        return text
    return fill(desk.local(measure.counted), amount=text)


def venue_name(desk: Desk, venue: Venue, year: int) -> str:
    """The venue's name in that year, where its names changed."""
    for name in venue.names:
        since = name.since.year if name.since else 0
        until = name.until.year if name.until else 9999
        if since <= year <= until and desk.language.id in name.text:
            return name.text[desk.language.id]
    return desk.local(venue.name)


def stage_name(desk: Desk, claim: Claim) -> str | None:
    """How firm the claim is, in words."""
    return stage_word(desk, claim.statement.stage, claim.measure) if claim.statement.stage else None


def stage_word(desk: Desk, stage: str, measure_id: str) -> str:
    """A stage's name. What was planned to be signed is called otherwise than what was planned to be built or opened."""
    measure = desk.site.records.vocabularies.measures.get(measure_id)
    if stage == "planned" and (measure is None or measure.group != "results"):
        return desk.strings("stage.foreseen")
    return desk.strings(f"stage.{stage}")


def part_name(desk: Desk, part_id: str) -> str:
    """The name of what a claim's ``part`` counts."""
    term = desk.site.records.vocabularies.part(part_id)
    return desk.local(term.name) if term else part_id


def as_of_text(desk: Desk, as_of: AsOf | None, statement: Statement) -> str:
    """What moment a figure holds for, and over how many editions, in words."""
    texts = []
    last = getattr(statement, "last", None)
    if last is not None:
        texts.append(desk.strings("as_of.last", n=number(Decimal(last), desk.language)))
    if as_of and as_of.date:
        texts.append(desk.strings("as_of.date", date=day(as_of.date, desk.language)))
    for when, year in (("before", as_of.before), ("after", as_of.after)) if as_of else ():
        if year is not None:
            texts.append(desk.strings(f"as_of.{when}", edition=edition_name(desk, year), year=str(year)))
    return desk.listed(texts)


def edition_name(desk: Desk, year: int) -> str:
    """Its ordinal, or its year where no ordinal is known."""
    edition = desk.site.records.editions.get(year)
    if edition and edition.ordinal:
        text = ordinal(edition.ordinal[0].value, desk.language, desk.strings.texts)
        return desk.strings("edition.numbered", ordinal=text)
    return desk.strings("edition.of_year", year=str(year))


def claim_link(desk: Desk, claim: Claim) -> Link:
    """A claim named from elsewhere: the record, what it is about, its value."""
    text, lang = value_text(desk, claim)
    where = claim.record if claim.record.isdigit() else desk.strings("claim.expo")
    return Link(
        desk.strings("claim.named", record=where, label=label(desk, claim), value=text), desk.claim_href(claim), lang
    )


def _translated(desk: Desk, statement: Statement) -> str | None:
    languages = getattr(statement, "translated", ())
    return desk.strings("claim.translated") if desk.language.id in languages else None


def _derivation(desk: Desk, statement: Statement) -> DerivationView | None:
    derived = statement.derived
    if derived is None:
        return None
    claims = desk.site.records.claims.by_address
    inputs = tuple((name, claim_link(desk, claims[address])) for name, address in derived.inputs.items())
    return DerivationView(derived.formula, inputs, desk.local(derived.reading) if derived.reading else None)


def _links(desk: Desk, statement: Statement) -> tuple[Link, ...]:
    """The pages of the terms that the claim names, each once."""
    links = {}
    for ref in references_in(statement):
        for taxonomy in TAXONOMIES:
            # What a part names may be a place, an industry, a venue or an event.
            fits = ref.target == taxonomy or (ref.target == "part" and taxonomy != "topic")
            terms = terms_of(desk.site.records, taxonomy)
            if fits and ref in terms:
                links[taxonomy, str(ref)] = Link(desk.local(terms[ref].name), desk.href(taxonomy, str(ref)))
    return tuple(links.values())


def _dispute(desk: Desk, dispute: Dispute) -> DisputeView:
    claim = desk.site.records.claims.by_address[dispute.claim] if dispute.claim else None
    marks = tuple(desk.mark(citation) for citation in dispute.sources)
    return DisputeView(desk.local(dispute.note), claim_link(desk, claim) if claim else None, marks)
