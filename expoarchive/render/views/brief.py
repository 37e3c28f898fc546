"""An edition in brief: one sentence, its main figures beside their neighbours, who came, what was signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from markupsafe import Markup

from expoarchive.records import Claim
from expoarchive.records.claim import Key
from expoarchive.records.statement import Appearance, Deal, Figure, Participation
from expoarchive.records.vocabulary import Rank
from expoarchive.render.desk import Desk
from expoarchive.render.format import day, span
from expoarchive.render.marks import marked
from expoarchive.render.prose import label_view
from expoarchive.render.values import ClaimGroup, Link
from expoarchive.render.views.editions import cell
from expoarchive.render.words import (
    dispute_word,
    edition_name,
    figure_text,
    for_reader,
    label,
    sentence_text,
    term_link,
    value_text,
    venue_name,
)
from expoarchive.site.graph import Column

# A sentence in pieces: words, and links to what they stand for.
Pieces = tuple[Link | str, ...]

# Results that a sentence names, the firmest first: where something was signed, nobody asks what was planned.
_RESULT_STAGES = ("signed", "planned", "offered")
# The group of measures that tell who came; those of reach also count whom the organisers went to see beforehand.
_CROWD_GROUP = "people"
_RANKS = get_args(Rank)
_MOST_OPENERS, _MOST_CROWDS = 2, 2
_MOST_FIGURES, _MOST_ROLES, _MOST_NAMES, _MOST_RESULTS = 4, 8, 10, 6


@dataclass(frozen=True, slots=True)
class BriefFigure:
    """A figure of the whole edition, with those of the nearest editions that have one too."""

    label: Markup
    group: ClaimGroup
    neighbours: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NameList:
    """People or places under one label. ``more`` are left out here; ``href`` leads to all."""

    label: str
    names: tuple[Link, ...]
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What most readers come for. Anything may be empty."""

    opening: Pieces
    figures: tuple[BriefFigure, ...]
    cast: tuple[NameList, ...]
    outcomes: tuple[Link, ...]
    deals: tuple[Link, ...]
    more_deals: int


def brief(desk: Desk, year: int, groups: Mapping[Key, ClaimGroup]) -> Brief:
    """The edition in brief, from its claims alone; ``groups`` are its claims as its page shows them."""
    claims = desk.site.records.claims.of_record(str(year))
    figures = _figures(desk, year, groups)
    deals = [claim for claim in claims if isinstance(claim.statement, Deal)]
    return Brief(
        opening=_opening(desk, year, claims),
        figures=figures,
        cast=_cast(desk, claims),
        outcomes=_outcomes(desk, year, {figure.group.first.anchor for figure in figures}),
        deals=tuple(_anchored(desk, claim, *value_text(desk, claim)) for claim in deals[:_MOST_RESULTS]),
        more_deals=max(0, len(deals) - _MOST_RESULTS),
    )


# --- the sentence ---


def _opening(desk: Desk, year: int, claims: Sequence[Claim]) -> Pieces:
    """When and where it was held, who opened it, who came, what was signed: as much as is known; else nothing."""
    parts = (_held(desk, year), _opened_by(desk, claims), _crowd(desk, year), _results(desk, year))
    clauses = [clause for clause in parts if clause]
    if not clauses:
        return ()
    last = "edition.brief.last" if len(clauses) > 2 else "edition.brief.both"
    joined = _joined(desk, clauses, "edition.brief.then", last)
    return said(desk, "edition.brief.sentence", edition=(edition_name(desk, year),), clauses=joined)


def _held(desk: Desk, year: int) -> Pieces:
    edition = desk.site.records.editions[year]
    stage, opened, closed = edition.days()
    venue = next((claim.venue for claim in edition.venues if claim.role == "main" and not claim.stage), None)
    at: Pieces = ()
    if venue is not None:
        name = venue_name(desk, desk.site.records.vocabularies.venues[venue], year)
        at = said(desk, "edition.brief.at", venue=(Link(name, desk.href("venue", venue)),))
    if opened and closed and opened != closed:
        key, dates = "held", span(opened.date, closed.date, desk.language)
    elif opened or closed:
        date = (opened or closed).date  # type: ignore[union-attr]
        exact = "on" if date.day is not None else "in"
        key, dates = f"{'opened' if opened else 'closed'}_{exact}", day(date, desk.language)
    elif venue is not None:
        key, dates = "held_at", ""
    else:
        return ()
    return said(desk, f"edition.brief.{key if stage is None else 'announced'}", dates=(dates,), at=at)


def _opened_by(desk: Desk, claims: Iterable[Claim]) -> Pieces:
    openers = [
        claim.statement
        for claim in claims
        if isinstance(claim.statement, Appearance)
        and claim.statement.role == "opener"
        and claim.statement.occasion in (None, "opening")
        and claim.statement.stage is None
    ]
    highest = min((_standing(person) for person in openers), default=0)
    names = [_officer(desk, person) for person in openers if _standing(person) == highest]
    return said(desk, "edition.brief.opened_by", people=_and(desk, names[:_MOST_OPENERS])) if names else ()


def _standing(person: Appearance) -> int:
    return _RANKS.index(person.rank) if person.rank else len(_RANKS)


def _officer(desk: Desk, person: Appearance) -> Pieces:
    link = term_link(desk, "person", person.person)
    if person.office is None:
        return (link,)
    return said(desk, "edition.brief.officer", name=(link,), office=(desk.local(person.office),))


def _crowd(desk: Desk, year: int) -> Pieces:
    measures = desk.site.records.vocabularies.measures
    counted = [
        claim
        for claim in _whole_figures(desk, year, _CROWD_GROUP)
        if measures[claim.measure].counted and _is_final(claim)
    ]
    texts = [_in_sentence(desk, claim) for claim in counted[:_MOST_CROWDS]]
    return said(desk, "edition.brief.had", items=_and(desk, texts)) if texts else ()


def _is_final(claim: Claim) -> bool:
    """Whether the claim is a number as it turned out."""
    figure = claim.statement
    return isinstance(figure, Figure) and figure.stage is None and figure.value is not None


def _whole_figures(desk: Desk, year: int, group: str) -> list[Claim]:
    """The figures of the whole edition in a group of measures: of several accounts, the one that readers see first."""
    measures = desk.site.records.vocabularies.measures
    return [
        for_reader(desk, claims)[0]
        for key, claims in desk.site.records.claims.grouped(str(year), "figure").items()
        if not key.part and measures[key.measure].group == group
    ]


def _results(desk: Desk, year: int) -> Pieces:
    records = desk.site.records
    for stage in _RESULT_STAGES:
        cells = [
            cell(records, year, column)
            for column in desk.site.columns
            if column[1] == stage and records.vocabularies.measures[column[0]].group == "results"
        ]
        texts = [_in_sentence(desk, claim) for claim in cells if claim]
        if texts:
            return said(desk, f"edition.brief.{stage}", items=_and(desk, texts))
    return ()


def _in_sentence(desk: Desk, claim: Claim) -> Pieces:
    """A figure as a link to its evidence, saying so where the archive worked it out."""
    link = _anchored(desk, claim, *sentence_text(desk, claim))
    return said(desk, "edition.brief.derived", value=(link,)) if claim.statement.derived else (link,)


def _anchored(desk: Desk, claim: Claim, text: str, lang: str | None = None) -> Link:
    return Link(text, f"#{claim.anchor}", lang, dispute=dispute_word(desk, claim))


def plain(pieces: Iterable[Link | str]) -> str:
    """The sentence without its links."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def said(desk: Desk, key: str, **values: Pieces) -> Pieces:
    """A string with pieces in its braces."""
    # In place of each name its number, which is no word of any language.
    filled = desk.strings(key, **{name: f"\0{at}\0" for at, name in enumerate(values)})
    given = list(values.values())
    if desk.marks and key in desk.strings.foreign:
        given = [tuple(_own(piece, desk.strings.tag) for piece in value) for value in given]
    pieces: list[Link | str] = []
    for at, part in enumerate(filled.split("\0")):
        pieces += given[int(part)] if at % 2 else (part,)
    begin, end = desk.strings.frame(key, plain(pieces))
    return tuple(piece for piece in (begin, *pieces, end) if piece)


def _own(piece: Link | str, tag: str) -> Link | str:
    """A piece in the page's language, within a sentence of another."""
    if isinstance(piece, str):
        return marked(piece, tag)
    return piece if piece.lang else replace(piece, text=marked(piece.text, tag))


def _and(desk: Desk, items: Sequence[Pieces]) -> Pieces:
    return _joined(desk, items, "list.separator", "list.last")


def _joined(desk: Desk, items: Sequence[Pieces], between: str, last: str) -> Pieces:
    pieces: list[Link | str] = []
    for at, item in enumerate(items):
        if at:
            pieces.append(desk.strings(last if at == len(items) - 1 else between))
        pieces += item
    return tuple(pieces)


# --- figures, people, results ---


def _figures(desk: Desk, year: int, groups: Mapping[Key, ClaimGroup]) -> tuple[BriefFigure, ...]:
    """One a measure, at its firmest stage."""
    records = desk.site.records
    firmest: dict[str, tuple[Column, Claim]] = {}
    for column in desk.site.columns:
        claim = cell(records, year, column)
        if claim is not None:
            firmest.setdefault(column[0], (column, claim))
    shown = [(column, groups[claim.key]) for column, claim in list(firmest.values())[:_MOST_FIGURES]]
    return tuple(
        BriefFigure(label_view(desk, group.label), group, tuple(_neighbours(desk, year, column)))
        for column, group in shown
    )


def _neighbours(desk: Desk, year: int, column: Column) -> Iterator[Link]:
    """The same figure of the nearest edition before and the nearest one after, where they have it."""
    years = list(desk.site.records.editions)
    at = years.index(year)
    for others in (reversed(years[:at]), years[at + 1 :]):
        claims = (cell(desk.site.records, other, column) for other in others)
        claim = next((claim for claim in claims if claim is not None), None)
        if claim is not None:
            text = desk.strings("edition.brief.neighbour", year=claim.record, value=figure_text(desk, claim))
            yield Link(text, desk.claim_href(claim), dispute=dispute_word(desk, claim))


def _cast(desk: Desk, claims: Iterable[Claim]) -> tuple[NameList, ...]:
    """People, places, companies and bodies under what they did, each once; the first roles of the record."""
    lists: dict[str, tuple[str, dict[tuple[str, str], Link]]] = {}
    for claim in claims:
        for part, sort, term_id in _names(claim):
            _, names = lists.setdefault(label(desk, claim), (part, {}))
            names.setdefault((sort, term_id), term_link(desk, sort, term_id))
    return tuple(
        NameList(title, tuple(names.values())[:_MOST_NAMES], max(0, len(names) - _MOST_NAMES), f"#{part}")
        for title, (part, names) in list(lists.items())[:_MOST_ROLES]
    )


def _names(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """(part of the record, sort, id) of everybody whom a claim has take part."""
    match claim.statement:
        case Appearance(person=person):
            yield "people", "person", person
        case Participation(places=places, companies=companies, bodies=bodies):
            for sort, ids in (("place", places), ("company", companies), ("body", bodies)):
                yield from (("participants", sort, term_id) for term_id in ids)


def _outcomes(desk: Desk, year: int, told: set[str]) -> tuple[Link, ...]:
    """Further results of the whole edition: what was planned, what was carried out."""
    results = [claim for claim in _whole_figures(desk, year, "results") if claim.anchor not in told]
    return tuple(
        _anchored(desk, claim, desk.strings("claim.short", label=label(desk, claim), value=figure_text(desk, claim)))
        for claim in results[:_MOST_RESULTS]
    )
