"""``content/published.yaml``: what the archive has published, which readers may have cited.

`build.py release` writes it and nobody else: each release, each permalink, and each claim with what it said when it
was first published. From then on a claim changes only with an entry in ``corrections.yaml``, from which the way to
what it says now can be followed step by step.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from expoarchive.nodes.node import Mapping as MappingNode
from expoarchive.nodes.node import Node, Scalar
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.claim import Claim, Claims
from expoarchive.records.correction import Correction
from expoarchive.records.statement import DateClaim, Figure, Ordinal, Participation, Remark, SideEvent, VenueClaim
from expoarchive.records.statement import Wording as WordingClaim

LEDGER = "content/published.yaml"
_PARTS = ("releases", "permalinks", "claims")
Entries = Mapping[str, tuple[str, Place]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Each part by key: a release's date, a permalink's first release, a claim's first words; with its place."""

    releases: Entries = field(default_factory=dict)
    permalinks: Entries = field(default_factory=dict)
    claims: Entries = field(default_factory=dict)


def read_ledger(node: Node | None) -> tuple[Ledger, list[Problem]]:
    """Reports ``ledger-broken`` where the file is not as it was written."""
    if node is None:
        return Ledger(), []
    if not isinstance(node, MappingNode):
        return Ledger(), [Problem("ledger-broken", node.place)]
    problems: list[Problem] = []
    parts: dict[str, dict[str, tuple[str, Place]]] = {name: {} for name in _PARTS}
    for key, part in node.entries:
        if key.text not in _PARTS or not isinstance(part, MappingNode):
            problems.append(Problem("ledger-broken", key.place))
            continue
        for name, value in part.entries:
            if isinstance(value, Scalar) and value.text is not None:
                parts[key.text][name.text or ""] = (value.text, name.place)
            else:
                problems.append(Problem("ledger-broken", name.place))
    return Ledger(**parts), problems


def said(claim: Claim) -> str:
    """What a claim says, in one line that no translation and no change of notes alters."""
    match claim.statement:
        case Figure(value=value, nothing=nothing, qualifier=qualifier):
            if value is None:
                return str(nothing)
            number = _number(value.low) if value.low == value.high else f"{_number(value.low)}..{_number(value.high)}"
            return number if qualifier == "exact" else f"{qualifier} {number}"
        case Ordinal(value=ordinal):
            return str(ordinal)
        case DateClaim(date=date):
            return str(date)
        case WordingClaim() as wording:
            return " / ".join((wording.own or wording.text).values())
        case VenueClaim(venue=venue):
            return str(venue)
        case Participation(places=places, bodies=bodies):
            return " ".join(map(str, (*places, *bodies)))
        case SideEvent(event=event, round=number):
            return f"{event} {number}" if number is not None else str(event)
        case Remark(what=what):
            return next(iter(what.values()))
    raise TypeError(type(claim.statement))


def _number(value: Decimal) -> str:
    return str(value)


def check_ledger(ledger: Ledger, claims: Claims, corrections: Mapping[str, Correction]) -> list[Problem]:
    """Reports ``published-claim-gone``, ``published-claim-changed``, ``correction-broken`` and ``correction-unknown``.

    The corrections of a claim, in order of date, must lead from what was published to what it says now.
    """
    problems: list[Problem] = []
    by_claim: dict[str, list[Correction]] = {}
    for correction in sorted(corrections.values(), key=lambda one: one.date.earliest):
        by_claim.setdefault(correction.claim, []).append(correction)
        if correction.claim not in ledger.claims and correction.claim not in claims.by_address:
            near = nearest(correction.claim, [*claims.by_address, *ledger.claims])
            problems.append(Problem("correction-unknown", correction.found_at, {"name": correction.claim}, near))
    for address in dict.fromkeys([*ledger.claims, *by_claim]):
        claim = claims.by_address.get(address)
        if claim is None and address not in ledger.claims:
            continue
        problems += _followed(address, ledger.claims.get(address), claim, by_claim.get(address, []))
    return problems


def _followed(
    address: str, published: tuple[str, Place] | None, claim: Claim | None, steps: Iterable[Correction]
) -> list[Problem]:
    before = published[0] if published else None
    last = None
    for step in steps:
        if before is not None and step.was != before:
            return [Problem("correction-broken", step.found_at, {"name": address, "was": step.was, "before": before})]
        before, last = step.now, step
    now = said(claim) if claim else None
    if now == before or (published is None and last is None):
        return []
    if claim is None:
        place = last.found_at if last else published[1] if published else Place(LEDGER)
        return [Problem("published-claim-gone", place, {"name": address, "was": before or ""})]
    details = {"name": address, "was": before or "—", "now": now or ""}
    return [Problem("published-claim-changed", claim.statement.found_at, details)]
