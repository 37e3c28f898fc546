"""Every kind of page, one row each. Lists, addresses, checks and the search are derived from this table.

How a kind of page looks is up to ``render/views``, where a view registers under the kind's name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from expoarchive.config import Config
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Problem
from expoarchive.records import EXPO, Records
from expoarchive.records.sorts import SORTS, Sort, Sorts, sorts_of

RecordsById = Callable[[Records], Mapping[Any, Any]]


def _always(config: Config, records: Records) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page.

    ``address`` is relative to the folder of the page's language, or to the root if the kind is ``neutral``.
    ``records`` have one page each in every language; ``key`` turns a page's id into a record's. A kind without records
    has one page in every language. ``when`` decides whether a site has the kind, unless it leaves it out by
    ``without:``. ``section`` is the kind of list that its pages are in. ``template`` is by default the kind's name.

    - ``neutral``: its only page has no language.
    - ``opened``: a text of content/pages/ with the kind's name can open it.
    - ``named``, ``linked``: navigation can link to it, and prose can, by ``page``.
    - ``footer``: the footer links to it if the header does not.
    - ``searched``: the search finds it.
    - ``cited``: it says how to cite it.
    - ``indexed``: the sitemaps list it.
    - ``card``: it has a card, for networks to show when it is shared.
    - ``last``: it describes all other pages, so it is made after them.
    """

    name: str
    address: str
    records: RecordsById | None = None
    key: Callable[[str], Any] = str
    when: Callable[[Config, Records], bool] = _always
    section: str = ""
    template: str = ""
    neutral: bool = False
    opened: bool = False
    named: bool = False
    linked: bool = False
    footer: bool = False
    searched: bool = True
    cited: bool = True
    indexed: bool = True
    card: bool = False
    last: bool = False

    def record(self, records: Records, page_id: str) -> Any:
        """The record that a page shows; None for a kind without records. KeyError for an unknown id."""
        return self.records(records)[self.key(page_id)] if self.records else None

    def ids(self, records: Records, kinds: "Kinds") -> Iterator[str]:
        """The ids of its pages: one empty id for a kind without records."""
        if self.records is None:
            yield ""
            return
        for record_id in self.records(records):
            # A text that opens another kind's page has no page of its own.
            if self.name != OWN_PAGE or record_id not in kinds.opened:
                yield str(record_id)


def _has_claims(config: Config, records: Records) -> bool:
    return bool(records.claims.by_address)


def _has_two_editions(config: Config, records: Records) -> bool:
    """Whether more than the number is known of several editions."""
    claims = records.claims.by_address.values()
    return len({claim.record for claim in claims if claim.record != EXPO and claim.field != "ordinal"}) > 1


def _has_pictures(config: Config, records: Records) -> bool:
    return bool(records.pictures or records.recordings)


@dataclass(frozen=True, slots=True)
class _RecordsWithClaims(Mapping[str, Any]):
    """The records that hold claims: the editions by year, and the fair as a whole.

    Looking one up reads that one alone: each page asks, and what it reads is what it is made again for.
    """

    records: Records

    def __getitem__(self, name: str) -> Any:
        if not self.records.claims.of_record(name):
            raise KeyError(name)
        return self.records.expo if name == EXPO else self.records.editions[int(name)]

    def __iter__(self) -> Iterator[str]:
        every = (*map(str, self.records.editions), EXPO)
        return (name for name in every if self.records.claims.of_record(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _section(name: str, **flags: Any) -> Kind:
    """A page that every archive has, unless ``when`` says otherwise, and that prose and navigation can link to."""
    return Kind(name, f"{name}/", named=True, linked=True, **flags)


def _workshop(name: str, is_public: Callable[[Config], bool]) -> Kind:
    """A page for editors and designers."""
    flags: dict[str, Any] = {"searched": False, "cited": False, "indexed": False, "footer": True}
    return Kind(name, f"{name}/", when=lambda config, _: is_public(config), **flags)


def _taxonomy(sort: Sort) -> tuple[Kind, Kind]:
    """The list of a vocabulary's terms, and the pages of the terms."""
    name, plural = sort.name, sort.plural

    def terms(records: Records) -> Mapping[Any, Any]:
        return records.vocabularies.terms(name)

    def has_terms(config: Config, records: Records) -> bool:
        return bool(terms(records))

    listed = Kind(plural, f"{plural}/", when=has_terms, template="terms", opened=True, named=True, footer=True)
    return listed, Kind(name, f"{plural}/{{id}}/", terms, section=plural, template="term")


# What references name besides pages and vocabularies.
_TARGETS = ("part", "term", "claim", "absence", "section", "media", "output", "expo")
# Texts of content/pages/ that open no other page.
OWN_PAGE = "page"

# Pages, search groups and footer links come in this order; those of the vocabularies between the first and the last.
_FIRST = (
    Kind("chooser", "", neutral=True, cited=False),
    Kind("404", "404.html", neutral=True, cited=False),
    Kind("home", "", opened=True, named=True, linked=True, card=True),
    _section("timeline", opened=True),
    _section("growth", opened=True),
    _section("whole", footer=True),
    _section("reach", opened=True, footer=True),
    _section("editions"),
    _section("claims", when=_has_claims, footer=True),
    _section("compare", when=_has_two_editions, footer=True),
    _section("articles"),
    _section("sources"),
    _section("pictures", when=_has_pictures, footer=True),
    _section("coverage", opened=True, footer=True),
    _section("firsts", opened=True, footer=True),
    _section("corrections", footer=True),
    _section("data", footer=True),
    _section("audit", footer=True, last=True),
    Kind("search", "search/", searched=False, cited=False),
    _workshop("gallery", lambda config: config.show_gallery),
    _workshop("translations", lambda config: config.show_translations),
    Kind("edition", "editions/{id}/", lambda records: records.editions, int, section="editions", card=True),
    Kind("exhibitors", "editions/{id}/exhibitors/", lambda records: records.exhibitors, int, section="editions"),
    Kind("record", "claims/{id}/", _RecordsWithClaims, section="claims", searched=False),
    Kind("article", "articles/{id}/", lambda records: records.articles, section="articles", card=True),
)
_LAST = (
    Kind("picture", "pictures/{id}/", lambda records: records.pictures, section="pictures"),
    Kind("recording", "recordings/{id}/", lambda records: records.recordings, section="pictures"),
    Kind("source", "sources/{id}/", lambda records: records.sources, section="sources"),
    Kind(OWN_PAGE, "{id}/", lambda records: records.pages),
)


@dataclass(frozen=True)
class Kinds(Mapping[str, Kind]):
    """The kinds of a site's pages by name: those of every site, and those of its own vocabularies."""

    sorts: Sorts

    @cached_property
    def _by_name(self) -> Mapping[str, Kind]:
        terms = (kind for sort in self.sorts.paged.values() for kind in _taxonomy(sort))
        return {kind.name: kind for kind in (*_FIRST, *terms, *_LAST)}

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def lists(self) -> Mapping[str, Sort]:
        """The vocabularies with a list, by its kind."""
        return {sort.plural: sort for sort in self.sorts.paged.values()}

    @cached_property
    def opened(self) -> frozenset[str]:
        """Ids of texts of content/pages/ that open other pages."""
        return frozenset(kind.name for kind in self.values() if kind.opened)

    @cached_property
    def reserved(self) -> frozenset[str]:
        """First folders below a language's that texts of content/pages/ may not take."""
        return frozenset(kind.address.split("/")[0] for kind in self.values() if not kind.neutral) - {"", "{id}"}

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Kinds of lists that other pages are in, in their order."""
        return tuple(dict.fromkeys(kind.section for kind in self.values() if kind.section))


# Those of every site.
KINDS = Kinds(Sorts(SORTS))


def kinds_of(config: Config) -> Kinds:
    """The kinds of a site's pages."""
    return _kinds(sorts_of(config)) if config.vocabularies else KINDS


_kinds = cache(Kinds)


def check_vocabularies(config: Config) -> Iterator[Problem]:
    """``vocabulary-taken`` where a vocabulary of the site's own, or an entry of it, is called like anything else.

    Names are those of kinds of pages, of vocabularies, and of what references may name. Suggested is the vocabulary of
    every site in which such entries belong.
    """
    usual = {sort.name: sort.plural for sort in SORTS}
    taken = {*KINDS, *KINDS.reserved, *(name for sort in SORTS for name in (sort.name, sort.plural)), *_TARGETS}
    for plural, own in config.vocabularies.items():
        for name in (plural, own.one):
            if name in taken:
                place = name.place if isinstance(name, PlacedStr) else own.found_at
                yield Problem("vocabulary-taken", place, {"name": str(name)}, usual.get(name))
            taken.add(str(name))


def page_ids(config: Config, records: Records) -> dict[str, tuple[str, ...]]:
    """What prose (``page``) and navigation (``section``) can link to besides texts of content/pages/."""
    kinds = [kind for kind in kinds_of(config).values() if kind.when(config, records)]
    return {
        "page": tuple(kind.name for kind in kinds if kind.linked),
        "section": tuple(kind.name for kind in kinds if kind.named),
    }


def has_kind(kind: Kind, config: Config, records: Records) -> bool:
    """Whether a site of these records has pages of the kind."""
    return kind.name not in config.without and kind.when(config, records)
