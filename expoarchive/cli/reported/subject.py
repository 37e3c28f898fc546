"""What a report is about, and the value it gives, as a record would hold them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from expoarchive.cli.amend import quoted
from expoarchive.cli.reported.form import Answer, Report
from expoarchive.problem import WARNING, Problem, nearest
from expoarchive.records import EXPO, Claim, Records
from expoarchive.records.absence import Subject, subject_of
from expoarchive.records.claim import FACTS, slug
from expoarchive.records.numerals import Amount, amounts, days, ordinals
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Stage, Unit
from expoarchive.render.strings import Strings
from expoarchive.sheets.form import narrow

_ID = re.compile(r"\[([a-z0-9-]{1,80})\]\s*")
_DIGITS = 18
# As years are written out; with the circle that many type for the zero.
_DIGITS_OF_YEARS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# The key of a record under which the claims of a fact stand.
_KEYS = {"ordinal": "ordinal", "name": "names", "theme": "themes", "venue": "venues"}


@dataclass(frozen=True, slots=True)
class Topic:
    """What a report is about: the claim that there is, or the place that one would have.

    ``item`` is the claim's anchor, or the subject as absences name it. ``field`` is that of a claim's key, ``limits``
    what tells figures, dates and wordings of one record apart, as YAML.
    """

    record: str
    item: str
    field: str
    measure: str
    limits: Mapping[str, str]
    claim: Claim | None = None

    @property
    def path(self) -> tuple[str, ...] | None:
        """The keys of a record under which such a claim stands; None where a value alone makes no claim."""
        if self.field == "figure":
            return ("figures", self.measure)
        if self.record == EXPO:
            return None
        if self.field in ("opened", "closed"):
            return ("held", self.field)
        return (_KEYS[self.field],) if self.field in _KEYS else None


def topic_of(records: Records, report: Report, strings: Mapping[str, Strings]) -> tuple[Topic | None, list[Problem]]:
    """What the report is about, as far as that is filled in. Reports ``report-edition``, ``report-item``
    and ``report-stage``.

    Where the edition is at fault, the topic still says what of an edition is meant.
    """
    edition, item = report.get("edition"), report.get("item")
    known, problems = [*map(str, records.editions), EXPO], []
    record = _record_in(edition.line) if edition else ""
    if edition and record not in known:
        problems.append(Problem("report-edition", edition.place, {"found": edition.line}, nearest(record, known)))
    if item is None:
        return None, problems
    names = dict(_names(records, strings))
    marked = _ID.search(item.text)
    named = marked[1] if marked else names.get(item.line.casefold(), item.line)
    addresses = (f"{one}#{named}" for one in ([record] if record in known else known))
    claim = next(filter(None, map(records.claims.by_address.get, addresses)), None)
    if claim is not None:
        return Topic(record, named, claim.field, claim.measure, _limits(claim), claim), problems
    subject = subject_of(records, named)
    if subject is None:
        anchors = [one.anchor for one in records.claims.of_record(record)]
        near = nearest(named, [*anchors, *names])
        return None, [*problems, Problem("report-item", item.place, {"found": item.line}, near)]
    problems += _unstaged(records, subject, item, strings[report.language])
    limits = {name: text for name, text in (("stage", subject.stage), ("part", subject.part)) if text}
    return Topic(record, named, subject.field, subject.measure, limits), problems


def _unstaged(records: Records, subject: Subject, item: Answer, word: Strings) -> Iterator[Problem]:
    """``report-stage`` where the figure could be of several."""
    if stages := _stages(records, subject):
        choices = ", ".join(f"{word(f'stage.{one}')} [{slug(subject.measure, one)}]" for one in stages)
        yield Problem("report-stage", item.place, {"found": item.line, "choices": choices})


def _stages(records: Records, subject: Subject) -> list[str]:
    """The stages that a figure of the subject could be of, where it names none and all of its measure have one."""
    figures = [one.key for one in records.claims.by_address.values() if one.field == "figure"]
    found = dict.fromkeys(key.stage for key in figures if key.measure == subject.measure)
    return [] if subject.stage or not found or "" in found else [*found]


def _record_in(text: str) -> str:
    """The record that a reader names: 2013, ２０１３, 2013 年, 二〇一三年; any other text in small letters."""
    plain = narrow(text).casefold()
    year = re.fullmatch(r"([12][0-9]{3})\s*(?:年|年度|届|年届)?", plain.translate(_DIGITS_OF_YEARS))
    return year[1] if year else plain


def _names(records: Records, strings: Mapping[str, Strings]) -> Iterator[tuple[str, str]]:
    """The ids of facts and measures by their names in each language."""
    for language, t in strings.items():
        yield from ((t(f"field.{field}").casefold(), field) for field in FACTS)
        for measure_id, measure in records.vocabularies.measures.items():
            yield measure.name[language].casefold(), measure_id
            for stage in get_args(Stage):
                named = t("claim.staged", measure=measure.name[language], stage=t(f"stage.{stage}"))
                yield named.casefold(), slug(measure_id, stage)


def _limits(claim: Claim) -> dict[str, str]:
    """What of a claim's key another of the same key has to say."""
    key, statement = claim.key, claim.statement
    limits = {"stage": key.stage, "part": key.part}
    if isinstance(statement, Figure):
        as_of = statement.as_of
        if as_of is not None:
            ends = {"before": as_of.before, "after": as_of.after}
            moment = ", ".join(f"{name}: {year}" for name, year in ends.items() if year is not None)
            limits["as_of"] = str(as_of.date) if as_of.date else f"{{{moment}}}"
        limits["last"] = key.last.removeprefix("last-")
    if claim.field in ("name", "theme") and key.name != "usual":
        limits["form"] = key.name
    return {name: text for name, text in limits.items() if text}


def value_of(records: Records, topic: Topic, report: Report) -> tuple[dict[str, str], list[Problem]]:
    """The value of the report as keys of a claim, in YAML; none where it has none. Reports ``report-value`` and
    ``report-values``."""
    answer = report.get("value")
    if answer is None:
        return {}, []
    match topic.field:
        case "figure":
            unit = records.vocabularies.unit_of(topic.measure)
            fits = [fit for amount in amounts(answer.line, report.language) if (fit := _quantity(amount, unit))]
            if fits and any(fit != fits[0] for fit in fits):
                details = {"found": answer.line, "value": fits[0]["value"]}
                return fits[0], [Problem("report-values", answer.place, details, severity=WARNING)]
            values, wanted = next(iter(fits), None), "number"
        case "opened" | "closed":
            values, wanted = _date(answer, topic.record), "day"
        case "ordinal":
            values, wanted = _ordinal(answer.line), "ordinal"
        case "venue":
            values, wanted = _venue(records, answer.line), "venue"
        case _:
            return {"text": f"{{{report.language}: {quoted(answer.line)}}}"}, []
    if values is not None:
        return values, []
    venues = records.vocabularies.venues.values() if wanted == "venue" else ()
    near = nearest(answer.line, (name for venue in venues for name in venue.name.values()))
    return {}, [Problem("report-value", answer.place, {"found": answer.line, "wanted": wanted}, near)]


def _ordinal(text: str) -> dict[str, str] | None:
    """The number of an edition that a text spells, or else its first number."""
    numbers = ordinals(text) or [int(one) for one in re.findall(r"(?<!\d)\d{1,3}(?!\d)", text)]
    return {"value": str(numbers[0])} if numbers else None


def _quantity(amount: Amount, unit: Unit) -> dict[str, str] | None:
    """An amount in a unit; one that names none is in the unit itself, or in its base if it is as large as that."""
    if amount.base not in ("", unit.base):
        return None
    in_base = amount.base or (unit.factor > 1 and amount.low >= unit.factor)
    ends = [_plain(end / unit.factor if in_base else end) for end in (amount.low, amount.high)]
    if any(len(re.sub(r"\D", "", end)) > _DIGITS for end in ends):
        return None
    value = ends[0] if ends[0] == ends[1] else f"{{from: {ends[0]}, to: {ends[1]}}}"
    return {"value": value} | ({"qualifier": amount.qualifier} if amount.qualifier != "exact" else {})


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(answer: Answer, record: str) -> dict[str, str] | None:
    date = day_in(answer.line, record)
    return {"date": date} if date else None


def day_in(text: str, year: str = "") -> str | None:
    """The first date in a text, as far as it goes, in ``year`` where it names none."""
    for day in days(text):
        parts = [str(day.year or year), *(f"{part:02}" for part in (day.month, day.day) if part)]
        if parts[0] and (day.month or not day.day):
            return "-".join(parts)
    alone = re.fullmatch(r"[12][0-9]{3}", text.strip())
    return alone[0] if alone else None


def _venue(records: Records, text: str) -> dict[str, str] | None:
    """The venue that a text names, or is the id of."""
    for venue_id, venue in records.vocabularies.venues.items():
        names: Sequence[str] = [venue_id, *venue.name.values(), *(w for one in venue.names for w in one.text.values())]
        if text.casefold() in (name.casefold() for name in names):
            return {"venue": str(venue_id)}
    return None
