"""What the archive has published, which readers may have cited, and what it has corrected since.

Only `build.py release` writes ``content/published.yaml``: each release, each permalink, and each claim with what it
said when it was first published. From then on a claim changes only with an entry in ``content/corrections.yaml``, so
that every change to what it says now can be followed step by step.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator

from expoarchive.nodes.fields import LONGEST_ID, LocalText, Many, PartialDate, Quantity, SourceWords, Text, must
from expoarchive.nodes.model import Model, PlacedStr
from expoarchive.nodes.names import counted
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.claim import Claim, Claims
from expoarchive.records.statement import (
    Appearance,
    Citation,
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

LEDGER = "content/published.yaml"
LONGEST_RELEASE = 80


def is_release(name: str) -> bool:
    """Whether a release can have this name: a short line of visible text, without space at its ends."""
    return 0 < len(name) <= LONGEST_RELEASE and name.isprintable() and name == name.strip()


# A key as it was read, with its place.
_Key = Annotated[PlacedStr, PlainValidator(lambda key: key)]


class Ledger(Model):
    """The whole of ``content/published.yaml``."""

    releases: dict[Annotated[_Key, must(is_release, "not-a-release")], PartialDate] = Field(
        default_factory=dict, description="The day of each release."
    )
    permalinks: dict[_Key, Text] = Field(
        default_factory=dict, description="The release that published each page first."
    )
    claims: dict[_Key, Text] = Field(
        default_factory=dict, description="What each claim said when it was published first."
    )


class Correction(Model):
    """One changed claim. Its id is its key in the file."""

    date: PartialDate = Field(description="When the archive changed it.")
    claim: Text = Field(description="The claim's address, as RECORD#ANCHOR; it may be gone.")
    was: Text = Field(description="What it said, as content/published.yaml has it.")
    was_in: SourceWords = Field(
        default_factory=dict, description="The same in other languages, for readers; the ledger has one alone."
    )
    now: Text | None = Field(None, description="What it says since; left out where the claim was withdrawn.")
    why: LocalText
    sources: Many[Citation] = Field((), description="What showed that it was wrong.")


def brief(claim: Claim) -> str:
    """What a claim says, in one line that no translation and no change of notes alters."""
    match claim.statement:
        case Figure(value=value, nothing=nothing, qualifier=qualifier):
            return str(nothing) if value is None else _amount(value, qualifier)
        case Ordinal(value=said) | DateClaim(date=said) | VenueClaim(venue=said) | IndustryNaming(industry=said):
            return str(said)
        case Wording() as wording:
            return " / ".join((wording.own or wording.text).values())
        case Participation(places=places, bodies=bodies, companies=companies):
            return " ".join(map(str, (*places, *bodies, *companies)))
        case Appearance(person=person, role=role):
            return f"{role} {person}"
        case Deal(what=words, value=value, qualifier=qualifier):
            what = next(iter(words.values()))
            return what if value is None else f"{what} / {_amount(value, qualifier)}"
        case NamedPart(name=words) | Positioning(text=words) | Remark(what=words):
            return next(iter(words.values()))
        case SideEvent(event=event, round=number):
            return f"{event} {number}" if number is not None else str(event)
    raise TypeError(type(claim.statement))


def _amount(value: Quantity, qualifier: str) -> str:
    number = str(value.low) if value.low == value.high else f"{value.low}..{value.high}"
    return number if qualifier == "exact" else f"{qualifier} {number}"


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def check_ledger(
    ledger: Ledger, claims: Claims, corrections: Mapping[str, Correction], languages: Sequence[str]
) -> list[Problem]:
    """Report ``published-claim-gone``, ``published-claim-changed``, ``published-claim-shifted`` (by noughts alone),
    ``correction-broken`` and ``correction-unknown``.

    The corrections of a claim, in order of date, must lead from what was published to what it says now. An entry that
    is to be written has its reason in these ``languages``.
    """
    problems: list[Problem] = []
    published = {str(address): (words, address.place) for address, words in ledger.claims.items()}
    by_claim: dict[str, list[Correction]] = {}
    for correction in sorted(corrections.values(), key=lambda one: one.date.earliest):
        by_claim.setdefault(correction.claim, []).append(correction)
        if correction.claim not in published and correction.claim not in claims.by_address:
            near = nearest(correction.claim, [*claims.by_address, *published])
            problems.append(Problem("correction-unknown", correction.found_at, {"name": correction.claim}, near))
    due = _Due(languages, corrections)
    for address in dict.fromkeys([*published, *by_claim]):
        claim = claims.by_address.get(address)
        if claim is None and address not in published:
            continue
        problems += _history(address, published.get(address), claim, by_claim.get(address, []), due)
    return problems


class _Due:
    """Writes what an entry of corrections has to hold, as it can be typed."""

    def __init__(self, languages: Sequence[str], taken: Collection[str]) -> None:
        self.languages, self.taken = languages, taken

    def entry(self, address: str, claim: Claim | None, was: str, now: str) -> dict[str, str]:
        """The values of an entry's keys in YAML, by the braces of the messages."""
        name = address.replace("#", "-")[: LONGEST_ID - 3].rstrip("-")
        sources = claim.statement.sources if claim else ()
        return {
            "id": next(one for one in counted(name) if one not in self.taken),
            "date": date.today().isoformat(),
            "old": json.dumps(was, ensure_ascii=False),
            "new": json.dumps(now, ensure_ascii=False),
            "why": ", ".join(f"{language}: …" for language in self.languages),
            "sources": ", ".join(str(citation.source) for citation in sources[:1]),
        }


def _history(
    address: str, published: tuple[str, Place] | None, claim: Claim | None, steps: Iterable[Correction], due: _Due
) -> list[Problem]:
    before, place = published or (None, None)
    for step in steps:
        if before is not None and step.was != before:
            return [Problem("correction-broken", step.found_at, {"name": address, "was": step.was, "before": before})]
        before, place = step.now, step.found_at
    now = brief(claim) if claim else None
    if now == before or place is None:
        return []
    return [_uncorrected(address, claim, place, before or "", now or "", due)]


def _uncorrected(address: str, claim: Claim | None, place: Place, was: str, now: str, due: _Due) -> Problem:
    """A claim that no correction leads to from what was published, with the entry that would."""
    entry = due.entry(address, claim, was or "—", now)
    if claim is None:
        return Problem("published-claim-gone", place, {"name": address, "was": was, **entry})
    details = {"name": address, "was": was or "—", "now": now, **entry}
    if isinstance(claim.statement, Figure) and (times := _shift(was, now)):
        return Problem("published-claim-shifted", claim.statement.found_at, {**details, "times": times})
    return Problem("published-claim-changed", claim.statement.found_at, details)


def _shift(before: str, now: str) -> str:
    """``× 10`` or ``÷ 1000`` where figures differ by noughts alone; empty where they differ otherwise."""
    old, new = ([Decimal(number) for number in _NUMBER.findall(said)] for said in (before, now))
    ratios = {other / one for one, other in zip(old, new, strict=False)} if all(old) else set()
    if len(old) != len(new) or len(ratios) != 1 or not all(new):
        return ""
    power = ratios.pop().log10()
    if power != power.to_integral_value() or not power:
        return ""
    return f"{'×' if power > 0 else '÷'} {10 ** int(abs(power))}"
