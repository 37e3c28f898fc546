"""The files of a site before they are written: their digests at hand, their bytes on request."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from expoarchive.nodes import read_file

# The generator writes no larger file; reading one would fill the memory.
LARGEST_BYTES = 500_000_000
Kept = Mapping[str, tuple[str, Callable[[], bytes]]]


class Files(Mapping[str, bytes]):
    """Bytes by path below the output folder. Those of a page that did not change are often never read.

    ``folder`` is an output folder that may have some of them already.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._bytes: dict[str, bytes | Callable[[], bytes]] = {}
        self._digests: dict[str, str] = {}

    def add(self, files: Mapping[str, bytes], kept: Kept | None = None) -> None:
        """Files by path: the bytes of some, of others the SHA-256 in hex and a function that gives the bytes."""
        self._bytes.update(files)
        self._digests.update((name, sha256(data).hexdigest()) for name, data in files.items())
        for name, (digest, load) in (kept or {}).items():
            self._bytes[name], self._digests[name] = load, digest

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 in hex by path, in order of path."""
        return dict(sorted(self._digests.items()))

    def __getitem__(self, name: str) -> bytes:
        data = self._bytes[name]
        if isinstance(data, bytes):
            return data
        if self._folder is not None:
            old, _ = read_file(self._folder, name, LARGEST_BYTES)
            if sha256(old).hexdigest() == self._digests[name]:
                return old
        return data()

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes)

    def __len__(self) -> int:
        return len(self._bytes)
