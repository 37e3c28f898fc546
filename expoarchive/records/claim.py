"""Every claim of a record with its address, its key, and what it conflicts with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from expoarchive.cache.question import question
from expoarchive.nodes.fields import Ref
from expoarchive.nodes.names import counted
from expoarchive.nodes.references import references_in
from expoarchive.problem import Problem
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.statement import (
    DateClaim,
    Deal,
    Figure,
    Naming,
    Ordinal,
    Positioning,
    Statement,
    VenueClaim,
    Wording,
)

EXPO = "expo"
# What a reader asks of every edition, in the order in which it is shown: the fields, and the claims of each.
FACTS: Mapping[str, Callable[[Edition], Iterable[Statement]]] = {
    "ordinal": lambda edition: edition.ordinal,
    "name": lambda edition: edition.names,
    "theme": lambda edition: edition.themes,
    "opened": lambda edition: edition.held.opened,
    "closed": lambda edition: edition.held.closed,
    "venue": lambda edition: edition.venues,
}


# A measure, a stage and a part, the last two empty where a figure has none.
Series = tuple[str, str, str]


class Key(NamedTuple):
    """What a claim is about: claims of one record and key that differ are in conflict.

    ``field`` is one of ``FACTS``, or the singular of another part of a record: figure, appearance, deal, remark.
    ``name`` is the venue, the role, the person, the event, or the form of a name; ``id`` tells apart statements that
    have nothing else to tell them apart.
    """

    field: str
    measure: str = ""
    stage: str = ""
    part: str = ""
    as_of: str = ""
    last: str = ""
    name: str = ""
    id: str = ""

    @property
    def series(self) -> "Series":
        """Measure, stage and part, which the figures of one chart have in common."""
        return self.measure, self.stage, self.part


@dataclass(frozen=True)
class Claim:
    """A statement of one record. ``record`` is a year or ``expo``."""

    record: str
    anchor: str
    key: Key
    statement: Statement

    @property
    def field(self) -> str:
        """The part of the record that it stands in."""
        return self.key.field

    @property
    def measure(self) -> str:
        """The measure of a figure; empty for other claims."""
        return self.key.measure

    @property
    def year(self) -> int | None:
        """The year of the edition whose claim it is; None for one of the fair as a whole."""
        return None if self.record == EXPO else int(self.record)

    @property
    def address(self) -> str:
        """``2022#projects-signed``: its permanent name in articles and other records."""
        return f"{self.record}#{self.anchor}"

    @cached_property
    def references(self) -> tuple[Ref, ...]:
        """Everything that its statement names: terms, sources, other claims; in order."""
        return tuple(references_in(self.statement))

    @property
    def value(self) -> object:
        """The value whose comparison tells corroboration from conflict; None if there is nothing to compare."""
        match self.statement:
            case Figure(value=value, nothing=nothing):
                return value or nothing
            case DateClaim(date=date):
                return date
            case Ordinal(value=value) | Deal(value=value):
                return value
        return None


def slug(*parts: str | None) -> str:
    """The id that a measure, a stage and a part make together, as addresses and absences write it."""
    return "-".join(part.replace("_", "-") for part in parts if part)


def claims_of(record: str, data: Edition | ExpoRecord) -> Iterator[Claim]:
    """The claims of one record, in the order in which they are shown."""
    for key, usual, statement in _keyed(data):
        yield Claim(record, statement.id or usual, key, statement)


# The key of a statement, its anchor unless it has an id of its own, and the statement.
_Keyed = tuple[Key, str, Statement]


def _keyed(data: Edition | ExpoRecord) -> Iterator[_Keyed]:
    if isinstance(data, Edition):
        yield from _facts(data)
    for measure, figures in data.figures.items():
        yield from (_figure(measure, figure) for figure in figures)
    for person in data.appearances:
        key = Key("appearance", stage=person.stage or "", name=person.person, id=person.id or person.role)
        yield key, slug(person.role, key.name, key.stage), person
    for group in data.participants:
        key = Key("participant", stage=group.stage or "", name=group.role, id=group.id or "")
        yield key, slug(key.name, key.stage), group
    if isinstance(data, Edition):
        yield from _programme(data)
    yield from _named("positioning", data.positioning)
    yield from _named("remark", data.remarks)


def _facts(edition: Edition) -> Iterator[_Keyed]:
    for field, claims in FACTS.items():
        yield from (_fact(field, statement) for statement in claims(edition))


def _programme(edition: Edition) -> Iterator[_Keyed]:
    """What was new, agreed, shown and held at an edition."""
    yield from _named("first", edition.firsts)
    yield from _named("deal", edition.deals)
    for industry in edition.industries:
        key = Key("industry", stage=industry.stage or "", name=industry.industry, id=industry.id or "")
        yield key, slug("industry", key.name, key.stage), industry
    yield from _named("pavilion", edition.pavilions)
    yield from _named("activity", edition.activities)
    for event in edition.events:
        yield Key("event", stage=event.stage or "", name=event.event), slug("event", event.event), event


def _named(field: str, statements: Iterable[Naming | Positioning]) -> Iterator[_Keyed]:
    """Claims that have nothing but their ids to tell them apart."""
    return ((Key(field, id=statement.id), statement.id, statement) for statement in statements)


def _figure(measure: str, figure: Figure) -> _Keyed:
    as_of = figure.as_of.slug if figure.as_of else ""
    last = f"last-{figure.last}" if figure.last is not None else ""
    key = Key("figure", str(measure), figure.stage or "", figure.part or "", as_of, last)
    return key, slug(key.measure, key.stage, key.part, key.as_of, key.last), figure


def _fact(field: str, statement: Statement) -> _Keyed:
    """What tells claims of one fact apart is said by the form of the statement."""
    match statement:
        case Wording(form=form):
            return Key(field, name=form), slug(field, "" if form == "usual" else form), statement
        case DateClaim(stage=stage, part=part):
            return Key(field, stage=stage or "", part=part or ""), slug(field, stage, part), statement
        case VenueClaim(venue=venue):
            return Key(field, name=venue), slug(field, venue), statement
    return Key(field), field, statement


@dataclass(frozen=True)
class RecordClaims:
    """The claims of one record, in order."""

    claims: tuple[Claim, ...] = ()

    @cached_property
    def groups(self) -> dict[Key, list[Claim]]:
        """The claims by key, with the preferred one of each key first."""
        groups: dict[Key, list[Claim]] = {}
        for claim in self.claims:
            groups.setdefault(claim.key, []).append(claim)
        for group in groups.values():
            group.sort(key=lambda claim: claim.statement.preferred is None)
        return groups

    @cached_property
    def by_field(self) -> dict[str, dict[Key, list[Claim]]]:
        """The groups of each field."""
        fields: dict[str, dict[Key, list[Claim]]] = {}
        for key, group in self.groups.items():
            fields.setdefault(key.field, {})[key] = group
        return fields

    @cached_property
    def figures(self) -> dict[Series, Claim]:
        """The claim by which a figure goes at each stage and for each part: of several counts, the latest."""
        figures: dict[Series, Claim] = {}
        for key, group in self.by_field.get("figure", {}).items():
            known = figures.get(key.series)
            # The final count has no date and ranks above any dated one.
            if known is None or (key.as_of or "~") > (known.key.as_of or "~"):
                figures[key.series] = group[0]
        return figures


@dataclass(frozen=True)
class Claims:
    """All claims of the archive by address, in order."""

    by_address: Mapping[str, Claim]

    @cached_property
    def _by_record(self) -> dict[str, RecordClaims]:
        by_record: dict[str, list[Claim]] = {}
        for claim in self.by_address.values():
            by_record.setdefault(claim.record, []).append(claim)
        return {record: RecordClaims(tuple(claims)) for record, claims in by_record.items()}

    @cached_property
    @question
    def recorded(self) -> tuple[str, ...]:
        """The records that have claims: the fair as a whole, then editions, the newest first."""
        return tuple(reversed(self._by_record))

    @question
    def of(self, record: str, /) -> RecordClaims:
        """The claims of one record; none if there is no such record."""
        return self._by_record.get(record, RecordClaims())

    def of_record(self, record: str) -> list[Claim]:
        """The claims of one record, in order."""
        return list(self.of(record).claims)

    def grouped(self, record: str, field: str | None = None) -> dict[Key, list[Claim]]:
        """The claims of a record, or of one of its fields, by key; the preferred one of each key comes first."""
        claims = self.of(record)
        return claims.groups if field is None else claims.by_field.get(field, {})

    def figures(self, record: str) -> dict[Series, Claim]:
        """The claim by which a record's figure goes at each stage and for each part."""
        return self.of(record).figures

    def group_of(self, claim: Claim) -> list[Claim]:
        """All claims with the record and key of this one, which is among them."""
        return self.of(claim.record).groups[claim.key]

    @question
    def conflicting(self) -> list[list[Claim]]:
        """The groups that are in conflict, in order."""
        return [group for record in self._by_record.values() for group in record.groups.values() if in_conflict(group)]

    @cached_property
    def _disputes(self) -> dict[str, str]:
        groups = self.conflicting()
        return {claim.address: "conflict" if len(group) > 1 else "disputed" for group in groups for claim in group}

    @question
    def dispute(self, address: str, /) -> str:
        """``conflict`` for a claim that others of its key contradict, ``disputed`` for a lone one, or ""."""
        return self._disputes.get(address, "")


def in_conflict(group: Iterable[Claim]) -> bool:
    """Whether claims of one key differ in value, or something speaks against one of them.

    Wordings are compared in each language that both have from their sources; our own translations do not count.
    """
    claims = list(group)
    values = {claim.value for claim in claims if claim.value is not None}
    if len(values) > 1 or any(claim.statement.disputed_by for claim in claims):
        return True
    wordings = [claim.statement.own for claim in claims if isinstance(claim.statement, Wording)]
    return any(
        one[language] != other[language]
        for one in wordings
        for other in wordings
        for language in one
        if language in other
    )


def index_claims(editions: Mapping[int, Edition], expo: ExpoRecord) -> tuple[Claims, list[Problem]]:
    """All claims by address. Reports ``anchor-twice`` where two claims of a record would share an anchor."""
    problems: list[Problem] = []
    by_address: dict[str, Claim] = {}
    records: list[tuple[str, Edition | ExpoRecord]] = [(str(year), edition) for year, edition in editions.items()]
    for record, data in [*records, (EXPO, expo)]:
        for claim in claims_of(record, data):
            if claim.address in by_address:
                first = by_address[claim.address].statement.found_at
                own = next(name for name in counted(claim.anchor) if f"{record}#{name}" not in by_address)
                details = {"anchor": claim.anchor, "line": str(first.line), "own": own}
                problems.append(Problem("anchor-twice", claim.statement.found_at, details))
            else:
                by_address[claim.address] = claim
    return Claims(by_address), problems
