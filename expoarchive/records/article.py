"""``content/articles/<id>/`` and ``content/pages/<id>/``: what the languages share, and each one's prose."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from expoarchive.nodes.fields import Flag, LocalText, PartialDate, Ref, RefTo, Text, Whole, one_or_many
from expoarchive.nodes.model import Model
from expoarchive.records.statement import IndustryRef, PlaceRef, SourceRef, TopicRef

EditionRef = Annotated[Ref, RefTo("edition")]


class ArticleRecord(Model):
    """``article.yaml``: what holds in every language."""

    date: PartialDate | None = Field(None, description="When the archive published it.")
    featured: Flag = False
    order: Whole = Field(100, description="Smaller comes first where dates are equal.")
    topics: Annotated[tuple[TopicRef, ...], BeforeValidator(one_or_many)] = ()
    editions: Annotated[tuple[EditionRef, ...], BeforeValidator(one_or_many)] = ()
    places: Annotated[tuple[PlaceRef, ...], BeforeValidator(one_or_many)] = ()
    industries: Annotated[tuple[IndustryRef, ...], BeforeValidator(one_or_many)] = ()
    sources: Annotated[tuple[SourceRef, ...], BeforeValidator(one_or_many)] = ()
    cover: Annotated[Ref, RefTo("media")] | None = Field(None, description="A file of content/media/.")
    cover_alt: LocalText | None = None


class FrontMatter(Model):
    """The head of each ``<language>.md``."""

    title: Text
    summary: Text
