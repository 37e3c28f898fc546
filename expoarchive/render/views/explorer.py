"""Every claim of the archive: a table that scripts filter, and a table of each record's for readers without them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import get_args

from expoarchive.problem.problem import shortened
from expoarchive.records import EXPO, Claim
from expoarchive.records.source import Grade
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import Stage
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.report import item_text, reports_of
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import ClaimRow, FilterField, FilterOption, Link
from expoarchive.render.views.claim_rows import claim_row, source_ids
from expoarchive.render.views.files import data_files
from expoarchive.render.words import part_name, record_name, term_name
from expoarchive.site import Page
from expoarchive.site.address import claims_table, home_of

# The columns of the table, in their order; each can sort it.
COLUMNS = ("edition", "about", "value", "limits", "sources")
# The vocabularies by whose terms the table can be narrowed.
TERMS = ("place", "industry")
# The choice of figures that are of no part, which no id can be.
WHOLE = "*"
FIGURES = "figure"
# Of what a claim says, as much as names it in a report.
_LONGEST_SAID = 60


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """The table of all claims. ``fields`` narrow it, those of ``more`` for readers who ask for them.

    ``parts`` are the tables of the records, which are the whole table for readers without scripts: by era, each with
    the number of its claims. ``table`` is the script with the rows.
    """

    fields: tuple[FilterField, ...]
    more: tuple[FilterField, ...]
    columns: tuple[str, ...]
    total: str
    parts: tuple[tuple[str, tuple[Link, ...]], ...]
    language: str
    table: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """The table of one record's claims. ``every`` is the table of all, narrowed to these; ``page`` shows them whole."""

    rows: tuple[ClaimRow, ...]
    count: str
    every: str
    page: Link
    previous: Link | None
    next: Link | None


@page_view("claims")
def claims_page(desk: Desk, studio: Studio) -> PageContent:
    """The form, and the way to the tables of the records."""
    claims = list(desk.site.records.claims.by_address.values())
    fields = tuple(field for field in _fields(desk, claims) if field.options or field.groups)
    first = [field for field in fields if field.id in ("edition", "about")]
    return PageContent(
        ExplorerView(
            fields=tuple(first),
            more=tuple(field for field in fields if field not in first),
            columns=COLUMNS,
            total=counted(desk, len(claims)),
            parts=tuple(_parts(desk)),
            language=desk.language.id,
            table=desk.address(claims_table(desk.language.id)),
            files=data_files(desk, "claims"),
        )
    )


def counted(desk: Desk, count: int) -> str:
    """How many, as the page's language writes it."""
    return number(Decimal(count), desk.language)


def about_id(claim: Claim) -> str:
    """What a claim is about, in addresses: ``figure.visitors`` for a figure, else its field."""
    return f"{FIGURES}.{claim.measure}" if claim.measure else claim.field


def terms_of(desk: Desk) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By sort and claim the terms that it names, in the order of the vocabulary."""
    named: dict[str, dict[str, list[str]]] = {}
    for sort in TERMS:
        by_claim = named[sort] = {}
        for term_id in desk.site.records.vocabularies.terms(sort):
            for claim in desk.site.usage[sort, term_id].claims:
                by_claim.setdefault(claim.address, []).append(term_id)
    return named


def _fields(desk: Desk, claims: Sequence[Claim]) -> Iterator[FilterField]:
    """What the table can be narrowed by, in the order of the form."""
    t, records = desk.strings, desk.site.records
    editions = {record: record_name(desk, record) for record in (EXPO, *map(str, reversed(list(records.editions))))}
    yield _field(desk, "edition", editions, (claim.record for claim in claims))
    yield _about_field(desk, claims)
    yield from _term_fields(desk)
    stages = {stage: t(f"claims.stage_{stage}") for stage in get_args(Stage)}
    yield _field(desk, "stage", stages, (claim.statement.stage for claim in claims if claim.statement.stage))
    yield _part_field(desk, claims)
    grades = {grade: t(f"grade.{grade}") for grade in get_args(Grade)}
    cited = ({records.sources[source].grade for source in source_ids(claim)} for claim in claims)
    yield _field(desk, "grade", grades, (grade for grades_of_one in cited for grade in grades_of_one))
    bases = {basis: t(f"claims.basis_{basis}") for basis in ("reported", "derived", "weak")}
    yield FilterField("basis", t("claims.basis"), t("claims.every_basis"), _options(bases))
    conflicts = {answer: t(f"claims.conflict_{answer}") for answer in ("yes", "no")}
    yield FilterField("conflict", t("claims.conflict"), t("claims.every_conflict"), _options(conflicts))


def _term_fields(desk: Desk) -> Iterator[FilterField]:
    for sort, named in terms_of(desk).items():
        names = {term_id: term_name(desk, sort, term_id) for term_id in desk.site.records.vocabularies.terms(sort)}
        yield _field(desk, sort, names, (term for terms in named.values() for term in terms))


def _field(desk: Desk, name: str, texts: Mapping[str, str], used: Iterable[str]) -> FilterField:
    counts = Counter(used)
    options = _options({tag: text for tag, text in texts.items() if counts[tag]})
    return FilterField(name, desk.strings(f"claims.{name}"), desk.strings(f"claims.every_{name}"), options)


def _options(texts: Mapping[str, str]) -> tuple[FilterOption, ...]:
    """Options without a count: the script counts what each would leave."""
    return tuple(FilterOption(tag, text) for tag, text in texts.items())


def _about_field(desk: Desk, claims: Sequence[Claim]) -> FilterField:
    """The fields of records, then the measures of figures."""
    t, measures = desk.strings, desk.site.records.vocabularies.measures
    counts = Counter(map(about_id, claims))
    fields = {claim.field: t(f"field.{claim.field}") for claim in claims if not claim.measure}
    figures = {f"{FIGURES}.{measure}": desk.local(term.name) for measure, term in measures.items()}
    figures = {tag: text for tag, text in figures.items() if counts[tag]}
    every = {FIGURES: t("claims.every_figure")} if figures else {}
    groups = ((t("claims.facts"), _options(fields)), (t("claims.figures"), _options(every | figures)))
    return FilterField(
        "about", t("claims.about"), t("claims.every_about"), (), tuple(group for group in groups if group[1])
    )


def _part_field(desk: Desk, claims: Sequence[Claim]) -> FilterField:
    """The parts that claims are about, by name, after the figures of the whole."""
    names = {
        part_id: part_name(desk, claim) or "" for claim in claims if (part_id := part_of(claim)) not in ("", WHOLE)
    }
    every = {WHOLE: desk.strings("claims.whole")} | dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    return _field(desk, "part", every if names else {}, map(part_of, claims))


def part_of(claim: Claim) -> str:
    """The part that a claim is about, ``WHOLE`` for a figure of none, and nothing for other claims."""
    part: str | None = getattr(claim.statement, "part", None)
    return part or (WHOLE if isinstance(claim.statement, Figure) else "")


def _parts(desk: Desk) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The records that have claims, by era."""
    by_era: dict[str, list[Link]] = {}
    for record in desk.site.records.claims.recorded:
        era = desk.site.era_of(int(record)) if record != EXPO else None
        name = desk.local(era[1].name) if era else ""
        count = counted(desk, len(desk.site.records.claims.of_record(record)))
        link = Link(record_name(desk, record), desk.href("record", record), note=count)
        by_era.setdefault(name, []).append(link)
    yield from ((name, tuple(links)) for name, links in by_era.items())


def _title(desk: Desk, page: Page) -> Title:
    return desk.strings("record.title", record=record_name(desk, page.id)), None


@page_view("record", title=_title)
def record_page(desk: Desk, studio: Studio) -> PageContent:
    """The claims of one record, in its order."""
    record, t = desk.page.id, desk.strings
    every = desk.site.records.claims.recorded
    at = every.index(record)
    claims = desk.site.records.claims.of_record(record)
    view = RecordView(
        rows=tuple(_row(desk, claim) for claim in claims),
        count=counted(desk, len(claims)),
        every=f"{desk.href('claims')}?edition={record}",
        page=Link(record_name(desk, record), desk.href(*home_of(record))),
        previous=_neighbour(desk, every, at + 1),
        next=_neighbour(desk, every, at - 1),
    )
    description = t("record.description", record=record_name(desk, record), expo=desk.local(desk.site.config.expo))
    return PageContent(view, _title(desk, desk.page)[0], description)


def _row(desk: Desk, claim: Claim) -> ClaimRow:
    """A claim with the way to say that it is wrong, which edition pages need a script for."""
    row, reports = claim_row(desk, claim), reports_of(desk)
    if reports is None:
        return row
    said = desk.strings("claim.short", label=row.about, value=shortened(row.text, _LONGEST_SAID))
    return replace(row, report=reports.href(claim.record, item_text(said, claim.anchor)))


def _neighbour(desk: Desk, records: Sequence[str], at: int) -> Link | None:
    if not 0 <= at < len(records):
        return None
    return Link(record_name(desk, records[at]), desk.href("record", records[at]))
