"""``content/pictures/`` and ``content/recordings/``: what others made and the archive shows, one file each."""

import re
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema, field_validator

from expoarchive.config.tags import KnownTag
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
from expoarchive.records.vocabulary import Aliases, SourceRef

Licence = Literal[
    "CC0-1.0",
    "PDM-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
]
_COMMONS = "https://creativecommons.org"
_DEEDS = MappingProxyType(
    {"CC0-1.0": f"{_COMMONS}/publicdomain/zero/1.0/", "PDM-1.0": f"{_COMMONS}/publicdomain/mark/1.0/"}
)
_LENGTH = re.compile(r"(?:[0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9]")
_LIKE_LENGTH = re.compile(r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}")


def _length(value: Any) -> str:
    text = str(value) if isinstance(value, str) else ""
    if _LENGTH.fullmatch(text):
        return text
    slip = "wide" if "：" in text else "sixty" if _LIKE_LENGTH.fullmatch(text) else "other"
    raise fault("not-a-length", slip=slip)


LengthText = Annotated[
    str,
    PlainValidator(_length),
    WithJsonSchema({"type": "string", "pattern": f"^{_LENGTH.pattern}$"}),
]


def deed_of(licence: str) -> str:
    """The address of a Creative Commons licence."""
    name, _, version = licence.removeprefix("CC-").lower().rpartition("-")
    return _DEEDS.get(licence) or f"{_COMMONS}/licenses/{name}/{version}/"


class Shown(Model):
    """What pictures and recordings have in common: whose they are, by what right they are shown, what they are of."""

    draft: Flag = Field(False, description="Not published yet: only `--drafts` shows it.")
    credit: LocalText = Field(description="Who made it, or that this is not known.")
    holder: LocalText = Field(description="Who keeps it: a museum, a newspaper, a family.")
    licence: Licence | None = Field(None, description="The Creative Commons licence that its maker chose.")
    right: LocalText | None = Field(
        None,
        # Looked at where it is left out too, and not after all else: a record's faults are told at once.
        validate_default=True,
        description="By what right it is shown if no licence says so: with whose leave, or why none is needed.",
    )
    date: PartialDate | None = Field(None, description="When it was taken, as far as known.")
    editions: Many[Annotated[Ref, RefTo("edition")]] = Field((), description="Editions whose pages show it.")
    sources: Many[SourceRef] = Field((), description="Where it was published.")
    order: Whole = Field(100, description="Smaller comes first where dates are equal.")
    aliases: Aliases = ()

    @field_validator("right")
    @classmethod
    def _by_some_right(cls, right: LocalTexts | None, info: ValidationInfo) -> LocalTexts | None:
        if right is None and info.data.get("licence", "") is None:
            raise fault("without-right", lacks="licence right")
        return right


class Picture(Shown):
    """``content/pictures/ID.yaml``: a photograph or another picture."""

    file: Annotated[Ref, RefTo("media")] = Field(description="Its file in content/media/.")
    alt: LocalText = Field(description="What it shows, for readers who do not see it.")
    caption: LocalText = Field(description="What stands under it: what, where, when.")
    original: Flag = Field(False, description="Whether its file is published too, as it is.")


class Recording(Shown):
    """``content/recordings/ID.yaml``: video or sound, which the site links to and never embeds."""

    sort: Literal["video", "sound"]
    title: SourceWords = Field(description="Its title, in the language(s) it has one.")
    url: Url = Field(description="Where it is seen or heard.")
    length: LengthText = Field(description="Hours, minutes and seconds: `4:05`, `1:02:30`.")
    language: KnownTag = Field(description="The language that is spoken in it, as a BCP 47 tag.")
    transcript: SourceWords = Field(description="What is said and, where it matters, seen or heard, by language.")
