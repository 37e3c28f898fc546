"""``content/sources.yaml``: what the archive was read from."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from expoarchive.nodes.fields import Flag, LocalText, PartialDate, Slug, SourceWords, Tag, Url, one_or_many
from expoarchive.nodes.model import Model

Grade = Literal["official", "agency", "newspaper", "trade", "release", "reprint", "personal"]


class Source(Model):
    """One document. Its id is its key in the file."""

    publisher: SourceWords | None = Field(None, description="Who published it first. Left out where not known.")
    title: SourceWords | None = Field(None, description="Its title, in the language(s) it has one.")
    url: Url | None = Field(None, description="Where it was read.")
    linked: Flag = Field(True, description="false: a reprint or hijacked host, named in plain text and never linked.")
    published: PartialDate | None = Field(None, description="When it was published, as far as known.")
    language: Tag = Field(description="The language of the text that was read, as a BCP 47 tag.")
    grade: Grade = Field(description="official, agency, newspaper, trade, release, reprint or personal.")
    read: Literal["whole", "excerpt"] = Field("excerpt", description="How much of it was read.")
    note: LocalText | None = None
    aliases: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Ids it was published under before: their addresses lead here."
    )
