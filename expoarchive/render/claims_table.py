"""All claims as rows of a table in each language's words, in a script that only the page of claims loads.

It is a script rather than JSON because a page that was opened from a folder can load scripts but fetch nothing. What
many rows have in common stands once, and rows name it by its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from expoarchive.records import Claim
from expoarchive.records.statement import DateClaim, Figure
from expoarchive.render.compact import compact_json
from expoarchive.render.data.tables import range_of
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.strings import Strings
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.views.claim_rows import (
    MARKS,
    limits_text,
    marks_of,
    record_link,
    source_ids,
    source_link,
)
from expoarchive.render.views.explorer import TERMS, about_id, part_of, terms_of
from expoarchive.render.words import label, value_text
from expoarchive.site import Page, Site
from expoarchive.site.address import claims_table
from expoarchive.site.recall import Recall


def make_claims_tables(studio: Studio, recall: Recall) -> OutputFiles:
    """Each language's script, which puts its table into ``claimTables`` under the language's id."""
    files = {}
    for page in recall.site.pages:
        if page.kind == "claims":
            make = partial(_script, page=page, strings=studio.strings)
            script = recall.made_of(f"claims {page.language}", make, kind=str)
            files[claims_table(page.language)] = script.encode()
    return OutputFiles(files)


def _script(site: Site, page: Page, strings: Mapping[str, Strings]) -> str:
    desk = desk_of(site, page, strings, marks=True)
    table = _Table(desk, terms_of(desk))
    rows = [table.row(claim) for claim in desk.site.records.claims.by_address.values()]
    keys = {**MARKS, "separator": "list.separator", "further": "claims.further"}
    words = {name: desk.strings(key) for name, key in keys.items()}
    shared = {"language": desk.language.id, "words": words, **{name: [*items] for name, items in table.shared.items()}}
    lines = ",\n".join(map(compact_json, rows))
    head = compact_json(shared)[:-1]
    return f'(globalThis.claimTables ??= {{}})[{compact_json(desk.language.id)}] = {head},\n"rows":[\n{lines}\n]}};\n'


def _dated(claim: Claim) -> dict[str, str | None]:
    """The day of a date; a figure's qualifier, and when it was counted."""
    match claim.statement:
        case DateClaim(date=date):
            return {"d": str(date)}
        case Figure(value=value, qualifier=qualifier, as_of=as_of):
            return {"q": qualifier if value and qualifier != "exact" else None, "a": as_of.slug if as_of else None}
    return {}


@dataclass(frozen=True)
class _Table:
    """What rows share, each thing once and in the order of its first use."""

    desk: Desk
    terms: Mapping[str, Mapping[str, Sequence[str]]]
    shared: dict[str, dict[Any, int]] = field(default_factory=dict)

    def row(self, claim: Claim) -> list[Any]:
        """Record, anchor, what it is about, value in words; then by name what not every claim has."""
        text, lang = value_text(self.desk, claim)
        link = record_link(self.desk, claim.record)
        record = self._at("records", (claim.record, link.text, link.href))
        about = self._at("abouts", self._about(claim))
        sources = [self._at("sources", self._source(source)) for source in source_ids(claim)]
        limits, part = limits_text(self.desk, claim), part_of(claim)
        low, high = range_of(claim)
        more = {
            "s": sources,
            "m": [self._at("marks", mark) for mark in marks_of(self.desk, claim)],
            "l": self._at("limits", limits) + 1 if limits else 0,
            "p": self._at("parts", part) + 1 if part else 0,
            "v": None if low is None else str(low),
            "h": None if high is None else str(high),
            "n": lang,
            **_dated(claim),
            **{sort: [self._at(sort, one) for one in self.terms[sort].get(claim.address, ())] for sort in TERMS},
        }
        return [record, claim.anchor, about, text, {name: value for name, value in more.items() if value}]

    def _at(self, name: str, item: Any) -> int:
        items = self.shared.setdefault(name, {})
        return items.setdefault(item, len(items))

    def _about(self, claim: Claim) -> tuple[str, ...]:
        """Its id in addresses, its label, field, measure and stage; the measure's unit, that one's base and factor."""
        unit: tuple[str, ...] = ("", "", "")
        if claim.measure:
            vocabularies = self.desk.site.records.vocabularies
            made_of = vocabularies.unit_of(claim.measure)
            unit = str(vocabularies.measures[claim.measure].unit), made_of.base, str(made_of.factor)
        stage = claim.statement.stage or ""
        return about_id(claim), label(self.desk, claim), claim.field, claim.measure, stage, *unit

    def _source(self, source_id: str) -> tuple[str, ...]:
        link = source_link(self.desk, source_id)
        grade = self.desk.site.records.sources[source_id].grade
        return source_id, link.text, link.href, grade, link.lang or ""
