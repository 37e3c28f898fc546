"""The site as one page sees it: everything it looks at is noted, so that the page is made again when that changes.

Nothing is guessed. A page can reach the records only through these tables, and each look at one, an absence
included, is a ``Read``. Configuration, templates and strings are no part of it: whoever keeps a page keeps their
digest beside it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, TypeVar, cast

from expoarchive.cache import Memory
from expoarchive.nodes import Model, SourceText
from expoarchive.records import Article, Claim, Claims, Records
from expoarchive.records.archive import Translation, Vocabularies
from expoarchive.records.claim import Key
from expoarchive.records.sorts import SORTS
from expoarchive.site.backlinks import Backlinks, CitedBy
from expoarchive.site.fingerprint import fingerprint
from expoarchive.site.graph import Column, Page, Site
from expoarchive.site.moved import Moved
from expoarchive.site.taxonomy import Usage

# What was looked at: the table or question, then the key or arguments. A table alone stands for its keys in order.
Read = tuple[Hashable, ...]
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_TABLES = ("editions", "sources", "eras", "changes", "charts", "glossary", "corrections")
_TEXTS = ("articles", "pages")
# What no table holds: a page is made again whenever one of these changes.
_WHOLE = ("expo", "ledger")


class _Table(Mapping[K, V]):
    """A mapping that notes which of its keys are looked at."""

    def __init__(self, name: str, inner: Mapping[K, V], reads: set[Read], seen: Callable[[V], V] | None = None) -> None:
        self._name, self._inner, self._reads, self._seen = name, inner, reads, seen

    def __getitem__(self, key: K) -> V:
        self._reads.add((self._name, _plain(key)))
        value = self._inner[key]
        return self._seen(value) if self._seen else value

    def __contains__(self, key: object) -> bool:
        self._reads.add((self._name, _plain(key)))
        return key in self._inner

    def __iter__(self) -> Iterator[K]:
        self._reads.add((self._name,))
        return iter(self._inner)

    def __len__(self) -> int:
        self._reads.add((self._name,))
        return len(self._inner)


def _plain(key: Any) -> Hashable:
    """The key without its place in a file."""
    if isinstance(key, tuple):
        return tuple(_plain(part) for part in key)
    return str(key) if isinstance(key, str) else key


def _plain_page(page: Page) -> tuple[str, ...]:
    """A page as text: there are thousands, and each would otherwise be told what kind of thing it is."""
    return page.kind, page.id, page.language, page.permalink, page.text_language


class _Text:
    """A translation, of which a list reads the front matter alone and the page itself the body."""

    def __init__(self, name: Read, inner: Translation, reads: set[Read]) -> None:
        self._name, self._inner, self._reads = name, inner, reads

    def __getattr__(self, part: str) -> Any:
        if part != "file":
            self._reads.add((*self._name, part))
        return getattr(self._inner, part)


class _Claims(Claims):
    """Claims that note whose they are."""

    def __init__(self, inner: Claims, reads: set[Read]) -> None:
        super().__init__(_Table("claims", inner.by_address, reads))
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_reads", reads)

    _inner: Claims
    _reads: set[Read]

    def of_record(self, record: str) -> list[Claim]:
        self._reads.add(("record", str(record)))
        return self._inner.of_record(record)

    def grouped(self, record: str, field: str | None = None) -> dict[Key, list[Claim]]:
        self._reads.add(("record", str(record)))
        return self._inner.grouped(record, field)

    def group_of(self, claim: Claim) -> list[Claim]:
        self._reads.add(("record", claim.record))
        return self._inner.group_of(claim)

    def conflicting(self) -> list[list[Claim]]:
        self._reads.add(("conflicts",))
        return self._inner.conflicting()


class TracedSite(Site):
    """A site whose every table and question notes what is asked in ``reads``."""

    def __init__(self, inner: Site, reads: set[Read]) -> None:
        put = object.__setattr__
        put(self, "inner", inner)
        put(self, "reads", reads)
        put(self, "config", inner.config)
        put(self, "records", _records(inner.records, reads))
        backlinks = inner.backlinks
        put(
            self,
            "backlinks",
            Backlinks(_Table("cited", backlinks.sources, reads), _Table("named", backlinks.articles, reads)),
        )
        put(self, "usage", _Table("usage", inner.usage, reads))

    inner: Site
    reads: set[Read]

    @property
    def pages(self) -> tuple[Page, ...]:
        self.reads.add(("every-page",))
        return self.inner.pages

    @property
    def conflicts(self) -> tuple[tuple[Claim, ...], ...]:
        self.reads.add(("conflicts",))
        return self.inner.conflicts

    @property
    def moved(self) -> tuple[Moved, ...]:
        self.reads.add(("moved",))
        return self.inner.moved

    @property
    def kinds(self) -> tuple[str, ...]:
        self.reads.add(("kinds",))
        return self.inner.kinds

    @property
    def columns(self) -> tuple[Column, ...]:
        self.reads.add(("columns",))
        return self.inner.columns

    @property
    def followed(self) -> tuple[str, ...]:
        self.reads.add(("followed",))
        return self.inner.followed

    @property
    def documented(self) -> frozenset[int]:
        self.reads.add(("documented",))
        return self.inner.documented

    @property
    def article_order(self) -> tuple[str, ...]:
        self.reads.add(("article-order",))
        return self.inner.article_order

    def named_in(self, article_id: str) -> tuple[tuple[str, str], ...]:
        """As ``Site.named_in``."""
        self.reads.add(("named-in", str(article_id)))
        return self.inner.named_in(article_id)

    def topics_of(self, year: int) -> tuple[str, ...]:
        """As ``Site.topics_of``."""
        self.reads.add(("topics-of", year))
        return self.inner.topics_of(year)

    def naming(self, sort: str, name: str) -> tuple[str, ...]:
        """As ``Site.naming``."""
        self.reads.add(("naming", str(sort), str(name)))
        return self.inner.naming(sort, name)

    def beside(self, article_id: str) -> tuple[str | None, str | None]:
        """As ``Site.beside``."""
        self.reads.add(("beside", str(article_id)))
        return self.inner.beside(article_id)

    def related(self, article_id: str, most: int = 3) -> list[str]:
        """As ``Site.related``. What all articles are about is one thing to look at, not thousands."""
        self.reads.add(("article-terms",))
        return self.inner.related(article_id, most)

    def translations(self, kind: str, page_id: str = "") -> tuple[Page, ...]:
        """As ``Site.translations``."""
        self.reads.add(("translations", str(kind), str(page_id)))
        return self.inner.translations(kind, page_id)

    def neighbours(self, year: int) -> tuple[int | None, int | None]:
        """As ``Site.neighbours``."""
        self.reads.add(("neighbours", year))
        return self.inner.neighbours(year)


def _records(records: Records, reads: set[Read]) -> Records:
    def article(name: str, found: Article) -> Article:
        def text(translation: Translation) -> Translation:
            language = next(key for key, value in found.translations.items() if value is translation)
            return cast(Translation, _Text((name, str(found.id), str(language)), translation, reads))

        # Which languages there are is part of what is kept for the article itself.
        texts = {language: text(translation) for language, translation in found.translations.items()}
        return replace(found, translations=texts)

    tables: dict[str, Any] = {name: _Table(name, getattr(records, name), reads) for name in _TABLES}
    for name in _TEXTS:
        tables[name] = _Table(name, getattr(records, name), reads, partial(article, name))
    vocabularies = {
        sort.name: _Table(f"vocabularies/{sort.plural}", records.vocabularies.by_sort[sort.name], reads)
        for sort in SORTS
    }
    return replace(records, **tables, vocabularies=Vocabularies(vocabularies), claims=_Claims(records.claims, reads))


def untraced(records: Records) -> tuple[object, ...]:
    """What a page may see of the records without a note of it. Whoever keeps a page keeps its digest beside it."""
    noted = {*_TABLES, *_TEXTS, *_WHOLE, "vocabularies", "claims"}
    unknown = [field.name for field in fields(Records) if field.name not in noted]
    assert not unknown, f"no table of {unknown} is traced"
    return tuple(getattr(records, name) for name in _WHOLE)


@dataclass(frozen=True)
class Prints:
    """Fingerprints of whatever a page may read of one state of the site; each is made once."""

    site: Site
    memory: Memory

    def of(self, read: Read) -> bytes:
        """The fingerprint of what ``read`` would see now. What is not there has one too."""
        known = self._made.get(read)
        if known is None:
            value = self._value(read)
            make = partial(fingerprint, value)
            # What was read is the same object for as long as its text is the same; other values are put together anew.
            # All that a claim says of itself, it was told by its statement's record.
            thing = value.statement if isinstance(value, Claim) else value
            read_of_file = isinstance(thing, Model | SourceText)
            known = self.memory.recall_of(("print", read), thing, make) if read_of_file else make()
            self._made[read] = known
        return known

    def of_all(self, reads: Iterable[Read]) -> bytes:
        """One fingerprint of what all of these would see."""
        made = self._made
        return blake2b(b"".join([made.get(read) or self.of(read) for read in reads]), digest_size=16).digest()

    @cached_property
    def _made(self) -> dict[Read, bytes]:
        return {}

    @cached_property
    def _tables(self) -> dict[str, Mapping[Any, Any]]:
        records = self.site.records
        tables: dict[str, Mapping[Any, Any]] = {name: getattr(records, name) for name in (*_TABLES, *_TEXTS)}
        for sort in SORTS:
            tables[f"vocabularies/{sort.plural}"] = records.vocabularies.by_sort[sort.name]
        tables["claims"] = records.claims.by_address
        tables["cited"] = self.site.backlinks.sources
        tables["named"] = self.site.backlinks.articles
        tables["usage"] = self.site.usage
        return tables

    def _claims(self, claims: Iterable[Claim]) -> list[bytes]:
        """Claims by their own fingerprints: each stands in the lists of many."""
        return [self.of(("claims", claim.address)) for claim in claims]

    def _value(self, read: Read) -> object:
        """What ``read`` sees, or what differs wherever that does."""
        site = self.site
        match read:
            case ("every-page",):
                return [_plain_page(page) for page in site.pages]
            case ("conflicts",):
                return [self._claims(group) for group in site.conflicts]
            case ("moved",):
                return site.moved
            case ("kinds",):
                return site.kinds
            case ("columns",):
                return site.columns
            case ("followed",):
                return site.followed
            case ("documented",):
                return site.documented
            case ("article-order",):
                return site.article_order
            case ("article-terms",):
                return site.article_terms
            case ("translations", str(kind), str(page_id)):
                return [_plain_page(page) for page in site.translations(kind, page_id)]
            case ("named-in", str(article_id)):
                return site.named_in(article_id)
            case ("topics-of", int(year)):
                return site.topics_of(year)
            case ("naming", str(sort), str(name)):
                return site.naming(sort, name)
            case ("beside", str(article_id)):
                return site.beside(article_id) if article_id in site.records.articles else None
            case ("neighbours", int(year)):
                return site.neighbours(year) if year in site.records.editions else None
            case ("record", str(record)):
                return self._claims(site.records.claims.of_record(record))
        table = self._tables.get(str(read[0]))
        if table is None:
            return None
        if len(read) == 1:
            return tuple(table)
        value = table.get(read[1])
        if isinstance(value, Article):
            if len(read) == 4:
                text = value.translations.get(str(read[2]))
                return getattr(text, str(read[3])) if text else None
            its_print = self.memory.recall_of(("print", *read), value.record, partial(fingerprint, value.record))
            return (its_print, [(language, text.file) for language, text in value.translations.items()])
        if isinstance(value, CitedBy):
            return (self._claims(value.claims), value.articles, value.pages)
        if isinstance(value, Usage):
            return (self._claims(value.claims), value.articles)
        return value
