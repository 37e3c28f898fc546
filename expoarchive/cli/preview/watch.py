"""What has been saved in a site's sources, soon after it was and at no cost while nothing is."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from expoarchive.nodes import is_litter

# Size, time and inode by the source's name: its path from the root, or where it is in the theme.
Look = dict[str, tuple[int, int, int]]
# Seconds between two looks that have to agree before a save counts as finished: editors write in steps.
SETTLED = 0.02
# The system reports changes; a look now and then finds those it missed. It may take this part of one core.
SHARE = 0.005
SHARE_ALONE = 0.05
RAREST, OFTENEST = 1.0, 0.2


def look(sources: Mapping[str, Path]) -> Look:
    """Every source file as it is now; without what editors leave beside them."""
    states: Look = {}
    for name, source in sources.items():
        # Thousands of files at each look: paths stay text here.
        start = len(str(source))
        for path, entry in _files(source):
            try:
                state = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            states[name + path[start:].replace(os.sep, "/")] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return states


def differences(one: Look, other: Look) -> frozenset[str]:
    """The files that are new, gone or not what they were."""
    return frozenset(file for file in one.keys() | other.keys() if one.get(file) != other.get(file))


def _files(top: Path) -> Iterator[tuple[str, "os.DirEntry[str] | Path"]]:
    if not top.is_dir():
        yield str(top), top
        return
    waiting = [str(top)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif not is_litter(entry.name):
                        yield entry.path, entry
        except OSError:
            continue


class Watch:
    """Calls ``on_change`` with the files saved since the last call, from a thread of its own.

    The system's notices (inotify and its like, by watchfiles) only wake it: what has changed is what differs from
    the last look. So one call stands for all that was saved together, a file with an old time is new, a backup
    file is nothing, and a save in the middle of a build is seen like any other.
    """

    def __init__(self, sources: Mapping[str, Path], on_change: Callable[[frozenset[str]], object]) -> None:
        self._sources = sources
        self._on_change = on_change
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._noticed = True
        # Taken now, before the first build, so that a save during it is not lost.
        self._seen = look(sources)

    def start(self) -> None:
        """Watch until ``stop``."""
        folders = [source for source in self._sources.values() if source.is_dir()]
        # The folder of a single file, as editors replace a file rather than write to it; not what lies below it.
        around = {source.parent for source in self._sources.values() if source not in folders}
        for paths, recursive in ((list(around), False), (folders, True)):
            if paths:
                threading.Thread(target=self._notice, args=(paths, recursive), daemon=True).start()
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """No call comes after this, but for one that is under way."""
        self._stopped.set()
        self._woken.set()

    def _notice(self, paths: list[Path], recursive: bool) -> None:
        import watchfiles

        try:
            for _ in watchfiles.watch(
                *paths,
                watch_filter=None,
                recursive=recursive,
                debounce=50,
                step=20,
                stop_event=self._stopped,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                self._woken.set()
        except (OSError, RuntimeError):
            # The system has no notices, or has given out all it has: looks alone then, more often.
            self._noticed = False
            self._woken.set()

    def _run(self) -> None:
        pause = RAREST
        while not self._stopped.is_set():
            self._woken.wait(pause)
            self._woken.clear()
            started = perf_counter()
            changed = self.examine()
            share, least = (SHARE, RAREST) if self._noticed else (SHARE_ALONE, OFTENEST)
            pause = max(least, (perf_counter() - started) / share)
            if changed and not self._stopped.is_set():
                self._on_change(changed)

    def examine(self) -> frozenset[str]:
        """What has been saved since this was last asked; waits for a save under way to be finished."""
        now = look(self._sources)
        if now == self._seen:
            return frozenset()
        while not self._stopped.wait(SETTLED):
            again = look(self._sources)
            if again == now:
                break
            now = again
        changed, self._seen = differences(self._seen, now), now
        return changed
