"""Claims as pages show them."""

from collections.abc import Sequence
from decimal import Decimal

from expoarchive.records import Claim, in_conflict
from expoarchive.records.statement import Appearance, Deal, Dispute, Figure, IndustryNaming, Ordinal, Statement
from expoarchive.render.cite import DATE
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.formula import formula_text
from expoarchive.render.values import ClaimGroup, ClaimView, DerivationView, DisputeView, Link, SourceMark
from expoarchive.render.words import (
    as_of_text,
    dispute_word,
    edition_headline,
    figure_text,
    for_reader,
    label,
    limited_label,
    part_name,
    stage_name,
    term_link,
    value_text,
)
from expoarchive.site.taxonomy import terms_named


def claim_view(desk: Desk, claim: Claim) -> ClaimView:
    """One claim with everything that belongs to it."""
    statement = claim.statement
    text, lang = value_text(desk, claim)
    break_before = statement.break_before if isinstance(statement, Figure) else None
    marks = tuple(desk.mark(citation) for citation in statement.sources)
    return ClaimView(
        anchor=claim.anchor,
        text=text,
        lang=lang,
        label=label(desk, claim),
        stage=stage_name(desk, claim),
        part=part_name(desk, claim),
        as_of=as_of_text(desk, claim),
        scope=desk.local(statement.scope) if statement.scope else None,
        outcome=_outcome(desk, statement),
        note=desk.local(statement.note) if statement.note else None,
        basis="derived" if statement.derived else "reported",
        weak=desk.weak(statement.sources),
        dispute=dispute_word(desk, claim),
        translated=_translated(desk, statement),
        derivation=_derivation(desk, claim),
        preferred=desk.local(statement.preferred) if statement.preferred else None,
        disputes=tuple(_dispute(desk, dispute) for dispute in statement.disputed_by),
        break_note=desk.local(break_before) if break_before else None,
        marks=marks,
        links=_links(desk, claim),
        href=desk.claim_href(claim),
        value=str(statement.value.low) if isinstance(statement, Figure) and statement.value is not None else "",
        subject=_subject(desk, statement),
        cite=_cite(desk, claim, text, marks),
    )


def _outcome(desk: Desk, statement: Statement) -> Link | None:
    """The claim that tells what became of a deal, by its words."""
    if not isinstance(statement, Deal) or statement.outcome is None:
        return None
    return value_link(desk, desk.site.records.claims.by_address[statement.outcome])


def _subject(desk: Desk, statement: Statement) -> str | None:
    match statement:
        case Appearance(person=person):
            return desk.href("person", person)
        case IndustryNaming(industry=industry):
            return desk.href("industry", industry)
    return None


def _cite(desk: Desk, claim: Claim, text: str, marks: Sequence[SourceMark]) -> tuple[str, str, str]:
    """A citation that names the sources the claim rests on, in three: the title to cite it by in the middle."""
    config, t = desk.site.config, desk.strings
    about = limited_label(desk, claim, stage_name(desk, claim), part_name(desk, claim))
    record = edition_headline(desk, claim.year) if claim.year is not None else desk.local(config.expo)
    title = t("cite.value", label=about, value=text, record=record[:1].upper() + record[1:])
    citation = t("cite.plain", title=title, site=desk.local(config.title), url=desk.claim_url(claim), date=DATE)
    if marks:
        sources = desk.listed(dict.fromkeys(mark.name.whole for mark in marks))
        citation = t("cite.after", citation=citation, sources=sources)
    return citation.partition(title)


def group_view(desk: Desk, claims: Sequence[Claim], title: str | None = None) -> ClaimGroup:
    """Claims of one key together, in the order of ``for_reader``."""
    return ClaimGroup(
        label=title or label(desk, claims[0]),
        claims=tuple(claim_view(desk, claim) for claim in for_reader(desk, claims)),
        conflicting=in_conflict(claims),
    )


def claim_link(desk: Desk, claim: Claim, *, under_its_record: bool = False) -> Link:
    """A claim named elsewhere: its record, unless it stands under its record's heading, its label and its value."""
    text, lang = value_text(desk, claim)
    about = limited_label(desk, claim, stage_name(desk, claim), part_name(desk, claim))
    if under_its_record:
        name = desk.strings("claim.short", label=about, value=text)
    else:
        record = claim.record if claim.year is not None else desk.strings("claim.expo")
        name = desk.strings("claim.named", record=record, label=about, value=text)
    return Link(name, desk.claim_href(claim), lang, dispute=dispute_word(desk, claim))


def value_link(desk: Desk, claim: Claim) -> Link:
    """A claim by its value alone, where the place says what it is about."""
    text, lang = value_text(desk, claim)
    return Link(text, desk.claim_href(claim), lang, dispute=dispute_word(desk, claim))


def _translated(desk: Desk, statement: Statement) -> str | None:
    languages = getattr(statement, "translated", ())
    return desk.strings("claim.translated") if desk.language.id in languages else None


def _derivation(desk: Desk, claim: Claim) -> DerivationView | None:
    derived = claim.statement.derived
    if derived is None:
        return None
    claims = desk.site.records.claims.by_address
    inputs = tuple(claim_link(desk, claims[address]) for address in derived.inputs.values())
    formula = None
    if derived.formula:
        given = {name: claims[address] for name, address in derived.inputs.items()}
        texts = {name: _operand(desk, premise) for name, premise in given.items()}
        units = desk.site.records.vocabularies.unit_of
        percents = [name for name, one in given.items() if one.measure and units(one.measure).base == "percent"]
        formula = formula_text(derived.formula, texts, percents, _operand(desk, claim))
    return DerivationView(formula, inputs, desk.local(derived.reading) if derived.reading else None)


def _operand(desk: Desk, claim: Claim) -> str:
    """A claim's value in a formula: without its qualifier and, for the number of an edition, the number alone."""
    match claim.statement:
        case Figure():
            return figure_text(desk, claim, bare=True)
        case Ordinal(value=value):
            return number(Decimal(value), desk.language)
    return value_text(desk, claim)[0]


def _links(desk: Desk, claim: Claim) -> tuple[Link, ...]:
    """The pages of the terms that the claim names, each once."""
    terms = [(sort, str(ref)) for ref in claim.references for sort, _ in terms_named(desk.site.records, ref)]
    return tuple(term_link(desk, *term) for term in dict.fromkeys(terms))


def _dispute(desk: Desk, dispute: Dispute) -> DisputeView:
    claim = desk.site.records.claims.by_address[dispute.claim] if dispute.claim else None
    marks = tuple(desk.mark(citation) for citation in dispute.sources)
    return DisputeView(desk.local(dispute.note), claim_link(desk, claim) if claim else None, marks)
