"""The session record: one edition of the fair a file, and the record of the fair as a whole."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from expoarchive.nodes.fields import Flag, Year, one_or_many
from expoarchive.nodes.model import Model
from expoarchive.records.refs import MeasureRef
from expoarchive.records.statement import (
    DateClaim,
    Dates,
    Figures,
    First,
    Ordinals,
    Participations,
    Remark,
    SideEvent,
    Venues,
    Wordings,
)


class Held(Model):
    """When it was held; each end is a claim of its own."""

    opened: Dates = ()
    closed: Dates = ()

    def whole(self, stage: str | None) -> tuple[DateClaim | None, DateClaim | None]:
        """The first and the last day of the whole edition at a stage, the preferred of several claims."""

        def day_of(days: Sequence[DateClaim]) -> DateClaim | None:
            whole = [claim for claim in days if claim.part is None and claim.stage == stage]
            return min(whole, key=lambda claim: claim.preferred is None) if whole else None

        return day_of(self.opened), day_of(self.closed)


class ExpoRecord(Model):
    """``content/expo.yaml``: what is said of the fair as a whole, over all its editions."""

    figures: dict[MeasureRef, Figures] = Field(default_factory=dict, description="Totals, by measure.")
    participants: Participations = ()
    remarks: Annotated[tuple[Remark, ...], BeforeValidator(one_or_many)] = ()


class Edition(Model):
    """``content/editions/YYYY.yaml``: one edition. Whatever is left out is not known."""

    year: Year = Field(description="The year it is counted under; also its address.")
    draft: Flag = Field(False, description="Not published yet: only `--drafts` shows it.")
    status: Literal["held", "not_held", "planned", "unknown"] = Field(
        "held", description="unknown: it is not known whether it was held."
    )
    ordinal: Ordinals = Field((), description="Which edition it is, counted from the first.")
    names: Wordings = Field((), description="The fair's name that year.")
    themes: Wordings = ()
    held: Held = Field(default_factory=Held)
    venues: Venues = ()
    figures: dict[MeasureRef, Figures] = Field(
        default_factory=dict, description="Figures by measure: one claim, or a list of them."
    )
    participants: Participations = Field((), description="Hosts, guests of honour, delegations, … by role.")
    firsts: Annotated[tuple[First, ...], BeforeValidator(one_or_many)] = ()
    events: Annotated[tuple[SideEvent, ...], BeforeValidator(one_or_many)] = ()
    remarks: Annotated[tuple[Remark, ...], BeforeValidator(one_or_many)] = ()

    def days(self) -> tuple[str | None, DateClaim | None, DateClaim | None]:
        """The stage of the firmest dates that are known, and the first and the last day; both None where none is."""
        for stage in (None, "planned"):
            opened, closed = self.held.whole(stage)
            if opened or closed:
                return stage, opened, closed
        return None, None, None
