"""Every id that a record or a text names must exist; the nearest that does is offered."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from expoarchive.config import Config
from expoarchive.nodes.fields import PartialDate, Quantity, Ref, RefTo
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.archive import Records

# The kind of problem for an id that is not among its targets.
UNKNOWN = {
    "source": "unknown-source",
    "measure": "unknown-measure",
    "unit": "unknown-unit",
    "place": "unknown-place",
    "region": "unknown-region",
    "industry": "unknown-industry",
    "venue": "unknown-venue",
    "body": "unknown-body",
    "role": "unknown-role",
    "topic": "unknown-topic",
    "event": "unknown-event",
    "part": "unknown-part",
    "edition": "unknown-edition",
    "article": "unknown-article",
    "page": "unknown-page",
    "claim": "unknown-claim",
    "media": "missing-media",
    "section": "unknown-section",
}
# The file of content/vocabularies/ that defines each sort of term.
_VOCABULARIES = {
    "measure": "measures",
    "unit": "units",
    "place": "places",
    "region": "regions",
    "industry": "industries",
    "venue": "venues",
    "body": "bodies",
    "role": "roles",
    "topic": "topics",
    "event": "events",
}
# Lists of the site that an archive has where it has terms for them, by vocabulary.
_LISTS = ("topics", "industries", "places", "venues", "bodies", "events")
_FILE = "content/vocabularies/{}.yaml"
# Where ids are defined, as the beginnings of paths: while an error stands there, none of them is called unknown.
DEFINED_IN: Mapping[str, tuple[str, ...]] = {
    **{target: (_FILE.format(name),) for target, name in _VOCABULARIES.items()},
    "source": ("content/sources.yaml",),
    "part": tuple(_FILE.format(name) for name in ("places", "industries", "venues", "events", "parts")),
    "edition": ("content/editions/",),
    "article": ("content/articles/",),
    "page": ("content/pages/",),
    "claim": ("content/editions/", "content/expo.yaml"),
    "media": ("content/media/",),
    "section": ("content/pages/", *(_FILE.format(name) for name in _LISTS)),
}


# Parts of the site that every archive has, besides its own pages; prose links them as pages.
SECTIONS = (
    "home",
    "timeline",
    "growth",
    "reach",
    "editions",
    "articles",
    "sources",
    "coverage",
    "firsts",
    "corrections",
    "data",
    "audit",
)


# Types of values that neither are references nor hold one.
_PLAIN = frozenset({str, int, bool, Decimal, PartialDate, Quantity, type(None), ...})


def references_in(value: Any) -> Iterator[Ref]:
    """Every reference below a model, dict, list or tuple, in order."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, BaseModel):
        for name in _referring(type(value)):
            yield from references_in(getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from references_in(key)
            yield from references_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from references_in(inner)


@cache
def _referring(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model in which there may be a reference."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _may_refer(Annotated[field.annotation, *field.metadata, None]))


def _may_refer(annotation: Any) -> bool:
    """Whether a value of this type may be or hold a reference: another type than those of plain values may."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        return any(isinstance(note, RefTo) for note in notes) or _may_refer(inner)
    if inside := get_args(annotation):
        return get_origin(annotation) is not Literal and any(_may_refer(part) for part in inside)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_referring(annotation))
    return annotation not in _PLAIN


def known_ids(records: Records, media: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The ids that exist, by what they are ids of; of media, the files."""
    vocabularies = records.vocabularies
    names: dict[str, Iterable[str]] = {
        "source": records.sources,
        "measure": vocabularies.measures,
        "unit": vocabularies.units,
        "place": vocabularies.places,
        "region": vocabularies.regions,
        "industry": vocabularies.industries,
        "venue": vocabularies.venues,
        "body": vocabularies.bodies,
        "role": vocabularies.roles,
        "topic": vocabularies.topics,
        "event": vocabularies.events,
        "part": [part_id for terms in vocabularies.naming_parts() for part_id in terms],
        "edition": [str(year) for year in records.editions],
        "article": records.articles,
        "page": [*records.pages, *SECTIONS],
        "claim": records.claims.by_address,
        "media": media,
        "section": [*records.pages, *SECTIONS, *(name for name in _LISTS if getattr(vocabularies, name))],
    }
    return {target: frozenset(ids) for target, ids in names.items()}


def check_references(
    records: Records, config: Config, media: Iterable[str], faulty: Iterable[str] = ()
) -> list[Problem]:
    """Report each reference to what does not exist, in records, prose and the configuration.

    Reports ``leads-to-left-out`` where prose links a page that the configuration leaves out.
    What the ``faulty`` files would have defined is not called unknown.
    """
    known = known_ids(records, media)
    named = list(references_of(records, config))
    unsure = {target for file in faulty for target, defined in DEFINED_IN.items() if file.startswith(defined)}
    unknown = [
        Problem(UNKNOWN[target], place, {"name": name}, nearest(name, known[target]))
        for target, name, place in named
        if target not in unsure and name not in known[target]
    ]
    left = [
        Problem("leads-to-left-out", place, {"name": name})
        for target, name, place in named
        if target == "page" and name in config.without
    ]
    return [*unknown, *left]


def references_of(records: Records, config: Config) -> Iterator[tuple[str, str, Place]]:
    """Everything that the records, the prose and the configuration refer to: of what it is an id, the id, where."""
    for ref in references_in([config, *_everything(records)]):
        yield ref.target, str(ref), ref.place
    for article in [*records.articles.values(), *records.pages.values()]:
        for translation in article.translations.values():
            for mention in translation.references:
                target = {"citation": "source", "figure": "claim"}.get(mention.kind, mention.sort)
                yield target, mention.target, mention.place


def _everything(records: Records) -> list[Any]:
    vocabularies = records.vocabularies
    terms = (vocabularies.units, vocabularies.measures, vocabularies.regions, vocabularies.bodies, vocabularies.roles)
    topics = (vocabularies.topics, *vocabularies.naming_parts())
    return [
        *records.editions.values(),
        records.expo,
        *[list(entries.values()) for entries in (*terms, *topics)],
        list(records.eras.values()),
        list(records.changes.values()),
        list(records.charts.values()),
        list(records.corrections.values()),
        [article.record for article in [*records.articles.values(), *records.pages.values()]],
    ]
