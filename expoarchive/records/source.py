"""``content/sources/``: what the archive rests on, one file a source."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from expoarchive.config.tags import KnownTag
from expoarchive.load.media import DOCUMENT
from expoarchive.nodes.fields import (
    Flag,
    LocalText,
    LocalTexts,
    Many,
    PartialDate,
    Ref,
    RefTo,
    SourceWords,
    Url,
    Whole,
    fault,
)
from expoarchive.nodes.model import Model
from expoarchive.records.locator import LocatorText
from expoarchive.records.vocabulary import Aliases

Grade = Literal["official", "agency", "newspaper", "trade", "release", "reprint", "personal"]

Extent = Literal["whole", "excerpt", "not_found_again"]
Outcome = Literal["there", "moved", "gone", "refused", "silent"]


class LastCheck(Model):
    """When the address was last asked for, and what it answered. ``check --online --record`` writes it."""

    date: PartialDate = Field(description="The day it was asked for.")
    outcome: Outcome = Field(
        description="there, moved (it leads elsewhere now), gone, refused (to programs at least), silent (no answer)."
    )


class Reading(Model):
    """How much of a source was read when it was last looked up. Places in it are counted in what was read."""

    extent: Extent
    date: PartialDate = Field(description="The day of the reading.")


class Leave(Model):
    """Something that a source says and no claim holds, so that nobody need look for it there."""

    what: LocalText = Field(description="In the archive's own words.")
    reason: Literal["another_event", "other_subject", "said_better", "too_vague"]
    locator: LocatorText | None = None


class Scan(Model):
    """A document as it looks: a file of the site, or where one lies that is too large. The short form is the name."""

    name: Annotated[Ref, RefTo("media")] | None = Field(
        None, description="A PDF of content/media/, or a picture there, which has a record of its own."
    )
    url: Url | None = Field(None, description="Where it lies, if not in content/media/.")
    right: LocalText | None = Field(
        None, validate_default=True, description="By what right a PDF of content/media/ is shown: required for one."
    )
    first_page: Whole = Field(1, description="The number that the document gives to the first page of the file.")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @field_validator("right")
    @classmethod
    def _by_some_right(cls, right: LocalTexts | None, info: ValidationInfo) -> LocalTexts | None:
        name = info.data.get("name") or ""
        if right is None and name.lower().endswith(DOCUMENT):
            raise fault("scan-without-right", found=str(name), lacks="right")
        return right

    @model_validator(mode="after")
    def _in_one_place(self) -> Self:
        if (self.name is None) == (self.url is None):
            raise fault("scan-place")
        return self


class Source(Model):
    """``content/sources/ID.yaml``: one document."""

    publisher: SourceWords | None = Field(None, description="Who published it first. Left out where not known.")
    title: SourceWords | None = Field(None, description="Its title, in the language(s) it has one.")
    url: Url | None = Field(None, description="Where it was read.")
    checked: LastCheck | None = Field(None, description="What its address answered last. Left out while nobody asked.")
    archived: Url | None = Field(None, description="The address of a copy in a web archive.")
    archived_on: PartialDate | None = Field(None, description="The day that the copy in the web archive is of.")
    on_paper: LocalText | None = Field(None, description="Where it stands on paper: the newspaper, its day and page.")
    file: Scan | None = Field(None, description="Its scan: a PDF or a picture of content/media/, or where one lies.")
    linked: Flag = Field(True, description="false: a reprint or hijacked host, whose address no page gives.")
    published: PartialDate | None = Field(None, description="When it was published, as far as known.")
    language: KnownTag = Field(description="The language of the text that was read, as a BCP 47 tag.")
    grade: Grade = Field(description="official, agency, newspaper, trade, release, reprint or personal.")
    read: Reading | None = Field(None, description="How much of it was read, and when. Left out while nobody did.")
    leaves: Many[Leave] = Field((), description="What else it says, and why no claim holds it.")
    note: LocalText | None = None
    aliases: Aliases = ()

    @property
    def gone(self) -> bool:
        """Whether its address no longer answered when it was last checked."""
        return self.checked is not None and self.checked.outcome == "gone"

    @model_validator(mode="after")
    def _to_be_found(self) -> Self:
        if not (self.publisher or self.title or self.url or self.archived or self.on_paper or self.file):
            raise fault("source-empty")
        return self

    @model_validator(mode="after")
    def _asked_somewhere(self) -> Self:
        if self.checked is not None and self.url is None:
            raise fault("checked-without-url")
        return self
