"""What the archive says it does not know: ``2014#visitors``, ``2013-2018#value-signed``, ``*#visitors``.

An absence holds as long as no record fills it. Those that no claim's key can name have entries in
``content/absences.yaml``.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from expoarchive.load import CONTENT
from expoarchive.problem import Place, Problem, nearest
from expoarchive.records.archive import Records
from expoarchive.records.claim import EXPO, FACTS, Claim
from expoarchive.records.prose.mention import ABSENCE
from expoarchive.records.reference import CLAIM_FILES
from expoarchive.records.statement import Appearance, Figure, VenueClaim
from expoarchive.records.vocabulary import Stage

_STAGES = tuple(stage.replace("_", "-") for stage in get_args(Stage))
# Fields of a record that hold claims without a measure, beside its facts and roles.
_FIELDS = ("appearance", "participant", "first", "deal", "industry", "pavilion", "activity", "positioning")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an absence is about: a measure or a field, as a claim's key names them; empty parts stand for any.

    ``among`` narrows it to claims that name a place, a region or another term.
    """

    field: str
    measure: str = ""
    stage: str = ""
    part: str = ""
    name: str = ""
    among: str = ""


def check_absences(records: Records, faulty: Collection[str] = ()) -> list[Problem]:
    """Check every absence in prose and in ``absences.yaml``.

    Reports ``absence-filled``, naming the claim, or ``absence-filled-by-draft``; ``absence-unknown`` for what no claim
    could fill, and ``unknown-edition`` for a year without a record. The claims of ``faulty`` files are missing, so that
    as long as there are such, nothing is said.
    """
    if any(file.startswith(CLAIM_FILES) for file in faulty):
        return []
    problems: list[Problem] = []
    for address, place in _absences(records):
        match = ABSENCE.fullmatch(address)
        if match is None:
            problems.append(Problem("absence-syntax", place, {"found": address}))
            continue
        subject = subject_of(records, match["subject"], match["among"] or "")
        if subject is None:
            name = match["subject"] if not match["among"] else f"{match['subject']}.{match['among']}"
            problems.append(Problem("absence-unknown", place, {"name": name}, nearest(name, _subjects(records))))
            continue
        covered = list(_records_in(records, match["years"]))
        if not covered:
            kind = "unknown-edition" if match["years"].isdecimal() else "absence-unknown"
            problems.append(Problem(kind, place, {"name": match["years"]}))
        for record in covered:
            if (claim := filler(records, record, subject)) is not None:
                draft = claim.year is not None and records.editions[claim.year].draft
                kind = "absence-filled-by-draft" if draft else "absence-filled"
                problems.append(Problem(kind, place, {"name": address, "claim": claim.address}))
                break
    return problems


def check_asked(records: Records, faulty: Collection[str] = ()) -> list[Problem]:
    """Report ``asks-unknown`` for what ``content/synonyms.yaml`` asks and no claim could ever say.

    Nothing is said as long as a vocabulary, which names what can be asked, has errors.
    """
    if any(file.startswith(f"{CONTENT}/vocabularies/") for file in faulty):
        return []
    return [
        Problem(
            "asks-unknown", getattr(asked, "place", entry.found_at), {"name": asked}, nearest(asked, _subjects(records))
        )
        for entry in records.synonyms.values()
        for asked in entry.asks
        if asked_of(records, asked) is None
    ]


def asked_of(records: Records, text: str) -> Subject | None:
    """What ``guest-of-honour.others`` names: a subject, after the dot a term or region. None if nothing."""
    subject, _, among = text.partition(".")
    return subject_of(records, subject, among)


def absent(records: Records) -> Iterator[tuple[str, Subject, str]]:
    """The record, the subject and the id of all that the entries of ``absences.yaml`` cover."""
    for absence_id, entry in records.absences.items():
        for address in entry.covers:
            match = ABSENCE.fullmatch(address)
            subject = subject_of(records, match["subject"], match["among"] or "") if match else None
            if match and subject:
                yield from ((record, subject, absence_id) for record in _records_in(records, match["years"]))


def _absences(records: Records) -> Iterator[tuple[str, Place]]:
    for _, text in records.texts():
        for mention in text.references:
            if mention.kind == "absence" and "#" in mention.target:
                yield mention.target, mention.place
    for entry in records.absences.values():
        for address in entry.covers:
            yield address, getattr(address, "place", entry.found_at)


def _records_in(records: Records, years: str) -> Iterator[str]:
    """The records that an absence speaks of: one, a span of editions, or all and the fair as a whole."""
    if years == "*":
        yield from (str(year) for year in records.editions)
        yield EXPO
    elif years == EXPO:
        yield EXPO
    else:
        first, _, last = years.partition("-")
        yield from (str(year) for year in records.editions if int(first) <= year <= int(last or first))


def subject_of(records: Records, text: str, among: str = "") -> Subject | None:
    """What ``value-signed-market`` names: a measure with stage and part, a fact, a role, a field. None if nothing."""
    if among and among not in set(_terms(records)):
        return None
    if text in FACTS:
        return Subject(text, among=among)
    if (figure := _figure_of(records, text, among)) is not None:
        return figure
    if text in records.vocabularies.terms("role"):
        return Subject("participant", name=text, among=among)
    if text in get_args(Appearance.model_fields["role"].annotation):
        return Subject("appearance", name=text, among=among)
    if text in _FIELDS:
        return Subject(text, among=among)
    field, _, name = text.partition("-")
    if field in ("event", "industry") and (not name or name in records.vocabularies.terms(field)):
        return Subject(field, name=name, among=among)
    return None


def _figure_of(records: Records, text: str, among: str) -> Subject | None:
    """The figure that ``text`` names by its measure, or by measure, stage and part; the longest measure wins."""
    for measure in sorted(records.vocabularies.measures, key=len, reverse=True):
        if text != measure and not text.startswith(f"{measure}-"):
            continue
        rest = text[len(measure) + 1 :]
        stage = next((stage for stage in _STAGES if rest == stage or rest.startswith(f"{stage}-")), "")
        part = rest[len(stage) :].removeprefix("-")
        if not part or records.vocabularies.part(part) is not None:
            return Subject("figure", measure, stage.replace("-", "_"), part, among=among)
    return None


def filler(records: Records, record: str, subject: Subject) -> Claim | None:
    """The first claim of a record that fills an absence; None while it holds."""
    return next(iter(fillers(records, record, subject)), None)


def fillers(records: Records, record: str, subject: Subject) -> list[Claim]:
    """The claims of a record that say what a subject asks, in order."""
    return [claim for claim in records.claims.of_record(record) if _fills(records, claim, subject)]


def _fills(records: Records, claim: Claim, subject: Subject) -> bool:
    if claim.field != subject.field or subject.measure not in ("", claim.measure):
        return False
    name = claim.statement.role if isinstance(claim.statement, Appearance) else claim.key.name
    if subject.name not in ("", name) or not _reaches(claim, subject):
        return False
    return not subject.among or subject.among in _named(records, claim)


def _reaches(claim: Claim, subject: Subject) -> bool:
    """Whether a claim is of the subject's stage and part."""
    key, statement = claim.key, claim.statement
    if isinstance(statement, Figure):
        return key.part == subject.part and subject.stage in ("", key.stage)
    # What was announced does not tell what took place, nor does a part tell of the whole.
    of_a_part = key.part or (isinstance(statement, VenueClaim) and statement.role == "sub")
    return key.stage != "planned" and not of_a_part


def _named(records: Records, claim: Claim) -> set[str]:
    """The ids of the terms that a claim names, and the regions of its places."""
    names = {str(ref) for ref in claim.references}
    places = records.vocabularies.places
    return names | {str(places[name].region) for name in names if name in places}


def _terms(records: Records) -> Iterable[str]:
    """The ids that can stand after the dot."""
    return (name for terms in records.vocabularies.by_sort.values() for name in terms)


def _subjects(records: Records) -> Iterator[str]:
    """What can stand after the ``#``, for suggestions."""
    yield from FACTS
    yield from _FIELDS
    yield from records.vocabularies.terms("role")
    yield from get_args(Appearance.model_fields["role"].annotation)
    for measure in records.vocabularies.measures:
        yield measure
        yield from (f"{measure}-{stage}" for stage in _STAGES)
