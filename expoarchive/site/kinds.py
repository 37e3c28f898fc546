"""Every kind of page, one row each: what lists, addresses, checks and searches pages is derived from this table.

How a page of a kind looks is not said here but in ``render/views``, where a view registers under the same name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from expoarchive.config import Config
from expoarchive.records import Records
from expoarchive.records.sorts import PAGED, Sort

Entries = Callable[[Records], Mapping[Any, Any]]


def _always(config: Config, records: Records) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page.

    ``address`` is below the folder of the page's language, or below the root where the kind is ``neutral``.
    ``entries`` are the records that have a page each, by their ids as ``key`` reads them; a kind without has one page
    in each language. ``when`` says whether a site has pages of the kind at all, besides what it leaves out by
    ``without:``. ``section`` is the kind of the list that its pages stand in; ``template`` is the kind's name where
    it is not given.

    - ``neutral``: its one page belongs to no language.
    - ``opened``: a text of content/pages/ with the kind's name stands at its beginning.
    - ``named``: navigation can lead to it; ``linked``: prose can, as to one of the archive's own pages.
    - ``footer``: the footer leads to it where the header does not.
    - ``searched``, ``cited``, ``indexed``: the search finds it, it says how to cite it, search engines hear of it.
    - ``card``: it has a picture of its own where its link is shared.
    - ``last``: it is made of all other pages, and so after them.
    """

    name: str
    address: str
    entries: Entries | None = None
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

    def entry(self, records: Records, page_id: str) -> Any:
        """The record that a page shows; None for a kind without records. KeyError for an id that has none."""
        return self.entries(records)[self.key(page_id)] if self.entries else None

    def ids(self, records: Records) -> Iterator[str]:
        """The ids of its pages: one empty id where it has a single page."""
        if self.entries is None:
            yield ""
            return
        for entry_id in self.entries(records):
            # A text that opens another kind's page has none of its own.
            if self.name != OWN_PAGE or entry_id not in OPENED:
                yield str(entry_id)


def _section(name: str, **flags: Any) -> Kind:
    """A page that every archive has, and that prose and navigation can lead to."""
    return Kind(name, f"{name}/", named=True, linked=True, **flags)


def _workshop(name: str, shown: Callable[[Config], bool]) -> Kind:
    """A page for those who make the site."""
    flags: dict[str, Any] = {"searched": False, "cited": False, "indexed": False, "footer": True}
    return Kind(name, f"{name}/", when=lambda config, _: shown(config), **flags)


def _taxonomy(sort: Sort) -> tuple[Kind, Kind]:
    """The list of a vocabulary's terms, and the page of each."""
    name, plural = sort.name, sort.plural

    def terms(records: Records) -> Mapping[Any, Any]:
        return records.vocabularies.terms(name)

    def has_terms(config: Config, records: Records) -> bool:
        return bool(terms(records))

    listed = Kind(plural, f"{plural}/", when=has_terms, template="terms", opened=True, named=True, footer=True)
    return listed, Kind(name, f"{plural}/{{id}}/", terms, section=plural, template="term")


# The kind of the texts of content/pages/ that are pages of their own.
OWN_PAGE = "page"

# In the order in which a site lists its pages, the search its groups, and the footer its links.
_ROWS = (
    Kind("chooser", "", neutral=True, cited=False),
    Kind("404", "404.html", neutral=True, cited=False),
    Kind("home", "", opened=True, named=True, linked=True, card=True),
    _section("timeline", opened=True),
    _section("growth", opened=True),
    _section("reach", opened=True, footer=True),
    _section("editions"),
    _section("articles"),
    _section("sources"),
    _section("coverage", opened=True, footer=True),
    _section("firsts", opened=True, footer=True),
    _section("corrections", footer=True),
    _section("data", footer=True),
    _section("audit", footer=True, last=True),
    Kind("search", "search/", searched=False, cited=False),
    _workshop("gallery", lambda config: config.show_gallery),
    _workshop("translations", lambda config: config.show_translations),
    Kind("edition", "editions/{id}/", lambda records: records.editions, int, section="editions", card=True),
    Kind("article", "articles/{id}/", lambda records: records.articles, section="articles", card=True),
    *(kind for sort in PAGED.values() for kind in _taxonomy(sort)),
    Kind("source", "sources/{id}/", lambda records: records.sources, section="sources"),
    Kind(OWN_PAGE, "{id}/", lambda records: records.pages),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ROWS}

# Ids that a text of content/pages/ may have without being a page of its own.
OPENED = frozenset(kind.name for kind in _ROWS if kind.opened)
# The first folder of an address below a language's, which no other page may take.
RESERVED = frozenset(kind.address.split("/")[0] for kind in _ROWS if not kind.neutral) - {"", "{id}"}
# The lists that pages stand in, in their order.
SECTIONS = tuple(dict.fromkeys(kind.section for kind in _ROWS if kind.section))


def page_ids(config: Config, records: Records) -> dict[str, tuple[str, ...]]:
    """What prose (``page``) and navigation (``section``) can lead to beside the texts of content/pages/."""
    kinds = [kind for kind in KINDS.values() if kind.when(config, records)]
    return {
        "page": tuple(kind.name for kind in kinds if kind.linked),
        "section": tuple(kind.name for kind in kinds if kind.named),
    }


def has_kind(kind: Kind, config: Config, records: Records) -> bool:
    """Whether a site of these records has pages of the kind."""
    return kind.name not in config.without and kind.when(config, records)
