"""``content/articles/<id>/`` and ``content/pages/<id>/``: what the languages share, and the head of each text."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from expoarchive.nodes.fields import Flag, LocalText, Many, PartialDate, Ref, RefTo, SiteLanguage, Text, Whole, fault
from expoarchive.nodes.model import Model
from expoarchive.records.vocabulary import Aliases, IndustryRef, PlaceRef, SourceRef, TopicRef


class ArticleRecord(Model):
    """``article.yaml``: what holds in every language."""

    draft: Flag = Field(False, description="Not published yet: only `--drafts` shows it.")
    date: PartialDate | None = Field(None, description="When the archive published it.")
    updated: PartialDate | None = Field(None, description="When the archive last changed what it says.")
    aliases: Aliases = ()
    featured: Flag = False
    order: Whole = Field(100, description="Smaller comes first where dates are equal.")
    topics: Many[TopicRef] = ()
    editions: Many[Annotated[Ref, RefTo("edition")]] = ()
    places: Many[PlaceRef] = ()
    industries: Many[IndustryRef] = ()
    sources: Many[SourceRef] = ()
    cover: Annotated[Ref, RefTo("media")] | None = Field(None, description="A file of content/media/.")
    cover_alt: LocalText | None = None
    original: SiteLanguage | None = Field(
        None, description="The language it was first written in; by default the first of the site's that it has."
    )

    @model_validator(mode="after")
    def _updated_after(self) -> Self:
        if self.updated and (self.date is None or self.updated.earliest < self.date.earliest):
            raise fault("updated-before-date", updated=str(self.updated), date=str(self.date or ""))
        return self

    @property
    def changed(self) -> PartialDate | None:
        """When its content last changed; None if it has no date at all."""
        return self.updated or self.date


class Stamp(Model):
    """Which version of the original a translation was made from: written by `build.py restamp`, never by hand."""

    language: SiteLanguage
    head: Text = Field(description="Digest of the original's title and summary.")
    lead: Text | None = Field(None, description="Digest of what stands before its first heading.")
    sections: dict[str, Text] = Field(default_factory=dict, description="Digests of its sections, by heading id.")


class FrontMatter(Model):
    """The head of each ``<language>.md``."""

    title: Text
    summary: Text
    original: Stamp | None = None
