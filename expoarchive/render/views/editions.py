"""Edition pages, and the table of all editions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expoarchive.records import Claim, Records
from expoarchive.records.claim import FACTS, Key
from expoarchive.records.edition import Edition
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk
from expoarchive.render.format import day, ordinal, span
from expoarchive.render.linked import exhibition_node
from expoarchive.render.search_entry import SearchEntry, claim_lines, claim_names
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import Card, ClaimGroup, ClaimView, CorrectionView, EditionRow, Link
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_view, group_view
from expoarchive.render.views.corrections import corrections_of
from expoarchive.render.views.filters import carried_by
from expoarchive.render.words import best_wording, edition_headline, staged, value_text, venue_name
from expoarchive.site import Page
from expoarchive.site.graph import Column

# The values of `Measure.group`, in the order in which a reader would ask for them.
MEASURE_GROUPS = ("results", "size", "people", "reach", "other")


@dataclass(frozen=True, slots=True)
class FigureSection:
    """Figures under one heading of an edition page."""

    id: str
    title: str
    groups: tuple[ClaimGroup, ...]


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition, its claims by what they are about, and what is not known about it."""

    year: int
    ordinal: ClaimGroup | None
    name: ClaimView | None
    dates: str | None
    status: str
    status_note: str | None
    era: Link | None
    key: tuple[ClaimGroup, ...]
    facts: tuple[ClaimGroup, ...]
    sections: tuple[FigureSection, ...]
    firsts: tuple[ClaimGroup, ...]
    people: tuple[ClaimGroup, ...]
    participants: tuple[ClaimGroup, ...]
    deals: tuple[ClaimGroup, ...]
    industries: tuple[ClaimGroup, ...]
    pavilions: tuple[ClaimGroup, ...]
    events: tuple[ClaimGroup, ...]
    positioning: tuple[ClaimGroup, ...]
    remarks: tuple[ClaimGroup, ...]
    missing: tuple[str, ...]
    articles: tuple[Card, ...]
    previous: Link | None
    next: Link | None
    conflicts: int
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column of the table; ``id`` names it in addresses."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class EditionsView:
    """The table of editions. ``known`` counts the rows of which more is known than that the edition was held."""

    columns: tuple[ColumnHead, ...]
    rows: tuple[EditionRow, ...]
    known: int
    total: int


def column_title(desk: Desk, column: Column) -> str:
    """The column's measure and, where it has one, its stage."""
    measure, stage = column
    name = desk.local(desk.site.records.vocabularies.measures[measure].name)
    return staged(desk, name, stage, measure) if stage else name


def fact(records: Records, year: int, field: str) -> Claim | None:
    """The claim for a fact of the whole edition: as it happened, not as it was announced."""
    for group in records.claims.grouped(str(year), field).values():
        claim = group[0]
        part = getattr(claim.statement, "part", None) or getattr(claim.statement, "role", "main") == "sub"
        if claim.statement.stage is None and not part:
            return claim
    return None


def cell(records: Records, year: int, column: Column) -> Claim | None:
    """The claim that tables show: of the whole edition, at the column's stage; of several counts, the latest."""
    measure, stage = column
    claims = []
    for key, group in records.claims.grouped(str(year), "figure").items():
        figure = group[0].statement
        if isinstance(figure, Figure) and key.measure == measure and (figure.stage or "") == stage and not figure.part:
            claims.append(group[0])
    return max(claims, key=_counted_on, default=None)


def _counted_on(claim: Claim) -> str:
    figure = claim.statement
    assert isinstance(figure, Figure)
    # The final count has no date and ranks above any dated one.
    return figure.as_of.slug if figure.as_of else "~"


def edition_row(desk: Desk, year: int, columns: Sequence[Column] = ()) -> EditionRow:
    """An edition in a list."""
    records = desk.site.records
    edition = records.editions[year]
    name_claim = _name(desk, year)
    name, name_lang = value_text(desk, name_claim) if name_claim else (None, None)
    claims = [cell(records, year, column) for column in columns]
    known = sum(claim.field != "ordinal" for claim in records.claims.of_record(str(year)))
    return EditionRow(
        year=year,
        href=desk.href("edition", str(year)),
        ordinal=ordinal(edition.ordinal[0].value, desk.language, desk.strings.texts) if edition.ordinal else None,
        ordinal_basis="derived" if edition.ordinal and edition.ordinal[0].derived else "reported",
        name=name,
        name_lang=name_lang,
        dates=dates_text(desk, edition),
        venue=_main_venue(desk, edition),
        # Blank: it was held, and nothing else is known about it.
        state="blank" if edition.status == "held" and not known else edition.status,
        firsts=tuple(desk.local(first.what) for first in edition.firsts),
        cells=tuple(claim_view(desk, claim) if claim else None for claim in claims),
        known=known,
        number=edition.ordinal[0].value if edition.ordinal else None,
        topics=desk.site.topics_of(year),
        carries=carried_by(desk.site, year),
        draft=desk.strings("frame.draft_short") if edition.draft else None,
    )


def _name(desk: Desk, year: int) -> Claim | None:
    """The edition's name, in the page's language if any of its names has one."""
    return best_wording(desk, desk.site.records.claims.grouped(str(year), "name").values())


def _main_venue(desk: Desk, edition: Edition) -> str | None:
    venues = desk.site.records.vocabularies.venues
    names = (venue_name(desk, venues[claim.venue], edition.year) for claim in edition.venues if claim.role == "main")
    return next(names, None)


def dates_text(desk: Desk, edition: Edition) -> str | None:
    """When the edition was held, as far as known. Dates that were only announced are marked as such."""
    stage, opened, closed = edition.days()
    if opened and closed:
        text = span(opened.date, closed.date, desk.language)
    elif opened:
        text = desk.strings("edition.opened_on", date=day(opened.date, desk.language))
    elif closed:
        text = desk.strings("edition.closed_on", date=day(closed.date, desk.language))
    else:
        return None
    return text if stage is None else desk.strings("edition.announced_for", dates=text)


@page_view("editions")
def editions_page(desk: Desk, studio: Studio) -> PageContent:
    """All editions, newest first, with a column for each measure and stage."""
    columns = desk.site.columns
    rows = tuple(edition_row(desk, year, columns) for year in reversed(list(desk.site.records.editions)))
    view = EditionsView(
        columns=tuple(ColumnHead("-".join(filter(None, column)), column_title(desk, column)) for column in columns),
        rows=rows,
        known=sum(row.state == "held" for row in rows),
        total=len(rows),
    )
    return PageContent(view)


def _title(desk: Desk, page: Page) -> Title:
    return edition_headline(desk, int(page.id)), None


def _entry(desk: Desk, page: Page) -> SearchEntry:
    claims = desk.site.records.claims.of_record(page.id)
    names = [name for claim in claims for name in claim_names(desk, claim)]
    lines = [line for claim in claims for line in claim_lines(desk, claim, whole=True)]
    return SearchEntry(names, lines, {int(page.id)})


@page_view("edition", title=_title, entry=_entry)
def edition_page(desk: Desk, studio: Studio) -> PageContent:
    """One edition: everything that is recorded about it, and what is not."""
    year = int(desk.page.id)
    view, title = _edition_view(desk, year), edition_headline(desk, year)
    description = desk.strings("edition.description", edition=title, expo=desk.local(desk.site.config.expo))
    return PageContent(view, title, description, exhibition_node(desk, year, view.name, title, description))


def _edition_view(desk: Desk, year: int) -> EditionView:
    records = desk.site.records
    edition = records.editions[year]
    row = edition_row(desk, year)
    groups = {key: group_view(desk, claims) for key, claims in records.claims.grouped(str(year)).items()}

    def of(*fields: str) -> tuple[ClaimGroup, ...]:
        return tuple(group for key, group in groups.items() if key.field in fields)

    before, after = desk.site.neighbours(year)
    era = desk.site.era_of(year)
    name_claim = _name(desk, year)
    # The figures of the whole fair that the tables show, too, the firmest stage first.
    key_claims = [cell(records, year, column) for column in desk.site.columns]
    articles = [records.articles[article_id] for article_id in desk.site.naming("edition", str(year))]
    return EditionView(
        year=year,
        ordinal=next(iter(of("ordinal")), None),
        name=claim_view(desk, name_claim) if name_claim else None,
        dates=row.dates,
        status=row.state,
        status_note=desk.strings(f"status.{row.state}") if row.state != "held" else None,
        era=Link(desk.local(era[1].name), desk.href("timeline", "", era[0])) if era else None,
        key=tuple(groups[claim.key] for claim in key_claims if claim),
        facts=of(*FACTS),
        sections=_sections(desk, groups),
        firsts=of("first"),
        people=_by_label(of("appearance")),
        participants=_by_label(of("participant")),
        deals=_by_label(of("deal")),
        industries=_by_label(of("industry")),
        pavilions=_by_label(of("pavilion")),
        events=_by_label(of("activity", "event")),
        positioning=_by_label(of("positioning")),
        remarks=of("remark"),
        missing=_missing(desk, edition),
        articles=tuple(article_card(desk, article) for article in articles),
        previous=_neighbour(desk, before),
        next=_neighbour(desk, after),
        conflicts=sum(group.conflicting for group in groups.values()),
        corrections=corrections_of(desk, str(year)),
    )


def _by_label(groups: Iterable[ClaimGroup]) -> tuple[ClaimGroup, ...]:
    """Groups with one label as one: everyone who spoke, every hall."""
    by_label: dict[str, list[ClaimGroup]] = {}
    for group in groups:
        by_label.setdefault(group.label, []).append(group)
    merged = []
    for label, same in by_label.items():
        claims = tuple(claim for group in same for claim in group.claims)
        merged.append(ClaimGroup(label, claims, any(group.conflicting for group in same)))
    return tuple(merged)


def _neighbour(desk: Desk, year: int | None) -> Link | None:
    return Link(edition_headline(desk, year), desk.href("edition", str(year))) if year is not None else None


def _sections(desk: Desk, groups: dict[Key, ClaimGroup]) -> tuple[FigureSection, ...]:
    measures = desk.site.records.vocabularies.measures
    sections = []
    order = list(measures)
    for name in MEASURE_GROUPS:
        keys = [key for key in groups if key.field == "figure" and measures[key.measure].group == name]
        # Figures of one stage stand together, whatever parts come between them in the record.
        stages = list(dict.fromkeys(key.stage for key in keys))
        keys.sort(key=lambda key: (order.index(key.measure), stages.index(key.stage)))
        if keys:
            title = desk.strings(f"measure_group.{name}")
            sections.append(FigureSection(f"figures-{name}", title, tuple(groups[key] for key in keys)))
    return tuple(sections)


def _missing(desk: Desk, edition: Edition) -> tuple[str, ...]:
    """What a reader would look for and the archive does not know."""
    if edition.status != "held":
        return ()
    absent = [field for field in FACTS if fact(desk.site.records, edition.year, field) is None]
    # Nobody misses a plan or an offer where the result is known, and not every edition had one.
    columns = [column for column in desk.site.columns if column[1] in ("", "signed", "in_place")]
    return (
        *(desk.strings(f"field.{field}") for field in absent),
        *(column_title(desk, column) for column in columns if cell(desk.site.records, edition.year, column) is None),
    )
