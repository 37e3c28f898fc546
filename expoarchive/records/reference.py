"""Checks that every id named in a record or a text exists; for one that does not, the nearest is suggested."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from expoarchive.config import Config
from expoarchive.load import CONTENT
from expoarchive.nodes.model import uncurled
from expoarchive.nodes.references import references_in
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.archive import Records
from expoarchive.records.sorts import Sort, Sorts

# Ids of things that are not records, by target: media, pages and lists, forms of publication.
Ids = Mapping[str, Iterable[str]]
# Finds them for a site; only the stages that make these things know how.
SiteIds = Callable[[Config, Records], Ids]


@dataclass(frozen=True, slots=True)
class Target:
    """What references of one kind can name: the ids that exist, and how the paths of the files with them begin.

    As long as one of these files has an error, no id is called unknown.
    """

    ids: Callable[[Records], Iterable[str]]
    files: tuple[str, ...]


def _of_sorts(*sorts: Sort) -> Target:
    """An id of any of these vocabularies."""

    def ids(records: Records) -> Iterator[str]:
        return (term_id for sort in sorts for term_id in records.vocabularies.by_sort[sort.name])

    return Target(ids, tuple(sort.file for sort in sorts))


def _terms(records: Records) -> Iterator[str]:
    """Every term that has a page, as ``TermRef`` names it."""
    vocabularies = records.vocabularies
    return (f"{name}:{term_id}" for name in vocabularies.sorts.paged for term_id in vocabularies.by_sort[name])


@cache
def targets_of(sorts: Sorts) -> Mapping[str, Target]:
    """What references of a site can name, by the names of the targets."""
    lists = tuple(sort.file for sort in sorts.paged.values())
    return {
        **{sort.name: _of_sorts(sort) for sort in sorts.rows},
        "part": _of_sorts(*sorts.parts),
        "term": Target(_terms, lists),
        "source": Target(lambda records: records.sources, (f"{CONTENT}/sources/",)),
        "edition": Target(lambda records: map(str, records.editions), (f"{CONTENT}/editions/",)),
        "article": Target(lambda records: records.articles, (f"{CONTENT}/articles/",)),
        "page": Target(lambda records: records.pages, (f"{CONTENT}/pages/",)),
        "claim": Target(lambda records: records.claims.by_address, CLAIM_FILES),
        "absence": Target(lambda records: records.absences, (f"{CONTENT}/absences.yaml",)),
        "picture": Target(lambda records: records.pictures, (f"{CONTENT}/pictures/",)),
        "recording": Target(lambda records: records.recordings, (f"{CONTENT}/recordings/",)),
        "section": Target(lambda records: records.pages, (f"{CONTENT}/pages/", *lists)),
        "media": Target(lambda records: (), (f"{CONTENT}/media/",)),
        "output": Target(lambda records: (), ()),
    }


# How the paths of files with claims begin.
CLAIM_FILES = (f"{CONTENT}/editions/", f"{CONTENT}/expo.yaml")
# The kind of problem for a missing id, unless the ids are the keys of a file.
UNKNOWN = {
    "edition": "unknown-edition",
    "article": "unknown-article",
    "page": "unknown-page",
    "claim": "unknown-claim",
    "media": "missing-media",
    "section": "unknown-section",
    "output": "unknown-output",
}


def known_ids(records: Records, beside: Ids) -> Mapping[str, frozenset[str]]:
    """The ids that exist, by target; ``beside`` has those of things that are not records."""
    targets = targets_of(records.vocabularies.sorts)
    return {name: frozenset([*target.ids(records), *beside.get(name, ())]) for name, target in targets.items()}


def check_references(records: Records, config: Config, beside: Ids, faulty: Iterable[str] = ()) -> list[Problem]:
    """Report each reference to something that does not exist, in records, prose and the configuration.

    Reports ``leads-to-left-out`` where prose links to a page that the configuration leaves out. No id is called
    unknown that one of the ``faulty`` files may define.
    """
    ids, sorts = known_ids(records, beside), records.vocabularies.sorts
    targets = targets_of(sorts)
    uncertain = {name for file in faulty for name, target in targets.items() if file.startswith(target.files)}
    problems = []
    for target, name, place in references_of(records, config):
        if target not in uncertain and name not in ids[target]:
            details = {"name": name, **sorts.called(target), "file": ", ".join(targets[target].files)}
            problems.append(_unknown(target, place, ids, details))
        if target == "page" and name in config.without:
            problems.append(Problem("leads-to-left-out", place, {"name": name}))
    return problems


def _unknown(target: str, place: Place, ids: Mapping[str, Iterable[str]], details: Mapping[str, str]) -> Problem:
    name = details["name"]
    if inner := uncurled(name):
        return Problem("curly-quotes", place, {"found": name, "meant": inner})
    return Problem(UNKNOWN.get(target, "unknown-id"), place, details, nearest(name, ids[target]))


def references_of(records: Records, config: Config) -> Iterator[tuple[str, str, Place]]:
    """Target, id and place of everything that the records, the prose and the configuration refer to."""
    for ref in references_in([config, *_referring_records(records)]):
        yield ref.target, str(ref), ref.place
    for _, text in records.texts():
        for mention in text.references:
            if mention.kind == "absence" and "#" in mention.target:
                continue  # held against the claims, not against ids
            target = {"citation": "source", "figure": "claim", "absence": "absence"}.get(mention.kind, mention.sort)
            yield target, mention.target, mention.place


def _referring_records(records: Records) -> list[Any]:
    return [
        records.editions,
        records.expo,
        records.sources,
        records.pictures,
        records.recordings,
        records.exhibitors,
        *records.vocabularies.by_sort.values(),
        records.eras,
        records.changes,
        records.charts,
        records.synonyms,
        records.corrections,
        [article.record for article in [*records.articles.values(), *records.pages.values()]],
    ]
