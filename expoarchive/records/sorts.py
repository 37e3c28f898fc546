"""The vocabularies, one row each, from which files, schemas, ids, links in prose, and the pages of terms follow.

A new one for all sites takes one row, its words (``unknown-id`` in ``problem/kinds/``, the strings of its pages) and
its file. If its entries have fields of their own, it also needs a model in ``vocabulary.py``. One for a single site
takes an entry of its configuration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from expoarchive.config import Config
from expoarchive.load import CONTENT
from expoarchive.nodes.fields import Ref, fault
from expoarchive.problem import nearest
from expoarchive.records.vocabulary import Body, Company, Locality, Measure, Term, Unit, Venue

VOCABULARIES = f"{CONTENT}/vocabularies/"


@dataclass(frozen=True, slots=True)
class Sort:
    """What the entries of one vocabulary are.

    ``name`` is what references call one entry, and the kind of its page; ``plural`` names the file and the list page.
    With ``pages``, the list and each entry have a page, and prose can link to them. With ``part``, an entry can be the
    part of the fair that a claim speaks of. With ``by_use``, the list begins with the terms that are named most often;
    otherwise it has the order of the file. ``words`` are what a site calls an entry, by language.
    """

    name: str
    plural: str
    model: type[Term | Unit]
    pages: bool = False
    part: bool = False
    by_use: bool = False
    words: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """The file of its entries."""
        return f"{VOCABULARIES}{self.plural}.yaml"


@dataclass(frozen=True)
class Sorts:
    """The vocabularies of a site. Its pages and lists follow their order."""

    rows: tuple[Sort, ...]

    @cached_property
    def paged(self) -> Mapping[str, Sort]:
        """Those with pages, by name."""
        return {sort.name: sort for sort in self.rows if sort.pages}

    def called(self, name: str) -> dict[str, str]:
        """The detail ``sort`` of a problem, with the site's own word for it in each language that has another."""
        words = next((sort.words for sort in self.rows if sort.name == name), ())
        return {"sort": name, **{f"sort.{language}": word for language, word in words if word.casefold() != name}}

    @property
    def parts(self) -> tuple[Sort, ...]:
        """Those whose entries can be parts of the fair."""
        return tuple(sort for sort in self.rows if sort.part)


# Those of every site.
SORTS = (
    Sort("measure", "measures", Measure),
    Sort("unit", "units", Unit),
    Sort("topic", "topics", Term, pages=True),
    Sort("industry", "industries", Term, pages=True, part=True),
    Sort("place", "places", Locality, pages=True, part=True),
    Sort("region", "regions", Term),
    Sort("venue", "venues", Venue, pages=True, part=True),
    Sort("body", "bodies", Body, pages=True),
    Sort("company", "companies", Company, pages=True, by_use=True),
    Sort("person", "people", Term, pages=True, by_use=True),
    Sort("event", "events", Term, pages=True, part=True),
    Sort("role", "roles", Term),
    Sort("part", "parts", Term, part=True),
)


def sorts_of(config: Config) -> Sorts:
    """The vocabularies of every site, then those of this site's own."""
    spoken = {language.id: language.tag.split("-")[0] for language in config.languages}
    own = (
        Sort(
            str(one.one),
            str(plural),
            Term,
            pages=one.pages,
            part=one.part,
            by_use=one.by_use,
            words=tuple((spoken[language], name) for language, name in one.name.items()),
        )
        for plural, one in config.vocabularies.items()
    )
    return Sorts((*SORTS, *own))


def _term(value: Any, info: ValidationInfo) -> Ref:
    paged = (info.context or {}).get("sorts", Sorts(SORTS)).paged
    sort, colon, term_id = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not colon:
        raise fault("not-a-term", choices=", ".join(paged))
    if sort not in paged:
        raise fault("unknown-sort", found=sort, choices=", ".join(paged), nearest=nearest(sort, paged) or "")
    return Ref.at(value, term_id, sort)


# An entry of any vocabulary that has pages, written SORT:ID as in prose: `event:forum`.
TermRef = Annotated[Ref, PlainValidator(_term), WithJsonSchema({"type": "string", "x-ref": "term"})]
