"""What a record says, and who says it: the forms of a claim."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from expoarchive.nodes.fields import (
    LocalText,
    Many,
    PartialDate,
    PlacedText,
    Quantity,
    Ref,
    RefTo,
    SiteLanguage,
    Slug,
    SourceWords,
    Text,
    Whole,
    Year,
    fault,
)
from expoarchive.nodes.model import Model
from expoarchive.records.locator import LocatorText
from expoarchive.records.sorts import TermRef
from expoarchive.records.vocabulary import (
    BodyRef,
    ClaimRef,
    CompanyRef,
    IndustryRef,
    Level,
    MeasureRef,
    Occasion,
    PartRef,
    PersonRef,
    PlaceRef,
    Rank,
    SourceRef,
    Stage,
    TopicRef,
)

Qualifier = Literal["exact", "about", "over", "nearly"]


class Citation(Model):
    """A source, where in it, and how it prints the value. The short form is the source's id alone."""

    source: SourceRef
    locator: LocatorText | None = Field(None, description="Where in the source: `title`, `page 3, paragraph 2`.")
    printed: PlacedText | None = Field(
        None, description="The value as the source prints it: 1,045亿元, 10 June. The build holds it against the claim."
    )
    misprint: LocalText | None = Field(None, description="Why the claim differs from the print: the source's own slip.")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"source": value} if isinstance(value, str) else value


class Derivation(Model):
    """How the archive arrived at what no source states: a sum it redoes at each build, or a reading in words."""

    formula: Text | None = Field(
        None, description="Arithmetic over the names of `inputs`: + - * / and round(x, digits). Days for dates."
    )
    inputs: dict[str, ClaimRef] = Field(default_factory=dict, description="A name for each claim that it follows from.")
    reading: LocalText | None = Field(None, description="The reasoning, in the archive's own words.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.formula is None and self.reading is None:
            raise fault("derivation-empty")
        return self


class Dispute(Model):
    """What speaks against a claim: another claim of the archive, or a source."""

    claim: ClaimRef | None = None
    sources: Many[Citation] = ()
    note: LocalText

    @model_validator(mode="after")
    def _against_something(self) -> Self:
        if self.claim is None and not self.sources:
            raise fault("dispute-empty")
        return self


class Statement(Model):
    """What every claim has besides its own words or value."""

    id: Slug | None = Field(
        None, description="The claim's anchor on its page, where the usual one (from its key) is taken or unwanted."
    )
    sources: Many[Citation] = Field(
        (), description="Who says it. At least one, unless the claim is derived from others."
    )
    stage: Stage | None = Field(None, description="How firm it is: offered, planned, signed, in_place.")
    scope: LocalText | None = Field(None, description="What exactly was counted, or when, as the source limits it.")
    note: LocalText | None = Field(None, description="What a reader should know beside it.")
    terms: Many[TermRef] = Field(
        (), description="What else it speaks of: SORT:ID of anything that has a page, as in links of prose."
    )
    derived: Derivation | None = Field(None, description="Present where no source states the claim itself.")
    preferred: LocalText | None = Field(
        None, description="Where claims of one key differ: this one is shown first, for this reason."
    )
    disputed_by: Many[Dispute] = Field((), description="Claims or sources that speak against it.")

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.sources and not (self.derived and self.derived.inputs):
            raise fault("claim-without-source")
        return self


class AsOf(Model):
    """The moment a figure holds for: a date, or before or after an edition."""

    date: PartialDate | None = None
    before: Year | None = Field(None, description="The year of the edition before which it was counted.")
    after: Year | None = Field(None, description="The year of the edition after which it was counted.")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if sum(moment is not None for moment in (self.date, self.before, self.after)) != 1:
            raise fault("as-of-unclear")
        return self

    @property
    def slug(self) -> str:
        if self.before is not None:
            return f"before-{self.before}"
        return f"after-{self.after}" if self.after is not None else str(self.date)


class Figure(Statement):
    """A claim with a number. Its key is measure, stage, part, as-of and last."""

    value: Quantity | None = Field(None, description="The number, or {from, to}. The unit is the measure's.")
    nothing: Literal["not_held", "not_applicable"] | None = Field(
        None,
        description="The reason, in place of a value, if there was nothing to count. A figure left out is not known.",
    )
    qualifier: Qualifier = Field("exact", description="exact, about, over or nearly, as the source puts it.")
    part: PartRef | None = Field(None, description="What part of the fair it counts; left out for the whole.")
    as_of: AsOf | None = Field(
        None, description="A date, {after: year} or {before: year}, where it is not the final count."
    )
    last: Whole | None = Field(None, description="For totals over the latest editions only: how many of them.")
    break_before: LocalText | None = Field(
        None, alias="break", description="How counting differs from earlier editions: no growth is shown across it."
    )

    @model_validator(mode="after")
    def _value_or_nothing(self) -> Self:
        if (self.value is None) == (self.nothing is None):
            raise fault("value-or-nothing")
        return self

    @property
    def number(self) -> Decimal | None:
        return self.value.single if self.value else None


class Ordinal(Statement):
    """Which edition it is: the 23rd is 23."""

    value: Whole


class DateClaim(Statement):
    """A day, month or year. ``stage: planned`` for one announced beforehand."""

    date: PartialDate
    part: PartRef | None = None


class Wording(Statement):
    """A name or a theme as it was given."""

    text: SourceWords
    form: Literal["usual", "long", "short"] = "usual"
    translated: Many[SiteLanguage] = Field(
        (), description="Languages whose wording is the archive's translation, as no source gives one."
    )

    @property
    def own(self) -> dict[str, str]:
        """The wording in the languages in which the sources themselves have it."""
        return {language: words for language, words in self.text.items() if language not in self.translated}


class VenueClaim(Statement):
    """Where it was held."""

    venue: Annotated[Ref, RefTo("venue")]
    role: Literal["main", "sub"] = "main"


class Participation(Statement):
    """Who took part, in what role."""

    role: Annotated[Ref, RefTo("role")]
    places: Many[PlaceRef] = ()
    bodies: Many[BodyRef] = ()
    companies: Many[CompanyRef] = ()

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.places or self.bodies or self.companies):
            raise fault("nobody-named")
        return self


class Appearance(Statement):
    """A person who was there, in what role and office."""

    person: PersonRef
    role: Literal["opener", "speaker", "chair", "guest", "delegation-leader", "visitor", "signer", "host"]
    office: LocalText | None = Field(None, description="The office held then, as the source gives it.")
    rank: Rank | None = Field(None, description="The rank of that office.")
    occasion: Occasion | None = None
    by: Literal["video"] | None = Field(None, description="How, if not in person.")


class Naming(Statement):
    """A claim in words that names things with pages of their own. Needs an ``id``."""

    id: Slug
    topics: Many[TopicRef] = ()
    places: Many[PlaceRef] = ()
    industries: Many[IndustryRef] = ()
    bodies: Many[BodyRef] = ()
    companies: Many[CompanyRef] = ()
    people: Many[PersonRef] = ()


class Remark(Naming):
    """Something in words: background, a connection, a result that is not a figure."""

    what: LocalText
    reported_as: Literal["fact", "opinion"] = Field(
        "fact", description="opinion: the author's own view, shown as theirs."
    )


class First(Remark):
    """Something the fair did for the first time."""


class Deal(Naming):
    """What named companies or places offered, planned or signed."""

    what: LocalText
    value: Quantity | None = Field(None, description="What it is worth, in the unit of `measure`.")
    measure: MeasureRef | None = Field(None, description="The measure of `value`.")
    qualifier: Qualifier = "exact"
    outcome: ClaimRef | None = Field(
        None, description="The claim that tells what became of it, which pages show below it."
    )

    @model_validator(mode="after")
    def _measured(self) -> Self:
        if (self.value is None) != (self.measure is None):
            raise fault("deal-unmeasured")
        return self

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.companies or self.places or self.bodies or self.people):
            raise fault("nobody-named")
        return self


class NamedPart(Naming):
    """A hall, pavilion or zone by its name, and what stood there."""

    name: SourceWords
    translated: Many[SiteLanguage] = Field((), description="Languages whose name is the archive's translation.")
    what: LocalText | None = None


class Activity(NamedPart):
    """A meeting, forum, show or signing by its name."""

    date: PartialDate | None = None


class IndustryNaming(Statement):
    """An industry that a source names for the edition."""

    industry: IndustryRef
    how: Literal["exhibited", "offered", "signed", "discussed"] | None = None


class Positioning(Statement):
    """How a text places the fair: its rank, its reach, its aim. Needs an ``id``."""

    id: Slug
    text: SourceWords = Field(description="The wording as printed, no longer than it must be.")
    translated: Many[SiteLanguage] = Field((), description="Languages whose wording is the archive's translation.")
    level: Level | None = Field(None, description="The rank or reach that the wording claims.")
    by: Literal["official", "press", "person"] = Field("press", description="Whose wording it is.")


class SideEvent(Statement):
    """An event beside the fair, or held jointly with it."""

    event: Annotated[Ref, RefTo("event")]
    round: Whole | None = Field(None, description="Which round of its series it was.")
    name: SourceWords | None = Field(None, description="Its name that year, where a source gives one.")
    translated: Many[SiteLanguage] = ()
    relation: Literal["beside", "joint"] = "beside"
