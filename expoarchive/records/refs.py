"""The ids by which records name what is recorded elsewhere, and how firm a figure is: what every model may use."""

from typing import Annotated, Literal

from expoarchive.nodes.fields import Ref, RefTo

SourceRef = Annotated[Ref, RefTo("source")]
MeasureRef = Annotated[Ref, RefTo("measure")]
PlaceRef = Annotated[Ref, RefTo("place")]
IndustryRef = Annotated[Ref, RefTo("industry")]
VenueRef = Annotated[Ref, RefTo("venue")]
BodyRef = Annotated[Ref, RefTo("body")]
RoleRef = Annotated[Ref, RefTo("role")]
TopicRef = Annotated[Ref, RefTo("topic")]
EventRef = Annotated[Ref, RefTo("event")]
# A part of the fair: an entry of a vocabulary whose sort says that it names parts.
PartRef = Annotated[Ref, RefTo("part")]
# Another claim, as RECORD#ANCHOR: `2022#projects-signed`, `expo#value-signed-after-2020`.
ClaimRef = Annotated[Ref, RefTo("claim")]

# How firm a figure is, from an invitation to money spent. Different stages are never compared.
Stage = Literal["offered", "planned", "signed", "in_place"]
