"""What was made of the site before, as long as everything it was made of is still the same."""

import contextlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from expoarchive.cache import Store, pack, unpack
from expoarchive.site.fingerprint import fingerprint
from expoarchive.site.graph import Site
from expoarchive.site.traced import Prints, Read, traced, untraced

T = TypeVar("T")
_BESIDE = "beside"
# Before the names of all that is made of the site.
_MADE = "made "


def reads_in(packed: bytes) -> frozenset[Read]:
    """The looks at the site that ``Recall.reads_of`` has in short."""
    return frozenset(unpack(packed))


class Recall:
    """Makes things of ``site``, or takes them from ``store``.

    ``beside`` is whatever else they are made of: configuration, templates, strings. The store itself answers for
    the generator's version. ``standing`` is what the output folder has, as SHA-256 by file: bytes that are there are
    not kept a second time. None where nothing is to be written.
    """

    def __init__(self, site: Site, store: Store, beside: object, standing: Mapping[str, str] | None = None) -> None:
        self.site = site
        self.standing = standing
        self.store = store
        self._beside = fingerprint((beside, untraced(site.records)))
        self._prints = Prints(site, store.memory)
        self._keys: dict[Hashable, bytes] = {}
        # Names of what was made anew.
        self.fresh: set[str] = set()
        # Whether nothing that was kept can be of use.
        self.is_new = store.get(_BESIDE) != self._beside
        if self.is_new:
            store.put(_BESIDE, self._beside)
        else:
            store.fetch(_MADE)

    def made_file(
        self,
        name: str,
        file: str,
        make: Callable[[Site], tuple[bytes, T]],
        beside: object = None,
        *,
        kind: Any = object,
    ) -> tuple[str, T]:
        """The SHA-256, in hex, of what ``make`` gives for a file of the output, and the ``kind`` that it gives beside.

        Bytes that are not in the output folder are to be had from ``lent``.
        """

        def made(site: Site) -> tuple[str, T]:
            data, more = make(site)
            self.store.lent[file] = data
            return sha256(data).hexdigest(), more

        def at_hand(kept: tuple[str, T]) -> bool:
            return self.standing is None or self.standing.get(file) == kept[0] or file in self.store.lent

        return self.made_of(name, made, beside, at_hand, kind=tuple[str, kind])

    def lent(self, file: str) -> bytes | None:
        """The bytes of a file that was made just now."""
        return self.store.lent.get(file)

    def made_of(
        self,
        name: str,
        make: Callable[[Site], T],
        beside: object = None,
        of_use: Callable[[T], bool] = lambda kept: True,
        *,
        kind: Any = object,
    ) -> T:
        """What ``make`` gives for the site: a plain value of the type ``kind``. ``beside`` is what else it is made of.

        Made anew where something that it is made of has changed, or what is kept is not ``of_use``.
        """
        key = self._key(beside)
        kept = self.store.get(_MADE + name, tuple[bytes, bytes, bytes, tuple[str, ...], kind])
        if kept is not None:
            key_then, reads, seen_then, inner, value = kept
            # What was made of this very site, by whichever process, saw what is there.
            same = name in self.fresh or self._sees(reads) == seen_then
            if same and key_then == key and of_use(value):
                self.store.touch(inner)
                return value  # type: ignore[no-any-return]
        seen: set[Read] = set()
        with self.store.watched() as names:
            value = make(traced(self.site, seen))
        read = tuple(sorted(seen, key=repr))
        self.store.put(_MADE + name, (key, pack(read), self._prints.of_all(read), tuple(names), value))
        self.fresh.add(name)
        return value

    def _sees(self, reads: bytes) -> bytes | None:
        """One fingerprint of what the looks would see now; None where they are none that a page can take."""
        with contextlib.suppress(Exception):
            return self._prints.of_all(unpack(reads))
        return None

    def _key(self, beside: object) -> bytes:
        """A digest of what things are made of beside the site: the same for all pages of a kind."""
        try:
            return self._keys[beside]
        except KeyError:
            made = self._keys[beside] = fingerprint((self._beside, beside))
            return made
        except TypeError:  # not hashable
            return fingerprint((self._beside, beside))

    def reads_of(self, name: str) -> bytes:
        """What the thing kept under ``name`` was made of, in short; ``reads_in`` tells it."""
        kept = self.store.get(_MADE + name)
        return kept[1] if kept else pack(())

    def made_ahead(self, names: Iterable[str]) -> None:
        """Note what another process put into the store as made of this very site."""
        self.fresh.update(name.removeprefix(_MADE) for name in names if name.startswith(_MADE))
