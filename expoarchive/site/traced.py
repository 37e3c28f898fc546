"""The site as one page sees it, with a note of everything that the page reads, so that it can be made again in time.

A page can reach the records only through these tables and questions. Each lookup, even a failed one, is a ``Read``: the
path from the site to the value, which can be followed again in another state of the site. Reads do not cover
configuration, templates and strings: whoever keeps a page keeps their digest beside it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property, partial, partialmethod
from hashlib import blake2b
from inspect import isfunction
from typing import Any, TypeVar, cast

from expoarchive.cache.memory import Memory
from expoarchive.cache.question import questions
from expoarchive.nodes import Model, SourceText
from expoarchive.records import Article, Claim, Records
from expoarchive.records.archive import Translation
from expoarchive.records.ledger import Ledger
from expoarchive.site.fingerprint import Rules, fingerprint
from expoarchive.site.graph import Site

# The names on the path, then the keys or arguments; a table without a key stands for its keys in order. The path begins
# at the records, or with ``SITE`` at the site.
Read = tuple[Hashable, ...]
SITE = "site"
# Values that pages get untraced: whoever keeps a page keeps their digest beside it.
_WHOLE = (Model, Ledger)
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
V = TypeVar("V")
# Values by name, with what was read of the site to make them.
Shared = dict[Hashable, tuple[Any, Set[Read]]]


def traced(site: Site, reads: set[Read]) -> Site:
    """The site, with tables and questions that note in ``reads`` what they are asked."""
    return cast(Site, _traced(site, (SITE,), reads))


def once(site: Site, shared: Shared, name: Hashable, make: Callable[[Site], T]) -> T:
    """What ``make`` gives for the site, made for the first who asks; ``site`` notes its reads for all who do."""
    if name not in shared:
        seen: set[Read] = set()
        shared[name] = make(traced(getattr(site, "_inner", site), seen)), seen
    value, read = shared[name]
    reads: set[Read] = getattr(site, "_reads", set())
    reads.update(read)
    return cast(T, value)


def untraced(records: Records) -> tuple[object, ...]:
    """Those of the records that pages get untraced."""
    values = [getattr(records, field.name) for field in fields(records)]
    return tuple(value for value in values if isinstance(value, _WHOLE))


def look(site: Site, read: Read) -> Any:
    """What ``read`` sees in this site; None if it leads nowhere."""
    of_site = read[0] == SITE
    thing: Any = site if of_site else site.records
    read = read[of_site:]
    try:
        for at, step in enumerate(read):
            if isinstance(thing, Article):
                thing = thing.translations[cast(str, step)]
            elif isinstance(thing, Mapping):
                thing = thing[step]
            elif step not in _parts(thing.__class__):
                return None
            else:
                thing = getattr(thing, cast(str, step))
                if callable(thing):
                    return thing(*read[at + 1 :])
    except (LookupError, TypeError):
        # The value is gone, or the read was not written by us.
        return None
    return thing


@cache
def _parts(kind: type) -> frozenset[object]:
    """What a read may name in a class: its fields and questions, and nothing else that could be called."""
    names = [name for name, _ in questions(kind)]
    return frozenset([*names, *(field.name for field in fields(kind))] if is_dataclass(kind) else names)


class _Table(Mapping[K, V]):
    """A mapping that notes which keys are looked up."""

    def __init__(self, path: Read, inner: Mapping[K, V], reads: set[Read]) -> None:
        self._path, self._inner, self._reads = path, inner, reads
        # What has been noted: a page looks most things up more than once.
        self._seen: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = self._looked_up((*self._path, _plain(key)), key)
        return seen

    def _looked_up(self, path: Read, key: K) -> V:
        value = self._inner.get(key)
        if isinstance(value, Mapping):
            return cast(V, _Table(path, value, self._reads))
        self._reads.add(path)
        if isinstance(value, Article):
            # The read of the article itself covers which languages it has.
            texts = {name: _Text((*path, str(name)), text, self._reads) for name, text in value.translations.items()}
            return cast(V, replace(value, translations=cast(Mapping[str, Translation], texts)))
        return self._inner[key]

    def __contains__(self, key: object) -> bool:
        self._reads.add((*self._path, _plain(key)))
        return key in self._inner

    def __iter__(self) -> Iterator[K]:
        self._reads.add(self._path)
        return iter(self._inner)

    def __len__(self) -> int:
        self._reads.add(self._path)
        return len(self._inner)


def _plain(key: Any) -> Hashable:
    """The key without its place in a file."""
    if key.__class__ is str or key.__class__ is int:
        return cast(Hashable, key)
    if isinstance(key, tuple):
        return tuple(_plain(part) for part in key)
    return str(key) if isinstance(key, str) else key


class _Text:
    """A translation that notes its parts: lists read its front matter only, its own page the body too."""

    def __init__(self, path: Read, inner: Translation, reads: set[Read]) -> None:
        self._path, self._inner, self._reads = path, inner, reads

    def __getattr__(self, part: str) -> Any:
        if part != "file":
            self._reads.add((*self._path, part))
        return getattr(self._inner, part)


def _traced(inner: Any, path: Read, reads: set[Read]) -> Any:
    """A dataclass that notes its questions and what is read of its fields, by paths below ``path``."""
    seen: Any = object.__new__(_tracing(inner.__class__))
    vars(seen).update(_inner=inner, _path=path, _reads=reads)
    return seen


@cache
def _tracing(kind: type) -> type:
    members: dict[str, object] = {}
    for field in fields(kind):
        members[field.name] = cached_property(partial(_field, name=field.name))
    for name, member in questions(kind):
        asked = partialmethod(_answer, name=name)
        members[name] = asked if isfunction(member) else cached_property(partial(_answer, name=name))
    return type(kind.__name__, (kind,), members)


def _field(seen: Any, name: str) -> object:
    """A field as pages see it. Tables and dataclasses note what is read in them, other values are one read."""
    value, path, reads = getattr(seen._inner, name), (*seen._path, name), seen._reads
    if isinstance(value, _WHOLE):
        return value
    if isinstance(value, Mapping):
        return _Table(path, value, reads)
    if is_dataclass(value):
        return _traced(value, () if isinstance(value, Records) else path, reads)
    reads.add(path)
    return value


def _answer(seen: Any, *arguments: object, name: str) -> object:
    seen._reads.add((*seen._path, name, *map(_plain, arguments)))
    answer = getattr(seen._inner, name)
    return answer(*arguments) if callable(answer) else answer


class Prints(dict[Read, bytes]):
    """Fingerprints of what reads would see in one state of the site, each computed once; even if it leads nowhere."""

    def __init__(self, site: Site, memory: Memory) -> None:
        super().__init__()
        self._site, self._memory = site, memory
        # Many lists share a claim, so its fingerprint is reused. An article's texts are reads of their own.
        self._rules = Rules(
            {
                Claim: lambda claim: self["claims", "by_address", claim.address],
                Article: lambda article: (
                    self._once(article.file, article.record, article.record),
                    [(language, text.file) for language, text in article.translations.items()],
                ),
            }
        )

    def of_all(self, reads: Iterable[Read]) -> bytes:
        """One fingerprint of what all of these would see."""
        return blake2b(b"".join(map(self.__getitem__, reads)), digest_size=16).digest()

    def __missing__(self, read: Read) -> bytes:
        made = self[read] = self._print(read, look(self._site, read))
        return made

    def _print(self, read: Read, seen: object) -> bytes:
        match seen:
            case Claim():
                # Everything in a claim comes from its statement's record.
                return self._once(read, seen.statement, seen)
            case Model() | SourceText():
                return self._once(read, seen, seen)
            case Mapping():
                return fingerprint(tuple(seen))
        return fingerprint(seen, self._rules)

    def _once(self, name: object, read_of_file: object, value: object) -> bytes:
        """Remembered as long as ``read_of_file`` is the same object, which it is until its text changes."""
        return self._memory.recall(("print", name), read_of_file, partial(fingerprint, value), by_identity=True)
