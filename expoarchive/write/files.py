"""The files of a site before they are written: their digests at hand, their bytes when somebody asks."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256


class Files(Mapping[str, bytes]):
    """Bytes by path below the output folder. Those of a page that did not change are often never read."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes | Callable[[], bytes]] = {}
        self._digests: dict[str, str] = {}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Files that are at hand."""
        self._bytes.update(files)
        self._digests.update((name, sha256(data).hexdigest()) for name, data in files.items())

    def add_kept(self, name: str, digest: str, load: Callable[[], bytes]) -> None:
        """A file whose bytes ``load`` gives, with their SHA-256 in hex."""
        self._bytes[name] = load
        self._digests[name] = digest

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 in hex by path, in order of path."""
        return dict(sorted(self._digests.items()))

    def __getitem__(self, name: str) -> bytes:
        data = self._bytes[name]
        return data if isinstance(data, bytes) else data()

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes)

    def __len__(self) -> int:
        return len(self._bytes)
