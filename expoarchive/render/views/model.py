"""What templates are given: plain, finished values. No record, no address to compute, no language to choose.

Texts are in the page's language unless a ``lang`` beside them says otherwise. ``href`` values are relative to
the page. Everything is a string that the template escapes; what is HTML already is ``Markup``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    lang: str | None = None
    current: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a reader must know before reading on, and where to go instead."""

    text: str
    sort: str = "note"
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A numbered note: ``number`` on the page, ``href`` of its entry in the page's list of sources."""

    number: int
    href: str
    title: str
    grade: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class DerivationView:
    """How the archive computed or read it. ``formula`` has names; ``inputs`` link each to its claim."""

    formula: str | None
    inputs: tuple[tuple[str, Link], ...]
    reading: str | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    note: str
    claim: Link | None
    marks: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim, ready to show."""

    anchor: str
    text: str
    lang: str | None = None
    label: str = ""
    stage: str | None = None
    part: str | None = None
    as_of: str | None = None
    scope: str | None = None
    note: str | None = None
    basis: str = "reported"
    weak: bool = False
    translated: str | None = None
    derivation: DerivationView | None = None
    preferred: str | None = None
    disputes: tuple[DisputeView, ...] = ()
    break_note: str | None = None
    marks: tuple[SourceMark, ...] = ()
    links: tuple[Link, ...] = ()
    href: str = ""
    # A figure as a plain number in its measure's unit; the lower end of a range.
    value: str = ""
    # The value as a title to cite, and the whole citation.
    cite_title: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """All claims of one key. ``conflicting`` where their values differ or something disputes one of them."""

    label: str
    claims: tuple[ClaimView, ...]
    conflicting: bool = False
    qualifier: str | None = None

    @property
    def first(self) -> ClaimView:
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Section:
    """Claim groups under one heading of an edition page."""

    id: str
    title: str
    groups: tuple[ClaimGroup, ...]


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source as listed at the foot of a page, or on the page of sources."""

    id: str
    anchor: str
    number: int
    publisher: str
    publisher_lang: str | None
    title: str | None
    title_lang: str | None
    published: str | None
    grade: str
    grade_id: str
    read: str
    language: str
    url: str | None
    host: str | None
    note: str | None
    page: Link
    locators: tuple[str, ...] = ()
    cited: int = 0
    # What became of its address; None for a source without one. ``gone`` where it is not there any more.
    standing: str | None = None
    gone: bool = False
    archived: str | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A page as a teaser. ``draft`` is the word for one that is not published."""

    title: str
    summary: str
    href: str
    lang: str | None = None
    date: str | None = None
    cover: str | None = None
    cover_alt: str = ""
    kicker: str | None = None
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A value that a list can be narrowed to; ``count`` items of the list have it."""

    id: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterField:
    """One thing to narrow a list by. Items carry the ids of their options in ``data-<id>``."""

    id: str
    label: str
    every: str
    options: tuple[FilterOption, ...]


@dataclass(frozen=True, slots=True)
class FilterView:
    """The form that narrows the list in the element with the id ``list_id``."""

    list_id: str
    label: str
    fields: tuple[FilterField, ...]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One line of the lists of editions. ``draft`` is the word for one that is not published."""

    year: int
    href: str
    ordinal: str | None
    ordinal_basis: str
    name: str | None
    name_lang: str | None
    dates: str | None
    venue: str | None
    state: str
    firsts: tuple[str, ...]
    cells: tuple[ClaimView | None, ...]
    known: int
    era: str | None = None
    number: int | None = None
    topics: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG element, and its width by its height: browsers keep its place free without drawing it."""

    svg: Markup
    ratio: float


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawn chart with its table. ``wide`` and ``narrow`` are the same picture for two widths."""

    id: str
    title: str
    says: str
    unit: str
    wide: Picture
    narrow: Picture
    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ClaimView | None], ...]
    caveat: str | None
    points: int
    gaps: int
    href: str = ""
    files: tuple[Link, ...] = ()
    marks: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ReachTile:
    """A place. ``state`` is took-part or named; ``years`` lead to the claims; ``apart`` to one of no single edition."""

    place: Link
    state: str
    label: str
    years: tuple[Link, ...]
    apart: Link | None


@dataclass(frozen=True, slots=True)
class ReachRegion:
    name: str
    about: str | None
    tiles: tuple[ReachTile, ...]


@dataclass(frozen=True, slots=True)
class EraView:
    id: str
    name: str
    span: str
    summary: str
    reading: str
    evidence: tuple[ClaimView, ...]
    editions: tuple[EditionRow, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered Markdown body. ``lang`` is set where it is borrowed from another language."""

    html: Markup
    toc: tuple[Link, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Backlink:
    """A page that cites a source or claim, and what there cites it."""

    page: Link
    claims: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CiteForm:
    """A citation in one form. ``id``: plain, gbt, bibtex or csl."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CiteView:
    """How to cite a page: ``title``, absolute ``url`` and what stands for the date, as they are in the forms."""

    title: str
    url: str
    date: str
    forms: tuple[CiteForm, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its content."""

    kind: str
    lang: str
    title: str
    page_title: str
    description: str
    home: Link
    site_title: str
    wordmark: str | None
    icon: str | None
    styles: str
    scripts: tuple[str, ...]
    navigation: tuple[Link, ...]
    switcher: tuple[Link, ...]
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    card: str | None = None
    locales: tuple[str, ...] = ()
    draft: bool = False
    feeds: tuple[Link, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    crumbs: tuple[Link, ...] = ()
    edit: str | None = None
    footer: tuple[Link, ...] = ()
    search: Link | None = None
    cite: CiteView | None = None
    # (light or dark, colour) of what the browser draws round the page.
    theme_colours: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    lead: Prose | None
    highlights: tuple[ClaimGroup, ...]
    eras: tuple[EraView, ...]
    charts: tuple[ChartView, ...]
    changes: tuple["ChangeView", ...]
    articles: tuple[Card, ...]
    latest: EditionRow | None
    ways: tuple[Card, ...]
    counts: Mapping[str, int]
    sources: tuple[SourceItem, ...]
    # The front matter's title of the page's text; the site's own title stands in for it.
    headline: str = ""
    # The page of what is known and not, where the site has one.
    coverage: Link | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of the fair over time: from what, to what, with years; the heart of the first page."""

    title: str
    steps: tuple[tuple[str, str, Link], ...]
    href: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A changed claim. ``about`` has no address where the claim is gone, ``now`` is None where it was withdrawn."""

    anchor: str
    date: str
    about: Link
    was: str
    now: str | None
    why: str
    marks: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All of them, and the releases (name, date) since which they are counted."""

    items: tuple[CorrectionView, ...]
    releases: tuple[tuple[str, str], ...]
    feed: str | None
    sources: tuple[SourceItem, ...]


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


@dataclass(frozen=True, slots=True)
class ArticleView:
    title: str
    summary: str
    prose: Prose
    date: str | None
    updated: str | None
    cover: str | None
    cover_alt: str
    editions: tuple[Link, ...]
    topics: tuple[Link, ...]
    places: tuple[Link, ...]
    industries: tuple[Link, ...]
    sources: tuple[SourceItem, ...]
    previous: Link | None = None
    next: Link | None = None
    related: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlesView:
    articles: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    by_grade: tuple[tuple[str, str, tuple[SourceItem, ...]], ...]
    total: int
    filter: FilterView


@dataclass(frozen=True, slots=True)
class SourceView:
    source: SourceItem
    backlinks: tuple[Backlink, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of ``content/pages/``. ``figures`` are counts of the archive itself, computed."""

    title: str
    summary: str
    prose: Prose
    counts: Mapping[str, int]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    eras: tuple[EraView, ...]
    filter: FilterView
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class ReachView:
    """``silent`` are the editions held of which no source says who took part."""

    lead: Prose | None
    regions: tuple[ReachRegion, ...]
    editions: tuple["RecordClaims", ...]
    silent: tuple[Link, ...]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class GrowthView:
    lead: Prose | None
    charts: tuple[ChartView, ...]
    changes: tuple[ChangeView, ...]
    plain: tuple[ClaimGroup, ...]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class ChooserView:
    """The first page of the host and the page for addresses that do not exist, in all languages at once."""

    languages: tuple[tuple[str, str, Link], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class RecordClaims:
    """Claims of one record: ``page`` is the edition's, or the growth page for the fair as a whole."""

    page: Link
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class TermItem:
    """A term in a list. ``count`` is how many claims and articles name it."""

    link: Link
    count: int
    description: str | None = None
    # Editions whose records name it, each leading to its first claim that does.
    years: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TermsView:
    """The list of a taxonomy, in groups (places by region); one group without a title where it has none."""

    groups: tuple[tuple[str, tuple[TermItem, ...]], ...]
    lead: Prose | None = None
    sources: tuple[SourceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class TermView:
    """A place, industry or topic with everything that names it."""

    title: str
    kicker: str
    description: str | None
    note: str | None
    records: tuple[RecordClaims, ...]
    articles: tuple[Card, ...]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """``state``: reported, derived, weak, conflicting or missing. ``href`` leads to the claim."""

    state: str
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    edition: Link
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What is known of which edition. ``totals`` counts cells by state, in the order of ``states``."""

    lead: Prose | None
    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    totals: tuple[tuple[str, str, int], ...]
    conflicts: tuple[ClaimGroup, ...]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class FirstsView:
    rows: tuple[RecordClaims, ...]
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Pages that one choice of the search page's filter lets through."""

    id: str
    title: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What is searched in one language: its id, the address of the file, and the search page in that language."""

    id: str
    href: str
    page: Link


@dataclass(frozen=True, slots=True)
class SearchView:
    """Every page of the archive in groups, for readers without scripts too. ``eras`` are ids with names."""

    index: SearchIndex
    others: tuple[SearchIndex, ...]
    groups: tuple[SearchGroup, ...]
    eras: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GalleryCase:
    """One example of a partial, drawn. ``language`` is the name of the language it is in, ``lang`` its tag."""

    id: str
    name: str
    language: str
    lang: str
    html: Markup


@dataclass(frozen=True, slots=True)
class GalleryPartial:
    """A partial, what its template says of it, how its macro is called, and its cases."""

    name: str
    says: str
    call: str
    cases: tuple[GalleryCase, ...]


@dataclass(frozen=True, slots=True)
class GalleryView:
    """The designers' gallery."""

    partials: tuple[GalleryPartial, ...]


@dataclass(frozen=True, slots=True)
class TranslationItem:
    """A text with something to do. ``parts`` are those of its original that changed since."""

    page: Link
    state: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationLanguage:
    lang: str
    name: str
    done: str
    due: tuple[TranslationItem, ...]


@dataclass(frozen=True, slots=True)
class TranslationsView:
    """How far each language is."""

    languages: tuple[TranslationLanguage, ...]


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of the data dictionary. ``required`` where every row has it."""

    name: str
    type: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of the archive's data: its files, and what its columns mean."""

    name: str
    about: str
    rows: str
    files: tuple[Link, ...]
    columns: tuple[DataColumn, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """The page of the data. ``whole`` has each file of everything with what it is; no licence: none is chosen."""

    version: str
    licence: Link | None
    whole: tuple[tuple[Link, str], ...]
    tables: tuple[DataTable, ...]
    editions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AuditTable:
    """Heads of columns, the first for the rows' names; a name without an address is no link."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """What the build counted, as finished numbers. Weights are in kilobytes of 1000 bytes.

    ``everywhere`` says that figures stand in the data and the charts' files too, and not on pages alone.
    """

    version: str | None
    counted: str
    figures: str
    everywhere: bool
    equality: AuditTable
    pages: AuditTable
    shared: str
    texts: AuditTable
    links: tuple[tuple[str, str], ...]
    uncited: tuple[tuple[Link, str], ...]
    sources: str
    standing: tuple[tuple[str, str], ...]
    html: str
    middle: str
    weights: AuditTable
