"""The page of one edition: in brief, then the whole record by subject, and what is in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from expoarchive.records import Claim
from expoarchive.records.claim import FACTS, Key, slug
from expoarchive.records.edition import Edition
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.linked import exhibition_node
from expoarchive.render.pictures import TILE, figure
from expoarchive.render.report import item_text, reports_of
from expoarchive.render.search_entry import SearchEntry, claim_lines, claim_names
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import Card, ClaimGroup, ClaimView, ComparePicker, CorrectionView, Link, RecordPart
from expoarchive.render.views.articles import article_card
from expoarchive.render.views.brief import Brief, Pieces, brief, plain, said
from expoarchive.render.views.claims import claim_view, group_view
from expoarchive.render.views.compare import compare_picker
from expoarchive.render.views.corrections import corrections_of
from expoarchive.render.views.editions import asked_of_editions, edition_name_claim, edition_row, missing_cells
from expoarchive.render.views.files import data_files
from expoarchive.render.words import edition_headline, for_reader, key_label, recording_link, value_text, year_link
from expoarchive.site import Page

# The values of `Measure.group`, in the order in which a reader would ask for them.
MEASURE_GROUPS = ("results", "size", "people", "reach", "other")
# The parts of a record after its figures, each with the fields of its claims. Claims of a merged part stand under
# their labels: everyone who spoke, every hall.
_MERGED = {
    "people": ("appearance",),
    "participants": ("participant",),
    "deals": ("deal",),
    "industries": ("industry",),
    "pavilions": ("pavilion",),
    "events": ("activity", "event"),
    "positioning": ("positioning",),
}
# What search engines show of a description, with room to spare.
_LONGEST_DESCRIPTION = 300
# A record of so few claims is shown unfolded.
_SHORT_RECORD = 12


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known of an edition, and where a reader who knows it can tell."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition in brief, its whole record, and what is in doubt or not known about it.

    ``nearby`` stands in place of a record: the editions before and after that have one.
    """

    year: int
    ordinal: ClaimGroup | None
    name: ClaimView | None
    dates: str | None
    status: str
    status_note: str | None
    nearby: Pieces
    era: Link | None
    exhibitors: Link | None
    brief: Brief
    firsts: tuple[ClaimGroup, ...]
    record: tuple[RecordPart, ...]
    claims: int
    unfolded: bool
    conflicts: tuple[Link, ...]
    weak: int
    missing: tuple[Missing, ...]
    pictures: tuple[Markup, ...]
    recordings: tuple[Link, ...]
    articles: tuple[Card, ...]
    previous: Link | None
    next: Link | None
    corrections: tuple[CorrectionView, ...]
    compare: ComparePicker | None
    files: tuple[Link, ...]


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
    description = plain(view.brief.opening)
    if not 0 < len(description) <= _LONGEST_DESCRIPTION:
        description = desk.strings("edition.description", edition=title, expo=desk.local(desk.site.config.expo))
    return PageContent(view, title, description, exhibition_node(desk, year, view.name, title, description))


def _edition_view(desk: Desk, year: int) -> EditionView:
    records = desk.site.records
    edition = records.editions[year]
    row = edition_row(desk, year)
    grouped = records.claims.grouped(str(year))
    groups = {key: group_view(desk, claims) for key, claims in grouped.items()}
    record = record_parts(desk, groups)
    claims = sum(part.count for part in record)
    before, after = desk.site.neighbours(year)
    name = edition_name_claim(desk, year)
    articles = [records.articles[article_id] for article_id in desk.site.naming("edition", str(year))]
    return EditionView(
        year=year,
        ordinal=next(iter(_of(groups, "ordinal")), None),
        name=claim_view(desk, name) if name else None,
        dates=row.dates,
        status=row.state,
        status_note=desk.strings(f"status.{row.state}") if row.state != "held" else None,
        nearby=_nearby(desk, year) if row.state in ("blank", "unknown") else (),
        era=_era(desk, year),
        exhibitors=_exhibitors(desk, year),
        brief=brief(desk, year, groups),
        firsts=_of(groups, "first"),
        record=record,
        claims=claims,
        unfolded=claims <= _SHORT_RECORD,
        conflicts=tuple(_conflict(desk, claims) for key, claims in grouped.items() if groups[key].conflicting),
        weak=sum(claim.weak for group in groups.values() for claim in group.claims),
        missing=_missing(desk, edition),
        pictures=tuple(figure(desk, picture_id, TILE) for picture_id in desk.site.pictures_of(year)),
        recordings=tuple(recording_link(desk, name) for name in desk.site.recordings_of(year)),
        articles=tuple(article_card(desk, article) for article in articles),
        previous=_neighbour(desk, before),
        next=_neighbour(desk, after),
        corrections=corrections_of(desk, str(year)),
        compare=compare_picker(desk, year),
        files=data_files(desk, f"editions/{year}"),
    )


def _of(groups: Mapping[Key, ClaimGroup], *fields: str) -> tuple[ClaimGroup, ...]:
    return tuple(group for key, group in groups.items() if key.field in fields)


def _era(desk: Desk, year: int) -> Link | None:
    era = desk.site.era_of(year)
    return Link(desk.local(era[1].name), desk.href("timeline", "", era[0])) if era else None


def _exhibitors(desk: Desk, year: int) -> Link | None:
    """The page with the list, where the archive has one."""
    if year not in desk.site.records.exhibitors:
        return None
    count = number(Decimal(len(desk.site.records.exhibitors[year].rows)), desk.language)
    return Link(desk.strings("edition.exhibitors", count=count), desk.href("exhibitors", str(year)))


def record_parts(desk: Desk, groups: Mapping[Key, ClaimGroup]) -> tuple[RecordPart, ...]:
    """The claims by subject. Firsts, which open the page of an edition, are left out."""
    parts = [RecordPart("facts", desk.strings("edition.facts"), _of(groups, *FACTS))]
    parts += _figure_parts(desk, groups)
    parts += [
        RecordPart(name, desk.strings(f"edition.{name}"), _by_label(_of(groups, *fields)))
        for name, fields in _MERGED.items()
    ]
    parts.append(RecordPart("remarks", desk.strings("edition.remarks"), _of(groups, "remark")))
    return tuple(part for part in parts if part.groups)


def _figure_parts(desk: Desk, groups: Mapping[Key, ClaimGroup]) -> list[RecordPart]:
    measures = desk.site.records.vocabularies.measures
    parts = []
    order = list(measures)
    for name in MEASURE_GROUPS:
        keys = [key for key in groups if key.field == "figure" and measures[key.measure].group == name]
        # Figures of one stage stand together, whatever parts come between them in the record.
        stages = list(dict.fromkeys(key.stage for key in keys))
        keys.sort(key=lambda key: (order.index(key.measure), stages.index(key.stage)))
        title = desk.strings(f"measure_group.{name}")
        parts.append(RecordPart(f"figures-{name}", title, tuple(groups[key] for key in keys)))
    return parts


def _by_label(groups: Iterable[ClaimGroup]) -> tuple[ClaimGroup, ...]:
    """Groups with one label as one: everyone who spoke, every hall. There each claim says if it is disputed."""
    by_label: dict[str, list[ClaimGroup]] = {}
    for group in groups:
        by_label.setdefault(group.label, []).append(group)
    merged = []
    for label, same in by_label.items():
        claims = tuple(claim for group in same for claim in group.claims)
        merged.append(ClaimGroup(label, claims, len(same) == 1 and same[0].conflicting))
    return tuple(merged)


def _conflict(desk: Desk, claims: Sequence[Claim]) -> Link:
    """What is told in different ways, of which part of the fair, with each of its values."""
    told = for_reader(desk, claims)
    values = desk.strings("list.semicolon").join(dict.fromkeys(value_text(desk, claim)[0] for claim in told))
    return Link(desk.strings("claim.short", label=key_label(desk, told[0]), value=values), f"#{told[0].anchor}")


def _nearby(desk: Desk, year: int) -> Pieces:
    documented = sorted(desk.site.documented)
    before = [other for other in documented if other < year][-1:]
    after = [other for other in documented if other > year][:1]
    links = [year_link(desk, other) for other in (*before, *after)]
    if not links:
        return ()
    key = "edition.nearby_two" if len(links) > 1 else "edition.nearby_one"
    return said(desk, key, **{name: (link,) for name, link in zip(("one", "other"), links, strict=False)})


def _neighbour(desk: Desk, year: int | None) -> Link | None:
    if year is None:
        return None
    return Link(edition_headline(desk, year), desk.href("edition", str(year)), note=str(year))


def _missing(desk: Desk, edition: Edition) -> tuple[Missing, ...]:
    """What a reader would look for and the archive does not know."""
    if edition.status != "held":
        return ()
    reports, lacking = reports_of(desk), set(missing_cells(desk.site, edition.year))
    # Nobody misses a plan or an offer where the result is known, and not every edition had one.
    needless = {slug(*column) for column in desk.site.columns if column[1] not in ("", "signed", "in_place")}
    asked = [one for one in asked_of_editions(desk) if one.id in lacking - needless]
    year = str(edition.year)
    return tuple(
        Missing(one.text, reports.href(year, item_text(one.text, one.id)) if reports else None) for one in asked
    )
