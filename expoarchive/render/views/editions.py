"""Edition pages, the list and table of all editions."""

from collections.abc import Sequence
from dataclasses import dataclass

from expoarchive.records import Claim, Records
from expoarchive.records.claim import FACTS, Key
from expoarchive.records.edition import Edition
from expoarchive.records.statement import Figure
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, claim_lines, claim_names
from expoarchive.render.format import day, ordinal, span
from expoarchive.render.linked import exhibition_node
from expoarchive.render.studio import Shown, Studio, Title, makes
from expoarchive.render.values import Card, ClaimGroup, ClaimView, CorrectionView, EditionRow, Link, SourceItem
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.claims import claim_view, group_view
from expoarchive.render.views.corrections import corrections_of
from expoarchive.render.views.filters import carried_by
from expoarchive.render.words import best_wording, edition_headline, stage_word, value_text, venue_name
from expoarchive.site import Page
from expoarchive.site.graph import Column

# Groups of measures, in the order a reader asks for them; `Measure.group` names them.
MEASURE_GROUPS = ("results", "size", "people", "reach", "other")


@dataclass(frozen=True, slots=True)
class Section:
    """Claim groups under one heading of an edition page."""

    id: str
    title: str
    groups: tuple[ClaimGroup, ...]


@dataclass(frozen=True, slots=True)
class EditionView:
    year: int
    ordinal: ClaimGroup | None
    name: ClaimView | None
    headline: str
    dates: str | None
    status: str
    status_note: str | None
    era: Link | None
    key: tuple[ClaimGroup, ...]
    facts: tuple[ClaimGroup, ...]
    sections: tuple[Section, ...]
    firsts: tuple[ClaimGroup, ...]
    participants: tuple[ClaimGroup, ...]
    events: tuple[ClaimGroup, ...]
    remarks: tuple[ClaimGroup, ...]
    missing: tuple[str, ...]
    articles: tuple[Card, ...]
    previous: Link | None
    next: Link | None
    sources: tuple[SourceItem, ...]
    conflicts: int
    corrections: tuple[CorrectionView, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column of the table of editions; ``id`` is its name in addresses."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class EditionsView:
    columns: tuple[ColumnHead, ...]
    rows: tuple[EditionRow, ...]
    known: int
    total: int
    sources: tuple[SourceItem, ...]


def column_title(desk: Desk, column: Column) -> str:
    """The column's measure and, where it has one, its stage."""
    measure, stage = column
    name = desk.local(desk.site.records.vocabularies.measures[measure].name)
    return desk.strings("editions.column", measure=name, stage=stage_word(desk, stage, measure)) if stage else name


def fact(records: Records, year: int, field: str) -> Claim | None:
    """The claim for a fact of the whole edition: as it happened, not as it was announced."""
    for group in records.claims.grouped(str(year), field).values():
        claim = group[0]
        part = getattr(claim.statement, "part", None) or getattr(claim.statement, "role", "main") == "sub"
        if claim.statement.stage is None and not part:
            return claim
    return None


def cell(records: Records, year: int, column: Column) -> Claim | None:
    """The claim a table shows for an edition: of the whole, at that stage, the preferred, else the latest count."""
    measure, stage = column
    found = []
    for key, group in records.claims.grouped(str(year), "figure").items():
        figure = group[0].statement
        if isinstance(figure, Figure) and key.measure == measure and (figure.stage or "") == stage and not figure.part:
            found.append(group[0])
    return max(found, key=_counted_on, default=None)


def _counted_on(claim: Claim) -> str:
    figure = claim.statement
    assert isinstance(figure, Figure)
    # The final count has no date of its own and stands above any dated one.
    return figure.as_of.slug if figure.as_of else "~"


def edition_row(desk: Desk, year: int, shown: Sequence[Column] = ()) -> EditionRow:
    """An edition in a list."""
    records = desk.site.records
    edition = records.editions[year]
    named = _name(desk, year)
    name = value_text(desk, named) if named else (None, None)
    cells = [cell(records, year, column) for column in shown]
    era = desk.site.era_of(year)
    known = [claim for claim in records.claims.of_record(str(year)) if claim.field != "ordinal"]
    return EditionRow(
        year=year,
        href=desk.href("edition", str(year)),
        ordinal=ordinal(edition.ordinal[0].value, desk.language, desk.strings.texts) if edition.ordinal else None,
        ordinal_basis="derived" if edition.ordinal and edition.ordinal[0].derived else "reported",
        name=name[0],
        name_lang=name[1],
        dates=dates_text(desk, edition),
        venue=_main_venue(desk, edition),
        state=_state(edition, len(known)),
        firsts=tuple(desk.local(first.what) for first in edition.firsts),
        cells=tuple(claim_view(desk, found) if found else None for found in cells),
        known=len(known),
        era=desk.local(era[1].name) if era else None,
        number=edition.ordinal[0].value if edition.ordinal else None,
        topics=desk.site.topics_of(year),
        carries=carried_by(desk.site, year),
        draft=desk.strings("frame.draft_short") if edition.draft else None,
    )


def _state(edition: Edition, known: int) -> str:
    """held, not_held, planned, unknown (whether it was held), or blank: held, and nothing else is known of it."""
    return "blank" if edition.status == "held" and not known else edition.status


def _name(desk: Desk, year: int) -> Claim | None:
    """What the edition was called, in the page's language where any of its names has it."""
    return best_wording(desk, desk.site.records.claims.grouped(str(year), "name").values())


def _main_venue(desk: Desk, edition: Edition) -> str | None:
    for venue in edition.venues:
        if venue.role == "main":
            return venue_name(desk, desk.site.records.vocabularies.venues[venue.venue], edition.year)
    return None


def dates_text(desk: Desk, edition: Edition) -> str | None:
    """When it was held, as far as known; dates only announced are said to be so."""
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


@makes("editions")
def editions_page(desk: Desk, studio: Studio) -> Shown:
    """All editions, newest first, and the table with a column for each measure and stage."""
    shown = desk.site.columns
    rows = tuple(edition_row(desk, year, shown) for year in reversed(list(desk.site.records.editions)))
    view = EditionsView(
        columns=tuple(ColumnHead("-".join(filter(None, column)), column_title(desk, column)) for column in shown),
        rows=rows,
        known=sum(row.state == "held" for row in rows),
        total=len(rows),
        sources=desk.sources(),
    )
    return Shown(view)


def _title(desk: Desk, page: Page) -> Title:
    return edition_headline(desk, int(page.id)), None


def _entry(desk: Desk, page: Page) -> Entry:
    claims = desk.site.records.claims.of_record(page.id)
    names = [name for claim in claims for name in claim_names(desk, claim)]
    lines = [line for claim in claims for line in claim_lines(desk, claim, whole=True)]
    return Entry(names, lines, {int(page.id)})


@makes("edition", title=_title, entry=_entry)
def edition_page(desk: Desk, studio: Studio) -> Shown:
    """One edition: everything recorded of it, and what is not."""
    view = _edition_view(desk, int(desk.page.id))
    expo = desk.local(desk.site.config.expo)
    description = desk.strings("edition.description", edition=view.headline, expo=expo)
    return Shown(
        view, view.headline, description, exhibition_node(desk, view.year, view.name, view.headline, description)
    )


def _edition_view(desk: Desk, year: int) -> EditionView:
    records = desk.site.records
    edition = records.editions[year]
    row = edition_row(desk, year)
    groups = {key: group_view(desk, claims) for key, claims in records.claims.grouped(str(year)).items()}

    def of(*fields: str) -> tuple[ClaimGroup, ...]:
        return tuple(group for key, group in groups.items() if key.field in fields)

    sections = _sections(desk, year, groups)
    before, after = desk.site.neighbours(year)
    era = desk.site.era_of(year)
    named = _name(desk, year)
    facts = of(*FACTS)
    key = _key_figures(desk, year, groups)
    cards = [article_card(desk, records.articles[article_id]) for article_id in desk.site.naming("edition", str(year))]
    return EditionView(
        corrections=corrections_of(desk, str(year)),
        year=year,
        ordinal=next(iter(of("ordinal")), None),
        name=claim_view(desk, named) if named else None,
        headline=edition_headline(desk, year),
        dates=row.dates,
        status=row.state,
        status_note=desk.strings(f"status.{row.state}") if row.state != "held" else None,
        era=Link(desk.local(era[1].name), desk.href("timeline", "", era[0])) if era else None,
        key=key,
        facts=facts,
        sections=sections,
        firsts=of("first"),
        participants=of("participant"),
        events=of("event"),
        remarks=of("remark"),
        missing=_missing(desk, edition),
        articles=tuple(cards),
        previous=_neighbour(desk, before),
        next=_neighbour(desk, after),
        sources=desk.sources(),
        conflicts=sum(group.conflicting for group in groups.values()),
    )


def _neighbour(desk: Desk, year: int | None) -> Link | None:
    return Link(edition_headline(desk, year), desk.href("edition", str(year))) if year is not None else None


def _key_figures(desk: Desk, year: int, groups: dict[Key, ClaimGroup]) -> tuple[ClaimGroup, ...]:
    """The figures of the whole fair that the tables show, firmest stage first."""
    shown = []
    for column in desk.site.columns:
        claim = cell(desk.site.records, year, column)
        if claim is not None:
            shown.append(groups[claim.key])
    return tuple(shown)


def _sections(desk: Desk, year: int, groups: dict[Key, ClaimGroup]) -> tuple[Section, ...]:
    measures = desk.site.records.vocabularies.measures
    made = []
    order = list(measures)
    for name in MEASURE_GROUPS:
        keys = [key for key in groups if key.field == "figure" and measures[key.measure].group == name]
        keys.sort(key=lambda key: order.index(key.measure))
        if keys:
            title = desk.strings(f"measure_group.{name}")
            made.append(Section(f"figures-{name}", title, tuple(groups[key] for key in keys)))
    return tuple(made)


def _missing(desk: Desk, edition: Edition) -> tuple[str, ...]:
    """What a reader would look for and the archive does not know."""
    missing = []
    if edition.status == "held":
        absent = [field for field in FACTS if fact(desk.site.records, edition.year, field) is None]
        missing += [desk.strings(f"field.{field}") for field in absent]
        for column in desk.site.columns:
            # A plan or an offer is not missed where the result is known, nor asked of every edition.
            if column[1] in ("", "signed", "in_place") and cell(desk.site.records, edition.year, column) is None:
                missing.append(column_title(desk, column))
    return tuple(missing)
