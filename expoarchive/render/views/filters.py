"""Forms that narrow a long list by script. Without scripts, the page shows the whole list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from expoarchive.records.source import Grade
from expoarchive.render.desk import Desk
from expoarchive.render.format import language_name
from expoarchive.render.values import EditionRow, FilterField, FilterOption, FilterView
from expoarchive.site import Site

# The id of the element that holds the list.
LIST = "list"
# What a record can carry, in the order of the form, and the claim fields that it consists of.
CARRIED: Mapping[str, tuple[str, ...]] = {
    "figures": ("figure",),
    "names": ("name", "theme"),
    "firsts": ("first",),
    "dates": ("opened", "closed"),
    "venues": ("venue",),
    "participants": ("participant",),
    "events": ("event",),
}
CONFLICTS = "conflicts"


def carried_by(site: Site, year: int) -> tuple[str, ...]:
    """Which of ``CARRIED`` the edition's record has, and whether any of its claims conflict."""
    fields = {claim.field for claim in site.records.claims.of_record(str(year))}
    carried = [name for name, of in CARRIED.items() if fields.intersection(of)]
    if any(group[0].record == str(year) for group in site.conflicts):
        carried.append(CONFLICTS)
    return tuple(carried)


def timeline_filter(desk: Desk, rows: Sequence[EditionRow]) -> FilterView:
    """By topic and by what the record carries."""
    topics = desk.site.records.vocabularies.terms("topic")
    names = {topic: desk.local(term.name) for topic, term in topics.items()}
    known = {name: desk.strings(f"filter.known_{name}") for name in (*CARRIED, CONFLICTS)}
    fields = (
        _field(desk, "topic", names, (tag for row in rows for tag in row.topics)),
        _field(desk, "known", known, (tag for row in rows for tag in row.carries)),
    )
    return FilterView(LIST, desk.strings("filter.editions"), tuple(field for field in fields if field.options))


def sources_filter(desk: Desk) -> FilterView:
    """By grade and by the language of the source."""
    sources = desk.site.records.sources.values()
    grades = {grade: desk.strings(f"grade.{grade}") for grade in get_args(Grade)}
    tags = dict.fromkeys(source.language for source in sources)
    languages = {tag: language_name(tag, desk.language) for tag in tags}
    fields = (
        _field(desk, "grade", grades, (source.grade for source in sources)),
        _field(desk, "language", languages, (source.language for source in sources)),
    )
    return FilterView(LIST, desk.strings("filter.sources"), fields)


def _field(desk: Desk, name: str, texts: Mapping[str, str], tags: Iterable[str]) -> FilterField:
    counts = Counter(tags)
    options = tuple(FilterOption(tag, text, counts[tag]) for tag, text in texts.items() if counts[tag])
    return FilterField(name, desk.strings(f"filter.{name}"), desk.strings(f"filter.every_{name}"), options)
