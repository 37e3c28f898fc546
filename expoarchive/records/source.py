"""``content/sources.yaml``: what the archive rests on."""

from typing import Literal, Self

from pydantic import Field, model_validator

from expoarchive.nodes.fields import Flag, LocalText, PartialDate, SourceWords, Tag, Url, fault
from expoarchive.nodes.model import Model
from expoarchive.records.vocabulary import Aliases

Grade = Literal["official", "agency", "newspaper", "trade", "release", "reprint", "personal"]

Outcome = Literal["there", "moved", "gone", "refused", "silent"]


class LastCheck(Model):
    """When the address was last asked for, and what it answered. ``check --online --record`` writes it."""

    date: PartialDate = Field(description="The day it was asked for.")
    outcome: Outcome = Field(
        description="there, moved (it leads elsewhere now), gone, refused (to programs at least), silent (no answer)."
    )


class Source(Model):
    """One document. Its id is its key in the file."""

    publisher: SourceWords | None = Field(None, description="Who published it first. Left out where not known.")
    title: SourceWords | None = Field(None, description="Its title, in the language(s) it has one.")
    url: Url | None = Field(None, description="Where it was read.")
    checked: LastCheck | None = Field(None, description="What its address answered last. Left out while nobody asked.")
    archived: Url | None = Field(None, description="The address of a copy in a web archive.")
    printed: LocalText | None = Field(None, description="Where it stands on paper: the newspaper, its day and page.")
    linked: Flag = Field(True, description="false: a reprint or hijacked host, named in plain text and never linked.")
    published: PartialDate | None = Field(None, description="When it was published, as far as known.")
    language: Tag = Field(description="The language of the text that was read, as a BCP 47 tag.")
    grade: Grade = Field(description="official, agency, newspaper, trade, release, reprint or personal.")
    read: Literal["whole", "excerpt"] = Field("excerpt", description="How much of it was read.")
    note: LocalText | None = None
    aliases: Aliases = ()

    @property
    def gone(self) -> bool:
        """Whether its address no longer answered when it was last checked."""
        return self.checked is not None and self.checked.outcome == "gone"

    @model_validator(mode="after")
    def _to_be_found(self) -> Self:
        if not (self.publisher or self.title or self.url or self.archived or self.printed):
            raise fault("source-empty")
        return self

    @model_validator(mode="after")
    def _asked_somewhere(self) -> Self:
        if self.checked is not None and self.url is None:
            raise fault("checked-without-url")
        return self
