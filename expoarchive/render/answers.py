"""What the search answers without a page: each edition's claims by what they say, and what is known to be unknown.

A question is a subject, as absences name it (``value-signed``, ``opened``, ``guest-of-honour``), and an edition. The
script of a language holds the phrases by which readers name subjects, and for each record the claims that say them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from expoarchive.nodes.fields import Quantity
from expoarchive.records import EXPO, Claim, Records
from expoarchive.records.absence import Subject, absent, asked_of, fillers
from expoarchive.records.claim import FACTS, Key, slug
from expoarchive.records.statement import Deal, Figure
from expoarchive.render import words
from expoarchive.render.compact import compact_json
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.search_words import all_words, every_word
from expoarchive.render.studio import Studio
from expoarchive.render.views.claim_rows import marks_of
from expoarchive.render.views.editions import missing_cells
from expoarchive.site import Page, Site
from expoarchive.site.address import home_of
from expoarchive.site.recall import Recall

# Who opened it, the one role of persons that every edition is asked about.
OPENER = "opener"
# What an answer says of a claim in the words of the coverage, by its mark in tables, the gravest first.
_STATES = {"conflict": "conflicting", "derived": "derived", "weak": "weak"}
# A cell of the table of coverage that is empty, without an entry of its own among the absences.
_EMPTY = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject by its name, what it is, what the page's language calls it, and the phrases that ask for it."""

    name: str
    subject: Subject
    label: str
    phrases: tuple[str, ...]


def answers_of(studio: Studio, recall: Recall, search_page: Page) -> str:
    """What the search of a page's language answers, in JSON."""
    asked = list(_asked(studio, search_page))
    unknown = _unknown(studio.site.records)
    records = {}
    for record in (*map(str, studio.site.records.editions), EXPO):
        here = tuple(unknown.get(record, {}).items())
        make = partial(_record, record=record, studio=studio, search_page=search_page, asked=asked, absences=dict(here))
        name = f"answers {search_page.language} {record}"
        beside = (here, tuple((one.name, one.subject) for one in asked))
        records[record] = recall.made_of(name, make, beside, kind=str)
    desk = desk_of(studio.site, search_page, studio.strings, marks=True)
    own = search_page.language
    head = {
        "whole": every_word(studio, "search.whole", own),
        "coverage": desk.href("coverage") if "coverage" in studio.site.kinds else "",
        "marks": {state: desk.strings(f"coverage.{state}") for state in ("weak", "derived", "conflicting")},
        "labels": {one.name: one.label for one in asked},
        "phrases": _phrases(asked),
    }
    lines = ",\n".join(f"{json.dumps(record)}:{text}" for record, text in records.items())
    return f'{compact_json(head)[:-1]},"records":{{\n{lines}\n}}}}'


def _phrases(asked: Iterable[Asked]) -> dict[str, list[str]]:
    """The names of the subjects that each phrase asks for."""
    phrases: dict[str, list[str]] = {}
    for one in asked:
        for phrase in one.phrases:
            phrases.setdefault(phrase, []).append(one.name)
    return phrases


# --- what can be asked


def _asked(studio: Studio, search_page: Page) -> Iterator[Asked]:
    """Each subject once: what synonyms ask, in their order, then facts, who opened it, measures by stage, roles.

    Measures come before roles: who asks for exhibitors asks how many there were, not whom a claim calls an exhibitor.
    """
    records = studio.site.records
    own = search_page.language
    # The page's own language first, whose word is the label.
    languages = sorted(studio.site.config.language_ids, key=lambda language: language != own)
    desks = [_desk_in(studio, search_page, language) for language in languages]
    phrases: dict[str, list[str]] = {str(name): [] for entry in records.synonyms.values() for name in entry.asks}
    for name, texts in _named(desks):
        phrases.setdefault(name, []).extend(texts)
    labels = {name: texts[0] for name, texts in phrases.items() if texts}
    # "Edition", the label of an ordinal, asks for nothing.
    phrases["ordinal"] = []
    for name, known in phrases.items():
        known += every_word(studio, f"search.asks.{name}", own)
    for entry in records.synonyms.values():
        for asked in entry.asks:
            phrases[str(asked)] += [*entry.words.get(own, ()), *all_words(entry)]
    for name, known in phrases.items():
        if known and (subject := asked_of(records, name)) is not None:
            yield Asked(name, subject, labels.get(name, known[0]), tuple(dict.fromkeys(known)))


def _named(desks: Sequence[Desk]) -> Iterator[tuple[str, list[str]]]:
    """Each subject that the archive has a name for, with the names that the desks' languages have."""
    vocabularies = desks[0].site.records.vocabularies
    for field in FACTS:
        yield field, [desk.strings(f"field.{field}") for desk in desks]
    yield OPENER, [desk.strings(f"appearance.{OPENER}") for desk in desks]
    for measure, stage in _measured(desks[0].site.records):
        if stage:
            yield slug(measure, stage), [words.column_title(desk, (measure, stage)) for desk in desks]
        else:
            yield measure, [desk.local(vocabularies.measures[measure].name) for desk in desks]
    for role, term in vocabularies.terms("role").items():
        if role != OPENER:
            yield role, [desk.local(term.name) for desk in desks]


def _desk_in(studio: Studio, search_page: Page, language: str) -> Desk:
    site = studio.site
    return Desk(site, search_page, site.config.language(language), studio.strings[language].for_page())


def _measured(records: Records) -> Iterable[tuple[str, str]]:
    """Every measure alone, whether or not a figure counts it, and at the stages at which one counts the whole."""
    staged = {
        (claim.measure, claim.statement.stage)
        for claim in records.claims.by_address.values()
        if isinstance(claim.statement, Figure) and claim.statement.stage and not claim.statement.part
    }
    return sorted({*((measure, "") for measure in records.vocabularies.measures), *staged})


def _unknown(records: Records) -> dict[str, dict[Subject, str]]:
    """For each record the subjects that the archive says it does not know, with the id of the absence."""
    unknown: dict[str, dict[Subject, str]] = {}
    for record, subject, absence_id in absent(records):
        unknown.setdefault(record, {}).setdefault(subject, absence_id)
    return unknown


# --- what a record answers


def _record(
    site: Site,
    record: str,
    studio: Studio,
    search_page: Page,
    asked: Sequence[Asked],
    absences: Mapping[Subject, str],
) -> str:
    """A record as the search page answers from it, in JSON: its claims by anchor, and what is asked of it.

    ``of`` has the anchors of a subject's claims, unless it is one claim of the same name. ``unknown`` subjects come
    with the id of the absence, empty where the table of coverage alone says it.
    """
    desk = desk_of(site, search_page, studio.strings, marks=True)
    numbers = [claim for claim in site.records.claims.of_record(record) if _quantity(claim)]
    said = _answered(desk, record, asked)
    claims = {claim.anchor: claim for group in (numbers, *said.values()) for claim in group}
    of = {name: [claim.anchor for claim in group] for name, group in said.items() if group}
    item: dict[str, object] = {
        "title": words.record_name(desk, record),
        "url": desk.href(*home_of(record)),
        "state": _state(desk, record),
        "claims": {anchor: _claim(desk, claim) for anchor, claim in claims.items()},
        "of": {name: anchors for name, anchors in of.items() if anchors != [name]},
        "unknown": {name: absence for name, absence in _lacking(desk, record, asked, absences) if name not in of},
    }
    return compact_json({key: value for key, value in item.items() if value})


def _answered(desk: Desk, record: str, asked: Sequence[Asked]) -> dict[str, list[Claim]]:
    """By name of the subject the claims that say it, for subjects of which the record says anything at all."""
    fields = {(claim.key.field, claim.measure) for claim in desk.site.records.claims.of_record(record)}
    known = (one for one in asked if (one.subject.field, one.subject.measure) in fields)
    return {one.name: _said(desk, record, one.subject) for one in known}


def _said(desk: Desk, record: str, subject: Subject) -> list[Claim]:
    """The claims that say what a subject asks: of several counts the final one first, of one key the preferred."""
    groups: dict[Key, list[Claim]] = {}
    found = fillers(desk.site.records, record, subject) or _planned(desk, record, subject)
    for claim in found:
        groups.setdefault(claim.key, []).append(claim)
    # A total of all editions before one of the latest few.
    latest = sorted(groups.values(), key=lambda group: (not group[0].key.last, _counted_on(group[0])), reverse=True)
    return [claim for group in latest for claim in words.for_reader(desk, group)]


def _planned(desk: Desk, record: str, subject: Subject) -> list[Claim]:
    """What was announced of a fact of the whole edition, for where nothing tells how it came; its limits say so."""
    if subject.field not in FACTS:
        return []
    keys = desk.site.records.claims.grouped(record, subject.field)
    return [claim for key, group in keys.items() if key.stage == "planned" and not key.part for claim in group]


def _counted_on(claim: Claim) -> tuple[int, ...]:
    """When a figure was counted, for order; one without a date is the final count."""
    as_of = claim.statement.as_of if isinstance(claim.statement, Figure) else None
    if as_of is None:
        return (9999,)
    if as_of.date:
        return (as_of.date.year, as_of.date.month or 0, as_of.date.day or 0)
    return (as_of.after, 13) if as_of.after is not None else (as_of.before or 0,)


def _state(desk: Desk, record: str) -> str | None:
    """What stands in the way of any answer: the edition was not held, or nobody knows."""
    edition = desk.site.records.editions.get(int(record)) if record != EXPO else None
    return desk.strings(f"status.{edition.status}") if edition and edition.status != "held" else None


def _lacking(
    desk: Desk, record: str, asked: Iterable[Asked], absences: Mapping[Subject, str]
) -> Iterator[tuple[str, str]]:
    """The subjects that the archive says it does not know of a record: an absence, or an empty cell of the coverage."""
    edition = desk.site.records.editions.get(int(record)) if record != EXPO else None
    cells = set(missing_cells(desk.site, edition.year)) if edition and edition.status == "held" else set()
    for one in asked:
        if one.subject in absences:
            yield one.name, absences[one.subject]
        elif one.name in cells:
            yield one.name, _EMPTY


def _quantity(claim: Claim) -> Quantity | None:
    return claim.statement.value if isinstance(claim.statement, Figure | Deal) else None


def _claim(desk: Desk, claim: Claim) -> dict[str, object]:
    """What an answer shows of a claim, without what is empty. ``numbers`` are its ends in its unit and in the base."""
    text, lang = words.value_text(desk, claim)
    statement, quantity = claim.statement, _quantity(claim)
    limits = [words.stage_name(desk, claim), words.part_name(desk, claim), words.as_of_text(desk, claim)]
    limits.append(desk.local(statement.scope) if statement.scope else None)
    marks = marks_of(desk, claim)
    item: dict[str, object] = {
        "label": words.label(desk, claim),
        "text": text,
        "lang": lang,
        "limits": " · ".join(filter(None, limits)),
        "marks": [state for mark, state in _STATES.items() if mark in marks],
        "sources": [desk.href("source", source_id) for source_id in _sources(desk.site.records, claim)],
        "numbers": _numbers(desk, claim, quantity) if quantity else [],
    }
    return {key: value for key, value in item.items() if value}


def _sources(records: Records, claim: Claim) -> dict[str, None]:
    """The ids of the sources that a claim rests on, in order; a derived one rests on those of its inputs."""
    found: dict[str, None] = {}
    waiting = {claim.address: claim}
    seen: set[str] = set()
    while waiting:
        address, one = waiting.popitem()
        seen.add(address)
        found |= dict.fromkeys(str(citation.source) for citation in one.statement.sources)
        inputs = one.statement.derived.inputs.values() if one.statement.derived else ()
        waiting |= {str(name): records.claims.by_address[name] for name in inputs if name not in seen}
    return found


def _numbers(desk: Desk, claim: Claim, quantity: Quantity) -> list[str]:
    measure = claim.statement.measure if isinstance(claim.statement, Deal) else claim.measure
    unit = desk.site.records.vocabularies.unit_of(str(measure))
    ends = [end * factor for factor in (Decimal(1), unit.factor) for end in (quantity.low, quantity.high)]
    return list(dict.fromkeys(f"{end.normalize():f}" for end in ends))
