"""Reuses what earlier builds made of the site, as long as nothing that it was made of has changed."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from expoarchive.cache.store import Store, pack, unpack
from expoarchive.site.fingerprint import fingerprint
from expoarchive.site.graph import Site
from expoarchive.site.traced import Prints, Read, traced, untraced

T = TypeVar("T")
_BESIDE = "beside"
# The prefix of the names of kept results.
MADE = "made "


class Recall:
    """Makes results of ``site``, or takes them from ``store``, which is good for one version of the generator only.

    ``beside`` is everything else that all results depend on: configuration, templates, strings. ``standing`` is the
    SHA-256 of each file in the output folder, whose bytes are not kept a second time; None if nothing will be written.
    """

    def __init__(self, site: Site, store: Store, beside: object, standing: Mapping[str, str] | None = None) -> None:
        self.site = site
        self.standing = standing
        self.store = store
        self._beside = fingerprint((beside, untraced(site.records)))
        self._prints = Prints(site, store.memory)
        # Results by name that the builds of this process have read, with all that is kept beside them.
        self._held: dict[str, Any] = store.memory.recall(MADE, self._beside, dict)
        # Names of the results that were made in this build.
        self.fresh: set[str] = set()
        # Whether no kept result can be reused.
        self.is_new = store.get(_BESIDE) != self._beside
        if self.is_new:
            store.put(_BESIDE, self._beside)

    def made_file(
        self,
        name: str,
        file: str,
        make: Callable[[Site], tuple[bytes, T]],
        beside: object = None,
        *,
        kind: Any = object,
    ) -> tuple[str, T]:
        """The SHA-256 in hex of an output file that ``make`` gives, and its other result, of the type ``kind``.

        ``lent`` has the bytes with that digest if the output folder has not.
        """

        def made(site: Site) -> tuple[str, T]:
            data, more = make(site)
            return self.store.lend(data), more

        def at_hand(kept: tuple[str, T]) -> bool:
            return self.standing is None or self.standing.get(file) == kept[0] or kept[0] in self.store.lent

        return self.made_of(name, made, beside, at_hand, kind=tuple[str, kind])

    def made_of(
        self,
        name: str,
        make: Callable[[Site], T],
        beside: object = None,
        of_use: Callable[[T], bool] = lambda kept: True,
        *,
        kind: Any = object,
    ) -> T:
        """What ``make`` gives for the site, a plain value of the type ``kind``.

        It is kept under ``name``, and made again if something that it read or that is ``beside`` it has changed, or if
        it is not ``of_use``.
        """
        key = fingerprint((self._beside, beside))
        kept_kind: Any = tuple[bytes, bytes, bytes, tuple[str, ...], kind]
        kept = self._held.pop(name, None) or self.store.get(MADE + name, kept_kind)
        if kept is not None:
            key_then, reads, seen_then, inner, value = kept
            # A result of this build, by whichever process, has read this very site. What reads see is dear, so last.
            if key_then == key and (name in self.fresh or self._sees(reads) == seen_then) and of_use(value):
                self._held[name] = kept
                self.store.touch((MADE + name, *inner))
                return value  # type: ignore[no-any-return]
        seen: set[Read] = set()
        with self.store.watched() as names:
            value = make(traced(self.site, seen))
        read = tuple(seen)
        self.store.put(MADE + name, (key, pack(read), self._prints.of_all(read), tuple(names), value))
        self.fresh.add(name)
        return value

    def _sees(self, reads: bytes) -> bytes | None:
        """One fingerprint of what packed reads would see now; None if they are not reads of a site."""
        with contextlib.suppress(Exception):
            return self._prints.of_all(unpack(reads))
        return None

    def made_ahead(self, names: Iterable[str]) -> None:
        """Notes results that another process made of this very site and put into the store."""
        for name in (name.removeprefix(MADE) for name in names if name.startswith(MADE)):
            self._held.pop(name, None)
            self.fresh.add(name)
