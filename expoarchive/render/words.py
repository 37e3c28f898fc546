"""What records say, in the page's language: a claim's label, value, stage and part, the names of its subject."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from expoarchive.nodes.fields import Quantity
from expoarchive.problem.pattern import fill
from expoarchive.records import EXPO, Claim
from expoarchive.records.statement import (
    Appearance,
    DateClaim,
    Deal,
    Figure,
    IndustryNaming,
    NamedPart,
    Ordinal,
    Participation,
    Positioning,
    Remark,
    SideEvent,
    VenueClaim,
    Wording,
)
from expoarchive.records.vocabulary import Venue
from expoarchive.render.desk import Desk
from expoarchive.render.format import brief, day, number, qualified
from expoarchive.render.values import Link
from expoarchive.site.graph import Column

# The rank of a wording that the page's language does not have at all.
_ABSENT = 2


def label(desk: Desk, claim: Claim) -> str:
    """What the claim is about: the measure's name, the role, or the name of the field."""
    vocabularies = desk.site.records.vocabularies
    match claim.statement:
        case Figure(stage=stage):
            name = desk.local(vocabularies.measures[claim.measure].name)
            return staged(desk, name, stage, claim.measure) if stage else name
        case Participation(role=role):
            return desk.local(vocabularies.terms("role")[role].name)
        case Appearance(role=role):
            return desk.strings(f"appearance.{role}")
        case VenueClaim(role="sub"):
            return desk.strings("field.venue_sub")
    return desk.strings(f"field.{claim.field}")


def value_text(desk: Desk, claim: Claim) -> tuple[str, str | None]:
    """The claim's value in words, and its language where that is not the page's."""
    vocabularies = desk.site.records.vocabularies
    match claim.statement:
        case Figure():
            return figure_text(desk, claim), None
        case Ordinal(value=value):
            return desk.strings.ordinal(value), None
        case DateClaim(date=date):
            return day(date, desk.language), None
        case Wording(text=text) | Positioning(text=text):
            return desk.words(text)
        case VenueClaim(venue=venue):
            return venue_name(desk, vocabularies.venues[venue], int(claim.record)), None
        case Participation() as group:
            return _participants(desk, group), None
        case Appearance() as person:
            return appearance_text(desk, person), None
        case Deal() as deal:
            return _deal_text(desk, deal), None
        case IndustryNaming(industry=industry):
            return term_name(desk, "industry", industry), None
        case NamedPart(name=name, what=what):
            words, lang = desk.words(name)
            return (desk.strings("claim.with_what", name=words, what=desk.local(what)), None) if what else (words, lang)
        case SideEvent(event=event, name=name):
            return desk.words(name) if name else (desk.local(vocabularies.terms("event")[event].name), None)
        case Remark(what=what):
            return desk.local(what), None
    raise TypeError(type(claim.statement))


def _participants(desk: Desk, group: Participation) -> str:
    named = [("place", group.places), ("body", group.bodies), ("company", group.companies)]
    return desk.listed(term_name(desk, sort, name) for sort, names in named for name in names)


def _deal_text(desk: Desk, deal: Deal) -> str:
    what = desk.local(deal.what)
    if deal.value is None or deal.measure is None:
        return what
    return desk.strings("claim.with_value", what=what, value=amount_in(desk, deal.value, deal.measure, deal.qualifier))


def for_reader(desk: Desk, claims: Sequence[Claim]) -> list[Claim]:
    """Claims of one key: the preferred, then wordings of the page's language, the sources' own before ours."""

    def rank(claim: Claim) -> tuple[bool, int]:
        return claim.statement.preferred is None, _foreign(desk, claim)

    return sorted(claims, key=rank)


def best_wording(desk: Desk, groups: Iterable[Sequence[Claim]]) -> Claim | None:
    """Of wordings in several forms, the first that has the page's language; else the first at all."""
    firsts = [for_reader(desk, group)[0] for group in groups]
    return min(firsts, key=lambda claim: _foreign(desk, claim) == _ABSENT, default=None)


def _foreign(desk: Desk, claim: Claim) -> int:
    """How far a claim's words are from a source's words in the page's language; 0 for all that are no wording."""
    if not isinstance(claim.statement, Wording) or desk.language.id in claim.statement.own:
        return 0
    return 1 if desk.language.id in claim.statement.text else _ABSENT


def figure_text(desk: Desk, claim: Claim, *, bare: bool = False) -> str:
    """A figure's amount in its unit, with its qualifier unless ``bare``."""
    figure = claim.statement
    assert isinstance(figure, Figure)
    if figure.value is None:
        return desk.strings(f"missing.{figure.nothing}")
    return amount_in(desk, figure.value, claim.measure, "exact" if bare else figure.qualifier, counted=not bare)


def brief_figure(desk: Desk, claim: Claim) -> str:
    """A figure's amount for a place that names its unit, as short as it goes."""
    figure = claim.statement
    assert isinstance(figure, Figure)
    if figure.value is None:
        return desk.strings(f"missing.{figure.nothing}")
    return brief(figure.value, desk.site.records.vocabularies.unit_of(claim.measure), desk.language, figure.qualifier)


def amount_in(desk: Desk, value: Quantity, measure_id: str, qualifier: str = "exact", *, counted: bool = True) -> str:
    """An amount in the unit of its measure; ``counted``: with its counter, in languages that have one."""
    vocabularies = desk.site.records.vocabularies
    counter = vocabularies.measures[measure_id].counter.get(desk.language.id, "") if counted else ""
    return qualified(value, vocabularies.unit_of(measure_id), desk.language, qualifier, desk.strings.texts, counter)


def appearance_text(desk: Desk, person: Appearance) -> str:
    """A person's name and office, and how they took part if not in the room."""
    name = term_name(desk, "person", person.person)
    limits = [desk.local(person.office)] if person.office else []
    limits += [desk.strings(f"occasion.{person.occasion}")] if person.occasion else []
    limits += [desk.strings(f"appearance.by_{person.by}")] if person.by else []
    return (
        desk.strings("claim.limited", label=name, limits=desk.strings("list.semicolon").join(limits))
        if limits
        else name
    )


def term_name(desk: Desk, sort: str, term_id: str) -> str:
    """A term's name in the page's language."""
    return desk.local(desk.site.records.vocabularies.terms(sort)[term_id].name)


def sentence_text(desk: Desk, claim: Claim, *, bare: bool = False, in_words: bool = False) -> tuple[str, str | None]:
    """The claim's value as it stands in a sentence, and its language where that is not the page's.

    A figure comes with what it counts (145 projects), or ``bare``: without that and without its qualifier. A bare deal
    is its value alone. ``in_words`` is for a count that the records allow in words: seven projects.
    """
    deal = claim.statement
    if isinstance(deal, Deal) and bare and deal.value is not None and deal.measure is not None:
        return amount_in(desk, deal.value, deal.measure, deal.qualifier), None
    if not isinstance(claim.statement, Figure):
        return value_text(desk, claim)
    figure = claim.statement
    counted = desk.site.records.vocabularies.measures[claim.measure].counted
    if in_words:
        text = _in_words(desk, claim, bare=bare)
        return (text if bare or counted is None else fill(desk.local(counted), {"amount": text})), None
    if bare or counted is None or figure.value is None:
        return figure_text(desk, claim, bare=bare), None
    text = amount_in(desk, figure.value, claim.measure, figure.qualifier, counted=False)
    return fill(desk.local(counted), {"amount": text}), None


def _in_words(desk: Desk, claim: Claim, *, bare: bool) -> str:
    """A small count as a word, with its qualifier unless ``bare``, and with its counter if no noun brings it: 七家."""
    figure = claim.statement
    assert isinstance(figure, Figure)
    assert figure.value is not None
    word = desk.strings(f"numeral.{figure.value.low:f}")
    if bare:
        return word
    measure = desk.site.records.vocabularies.measures[claim.measure]
    if measure.counted is None:
        word += measure.counter.get(desk.language.id, "")
    hedged = figure.qualifier != "exact"
    return desk.strings(f"qualifier.{figure.qualifier}", amount=word) if hedged else word


def venue_name(desk: Desk, venue: Venue, year: int) -> str:
    """The venue's name in that year, where its names changed."""
    for name in venue.names:
        since = name.since.year if name.since else 0
        until = name.until.year if name.until else 9999
        if since <= year <= until and desk.language.id in name.text:
            return name.text[desk.language.id]
    return desk.local(venue.name)


def stage_name(desk: Desk, claim: Claim) -> str | None:
    """How firm the claim is, in words; None where its label says it, as that of a figure does."""
    stage = claim.statement.stage
    return None if stage is None or isinstance(claim.statement, Figure) else stage_word(desk, stage, claim.measure)


def staged(desk: Desk, name: str, stage: str, measure_id: str) -> str:
    """A measure with its stage: projects signed, 签约项目."""
    return desk.strings("claim.staged", measure=name, stage=stage_word(desk, stage, measure_id))


def column_title(desk: Desk, column: Column) -> str:
    """The column's measure and, where it has one, its stage."""
    measure, stage = column
    name = desk.local(desk.site.records.vocabularies.measures[measure].name)
    return staged(desk, name, stage, measure) if stage else name


def stage_word(desk: Desk, stage: str, measure_id: str) -> str:
    """A stage's name. What was planned to be signed is called otherwise than what was planned to be built or opened."""
    measure = desk.site.records.vocabularies.measures.get(measure_id)
    if stage == "planned" and (measure is None or measure.group != "results"):
        return desk.strings("stage.foreseen")
    return desk.strings(f"stage.{stage}")


def dispute_word(desk: Desk, claim: Claim) -> str | None:
    """That sources dispute the claim, in words; None where they do not."""
    dispute = desk.site.records.claims.dispute(claim.address)
    return desk.strings(f"claim.{dispute}") if dispute else None


def part_name(desk: Desk, claim: Claim) -> str | None:
    """The name of the part of the fair that the claim is about; None for the whole."""
    part_id = getattr(claim.statement, "part", None)
    if part_id is None:
        return None
    term = desk.site.records.vocabularies.part(part_id)
    return desk.local(term.name) if term else part_id


def as_of_text(desk: Desk, claim: Claim) -> str | None:
    """The moment that a figure holds for and how many editions it adds up, in words; None where it says neither."""
    figure = claim.statement
    if not isinstance(figure, Figure):
        return None
    texts, as_of = [], figure.as_of
    if figure.last is not None:
        texts.append(desk.strings("as_of.last", n=number(Decimal(figure.last), desk.language)))
    if as_of and as_of.date:
        texts.append(desk.strings("as_of.date", date=day(as_of.date, desk.language)))
    for when, year in (("before", as_of.before), ("after", as_of.after)) if as_of else ():
        if year is not None:
            texts.append(desk.strings(f"as_of.{when}", edition=edition_name(desk, year), year=str(year)))
    return desk.listed(texts) or None


def limited_label(desk: Desk, claim: Claim, *limits: str | None) -> str:
    """What the claim is about, with those of the limits that it has."""
    given = [limit for limit in limits if limit]
    about = label(desk, claim)
    return desk.strings("claim.limited", label=about, limits=desk.listed(given)) if given else about


def key_label(desk: Desk, claim: Claim) -> str:
    """What all claims of the claim's key are about: its label, and of which stage, part and moment."""
    return limited_label(desk, claim, stage_name(desk, claim), part_name(desk, claim), as_of_text(desk, claim))


def edition_name(desk: Desk, year: int) -> str:
    """Its ordinal, or its year where no ordinal is known."""
    edition = desk.site.records.editions.get(year)
    if edition and edition.ordinal:
        return desk.strings("edition.numbered", ordinal=desk.strings.ordinal(edition.ordinal[0].value))
    return desk.strings("edition.of_year", year=str(year))


def edition_headline(desk: Desk, year: int) -> str:
    """How a page calls the edition: its number and its year."""
    edition = desk.site.records.editions.get(year)
    if edition is None or not edition.ordinal:
        return edition_name(desk, year)
    return desk.strings("edition.headline", year=str(year), edition=edition_name(desk, year))


def record_name(desk: Desk, record: str) -> str:
    """How a page calls the subject of a record: an edition, or the fair as a whole."""
    return desk.strings("claim.expo") if record == EXPO else edition_headline(desk, int(record))


def year_link(desk: Desk, year: int) -> Link:
    """An edition's page by its year."""
    return Link(str(year), desk.href("edition", str(year)))


def recording_link(desk: Desk, recording_id: str) -> Link:
    """A recording by its title, with its sort and length, which tell what following a link to it means."""
    recording = desk.site.records.recordings[recording_id]
    title, lang = desk.words(recording.title)
    said = desk.strings(f"recording.said_{recording.sort}", length=recording.length)
    return Link(title, desk.href("recording", recording_id), lang, note=said)


def term_link(desk: Desk, sort: str, term_id: str) -> Link:
    """A term's page by its name."""
    return Link(term_name(desk, sort, term_id), desk.href(sort, term_id))
