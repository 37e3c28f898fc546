"""What templates get: finished values. No record, no address to compute, no language to choose.

Texts are in the page's language unless a ``lang`` beside them says otherwise. Every ``href`` is relative to the page.
Texts are strings for the template to escape; finished HTML is ``Markup``.
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
    # Of a link to a claim: that sources dispute it, in words.
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A few words: with the page they name, if there is one, and their language, if it is not the page's."""

    text: str
    href: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class ExhibitorRow:
    """One exhibitor of a list; what the list does not say is empty."""

    name: Words
    place: Words = Words("")
    hall: Words = Words("")
    booth: str = ""
    industry: Words = Words("")


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a reader must know before reading on, and where to go instead. ``sort`` names its style."""

    text: str
    sort: str = "note"
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class SourceName:
    """What a page calls a source, in its language, and what a list says beside it: title and publisher as they are.

    ``whole`` is all of it in one line. ``dated``: the text has the date of publication in it.
    """

    text: str
    title: str | None = None
    title_lang: str | None = None
    publisher: str | None = None
    publisher_lang: str | None = None
    whole: str = ""
    dated: bool = False


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A numbered note, whose ``href`` is its entry in the page's list of sources."""

    number: int
    href: str
    name: SourceName
    grade: str
    # Where in the source, in the page's language, and how the value is printed there, with the source's language.
    locator: str | None = None
    printed: str | None = None
    lang: str | None = None
    # Why the claim differs from the print.
    misprint: str | None = None


@dataclass(frozen=True, slots=True)
class DerivationView:
    """How the archive computed or read a value: in numbers, and the claims that it follows from."""

    formula: str | None
    inputs: tuple[Link, ...]
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
    # The claim that tells what became of what was signed.
    outcome: Link | None = None
    note: str | None = None
    basis: str = "reported"
    weak: bool = False
    # That sources dispute it, in words.
    dispute: str | None = None
    translated: str | None = None
    derivation: DerivationView | None = None
    preferred: str | None = None
    disputes: tuple[DisputeView, ...] = ()
    break_note: str | None = None
    marks: tuple[SourceMark, ...] = ()
    links: tuple[Link, ...] = ()
    href: str = ""
    # A figure as a bare number in its measure's unit; of a range, the lower end.
    value: str = ""
    # The page of the one thing that the claim names: a person, an industry.
    subject: str | None = None
    # A citation of the claim: what stands before its title, the title, what follows.
    cite: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """All claims of one key. They are ``conflicting`` where values differ or something disputes one."""

    label: str
    claims: tuple[ClaimView, ...]
    conflicting: bool = False

    @property
    def first(self) -> ClaimView:
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source as listed at the foot of a page, or on the page of sources."""

    id: str
    anchor: str
    number: int
    name: SourceName
    publisher: str | None
    publisher_lang: str | None
    title: str | None
    published: str | None
    grade: str
    grade_id: str
    read: str
    language: str
    url: str | None
    note: str | None
    page: Link
    # Where in it, each with its place in a scan if there is one.
    locators: tuple[Link, ...] = ()
    cited: int = 0
    # What its address last answered; None for a source without an address. ``gone``: the page no longer exists.
    standing: str | None = None
    gone: bool = False
    archived: str | None = None
    archived_on: str | None = None
    on_paper: str | None = None
    # A reprint or hijacked host: what it holds is shown, its address nowhere.
    unlinked: bool = False
    language_name: str = ""
    read_on: str | None = None
    # Its scan, and by what right it is shown.
    scan: Link | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A page as a teaser, its cover as an element. ``draft`` is the word that marks an unpublished one."""

    title: str
    summary: str
    href: str
    lang: str | None = None
    date: str | None = None
    cover: Markup | None = None
    kicker: str | None = None
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose something is, and where the archive shows it. ``right`` has no address where it is no licence."""

    credit: str
    holder: str
    date: str
    right: Link
    editions: tuple[Link, ...]
    articles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A value to narrow a list to, and how many of its items have it; 0 where only the script counts them."""

    id: str
    text: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class FilterField:
    """A choice that narrows a list. Items carry the ids of their options in ``data-<id>``.

    ``groups`` are further options, each group under its name.
    """

    id: str
    label: str
    every: str
    options: tuple[FilterOption, ...]
    groups: tuple[tuple[str, tuple[FilterOption, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class FilterView:
    """The form that narrows the list in the element with the id ``list_id``."""

    list_id: str
    label: str
    fields: tuple[FilterField, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a row of a table, its evidence behind ``href``.

    ``limits`` are its stage, part and moment in words, ``scope`` what its sources say was counted. Of its sources there
    are the publishers, each linked to its source. ``marks`` are (style, word) for what a reader must know of it:
    derived, weak, in conflict. ``report`` is where to say that it is wrong, on pages that have it.
    """

    record: Link
    about: str
    text: str
    href: str
    lang: str | None = None
    limits: str = ""
    scope: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    sources: tuple[Link, ...] = ()
    report: str | None = None


@dataclass(frozen=True, slots=True)
class CompareEdition:
    """A column. ``claims`` leads to the table of all that is known of the edition, ``page`` to its page."""

    year: str
    name: str
    dates: str | None
    page: str
    claims: Link


@dataclass(frozen=True, slots=True)
class CompareCell:
    """What is known of one edition: all accounts of it, the first of them first, and how many more there are."""

    claims: tuple[ClaimRow, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One thing in the order of the columns, with None for an edition of which it is not known."""

    label: str
    cells: tuple[CompareCell | None, ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    """All editions of which something is known, the newest first, and rows by subject, each with a title."""

    editions: tuple[CompareEdition, ...]
    groups: tuple[tuple[str, tuple[CompareRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class ComparePicker:
    """The form that sets an edition beside another: where it leads, and the years to choose from, one ``chosen``."""

    action: str
    year: int
    others: tuple[int, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in a list. ``draft`` is the word that marks an unpublished one."""

    year: int
    href: str
    ordinal: str | None
    ordinal_basis: str
    name: str | None
    name_lang: str | None
    dates: str | None
    venue: str | None
    state: str
    firsts: tuple[Link, ...]
    cells: tuple[ClaimView | None, ...]
    known: int
    # The words for those of its facts that sources dispute, by the names of the facts.
    disputes: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None
    topics: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart with its table. ``wide`` and ``narrow`` are the same picture at two widths; ``small`` is its plot alone,
    which takes the place of the narrow one where a chart is one of many.

    Each row has its claims, with the rank of each where the chart is one of ranks. ``known`` says how many editions
    have a row, and which have none.
    """

    id: str
    title: str
    unit: str
    says: str
    wide: Markup
    narrow: Markup | None
    small: Markup | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[tuple[str, ClaimView], ...]], ...]
    caveat: str | None
    known: str
    href: str = ""
    files: tuple[Link, ...] = ()
    marks: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """Totals over the same editions, which ``span`` names: those of one row may be set against each other."""

    span: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A figure of two editions. Where one of them has none, ``nearby`` has that of the edition nearest to it."""

    label: str
    then: Link | None
    now: Link | None
    nearby: Link | None = None


@dataclass(frozen=True, slots=True)
class RecordPart:
    """Claims of one subject under a heading that opens them."""

    id: str
    title: str
    groups: tuple[ClaimGroup, ...]

    @property
    def count(self) -> int:
        """How many claims there are."""
        return sum(len(group.claims) for group in self.groups)


@dataclass(frozen=True, slots=True)
class ReachEntry:
    """Who took part in one role, after one claim, to which the role links."""

    role: Link
    names: tuple[Link, ...]
    planned: bool
    weak: bool
    marks: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class ReachFigure:
    """How many came, after one claim, to which ``figure`` leads; ``named`` says how many of them are known by name."""

    figure: Link
    named: str
    marks: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class ReachCell:
    """A region at an edition.

    ``state`` is named, weak, planned, counted, mentioned, none or unknown, and ``label`` says it.

    ``number`` is how many there were: of names, which stand at ``id``, or where there are none, as a figure tells;
    empty where neither is on record. ``mentioned`` are places named otherwise, each linked to its claim, ``counted``
    the figures.
    """

    id: str
    region: str
    state: str
    number: str
    label: str
    entries: tuple[ReachEntry, ...]
    mentioned: tuple[Link, ...]
    counted: tuple[ReachFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ReachEdition:
    """An edition with a cell for each region. The note of ``year`` is its name."""

    year: Link
    cells: tuple[ReachCell, ...]

    @property
    def known(self) -> tuple[ReachCell, ...]:
        """The cells of which something is on record."""
        return tuple(cell for cell in self.cells if cell.number)


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
class CiteForm:
    """A citation in one form. ``id``: plain, gbt, bibtex or csl."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CiteView:
    """How to cite a page. The title, full address and placeholder of the date are as in the forms."""

    title: str
    url: str
    date: str
    forms: tuple[CiteForm, ...]


@dataclass(frozen=True, slots=True)
class ImprintView:
    """A line at the foot of every page, and where it leads if anywhere."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """Where readers of a page say what is wrong; ``pattern`` is the same with ``{edition}`` and ``{item}`` in it."""

    href: str
    pattern: str


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
    # The page's full address, where the site's is known.
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    card: str | None = None
    locales: tuple[str, ...] = ()
    draft: bool = False
    feeds: tuple[Link, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    crumbs: tuple[Link, ...] = ()
    edit: str | None = None
    # Where readers can write to.
    contact: str | None = None
    report: ReportView | None = None
    imprint: tuple[ImprintView, ...] = ()
    # The lists of all that the archive knows by name: industries, people. Every page leads to them.
    names: tuple[Link, ...] = ()
    # Every other list and page that the header does not link to.
    footer: tuple[Link, ...] = ()
    search: Link | None = None
    cite: CiteView | None = None
    # (light or dark, colour) for what the browser draws around the page.
    theme_colours: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """How one thing about the fair changed: (when, what, link to the claim) for each step."""

    title: str
    steps: tuple[tuple[str, str, Link], ...]
    href: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A changed claim. ``about`` has no address where the claim is gone; ``now`` is None for a withdrawal."""

    anchor: str
    date: str
    about: Link
    was: str
    now: str | None
    why: str
    marks: tuple[SourceMark, ...] = ()
    was_lang: str | None = None
    now_lang: str | None = None


@dataclass(frozen=True, slots=True)
class RecordClaims:
    """Claims of one record, with the page that shows them all."""

    page: Link
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """``state``: reported, derived, weak, conflicting or missing. ``href`` leads to it, or to where to tell it."""

    state: str
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    edition: Link
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """What was looked for and not found; ``anchor`` is where prose leads."""

    anchor: str
    what: str
    words: tuple[str, ...]
    looked: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What is known about which edition. ``totals`` has (state, its name, number of cells) for each state.

    ``asked``: readers can tell what an empty cell lacks.
    """

    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    totals: tuple[tuple[str, str, int], ...]
    conflicts: tuple[ClaimGroup, ...]
    absences: tuple[AbsenceView, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column of a table; ``id`` names it in addresses."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """One choice in the search page's filter: how many pages it has, and links to them or to the list of them."""

    id: str
    title: str
    count: int
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """Every page of the archive by group, which readers without scripts can browse. ``eras`` are ids with names.

    ``finder`` is the script that ranks; ``index`` and ``answers`` are the files with what the search of the
    ``language`` finds and answers; ``others`` leads to the search pages of the other languages.
    """

    language: str
    finder: str
    index: str
    answers: str
    others: tuple[Link, ...]
    groups: tuple[SearchGroup, ...]
    eras: tuple[tuple[str, str], ...]
