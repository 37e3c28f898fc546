"""The session record: one edition of the fair a file, and the record of the fair as a whole."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from expoarchive.nodes.fields import Flag, LocalText, Many, Year
from expoarchive.nodes.model import Model
from expoarchive.records.exhibitor import ExhibitorList
from expoarchive.records.statement import (
    Activity,
    Appearance,
    DateClaim,
    Deal,
    Figure,
    First,
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
from expoarchive.records.vocabulary import MeasureRef


class Held(Model):
    """When it was held; each end is a claim of its own."""

    opened: Many[DateClaim] = ()
    closed: Many[DateClaim] = ()


class ExpoRecord(Model):
    """``content/expo.yaml``: what is said of the fair as a whole, over all its editions."""

    figures: dict[MeasureRef, Many[Figure]] = Field(default_factory=dict, description="Totals, by measure.")
    appearances: Many[Appearance] = ()
    participants: Many[Participation] = ()
    positioning: Many[Positioning] = Field((), description="How texts place the fair, whatever the edition.")
    remarks: Many[Remark] = ()
    verdict: LocalText | None = Field(
        None, description="Which totals the archive goes by where they differ, and why; the home page says it."
    )


class Edition(Model):
    """``content/editions/YYYY.yaml``: one edition. Whatever is left out is not known."""

    year: Year = Field(description="The year it is counted under; also its address.")
    draft: Flag = Field(False, description="Not published yet: only `--drafts` shows it.")
    status: Literal["held", "not_held", "planned", "unknown"] = Field(
        "held", description="unknown: it is not known whether it was held."
    )
    ordinal: Many[Ordinal] = Field((), description="Which edition it is, counted from the first.")
    names: Many[Wording] = Field((), description="The fair's name that year.")
    themes: Many[Wording] = ()
    held: Held = Field(default_factory=Held)
    venues: Many[VenueClaim] = ()
    figures: dict[MeasureRef, Many[Figure]] = Field(
        default_factory=dict, description="Figures by measure: one claim, or a list of them."
    )
    appearances: Many[Appearance] = Field((), description="Who opened it, spoke, came: people by name.")
    participants: Many[Participation] = Field((), description="Hosts, guests of honour, delegations, … by role.")
    firsts: Many[First] = ()
    deals: Many[Deal] = Field((), description="What named companies or places offered, planned or signed.")
    industries: Many[IndustryNaming] = Field((), description="Industries that its sources name.")
    exhibitors: ExhibitorList | None = Field(
        None, description="Where the list in `content/exhibitors/YYYY.csv` is from: who exhibited, a row each."
    )
    pavilions: Many[NamedPart] = Field((), description="Halls, pavilions and zones by name.")
    activities: Many[Activity] = Field((), description="Meetings, forums, shows and signings that are no series.")
    events: Many[SideEvent] = ()
    positioning: Many[Positioning] = Field((), description="How texts of its time place the fair.")
    remarks: Many[Remark] = ()

    def days(self) -> tuple[str | None, DateClaim | None, DateClaim | None]:
        """The stage of the firmest dates that are known, and the first and the last day; both None if none is known."""
        for stage in (None, "planned"):
            opened, closed = _day(self.held.opened, stage), _day(self.held.closed, stage)
            if opened or closed:
                return stage, opened, closed
        return None, None, None


def _day(claims: Sequence[DateClaim], stage: str | None) -> DateClaim | None:
    """The claim for the whole edition at a stage: the preferred one, if there are several."""
    whole = [claim for claim in claims if claim.part is None and claim.stage == stage]
    return min(whole, key=lambda claim: claim.preferred is None, default=None)
