"""``content/synonyms.yaml``: the words by which readers search for what the archive calls by another name."""

from typing import Annotated

from pydantic import Field

from expoarchive.nodes.fields import LocalText, Many, PlacedText, Ref, RefTo, SiteLanguage, Text
from expoarchive.nodes.model import Model
from expoarchive.records.sorts import TermRef

SYNONYMS = "content/synonyms.yaml"


class Synonyms(Model):
    """``content/synonyms.yaml``: words that mean one thing to readers who search, and what they look for by them."""

    words: dict[SiteLanguage, Many[Text]] = Field(
        description="Words and phrases by language; whoever searches for one finds what has any of them."
    )
    asks: Many[PlacedText] = Field(
        (), description="What they ask of an edition, named as absences name it: visitors, value-signed, opener."
    )
    articles: Many[Annotated[Ref, RefTo("article")]] = Field((), description="The articles that they lead to.")
    pages: Many[Annotated[Ref, RefTo("page")]] = Field((), description="The pages that they lead to: growth, reach.")
    terms: Many[TermRef] = Field((), description="The terms that they lead to, as SORT:ID.")
    question: LocalText | None = Field(
        None, description="A question that the first page asks for the reader, and answers with the page they lead to."
    )
