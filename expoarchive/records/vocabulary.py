"""``content/vocabularies/*.yaml``: things that many records name, each with its name in every language."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, WithJsonSchema, model_validator

from expoarchive.nodes.fields import (
    SLUG,
    Flag,
    LocalText,
    Many,
    Number,
    PartialDate,
    PlacedText,
    Ref,
    RefTo,
    SiteLanguage,
    SourceWords,
    Text,
    Year,
    fault,
    text_that,
)
from expoarchive.nodes.model import Model
from expoarchive.nodes.pattern import fills

# The ids by which records name what is recorded elsewhere.
SourceRef = Annotated[Ref, RefTo("source")]
MeasureRef = Annotated[Ref, RefTo("measure")]
PlaceRef = Annotated[Ref, RefTo("place")]
IndustryRef = Annotated[Ref, RefTo("industry")]
BodyRef = Annotated[Ref, RefTo("body")]
CompanyRef = Annotated[Ref, RefTo("company")]
PersonRef = Annotated[Ref, RefTo("person")]
TopicRef = Annotated[Ref, RefTo("topic")]
# A part of the fair: an entry of any vocabulary whose sort is marked as naming parts.
PartRef = Annotated[Ref, RefTo("part")]
# Another claim, as RECORD#ANCHOR: `2022#projects-signed`, `expo#value-signed-after-2020`.
ClaimRef = Annotated[Ref, RefTo("claim")]
# An id, or with a colon an id of another sort: `body:byd` for a company that was published among the bodies.
Alias = Annotated[
    str,
    text_that(re.compile(rf"(?:{SLUG.pattern}:)?{SLUG.pattern}").fullmatch, "not-an-id"),
    WithJsonSchema({"type": "string", "pattern": f"^({SLUG.pattern}:)?{SLUG.pattern}$"}),
]
Aliases = Annotated[
    Many[Alias],
    Field((), description="Ids it had before, SORT:ID where the sort changed too: what still names them means this."),
]

# How firm a figure is, from an invitation to money spent. Different stages are never compared.
Stage = Literal["offered", "planned", "signed", "in_place"]
# Of an office, from the highest.
Rank = Literal["national", "ministry", "foreign", "province", "science", "business", "city", "county"]
# How far a wording says that the fair reaches.
Level = Literal["provincial", "regional", "national", "international"]
Occasion = Literal["opening", "closing", "briefing", "forum", "signing", "visit", "event"]
# How a chart shows what it does: a series as columns, or as the steps of a running total; ranks by year; a flow.
Arrangement = Literal["columns", "steps", "ranks", "flow"]
# Which of a chart's keys each arrangement is drawn from.
_DRAWN_FROM: dict[str, str] = {"columns": "measure", "steps": "measure", "ranks": "ranks", "flow": "flows"}


class Term(Model):
    """A name in each language, and what it means."""

    name: LocalText
    translated: Many[SiteLanguage] = Field((), description="Languages whose name is the archive's translation.")
    description: LocalText | None = None
    sources: Many[SourceRef] = ()
    aliases: Aliases = ()


class Unit(Model):
    """``units.yaml``: how an amount is written in each language."""

    name: LocalText
    base: Text = Field(description="What one is made of: an ISO 4217 currency code, m2, km, or count.")
    factor: Number = Field(Decimal(1), description="How many of the base one unit is.")
    shown: Annotated[LocalText, fills("number")] = Field(
        description="The pattern for each language; {number} is the amount."
    )
    worded: Many[SiteLanguage] = Field((), description="Languages that write the base amount in words: 104.5 billion.")


class Measure(Term):
    """``measures.yaml``: what is counted."""

    unit: Annotated[Ref, RefTo("unit")]
    counted: Annotated[LocalText, fills("amount")] | None = Field(
        None, description="Pattern for a sentence: {amount} projects."
    )
    counter: dict[SiteLanguage, Text] = Field(
        default_factory=dict, description="The counter after the number, in languages that have one: 个, 家."
    )
    group: Literal["results", "size", "people", "reach", "other"] = "other"
    in_table: Flag = Field(False, description="Whether the tables of all editions have a column for it.")
    regions: Many[Annotated[Ref, RefTo("region")]] = Field(
        (), description="Where those come from whom it counts: its figures tell how many came of whom no source names."
    )


class Locality(Term):
    """``places.yaml``: a province, prefecture, city or country."""

    # The sort is called a place everywhere else; a `Place` is a position in a file.
    model_config = ConfigDict(title="Place")
    region: Annotated[Ref, RefTo("region")]
    within: PlaceRef | None = None


class NameOfPeriod(Model):
    """A name that held for a time."""

    text: SourceWords
    since: PartialDate | None = None
    until: PartialDate | None = None
    sources: Many[SourceRef] = ()


class Venue(Term):
    """``venues.yaml``: a hall or centre."""

    place: PlaceRef | None = None
    names: Many[NameOfPeriod] = ()


class Body(Term):
    """``bodies.yaml``: a ministry, association or university."""

    sort: Literal["government", "association", "science", "other"] = "other"
    place: PlaceRef | None = None


class Company(Term):
    """``companies.yaml``: a firm that exhibited, signed or was there."""

    place: PlaceRef | None = Field(None, description="Where it is at home.")


class Era(Model):
    """``content/eras.yaml``: a stretch of editions, and what supports drawing its bounds there."""

    name: LocalText
    start: Year = Field(description="Year of its first edition.")
    end: Year | None = Field(None, description="Year of its last edition; left out while it lasts.")
    summary: LocalText
    evidence: tuple[ClaimRef, ...] = Field(description="Claims that support it.")
    reading: LocalText = Field(description="What in it is the archive's own reading.")


class RankRows(Model):
    """What a chart of ranks has a row for: ranks of offices, or levels that wordings claim; the first on top."""

    offices: tuple[Rank, ...] = Field((), description="Ranks of the people who were there.")
    occasion: Occasion | None = Field(None, description="At what; left out for any occasion.")
    levels: tuple[Level, ...] = Field((), description="How far texts say that the fair reaches.")

    @model_validator(mode="after")
    def _one_sort(self) -> Self:
        if bool(self.offices) == bool(self.levels):
            raise fault("ranks-of-one-sort")
        return self


class FlowPart(Model):
    """A figure that is part of the one before it, or at the beginning the whole. The short form is its claim alone."""

    claim: ClaimRef
    share: ClaimRef | None = Field(None, description="The claim for its share of the whole.")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"claim": value} if isinstance(value, str) else value


class ChartRecord(Model):
    """``content/charts.yaml``: comparable claims, drawn.

    ``columns`` and ``steps`` are drawn from a measure, ``ranks`` from ``ranks``, ``flow`` from ``flows``.
    """

    arrangement: Arrangement = Field(
        description="columns for figures by edition, steps for a running total, ranks for ranks by edition, flow for "
        "what became of a whole."
    )
    title: LocalText = Field(description="What it shows, as a sentence a reader can check against the picture.")
    says: LocalText = Field(description="What may be read from it, and what may not.")
    caveat: LocalText | None = None
    measure: MeasureRef | None = Field(None, description="What is counted, for `columns` and `steps`.")
    stage: Stage | None = None
    part: PartRef | None = None
    record: Literal["editions", "expo"] = Field("editions", description="One claim an edition, or totals as of one.")
    ranks: RankRows | None = Field(None, description="The rows, for `ranks`.")
    flows: tuple[Annotated[tuple[FlowPart, ...], Field(min_length=2)], ...] = Field(
        (), description="For `flow`: lists of figures, each part of the one before it."
    )
    featured: Flag = Field(False, description="Whether the first page shows it too.")

    @model_validator(mode="after")
    def _drawn_from(self) -> Self:
        due = _DRAWN_FROM[self.arrangement]
        for key in dict.fromkeys((due, *_DRAWN_FROM.values())):
            if bool(getattr(self, key)) != (key == due):
                kind = "chart-lacks" if key == due else "chart-does-not-take"
                raise fault(kind, key=key, arrangement=self.arrangement)
        return self

    @property
    def series(self) -> tuple[str, str, str]:
        """What its figures have in common: measure, stage and part."""
        return self.measure or "", self.stage or "", self.part or ""


class Change(Model):
    """``content/changes.yaml``: one way the fair changed, as steps that are claims."""

    name: LocalText
    steps: tuple["ChangeStep", ...] = Field(min_length=2)
    article: Annotated[Ref, RefTo("article")] | None = None


class ChangeStep(Model):
    """What was true from a year on, as ``claim`` says."""

    when: LocalText = Field(description="The year or years, as the claim has them.")
    what: Annotated[LocalText, fills("value", needed=False)] | None = Field(
        None, description="In a few words, {value} for the claim's own; left out, that alone."
    )
    claim: ClaimRef


class GlossaryEntry(Model):
    """``content/glossary.yaml``: the archive's one word for a thing, and wordings that prose should not use for it."""

    name: LocalText
    forms: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Other forms of the name that texts use, such as its plural, by language."
    )
    means: LocalText | None = Field(
        None,
        description="What it means, in a sentence. Texts show it at the first use of the term, with a link to the "
        "place in content/pages/glossary/ that has the entry's id, {#planned}.",
    )
    avoid: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Wordings, by language; `check` warns of each."
    )


class Absence(Model):
    """``content/absences.yaml``: what was looked for and not found."""

    what: LocalText = Field(description="What is not known, in a sentence.")
    covers: Many[PlacedText] = Field((), description="What of it claims could fill, as addresses: 2014#visitors.")
    words: Many[Text] = Field((), description="The words that were searched for.")
    date: PartialDate = Field(description="When it was last looked for.")
    by: LocalText | None = Field(None, description="Who looked, and where.")


class Wordings(Model):
    """``content/wordings.yaml``: wordings that `check` holds against the references of their sentence."""

    absence: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Wordings that say that something is not known."
    )
    caveat: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Other wordings that hedge; texts are counted by them and those of `absence`."
    )
    negation: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Words that negate, such as not; `status --prose` counts by them."
    )
    comparison: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict,
        description="Wordings that compare, such as more than; a figure beside one does not stand alone.",
    )
    sweeping: dict[SiteLanguage, Many[Text]] = Field(
        default_factory=dict, description="Wordings that speak of all editions: the first, the only, since."
    )
