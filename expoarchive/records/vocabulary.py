"""``content/vocabularies/*.yaml``: things that many records name, each with its name in every language."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from expoarchive.nodes.fields import (
    Flag,
    LocalText,
    Number,
    PartialDate,
    Ref,
    RefTo,
    SiteLanguage,
    Slug,
    SourceWords,
    Text,
    Year,
    one_or_many,
)
from expoarchive.nodes.model import Model
from expoarchive.nodes.pattern import Fills
from expoarchive.records.refs import PartRef, PlaceRef, SourceRef, Stage

# How a chart shows its series: columns, dots, steps of a running total, a strip of cells.
Arrangement = Literal["columns", "dots", "steps", "strip"]


class Term(Model):
    """A name in each language, and what it means."""

    name: LocalText
    translated: Annotated[tuple[SiteLanguage, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Languages whose name is the archive's translation."
    )
    description: LocalText | None = None
    sources: Annotated[tuple[SourceRef, ...], BeforeValidator(one_or_many)] = ()
    aliases: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Ids it was published under before: their addresses lead here."
    )


class Unit(Model):
    """``units.yaml``: how an amount is written in each language."""

    name: LocalText
    base: Text = Field(description="What one is made of: an ISO 4217 currency code, m2, km, or count.")
    factor: Number = Field(Decimal(1), description="How many of the base one unit is.")
    shown: Annotated[LocalText, Fills("number")] = Field(
        description="The pattern for each language; {number} is the amount."
    )
    worded: Annotated[tuple[SiteLanguage, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Languages that write the base amount in words: 104.5 billion."
    )


class Measure(Term):
    """``measures.yaml``: what is counted."""

    unit: Annotated[Ref, RefTo("unit")]
    counted: Annotated[LocalText, Fills("amount")] | None = Field(
        None, description="Pattern for a sentence: {amount} projects."
    )
    group: Literal["results", "size", "people", "reach", "other"] = "other"
    in_table: Flag = Field(False, description="Whether the tables of all editions have a column for it.")


class Place(Term):
    """``places.yaml``: a province, prefecture, city or country."""

    region: Annotated[Ref, RefTo("region")]
    within: PlaceRef | None = None


class NameOfPeriod(Model):
    """A name that held for a time."""

    text: SourceWords
    since: PartialDate | None = None
    until: PartialDate | None = None
    sources: Annotated[tuple[SourceRef, ...], BeforeValidator(one_or_many)] = ()


class Venue(Term):
    """``venues.yaml``: a hall or centre."""

    place: PlaceRef | None = None
    names: Annotated[tuple[NameOfPeriod, ...], BeforeValidator(one_or_many)] = ()


class Body(Term):
    """``bodies.yaml``: a ministry, company, association or university."""

    sort: Literal["government", "company", "association", "science", "other"] = "other"
    place: PlaceRef | None = None


class Era(Model):
    """``content/eras.yaml``: a stretch of editions, and what supports drawing its bounds there."""

    name: LocalText
    start: Year = Field(description="Year of its first edition.")
    end: Year | None = Field(None, description="Year of its last edition; left out while it lasts.")
    summary: LocalText
    evidence: tuple[Annotated[Ref, RefTo("claim")], ...] = Field(description="Claims that support it.")
    reading: LocalText = Field(description="What in it is the archive's own reading.")


class ChartRecord(Model):
    """``content/charts.yaml``: a series of comparable claims, drawn."""

    arrangement: Arrangement = Field(description="steps are for a running total, a strip has a cell for each edition.")
    title: LocalText = Field(description="What it shows, as a sentence a reader can check against the picture.")
    says: LocalText = Field(description="What may be read from it, and what may not.")
    caveat: LocalText | None = None
    measure: Annotated[Ref, RefTo("measure")]
    stage: Stage | None = None
    part: PartRef | None = None
    record: Literal["editions", "expo"] = Field("editions", description="One claim an edition, or totals as of one.")
    featured: Flag = Field(False, description="Whether the first page shows it too.")

    @property
    def series(self) -> tuple[str, str, str]:
        """What its figures have in common: measure, stage and part."""
        return self.measure, self.stage or "", self.part or ""


class Change(Model):
    """``content/changes.yaml``: one way the fair changed, as steps that are claims."""

    name: LocalText
    steps: tuple["ChangeStep", ...] = Field(min_length=2)
    article: Annotated[Ref, RefTo("article")] | None = None


class ChangeStep(Model):
    """What was so from a year on. ``claim`` carries it."""

    when: LocalText = Field(description="The year or years, as the claim has them.")
    what: Annotated[LocalText, Fills("value", needed=False)] | None = Field(
        None, description="In a few words, {value} for the claim's own; left out, that alone."
    )
    claim: Annotated[Ref, RefTo("claim")]


class GlossaryEntry(Model):
    """``content/glossary.yaml``: the archive's one word for a thing, and wordings that prose should not use for it."""

    name: LocalText
    avoid: dict[SiteLanguage, Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]] = Field(
        description="Wordings, by language; `check` warns of each."
    )
