"""``content/articles/<id>/`` and ``content/pages/<id>/``: what the languages share, and each one's prose."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from expoarchive.nodes.fields import (
    Flag,
    LocalText,
    PartialDate,
    Ref,
    RefTo,
    SiteLanguage,
    Slug,
    Text,
    Whole,
    fault,
    one_or_many,
)
from expoarchive.nodes.model import Model
from expoarchive.records.refs import IndustryRef, PlaceRef, SourceRef, TopicRef

EditionRef = Annotated[Ref, RefTo("edition")]


class ArticleRecord(Model):
    """``article.yaml``: what holds in every language."""

    draft: Flag = Field(False, description="Not published yet: only `--drafts` shows it.")
    date: PartialDate | None = Field(None, description="When the archive published it.")
    updated: PartialDate | None = Field(None, description="When the archive last changed what it says.")
    aliases: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Ids it was published under before: their addresses lead here."
    )
    featured: Flag = False
    order: Whole = Field(100, description="Smaller comes first where dates are equal.")
    topics: Annotated[tuple[TopicRef, ...], BeforeValidator(one_or_many)] = ()
    editions: Annotated[tuple[EditionRef, ...], BeforeValidator(one_or_many)] = ()
    places: Annotated[tuple[PlaceRef, ...], BeforeValidator(one_or_many)] = ()
    industries: Annotated[tuple[IndustryRef, ...], BeforeValidator(one_or_many)] = ()
    sources: Annotated[tuple[SourceRef, ...], BeforeValidator(one_or_many)] = ()
    cover: Annotated[Ref, RefTo("media")] | None = Field(None, description="A file of content/media/.")
    cover_alt: LocalText | None = None
    original: SiteLanguage | None = Field(
        None, description="The language it was first written in; left out, the first of the site's that it has."
    )

    @model_validator(mode="after")
    def _updated_after(self) -> Self:
        if self.updated and (self.date is None or self.updated.earliest < self.date.earliest):
            raise fault("updated-before-date", updated=str(self.updated), date=str(self.date or ""))
        return self

    @property
    def changed(self) -> PartialDate | None:
        """When what it says last changed; None where it has no date at all."""
        return self.updated or self.date


class Stamp(Model):
    """Which original a translation was made from: written by `build.py restamp`, never by hand."""

    language: SiteLanguage
    head: Text = Field(description="Digest of the original's title and summary.")
    lead: Text | None = Field(None, description="Digest of what stands before its first heading.")
    sections: dict[str, Text] = Field(default_factory=dict, description="Digests of its sections, by heading id.")


class FrontMatter(Model):
    """The head of each ``<language>.md``."""

    title: Text
    summary: Text
    original: Stamp | None = None
