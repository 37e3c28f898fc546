"""Who exhibited at an edition: the first rows of its list, which scripts make whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from expoarchive.nodes.fields import Ref
from expoarchive.records.exhibitor import Exhibitor
from expoarchive.render.desk import Desk
from expoarchive.render.format import number
from expoarchive.render.search_entry import SearchEntry
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import ExhibitorRow, Link, SourceMark, Words
from expoarchive.render.words import edition_headline, term_link
from expoarchive.site import Page
from expoarchive.site.address import exhibitors_rows, exhibitors_table

# Rows that a page has in itself: a phone need not load thousands to see who is there.
SHOWN = 100
COLUMNS = ("name", "place", "hall", "booth", "industry")


@dataclass(frozen=True, slots=True)
class ExhibitorsView:
    """The list of one edition: its first rows, and whether there are more. ``table`` is the script with them all."""

    year: str
    count: str
    total: str
    scope: str | None
    note: str | None
    marks: tuple[SourceMark, ...]
    edition: Link
    columns: tuple[str, ...]
    rows: tuple[ExhibitorRow, ...]
    shown: str
    more: bool
    table: str
    file: Link


def _title(desk: Desk, page: Page) -> Title:
    return desk.strings("exhibitors.title", edition=edition_headline(desk, int(page.id))), None


def _entry(desk: Desk, page: Page) -> SearchEntry:
    """What the list is; the names in it are found on its page, or the search would weigh as much as they do."""
    edition = edition_headline(desk, int(page.id))
    return SearchEntry(text=[desk.strings("exhibitors.description", edition=edition)], years={int(page.id)})


@page_view("exhibitors", title=_title, entry=_entry)
def exhibitors_page(desk: Desk, studio: Studio) -> PageContent:
    """The list, with where it is from and the whole of it to take away."""
    year = int(desk.page.id)
    records, t = desk.site.records, desk.strings
    listed, rows = records.editions[year].exhibitors, records.exhibitors[year].rows
    assert listed is not None
    edition = edition_headline(desk, year)
    total = number(Decimal(len(rows)), desk.language)
    view = ExhibitorsView(
        year=str(year),
        count=t("exhibitors.count", count=total),
        total=total,
        scope=desk.local(listed.scope) if listed.scope else None,
        note=desk.local(listed.note) if listed.note else None,
        marks=tuple(desk.mark(citation) for citation in listed.sources),
        edition=Link(edition, desk.href("edition", str(year))),
        columns=columns_of(rows),
        rows=tuple(exhibitor_rows(desk, year, SHOWN)),
        shown=number(Decimal(min(SHOWN, len(rows))), desk.language),
        more=len(rows) > SHOWN,
        table=desk.address(exhibitors_table(desk.language.id, str(year))),
        file=Link("CSV", desk.address(exhibitors_rows(desk.language.id, str(year)))),
    )
    title = t("exhibitors.title", edition=edition)
    return PageContent(view, title, t("exhibitors.description", edition=edition))


def columns_of(rows: tuple[Exhibitor, ...]) -> tuple[str, ...]:
    """The columns that any row has something in."""
    return tuple(name for name in COLUMNS if any(getattr(row, name) for row in rows))


def exhibitor_rows(desk: Desk, year: int, most: int | None = None) -> Iterator[ExhibitorRow]:
    """The rows of an edition's list as pages show them, the first ones where there is a ``most``."""
    records = desk.site.records
    listed = records.editions[year].exhibitors
    assert listed is not None
    # The words of a list are in the language of whoever printed it.
    spoken = records.sources[str(listed.sources[0].source)].language
    lang = None if spoken.split("-")[0] == desk.language.tag.split("-")[0] else spoken
    for row in records.exhibitors[year].rows[:most]:
        name, name_lang = desk.words(row.name)
        yield ExhibitorRow(
            name=Words(name, desk.href("company", str(row.company)) if row.company else "", name_lang),
            place=_named(desk, "place", row.place, lang),
            hall=Words(row.hall or "", lang=lang if row.hall else None),
            booth=row.booth or "",
            industry=_named(desk, "industry", row.industry, lang),
        )


def _named(desk: Desk, sort: str, value: str | None, lang: str | None) -> Words:
    """A term by its name and page, or the list's own words."""
    if isinstance(value, Ref):
        link = term_link(desk, sort, str(value))
        return Words(link.text, link.href)
    return Words(str(value) if value else "", lang=lang if value else None)
