"""The files of a site before they are written: their digests at hand, their bytes when somebody asks."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from expoarchive.nodes import read_file

# Bytes of a file in the output: what is larger was not written by us, and would fill the memory.
LARGEST_BYTES = 500_000_000


class Files(Mapping[str, bytes]):
    """Bytes by path below the output folder. Those of a page that did not change are often never read.

    ``folder`` is an output folder that may have some of them already.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._bytes: dict[str, bytes | Callable[[], bytes]] = {}
        self._digests: dict[str, str] = {}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Files that are at hand."""
        self._bytes.update(files)
        self._digests.update((name, sha256(data).hexdigest()) for name, data in files.items())

    def add_kept(self, name: str, digest: str, load: Callable[[], bytes]) -> None:
        """A file with the SHA-256, in hex, of its bytes; ``load`` gives them where the folder does not have them."""
        self._bytes[name] = load
        self._digests[name] = digest

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 in hex by path, in order of path."""
        return dict(sorted(self._digests.items()))

    def __getitem__(self, name: str) -> bytes:
        data = self._bytes[name]
        if isinstance(data, bytes):
            return data
        if self._folder is not None:
            found, _ = read_file(self._folder, name, LARGEST_BYTES)
            if sha256(found).hexdigest() == self._digests[name]:
                return found
        return data()

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes)

    def __len__(self) -> int:
        return len(self._bytes)
