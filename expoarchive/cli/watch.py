"""What has changed in a site's sources since the last look, for livereload's polling."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from livereload.watcher import Watcher

from expoarchive.load.content import LITTER

Snapshot = frozenset[tuple[str, int, int]]


class SourceWatcher(Watcher):  # type: ignore[misc]
    """One look at all sources, one call of ``rebuild`` however many files changed.

    livereload's own watcher builds once for each file of a folder, overlooks a new file with an old time, and
    takes editors' backup files for changes. This one compares path, size and time of every source.
    """

    def __init__(self, root: Path, sources: tuple[str, ...], rebuild: Callable[[], None]) -> None:
        super().__init__()
        self._root = root
        self._sources = sources
        self._rebuild = rebuild
        self._seen = self._look()
        # Without a task livereload would watch the whole working folder, the output included.
        self._tasks: dict[str, dict[str, object]] = {"sources": {}}

    def examine(self) -> tuple[str | None, float | None]:
        """What livereload asks on each poll: a name where pages are to be reloaded, and a delay."""
        seen = self._look()
        if seen == self._seen:
            return None, None
        # Noted before the build: a save in the middle of it is seen by the next look.
        self._seen = seen
        self._rebuild()
        # This name makes livereload reload at once, even after a reload a moment ago.
        return "__livereload__", None

    def _look(self) -> Snapshot:
        return frozenset(self._files())

    def _files(self) -> Iterator[tuple[str, int, int]]:
        for source in self._sources:
            path = self._root / source
            names = (
                [path]
                if path.is_file()
                else [Path(folder) / name for folder, _, here in os.walk(path) for name in here]
            )
            for name in names:
                if name.name.startswith((".", "#", "4913")) or name.name.endswith(LITTER):
                    continue
                try:
                    state = name.stat()
                except OSError:
                    continue
                yield str(name), state.st_size, state.st_mtime_ns
