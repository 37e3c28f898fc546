"""The vocabularies, one row each. Files, schemas, ids, links of prose, lists and pages of terms follow from it.

Another vocabulary is one row, its words (``unknown-id`` in ``problem/kinds/``, strings of its pages) and its file.
One whose entries have fields of their own has a model in ``vocabulary.py`` besides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from expoarchive.load import CONTENT
from expoarchive.nodes.fields import Ref, fault
from expoarchive.problem import nearest
from expoarchive.records.vocabulary import Body, Measure, Place, Term, Unit, Venue

VOCABULARIES = f"{CONTENT}/vocabularies/"


@dataclass(frozen=True, slots=True)
class Sort:
    """What the entries of one vocabulary are. Those with ``pages`` have one each and a list: prose can link them.

    ``name`` is what one entry is called in references, and its page's kind; ``plural`` is the name of the file, and
    the list's. With ``part`` a claim can speak of an entry as its part.
    """

    name: str
    plural: str
    model: type[Term | Unit]
    pages: bool = False
    part: bool = False

    @property
    def file(self) -> str:
        """Where its entries are."""
        return f"{VOCABULARIES}{self.plural}.yaml"


# Pages and lists of the site are in this order.
SORTS = (
    Sort("measure", "measures", Measure),
    Sort("unit", "units", Unit),
    Sort("topic", "topics", Term, pages=True),
    Sort("industry", "industries", Term, pages=True, part=True),
    Sort("place", "places", Place, pages=True, part=True),
    Sort("region", "regions", Term),
    Sort("venue", "venues", Venue, pages=True, part=True),
    Sort("body", "bodies", Body, pages=True),
    Sort("event", "events", Term, pages=True, part=True),
    Sort("role", "roles", Term),
    Sort("part", "parts", Term, part=True),
)
PAGED: Mapping[str, Sort] = MappingProxyType({sort.name: sort for sort in SORTS if sort.pages})
PARTS = tuple(sort for sort in SORTS if sort.part)


def _term(value: Any) -> Ref:
    sort, colon, term_id = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not colon:
        raise fault("not-a-term", choices=", ".join(PAGED))
    if sort not in PAGED:
        raise fault("unknown-sort", found=sort, choices=", ".join(PAGED), nearest=nearest(sort, PAGED) or "")
    return Ref.at(value, term_id, sort)


# An entry of any vocabulary that has pages, as SORT:ID, as prose names it: `event:forum`.
TermRef = Annotated[Ref, PlainValidator(_term), WithJsonSchema({"type": "string", "x-ref": "term"})]
